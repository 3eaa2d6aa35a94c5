"""Authors: the people whom elements of a page are marked to name."""

import re
from collections.abc import Iterator, Sequence

from lxml import html

from briefing.articles.html.declared.people import people_in
from briefing.articles.html.markup.regions import (
    COMMENTS,
    FOOT,
    NAVIGATION,
    OTHERS,
    RAIL,
    region_of,
)
from briefing.articles.vocabulary.bylines import byline
from briefing.model.article import Author

_MARKED = re.compile(
    r"(?:^|[\s_-])(?:authors?|bylines?|by-line|writers?|contributors?|creator|journalist|autor|auteur|"
    r"redakteur|verfasser|reader-credits)(?:$|[\s_-])|"
    r"(?:^|\s)(?!\S*(?:sponsor|power|present|sort|filter|order|brought|paid|made|group))(?:\S*[_-])?by(?:$|[\s_-])|"
    r"[a-z](?:Author|Byline|Contributor)(?:$|[A-Z\s_-])|^author|byline",
    re.IGNORECASE,
)
#: Where a site tells of one who writes for it.
_AUTHORS_PAGE = re.compile(
    r"/(?:authors?|autor(?:en)?|auteurs?|redaktion|editors?|profiles?|staff|contributors?|writers?|"
    r"reporters?|journalists?)/[\w%.-]+/?$",
    re.IGNORECASE,
)
#: The attributes of such an element have one of these runs of letters.
_RUNS = (
    "aut",
    "by",
    "writer",
    "contribut",
    "creator",
    "journalist",
    "redakt",
    "verfass",
    "reader-credits",
    "editor",
    "profile",
    "staff",
    "reporter",
)
#: Inside of such an element, the name itself.
_NAME_OF = re.compile(r"(?:^|[\s_-])(?:name|fn|author)(?:$|[\s_-])", re.IGNORECASE)
_TAGS = (
    "a",
    "span",
    "div",
    "p",
    "address",
    "li",
    "strong",
    "b",
    "em",
    "cite",
    "h3",
    "h4",
    "h5",
    "section",
    "dd",
    "small",
)
_ELSEWHERE = frozenset({COMMENTS, OTHERS, NAVIGATION, FOOT, RAIL})
#: The attributes in which systems say what an element holds.
_NAMING = ("class", "data-testid", "data-component", "data-hook", "data-qa")
#: In characters: longer texts tell of an author.
_LONGEST = 160
_MOST = 6
#: A word of two signs is as often a count or a button as a name.
_SHORT_NAME = 2
#: Where one piece of text ends and another begins that is a word of its own.
_TOUCHING = re.compile(r"\0(?=[^\W\d_a-z]|\S+@\S)")
_MAIL = re.compile(r"\s*\S+@\S+\.\w+")
_AND = re.compile(r"\s(?:and|und|et|y|e|og|och|en|&)\s|;", re.IGNORECASE)
_BEFORE = re.compile(
    r"^\W*(?:(?:(?:words|text|story|report|posted|published|written|reported|article|interview) )?"
    r"(?:by|par|von|por|di|da|door|av|af)\b|author|autor(?:in)?|auteur|writer)\s*:?\s*",
    re.IGNORECASE,
)
#: What follows a name: a date, a job, a place, a count.
_AFTER = re.compile(
    r"\s*(?:[|•·–—\[\d@]|\((?![^()]{1,30}\) [^\W\d_a-z])|\s-\s|"
    r",? (?:on|in|at|for|of|is|from|the|published|posted|updated)\b|"
    r", (?=[a-z])|\b(?:[Ee]dited|[Tt]ranslated|[Ii]llustrated|[Rr]eviewed|[Pp]hoto(?:graph)?s?) by\b|"
    r"\b(?:Published|Updated|Posted|Follow|View|Last|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|"
    r"September|October|November|December)\b|"
    r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.? \d).*$"
)


def marked_authors(
    root: html.HtmlElement, heading: html.HtmlElement | None, body: Sequence[html.HtmlElement]
) -> list[Author]:
    """The persons named in an element that says it holds the author, nearest to the headline first.

    Args:
        root: the element that holds the piece.
        heading: its headline.
        body: the elements of its text, in order.
    """
    marked = [
        (place, element)
        for place, element in enumerate(root.iter(*_TAGS, "h1", "h2"))
        if element is heading
        or element in (body[0], body[-1])
        or (element.attrib and _is_marked(element))
    ]
    places = {id(element): place for place, element in marked}
    last = places.get(id(body[-1]), len(places))
    top = places.get(id(heading), places.get(id(body[0]), 0))
    for _, element in sorted(marked, key=lambda one: _distance(one[0], top, last)):
        if _is_marked(element) and not _is_elsewhere(element, root, body[0]):
            found = list(_named(element))
            if found:
                return _once([*found, *_beside(element)])
    return []


