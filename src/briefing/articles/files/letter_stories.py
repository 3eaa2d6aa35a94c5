"""A newsletter → its stories: each a document of its own, with its own address."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise, takewhile

from lxml import html

from briefing.articles.files.bold_heads import RANK, with_bold_heads
from briefing.articles.files.letter_topics import tell_of_several
from briefing.articles.html.markup.tree import parse
from briefing.articles.vocabulary.boilerplate import leads_out, says_why_it_came

_LEVELS = ("h1", "h2", "h3", "h4", "h5")
_BLOCKS = frozenset(
    "address article blockquote center dd div dl dt figure footer form h1 h2 h3 h4 h5 h6 header hr li "
    "main ol p pre section table tbody td th tr ul".split()
)
#: In words: a block with fewer is a label or a button.
_PROSE = 8
#: In words: a longer text above the first story is one of its own, a shorter one a greeting.
_OPENING = 60
#: What ends a sentence; a link behind it is not part of its words.
_ENDS = (".", "!", "?", "…", "”", '"', "»", ":", "。", "！", "？", "।", "؟")
#: Elements copied in all. A letter has a few thousand and some thirty stories.
_MOST_COPIED = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterStory:
    """One story of a letter."""

    #: Empty for the text that opens the letter, which stands under the letter's subject.
    headline: str
    #: Absolute, or empty.
    url: str
    #: A document with its heading as the main one.
    markup: str
    #: A short text above the first story, which is in none.
    greeting: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    """A heading and the text under it, as places in the order of the document."""

    heading: int
    end: int
    url: str
    #: What stands under the heading.
    text: str
    #: Both stand in an element that holds no other such heading.
    is_boxed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    """What a story takes of a letter, as places: from `foot` on it speaks of the letter."""

    begin: int
    #: None for the text that opens a letter, which stands under the letter's own.
    heading: int | None = None
    foot: int
    end: int


def stories_of(markup: str) -> tuple[LetterStory, ...]:
    """The stories of a letter in their order; none when it is one text.

    Stories have headings of one level, a text under each, and an address each: a link in the heading,
    or one that stands alone or behind the last sentence. The sections of one article have no such
    links; without them, the words tell whether the sections are of one thing. What stands between two
    stories goes to the second, for labels stand above what they label.

    Raises:
        PageRefused: when there are more tags than anybody writes.
    """
    tree = parse(markup)
    body = tree.find("body")
    if body is None:
        return ()
    elements = list(body.iter())
    for proved in (_have_addresses, _tell_of_several):
        if found := next(filter(proved, _levels(elements)), None):
            is_small = len(elements) * len(found) <= _MOST_COPIED
            return tuple(_stories(tree, elements, found)) if is_small else ()
    return _bold_stories(tree, body)


def _bold_stories(tree: html.HtmlElement, body: html.HtmlElement) -> tuple[LetterStory, ...]:
    """The stories of a letter whose headings are lines in bold."""
    elements = list(body.iter()) if with_bold_heads(body, _BLOCKS) else []
    sections = list(_sections(elements, RANK))
    is_small = len(elements) * len(sections) <= _MOST_COPIED
    is_several = _have_addresses(sections) or _tell_of_several(sections)
    return tuple(_stories(tree, elements, sections)) if is_small and is_several else ()


def _levels(elements: Sequence[html.HtmlElement]) -> Iterator[list[_Section]]:
    return (list(_sections(elements, level)) for level in _LEVELS)


def _have_addresses(sections: Sequence[_Section]) -> bool:
    urls = [section.url for section in sections if section.url]
    return len(urls) > 1 and len(set(urls)) == len(urls) and len(urls) * 2 >= len(sections)


def _tell_of_several(sections: Sequence[_Section]) -> bool:
    texts = [section.text for section in sections]
    return tell_of_several(texts, are_boxed=all(section.is_boxed for section in sections))


def is_letter(markup: str) -> bool:
    """True for a document that says why it came, or holds the link by which its reader leaves the list."""
    body = parse(markup).find("body")
    return body is not None and any(map(_speaks_of_the_letter, body.iter()))


def with_foot(markup: str) -> str:
    """A letter of one text, in which all from the first block on that speaks of the letter is its foot.

    Only what stands below most of its text does: a letter may begin on the way to read it elsewhere.
    """
    tree = parse(markup)
    body = tree.find("body")
    if body is None:
        return markup
    elements = list(body.iter())
    told = [at for at, element in enumerate(elements) if _is_prose(element)]
    speaking = (at for at, element in enumerate(elements) if _speaks_of_the_letter(element))
    foot = next((at for at in speaking if _stands_below(at, told)), None)
    if foot is None:
        return markup
    for element in elements[foot:]:
        element.set("role", "contentinfo")
    return str(html.tostring(tree, encoding="unicode"))


def _stands_below(at: int, told: Sequence[int]) -> bool:
    above = sum(place < at for place in told)
    return above > len(told) - above


def _sections(elements: Sequence[html.HtmlElement], level: str) -> Iterator[_Section]:
    """The headings of a level that have a text under them."""
    places = {id(element): place for place, element in enumerate(elements)}
    headings = [
        place for place, element in enumerate(elements) if element.tag == level and _words(element)
    ]
    bounds = [*headings, len(elements)]
    for heading, following in pairwise(bounds):
        inside = elements[_after(elements, places, heading) : following]
        is_last = following == len(elements)
        if is_last:
            inside = list(takewhile(lambda element: not _speaks_of_the_letter(element), inside))
        told = [places[id(element)] for element in inside if _is_prose(element)]
        if not told:
            continue
        links = [
            place
            for element in inside
            if (place := places[id(element)]) > told[0] and _address(element)
        ]
        ends = [links[0]] if links and is_last else [*links[:1], told[-1]]
        root = _root(elements[heading], level)
        yield _Section(
            heading=heading,
            end=max(_after(elements, places, place) for place in (*ends, places[id(root)])),
            url=_linked(elements[heading]) or (_address(elements[links[0]]) if links else ""),
            text=" ".join(word for place in told for word in _words(elements[place])),
            is_boxed=all(root in elements[place].iterancestors() for place in told),
        )


def _speaks_of_the_letter(element: html.HtmlElement) -> bool:
    """A block that says why the letter came, or holds the link by which its reader leaves it."""
    if element.tag not in _BLOCKS or any(
        inner.tag in _BLOCKS for inner in element.iterdescendants()
    ):
        return False
    links = [" ".join(_words(link)) for link in element.iter("a")]
    told = " ".join(_words(element))
    # "Update your preferences or unsubscribe here": the link may be the last word alone.
    return says_why_it_came(told) or any(map(leads_out, [*links, told] if links else []))


def _root(heading: html.HtmlElement, level: str) -> html.HtmlElement:
    """The largest element around a heading that holds no other of its level."""
    root = heading
    for above in heading.iterancestors():
        if (
            above.tag == "body"
            or sum(1 for _ in zip(above.iter(level), range(2), strict=False)) > 1
        ):
            break
        root = above
    return root


def _after(elements: Sequence[html.HtmlElement], places: dict[int, int], place: int) -> int:
    """The place behind an element and all in it."""
    last = elements[place]
    while len(last):
        last = last[-1]
    return places[id(last)] + 1


def _words(element: html.HtmlElement) -> list[str]:
    return str(element.text_content()).split()


def _is_prose(element: html.HtmlElement) -> bool:
    if element.tag not in _BLOCKS or any(
        inner.tag in _BLOCKS for inner in element.iterdescendants()
    ):
        return False
    linked = sum(len(_words(link)) for link in element.iter("a"))
    words = len(_words(element))
    return words >= _PROSE and linked * 2 < words


def _linked(heading: html.HtmlElement) -> str:
    around = list(heading.iterancestors("a"))[:1]
    return next((url for link in (*heading.iter("a"), *around) if (url := _href(link))), "")


def _href(link: html.HtmlElement) -> str:
    url = (link.get("href") or "").strip()
    return url if url.startswith(("http://", "https://")) else ""


def _address(link: html.HtmlElement) -> str:
    """Where a link leads that is not a word of a sentence; empty for any other element."""
    if link.tag != "a" or not _href(link) or not _words(link):
        return ""
    element = link
    while True:
        before, parent = element.getprevious(), element.getparent()
        if (element.tail or "").strip() or parent is None:
            return ""
        if before is not None and before.tag != "br":
            told = f"{before.text_content()}{before.tail or ''}".strip()
            is_apart = before.tag in _BLOCKS and not (before.tail or "").strip()
            return _href(link) if is_apart or not told or told.endswith(_ENDS) else ""
        told = ((parent.text if before is None else before.tail) or "").strip()
        if told or before is not None or parent.tag in _BLOCKS or parent.tag == "body":
            return _href(link) if not told or told.endswith(_ENDS) else ""
        element = parent


def _stories(
    tree: html.HtmlElement, elements: Sequence[html.HtmlElement], sections: Sequence[_Section]
) -> Iterator[LetterStory]:
    above = [element for element in elements[: sections[0].heading] if _is_prose(element)]
    places = {id(element): place for place, element in enumerate(elements)}
    head = _after(elements, places, places[id(above[-1])]) if above else 0
    greeting = " ".join(word for element in above for word in _words(element))
    if len(greeting.split()) >= _OPENING:
        yield LetterStory(
            headline="", url="", markup=_document(tree, _Cut(begin=0, foot=head, end=head))
        )
        greeting = ""
    begin = head
    for section in sections:
        end = len(elements) if section is sections[-1] else section.end
        cut = _Cut(begin=begin, heading=section.heading, foot=section.end, end=end)
        headline = " ".join(_words(elements[section.heading]))
        yield LetterStory(
            headline=headline, url=section.url, markup=_document(tree, cut), greeting=greeting
        )
        begin, greeting = section.end, ""


def _document(tree: html.HtmlElement, cut: _Cut) -> str:
    """The letter with nothing left in it but one story, in the elements that it stood in."""
    copy = deepcopy(tree)
    body = copy.find("body")
    assert body is not None
    elements = list(body.iter())
    _mark(elements, cut)
    held = {above for one in elements[cut.begin : cut.end] for above in one.iterancestors()}
    for element in (*elements[: cut.begin], *elements[cut.end :]):
        parent = element.getparent()
        if element not in held and parent is not None:
            parent.remove(element)
        else:
            element.text = None
    return str(html.tostring(copy, encoding="unicode"))


def _mark(elements: Sequence[html.HtmlElement], cut: _Cut) -> None:
    """Make the story's heading the main one, and what stands under the last one the page's foot."""
    if cut.heading is not None:
        for element in elements:
            element.tag = "p" if element.tag == "h1" else element.tag
        elements[cut.heading].tag = "h1"
    for element in elements[cut.foot :]:
        element.set("role", "contentinfo")
