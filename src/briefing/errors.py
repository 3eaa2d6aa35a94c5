"""Everything that can go wrong, as one tree.

BriefingError               a sentence for a person: the thing, the value, the next step
├── ConfigError             config.toml, the environment or a secret
├── PageRefused             a saved page, feed or address that is not an article
├── SourceError             a feed or address that could not be read; says when to try again
├── DigestError             an article that cannot be summarised as asked
├── EditionError            an edition that cannot be made or changed as asked
│   ├── EditionHeld         an edition that waits for a person's decision
│   │   └── EditionFaulty   an edition with something in it that the checks call an error
│   └── EditedMeanwhile     a change made from a version that stands no more
├── TemplateError           a newsletter design that does not render; carries file and line
├── TokenError              reader's slots that clash with the content
├── DeskError               somebody who may not do what they ask at the editors' desk
├── SubscriberError         a list of readers that cannot be read
│   └── LinkOver            a confirmation link that does not hold any more; says for which list
├── SendError               a letter that cannot be built or posted
│   └── TransportError      what a transport answered; `permanent` decides whether to try again
└── StoreError              something kept on disk that cannot be read or written
    └── Busy                somebody else is at the same work just now
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class BriefingError(Exception):
    """A sentence for a person that names the thing, the value and the next step."""


class ConfigError(BriefingError):
    """One or more faults of the configuration; `faults` holds a sentence for each."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class PageRefused(BriefingError):
    """A page, feed or address that is not an article; the sentence says what it is instead."""

    def __init__(self, message: str, *, page: str = "") -> None:
        super().__init__(message)
        self.page = page


@contextmanager
def naming(page: str) -> Iterator[None]:
    """Put a page's name before the sentence that refuses it: whoever reads its text need not know the name."""
    try:
        yield
    except PageRefused as refused:
        raise PageRefused(f"{page}: {refused}", page=page) from refused


class SourceError(BriefingError):
    """A feed or address that could not be read; the sentence goes on after its name.

    `wait` is the least number of seconds before the next try, where the server asked for one;
    `absent` says that the server answered, and has no such page for us; `status` is the HTTP
    status of the answer, and 0 where there was none.
    """

    def __init__(
        self, message: str, *, wait: float | None = None, absent: bool = False, status: int = 0
    ) -> None:
        super().__init__(message)
        self.wait, self.absent, self.status = wait, absent, status


class DigestError(BriefingError):
    """An article that cannot be summarised as asked."""


class EditionError(BriefingError):
    """An edition that cannot be made or changed as asked."""


class EditionHeld(EditionError):
    """An edition that waits for a person's decision."""


class EditionFaulty(EditionHeld):
    """An edition with something in it that the checks call an error; `rules` names the rules."""

    def __init__(self, message: str, *, rules: tuple[str, ...]) -> None:
        super().__init__(message)
        self.rules = rules


class EditedMeanwhile(EditionError):
    """A change made from a version that stands no more; somebody else made another."""

    def __init__(self, message: str, *, seen: int, stands: int) -> None:
        super().__init__(message)
        self.seen, self.stands = seen, stands


class TemplateError(BriefingError):
    """A newsletter design that does not render, with the place where it goes wrong."""

    def __init__(
        self, message: str, *, path: Path | str | None = None, line: int | None = None
    ) -> None:
        place = "" if path is None else f"{path}:{line}: " if line else f"{path}: "
        super().__init__(place + message)
        self.path, self.line = path, line


class TokenError(BriefingError):
    """Reader's slots that clash with the content or were left unfilled."""


class DeskError(BriefingError):
    """Somebody who may not do what they ask at the editors' desk, or cannot be let in."""


class SubscriberError(BriefingError):
    """A list of readers that cannot be read; the sentence names file and row."""


class LinkOver(SubscriberError):
    """A confirmation link that does not hold any more; `list` is the one it was for, to ask for another."""

    def __init__(self, message: str, *, list_name: str) -> None:
        super().__init__(message)
        self.list = list_name


class SendError(BriefingError):
    """A letter that cannot be built or posted."""


class TransportError(SendError):
    """What a transport answered. `permanent` decides whether to try again, nothing else does.

    `is_throttling` says that the relay wants fewer letters or connections just now.
    """

    def __init__(
        self, message: str, *, permanent: bool = False, is_throttling: bool = False
    ) -> None:
        super().__init__(message)
        self.permanent, self.is_throttling = permanent, is_throttling


class StoreError(BriefingError):
    """Something kept on disk that cannot be read or written."""


class Busy(StoreError):
    """Somebody else is at the same work just now; later it can be done."""


def why(error: Exception) -> str:
    """What went wrong with a file or a connection, to stand in a sentence that names it already.

    Python's own words for it begin with a number and say the name a second time: "[Errno 2] No such
    file or directory: 'readers.csv'".
    """
    if isinstance(error, UnicodeDecodeError):
        return f"it is not text in {error.encoding}, from byte {error.start + 1:,} on"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error)
