"""Fields over a saved text: the head of a mail that was pasted, front matter of a site, an export of a blog."""

import re
from collections.abc import Sequence
from dataclasses import replace
from email.utils import parseaddr

from briefing.articles.lines.line import Line, line_of
from briefing.articles.lines.line_kind import Classified, LineKind, classify
from briefing.articles.text.dates import date_line, first_date
from briefing.articles.vocabulary.bylines import byline, split_names
from briefing.articles.vocabulary.lookup import Finder
from briefing.articles.vocabulary.releases import without_office
from briefing.articles.vocabulary.signings import names_alone, signed_with_job
from briefing.model.article import Author

#: How a header's line that says nothing of the piece is put on record.
HEADER_FIELD = "header field"
#: How the name of a site's section is.
SECTION = "section"
#: How the line is put on record that says to whom a mail went.
RECEIVER = "receiver of the mail"
_NAMES = Finder(
    "headers",
    *("title field", "summary field", "writer field", "day field", "change field"),
    *("section field", "address field", "receiver field"),
)
_FIELD = re.compile(r"^:?(?P<name>[^\W\d_][\w .-]{0,28}?)\s?[:：=](?:\s+(?P<value>\S.*))?$")
#: A list below a field.
_ITEM = re.compile(r"^[-*] \S")
_FENCE = re.compile(r"^(?:-{3,}|\+{3,}|\*{3,})$")
#: "---------- Forwarded message ----------", "Begin forwarded message:".
_ANNOUNCED = re.compile(r"^(?:[-_=*]{3,} ?[^\W\d_][^-_=*]{3,60}[-_=*]{3,}|[^\W\d_][^:]{8,60}:)$")
#: What mail programs set before the subject of what they forward or answer.
_ANSWERED = re.compile(
    r"^(?:(?:fwd?|re|aw|wg|tr|rv|sv|vs|antw|doorst|odp|pd)\s*:\s*)+(?=\S)", re.IGNORECASE
)
_QUOTED = re.compile(r"^(['\"])(?P<words>.*)\1$")
#: What a label says counts wherever it stands: these lines are read as they are.
_TELLING = frozenset(
    {LineKind.DISCLOSURE, LineKind.PAYER, LineKind.SLOT, LineKind.RELEASE, LineKind.MAKER}
)
#: A field with another below it makes a header, when one of them is the title.
_FEWEST = 2
_NAME_WORDS = 5
_ORDER = ("title", "label", "address", "section", "summary", "writer", "day", "other")


def header_fields(page: Sequence[Line]) -> list[Line]:
    """Read blocks of fields, of which one is a title, as the head of the text below them.

    The title comes first, then standfirst, by-line and day, whatever their order was; a title that the text
    repeats is taken off. All other fields are put on record.
    """
    lines: list[Line] = []
    at = 0
    while at < len(page):
        end = _end(page, at) if not page[at].glued or _opens(page, at) else at
        fields = _read(page[at:end])
        if fields is None:
            lines.append(page[at])
            at += 1
            continue
        lines += fields
        at = _skip(page, end, lines, {line.text for line in fields if line.kind is LineKind.TEXT})
    return lines


def _opens(page: Sequence[Line], at: int) -> bool:
    return at == 0 or _FENCE.match(page[at - 1].text) is not None


def _end(page: Sequence[Line], start: int) -> int:
    """Where a block of fields ends: a fence opens and closes it, else a blank line does."""
    fenced = _FENCE.match(page[start].text) is not None
    end = start + 1 if fenced or _ANNOUNCED.match(page[start].text) else start
    while end < len(page) and (end == start or page[end].glued or fenced):
        if fenced and _FENCE.match(page[end].text):
            return end + 1
        if not _FIELD.match(page[end].text) and not (fenced and _ITEM.match(page[end].text)):
            return start if fenced else end
        end += 1
    return start if fenced else end


def _read(block: Sequence[Line]) -> list[Line] | None:
    """The block's lines in the order of a head; None where it has no title or nothing else that is known."""
    found = [_field(line) for line in block]
    known = [name for name, _ in found if name not in ("other", "label")]
    listed = all(line.text.startswith(":") for line in block)
    if ("title" not in known and not listed) or len(known) < _FEWEST:
        return None
    ordered = sorted(found, key=lambda one: _ORDER.index(one[0]))
    return [line for _, lines in ordered for line in lines]


