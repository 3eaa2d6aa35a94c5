"""Captions, picture credits and the button under every picture."""

import re

_BUTTON = re.compile(
    r"^(?:(?:show|hide|toggle|enlarge|expand|view|zoom|open|close)[\s/|]*){1,3}(?:the |this )?"
    r"(?:image|picture|photo|photograph|caption|gallery)s?$",
    re.IGNORECASE,
)
_AGENCY = (
    r"(?:Getty(?: Images)?(?: Europe)?|PA(?: Wire| Images| Media| Archive)?|AFP|Reuters|"
    r"AP(?: Photo)?|"
    r"Press Association|Associated Press|EPA(?:-EFE)?|EFE|dpa|DPA|ANP|ANSA|Xinhua|"
    r"Rex(?: Features)?|"
    r"REX|Shutterstock|Flickr|Alamy(?: Stock Photo| Live News)?|Corbis|iStock(?:photo)?|WPA Pool|"
    r"Wikimedia(?: Commons)?|Wikipedia|Creative Commons|Unsplash|Pexels|Magnum(?: Photos)?|"
    r"Hulton(?: "
    r"Archive)?|Bridgeman(?: Images)?|SWNS|Panos(?: Pictures)?|ZUMA(?: Press)?|Camera Press|"
    r"Topfoto|"
    r"UK Parliament|Parliament TV|YouTube|Bloomberg|NurPhoto|SOPA Images|LightRocket|"
    r"Anadolu(?: Agency)?|"
    r"In Pictures|Barcroft(?: Media)?|Press Eye|Pacemaker|Number 10|No ?10|Crown Copyright|"
    r"Keystone|"
    r"Imago|picture alliance|Sipa|Belga)"
)
_MARK = (
    r"(?:Photos?|Photographs?|Photography|Pictures?|Images?|Main image|Lead image|Source|Credits?|"
    r"Photo credit|Picture credit|Image credit|Illustration|Artwork|Cartoon|Montage|Foto|Bild|"
    r"Imagen|"
    r"Crédit photo|Photographie)"
)
#: Names, agencies and their joints: what stands behind "Photo:" when it is only a credit.
_WHO = (
    r"(?:©\s*)?(?:[A-ZÀ-Þ][\w’'.&-]{0,30}|de|van|von|via|by|for|and|of|the|courtesy)"
    r"(?:[\s/,|&–-]{1,3}(?:[A-ZÀ-Þ0-9][\w’'.&-]{0,30}|de|van|von|via|by|for|and|of|the|"
    r"courtesy)){0,9}"
)
_AGENCIES = rf"{_AGENCY}(?:\s*(?:[/,&|+]|and|via)\s*{_AGENCY}){{0,3}}"
_ONLY = re.compile(
    rf"^\(?(?:{_MARK}\s*(?:by\b|[:–—-]|©)\s*{_WHO}|(?:©|Copyright)\s*{_WHO}|"
    rf"(?:[A-ZÀ-Þ][\w’'.-]{{1,20}} ){{0,3}}(?:[A-ZÀ-Þ][\w’'.-]{{1,20}})?\s*[/|]\s*{_AGENCIES}|"
    rf"{_AGENCIES})"
    r"\)?\.?$"
)
_TRAILING = re.compile(
    rf"(?:\s*[(\[]\s*|\s+(?:[–—|-]\s+)?)(?:{_MARK}\s*(?:by\b|[:–—-]|©)\s*{_WHO}|(?:©|"
    rf"Copyright)\s*{_WHO}"
    rf"|{_MARK} (?:courtesy of|from) {_WHO})[)\]]?\.?$"
    rf"|(?:\s*[(\[]\s*|(?<=[.?!:”\"’)])\s+|\s+[–—|-]\s+)(?:[A-ZÀ-Þ][\w’'.-]{{1,20}}"
    rf"(?: [A-ZÀ-Þ][\w’'.-]{{1,20}}){{0,2}}\s*/\s*)?{_AGENCIES}[)\]]?\.?$"
)
_MARKED = re.compile(rf"\b{_MARK}\s*(?:by\b|[:–—-]|©)")
#: Participles that pictures have and closing sentences seldom do.
_PARTICIPLE = re.compile(
    r"\b(?:pictured|photographed|unveiled|seen|shown|depicted|speaking|arriving|leaving|addressing|"
    r"attending|greeting|launching|campaigning|visiting|posing|waving|meeting|welcoming)\b"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|cannot|could|may|might|must|should|"
    r"shall|do|does|did|said|says|told|tells|went|goes|came|comes|made|makes|took|takes|gave|gives|"
    r"won|"
    r"wins|lost|loses|know|knows|think|thinks|want|wants|need|needs|seems?|remains?|drifts?|I|we|"
    r"it|he|"
    r"she|they|who|but|if|because|not|n[’']t|there)\b"
)
_LONGEST_END_CAPTION = 16
_LONGEST_AGENCY = 10


def is_button(line: str) -> bool:
    """True for the left-over text of a picture's toggle, which follows every such picture."""
    return len(line) <= 50 and bool(_BUTTON.match(line))  # noqa: PLR2004 - a button's few words


def is_agency(line: str) -> bool:
    """True for a line that credits a picture and says nothing else."""
    return line.count(" ") < _LONGEST_AGENCY and bool(_ONLY.match(line))


def split_credit(line: str) -> tuple[str, str]:
    """A caption and the agency credit behind it, either of them empty."""
    if is_agency(line):
        return "", line
    tail = line[-120:]
    match = _TRAILING.search(tail)
    if not match:
        return line, ""
    at = len(line) - len(tail) + match.start()
    return line[:at].rstrip(), line[at:].strip()


def is_credited(line: str) -> bool:
    """True for words that end on "Photograph: …": they describe a picture, wherever they stand."""
    caption, behind = split_credit(line)
    return bool(caption and _MARKED.search(behind))


def is_end_caption(line: str) -> bool:
    """True for a closing block that reads like a picture's caption rather than a sentence.

    It is short, has a participle behind its subject and no finite verb, or it names an agency: a
    short closing sentence of the article must survive.
    """
    if line.count(" ") >= _LONGEST_END_CAPTION or line[:1] in "\"“‘'":
        return False
    if split_credit(line)[1]:
        return True
    match = _PARTICIPLE.search(line)
    return bool(match and match.start() > 0 and not _FINITE.search(line))
