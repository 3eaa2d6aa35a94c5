"""Fields over a saved text: the head of a mail that was pasted, front matter of a site, an export of a blog."""

import re
from collections.abc import Sequence
from dataclasses import replace
from email.utils import parseaddr
from itertools import takewhile

from briefing.articles.lines.line import ALONE, HEADER_FIELD, RECEIVER, SECTION, Line, line_of
from briefing.articles.lines.line_kind import Classified, LineKind
from briefing.articles.text.dates import date_line
from briefing.articles.vocabulary.bylines import byline, split_names
from briefing.articles.vocabulary.library_marks import NUMBERED
from briefing.articles.vocabulary.lookup import Finder
from briefing.articles.vocabulary.payer_names import is_organised
from briefing.articles.vocabulary.releases import without_office
from briefing.articles.vocabulary.signings import names_alone, signed_with_job
from briefing.model.article import Author

_NAMES = Finder(
    "headers",
    *("title field", "summary field", "writer field", "day field", "change field"),
    *("section field", "address field", "receiver field"),
)
_TEXT = Finder("headers", "library text")
_FIELD = re.compile(r"^:?(?P<name>[^\W\d_][\w .-]{0,28}?)\s?[:：=](?:\s+(?P<value>\S.*))?$")
#: "HD    Ferry sold", "TI  - Ferry sold": codes of two letters, as databases of news and RIS files have them.
_CODED = re.compile(r"^(?P<name>[A-Z][A-Z0-9]{1,2})(?:\t+ *| {2,}(?:- )?)(?P<value>\S.*)$")
_CODE = re.compile(r"^[A-Z][A-Z0-9]$")
#: A list below a field.
_ITEM = re.compile(r"^[-*] (?P<value>\S.*)$")
#: "Hollis, Petra": in catalogues the surname stands first.
_SURNAME_FIRST = re.compile(
    r"^(?P<surname>[^\W\d_][\w’'-]+), (?P<given>[^\W\d_][\w’'.-]*(?: [^\W\d_]\.?)?)$"
)
_FENCE = re.compile(r"^(?:-{3,}|\+{3,}|\*{3,})$")
#: "---------- Forwarded message ----------", "Begin forwarded message:".
ANNOUNCED = re.compile(r"^(?:[-_=*]{3,} ?[^\W\d_][^-_=*]{3,60}[-_=*]{3,}|[^\W\d_][^:]{8,60}:)$")
#: What mail programs set before the subject of what they forward or answer.
_ANSWERED = re.compile(
    r"^(?:(?:fwd?|re|aw|wg|tr|rv|sv|vs|antw|doorst|odp|pd)\s*:\s*)+(?=\S)", re.IGNORECASE
)
_QUOTED = re.compile(r"^(['\"])(?P<words>.*)\1$")
#: A list of TOML or YAML on one line: ["Ada Holm", "Bo Ray"].
_QUOTES_BETWEEN = re.compile(r"(['\"])\s*,\s*\1")
#: What a label says counts wherever it stands: these lines are read as they are.
_TELLING = frozenset(
    {LineKind.DISCLOSURE, LineKind.PAYER, LineKind.SLOT, LineKind.RELEASE, LineKind.MAKER}
)
#: A field with another below it makes a header, when one of them is the title.
_FEWEST = 2
#: Of a name at most, and of what stands over a text: "BODY:", "Full text:".
_NAME_WORDS, _BODY_WORDS = 5, 2
_ORDER = ("title", "label", "address", "section", "summary", "writer", "day", "other", "text")


def header_fields(page: Sequence[Line]) -> list[Line]:
    """Read blocks of fields, of which one is a title, as the head of the text below them.

    The title comes first, then standfirst, by-line and day, whatever their order was; a title that the text
    repeats is taken off. All other fields are put on record.
    """
    lines: list[Line] = []
    at, is_coded, is_closed = 0, False, False
    while at < len(page):
        is_open = at == 0 or not page[at].glued or _FENCE.match(page[at - 1].text)
        end = _end(page, at) if is_open else at
        fields = _read(page[at:end]) or _untitled(page, at, end)
        if fields is None:
            is_code = is_coded and any(
                shape.match(page[at].raw.strip()) for shape in (_CODE, _CODED, NUMBERED)
            )
            alone = _alone(page[at]) if _over_day(page, at) else page[at]
            text = _text_of(page[at]) if is_code and not is_closed else None
            lines.append(text or (filed(page[at].text) if is_code or is_closed else alone))
            is_closed = is_closed or (is_code and _closes(page[at]))
            at += 1
            continue
        is_coded = is_coded or any(_CODED.match(line.raw.strip()) for line in page[at:end])
        lines += fields
        is_closed = False
        at = _skip(page, end, lines, {line.text for line in fields if line.kind is LineKind.TEXT})
    return lines


