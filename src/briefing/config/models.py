"""The tables of config.toml: what may stand in each, and what holds when nothing does."""

import re
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr

from briefing.articles.paid.sponsor_rule import SponsorRule
from briefing.config.base import Table
from briefing.config.briefing import Briefing
from briefing.config.desk import DeskSettings, Network
from briefing.config.doctor import Doctor
from briefing.config.language import Language
from briefing.config.lists import ReaderList
from briefing.config.rehearsal import RehearsalSettings
from briefing.config.sending import Send
from briefing.config.sources import Fetch, Source
from briefing.config.webhooks import Webhook
from briefing.digests.settings import DigestSettings
from briefing.errors import ConfigError, why
from briefing.shipped import shipped


class Site(Table):
    """Who publishes, and where readers' links lead."""

    name: str = Field(min_length=1)
    #: Who you are, in a sentence or two, for the first of the public pages.
    about: str = ""
    public_url: str = Field(
        pattern=r"^https?://[^\s/]+[^\s]*$", examples=["https://briefing.example.org"]
    )
    postal_address: str = Field(min_length=1)
    #: BCP 47: of the newsroom's own words in letters and on pages, and of sources that name none.
    language: Language = "en-GB"
    #: Straight quotation marks, `--` and spaces are shown as the language sets them; what is kept stays.
    typography: bool = True


class Data(Table):
    """Where the desk keeps what it makes."""

    path: str = "var"
    #: The UTC hour at which `briefing serve` copies the database; never when empty.
    backup_at: str = Field(
        default="03:00", pattern=r"^$|^([01]\d|2[0-3]):[0-5]\d$", examples=["03:00"]
    )
    #: So many nightly copies are kept.
    backups: int = Field(default=14, ge=1)


class DatabaseSettings(Table):
    """Which database keeps readers, editions and letters."""

    #: As SQLAlchemy writes it; a SQLite file under [data] path when empty.
    url: str = ""


class Sponsors(Table):
    """How paid copy is labelled, and what people have decided about it."""

    #: What paid copy is called; in the words that the language's rules ask for when empty.
    label: str = ""
    most: int = Field(default=2, ge=0)  #: paid pieces of an edition before `lint` warns
    rule: tuple[SponsorRule, ...] = ()


class VocabularySettings(Table):
    """Words of the newsroom's own by which pages are read."""

    #: A folder of tables as docs/vocabulary.md tells; none when empty.
    path: str = ""


class Hook(Table):
    """A mail provider that tells of bounces by calling /hooks/NAME."""

    provider: Literal["ses", "mailgun", "sendgrid", "postmark", "brevo"]
    #: What proves that a call is the provider's: Mailgun's HTTP webhook signing key, SendGrid's
    #: verification key, the password or token in Postmark's or Brevo's hook, the ARN of SES's topic.
    #: Better from BRIEFING_BOUNCES__HOOKS__NAME__SECRET than written into the file.
    secret: SecretStr = SecretStr("")
    secret_file: str = ""


class Bounces(Table):
    """What a refusal of the mailbox means for the reader."""

    #: A Maildir or mbox that the bounce address is delivered to.
    mailbox: str = ""
    hard: int = Field(default=1, ge=1)
    soft: int = Field(default=3, ge=1)
    soft_days: int = Field(default=7, ge=0)
    hooks: dict[str, Hook] = Field(default={})


class Public(Table):
    """The pages that readers see."""

    #: Addresses or networks of reverse proxies; what they say of who asks is believed.
    proxies: tuple[Network, ...] = ("127.0.0.1", "::1")
    #: Links to stories lead over this site, which counts them by link and hour, never by reader.
    count_clicks: bool = False
    #: The foot of a letter asks whether it was worth its reader's time; answers are counted by edition.
    ask_opinions: bool = False
    #: *How this was made* lists what an edition left out, each with its reason.
    tell_left_out: bool = False


class Alerts(Table):
    """Who is told what somebody must know; the log always is."""

    email: str = Field(default="", pattern=r"^$|^[^@\s]+@[^@\s]+$", examples=["desk@example.org"])
    webhook: str = Field(
        default="", pattern=r"^$|^https?://[^\s]+$", examples=["https://chat.example/hook"]
    )
    #: Minutes before its hour at which an edition that nobody has approved is spoken of.
    remind: int = Field(default=30, ge=0)


