"""Who hands out the work of delivering: one process itself, or an engine for many."""

from briefing.store.dispatchers.base import Deliver, Dispatcher, Task, Waiting
from briefing.store.dispatchers.local import LocalDispatcher

__all__ = ["Deliver", "Dispatcher", "LocalDispatcher", "Task", "Waiting"]
