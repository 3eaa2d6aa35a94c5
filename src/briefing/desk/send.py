"""Sending: from a rendered edition to a letter for every subscriber of its list."""

import hmac
from dataclasses import dataclass
from datetime import datetime

from briefing.config import Config
from briefing.desk.progress import Progress, Quiet
from briefing.errors import EditionHeld, SendError
from briefing.model.mail import Letter
from briefing.model.subscriber import Subscriber
from briefing.sends import LetterSettings, Postman
from briefing.sends.transports import FolderSettings, FolderTransport
from briefing.store import Drafts, signing_key
from briefing.subscribers import BadRow, read_subscribers, sign

_PURPOSES = {"unsubscribe_url": "unsubscribe", "preferences_url": "preferences", "view_url": "view"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of an edition's letters."""

    edition: str
    transport: str
    #: Where a person can look.
    where: str
    posted: int
    #: A sentence for each letter that did not go out.
    failures: tuple[str, ...] = ()
    #: A sentence for each row of the list that is no subscriber.
    skipped: tuple[str, ...] = ()


def send_edition(
    config: Config, edition_id: str, now: datetime, progress: Progress | None = None
) -> Sent:
    """Write and post one letter for every subscriber.

    Every letter is written before the first is posted, so a value that cannot be printed refuses
    the whole edition instead of leaving half of it behind.

    Raises:
        StoreError: when the edition is not there or not rendered.
        EditionHeld: when a piece of it waits for a person's decision.
        SendError: when a letter cannot be written, or nothing can be posted.
    """
    drafts = Drafts(config.drafts)
    edition, email = drafts.edition(edition_id), drafts.email(edition_id)
    if edition.held:
        raise EditionHeld(
            f"{edition_id} is held: {len(edition.held)} of its pieces may be paid for. "
            "Decide with a [[sponsors.rule]] and draft again."
        )
    briefing = config.briefing(edition.briefing)
    rows = list(read_subscribers(config.path(config.lists[briefing.list].path)))
    readers = [row for row in rows if isinstance(row, Subscriber)]
    settings = LetterSettings(
        sender=config.send.sender,
        reply_to=config.send.reply_to,
        list_id=f"{briefing.list}.{config.send.sender.email.rpartition('@')[2]}",
        list_name=edition.title,
    )
    key = signing_key(config.path(config.data.path))
    postman = Postman(email, settings, date=now.replace(microsecond=0), key=key)
    letters = [
        postman.letter(reader, _links(config, edition_id, reader, key)) for reader in readers
    ]
    outbox = config.path(config.send.folder.path) / edition_id
    transport = FolderTransport(FolderSettings(path=outbox))
    posted, failures = _post(transport, letters, progress or Quiet())
    return Sent(
        edition=edition_id,
        transport=config.send.transport,
        where=str(outbox),
        posted=posted,
        failures=failures,
        skipped=tuple(row.reason for row in rows if isinstance(row, BadRow)),
    )


def _post(
    transport: FolderTransport, letters: list[Letter], progress: Progress
) -> tuple[int, tuple[str, ...]]:
    posted, failures = 0, []
    for letter in progress.track(letters, "Writing letters", len(letters)):
        try:
            transport.post(letter)
            posted += 1
        except SendError as error:
            failures.append(str(error))
            if not posted:
                raise
    return posted, tuple(failures)


def _links(config: Config, edition_id: str, reader: Subscriber, key: bytes) -> dict[str, str]:
    """The reader's own addresses; each token holds for one purpose and names no one in clear."""
    who = hmac.digest(key, reader.email.casefold().encode(), "sha256").hex()[:32]
    claims = {"edition": edition_id, "reader": who}
    return {
        name: f"{config.site.public_url.rstrip('/')}/{purpose}/{sign(purpose, claims, key)}"
        for name, purpose in _PURPOSES.items()
    }
