"""The last touch to the plain-text part: no line that a mail program would take for its own."""

import re

#: mbox readers end the message at "From ", mail programs hide what follows "-- ", and ">" quotes.
_MISREAD = re.compile(r"From |--(?: |$)|>")
_BEGINS = ("F", "-", ">")


def tidy(text: str) -> str:
    """No trailing spaces, no two blank lines, and risky lines moved in by one space.

    The space is what RFC 3676 section 4.4 calls space-stuffing.
    """
    lines: list[str] = []
    for written in text.splitlines():
        line = written.rstrip(" \t")
        if line or (lines and lines[-1]):
            is_risky = line[:1] in _BEGINS and _MISREAD.match(line)
            lines.append(f" {line}" if is_risky else line)
    return "\n".join(lines).strip("\n") + "\n"
