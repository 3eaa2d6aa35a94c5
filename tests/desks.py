"""One action at a desk that is opened for it alone, as a command does it."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from briefing.actions.context import open_desk
from briefing.actions.resolve_name import the_rendered
from briefing.actions.review.approve import Approved, approve
from briefing.actions.review.readiness import readiness
from briefing.clock import Clock, utc_now
from briefing.config import Config

T = TypeVar("T")


def act(
    action: Callable[..., T],
    config: Config,
    *arguments: Any,
    clock: Clock = utc_now,
    **named: Any,
) -> T:
    """What an action gives; the desk is closed again after it."""
    with open_desk(config, clock) as desk:
        return action(desk, *arguments, **named)


def act_all(
    action: Callable[..., Iterable[T]],
    config: Config,
    *arguments: Any,
    clock: Clock = utc_now,
    **named: Any,
) -> list[T]:
    """All that an action gives one by one, taken while its desk is open."""
    with open_desk(config, clock) as desk:
        return list(action(desk, *arguments, **named))


def approve_rendered(
    config: Config, edition: str, *, yes: bool, actor: str, note: str, clock: Clock = utc_now
) -> Approved:
    """A word on an edition as it is rendered now, all warnings read, as `briefing approve` gives it."""
    with open_desk(config, clock) as desk:
        kept, _ = the_rendered(desk, edition)
        seen = readiness(desk, kept).hash
        return approve(
            desk, edition, seen=seen, yes=yes, actor=actor, note=note, accepts_warnings=True
        )
