"""What can be foreseen without making an edition: sources, keys and certificates, the relay, the doctor."""

import asyncio
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from briefing.actions.context import Desk
from briefing.actions.event_loop import in_loop
from briefing.actions.gather.source_status import state
from briefing.actions.letters.send_settings import signing_keys, transport
from briefing.actions.review.examination import examine_sender, sentence_of
from briefing.errors import BriefingError, why
from briefing.model.network.rehearsal import Concern
from briefing.sends.doctor.diagnosis import Prospect
from briefing.sends.transports import certificate_end

#: A certificate that ends sooner is told of. Seconds in which a relay greets, and in which it must.
_SOON = timedelta(days=14)
SLOW, _PATIENCE = 5.0, 30.0


def ill_sources(room: Desk, briefing: str) -> Iterator[Concern]:
    """Sources that brought nothing, failed, or are silent, as the rehearsal found them."""
    for name in room.config.briefing(briefing).sources:
        found = state(room, name)
        if found.state in ("failing", "partly", "silent"):
            remarks = "; ".join(found.remarks[:3])
            yield Concern(
                subject=f"source {name}",
                sentence=f"The source {name} is {found.state}: {remarks.rstrip('.')}.",
            )


def ill_sender(desk: Desk) -> Iterator[Concern]:
    """What the relay, keys, certificates and the doctor have to say."""
    yield from _keys(desk)
    yield from _certificate(desk.config.path(desk.config.desk.cert_file), desk)
    if desk.config.send.transport == "smtp":
        yield from _relay(desk)
        yield from _doctor(desk)


def _keys(desk: Desk) -> Iterator[Concern]:
    try:
        signing_keys(desk)
    except BriefingError as error:
        yield Concern(subject="key", sentence=str(error))


def _certificate(path: Path, desk: Desk) -> Iterator[Concern]:
    """The desk's own certificate, where config.toml names one."""
    if not desk.config.desk.cert_file:
        return
    from cryptography.x509 import load_pem_x509_certificates  # noqa: PLC0415 - 8 MB

    try:
        found = load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as error:
        said = f"[desk] cert_file: {path} cannot be read as a certificate: {why(error)}."
        yield Concern(subject="certificate", sentence=said)
        return
    ends = min(one.not_valid_after_utc for one in found)
    yield from _ending("The desk's certificate", ends, desk.clock())


def _ending(whose: str, ends: datetime, now: datetime) -> Iterator[Concern]:
    if ends - now < _SOON:
        said = "has ended" if ends <= now else "ends"
        yield Concern(
            subject="certificate",
            sentence=f"{whose} {said} on {ends:%-d %B %Y at %H:%M} UTC: renew it.",
        )


def _relay(desk: Desk) -> Iterator[Concern]:
    """A session with the real relay, greeted and signed in, in which no letter is announced."""
    place = f"{desk.config.send.smtp.host}:{desk.config.send.smtp.port}"

    async def session() -> datetime | None:
        async with asyncio.timeout(_PATIENCE):
            connection = await transport(desk.config, "rehearsal")[0].open()
            try:
                return certificate_end(connection)
            finally:
                await connection.close()

    began = time.monotonic()
    try:
        ends = in_loop(session)
    except (BriefingError, OSError, TimeoutError) as error:
        why = str(error).rstrip(".") or f"there was no greeting for {_PATIENCE:.0f} seconds"
        said = why if why.startswith(place) else f"{place} cannot be used: {why}"
        yield Concern(
            subject="relay", sentence=f"The relay {said}{'' if said.endswith('?') else '.'}"
        )
        return
    took = time.monotonic() - began
    if took > SLOW:
        said = f"The relay {place} took {took:.0f} seconds to greet: letters would leave slowly."
        yield Concern(subject="slow relay", sentence=said)
    if ends is not None:
        yield from _ending(f"The certificate of the relay {place}", ends, desk.clock())


def _doctor(desk: Desk) -> Iterator[Concern]:
    if desk.config.doctor.before_sending == "off":
        return
    for one in examine_sender(desk):
        # The relay was asked already.
        if one.health in (Prospect.POOR, Prospect.REFUSED) and one.subject != "Relay":
            yield Concern(subject=f"doctor: {one.subject}", sentence=sentence_of(one))
