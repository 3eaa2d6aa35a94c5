"""What config.toml says of letters: headers, links, signatures, and the way out."""

from collections.abc import Mapping
from pathlib import Path

from briefing.actions.context import Desk
from briefing.actions.letters.letter_writer import LetterWriter
from briefing.config import Config
from briefing.errors import SendError
from briefing.model.limit import Rate
from briefing.model.mail import Email
from briefing.sends.letters.dkim_settings import DkimSettings
from briefing.sends.letters.mime import LetterSettings
from briefing.sends.posting.rate_limit import RateLimiter, TokenSource, WarmUp
from briefing.sends.posting.retry_settings import PostingSettings
from briefing.sends.resolvers import NoResolver, PostfixResolver, PostfixSettings, Resolver
from briefing.sends.transports import (
    FolderSettings,
    FolderTransport,
    SmtpSettings,
    SmtpTransport,
    Transport,
)


def letter_writer(
    desk: Desk,
    email: Email,
    *,
    list_name: str,
    title: str,
    began: float,
    variants: Mapping[int, Email] | None = None,
) -> LetterWriter:
    """Who writes the letters of an edition, as config.toml has them.

    Args:
        desk: the desk.
        email: the rendered edition.
        list_name: whose readers get it; part of the List-Id.
        title: the newsletter's name.
        began: the letters' date; seconds since 1970.
        variants: other forms of the edition, by number.

    Raises:
        SendError: when a value cannot stand where it must, or a DKIM key is not one.
    """
    sender = desk.config.send.sender
    settings = LetterSettings(
        sender=sender,
        reply_to=desk.config.send.reply_to,
        list_id=f"{list_name}.{sender.email.rpartition('@')[2]}",
        list_name=title,
        bounce_address=desk.config.send.bounce_address,
        leave_by_mail=bool(desk.config.bounces.mailbox),
        feedback_id=_feedback_id(desk.config, email, list_name),
    )
    return LetterWriter(
        email,
        settings,
        list_name=list_name,
        site=desk.config.site.public_url.rstrip("/"),
        began=began,
        keys=desk.keys,
        dkim=signing_keys(desk),
        variants=variants,
    )


def _feedback_id(config: Config, email: Email, list_name: str) -> str:
    """Campaign, customer, kind of mail, sender: what Gmail's Feedback Loop counts by."""
    who = config.send.feedback_id
    return f"{email.edition_id}:{list_name}:newsletter:{who}" if who else ""


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


def limiter(desk: Desk, tokens: TokenSource) -> RateLimiter:
    """The limits of [send.smtp]; other transports have none."""
    smtp = desk.config.send.smtp
    if desk.config.send.transport != "smtp":
        return RateLimiter()
    plan = smtp.warm_up
    return RateLimiter(
        tokens,
        Rate.parse(smtp.rate) if smtp.rate else None,
        {name.lower(): Rate.parse(rate) for name, rate in smtp.domain_rates.items()},
        smtp.domain_groups,
        WarmUp(begins=plan.begins, letters=plan.letters) if plan else None,
    )


def resolver(desk: Desk) -> Resolver:
    """Who knows what became of a letter in doubt, as [send.resolver] names them."""
    asked = desk.config.send.resolver
    match asked.kind:
        case "postfix":
            return PostfixResolver(PostfixSettings(log=desk.config.path(asked.log)))
        case "none":
            return NoResolver()


def posting_settings(desk: Desk) -> PostingSettings:
    """What happens to letters that do not get through."""
    retry = desk.config.send.retry
    return PostingSettings(
        on_doubt=desk.config.send.on_doubt,
        first_wait=retry.first_wait,
        longest_wait=retry.longest_wait,
        life=retry.life,
    )


def signing_keys(desk: Desk) -> tuple[DkimSettings, ...]:
    """The keys of [[send.dkim]]: the last signs first, so that the first of config.toml stands on top.

    Raises:
        SendError: when one cannot be read, or cannot sign.
    """
    found = []
    for dkim in reversed(desk.config.send.dkim):
        path = desk.config.path(dkim.key_file)
        try:
            key = path.read_bytes()
        except OSError as error:
            raise SendError(
                f"[[send.dkim]] key_file: {path} cannot be read: {error.strerror}. Make one with "
                "`openssl genrsa -out FILE 2048`, or correct the path."
            ) from error
        signs = DkimSettings(domain=dkim.domain, selector=dkim.selector, private_key=key)
        _examine(signs, path)
        found.append(signs)
    return tuple(found)


def _examine(signs: DkimSettings, path: Path) -> None:
    """Name the file of a key that cannot sign: who reads the fault has to mend it."""
    from briefing.sends.letters.dkim import DkimSigner  # noqa: PLC0415 - a house without a key does not need it

    try:
        DkimSigner(signs.domain, signs.selector, signs.private_key)
    except SendError as error:
        raise SendError(f"[[send.dkim]] key_file {path}: {error}") from error
