"""The examination of the sender: `briefing doctor`, before the first letter, and weekly.

What asks name servers and pages is imported where it asks: every letter passes this module, and most
houses have their sender examined by no letter.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from email import message_from_bytes
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from briefing.actions.context import Desk
from briefing.actions.event_loop import in_loop
from briefing.actions.gather.read_sources import reach
from briefing.actions.letters.send_settings import letter_writer, signing_keys, transport
from briefing.actions.manifests.keep_manifest import SAMPLE_READER
from briefing.actions.resolve_name import list_of, the_draft
from briefing.errors import EditionHeld, SendError, SourceError, StoreError, TransportError
from briefing.model.delivery import State
from briefing.model.mail import Email
from briefing.sends.doctor import diagnosis as rules
from briefing.sends.doctor.diagnosis import Diagnosis, Prospect, told
from briefing.sends.doctor.sender_setup import SenderSetup, SigningKey
from briefing.store import write_whole

if TYPE_CHECKING:
    from briefing.sends.letters.dkim_settings import DkimSettings

#: One diagnosis a subject.
SenderReport = tuple[Diagnosis, ...]

_DAY = 86_400.0
#: A sender is examined again after so long, and complaints are counted over so long; seconds.
_WEEK, _MONTH = 7 * _DAY, 30 * _DAY
#: Of the newest mailings these are counted.
_MAILINGS = 60
#: Seconds for the page that lets readers go.
_PATIENCE = 10.0
_CLIENT_FAULT = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What the last examination of this very sender found."""

    at: float
    refused: tuple[str, ...]


def examine_sender(desk: Desk) -> SenderReport:
    """Examine the sender by DNS, relay, site and letter, and keep what holds its mailings."""
    from briefing.sends.doctor.examine import examine  # noqa: PLC0415 - see above
    from briefing.sends.doctor.lookup import Lookup  # noqa: PLC0415 - see above

    setup, wire = _setup(desk)
    servers = [one.rpartition(":") for one in desk.config.doctor.resolvers]
    lookup = Lookup(tuple((host, int(port)) for host, _, port in servers))
    found = (*examine(setup, lookup), *_relay(desk), *_one_click(desk, wire))
    _keep(desk, found)
    return found


def examine_if_due(desk: Desk) -> tuple[str, ...]:
    """Examine a sender that nobody has, or not for a week; a sentence for each thing that is wrong."""
    if desk.config.doctor.before_sending == "off" or desk.config.send.transport != "smtp":
        return ()
    before = _kept(desk)
    if before is not None and desk.clock().timestamp() - before.at < _WEEK:
        return ()
    return tuple(
        sentence_of(one)
        for one in examine_sender(desk)
        if one.health in (Prospect.POOR, Prospect.REFUSED)
    )


def refuse_ill_sender(desk: Desk, edition_id: str) -> None:
    """Let nothing pass that providers refuse for good, where ops want it held.

    Raises:
        EditionHeld: with what the last examination found, and the next step.
    """
    if desk.config.doctor.before_sending != "hold" or desk.config.send.transport != "smtp":
        return
    before = _kept(desk)
    if before is not None and before.refused:
        raise EditionHeld(
            f"{edition_id} is not sent: {' '.join(before.refused)} Put it right, then `briefing doctor` "
            'looks again; [doctor] before_sending = "tell" sends all the same.'
        )


def sentence_of(one: Diagnosis) -> str:
    """A diagnosis as a sentence, with who asks for it and what to publish."""
    publish = f" Publish: {' and '.join(one.publish)}" if one.publish else ""
    return f"{one.subject}: {one.found}{publish} ({one.rule.source.partition(' (')[0]}.)"


def _setup(desk: Desk) -> tuple[SenderSetup, bytes]:
    send, site = desk.config.send, urlsplit(desk.config.site.public_url).hostname or ""
    domain = send.sender.email.rpartition("@")[2].lower()
    bounces_to = send.bounce_address.rpartition("@")[2].lower()
    email, wire = _sample(desk)
    message = message_from_bytes(wire) if wire else None
    since = desk.clock().timestamp() - _MONTH
    return SenderSetup(
        domain=domain,
        bounce_domain=bounces_to or domain,
        return_path=send.bounce_address or send.sender.email,
        # Another domain would have to say that it takes them (RFC 7489 section 7.1).
        reports_to=send.bounce_address
        if desk.config.bounces.mailbox and bounces_to == domain
        else "",
        keys=tuple(
            SigningKey(domain=one.domain, selector=one.selector, record=_record(one))
            for one in signing_keys(desk)
        ),
        sends_from=desk.config.doctor.sends_from,
        blocklists=desk.config.doctor.blocklists,
        headers=_headers(message) if message is not None else None,
        html_size=len(email.html.encode()) if email else None,
        link_hosts=tuple(dict.fromkeys(filter(None, (site, *_hosts(email))))) if email else (),
        posted=_posted(desk, since),
        complaints=desk.store.bounces.complaints(since),
    ), wire


