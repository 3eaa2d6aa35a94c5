"""Metrics: what ops watch, counted, in the formats that Prometheus reads; never an address."""

from collections.abc import Iterable
from datetime import datetime

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from briefing.actions.context import Desk
from briefing.actions.open_store import house_folder
from briefing.clock import utc_now, zone_rules
from briefing.store import refuse_full, write_probe, write_whole

#: Mailings whose letters are counted.
_NEWEST = 5
#: Bytes that must find room.
_PROBE = 65_536


class _Counted(Collector):
    """Metrics that were counted already."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._metrics = tuple(metrics)

    def collect(self) -> Iterable[Metric]:
        return self._metrics


def exposition(desk: Desk, accept: str) -> tuple[bytes, str]:
    """Every metric of the house and of this process, and the media type of the text.

    Names follow Prometheus' own rules (prometheus.io/docs/practices/naming): base units, `_total` for
    what only grows, `_timestamp_seconds` for a moment in seconds since 1970.

    Args:
        desk: the desk.
        accept: the Accept header of the request; OpenMetrics for those who ask for it.

    Raises:
        StoreError: when the database does not answer.
    """
    registry = CollectorRegistry()
    registry.register(_Counted(measure(desk)))
    ProcessCollector(registry=registry)
    encode, media_type = choose_encoder(accept)
    return encode(registry), media_type


def measure(desk: Desk) -> tuple[Metric, ...]:
    """Readers, the newest mailings' letters, slots, sources and alerts.

    Raises:
        StoreError: when the database does not answer.
    """
    now = utc_now()
    return (
        _of_zone_rules(),
        _of_readers(desk, tuple(desk.config.lists)),
        *_of_mailings(desk),
        *_of_alerts(desk),
        *_of_slots(desk, now),
        *_of_sources(desk),
        *_of_signups(desk, now),
    )


def _of_zone_rules() -> Metric:
    rules = zone_rules()
    said = _gauge(
        "briefing_time_zone_rules", "1, with the release that is used.", "release", "source"
    )
    said.add_metric([rules.release, rules.source], 1)
    return said


def _of_signups(desk: Desk, now: datetime) -> tuple[Metric, ...]:
    counts = desk.store.signups.counts(now.timestamp())
    hour = _gauge("briefing_signups_last_hour", "Confirmation mails asked for within an hour.")
    hour.add_metric([], counts.pop("hour"))
    held = CounterMetricFamily(
        "briefing_signups_held", "Sign-ups that a limit held back.", labels=["limit"]
    )
    for limit, count in counts.items():
        held.add_metric([limit], count)
    return hour, held


def probe(desk: Desk) -> None:
    """Write a little, to the database and next to it, as everything here must be able to.

    Raises:
        StoreError: when either cannot be written, the database is away, or a morning would find no room.
    """
    refuse_full(house_folder(desk.config))
    write_whole(house_folder(desk.config) / "probe", bytes(_PROBE))
    write_probe(desk.store.database, desk.clock().timestamp())


def _of_readers(desk: Desk, lists: tuple[str, ...]) -> Metric:
    readers = _gauge("briefing_readers", "Readers of a list, by standing.", "list", "standing")
    for name in lists:
        for standing, count in desk.store.subscribers.counts(name).items():
            readers.add_metric([name, standing.value], count)
    return readers


def _of_mailings(desk: Desk) -> tuple[Metric, ...]:
    letters = _gauge("briefing_letters", "Letters of a mailing, by state.", "edition", "state")
    doubts = _gauge(
        "briefing_letters_in_doubt", "Readers who may have the letter twice.", "edition"
    )
    paused = _gauge("briefing_mailing_paused", "1 while a mailing waits for a person.", "edition")
    for mailing in desk.store.mailings.all(limit=_NEWEST):
        ledger = desk.store.ledger(mailing.number)
        for state, count in ledger.counts().items():
            letters.add_metric([mailing.edition, state.value], count)
        doubts.add_metric([mailing.edition], ledger.doubtful())
        paused.add_metric([mailing.edition], mailing.status == "paused")
    return letters, doubts, paused


def _of_alerts(desk: Desk) -> tuple[Metric, ...]:
    told = CounterMetricFamily(
        "briefing_alerts", "What ops were told.", value=desk.store.alerts.count()
    )
    last = _gauge("briefing_last_alert_timestamp_seconds", "When ops were last told something.")
    for at, _ in desk.store.alerts.newest(1):
        last.add_metric([], at)
    return told, last


def _of_slots(desk: Desk, now: datetime) -> tuple[Metric, ...]:
    coming = _gauge(
        "briefing_next_slot_timestamp_seconds", "When the next edition is due.", "briefing"
    )
    last = _gauge(
        "briefing_last_slot_timestamp_seconds",
        "When the last edition was due, and what became of it.",
        "briefing",
        "course",
    )
    for name, briefing in desk.config.briefings.items():
        due = briefing.schedule.after(now) if briefing.schedule else None
        if due is not None:
            coming.add_metric([name], due.at.timestamp())
        record = desk.store.slots.last(name, now.timestamp())
        if record is not None:
            last.add_metric([name, record.course.value], record.due)
    return coming, last


def _of_sources(desk: Desk) -> tuple[Metric, ...]:
    read = _gauge(
        "briefing_source_read_timestamp_seconds", "When a source was last read.", "source"
    )
    failing = _gauge(
        "briefing_source_failing",
        "1 when something of a source could not be read the last time.",
        "source",
    )
    for name in desk.config.sources:
        reading = desk.store.sources.reading(name)
        if reading is not None:
            read.add_metric([name], reading.at)
            failing.add_metric([name], bool(reading.fault))
    return read, failing


def _gauge(name: str, meaning: str, *labels: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, labels=labels)
