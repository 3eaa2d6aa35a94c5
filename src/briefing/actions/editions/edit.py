"""Editing: an editor's changes to an edition, kept as versions, never one over another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from briefing.actions.audit import log_action
from briefing.actions.context import Desk
from briefing.actions.editions.draft import Drafted, draft
from briefing.actions.editions.events import rulings as event_rulings
from briefing.actions.editions.sponsor_rulings import ruling_on
from briefing.actions.gather.keep_pieces import tell_entries
from briefing.actions.resolve_name import the_draft
from briefing.editions import apply, edited, folded, overlaps
from briefing.editions.change_words import said
from briefing.editions.story import story as story  # noqa: PLC0414 - doors speak to actions only
from briefing.errors import EditedMeanwhile, EditionError
from briefing.model.change import Change, Decide
from briefing.model.edition import Edition
from briefing.model.version import VersionLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """An edition as it lies on the desk."""

    edition: Edition
    #: The version that was read; a change names it, so that nobody writes over another.
    version: int
    #: A sentence for each change that no longer fits the sources.
    lost: tuple[str, ...] = ()


def sheet(desk: Desk, edition_id: str, number: int | None = None) -> Sheet:
    """An edition in one version, or as it stands.

    Raises:
        StoreError: when there is none.
    """
    version = desk.store.drafts.version(edition_id, number)
    done = edited(version.base, version.changes)
    return Sheet(edition=done.edition, version=version.number, lost=done.lost)


def change(desk: Desk, edition_id: str, asked: Sequence[Change], *, seen: int, actor: str) -> Sheet:
    """Make changes and keep them as one new version; what changes nothing makes none.

    Raises:
        EditedMeanwhile: when somebody else has changed since version `seen` what is to change now.
        EditionError: when the change cannot be made, or the edition is being sent.
    """
    refuse_begun(desk, edition_id)
    version = desk.store.drafts.version(edition_id)
    before = edited(version.base, version.changes)
    if not _joins(desk, edition_id, asked, seen=seen, stands=version.number, actor=actor):
        raise EditedMeanwhile(
            f"{edition_id} has changed since you opened it: you saw version {seen}, and version "
            f"{version.number} stands.",
            seen=seen,
            stands=version.number,
        )
    changes, done, edition = version.changes, list[str](), before.edition
    for each in asked:
        done.append(said(edition, each))
        edition = apply(edition, each)
        changes = folded(changes, each)
    after = edited(version.base, changes)
    if after.edition == before.edition:
        return Sheet(edition=before.edition, version=version.number, lost=before.lost)
    # The version, what it means for later drafts, and its line in the log: all of it or none.
    with desk.store.database.together():
        number = desk.store.drafts.change(
            edition_id,
            changes,
            seen=version.number,
            said="; ".join(done),
            actor=actor,
            at=desk.clock().timestamp(),
        )
        for each in asked:
            if isinstance(each, Decide):
                _remember(desk, before.edition, each, actor)
        tell_entries(desk, before.edition, after.edition)
        event_rulings.remember(desk, before.edition, asked, actor)
        log_action(desk, actor, "change", edition_id, f"version {number}: {'; '.join(done)}")
    return Sheet(edition=after.edition, version=number, lost=after.lost)


def go_back(desk: Desk, edition_id: str, to: int, *, seen: int, actor: str) -> Sheet:
    """Make an older version stand again. Nothing is lost: it becomes the newest.

    Raises:
        EditedMeanwhile: when somebody else has changed the edition since version `seen`.
        StoreError: when there is no such version.
        EditionError: when the edition is being sent.
    """
    refuse_begun(desk, edition_id)
    if seen and not _of_others(desk, edition_id, seen, actor):
        seen = max(seen, desk.store.drafts.number(edition_id))
    stood = desk.store.drafts.version(edition_id)
    desk.store.drafts.back(
        edition_id,
        to,
        seen=seen,
        said=f"went back to version {to}",
        actor=actor,
        at=desk.clock().timestamp(),
    )
    log_action(desk, actor, "undo", edition_id, f"to version {to}")
    stands, found = desk.store.drafts.version(edition_id), sheet(desk, edition_id)
    before = edited(stood.base, stood.changes).edition
    event_rulings.follow(desk, before, stood, stands, actor)
    tell_entries(desk, before, found.edition)
    return found


def rebuild(desk: Desk, edition_id: str, *, actor: str) -> Drafted:
    """Read the sources again and make the editors' changes again on what they say now.

    Raises:
        EditionError: when the edition is being sent, or there are too few stories.
        PageRefused: when a source cannot be read at all.
    """
    refuse_begun(desk, edition_id)
    edition = the_draft(desk, edition_id)
    drafted = draft(desk, edition.briefing, slot=edition.slot, actor=actor)
    log_action(desk, actor, "rebuild", edition_id)
    return drafted


def refuse_begun(desk: Desk, edition_id: str) -> None:
    """Let an edition pass only while it may still change.

    Raises:
        EditionError: when its letters leave or have left.
    """
    if desk.store.mailings.find(edition_id) is not None:
        raise EditionError(
            f"{edition_id} is with its readers: its words cannot change any more. "
            "Print a correction instead."
        )


def lines(desk: Desk, edition_id: str) -> tuple[tuple[VersionLine, datetime], ...]:
    """The versions of an edition, newest first, each with its time in UTC."""
    return tuple(
        (line, datetime.fromtimestamp(line.at, UTC)) for line in desk.store.drafts.lines(edition_id)
    )


def _joins(
    desk: Desk, name: str, asked: Sequence[Change], *, seen: int, stands: int, actor: str
) -> bool:
    """True when nobody else has changed since version `seen` what is to change now.

    A page has many forms, and each knows the version it was drawn from: one's own change in one of
    them is never a conflict with the next, and neither is somebody else's in another place.
    """
    if not 1 <= seen <= stands:
        return False
    if seen == stands:
        return True
    for number in _of_others(desk, name, seen, actor):
        before, after = (sheet(desk, name, each).edition for each in (number - 1, number))
        if any(overlaps(before, after, each) for each in asked):
            return False
    return True


def _of_others(desk: Desk, name: str, seen: int, actor: str) -> tuple[int, ...]:
    """The versions after `seen` that somebody else made."""
    lines = desk.store.drafts.lines(name)
    return tuple(line.number for line in lines if line.number > seen and line.actor != actor)


def _remember(desk: Desk, edition: Edition, asked: Decide, actor: str) -> None:
    ruling = ruling_on(
        story(edition, asked.item),
        asked.verdict,
        sponsor=asked.sponsor,
        note=asked.note,
        actor=actor,
        at=desk.clock().timestamp(),
    )
    desk.store.rulings.record(ruling)
