"""Watching the bounce mailbox: `briefing serve` reads what came since it looked last."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from briefing.actions.context import Desk
from briefing.config import Config
from briefing.errors import BriefingError

if TYPE_CHECKING:
    from briefing.actions.sending.process_bounces import BouncesRead

_LOG = logging.getLogger("briefing.bounces")


class BounceWatch:
    """Reads the bounce mailbox again and again; each message once as long as the process lives."""

    def __init__(self) -> None:
        """Have read nothing."""
        self._seen: set[str] = set()
        self._config: Config | None = None
        self._told = ""

    def look(
        self, desk: Desk, tell: Callable[[str], None], is_over: Callable[[], bool] = lambda: False
    ) -> None:
        """Read what is new in the mailbox that config.toml names; without one there is nothing to do.

        A fault is told to ops once, and again only after the mailbox was read in between.

        Args:
            desk: the desk.
            tell: called with a sentence for ops.
            is_over: as `read_bounces`.
        """
        if not desk.config.bounces.mailbox:
            return
        # What reads reports takes 12 MB, which a house without a mailbox does not need.
        from briefing.actions.sending.process_bounces import read_bounces  # noqa: PLC0415

        if desk.config != self._config:  # the same message may mean something else now
            self._config, self._seen = desk.config, set()
        try:
            read = read_bounces(desk, lambda _, said, __: tell(said), self._seen, is_over)
        except (BriefingError, OSError) as error:
            self._tell(tell, f"The bounce mailbox was not read: {str(error).rstrip('.')}.")
            return
        why = read.not_handed_on.rstrip(".")
        self._tell(tell, f"What people wrote to the bounce address waits: {why}." if why else "")
        _log(read)

    def _tell(self, tell: Callable[[str], None], sentence: str) -> None:
        if sentence and sentence != self._told:
            tell(f"{sentence} It is tried again and again.")
        self._told = sentence


def _log(read: "BouncesRead") -> None:
    if read.read > read.known:
        _LOG.info(
            "Read %d new messages of the bounce mailbox: %d hard, %d soft, %d complaints, %d who leave",
            read.read - read.known,
            read.hard,
            read.soft,
            read.complaints,
            read.unsubscribed,
        )
    if read.unread:
        _LOG.warning("%d of them could not be understood; they are in %s", read.unread, read.kept)
