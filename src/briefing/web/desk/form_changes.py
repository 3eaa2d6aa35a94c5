"""What a form of the edition page asks for, as changes."""

import re
from collections.abc import Mapping

from briefing.actions.editions.edit import story
from briefing.actions.editions.provenance import trace
from briefing.errors import EditionError
from briefing.model.article import Verdict
from briefing.model.change import (
    Change,
    ChooseSentences,
    Decide,
    Drop,
    Join,
    MakeLead,
    Move,
    PrintFollowUp,
    Restore,
    Rewrite,
    SetBlock,
    SetNote,
    SetPreheader,
    SetSubject,
)
from briefing.model.edition import Edition, Item
from briefing.web.desk.block_changes import of_story, ordered, written


def asked(edition: Edition, form: Mapping[str, str]) -> tuple[Change, ...]:
    """The changes a form asks for; fields that say what stands already ask for nothing.

    Raises:
        EditionError: when it asks for something that no form of ours asks for.
    """
    kind, name = form.get("kind", ""), form.get("item", "")
    match kind:
        case "inbox" | "block" | "order":
            return _of_edition(edition, kind, form)
        case "up" | "down" | "move" | "into":
            return _moved(edition, kind, name, form)
        case "lead":
            return (MakeLead(item=name),)
        case "drop" | "restore" | "restore-lead":
            return _out_or_in(kind, name)
        case "join":
            return (Join(item=name, into=form.get("into", "")),)
        case "rewrite":
            return _rewrite(story(edition, name), form)
        case _:
            return _of_source(story(edition, name), kind, form)


def _moved(edition: Edition, kind: str, name: str, form: Mapping[str, str]) -> tuple[Change, ...]:
    """To a place or into a block, brought back first where it was left out."""
    is_out = name in {item.id for item in edition.dropped}
    back = (Restore(item=name),) if is_out else ()
    if kind == "into":
        return (*back, SetBlock(item=name, block=form.get("block", "")))
    stood = next((item.block for item in edition.items if item.id == name), "")
    # Dropped on another, a story stands in the block that somebody put that one in.
    block = form.get("block", stood)
    into = () if block == stood else (SetBlock(item=name, block=block),)
    return (*back, Move(item=name, to=_place(edition, kind, name, form)), *into)


def _out_or_in(kind: str, name: str) -> tuple[Change, ...]:
    match kind:
        case "drop":
            return (Drop(item=name),)
        case "restore":
            return (Restore(item=name),)
        case _:
            return (Restore(item=name), MakeLead(item=name))


def _of_edition(edition: Edition, kind: str, form: Mapping[str, str]) -> tuple[Change, ...]:
    match kind:
        case "block":
            return written(edition, form)
        case "order":
            return ordered(form)
        case _:
            return _inbox(edition, form)


def _of_source(item: Item, kind: str, form: Mapping[str, str]) -> tuple[Change, ...]:
    match kind:
        case "print-news" | "hide-news":
            return (PrintFollowUp(item=item.id, printed=kind == "print-news"),)
        case "verbatim":
            return (Rewrite(item=item.id, paragraph=item.digest.text),)
        case "sentences":
            ticked = {field for field in form if field[:1] == "s" and field[1:].isdecimal()}
            texts = [one for paragraph in trace(item).paragraphs for one in paragraph]
            chosen = tuple(one.text for one in texts if f"s{one.number}" in ticked)
            return (ChooseSentences(item=item.id, sentences=chosen),)
        case "decide":
            return (_decision(item, form),)
        case _:
            raise EditionError(f"There is no change called {kind!r}.")


def _decision(item: Item, form: Mapping[str, str]) -> Decide:
    written = form.get("verdict", "")
    if written not in (Verdict.EDITORIAL, Verdict.ISSUED, Verdict.SPONSORED):
        raise EditionError(f"{item.headline!r}: say whether it is editorial, issued or sponsored.")
    verdict = Verdict(written)
    return Decide(
        item=item.id,
        verdict=verdict,
        sponsor="" if verdict is Verdict.EDITORIAL else form.get("sponsor", "").strip(),
        note=form.get("note", "").strip(),
    )


def _inbox(edition: Edition, form: Mapping[str, str]) -> tuple[Change, ...]:
    changes: list[Change] = []
    if form.get("subject", edition.subject) != edition.subject:
        changes.append(SetSubject(subject=form["subject"]))
    if form.get("preheader", edition.preheader) != edition.preheader:
        changes.append(SetPreheader(preheader=form["preheader"]))
    return tuple(changes)


def _rewrite(item: Item, form: Mapping[str, str]) -> tuple[Change, ...]:
    written = {
        field: form[field]
        for field in ("headline", "kicker", "paragraph")
        if field in form and _even(form[field]) != _even(getattr(item, field))
    }
    changes: list[Change] = []
    if written:
        changes.append(Rewrite(item=item.id, **written))
    if " ".join(form.get("note", item.note).split()) != item.note:
        changes.append(SetNote(item=item.id, note=form["note"]))
    return (*changes, *of_story(item, form))


def _even(typed: str) -> list[list[str]]:
    """The words of each paragraph."""
    return [part.split() for part in re.split(r"\r?\n\s*\n", typed) if part.strip()]


def _place(edition: Edition, kind: str, name: str, form: Mapping[str, str]) -> int:
    order = [item.id for item in edition.items]
    if kind == "move":
        try:
            return int(form.get("to", ""))
        except ValueError as error:
            raise EditionError(f"{form.get('to')!r} is not a place in the edition.") from error
    if name not in order:
        raise EditionError(f"There is no story {name!r} in the edition.")
    return max(0, order.index(name) + (-1 if kind == "up" else 1))
