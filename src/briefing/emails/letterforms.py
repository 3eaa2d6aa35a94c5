"""No slant and no spacing of letters where a script has neither: Arabic, Devanagari, Japanese and their like.

Slanted type and letters set closer or wider are customs of scripts that have capitals. Elsewhere a slant is made
by bending the letters, and spacing tears apart what is joined.
Source: W3C, Arabic & Persian Layout Requirements, 5.3 and 7.3 (joined letters, spacing); Requirements for Japanese
Text Layout, 3.3 (stress is not shown by a slant).
"""

import re
import unicodedata
from typing import Any

#: A slant, or a distance between letters.
_BENT = re.compile(
    r"(?:^|(?<=;))\s*(?:font-style:\s*(?:italic|oblique)|letter-spacing)[^;]*(?:;|$)"
)
#: Bold is what these scripts stress with.
_STRESSED = "font-style:normal;font-weight:bold"


def keep_letterforms(page: Any) -> None:
    """Take slants and letter spacing off elements with a letter of a script that knows no capitals.

    Args:
        page: the page, changed in place, with its style sheet in its elements.
    """
    for element in page.xpath(
        "//*[contains(@style,'font-style') or contains(@style,'letter-spacing')]"
    ):
        if _knows_no_capitals(element):
            _straighten(element)
    for element in page.iter("em", "i"):
        if _knows_no_capitals(element):
            element.set("style", f"{element.get('style', '')};{_STRESSED}".lstrip(";"))


def _straighten(element: Any) -> None:
    style = _BENT.sub("", element.get("style")).strip("; ")
    if style:
        element.set("style", style)
    else:
        del element.attrib["style"]


def _knows_no_capitals(element: Any) -> bool:
    """True with a letter of such a script; the raised letters of "1º" and "1ª" are o and a."""
    text = "".join(element.itertext())
    return not text.isascii() and any(
        unicodedata.category(each) == "Lo" for each in unicodedata.normalize("NFKC", text)
    )
