"""A story of an edition by its id."""

from briefing.errors import EditionError
from briefing.model.edition import Edition, Item


def everywhere(edition: Edition) -> tuple[Item, ...]:
    """All pieces of an edition: printed, paid for, held and dropped."""
    return (*edition.items, *edition.sponsored, *edition.held, *edition.dropped)


def story(edition: Edition, name: str) -> Item:
    """The piece of that id, in whatever block it stands.

    Raises:
        EditionError: when there is none.
    """
    for item in everywhere(edition):
        if item.id == name:
            return item
    raise EditionError(f"{edition.id} has no piece {name!r}.")
