"""Reports in words only → what failed. Each way to write one is a file in `formats/`.

A file says by which words a form is `known`, where in it the words about the recipients `begins`,
and which words mean that the letter is only `delayed`; its `example` is a test. What stands after
the words `Below is a copy` and the like, or where header fields begin, is the returned letter.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from briefing.sends.bounces.failure import Action, Failure
from briefing.sends.bounces.parts import Mail

_COPY = re.compile(
    r"^[ \t>*|-]*(?:below this line|(?:this is|below is|here is|included is|attached is|following is|"
    r"what follows is)[^\n]{0,30}\bcop(?:y|ies)\b|[^\n]{0,40}\b(?:original|returned|unsent|undelivered|"
    r"non-delivered|rejected|bounced|your)\b[^\n]{0,15}\b(?:message|mail|letter|e-mail)\b[^\n]{0,12}"
    r"\b(?:follows?|headers?|is following|begins|text)\b|-{2,}[^\n]{0,30}\b(?:original|returned|unsent)\b"
    r"[^\n]{0,20}\b(?:message|mail)\b|message headers? follow|[^\n]{0,10}header of the (?:original )?message|"
    r"original message|-{3,} ?(?:original|returned) message|original message headers)[^\n]*$"
    r"|^(?:received|return-path|dkim-signature|x-received|delivered-to|arc-seal)[ \t]*:"
    r"|^(?:from|to|subject|date)[ \t]*:[^\n]*\n(?:[^\n]*\n){0,3}?message-id[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
#: What a relay was asked says nothing, and names addresses; a line with a reply in it is not a question.
_ASKED = re.compile(r"^[ \t]*>>>(?![^\n]*:[ \t]*[45]\d\d\b)[^\n]*$", re.MULTILINE)
_DAEMON = re.compile(
    r"mailer[-_]?daemon|mail[-_]?daemon|post[-_]?master|mail(?:er)? (?:delivery|system|admin)|mailsystem|"
    r"system admin|mail deliver|no-?reply|bounce|mdaemon|mailservice|staff@",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"\bout[ -]of[ -](?:the[ -])?office|\bauto(?:matic)?[ -]?(?:reply|response|respon)|^auto\s*:|\bvacation\b|"
    r"\bholiday\b|\baway from\b|abwesen|automatische antwort|r[ée]ponse automatique|absence|respuesta "
    r"autom|risposta automatica|\bfuera de\b|autosvar|автоответ|自動応答|自動返信|不在",
    re.IGNORECASE,
)
#: A whole subject by which somebody says so; "Out of office hours" and "On holiday with the minister" go on.
_GONE = re.compile(
    r"\W{0,3}(?:(?:i am|i[’']m|we are|(?:[^\W\d_]+ ){1,2}is|ich bin|je suis|estoy|sono) )?"
    r"(?:(?:currently|now|zurzeit) )?"
    r"(?:out[ -]of[ -](?:(?:the|my)[ -])?office|away from (?:the |my )?(?:office|desk|e?-?mail)|"
    r"on (?:annual )?leave|on (?:vacation|holidays?)|abwesend|abwesenheits\w+|nicht im büro|"
    r"absente?(?: du bureau)?|message d[’']absence|en vacances|"
    r"fuera de (?:la )?oficina|de vacaciones|fuori (?:sede|ufficio)|in ferie)"
    r"(?:\s*[.!:：(–—-]|,? (?:until|till|from|between|through|to|notice|notification|message)\b|"
    r",? (?:bis|vom|ab|jusqu[’']|du|hasta|desde|fino|dal)\b|,? \d|\s*$)",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"\s*(?:re|aw|sv|antw|rif|ref|odp|vs|r|tr|fwd?|wg)\s*(?:\[\d+\])?\s*:", re.IGNORECASE
)
_AUTO = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-mail-autoreply")
_CODE = re.compile(r"(?<![\d.])[45]\d\d[ -]|(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?!\.?\d)")
_FORMATS = (
    "qmail",
    "dragonfly",
    "opensmtpd",
    "google",
    "exchange",
    "domino",
    "ses",
    "mailru",
    "gmx",
    "yahoo",
    "dovecot",
    "exim",
    "sendmail",
    "postfix",
    "other",
)
#: Characters of a text about its recipients that are looked at, and recipients of one report.
_MOST, _MOST_RECIPIENTS = 2_500, 12
#: A line that begins with the address which the lines after it are about.
_ADDRESSED = re.compile(
    r"^[ \t*>]{0,8}[<\"']?[^\s<>\"'@:]{1,64}@[^\s<>\"'@:]{1,255}[>\"']?(?=\s|:|$)", re.MULTILINE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One way to report in words."""

    name: str
    known: re.Pattern[str]
    #: After which the words about the recipients stand; the whole text where it is not found.
    begins: re.Pattern[str]
    #: None where the program never reports a delay.
    delayed: re.Pattern[str] | None
    example: str
    reason: str


@cache
def formats() -> tuple[Format, ...]:
    """All of them, in the order in which they are tried."""
    folder = files(__package__) / "formats"
    return tuple(_format(name, (folder / f"{name}.toml").read_text("utf-8")) for name in _FORMATS)


