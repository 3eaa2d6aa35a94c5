"""What a browser of the terminal adds to a page: a number before each link, and the addresses below the text."""

import re

_HEADING = re.compile(r"^ *[^\W\d_][\w ]{2,20}:?$")
_REFERENCE = re.compile(
    r"^ *\[?(?P<number>\d{1,4})[\].] +(?:https?|mailto|file|ftp|javascript):\S+ *$"
)
_MARK = re.compile(r"\[(?P<number>\d{1,4})\](?! ?\()")
#: A picture without words for it: "[bench.jpg]".
_PICTURE = re.compile(r"\[[\w.%+-]{1,80}\.(?:jpe?g|png|gif|webp|svg)\]", re.IGNORECASE)
#: So many addresses at the end are more than a text's own notes.
_FEWEST = 2


def without_references(text: str) -> str:
    """The text without the numbers of its links and the list of their addresses at its end.

    Source: Lynx users guide, `-dump` and `-listonly`: numbers before links, and "References" below.
    """
    lines = text.rstrip().split("\n")
    first = len(lines)
    while first and (not lines[first - 1].strip() or _REFERENCE.match(lines[first - 1])):
        first -= 1
    found = (_REFERENCE.match(line) for line in lines[first:])
    numbers = {match["number"] for match in found if match}
    if len(numbers) < _FEWEST or not first or not _HEADING.match(lines[first - 1]):
        return text
    return "\n".join(_unmarked(line, numbers) for line in lines[: first - 1])


def _unmarked(line: str, numbers: set[str]) -> str:
    if "[" not in line:
        return line
    return _PICTURE.sub("", _MARK.sub(lambda at: "" if at["number"] in numbers else at[0], line))
