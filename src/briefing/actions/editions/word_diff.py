"""Comparing: what differs between two states of an edition, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from briefing.model.edition import Edition, Item

#: Fields of a story that readers see.
_FIELDS = ("kicker", "headline", "paragraph", "matters", "note", "link")
_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class DiffRun:
    """Some words that are the same in both texts, or only in the old, or only in the new one."""

    #: `same`, `del` or `ins`.
    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that differs."""

    what: str
    runs: tuple[DiffRun, ...]


def words_apart(old: str, new: str) -> tuple[DiffRun, ...]:
    """Two texts as one row of runs: joining `same` and `del` gives the old, `same` and `ins` the new.

    Words that changed side by side are one run: the spaces between them are nothing that stayed.
    """
    ours, theirs = _WORDS.findall(old), _WORDS.findall(new)
    runs: list[DiffRun] = []
    gone = come = ""
    for kind, start, end, other_start, other_end in SequenceMatcher(
        None, ours, theirs, autojunk=False
    ).get_opcodes():
        was = "".join(ours[start:end])
        if kind != "equal" or (was.isspace() and gone and come):
            gone, come = gone + was, come + "".join(theirs[other_start:other_end])
        else:
            runs += [*_changed(gone, come), DiffRun("same", was)]
            gone = come = ""
    return (*runs, *_changed(gone, come))


def _changed(gone: str, come: str) -> list[DiffRun]:
    return [DiffRun(kind, text) for kind, text in (("del", gone), ("ins", come)) if text]


def differences(old: Edition, new: Edition) -> tuple[Difference, ...]:
    """Everything that readers would see differently."""
    found = [
        _difference(what.capitalize(), getattr(old, what), getattr(new, what))
        for what in ("subject", "preheader")
    ]
    found.append(_difference("Order", _order(old), _order(new)))
    found.append(_difference("Blocks", _blocks(old), _blocks(new)))
    before = {item.id: item for item in (*old.items, *old.sponsored)}
    for item in (*new.items, *new.sponsored):
        found += _of_story(before.get(item.id), item)
    return tuple(each for each in found if each is not None)


def _of_story(old: Item | None, new: Item) -> list[Difference | None]:
    if old is None:
        return []
    return [
        _difference(f"{field.capitalize()} of “{new.headline}”", *_both(old, new, field))
        for field in (*_FIELDS, "picture")
    ]


def _both(old: Item, new: Item, field: str) -> tuple[str, str]:
    if field == "picture":
        return _pictured(old), _pictured(new)
    return getattr(old, field), getattr(new, field)


def _pictured(item: Item) -> str:
    one = item.picture
    return f"{one.alt} ({one.credit}) {one.sha256[:16]}" if one else ""


def _difference(what: str, old: str, new: str) -> Difference | None:
    return None if old == new else Difference(what=what, runs=words_apart(old, new))


def _order(edition: Edition) -> str:
    blocks = (("", edition.items), ("paid: ", edition.sponsored), ("held: ", edition.held))
    return " · ".join(f"{mark}{item.headline}" for mark, block in blocks for item in block)


def _blocks(edition: Edition) -> str:
    """Where what stands, and what people wrote there."""
    placed = (
        f"{item.headline}: {item.block}"
        for item in (*edition.items, *edition.sponsored)
        if item.block
    )
    wrote = (f"{each.name}: {each.text} {each.by}".strip() for each in edition.blocks)
    return " · ".join((*edition.order, *wrote, *placed))
