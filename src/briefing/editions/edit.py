"""Changing an edition: `apply` makes one change, `edited` makes all that were kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.editions.also_in import each_block, joined, told_apart
from briefing.editions.blocks import linked, ordered, placed_in, written
from briefing.editions.decide import decided
from briefing.editions.lead import with_report_first
from briefing.editions.pictured import pictured
from briefing.editions.rewriting import chosen, follow_up_printed, rewritten
from briefing.editions.story import everywhere
from briefing.editions.subject_line import preheader_for, subject_for
from briefing.editions.written import line
from briefing.errors import EditionError
from briefing.model.article import Verdict
from briefing.model.change import (
    Add,
    Change,
    ChooseSentences,
    Decide,
    Drop,
    Join,
    MakeLead,
    Move,
    OrderBlocks,
    PrintFollowUp,
    Restore,
    Rewrite,
    SetBlock,
    SetLink,
    SetMatters,
    SetNote,
    SetPicture,
    SetPreheader,
    SetSubject,
    WriteBlock,
)
from briefing.model.edition import BlockKind, Edition, EditionStatus, Item

#: Changes of one piece that leave it where it stands.
_Added = SetNote | SetMatters | SetLink | SetPicture | PrintFollowUp
_OfItem = Rewrite | ChooseSentences | SetBlock | _Added


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """An edition after its changes, and what became of those that no longer fit."""

    edition: Edition
    #: A sentence for each change that could not be made again.
    lost: tuple[str, ...] = ()


def edited(base: Edition, changes: Sequence[Change]) -> Edited:
    """Make every change again, in order; one that no longer fits is told and leaves the rest be.

    Subject and preheader follow the stories until somebody writes their own.
    """
    edition, made, lost = base, list[Change](), list[str]()
    for change in changes:
        try:
            edition = apply(edition, change)
            made.append(change)
        except EditionError as error:
            if not _stands_already(edition, change):
                lost.append(str(error))
    edition = with_report_first(edition, made)
    return Edited(edition=_inbox(edition, changes), lost=tuple(lost))


def _stands_already(edition: Edition, change: Change) -> bool:
    """True when a piece that was restored is printed without that: what editors tell apart stays so."""
    printed = (*edition.items, *edition.sponsored, *edition.held)
    return isinstance(change, Restore) and any(item.id == change.item for item in printed)


def folded(changes: Sequence[Change], change: Change) -> tuple[Change, ...]:
    """The changes with one more; what it makes void is not kept.

    Typing saves every second or so, and each word of it need not be a change of its own.
    """
    kept = [each for each in changes if not _voids(change, each)]
    if kept and isinstance(change, Rewrite) and isinstance(kept[-1], Rewrite):
        last = kept[-1]
        if last.item == change.item:
            kept[-1] = Rewrite(
                item=change.item,
                headline=last.headline if change.headline is None else change.headline,
                kicker=last.kicker if change.kicker is None else change.kicker,
                paragraph=last.paragraph if change.paragraph is None else change.paragraph,
            )
            return tuple(kept)
    return (*kept, change)


def _voids(new: Change, old: Change) -> bool:
    match new, old:
        case (SetSubject(), SetSubject()) | (SetPreheader(), SetPreheader()):
            return True
        case (
            (SetNote(item=ours), SetNote(item=theirs))
            | (SetMatters(item=ours), SetMatters(item=theirs))
            | (SetLink(item=ours), SetLink(item=theirs))
            | (SetPicture(item=ours), SetPicture(item=theirs))
            | (SetBlock(item=ours), SetBlock(item=theirs))
            | (PrintFollowUp(item=ours), PrintFollowUp(item=theirs))
            | (WriteBlock(block=ours), WriteBlock(block=theirs))
        ):
            return ours == theirs
        case (OrderBlocks(), OrderBlocks()):
            return True
        case _:
            return False


def apply(edition: Edition, change: Change) -> Edition:
    """The edition with one change made.

    Raises:
        EditionError: when the change names a piece that is not where it would have to be, or
            cannot be made as asked.
    """
    match change:
        case Move() | MakeLead() | Drop() | Restore() | Join():
            return _place_item(edition, change)
        case Add(story=story):
            is_there = any(story.id == each.id for each in everywhere(edition))
            return edition if is_there else _placed(edition, story)
        case SetSubject() | SetPreheader() | WriteBlock() | OrderBlocks():
            return _change_edition(edition, change)
        case Decide(item=name):
            item = _find(everywhere(edition), name, "in the edition")
            return _decided(edition, item, change)
        case _:
            item = _find(everywhere(edition), change.item, "in the edition")
            return _set_block(edition, _changed(edition, item, change), change)


def _place_item(edition: Edition, change: Move | MakeLead | Drop | Restore | Join) -> Edition:
    name = change.item
    match change:
        case Move(to=place):
            return _move(edition, name, place)
        case MakeLead():
            return _move(edition, name, 0)
        case Drop():
            return _drop(edition, name)
        case Restore():
            return _restored(edition, name)
        case Join(into=other):
            into = _find(edition.items, other, "among the printed stories")
            return joined(edition, _find(everywhere(edition), name, "in the edition"), into)


def _change_edition(
    edition: Edition, change: SetSubject | SetPreheader | WriteBlock | OrderBlocks
) -> Edition:
    match change:
        case SetSubject(subject=subject):
            return replace(edition, subject=line(subject, "The subject"))
        case SetPreheader(preheader=preheader):
            return replace(edition, preheader=line(preheader, "The preheader"))
        case WriteBlock():
            return written(edition, change)
        case OrderBlocks():
            return ordered(edition, change)


def _changed(edition: Edition, item: Item, change: _OfItem) -> Item:
    match change:
        case Rewrite():
            return rewritten(item, change)
        case ChooseSentences(sentences=sentences):
            return chosen(item, sentences)
        case SetBlock():
            return placed_in(edition, item, change)
        case _:
            return _with(item, change)


def _with(item: Item, change: _Added) -> Item:
    match change:
        case SetNote(note=note):
            return replace(item, note=line(note, "The note"))
        case PrintFollowUp(printed=printed):
            return follow_up_printed(item, printed=printed)
        case SetMatters(matters=matters):
            return replace(item, matters=line(matters, "Why it matters"))
        case SetLink():
            return linked(item, change)
        case SetPicture():
            return pictured(item, change)


def _set_block(edition: Edition, item: Item, change: _OfItem) -> Edition:
    """The changed piece in its edition; the block of the lead is the first place."""
    swapped = _swapped(edition, item)
    leads = isinstance(change, SetBlock) and item.block == BlockKind.LEAD
    return _move(swapped, item.id, 0) if leads else swapped


def _move(edition: Edition, name: str, place: int) -> Edition:
    item = _find(edition.items, name, "in the edition")
    rest = [other for other in edition.items if other.id != name]
    rest.insert(min(max(0, place), len(rest)), item)
    return replace(edition, items=tuple(rest))


def _drop(edition: Edition, name: str) -> Edition:
    printed = (*edition.items, *edition.sponsored, *edition.held)
    item = _find(printed, name, "in the edition")
    without = _without(edition, name)
    return replace(without, dropped=(*without.dropped, item))


def _restored(edition: Edition, name: str) -> Edition:
    """A piece printed again; no story stands for it any more."""
    item = replace(_find(edition.dropped, name, "among the dropped stories"), aside="")
    return _placed(told_apart(edition, name), item)


def _placed(edition: Edition, item: Item) -> Edition:
    """The piece as the last of the block its verdict puts it in."""
    rest = _without(edition, item.id)
    match item.article.verdict:
        case Verdict.EDITORIAL | Verdict.ISSUED:
            return replace(rest, items=(*rest.items, item))
        case Verdict.SPONSORED:
            return replace(rest, sponsored=(*rest.sponsored, item))
        case Verdict.UNSURE:
            return replace(rest, held=(*rest.held, item), status=EditionStatus.HELD)


def _decided(edition: Edition, item: Item, change: Decide) -> Edition:
    sponsorship = decided(item, change, line(change.sponsor, "The name") or None)
    changed = replace(item, article=replace(item.article, sponsorship=sponsorship))
    if _stays(edition, item, change.verdict):
        return _swapped(edition, changed)
    return _placed(edition, changed)


def _stays(edition: Edition, item: Item, verdict: Verdict) -> bool:
    """True where the piece keeps its place: it is left out, or both verdicts have the same block."""
    left_out = any(item.id == dropped.id for dropped in edition.dropped)
    is_story = any(item.id == story.id for story in edition.items)
    return (
        left_out
        or item.article.verdict is verdict
        or (is_story and verdict in (Verdict.EDITORIAL, Verdict.ISSUED))
    )


def _inbox(edition: Edition, changes: Sequence[Change]) -> Edition:
    written = {type(change) for change in changes}
    changed = bool(
        written & {Add, Move, MakeLead, Drop, Restore, Join, Rewrite, Decide, ChooseSentences}
    )
    subject, preheader = edition.subject, edition.preheader
    if not subject or (changed and SetSubject not in written):
        subject = subject_for(edition.items, edition.title)
    if not preheader or (changed and SetPreheader not in written):
        preheader = preheader_for(edition.items)
    status = edition.status
    if status in (EditionStatus.DRAFT, EditionStatus.HELD):
        status = EditionStatus.HELD if edition.held else EditionStatus.DRAFT
    return replace(edition, subject=subject, preheader=preheader, status=status)


def _swapped(edition: Edition, changed: Item) -> Edition:
    def swap(items: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(changed if other.id == changed.id else other for other in items)

    return each_block(edition, swap)


def _without(edition: Edition, name: str) -> Edition:
    def rest(items: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(item for item in items if item.id != name)

    return each_block(edition, rest)


def _find(items: Sequence[Item], name: str, where: str) -> Item:
    for item in items:
        if item.id == name:
            return item
    known = ", ".join(item.id for item in items) or "none"
    raise EditionError(f"There is no story {name!r} {where}; the stories there are: {known}.")