def _field(line: Line) -> tuple[str, list[Line]]:
    """Which field of a head a line is, and the lines that it becomes."""
    match = _FIELD.match(line.text)
    value = _unquoted(match["value"] or "") if match else ""
    if not match or not value:
        return "other", [_filed(line.text)]
    for told in (line.text, value):
        if (kind := classify(told)).kind in _TELLING:
            named = [] if told == line.text else [_filed(f"{match['name']}:")]
            return "label", [*named, line_of(told, told, glued=False, known=kind)]
    row = _NAMES.find(match["name"])
    name = row.name.partition(" ")[0] if row else "other"
    return _TAKERS.get(name, _other)(line.text, match["name"], value)


def _unquoted(value: str) -> str:
    found = _QUOTED.match(value)
    return found["words"] if found else value


def _filed(text: str, reason: str = HEADER_FIELD) -> Line:
    return line_of(text, text, glued=True, known=Classified(LineKind.FURNITURE, reason))


def _other(text: str, _name: str, _value: str) -> tuple[str, list[Line]]:
    return "other", [_filed(text)]


def _title(_text: str, name: str, value: str) -> tuple[str, list[Line]]:
    value = _ANSWERED.sub("", value)
    words = line_of(value, value, glued=False, known=Classified())
    return "title", [_filed(f"{name}:"), words]


def _summary(_text: str, name: str, value: str) -> tuple[str, list[Line]]:
    return "summary", _title("", name, value)[1]


def _writer(text: str, _name: str, value: str) -> tuple[str, list[Line]]:
    authors = _named(value)
    if not authors:
        return "other", [_filed(text)]
    known = Classified(LineKind.BYLINE, evidence=authors)
    return "writer", [line_of(text, text, glued=True, known=known)]


def _named(value: str) -> tuple[Author, ...]:
    """Whom a field names: a person as a by-line has one, or a name next to an address of mail."""
    name = (parseaddr(value)[0] or value) if "@" in value else value
    name = name.strip("[]\"' ")
    if not name or "@" in name or without_office(name) is not None:
        return ()
    found = byline(f"By {name}") or signed_with_job(name) or names_alone(name)
    if found:
        return tuple(replace(one, raw=value) for one in found)
    plain = name.count(" ") < _NAME_WORDS and not any(sign.isdigit() for sign in name)
    if not plain or name.islower():
        return ()
    return tuple(Author(name=one, raw=value) for one in split_names(name) if " " in one)


def _day(text: str, _name: str, value: str) -> tuple[str, list[Line]]:
    days = date_line(value) or (first_date(value), None)
    kind = Classified(LineKind.DATE, evidence=days) if days[0] else None
    if kind is None:
        return "other", [_filed(text)]
    return "day", [line_of(text, text, glued=True, known=kind)]


def _change(text: str, _name: str, value: str) -> tuple[str, list[Line]]:
    day = first_date(value)
    if day is None:
        return "other", [_filed(text)]
    known = Classified(LineKind.DATE, evidence=(None, day))
    return "day", [line_of(text, text, glued=True, known=known)]


def _section(_text: str, name: str, value: str) -> tuple[str, list[Line]]:
    return "section", [_filed(f"{name}:"), _filed(value.strip("[]"), SECTION)]


def _receiver(text: str, _name: str, _value: str) -> tuple[str, list[Line]]:
    return "other", [_filed(text, RECEIVER)]


def _address(text: str, name: str, value: str) -> tuple[str, list[Line]]:
    kind = classify(value)
    if kind.kind is not LineKind.ADDRESS:
        return "other", [_filed(text)]
    return "address", [_filed(f"{name}:"), line_of(value, value, glued=True, known=kind)]


_TAKERS = {
    "title": _title,
    "summary": _summary,
    "writer": _writer,
    "day": _day,
    "change": _change,
    "section": _section,
    "address": _address,
    "receiver": _receiver,
}


def _skip(page: Sequence[Line], at: int, lines: list[Line], titles: set[str]) -> int:
    """Put what stands between a header and its text on record: rules, "BODY:", the title once more."""
    while at < len(page):
        line, match = page[at], _FIELD.match(page[at].text)
        if line.text in titles:
            lines.append(_filed(line.text, "headline printed twice"))
        elif match and not match["value"] and line.text.isupper():
            lines.append(_filed(line.text))
        elif line.reason == "separator":
            lines.append(line)
        else:
            break
        at += 1
    return at
