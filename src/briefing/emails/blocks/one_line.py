"""The one line of a story "in brief": its source's own standfirst, or a sentence that may stand alone."""

from briefing.model.digest import Pair, paragraph_of
from briefing.model.edition import Item

#: Characters; a longer standfirst is more than a line.
_LONGEST = 220


def one_line(item: Item) -> str:
    """The shortest that says what a story says, in its source's words; the editor's own stay whole.

    A claim whose answer would be left out cannot stand alone, so the digest is printed whole then.
    """
    standfirst = " ".join((item.article.standfirst or "").split())
    if not item.verbatim:
        return item.paragraph
    if 0 < len(standfirst) <= _LONGEST and not item.article.standfirst_truncated:
        return standfirst
    first = paragraph_of(item.digest.sentences[:1])
    if not first or any(_is_parted(pair, first) for pair in item.digest.pairs):
        return item.paragraph
    return first


def _is_parted(pair: Pair, line: str) -> bool:
    """The line holds the claim and none of its answers."""
    return pair.claim.printed in line and not any(each.printed in line for each in pair.answers)
