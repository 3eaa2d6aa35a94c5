"""Providers' events: what a mail provider tells of bounces, by a file or by calling a hook."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from briefing.actions.context import Desk
from briefing.actions.event_loop import in_loop
from briefing.actions.gather.read_sources import reach
from briefing.actions.sending.blocking_hosts import give_back_where_all_were_refused
from briefing.actions.sending.process_bounces import (
    BouncesRead,
    count_bounce,
    let_go,
    read_so_far,
    unread_folder,
)
from briefing.counted import counted
from briefing.errors import SendError, SourceError, SubscriberError
from briefing.fetching.fetcher import Ask, Fetcher
from briefing.model.delivery import Bounce
from briefing.model.reason import Reason
from briefing.model.subscriber import Subscriber
from briefing.sends.bounces import Kind, Report
from briefing.sends.bounces.events import PROVIDERS, HookCall, read_events, ses
from briefing.subscribers.addresses import checked_address

_LOG = logging.getLogger("briefing.hooks")
#: Bytes of a certificate, and seconds to wait for it.
_LARGEST, _SECONDS = 64 * 1024, 10
#: Events whose bounces are written down in one transaction: other writers wait no longer than that.
_TOGETHER = 500
_CERTIFICATES: dict[str, bytes] = {}


def read_events_file(desk: Desk, path: Path) -> BouncesRead:
    """Read a file of a provider's events and apply the rules of [bounces].

    Reading it again changes nothing. Nobody proves such a file: it is believed as it is.

    Raises:
        SendError: when it cannot be read, or something in it is not an event of a provider we know;
            nothing was changed then.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SendError(f"{path} cannot be read: {error.strerror or error}.") from error
    told = list(read_events(content, desk.keys[-1]))
    return _apply_all(desk, told)


def call_hook(desk: Desk, *, name: str, headers: Mapping[str, str], body: bytes) -> str:
    """A provider calls: prove that it is the one, and do as its events say.

    A call that comes again is counted once, because each event has a name.

    Args:
        desk: the desk.
        name: of the hook, which is there.
        headers: of the call, by lower-case name.
        body: of the call.

    Returns:
        What came of it, in a sentence.

    Raises:
        SendError: when the call is not the provider's, is too old, or is not an event.
        ConfigError: when the hook has no secret.
    """
    now = desk.clock().timestamp()
    request = HookCall(headers=headers, body=body, at=now)
    provider = PROVIDERS[desk.config.bounces.hooks[name].provider]
    provider.prove(request, desk.config.hook_secret(name), lambda url: _certificate(desk, url))
    if provider.name == "ses" and (confirm := ses.confirmation_url(request)):
        _LOG.warning("SNS asks to confirm the topic of hook %s. Open this once: %s", name, confirm)
        return "The address to confirm the topic with stands in the log."
    read = _apply_all(desk, list(read_events(body, desk.keys[-1])))
    return (
        f"{counted(read.read, 'event')}: {read.hard} hard, {read.soft} soft, "
        f"{counted(read.complaints, 'complaint')}, {read.unsubscribed} left, {read.known} known, "
        f"{read.ignored} ignored."
    )


def _apply_all(desk: Desk, told: list[tuple[Report, str]]) -> BouncesRead:
    tally: Counter[str] = Counter()
    reasons: Counter[Reason] = Counter()
    for begin in range(0, len(told), _TOGETHER):
        some = told[begin : begin + _TOGETHER]
        tally["read"] += len(some)
        tally.update(_apply_some(desk, some))
        reasons.update(report.reason for report, _ in some if report.reason is not None)
    refused_by = {one.about.edition for one, _ in told if one.about and one.bounce is Bounce.HARD}
    give_back_where_all_were_refused(desk, refused_by, None)
    return read_so_far(tally, reasons, unread_folder(desk))


def _apply_some(desk: Desk, told: list[tuple[Report, str]]) -> Iterator[str]:
    """What follows of each; the name of what it was. Bounces are one transaction, at the end."""
    bounced: list[tuple[Report, Bounce, Subscriber]] = []
    for report, recipient in told:
        reader = _reader(desk, report, recipient)
        if reader is not None and report.kind is Kind.UNSUBSCRIBE:
            left = let_go(desk, reader, "left by the provider's link")
            yield "unsubscribed" if left else "known"
        elif reader is None or report.bounce is None:
            yield "ignored"
        else:
            bounced.append((report, report.bounce, reader))
    if bounced:
        with desk.store.bounces.together() as note:
            found = [_count(desk, *one, note) for one in bounced]
        yield from found


def _count(
    desk: Desk, report: Report, bounce: Bounce, reader: Subscriber, note: Callable[..., bool]
) -> str:
    return count_bounce(
        desk,
        reader,
        edition=report.about.edition if report.about else "",
        digest=report.digest.encode(),
        kind=bounce,
        status=report.status,
        reason=report.reason,
        detail=report.detail,
        note=note,
    )


def _reader(desk: Desk, report: Report, recipient: str) -> Subscriber | None:
    """Whom it is about: by our own mark where the provider hands it on, else by the address."""
    try:
        if report.about is not None:
            return desk.store.subscribers.by_ref(report.about.ref)
        found = desk.store.subscribers.find(checked_address(recipient)[1])
    except SubscriberError:
        return None
    return found[0] if found else None


def _certificate(desk: Desk, url: str) -> bytes:
    """What stands there, fetched once a process: each new certificate of Amazon's has a new address."""
    if url not in _CERTIFICATES:

        async def fetch() -> bytes:
            async with Fetcher(reach(desk.config)) as fetcher:
                return (await fetcher.get(Ask(url=url, seconds=_SECONDS, largest=_LARGEST))).body

        try:
            _CERTIFICATES[url] = in_loop(fetch)
        except SourceError as error:
            raise SendError(
                f"The certificate {url} {error}. The provider calls again later."
            ) from error
    return _CERTIFICATES[url]
