"""What people type into a field, made even: one line, or paragraphs."""

import re

from briefing.errors import EditionError

#: Characters of a field; more is a slip of the clipboard.
LONGEST = 5_000


def line(written: str, what: str) -> str:
    """One line of text, its white space made even.

    Raises:
        EditionError: when it is longer than any field may be.
    """
    return _fitting(" ".join(written.split()), what)


def paragraphs(written: str, what: str) -> str:
    """Paragraphs with one blank line between them, each on one line.

    Raises:
        EditionError: when they are longer than any field may be.
    """
    told = (" ".join(part.split()) for part in re.split(r"\r?\n\s*\n|\r\n\s*\r\n", written))
    return _fitting("\n\n".join(filter(None, told)), what)


def rows(written: str, what: str) -> str:
    """Lines as they were typed, each with its white space made even; blank ones stay, one at a time.

    Raises:
        EditionError: when they are longer than any field may be.
    """
    even = "\n".join(" ".join(each.split()) for each in written.splitlines())
    return _fitting(re.sub(r"\n{3,}", "\n\n", even).strip("\n"), what)


def _fitting(text: str, what: str) -> str:
    if len(text) > LONGEST:
        raise EditionError(
            f"{what} of {len(text):,} characters is too long; {LONGEST:,} is the most."
        )
    return text
