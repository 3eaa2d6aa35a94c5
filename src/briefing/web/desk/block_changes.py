"""What the forms of blocks ask for, as changes."""

from collections.abc import Mapping

from briefing.model.change import (
    Change,
    OrderBlocks,
    SetBlock,
    SetLink,
    SetMatters,
    WriteBlock,
)
from briefing.model.edition import Edition, Item


def written(edition: Edition, form: Mapping[str, str]) -> tuple[Change, ...]:
    """The words of a block; none where they stand so already."""
    name, text = form.get("block", ""), _lines(form.get("text", ""))
    by = " ".join(form.get("by", "").split())
    stands = next((block for block in edition.blocks if block.name == name), None)
    if (text, by) == ((stands.text, stands.by) if stands else ("", "")):
        return ()
    return (WriteBlock(block=name, text=text, by=by),)


def ordered(form: Mapping[str, str]) -> tuple[Change, ...]:
    """The order of all blocks, as a button has it."""
    return (OrderBlocks(blocks=tuple(filter(None, form.get("order", "").split(" ")))),)


def of_story(item: Item, form: Mapping[str, str]) -> tuple[Change, ...]:
    """Why a story matters, where readers read on, and its block; fields that say what stands ask nothing."""
    changes: list[Change] = []
    if " ".join(form.get("matters", item.matters).split()) != item.matters:
        changes.append(SetMatters(item=item.id, matters=form["matters"]))
    if form.get("link", item.link).strip() != item.link:
        changes.append(SetLink(item=item.id, link=form["link"]))
    if form.get("block", item.block) != item.block:
        changes.append(SetBlock(item=item.id, block=form["block"]))
    return tuple(changes)


def _lines(typed: str) -> str:
    """As a browser sends it, with its line ends made even."""
    return typed.replace("\r\n", "\n").strip()
