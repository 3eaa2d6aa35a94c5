"""Overlap: whether a change asked of an older state touches what has changed since."""

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
from briefing.model.edition import Edition, Item, WrittenBlock


def overlaps(seen: Edition, stands: Edition, change: Change) -> bool:
    """True when somebody who saw one state would write over what the other says.

    Args:
        seen: the edition that the change was asked of.
        stands: the edition as it is now.
        change: what was asked.
    """
    match change:
        case Add():
            return False
        case SetSubject() | SetPreheader() | OrderBlocks():
            field = _FIELDS[type(change)]
            return bool(getattr(seen, field) != getattr(stands, field))
        case Move():
            return _order(seen) != _order(stands)
        case Join(item=name, into=other):
            return any(_block(seen, one) != _block(stands, one) for one in (name, other))
        case MakeLead(item=name) | Drop(item=name) | Restore(item=name):
            return _block(seen, name) != _block(stands, name)
        case WriteBlock(block=name):
            return _words(seen, name) != _words(stands, name)
        case _:
            return _touched(seen, change) != _touched(stands, change)


#: The field that a change replaces.
_FIELDS: dict[type, str] = {
    SetSubject: "subject",
    SetPreheader: "preheader",
    OrderBlocks: "order",
    SetNote: "note",
    SetMatters: "matters",
    SetLink: "link",
    SetPicture: "picture",
    PrintFollowUp: "follow_up",
}
_OfItem = (
    Rewrite
    | ChooseSentences
    | SetNote
    | SetMatters
    | SetLink
    | SetPicture
    | SetBlock
    | PrintFollowUp
    | Decide
)


def _touched(edition: Edition, change: _OfItem) -> tuple[object, ...]:
    """What the change would replace."""
    block, item = _find(edition, change.item)
    if item is None:
        return (block,)
    match change:
        case SetNote() | SetMatters() | SetLink() | SetPicture() | PrintFollowUp():
            return (getattr(item, _FIELDS[type(change)]),)
        case SetBlock():
            return (block, item.block)
        case Decide():
            return (block, item.article.sponsorship)
        case ChooseSentences():
            return (item.digest, item.paragraph)
        case Rewrite(headline=headline, kicker=kicker, paragraph=paragraph):
            return (
                None if headline is None else item.headline,
                None if kicker is None else item.kicker,
                None if paragraph is None else item.paragraph,
            )


def _words(edition: Edition, name: str) -> tuple[WrittenBlock, ...]:
    return tuple(block for block in edition.blocks if block.name == name)


def _order(edition: Edition) -> tuple[str, ...]:
    return tuple(item.id for item in edition.items)


def _block(edition: Edition, name: str) -> str:
    return _find(edition, name)[0]


def _find(edition: Edition, name: str) -> tuple[str, Item | None]:
    blocks = (
        ("items", edition.items),
        ("sponsored", edition.sponsored),
        ("held", edition.held),
        ("dropped", edition.dropped),
    )
    for block, items in blocks:
        for item in items:
            if item.id == name:
                return block, item
    return "", None