def _text_of(line: Line) -> Line | None:
    """The text behind the code of a text, where it begins on the code's own line."""
    coded = _CODED.match(line.raw.strip())
    if not coded or not _TEXT.find(coded["name"]):
        return None
    return line_of(coded["value"], coded["value"], glued=False)


def _closes(line: Line) -> bool:
    """The number of a text in coded fields: until the next title all is the library's."""
    coded = _CODED.match(line.raw.strip())
    return NUMBERED.match(coded["value"] if coded else line.text) is not None


def _over_day(page: Sequence[Line], at: int) -> bool:
    """A field that is known, alone with a day below it: "From: The Harbour Office"."""
    line, match = page[at], _FIELD.match(page[at].text)
    if line.kind is not LineKind.TEXT or not match or not match["value"] or at + 1 == len(page):
        return False
    is_dated = page[at + 1].kind is LineKind.DATE and page[at + 1].glued
    return is_dated and _NAMES.find(match["name"]) is not None


def _alone(line: Line) -> Line:
    name, lines = field_of(line)
    is_person = name == "writer" and not any(is_organised(one.name) for one in lines[0].authors)
    return lines[0] if is_person else filed(line.text, ALONE)


def is_field(text: str) -> bool:
    """Whether a line begins with the name of a field that is known: "description:"."""
    match = _FIELD.match(text)
    return match is not None and _NAMES.find(match["name"]) is not None


def _end(page: Sequence[Line], start: int) -> int:
    """Where a block of fields ends: a fence opens and closes it, else a blank line does."""
    fenced = _FENCE.match(page[start].text) is not None
    end = start + 1 if fenced or ANNOUNCED.match(page[start].text) else start
    while end < len(page) and (end == start or page[end].glued or fenced):
        if fenced and _FENCE.match(page[end].text):
            return end + 1
        if not _match(page[end]) and not (fenced and _ITEM.match(page[end].text)):
            return start if fenced else end
        end += 1
    return start if fenced else end


def _read(block: Sequence[Line]) -> list[Line] | None:
    """The block's lines in the order of a head; None where it has no title or nothing else that is known."""
    found = _fields(block) if len(block) >= _FEWEST else []
    known = [name for name, _ in found if name not in ("other", "label")]
    listed = all(line.text.startswith(":") for line in block)
    if ("title" not in known and not listed) or len(known) < _FEWEST:
        return None
    ordered = sorted(found, key=lambda one: _ORDER.index(one[0]))
    return [line for _, lines in ordered for line in lines]


def _untitled(page: Sequence[Line], start: int, end: int) -> list[Line] | None:
    """Address and writer or day over a headline, the fields of a story without one for its title."""
    if end - start < _FEWEST or end + 1 >= len(page):
        return None
    found = _fields(page[start:end])
    known = {name for name, _ in found}
    is_head = page[end].is_headline and any(line.is_prose for line in page[end + 1 : end + 4])
    if "address" not in known or not known & {"writer", "day"} or not is_head:
        return None
    return [line for _, lines in found for line in lines]


