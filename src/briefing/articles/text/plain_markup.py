"""AsciiDoc, Org and quoted mail: marks of writing programs, taken off or turned into fields over a text."""

import re

_TITLE = re.compile(r"^= (?P<words>\S.*)$")
#: "Ned Orr <ned@pier.example>", "v1.0, 2026-11-21", "2026-11-21": the lines under an AsciiDoc title.
_WRITER = re.compile(r"^(?P<name>[^\W\d_][^<>:]{2,60}?)(?: <[^<>\s]{3,80}>)?$")
_REVISION = re.compile(r"^(?:v[\d.]+, ?)?(?P<day>\d{4}-\d\d-\d\d)\b.*$")
_ATTRIBUTE = re.compile(r"^:[\w!-]+:(?: .*)?$")
_ASCIIDOC = (
    (re.compile(r"^={2,6} (?=\S)"), ""),
    (re.compile(r"^\[[^\[\]]{1,80}\]$|^(?:-{4,}|={4,}|_{4,}|\*{4,})$|^//.*$"), ""),
    (re.compile(r"^\.(?=[^\W\d_])"), ""),
    (re.compile(r"(?:link:|(?=https?:))\S{4,300}?\[(?P<words>[^\[\]]{1,200})\]"), r"\g<words>"),
)
_KEYWORD = re.compile(r"^#\+(?P<name>\w+):\s*(?P<value>.*)$")
_ORG = (
    (re.compile(r"^\*+ (?=\S)"), ""),
    (re.compile(r"\[\[[^\[\]]{1,300}\]\[(?P<words>[^\[\]]{1,200})\]\]"), r"\g<words>"),
    (re.compile(r"^#\+\w+.*$"), ""),
)
_FIELDS = frozenset({"title", "subtitle", "author", "date"})
_QUOTE = re.compile(r"^> ?")
#: So many lines in a row with the sign of a quotation, up to the end, are a mail below a note.
_FEWEST = 5


def from_asciidoc(text: str) -> str:
    """The text of an AsciiDoc document, its header as fields; every other text as it is.

    Source: AsciiDoc language documentation, document header: title, author line, revision line, attributes.
    """
    lines = text.lstrip("\n").split("\n")
    title = _TITLE.match(lines[0])
    if not title:
        return text
    end = next((at for at, line in enumerate(lines) if not line.strip()), len(lines))
    header = lines[1:end]
    if not any(_ATTRIBUTE.match(line) or _REVISION.match(line) for line in header):
        return text
    fields = [f"title: {title['words']}"]
    for line in header:
        if day := _REVISION.match(line):
            fields.append(f"date: {day['day']}")
        elif (name := _WRITER.match(line)) and len(fields) == 1:
            fields.append(f"author: {name['name']}")
    return "\n".join([*fields, *_without(lines[end:], _ASCIIDOC)])


def from_org(text: str) -> str:
    """The text of an Org document, its keywords as fields; every other text as it is.

    Source: Org manual, 13.2 (export settings) and 4.2 (link format).
    """
    lines = text.lstrip("\n").split("\n")
    keys = [_KEYWORD.match(line) for line in lines]
    if not any(key and key["name"].lower() == "title" for key in keys):
        return text
    named = [key for key in keys if key and key["name"].lower() in _FIELDS]
    fields = [f"{key['name'].lower()}: {key['value'].strip('<> ')}" for key in named]
    rest = [line for line, key in zip(lines, keys, strict=True) if key is None]
    return "\n".join([*fields, "", *_without(rest, _ORG)])


def _without(lines: list[str], marks: tuple[tuple[re.Pattern[str], str], ...]) -> list[str]:
    for mark, words in marks:
        lines = [mark.sub(words, line) for line in lines]
    return lines


def unquoted_mail(text: str) -> str:
    """The text without the signs of quotation before each line of a mail that ends it."""
    lines = text.rstrip().split("\n")
    first = len(lines)
    while first and _QUOTE.match(lines[first - 1]):
        first -= 1
    if not first or len(lines) - first < _FEWEST:
        return text
    return "\n".join([*lines[:first], *(_QUOTE.sub("", line) for line in lines[first:])])
