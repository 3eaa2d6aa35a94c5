"""What goes over the API, both ways; its OpenAPI description is made of these."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

#: Characters of a page; JSON may write each with twelve.
_LONGEST_PAGE = 300_000


class ApiBody(BaseModel):
    """Takes the keys it names, of the types it names, and nothing else."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class EditionsAsked(ApiBody):
    """Which editions: of all briefings when none is named."""

    briefing: Annotated[str, Field(min_length=1, max_length=63)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    #: The id of the last edition of the page before; the link to the next page carries it.
    cursor: Annotated[str, Field(min_length=1, max_length=200)] | None = None


class SentEditionTold(ApiBody):
    """An edition that was sent or is being sent."""

    id: str
    briefing: str
    subject: str
    sent_at: datetime
    #: Where everybody can read it.
    url: str
    corrections: list[str]


class EditionsTold(ApiBody):
    """Newest first."""

    editions: list[SentEditionTold]


class EditionCountsTold(SentEditionTold):
    """One edition with what became of its letters."""

    status: str
    #: SHA-256 of what was sent.
    sha256: str
    letters: dict[str, int]


class ComingTold(ApiBody):
    """The next slot of a briefing."""

    briefing: str
    slot: str
    due_at: datetime


class CountsTold(ApiBody):
    """Readers by list and standing, complaints of 30 days, and what comes next."""

    lists: dict[str, dict[str, int]]
    complaints_30_days: int
    coming: list[ComingTold]


class SubscribeAsked(ApiBody):
    """Who wants which list; the mailbox itself is asked by a letter."""

    list: Annotated[str, Field(min_length=1, max_length=63)]
    email: Annotated[str, Field(min_length=3, max_length=254)]


class SubscribeTold(ApiBody):
    """The same to everybody, whoever is on the list."""

    said: str


class LeaveAsked(ApiBody):
    """Who leaves: one list, or all when none is named."""

    email: Annotated[str, Field(min_length=3, max_length=254)]
    list: Annotated[str, Field(min_length=1, max_length=63)] | None = None


class LeaveTold(ApiBody):
    """Off how many lists the address was taken; 0 when it was on none."""

    left: int


class EntryAsked(ApiBody):
    """A page for a source: a text with blank lines between its paragraphs, or HTML."""

    headline: Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[^\r\n]*\S[^\r\n]*$")]
    content: Annotated[str, Field(min_length=1, max_length=_LONGEST_PAGE)]
    format: Literal["text", "html"] = "text"


class EntryTold(ApiBody):
    """The name of the file by its content; the same page twice is one."""

    name: str
    is_new: bool


class FaultTold(ApiBody):
    """What was wrong, in a sentence."""

    error: str
