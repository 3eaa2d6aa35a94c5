"""Comments left in a document, as Google Docs writes them into a text: "[a]" in it, "[a]Check this" below."""

import re

_COMMENT = re.compile(r"^\[(?P<mark>[a-z]{1,2})\](?=\S)")
_FIRST = "a"


def without_comments(text: str) -> str:
    """The text without the comments below it and their marks; they are lettered from the first."""
    lines = text.rstrip().split("\n")
    end = len(lines)
    while end and (_COMMENT.match(lines[end - 1]) or not lines[end - 1].strip()):
        end -= 1
    marks = [found["mark"] for line in lines[end:] if (found := _COMMENT.match(line))]
    if not marks or marks[0] != _FIRST:
        return text
    shown = re.compile(rf"\[(?:{'|'.join(marks)})\]")
    return "\n".join(shown.sub("", line) for line in lines[:end])
