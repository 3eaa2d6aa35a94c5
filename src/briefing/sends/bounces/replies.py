"""What readers answer: a wish to leave in words of their own, or something a person must read.

Who wrote is told by structure first: RFC 3834 has programs say so (Auto-Submitted), lists say it by List-Id
and Precedence, reports by their type. Words decide only what a person wants.
"""

import re
import tomllib
from dataclasses import dataclass
from email.utils import parseaddr
from functools import cache
from importlib.resources import files

from briefing.sends.bounces.parts import Mail
from briefing.sends.bounces.prose import is_automatic

#: Programs and lists write these; X-Loop is our own mark on what was handed on.
_MACHINES = ("list-id", "list-unsubscribe", "x-loop", "feedback-id", "x-autoreply")
_MASS = ("bulk", "list", "junk", "auto_reply")
#: Where somebody's own words end and the letter that they answer begins.
_QUOTE = re.compile(
    r"^[ \t]*(?:>|-{2,} ?(?:original|ursprüngliche|forwarded|message d'origine)|_{10,}|"
    r"(?:on|am|le|el|il|op|ar) [^\n]{6,120}(?:\n[^\n]{0,80})?"
    r"(?:wrote|schrieb|écrit|escribió|scritto|schreef|ysgrif\w+)[^\n]{0,80}:[ \t]*$|"
    r"(?:from|von|de|da|van|oddi wrth) ?:[^\n]+@)",
    re.IGNORECASE | re.MULTILINE,
)
_GREETING = re.compile(
    r"\A(?:(?:hi|hello|hey|dear|good (?:morning|day|afternoon|evening)|hallo|guten tag|liebe[rs]?|sehr geehrte\w*|"
    r"bonjour|madame|hola|buenos días|buongiorno|salve|beste|geachte|helo|annwyl)\b[^\n,.!:]{0,40}[,.!:\n]\s*)",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"(?:(?:^|[\s,.!;–-])(?:many thanks|thanks|thank you|thx|cheers|(?:kind |best |warm )?regards|best wishes|"
    r"sincerely|yours|danke\w*|vielen dank|mit freundlichen|mfg|viele grüße|merci(?! de\b)(?: d'avance)?|"
    r"cordialement|gracias|saludos|grazie|cordiali saluti|bedankt|groet\w*|met vriendelijke|diolch)\b.{0,120}|"
    r"\n-- ?\n.*|\n\s*sent from my .*)\Z",
    re.IGNORECASE | re.DOTALL,
)
#: Characters of own words that can be a wish and nothing more.
_LONGEST_WISH = 160
#: Of a message in which own words are looked for, and of own words with greeting and signature.
_LONGEST_LOOK, _LONGEST_SIGNED = 4_000, 800
#: Characters of a subject or name that are handed on.
_LONGEST_LINE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderAnswer:
    """What a person wrote, as far as one can hand it on."""

    #: As it stands in Reply-To or From; empty where it is not an address.
    address: str
    name: str
    subject: str
    text: str


def read_answer(content: bytes) -> ReaderAnswer:
    """What a person wrote; whatever the bytes are, something comes of it."""
    mail = Mail(content)
    headers = mail.headers
    name, address = parseaddr(headers.get("reply-to") or headers.get("from"))
    return ReaderAnswer(
        address=address if "@" in address else "",
        name=_line(name),
        subject=_line(mail.subject) or "a reply without a subject",
        text=mail.text,
    )


def is_person(mail: Mail) -> bool:
    """True when nothing says that a program or a list wrote it."""
    headers = mail.headers
    said = headers.get("auto-submitted").partition(";")[0].strip().lower()
    return not (
        is_automatic(mail)
        or said not in ("", "no")
        or headers.get("precedence").strip().lower() in _MASS
        or any(name in headers for name in _MACHINES)
        or headers.kind.startswith("multipart/report")
        or not (mail.text.strip() or mail.subject.strip())
    )


def asks_to_leave(mail: Mail) -> bool:
    """True when a person's own words say that, and nothing besides."""
    words = own_words(mail)
    subject = mail.subject.strip()
    if _is_wish(subject) and len(words) <= _LONGEST_WISH:
        return True
    return bool(words) and len(words) <= _LONGEST_WISH and _is_wish(words)


def own_words(mail: Mail) -> str:
    """What somebody wrote themselves: without greeting, thanks, signature and the letter they answer."""
    text = mail.text[:_LONGEST_LOOK].strip()
    quote = _QUOTE.search(text)
    own = text[: quote.start()] if quote else text
    before = ""
    while own != before and len(own) <= _LONGEST_SIGNED:
        before = own
        own = _ENDING.sub("", _GREETING.sub("", own.strip())).strip()
    return " ".join(own.split())


def _is_wish(text: str) -> bool:
    said = text.strip(" \t.!,;–-*\"'").lower().replace("’", "'")
    return any(pattern.fullmatch(said) for _, pattern, _ in wishes())


@cache
def wishes() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """The table: language, pattern and example of each way to ask."""
    raw = tomllib.loads((files(__package__) / "leaving.toml").read_text("utf-8"))
    return tuple(
        (row["language"], re.compile(row["pattern"], re.IGNORECASE), row["example"])
        for row in raw["row"]
    )


def _line(text: str) -> str:
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())[:_LONGEST_LINE]
