"""Headings that somebody set in bold instead: lines of their own over a text, as editors of letters make them."""

from lxml import html

_BOLD = ("strong", "b")
#: In words: a longer line in bold is a sentence that matters, and one word a label.
_LEAST, _MOST = 2, 14
#: What ends a sentence, which a heading is not.
_ENDS = (".", ",", ";", ":", "…")
#: A heading of the lowest rank, which letters have none of.
RANK = "h6"


def with_bold_heads(body: html.HtmlElement, blocks: frozenset[str]) -> bool:
    """Make headings of the lines in bold that open a block, or are all of it; False where there are not several.

    Args:
        body: changed in place.
        blocks: tags of elements that stand on lines of their own.
    """
    found = [mark for mark in body.iter(*_BOLD) if _heads(mark, blocks)]
    if len(found) <= 1:
        return False
    for mark in found:
        _raise(mark, next(above for above in mark.iterancestors() if above.tag in blocks))
    return True


def _heads(mark: html.HtmlElement, blocks: frozenset[str]) -> bool:
    words = str(mark.text_content()).split()
    if not _LEAST <= len(words) <= _MOST or words[-1].endswith(_ENDS):
        return False
    parent, before = mark.getparent(), mark.getprevious()
    if parent is None or parent.tag not in blocks or before is not None or _says(parent.text):
        return False
    following = mark.getnext()
    is_alone = following is None and not _says(mark.tail)
    return is_alone or (following is not None and following.tag == "br" and not _says(mark.tail))


def _says(text: str | None) -> bool:
    return bool((text or "").strip())


def _raise(mark: html.HtmlElement, block: html.HtmlElement) -> None:
    """Put the line into a heading, and what follows it in the block into an element of its own."""
    heading, rest = html.Element(RANK), html.Element("div")
    heading.text = " ".join(str(mark.text_content()).split())
    for element in list(block)[1:]:
        rest.append(element)
    block.text = None
    block.remove(mark)
    block.append(heading)
    if len(rest):
        block.append(rest)
