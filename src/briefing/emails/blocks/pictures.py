"""What a design sees of the pictures of an edition: only those that it prints."""

from collections.abc import Callable, Sequence

from briefing.emails.blocks.design import Design
from briefing.emails.blocks.layout import LaidBlock
from briefing.languages.furniture import Furniture
from briefing.model.article import Verdict
from briefing.model.edition import Item, PrintedPicture

#: A description that ends on none of these is read as if it went on.
_ENDS = ".!?…。！？।؟۔”’\"'»」』)）"


def pictures_of(
    laid: Sequence[LaidBlock],
    design: Design,
    site: str,
    words: Furniture,
    show: Callable[[str], str],
) -> dict[str, dict[str, str]]:
    """The pictures that are printed, by the id of their story.

    Args:
        laid: the blocks in print order.
        design: says in which of them pictures are printed.
        site: where this house serves them, without a slash at the end.
        words: the newsroom's own words.
        show: how text of the newsroom is set.
    """
    return {
        item.id: _seen(picture, site, words, show)
        for block in laid
        if block.kind in design.pictures
        for item in block.stories
        if (picture := picture_of(item))
    }


def picture_of(item: Item) -> PrintedPicture | None:
    """The picture of a report; whatever an editor decided since, others' words have none."""
    return item.picture if item.article.verdict is Verdict.EDITORIAL else None


def _seen(
    picture: PrintedPicture, site: str, words: Furniture, show: Callable[[str], str]
) -> dict[str, str]:
    alt, credit = show(picture.alt), show(picture.credit)
    return {
        "src": f"{site}{picture.path}",
        "alt": alt if alt[-1:] in _ENDS else f"{alt}.",
        "credit": credit,
        #: The line of the plain part.
        "said": words.letter["picture"].format(alt=alt, credit=credit),
    }
