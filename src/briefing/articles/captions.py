"""Captions, picture credits and the button under every picture."""

import re

_BUTTON = re.compile(r"^(?:Show\s*/?\s*Hide image|Show image|Hide image)$", re.IGNORECASE)
_AGENCY = (
    r"(?:Getty(?: Images)?(?:/\w+)?|PA(?: Wire| Images)?|AFP|Reuters|AP|Press Association|EPA|"
    r"Rex(?: Features)?|Shutterstock|Flickr|Alamy|Corbis|iStock|WPA Pool|Wikimedia(?: Commons)?|"
    r"Creative Commons|Parliament(?:ary)?(?: copyright| TV)?|YouTube|Bloomberg|Twitter|BBC)"
)
_MARK = r"(?:Photos?|Photographs?|Pictures?|Images?|Source|Credit|Photo credit|Illustration)"
_AGENCY_ONLY = re.compile(
    rf"^\(?(?:{_MARK}\s*(?:by|:|–|-)\s*.{{2,60}}|{_AGENCY}(?:\s*[/,&|]\s*{_AGENCY})*)\)?\.?$"
)
_TRAILING = re.compile(
    rf"[\s(]*\b{_MARK}\s*(?:by|:)\s*[^.]{{2,60}}\)?\.?$|[\s(]+{_AGENCY}(?:/{_AGENCY})*\)?\.?$"
)
_PARTICIPLE = re.compile(
    r"\b(?:pictured|unveiled|seen|shown|photographed|speaking|arriving|leaving|addressing|"
    r"attending|holding|pictured|greeting|launching|outside|during|left|right|centre|above|below)\b"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|must|should|shall|"
    r"do|does|did|said|says|went|came|made|took|gave|won|lost|knows?|thinks?|wants?|needs?)\b"
)
_LONGEST_END_CAPTION = 16


def is_button(line: str) -> bool:
    """True for the left-over text of a picture's toggle, which follows every such picture."""
    return bool(_BUTTON.match(line))


def is_agency(line: str) -> bool:
    """True for a line that credits a picture and says nothing else."""
    return len(line.split()) <= 10 and bool(_AGENCY_ONLY.match(line))  # noqa: PLR2004 - a credit is short


def split_credit(line: str) -> tuple[str, str]:
    """A caption and the agency credit behind it, either of them empty."""
    if is_agency(line):
        return "", line
    match = _TRAILING.search(line)
    return (line[: match.start()].rstrip(" ("), match[0].strip()) if match else (line, "")


def is_end_caption(line: str) -> bool:
    """True for a closing block that reads like a picture's caption rather than a sentence.

    It is short, has a participle or names an agency, and no finite verb: a short closing sentence
    of the article must survive.
    """
    if len(line.split()) > _LONGEST_END_CAPTION or _FINITE.search(line):
        return False
    return bool(_PARTICIPLE.search(line) or _TRAILING.search(line))
