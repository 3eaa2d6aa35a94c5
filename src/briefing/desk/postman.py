"""What an edition's letters are made of: headers, links, signatures, and the way out."""

import os
import pickle
from datetime import UTC, datetime

from briefing.config import Config
from briefing.errors import SendError
from briefing.model.limit import Rate
from briefing.model.mail import Email, Letter
from briefing.model.subscriber import Subscriber
from briefing.sends import (
    DkimSigner,
    LetterSettings,
    Office,
    OwnParts,
    Pace,
    PostingSettings,
    Postman,
    Scribes,
    Tokens,
    WarmUp,
)
from briefing.sends.resolvers import NoResolver, PostfixResolver, PostfixSettings, Resolver
from briefing.sends.transports import (
    FolderSettings,
    FolderTransport,
    SmtpSettings,
    SmtpTransport,
    Transport,
)
from briefing.subscribers import sign_each

#: From so many letters on, processes that write them are worth their start; two keep up with one
#: event loop.
_WORTH_PROCESSES, _PROCESSES = 1_000, 2
_SCRIBE = "briefing.desk.scribe"
_PURPOSES = {"unsubscribe_url": "unsubscribe", "preferences_url": "preferences", "view_url": "view"}


class LetterWriter:
    """Writes the letters of one edition, each with its reader's own links."""

    def __init__(
        self,
        config: Config,
        email: Email,
        *,
        list_name: str,
        title: str,
        began: float,
        keys: tuple[bytes, ...],
    ) -> None:
        """Encode what all letters share.

        Raises:
            SendError: when a value cannot stand where it must, or a DKIM key is none.
        """
        self._is_signed = bool(config.send.dkim)
        self._told = {
            "config": config,
            "email": email,
            "list_name": list_name,
            "title": title,
            "began": began,
            "keys": keys,
        }
        sender = config.send.sender
        settings = LetterSettings(
            sender=sender,
            reply_to=config.send.reply_to,
            list_id=f"{list_name}.{sender.email.rpartition('@')[2]}",
            list_name=title,
            bounce_address=config.send.bounce_address,
        )
        self._edition, self._key = email.edition_id, keys[0]
        self._site = config.site.public_url.rstrip("/")
        self._postman = Postman(
            email,
            settings,
            date=datetime.fromtimestamp(began, UTC),
            key=keys[-1],
            signers=_signers(config),
        )

    def write(self, reader: Subscriber) -> Letter:
        """The letter for one reader.

        Raises:
            SendError: when a value cannot stand where it must.
        """
        return self._postman.letter(reader, self.links(reader))

    def own_parts(self, reader: Subscriber) -> OwnParts:
        """What is a reader's own of the letter.

        Raises:
            SendError: when a value cannot stand where it must.
        """
        return self._postman.own_parts(reader, self.links(reader))

    def joined(self, own: OwnParts) -> Letter:
        """The letter that has these parts of a reader's own."""
        return self._postman.joined(own)

    def scribes(self, letters: int) -> Scribes:
        """Who write so many letters: other processes, where they are signed and it is worth it."""
        spare = len(os.sched_getaffinity(0)) - 1 if hasattr(os, "sched_getaffinity") else 0
        if not (self._is_signed and spare) or letters < _WORTH_PROCESSES:
            return Scribes(self)
        processes = min(spare, _PROCESSES)
        office = Office(module=_SCRIBE, told=pickle.dumps(self._told), processes=processes)
        return Scribes(self, office)

    def links(self, reader: Subscriber) -> dict[str, str]:
        """The reader's own addresses; a token holds for one purpose and names no one in clear."""
        claims = {"edition": self._edition, "reader": reader.ref}
        tokens = sign_each(_PURPOSES.values(), claims, self._key)
        return {
            name: f"{self._site}/{purpose}/{token}"
            for (name, purpose), token in zip(_PURPOSES.items(), tokens, strict=True)
        }


def transport(config: Config, edition: str) -> tuple[Transport, str]:
    """The way out that config.toml names, and where a person can look.

    Raises:
        TransportError: when its settings cannot work.
        ConfigError: when the password is missing.
    """
    match config.send.transport:
        case "folder":
            outbox = config.path(config.send.folder.path) / edition
            return FolderTransport(FolderSettings(path=outbox)), str(outbox)
        case "smtp":
            smtp = config.send.smtp
            settings = SmtpSettings(
                host=smtp.host,
                port=smtp.port,
                security=smtp.security,
                username=smtp.username,
                password=config.smtp_password(),
                ca_file=config.path(smtp.ca_file) if smtp.ca_file else None,
                connections=smtp.connections,
                local_name=config.send.sender.email.rpartition("@")[2],
            )
            return SmtpTransport(settings), f"{smtp.host}:{smtp.port}"
        case other:
            raise SendError(f"There is no transport {other!r}; correct [send] transport.")


def pace(config: Config, tokens: Tokens) -> Pace:
    """The limits of [send.smtp]; other transports have none."""
    smtp = config.send.smtp
    if config.send.transport != "smtp":
        return Pace()
    plan = smtp.warm_up
    return Pace(
        tokens,
        Rate.parse(smtp.rate) if smtp.rate else None,
        {name.lower(): Rate.parse(rate) for name, rate in smtp.domain_rates.items()},
        smtp.domain_groups,
        WarmUp(begins=plan.begins, letters=plan.letters) if plan else None,
    )


def resolver(config: Config) -> Resolver:
    """Who knows what became of a letter in doubt, as [send.resolver] names them."""
    asked = config.send.resolver
    match asked.kind:
        case "postfix":
            return PostfixResolver(PostfixSettings(log=config.path(asked.log)))
        case "none":
            return NoResolver()


def posting_settings(config: Config) -> PostingSettings:
    """What happens to letters that do not get through."""
    retry = config.send.retry
    return PostingSettings(
        on_doubt=config.send.on_doubt,
        first_wait=retry.first_wait,
        longest_wait=retry.longest_wait,
        life=retry.life,
    )


def _signers(config: Config) -> tuple[DkimSigner, ...]:
    """The last of config.toml signs first, so that the first of config.toml stands on top."""
    signers = []
    for dkim in reversed(config.send.dkim):
        path = config.path(dkim.key_file)
        try:
            key = path.read_bytes()
        except OSError as error:
            raise SendError(
                f"[[send.dkim]] key_file: {path} cannot be read: {error.strerror}. Make one with "
                "`openssl genrsa -out FILE 2048`, or correct the path."
            ) from error
        signers.append(DkimSigner(dkim.domain, dkim.selector, key))
    return tuple(signers)
