"""One action at a desk that is opened for it alone, as a command does it."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from briefing.actions.context import Desk, open_desk
from briefing.clock import Clock, utc_now
from briefing.config import Config

P = ParamSpec("P")
T = TypeVar("T")


def act(
    action: Callable[Concatenate[Desk, P], T],
    config: Config,
    *arguments: P.args,
    clock: Clock = utc_now,
    **named: P.kwargs,
) -> T:
    """What an action gives; the desk is closed again after it."""
    with open_desk(config, clock) as desk:
        return action(desk, *arguments, **named)
