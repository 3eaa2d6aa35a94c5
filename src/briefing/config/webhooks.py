"""[webhooks]: who is told of what happens here, by a call that is signed."""

from typing import Literal

from pydantic import Field, SecretStr

from briefing.config.base import Table

Event = Literal[
    "edition.sent", "edition.paused", "edition.aborted", "subscriber.joined", "subscriber.left"
]


class Webhook(Table):
    """A system of the house's own that is called when something happens."""

    url: str = Field(pattern=r"^https?://[^\s/]+[^\s]*$", examples=["https://briefing.example.org"])
    #: What it is told of; everything when left out.
    events: tuple[Event, ...] = (
        "edition.sent",
        "edition.paused",
        "edition.aborted",
        "subscriber.joined",
        "subscriber.left",
    )
    #: With which calls are signed. Better from BRIEFING_WEBHOOKS__NAME__SECRET than written into the file.
    secret: SecretStr = SecretStr("")
    secret_file: str = ""
