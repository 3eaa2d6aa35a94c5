"""Markdown: marks in a text that say how it is to look, taken off where a page is written in it."""

import re

from briefing.model.article import Picture

_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(?P<words>\S.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_QUOTE = re.compile(r"^ {0,3}>[ \t]?(?=\S)", re.MULTILINE)
#: How a line that shows a picture is put on record.
PICTURE = "picture"
_PICTURE = re.compile(
    r"!\[(?P<alt>[^\[\]\n]{0,300})\]\((?P<address>[^()\s]{1,400})(?:[ \t]+\"[^\"\n]{0,300}\")?\)"
)
#: A picture that is a link: "[![alt](picture.jpg)](page)".
_LINKED_PICTURE = re.compile(rf"\[\s*(?P<picture>{_PICTURE.pattern})\s*\]\([^()\s]{{0,400}}\)")
#: "<https://harle.example>".
_ADDRESS = re.compile(r"<(?P<address>https?://[^\s<>]{1,400})>")
_LINK = re.compile(
    r"(?<!!)\[(?P<words>[^\[\]\n]{1,300})\]\((?:https?://|mailto:|/|#)[^()\s]{0,400}(?: \"[^\"\n]{0,300}\")?\)"
)
_STRONG = re.compile(
    r"(?<![\w*_\\])(?P<mark>\*\*\*|\*\*|__)(?=\S)(?P<words>[^\n]{1,240}?)(?<=\S)(?P=mark)(?![\w*_])"
)
_STRESSED = re.compile(
    r"(?<![\w*_\\])(?P<mark>[*_])(?=[^\s*_])(?P<words>[^\n*]{1,240}?)(?<=[^\s*_\\])(?P=mark)(?![\w*_])"
)
#: A question of an interview, a heading.
_STRONG_LINE = re.compile(r"^\*\*[^*\n]{2,300}\*\*$", re.MULTILINE)
#: "[^1]: Agenda item 7.", "[1]: https://harle.example": what notes and links refer to.
_DEFINITION = re.compile(
    r"^ {0,3}\[(?:\^[\w-]{1,30}\]:[ \t]+\S.*|[^\[\]\n]{1,60}\]:[ \t]+<?https?://\S+.*)$",
    re.MULTILINE,
)
_NOTE_MARK = re.compile(r"\[\^[\w-]{1,30}\]")
#: "[words][1]".
_REFERRING = re.compile(r"\[(?P<words>[^\[\]\n]{1,300})\]\[[^\[\]\n]{0,60}\]")
_ESCAPED = re.compile(r"\\(?=[*_#\[\]>`])")
#: So many kinds of marks show that a text is written in it; a heading over the text shows it alone.
_KINDS = 2


def is_markdown(text: str) -> bool:
    """True for a text that opens with a marked heading, or has marks of two kinds."""
    if not any(sign in text for sign in ("# ", "**", "](", "__", "> ")):
        return False
    first = _HEADING.match(text.lstrip("\n"))
    if first and " " in first["words"]:
        return True
    if len(_STRONG_LINE.findall(text)) >= _KINDS:
        return True
    kinds = (_HEADING, _QUOTE, _LINK, _PICTURE, _STRONG)
    return sum(bool(kind.search(text)) for kind in kinds) >= _KINDS


def plain(text: str) -> str:
    """The words of a text that is written in Markdown; every other text as it is."""
    return without_marks(text) if is_markdown(text) else text


def without_marks(text: str) -> str:
    """The words of a text in Markdown; a picture's stay as they are written, on a line of their own."""
    text = _HEADING.sub(lambda found: found["words"], text)
    text = _QUOTE.sub("", text)
    if _DEFINITION.search(text):
        text = _NOTE_MARK.sub("", _DEFINITION.sub("", text))
        text = _REFERRING.sub(lambda found: found["words"], text)
    text = _LINKED_PICTURE.sub(lambda found: found["picture"], text)
    text = _ADDRESS.sub(lambda found: found["address"], text)
    text = _LINK.sub(lambda found: found["words"], text)
    for marks in (_STRONG, _STRESSED):
        text = marks.sub(lambda found: found["words"], text)
    return _ESCAPED.sub("", text)


def shown_picture(line: str) -> Picture | None:
    """The picture that a line shows, where its address says where it is."""
    found = _PICTURE.fullmatch(line)
    if found is None or not found["address"].startswith(("https://", "http://")):
        return None
    return Picture(url=found["address"], alt=found["alt"].strip(), origin="Markdown")


def is_picture(line: str) -> bool:
    """True for a line that shows a picture and says nothing else."""
    return line.startswith("![") and bool(_PICTURE.fullmatch(line))
