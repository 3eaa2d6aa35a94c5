"""Engines of one database: what the first learnt of its server, and what was compiled for it, serves all.

SQLAlchemy asks a server five questions before an engine's first statement, and compiles each statement
for each engine. A sender has four engines for one database, one for each way of holding locks.
"""

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.util import LRUCache

#: Databases that a process has to do with at a time; tests have thousands, one after the other.
_MODELS = 16
#: Statements of all of them that are kept as they were compiled; a house has some 400.
_STATEMENTS = 1_000
_OPTIONS: dict[str, LRUCache[Any, Any]] = {"compiled_cache": LRUCache(_STATEMENTS)}


def alike(make: Callable[..., Engine]) -> Callable[..., Engine]:
    """Have engines made alike where they are made with the same arguments.

    Args:
        make: makes a model, which is never connected. Who listens to its connections hears those of all
            that are made like it; who listens to its transactions hears nothing.
    """
    model = lru_cache(_MODELS)(make)

    def engine(*told: Hashable) -> Engine:
        """An engine with connections of its own."""
        like = model(*told)
        return Engine(like.pool.recreate(), like.dialect, like.url, execution_options=_OPTIONS)

    return engine