def _fields(block: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """The fields of a block; items below a name without a value are its values."""
    found: list[tuple[str, list[Line]]] = []
    for at, line in enumerate(block):
        items = takewhile(bool, (_ITEM.match(below.text) for below in block[at + 1 :]))
        values = [_unquoted(item["value"]).strip("[]") for item in items if item]
        found.append(field_of(line, ", ".join(values)))
    return found


def _match(line: Line) -> re.Match[str] | None:
    return _CODED.match(line.raw.strip()) or _FIELD.match(line.text)


def field_of(line: Line, listed: str = "") -> tuple[str, list[Line]]:
    """Which field of a head a line is, and the lines that it becomes; its value may be a list below it."""
    match = _match(line)
    value = (_unquoted(match["value"] or "") or listed) if match else ""
    if not match or not value:
        return "other", [filed(line.text)]
    if line.kind in _TELLING:
        return "label", [replace(line, raw=line.text, glued=False)]
    read = line_of(value, value, glued=False)
    if read.kind in _TELLING:
        return "label", [filed(f"{match['name']}:"), read]
    if text := _text_of(line):
        return "text", [text]
    row = _NAMES.find(match["name"])
    name = row.name.partition(" ")[0] if row else "other"
    return _TAKERS.get(name, _other)(line.text, match["name"], read)


def _unquoted(value: str) -> str:
    found = _QUOTED.match(value)
    return found["words"] if found else value


def filed(text: str, reason: str = HEADER_FIELD) -> Line:
    """A line that is put on record and says nothing of the piece."""
    return line_of(text, text, glued=True, known=Classified(LineKind.FURNITURE, reason))


def _other(text: str, _name: str, _value: Line) -> tuple[str, list[Line]]:
    return "other", [filed(text)]


def _title(_text: str, name: str, value: Line) -> tuple[str, list[Line]]:
    title = _ANSWERED.sub("", value.text)
    words = line_of(title, title, glued=False, known=Classified())
    return "title", [filed(f"{name}:"), words]


def _summary(_text: str, name: str, value: Line) -> tuple[str, list[Line]]:
    return "summary", _title("", name, value)[1]


def _writer(text: str, _name: str, value: Line) -> tuple[str, list[Line]]:
    authors = _named(value.text)
    if not authors:
        return "other", [filed(text)]
    return "writer", [line_of(text, text, True, Classified(LineKind.BYLINE, evidence=authors))]  # noqa: FBT003


def _named(value: str) -> tuple[Author, ...]:
    """Whom a field names: a person as a by-line has one, or a name next to an address of mail."""
    name = (parseaddr(value)[0] or value) if "@" in value else value
    name = _QUOTES_BETWEEN.sub(", ", name.strip("[]\"' "))
    if ";" in name and not any(_SURNAME_FIRST.match(one.strip()) for one in name.split(";")):
        name = name.replace(";", ",")
    if (turned := _SURNAME_FIRST.match(name)) or ";" in name:
        parts = (
            [turned] if turned else [_SURNAME_FIRST.match(one.strip()) for one in name.split(";")]
        )
        return tuple(
            Author(name=f"{one['given']} {one['surname']}", raw=value) for one in parts if one
        )
    if not name or "@" in name or without_office(name) is not None:
        return ()
    found = byline(name) or byline(f"By {name}") or signed_with_job(name) or names_alone(name)
    if found:
        return tuple(replace(one, raw=value) for one in found)
    plain = name.count(" ") < _NAME_WORDS and not any(sign.isdigit() for sign in name)
    if not plain or name.islower():
        return ()
    return tuple(Author(name=one, raw=value) for one in split_names(name) if " " in one)


def _day(text: str, _name: str, value: Line) -> tuple[str, list[Line]]:
    days = date_line(value.text) or (value.facts.day, None)
    kind = Classified(LineKind.DATE, evidence=days) if days[0] else None
    if kind is None:
        return "other", [filed(text)]
    return "day", [line_of(text, text, glued=True, known=kind)]


def _change(text: str, _name: str, value: Line) -> tuple[str, list[Line]]:
    day = value.facts.day
    if day is None:
        return "other", [filed(text)]
    return "day", [line_of(text, text, True, Classified(LineKind.DATE, evidence=(None, day)))]  # noqa: FBT003


def _section(_text: str, name: str, value: Line) -> tuple[str, list[Line]]:
    section = value.text.strip("[]").partition(";")[0]
    return "section", [filed(f"{name}:"), filed(section, SECTION)]


def _receiver(text: str, _name: str, _value: Line) -> tuple[str, list[Line]]:
    return "other", [filed(text, RECEIVER)]


def _address(text: str, name: str, value: Line) -> tuple[str, list[Line]]:
    if value.kind is not LineKind.ADDRESS:
        return "other", [filed(text)]
    return "address", [filed(f"{name}:"), replace(value, glued=True)]


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
            lines.append(filed(line.text, "headline printed twice"))
        elif match and not match["value"] and (line.text.isupper() or line.words <= _BODY_WORDS):
            lines.append(filed(line.text))
        elif line.reason == "separator":
            lines.append(line)
        else:
            break
        at += 1
    return at