def _sample(desk: Desk) -> tuple[Email | None, bytes]:
    """The newest rendered edition and its letter to nobody; nothing where none is rendered."""
    for name in desk.config.briefings:
        for edition_id in desk.store.drafts.latest(name, 1):
            try:
                edition = the_draft(desk, edition_id)
                email = desk.store.drafts.email(edition)
                now = desk.clock().timestamp()
                writer = letter_writer(
                    desk, email, list_name=list_of(desk, edition), title=edition.title, began=now
                )
                return email, writer.write(SAMPLE_READER).wire
            except (StoreError, SendError):
                continue
    return None, b""


def _headers(message: object) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, value in message.items():  # type: ignore[attr-defined] # an email.message.Message
        found[name.lower()] = (*found.get(name.lower(), ()), str(value))
    return found


def _hosts(email: Email | None) -> list[str]:
    pieces = email.html.split('href="http')[1:] if email else []
    return [urlsplit(f"http{piece.partition(chr(34))[0]}").hostname or "" for piece in pieces]


def _posted(desk: Desk, since: float) -> int:
    lately = (one for one in desk.store.mailings.all(limit=_MAILINGS) if one.frozen_at > since)
    return sum(desk.store.ledger(one.number).counts().get(State.POSTED, 0) for one in lately)


def _placed(place: str, sentence: str) -> str:
    """A sentence that names its place once."""
    return sentence if sentence.startswith(place) else f"{place} cannot be used: {sentence}"


def _relay(desk: Desk) -> tuple[Diagnosis, ...]:
    """Whether the relay takes an encrypted session under a certificate that holds."""
    smtp, name = desk.config.send.smtp, "Relay"
    if desk.config.send.transport != "smtp":
        said = "Letters are written into a folder; no relay is asked."
        return (told(name, Prospect.UNKNOWN, said, rules.TLS),)

    async def session() -> None:
        connection = await transport(desk.config, "doctor")[0].open()
        await connection.close()

    place = f"{smtp.host}:{smtp.port}"
    try:
        in_loop(session)
    except TransportError as error:
        return (told(name, Prospect.POOR, _placed(place, str(error)), rules.TLS),)
    how = "in clear, on this machine" if smtp.security == "none" else f"by {smtp.security.upper()}"
    return (told(name, Prospect.GOOD, f"{place} takes a session {how}.", rules.TLS),)


def _one_click(desk: Desk, wire: bytes) -> tuple[Diagnosis, ...]:
    """Whether the address that lets readers go answers a POST; the link is that of nobody."""
    from briefing.fetching.fetcher import Ask, Fetcher  # noqa: PLC0415 - see above

    message = message_from_bytes(wire)
    ways = str(message.get("List-Unsubscribe", "")).replace("\n", "").split("<")
    address = next((one.partition(">")[0] for one in ways if one.startswith("https://")), "")
    if not address:
        return ()

    async def ask() -> None:
        async with Fetcher(reach(desk.config)) as fetcher:
            await fetcher.get(Ask(url=address, seconds=_PATIENCE))
            body = "List-Unsubscribe=One-Click"
            await fetcher.get(Ask(url=address, seconds=_PATIENCE, form=body))

    host = urlsplit(address).netloc
    try:
        in_loop(ask)
    except SourceError as error:
        health = Prospect.REFUSED if error.status >= _CLIENT_FAULT else Prospect.UNKNOWN
        said = f"https://{host}, asked as a mailbox does: {str(error).partition(';')[0]}."
        return (told("One-click", health, said, rules.ONE_CLICK),)
    said = f"https://{host} answers a GET with a page, and a POST by letting go."
    return (told("One-click", Prospect.GOOD, said, rules.ONE_CLICK),)


def _record(key: DkimSettings) -> str:
    from briefing.sends.doctor.dkim_record import record_of  # noqa: PLC0415 - see above

    return record_of(key.private_key)


def _mark(desk: Desk) -> str:
    """What stands for the sender: another From, return path, key or relay is another."""
    send = desk.config.send
    said = [send.sender.email, send.bounce_address, send.smtp.host, *desk.config.doctor.sends_from]
    said += [f"{one.selector} {one.domain} {_record(one)}" for one in signing_keys(desk)]
    return sha256("\n".join(said).encode()).hexdigest()


def _keep(desk: Desk, found: tuple[Diagnosis, ...]) -> None:
    refused = tuple(sentence_of(one) for one in found if one.health is Prospect.REFUSED)
    kept = _Kept(at=desk.clock().timestamp(), refused=refused)
    path = desk.config.path(desk.config.data.path) / "doctor.json"
    write_whole(path, json.dumps({"sender": _mark(desk), **asdict(kept)}, indent=1).encode())


def _kept(desk: Desk) -> _Kept | None:
    """What was found of this very sender; None when nobody has looked."""
    try:
        path = desk.config.path(desk.config.data.path) / "doctor.json"
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["sender"] != _mark(desk):
            return None
        return _Kept(at=float(kept["at"]), refused=tuple(map(str, kept["refused"])))
    except (OSError, ValueError, KeyError, TypeError):
        # None yet, or of a hand that is not ours: the sender is examined again.
        return None
