"""What a reader says of a letter: the question, and the answer, which is counted and forgotten."""

import threading
from collections import deque
from dataclasses import dataclass, field

from briefing.actions.context import Desk
from briefing.errors import SubscriberError
from briefing.model.mailing import MailingStatus

#: The last part of the link, and whether it speaks well of the letter.
OPINIONS = {"good": True, "bad": False}
#: So many answers on one edition are counted from one network within so many seconds: an office gives them.
_MOST, _WITHIN = 20, 600.0
#: Networks remembered at once, newest first.
_NETWORKS = 10_000


def asked_opinion(desk: Desk, edition: str, said: str) -> str:
    """The title of a sent edition that a reader has an opinion on.

    Raises:
        SubscriberError: when opinions are not asked for, or no such edition was sent.
    """
    found = desk.store.mailings.find(edition) if edition.isprintable() else None
    is_sent = found is not None and found.status in (MailingStatus.SENDING, MailingStatus.SENT)
    if found is None or not is_sent or said not in OPINIONS or not desk.config.public.ask_opinions:
        raise SubscriberError("There is no such question here.")
    settings = desk.config.briefings.get(found.briefing)
    return settings.title if settings else found.email.subject


@dataclass
class OpinionCounter:
    """Counts what is said. What it remembers of networks lives ten minutes, in memory alone."""

    _heard: dict[tuple[str, str], deque[float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def hear(self, desk: Desk, edition: str, said: str, network: str) -> str:
        """Count an answer; the title of its edition. Errors as `asked_opinion`."""
        title = asked_opinion(desk, edition, said)
        if self._has_room(edition, network, desk.clock().timestamp()):
            desk.store.opinions.add(edition, good=OPINIONS[said])
        return title

    def _has_room(self, edition: str, network: str, now: float) -> bool:
        with self._lock:
            if (network, edition) not in self._heard and len(self._heard) >= _NETWORKS:
                self._heard.pop(next(iter(self._heard)))
            heard = self._heard.setdefault((network, edition), deque())
            while heard and heard[0] < now - _WITHIN:
                heard.popleft()
            if len(heard) >= _MOST:
                return False
            heard.append(now)
            return True