def _distance(place: int, top: int, last: int) -> tuple[int, int]:
    """Under the headline first, then over it, then under the text."""
    if place > last:
        return 2, place
    return (0, place) if place >= top else (1, -place)


def _is_marked(element: html.HtmlElement) -> bool:
    get = element.get
    written = "".join(element.attrib.values()).lower()
    if not any(run in written for run in _RUNS):
        return False
    if _says_author(element) or (element.tag == "a" and _AUTHORS_PAGE.search(get("href") or "")):
        return True
    named = " ".join(filter(None, map(get, _NAMING)))
    return len(named) < 400 and bool(_MARKED.search(named))  # noqa: PLR2004 - longer ones are generated


def _says_author(element: html.HtmlElement) -> bool:
    """By a word of the standard (HTML 4.6.6.2, schema.org), not by a name the site made up."""
    return "author" in (element.get("rel") or "") or "author" in (element.get("itemprop") or "")


def _is_elsewhere(
    element: html.HtmlElement, root: html.HtmlElement, text: html.HtmlElement
) -> bool:
    around = set(text.iterancestors())
    for above in (element, *element.iterancestors()):
        region = region_of(above)
        if region == RAIL and _says_author(element):
            continue
        own_foot = (
            region == FOOT and above.getparent() in around and above.getparent().tag != "body"
        )
        holds = above in around or _holds_body(above)
        if region in _ELSEWHERE and not own_foot and not holds:
            return True
        if above is root:
            break
    return False


def _holds_body(element: html.HtmlElement) -> bool:
    """Much of the page stands in it, so its name says nothing of its text."""
    return sum(1 for _ in element.iter("p")) > _MOST


def _named(element: html.HtmlElement) -> Iterator[Author]:
    inner = [
        part
        for part in element.iter("a", "span", "strong", "b", "meta")
        if part is not element
        and (
            _NAME_OF.search(part.get("class") or "")
            or part.get("itemprop") == "name"
            or part.get("rel") == "author"
        )
    ]
    for part in (*inner, element):
        found = list(_in_element(part))
        if found:
            yield from found
            if part is element or len(inner) == 1:
                return
    return


def _joined(pieces: list[str]) -> str:
    """Pieces of text as words: one that begins with a capital begins a word."""
    return " ".join(_TOUCHING.sub(" ", "\0".join(pieces)).replace("\0", "").split())


def _in_element(element: html.HtmlElement) -> Iterator[Author]:
    """The names in its text; elements that touch hold a name each, or a name and a job."""
    pieces = [piece for piece in element.itertext() if piece.strip()]
    found = list(_in_text(_joined(pieces)))
    first = list(_in_text(_first_of(pieces))) if len(pieces) > 1 or not found else []
    yield from first if not found or _ran_on(found, first) else found


def _first_of(pieces: list[str]) -> str:
    """The first piece of text that is more than "By"."""
    first = _BEFORE.sub("", " ".join(pieces[0].split())) or " ".join(pieces[1:2]) if pieces else ""
    return " ".join(first.split())


def _ran_on(found: list[Author], first: list[Author]) -> bool:
    """The only name has two words and more behind the one of the first element: a house in the next."""
    if len(found) != 1 or len(first) != 1:
        return False
    behind = found[0].name.removeprefix(f"{first[0].name} ")
    return behind != found[0].name and " " in behind


def _in_text(text: str) -> Iterator[Author]:
    """The names in a text that is short and holds little else; a job or a date ends them."""
    if not text or len(text) > _LONGEST:
        return
    bare = _AFTER.sub("", _BEFORE.sub("", _MAIL.sub(" ", text)))
    if "," in bare and not _AND.search(bare):
        bare = bare.partition(",")[0]
    names = people_in(bare)
    signed = byline(text) or byline(f"By {text}")
    role = signed[0].role if len(signed) == 1 and len(names) == 1 else None
    for name in names:
        if name.isascii() or not name.isalpha() or len(name) > _SHORT_NAME:
            yield Author(name=name, role=role, raw=text)


def _beside(element: html.HtmlElement) -> Iterator[Author]:
    """Further authors in elements of the same make that follow."""
    make = (element.tag, element.get("class"), element.get("rel"), element.get("itemprop"))
    for sibling in element.itersiblings(element.tag):
        if (sibling.tag, sibling.get("class"), sibling.get("rel"), sibling.get("itemprop")) == make:
            yield from _named(sibling)


def _once(found: list[Author]) -> list[Author]:
    known = list({author.name: author for author in reversed(found)}.values())[::-1]
    return [
        one for one in known if not any(one.name.startswith(f"{other.name} ") for other in known)
    ][:_MOST]
