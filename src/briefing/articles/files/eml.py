"""A saved letter → a page: a press release or newsletter that came by mail, as an .eml file."""

import html
import re
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.policy import default
from email.utils import parseaddr

from briefing.articles.text.feed_dates import read_date
from briefing.clock import utc_now
from briefing.errors import PageRefused
from briefing.model.page import Declared, Page

_FORWARDED = re.compile(r"^(?:(?:fwd?|re|aw|wg|tr)\s*:\s*)+", re.IGNORECASE)
_HEADING = re.compile(r"<h1\b", re.IGNORECASE)
_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
#: Mail programs break lines at 72 or so; a line this long goes on in the next.
_BROKEN, _WIDEST = 50, 80


def mail_page(page: Page) -> Page:
    """The text of a letter as a page, with subject, sender and date as the letter declares them.

    The HTML part is taken where there is one, because its paragraphs are paragraphs.

    Raises:
        PageRefused: when the bytes are no letter, or it has no text.
    """
    try:
        letter = message_from_bytes(page.body, _class=EmailMessage, policy=default)
        part = letter.get_body(("html", "plain"))
        text = _text(part) if part is not None else ""
        said = _declared(letter)
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
    if not text.strip():
        raise PageRefused(
            f"{page.name}: this letter has no text; save what is attached to it as a page.",
            page=page.name,
        )
    is_html = part is not None and part.get_content_subtype() == "html"
    headline = said.headline or ""
    body = _titled(text, headline) if is_html else f"{headline}\n\n{_unwrapped(text)}"
    return Page(
        name=page.name,
        body=body.encode(errors="replace"),
        media_type="text/html" if is_html else "text/plain",
        source=page.source,
        fetched_at=page.fetched_at,
        declared=said,
    )


def _text(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError):  # a charset nobody knows
        payload = part.get_payload(decode=True)
        return payload.decode("utf-8", errors="replace") if isinstance(payload, bytes) else ""


def _declared(letter: EmailMessage) -> Declared:
    date = read_date(str(letter.get("date", "")), utc_now())
    name, _ = parseaddr(str(letter.get("from", "")))
    subject = " ".join(str(letter.get("subject", "")).split())
    return Declared(
        headline=_FORWARDED.sub("", subject) or None,
        authors=(name,) if " " in name else (),
        published=date.moment.date() if date.moment else None,
        date_basis={"feed": "declared"}.get(date.basis, date.basis),
        flags=(date.flag.replace("the feed's", "the letter's"),) if date.flag else (),
    )


def _titled(text: str, headline: str) -> str:
    if _HEADING.search(text) or not headline:
        return text
    heading = f"<h1>{html.escape(headline)}</h1>"
    body = _BODY.search(text)
    place = body.end() if body else 0
    return f"{text[:place]}{heading}{text[place:]}" if body else f"<body>{heading}{text}</body>"


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
