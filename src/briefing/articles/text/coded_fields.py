"""Codes that stand each on a line of their own, over what they name, as tables of fields come out as text."""

import re

#: Factiva, "Full Article/Report plus Indexing"; RIS has the same shape and others of these codes.
_CODE = re.compile(r"^[A-Z]{2,3}$")
_FIRST, _TEXT = "HD", ("LP", "TD")
#: The headline, the text, and the number by which the database knows the text.
_NEEDED = (frozenset({"HD"}), frozenset({"LP", "TD"}), frozenset({"AN"}))


def with_codes_beside(text: str) -> str:
    """The text with each such code next to the first line of what it names, and no empty line between fields.

    A text without codes for headline, text and number is left as it is.
    """
    lines = text.split("\n")
    alone = {line.strip() for line in lines if _CODE.match(line.strip())}
    if not all(alone & codes for codes in _NEEDED):
        return text
    found: list[str] = []
    code = ""
    for line in lines:
        written = line.strip()
        if _CODE.match(written):
            code = written
            while found and not found[-1].strip() and "\t" in _last(found):
                found.pop()
            if code == _FIRST:
                found.append("")
        elif code and written:
            found += ["", written] if code in _TEXT else [f"{code}\t{written}"]
            code = ""
        elif not code:
            found.append(line)
    return "\n".join(found)


def _last(found: list[str]) -> str:
    return next((line for line in reversed(found) if line.strip()), "")
