"""The tables of config.toml: what may stand in each, and what holds when nothing does."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from briefing.articles import SponsorRule
from briefing.digests import DigestSettings
from briefing.errors import ConfigError
from briefing.model.mail import Address
from briefing.shipped import shipped


class Table(BaseModel):
    """A table that takes the keys it names, of the types it names, and nothing else."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Site(Table):
    """Who publishes, and where readers' links lead."""

    name: str = Field(min_length=1)
    public_url: str = Field(pattern=r"^https?://[^\s/]+[^\s]*$")
    postal_address: str = Field(min_length=1)
    language: str = Field(default="en-GB", pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")


class Data(Table):
    """Where the desk keeps what it makes."""

    path: str = "var"


class Source(Table):
    """A place that pages come from."""

    kind: Literal["pages"]
    path: str


class Sponsors(Table):
    """How paid copy is labelled, and what people have decided about it."""

    label: str = Field(default="Advertisement feature", min_length=1)
    rule: tuple[SponsorRule, ...] = ()


class ReaderList(Table):
    """A list of subscribers."""

    path: str


class Briefing(Table):
    """One briefing: what it prints, how, and for whom."""

    title: str = Field(min_length=1)
    template: str
    list: str
    sources: tuple[str, ...] = Field(min_length=1)
    time_zone: str = "Europe/London"
    min_items: int = Field(default=1, ge=1)
    max_items: int = Field(default=12, ge=1)


class Folder(Table):
    """Settings of the transport that writes files."""

    path: str = "var/outbox"


class Send(Table):
    """How letters leave the house."""

    transport: str = "folder"
    sender: Address = Field(alias="from")
    reply_to: Address | None = None
    folder: Folder = Folder()


class Config(Table):
    """Everything config.toml says."""

    site: Site
    data: Data = Data()
    sources: dict[str, Source] = Field(min_length=1)
    sponsors: Sponsors = Sponsors()
    digest: DigestSettings = DigestSettings()
    lists: dict[str, ReaderList] = Field(min_length=1)
    briefings: dict[str, Briefing] = Field(min_length=1)
    send: Send
    #: The folder of the file itself; every path in it is read from there.
    home: Path = Field(exclude=True)

    def path(self, written: str) -> Path:
        """A path as written in the file, made absolute."""
        return self.home / Path(written).expanduser()

    def briefing(self, name: str) -> Briefing:
        """The briefing of that name.

        Raises:
            ConfigError: when there is none, naming those there are.
        """
        if name not in self.briefings:
            known = ", ".join(sorted(self.briefings))
            raise ConfigError((f"There is no briefing {name!r}; config.toml has: {known}.",))
        return self.briefings[name]

    @property
    def drafts(self) -> Path:
        """The folder that editions are kept in."""
        return self.path(self.data.path) / "editions"

    def design(self, name: str) -> Path:
        """The folder of a newsletter design: see `design_folder`."""
        return design_folder(self.home, name)


def design_folder(home: Path, name: str) -> Path:
    """The folder of a newsletter design: beside the config where it is there, else the shipped."""
    own = home / "templates" / "email" / name
    return own if own.is_dir() else shipped("templates") / "email" / name
