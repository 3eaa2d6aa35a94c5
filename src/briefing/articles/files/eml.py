"""A saved letter → pages: a press release or newsletter that came by mail, as an .eml file."""

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.policy import default
from email.utils import parseaddr

from briefing.articles.files.forwarded_markup import forwarded_in
from briefing.articles.files.letter_stories import with_foot
from briefing.articles.files.part_text import text_of
from briefing.articles.files.story_pages import story_pages, titled
from briefing.articles.text.feed_dates import read_date
from briefing.articles.vocabulary.bylines import OPENER
from briefing.articles.vocabulary.payer_names import is_organised
from briefing.articles.vocabulary.releases import without_office
from briefing.clock import utc_now
from briefing.errors import PageRefused, naming
from briefing.model.page import Declared, Page

_FORWARDED = re.compile(r"^(?:(?:fwd?|re|aw|wg|tr)\s*:\s*)+", re.IGNORECASE)
#: "Ines Calder from The Quay", "Ines Calder at Norvane", as newsletters' programs send for a writer.
_OF_HOUSE = re.compile(r"^(?P<name>\S+ \S.*?) (?:from|at) (?=[^\W\d_a-z])\S.*$")
#: Mail programs break lines at 72 or so; a line this long goes on in the next.
_BROKEN, _WIDEST = 50, 80
#: Letters within letters, and letters attached to one.
_DEEPEST, _MOST_ATTACHED = 5, 100
#: In words: with fewer, what is written over an attached letter is a note to the desk.
_A_TEXT = 60
#: In characters: as much of a note is shown.
_NOTE = 200


def letter_pages(page: Page) -> tuple[Page | PageRefused, ...]:
    """The texts of a letter as pages, with subject, sender and date as the letter declares them.

    Letters that are attached to it (message/rfc822, RFC 2046 section 5.2.1) are read in its place:
    that is how mail programs forward. The HTML part is taken where there is one, because its
    paragraphs are paragraphs.

    Raises:
        PageRefused: when the bytes are not a letter, or it has no text.
    """
    try:
        return _opened(page, message_from_bytes(page.body, _class=EmailMessage, policy=default))
    except (
        MessageError,
        ValueError,
        LookupError,
        RecursionError,
        AttributeError,
        IndexError,
    ) as error:
        raise PageRefused(
            f"{page.name}: this letter cannot be read ({type(error).__name__}); save its text as "
            ".txt instead.",
            page=page.name,
        ) from error


def _opened(page: Page, letter: EmailMessage, depth: int = 0) -> tuple[Page | PageRefused, ...]:
    part = letter.get_body(("html", "plain"))
    text = text_of(part) if part is not None else ""
    is_html = part is not None and part.get_content_subtype() == "html"
    attached = list(_attached(letter)) if depth < _DEEPEST else []
    if not attached:
        return tuple(_pages(page, letter, text, is_html=is_html))
    found: list[Page | PageRefused] = []
    note = " ".join(re.sub(r"<[^<>]*>", " ", text).split())
    if len(note.split()) >= _A_TEXT:
        found += _pages(page, letter, text, is_html=is_html)
        note = ""
    for number, inner in enumerate(attached[:_MOST_ATTACHED], start=1):
        named = (
            page if len(attached) + len(found) == 1 else replace(page, name=f"{page.name}-{number}")
        )
        found += _inner(named, inner, note, depth)
    if len(attached) > _MOST_ATTACHED:
        found.append(_too_many(page, len(attached)))
    return tuple(found)


def _inner(page: Page, letter: EmailMessage, note: str, depth: int) -> Iterator[Page | PageRefused]:
    """The pages of an attached letter; one that cannot be read leaves the others be."""
    try:
        for found in _opened(page, letter, depth + 1):
            if note and isinstance(found, Page) and found.declared:
                flag = f"forwarded with a note: {note[:_NOTE]}"
                said = replace(found.declared, flags=(*found.declared.flags, flag))
                yield replace(found, declared=said)
            else:
                yield found
    except PageRefused as refusal:
        yield refusal


def _attached(letter: MIMEPart) -> Iterator[EmailMessage]:
    """The letters that a letter carries, each whole."""
    if letter.get_content_type() == "message/rfc822":
        payload = letter.get_payload()
        if isinstance(payload, list) and payload and isinstance(payload[0], EmailMessage):
            yield payload[0]
    elif letter.is_multipart():
        for part in letter.iter_parts():
            if isinstance(part, MIMEPart):
                yield from _attached(part)


def _too_many(page: Page, number: int) -> PageRefused:
    return PageRefused(
        f"{page.name}: {number} letters are attached to this one, and the first {_MOST_ATTACHED} "
        "were read. Save the others on their own.",
        page=page.name,
    )


def _pages(page: Page, letter: EmailMessage, text: str, *, is_html: bool) -> Iterator[Page]:
    """The stories of a newsletter, each a page with its own address; else the letter's one text."""
    whole = _page(page, letter, text, is_html=is_html)
    stories = tuple(story_pages(whole, text)) if is_html else ()
    yield from stories
    if not stories:
        yield _footed(whole) if is_html else whole


def _footed(page: Page) -> Page:
    """The page of a letter's one text, with what speaks of the letter as its foot."""
    with naming(page.name):
        return replace(page, body=with_foot(page.body.decode()).encode(errors="replace"))


def _page(page: Page, letter: EmailMessage, text: str, *, is_html: bool) -> Page:
    if not text.strip():
        raise PageRefused(
            f"{page.name}: this letter has no text; save what is attached to it as a page.",
            page=page.name,
        )
    said = _declared(letter)
    if is_html:
        with naming(page.name):
            text, said = forwarded_in(text, said)
    headline = said.headline or ""
    body = titled(text, headline) if is_html else f"{headline}\n\n{_unwrapped(text)}"
    return replace(
        page,
        body=body.encode(errors="replace"),
        media_type="text/html" if is_html else "text/plain",
        declared=said,
    )


def _declared(letter: EmailMessage) -> Declared:
    date = read_date(str(letter.get("date", "")), utc_now())
    name, address = parseaddr(str(letter.get("from", "")))
    writer = _OF_HOUSE.sub(r"\g<name>", name)
    subject = " ".join(str(letter.get("subject", "")).split())
    return Declared(
        headline=_FORWARDED.sub("", subject) or None,
        authors=(writer,) if _may_write(writer) else (),
        sender=(name, address),
        published=date.moment.date() if date.moment else None,
        date_basis={"feed": "declared"}.get(date.basis, date.basis),
        flags=(date.flag.replace("the feed's", "the letter's"),) if date.flag else (),
    )


def _may_write(name: str) -> bool:
    """A name of several words that is neither an office's nor a house's: "The Morning Tide" has an article."""
    is_house = is_organised(name) or OPENER.match(name) is not None
    return " " in name and not is_house and without_office(name) is None


def _unwrapped(text: str) -> str:
    """Each paragraph on one line again."""
    return "\n\n".join(
        _joined(block) for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n"))
    )


def _joined(block: str) -> str:
    lines = [line.rstrip() for line in block.split("\n")]
    joined: list[str] = []
    before = 0
    for line in lines:
        if _BROKEN <= before <= _WIDEST and not line.startswith((">", "-", "*", "•")):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
        before = len(line)
    return "\n".join(joined)