def _format(name: str, written: str) -> Format:
    raw = tomllib.loads(written)
    patterns = {
        key: re.compile(raw[key], re.IGNORECASE) if key in raw else None
        for key in ("known", "begins", "delayed")
    }
    known, begins = patterns["known"], patterns["begins"]
    assert known is not None
    assert begins is not None
    return Format(
        name=name,
        known=known,
        begins=begins,
        delayed=patterns["delayed"],
        example=raw["example"],
        reason=raw["reason"],
    )


def failures(mail: Mail) -> Iterator[Failure]:
    """What a report in words says; nothing where the message is not one."""
    text = told(mail.text)
    heard = f"{mail.subject}\n{text}"
    if not is_automatic(mail) or is_away(mail):
        return
    for form in formats():
        if form.known.search(heard):
            yield from _failures(form, mail, text)
            return
    if "x-failed-recipients" in mail.headers or _CODE.search(text):
        yield from _failures(formats()[-1], mail, text)


def words(mail: Mail) -> str:
    """What stands in a report's text about its recipients."""
    text = told(mail.text)
    return next((_about(form, text) for form in formats() if form.known.search(text)), text)[:_MOST]


def words_about(recipient: str, mail: Mail) -> str:
    """What stands in a report's text about one of its recipients; empty where it does not name them."""
    found = (one.said for one in failures(mail) if recipient and recipient in one.said)
    return next(found, "").strip()


def _about(form: Format, text: str) -> str:
    found = form.begins.search(text)
    rest = text[found.end() :] if found else ""
    return _ASKED.sub("", rest if rest.strip() else text)


def _failures(form: Format, mail: Mail, text: str) -> Iterator[Failure]:
    is_late = form.delayed is not None and form.delayed.search(f"{mail.subject}\n{text}")
    said = _about(form, text)[: _MOST * 2]
    starts = [found.start() for found in _ADDRESSED.finditer(said)][:_MOST_RECIPIENTS]
    starts = starts or [0]
    for start, end in zip(starts, [*starts[1:], len(said)], strict=True):
        yield Failure(
            action=Action.DELAYED if is_late else Action.FAILED,
            recipient=mail.headers.get("x-failed-recipients"),
            said=said[start:end][:_MOST],
            beside=mail.subject,
        )


def told(text: str) -> str:
    """What somebody says himself, without the copy of the letter."""
    found = _COPY.search(text)
    return text[: found.start()] if found and found.start() else text


def is_automatic(mail: Mail) -> bool:
    """True when a program wrote this, as far as one can see."""
    headers = mail.headers
    sender = headers.get("from") or headers.get("sender")
    return (
        "x-failed-recipients" in headers
        or headers.get("return-path").strip() in ("<>", "< >")
        or not sender
        or bool(_DAEMON.search(sender))
        or bool(formats()[-1].known.search(mail.subject))
    )


def is_away(mail: Mail) -> bool:
    """True for the answer of somebody who is away (RFC 3834), which says nothing of the address."""
    headers = mail.headers
    if "x-failed-recipients" in headers or headers.get("content-type").lower().startswith(
        "multipart/report"
    ):
        return False
    said = headers.get("auto-submitted").lower() + headers.get("precedence").lower()
    # CommuniGate Pro says Reply, Mirror or Forward; the other two pass on whatever came.
    said += "auto_reply" if headers.get("x-autogenerated").lower().startswith("reply") else ""
    if any(name in headers for name in _AUTO) or "vacation" in said or "auto_reply" in said:
        return True
    by_program = headers.get("auto-submitted").lower().startswith("auto-replied")
    # RFC 3834 has a responder name the letter that it answers (3.1.5), with an empty return path (3.3).
    is_response = "in-reply-to" in headers and not _DAEMON.search(headers.get("from"))
    if by_program and (is_response or not is_automatic(mail)):
        return True
    return _is_away_by_subject(mail, by_program=by_program)


def _is_away_by_subject(mail: Mail, *, by_program: bool) -> bool:
    """By its subject alone: people write of holidays as well, and programs in words of their own."""
    # An answer to a letter about holidays is a person's, unless a program says that it wrote it.
    if _ANSWER.match(mail.subject) and not by_program:
        return False
    if _opens_on("programs").match(mail.subject) or _GONE.match(mail.subject):
        return True
    if by_program or is_automatic(mail):
        return bool(_AWAY.search(mail.subject))
    # "Frånvaro: rektorn svarar" is a headline too; who answers a letter by hand has "Re:" before it.
    return "in-reply-to" in mail.headers and bool(_opens_on("absences").match(mail.subject))


@cache
def _opens_on(table: str) -> re.Pattern[str]:
    """What mail programs set before the subject that they answer for somebody, by one of the tables."""
    rows = tomllib.loads((files(__package__) / "away.toml").read_text("utf-8"))[table]
    said = "|".join(re.escape(prefix) for prefixes in rows.values() for prefix in prefixes)
    return re.compile(rf"\W{{0,3}}(?:{said})\s*(?:[:：]|$)", re.IGNORECASE)
