"""[send]: how letters leave the house, and what of them the relay takes in what time."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr

from briefing.config.base import Table
from briefing.model.limit import Rate
from briefing.model.mail import Address

#: The transports by name; each has a table of its own in [send], and a class in `sends.transports`.
TRANSPORTS = ("folder", "smtp")


class Folder(Table):
    """Settings of the transport that writes files."""

    path: str = "var/outbox"


def _rate(written: str) -> str:
    Rate.parse(written)
    return written


RateText = Annotated[str, AfterValidator(_rate)]


#: The large hosts of mailboxes, by the domains that most addresses there have.
MAILBOX_HOSTS: dict[str, tuple[str, ...]] = {
    "google": ("gmail.com", "googlemail.com"),
    "microsoft": (
        "outlook.com",
        "hotmail.com",
        "hotmail.co.uk",
        "live.com",
        "live.co.uk",
        "msn.com",
    ),
    "yahoo": ("yahoo.com", "yahoo.co.uk", "ymail.com", "rocketmail.com", "aol.com"),
    "apple": ("icloud.com", "me.com", "mac.com"),
}


class WarmUpSettings(Table):
    """How many letters a day go to each group of domains while nobody knows the sender yet."""

    begins: date
    #: For the first day, the second and so on; after the last there is no limit.
    letters: tuple[Annotated[int, Field(ge=1)], ...] = Field(min_length=1)


class Smtp(Table):
    """The relay that letters are handed to."""

    host: str = "localhost"
    port: int = Field(default=587, ge=1, le=65_535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str = ""
    #: From BRIEFING_SEND__SMTP__PASSWORD; better than writing it into the file.
    password: SecretStr = SecretStr("")
    password_file: str = ""
    ca_file: str = ""
    connections: int = Field(default=8, ge=1, le=200)
    rate: RateText | None = None
    domain_rates: dict[str, RateText] = Field(default={})
    #: Domains whose mailboxes one host keeps, so that a limit is for all of them.
    domain_groups: dict[str, tuple[str, ...]] = Field(default=MAILBOX_HOSTS)
    warm_up: WarmUpSettings | None = None


class Retry(Table):
    """When a letter that was refused for now is tried again. Seconds."""

    first_wait: int = Field(default=300, ge=0)
    longest_wait: int = Field(default=14_400, ge=1)
    life: int = Field(default=172_800, ge=0)


class Dkim(Table):
    """One DKIM signature."""

    domain: str = Field(min_length=1)
    selector: str = Field(min_length=1)
    key_file: str = Field(min_length=1)


class ResolverSettings(Table):
    """Who is asked about a letter whose answer was never seen, before on_doubt decides."""

    kind: Literal["none", "postfix"] = "none"
    log: str = "/var/log/mail.log"


class Send(Table):
    """How letters leave the house."""

    transport: str = "folder"
    sender: Address = Field(alias="from")
    reply_to: Address | None = None
    bounce_address: str = Field(
        default="", pattern=r"^$|^[^@\s]{1,20}@[^@\s]+$", examples=["bounces@example.org"]
    )
    #: Who sends, for Gmail's counts of complaints (the last part of Feedback-ID); no header when empty.
    feedback_id: str = Field(
        default="", pattern=r"^$|^[A-Za-z0-9_-]{5,15}$", examples=["staggers-desk"]
    )
    on_doubt: Literal["resend", "hold"] = "resend"
    lease: float = Field(default=30.0, ge=2, le=3_600)
    engine: Literal["local", "procrastinate"] = "local"
    parallel: int = Field(default=2, ge=1, le=64)
    folder: Folder = Folder.model_construct()
    smtp: Smtp = Smtp.model_construct()
    retry: Retry = Retry.model_construct()
    resolver: ResolverSettings = ResolverSettings.model_construct()
    dkim: tuple[Dkim, ...] = ()
