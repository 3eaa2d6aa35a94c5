"""Whether a page is HTML, whatever its name says."""

import re

_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,2000}-->\s*){0,5}"
    r"<(?:!doctype\s+html|html|head|body|article|main|header|div|section)\b",
    re.IGNORECASE,
)


def is_markup(text: str, media_type: str) -> bool:
    """True for a page that is HTML, whatever its name says; a tag inside a text makes it none."""
    return bool(_START.match(text)) or ("html" in media_type and "</" in text)
