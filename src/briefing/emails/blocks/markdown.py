"""The small Markdown of people's own words: paragraphs, stress, links and line breaks, and nothing else.

What it does not know, HTML among it, is printed as it was typed. The tokens are markdown-it's
(CommonMark 0.31); the markup is made here, so nothing that is not in this file can come out of it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from briefing.emails.printable import plain, web_address

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

#: A bare address in running text, without the mark that ends its sentence.
_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]’”]")
_TAGS = {
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "em_open": "<em>",
    "em_close": "</em>",
}
_RULES = ["emphasis", "link", "autolink", "escape", "entity", "newline"]


@dataclass(frozen=True, slots=True)
class WrittenParagraph:
    """One paragraph that a person wrote, for both parts of a letter."""

    html: Markup
    #: Without marks; the address of a link stands behind its words.
    text: str

    @property
    def words(self) -> str:
        """What is read of the HTML: its text without tags."""
        # Without a tag both say the same, and most texts have none.
        return str(self.html.striptags()) if "<" in self.html else " ".join(self.text.split())


def told(written: str, show: Callable[[str], str] = plain) -> tuple[WrittenParagraph, ...]:
    """Read paragraphs parted by blank lines.

    Args:
        written: as it was typed.
        show: how running text is set; addresses are left alone.
    """
    return tuple(_paragraph(token.children or (), show) for token in _read(written))


def unmarked(written: str) -> str:
    """The words of a text alone, on one line: for places that can show no stress and no link."""
    return " ".join(each.words for each in told(written))


# The next version of a letter has most of what was written in the last.
@lru_cache(maxsize=256)
def _read(written: str) -> "tuple[Token, ...]":
    """The paragraphs of a text."""
    found = _reader().parse(written) if written.strip() else []
    return tuple(token for token in found if token.type == "inline")


@cache
def _reader() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only editions that somebody wrote in need it

    return MarkdownIt("zero").enable(_RULES)


def _paragraph(tokens: Sequence["Token"], show: Callable[[str], str]) -> WrittenParagraph:
    html, text, leads = "", "", list[str]()
    for token in tokens:
        match token.type:
            case "text":
                words = (
                    _spoken(token.content)
                    if leads and leads[-1] == token.content
                    else token.content
                )
                html += "".join(_markup(words, show, linked=bool(leads)))
                text += _set(token.content, show)
            case "link_open":
                address = web_address(str(token.attrs.get("href", "")))
                leads.append(address)
                html += f'<a href="{escape(address)}">' if address else ""
            case "link_close":
                address = leads.pop()
                html += "</a>" if address else ""
                text += f" ({address})" if address and not text.endswith(address) else ""
            case "softbreak":
                html, text = f"{html} ", f"{text} "
            case "hardbreak":
                html, text = f"{html}<br />", f"{text} "
            case _:
                html += _TAGS.get(token.type, "")
    return WrittenParagraph(Markup(html), text.strip())  # noqa: S704 - each part above is escaped or ours


def _set(text: str, show: Callable[[str], str]) -> str:
    """A run of text as shown, with the spaces at its ends, which part it from the next run."""
    shown = show(text)
    before, after = text[:1].isspace(), text[-1:].isspace()
    return f"{' ' if before else ''}{shown}{' ' if after and shown else ''}"


def _markup(text: str, show: Callable[[str], str], *, linked: bool) -> Iterator[str]:
    """A run of text as HTML; a bare address in it leads there, unless a link stands around it."""
    last = 0
    for found in () if linked else _ADDRESS.finditer(text):
        address = web_address(found[0])
        if address:
            yield str(escape(_set(text[last : found.start()], show)))
            yield f'<a href="{escape(address)}">{escape(_spoken(address))}</a>'
            last = found.end()
    yield str(escape(_set(text[last:], show)))


def _spoken(address: str) -> str:
    """An address as people say it: reading programs would spell out the scheme."""
    return re.sub(r"^https?://(www\.)?", "", address).rstrip("/")