class Health(Table):
    """Where `briefing serve` answers ops: /healthz, /readyz and /metrics."""

    #: Such as `127.0.0.1:9095`; nowhere when empty. Never the address that readers reach.
    listen: str = Field(default="", pattern=r"^$|^[^\s:]+:\d{1,5}$", examples=["127.0.0.1:9095"])
    #: Names by which it may be asked, besides that address and this machine's own.
    hosts: tuple[str, ...] = ()


class Config(Table):
    """Everything config.toml says."""

    site: Site
    data: Data = Data.model_construct()
    database: DatabaseSettings = DatabaseSettings.model_construct()
    sources: dict[str, Source] = Field(min_length=1)
    fetch: Fetch = Fetch.model_construct()
    sponsors: Sponsors = Sponsors.model_construct()
    vocabulary: VocabularySettings = VocabularySettings.model_construct()
    digest: DigestSettings = DigestSettings()
    lists: dict[str, ReaderList] = Field(min_length=1)
    briefings: dict[str, Briefing] = Field(min_length=1)
    send: Send
    bounces: Bounces = Bounces.model_construct()
    alerts: Alerts = Alerts.model_construct()
    health: Health = Health.model_construct()
    desk: DeskSettings = DeskSettings.model_construct()
    public: Public = Public.model_construct()
    doctor: Doctor = Doctor.model_construct()
    rehearsal: RehearsalSettings = RehearsalSettings.model_construct()
    webhooks: dict[str, Webhook] = Field(default={})
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

    @property
    def database_url(self) -> str:
        """The address of the database."""
        return self.database.url or f"sqlite:///{self.path(self.data.path) / 'briefing.db'}"

    @property
    def database_name(self) -> str:
        """The database for people: never with its password."""
        return re.sub(r"://([^:/@]+):[^@]*@", r"://\1:…@", self.database_url)

    def smtp_password(self) -> str:
        """The relay's password, from the environment or the file that holds it.

        Raises:
            ConfigError: when there is a user name and no password, or the file cannot be read.
        """
        smtp = self.send.smtp
        if smtp.password_file:
            path = self.path(smtp.password_file)
            try:
                return path.read_text("utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                raise ConfigError(
                    (f"[send.smtp] password_file: {path} cannot be read: {why(error)}.",)
                ) from error
        secret = smtp.password.get_secret_value()
        if smtp.username and not secret:
            raise ConfigError(
                (
                    f"[send.smtp] has username {smtp.username!r} and no password: set "
                    "BRIEFING_SEND__SMTP__PASSWORD, or name a password_file.",
                )
            )
        return secret

    def hook_secret(self, name: str) -> str:
        """The secret of a hook, from the environment or the file that holds it.

        Raises:
            ConfigError: when there is none, or the file cannot be read.
        """
        hook = self.bounces.hooks[name]
        if hook.secret_file:
            path = self.path(hook.secret_file)
            try:
                return path.read_text("utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                raise ConfigError(
                    (f"[bounces.hooks.{name}] secret_file: {path} cannot be read: {why(error)}.",)
                ) from error
        secret = hook.secret.get_secret_value()
        if not secret:
            raise ConfigError(
                (
                    f"[bounces.hooks.{name}] has no secret: set "
                    f"BRIEFING_BOUNCES__HOOKS__{name.upper()}__SECRET, or name a secret_file.",
                )
            )
        return secret

    def design(self, name: str) -> Path:
        """See `design_folder`."""
        return design_folder(self.home, name)


def design_folder(home: Path, name: str) -> Path:
    """The folder of a newsletter design: next to the config where it is there, else the shipped."""
    own = home / "templates" / "email" / name
    return own if own.is_dir() else shipped("templates") / "email" / name


def config_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of config.toml, so that editors complete and check it."""
    schema = Config.model_json_schema()
    # Where the file lies is not a key of it.
    schema["properties"].pop("home")
    schema["required"].remove("home")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "config.toml of a briefing desk",
    }
