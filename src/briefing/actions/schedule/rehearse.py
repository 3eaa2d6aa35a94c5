"""Rehearsing: the next edition made and posted at night in a copy of the house, while there is time.

It goes the whole way that a morning goes: sources, draft, checks, rendering, the ledger, signatures, letters
to a tenth of the readers. The letters end in a sink on this machine, and nothing of the house is changed.
"""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from briefing.actions.context import Desk
from briefing.actions.editions.draft import draft
from briefing.actions.readers.import_list import sync_list
from briefing.actions.rendering.check_again import errors_of
from briefing.actions.rendering.lint import lint
from briefing.actions.rendering.render import render_edition
from briefing.actions.resolve_name import list_of, the_draft
from briefing.actions.schedule.foreseen import ill_sender, ill_sources
from briefing.actions.schedule.rehearsal_house import refuse_full_disk, rehearsal_house
from briefing.actions.sending.send import retry, send_edition
from briefing.counted import counted
from briefing.editions import edition_id
from briefing.errors import BriefingError, EditionError
from briefing.model.delivery import State
from briefing.model.edition import Edition
from briefing.model.network.rehearsal import Concern, Rehearsal
from briefing.model.subscriber import Standing
from briefing.schedules import Due
from briefing.sends.transports import FaultSink
from briefing.store import keep_a_tenth, write_whole

#: Editions after `rehearse_if_due` within this time are rehearsed, and not those so close that they are made.
_AHEAD, _TOO_CLOSE = timedelta(hours=36), timedelta(minutes=20)
#: Times that letters which were put off are tried again, and earlier editions that one is compared with.
_TRIES, _EARLIER = 5, 5


@dataclass
class _Night:
    """What a rehearsal has found so far."""

    stories: int = 0
    letters: int = 0
    readers: int = 0
    concerns: list[Concern] = field(default_factory=list)

    def fears(self, subject: str, sentence: str) -> None:
        self.concerns.append(Concern(subject=subject, sentence=sentence))


def rehearse(desk: Desk, name: str) -> Rehearsal:
    """Rehearse a briefing's next edition; whatever goes wrong is a concern, and the rest goes on.

    Args:
        desk: the desk; nothing in its store is changed, and no reader gets anything.
        name: the briefing's key in config.toml.

    Raises:
        EditionError: when the briefing is never due.
    """
    due = _next(desk, name)
    began, night = time.monotonic(), _Night()
    try:
        refuse_full_disk(desk)
        with FaultSink() as sink, rehearsal_house(desk, sink.port) as room:
            _morning(room, name, due, night, sink)
            night.concerns += ill_sources(room, name)
    except (BriefingError, OSError) as error:
        night.fears("disk" if "free" in str(error) else "rehearsal", str(error))
    night.concerns += ill_sender(desk)
    done = Rehearsal(
        briefing=name,
        slot=due.slot,
        at=desk.clock().timestamp(),
        seconds=time.monotonic() - began,
        stories=night.stories,
        letters=night.letters,
        readers=night.readers,
        concerns=tuple(night.concerns),
    )
    _keep(desk, done)
    return done


def rehearse_if_due(desk: Desk, tell: Callable[[str], None]) -> tuple[Rehearsal, ...]:
    """Rehearse what is due within the next day and a half, once a night, and tell what would go wrong.

    Args:
        desk: the desk.
        tell: called with a sentence for each edition that somebody must look after.
    """
    now, at = desk.clock(), desk.config.rehearsal.at
    if not at or f"{now:%H:%M}" < at:
        return ()
    done = []
    for name, briefing in desk.config.briefings.items():
        due = briefing.schedule.after(now) if briefing.schedule else None
        before = last_rehearsal(desk, name)
        is_tonights = before is not None and now.timestamp() - before.at < _night_so_far(desk)
        if due is None or is_tonights or not _TOO_CLOSE < due.at - now < _AHEAD:
            continue
        done.append(rehearse(desk, name))
        if said := told(done[-1]):
            tell(said)
    return tuple(done)


def told(done: Rehearsal) -> str:
    """What ops are told of a rehearsal; empty when nothing would go wrong."""
    if not done.concerns:
        return ""
    many = counted(len(done.concerns), "thing")
    said = " ".join(one.sentence for one in done.concerns)
    return f"{done.briefing}, {done.slot}: rehearsed, and {many} would go wrong. {said}"


