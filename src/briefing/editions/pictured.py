"""Pictures of stories: only the newsroom's own stories have one, and each says what it shows and whose it is."""

from dataclasses import replace

from briefing.editions.written import line
from briefing.errors import EditionError
from briefing.model.article import Verdict
from briefing.model.change import SetPicture
from briefing.model.edition import Item


def pictured(item: Item, change: SetPicture) -> Item:
    """The story with a picture, or without.

    Raises:
        EditionError: as `described`.
    """
    picture = change.picture
    if picture is None:
        return replace(item, picture=None)
    alt, credit = described(item, picture.alt, picture.credit)
    return replace(item, picture=replace(picture, alt=alt, credit=credit))


def described(item: Item, alt: str, credit: str) -> tuple[str, str]:
    """What a picture of a story shows, and whose it is, each on one line.

    Raises:
        EditionError: when either is missing or too long, or the newsroom does not speak in the piece.
    """
    if item.article.verdict is not Verdict.EDITORIAL:
        raise EditionError(
            f"{item.headline!r} is {item.article.verdict}: a picture stands with reports alone, so that "
            "nobody takes another's words for the newsroom's."
        )
    told = line(alt, "What a picture shows"), line(credit, "The credit of a picture")
    for words, what in zip(told, ("what the picture shows", "whose picture it is"), strict=True):
        if not words:
            raise EditionError(f"Say {what}: without that it is not printed.")
    return told