def last_rehearsal(desk: Desk, name: str) -> Rehearsal | None:
    """The last one of a briefing; None when there was none."""
    try:
        return TypeAdapter(Rehearsal).validate_json(_place(desk, name).read_bytes())
    except (OSError, ValidationError):
        # None yet, or of another program.
        return None


def _night_so_far(desk: Desk) -> float:
    """Seconds since tonight's hour; the hour has come."""
    now = desk.clock()
    hour, minute = map(int, desk.config.rehearsal.at.split(":"))
    return (now - now.replace(hour=hour, minute=minute, second=0, microsecond=0)).total_seconds()


def _next(desk: Desk, name: str) -> Due:
    schedule = desk.config.briefing(name).schedule
    due = schedule.after(desk.clock()) if schedule else None
    if due is None:
        raise EditionError(
            f'{name} is never due, so there is nothing to rehearse: set at = "06:30" in [briefings.{name}].'
        )
    return due


def _morning(room: Desk, name: str, due: Due, night: _Night, sink: FaultSink) -> None:
    own = edition_id(name, due.wall, by_hour=room.config.briefing(name).is_by_hour)
    try:
        edition = _edition(room, name, due, own)
    except BriefingError as error:
        night.fears("thin edition", str(error))
        return
    night.stories = len(edition.items)
    night.concerns += _thin(room, edition)
    if edition.held:
        said = f"who speaks in {len(edition.held)} of its pieces is open: nothing leaves before it is decided"
        night.fears("held", f"{edition.id} would be held: {said}.")
        return
    rendered = render_edition(room, edition.id)
    errors = errors_of(lint(room, edition, rendered.email))
    for one in errors:
        night.fears(f"check {one.rule}", f"The check {one.rule} fails: {one.message}")
    if not errors:
        _letters(room, edition, night, sink)


def _edition(room: Desk, name: str, due: Due, own: str) -> Edition:
    """The edition that would leave: as it was approved, else drafted from what the sources have now."""
    said = room.store.approvals.of(own)
    if said and said[-1].approved:
        return the_draft(room, own)
    return draft(room, name, slot=due.wall, actor="rehearsal").edition


def _thin(room: Desk, edition: Edition) -> Iterator[Concern]:
    """An edition of fewer than half the stories that editions lately had."""
    names = room.store.drafts.latest(edition.briefing, _EARLIER + 1)
    before = [len(the_draft(room, one).items) for one in names if one != edition.id]
    if before and 2 * len(edition.items) * len(before) < sum(before):
        usual = round(sum(before) / len(before))
        stories = counted(len(edition.items), "story", "stories")
        said = f"{edition.id} has {stories} as things stand, and editions lately had {usual}."
        yield Concern(subject="thin edition", sentence=said)


def _letters(room: Desk, edition: Edition, night: _Night, sink: FaultSink) -> None:
    """A tenth of the letters, through the gate, the ledger and the signatures, to the sink."""
    list_name = list_of(room, edition)
    sync_list(room, list_name)
    night.readers = room.store.subscribers.counts(list_name).get(Standing.ACTIVE, 0)
    wanted = keep_a_tenth(room.store.database, list_name)
    if not wanted:
        night.fears(
            "no readers", f"The list {list_name} has no active reader: nobody would get a letter."
        )
        return
    try:
        sent = send_edition(room, edition.id)
        for _ in range(_TRIES):
            if sent.is_done:
                break
            sent = retry(room, edition.id, at_once=True, in_doubt=True)
    except BriefingError as error:
        night.fears("letters", str(error))
        return
    night.letters = sent.counts.get(State.POSTED, 0)
    if night.letters != wanted or len(sink.taken) < wanted:
        readers = counted(len(sink.taken), "reader")
        said = f"Of {counted(wanted, 'letter')} {night.letters:,} left, and {readers} got one"
        night.fears(
            "letters", f"{said}; `briefing rehearse` tries again. {sent.stopped or ''}".strip()
        )


def _place(desk: Desk, name: str) -> Path:
    return desk.config.path(desk.config.data.path) / "rehearsals" / f"{name}.json"


def _keep(desk: Desk, done: Rehearsal) -> None:
    path = _place(desk, done.briefing)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, json.dumps(asdict(done), ensure_ascii=False, indent=1).encode())
