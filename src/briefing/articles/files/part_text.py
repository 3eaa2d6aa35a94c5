"""A part of a letter or of a web archive → its text, in the encoding that it names or in the one that holds."""

from email.message import MIMEPart


def text_of(part: MIMEPart) -> str:
    """The text of a part.

    What names an encoding that its bytes are not in, or one that nobody knows, is most often UTF-8:
    programs that send "us-ascii" (RFC 2045 section 5.2, the default) seldom look at what they send.
    """
    body = part.get_payload(decode=True)
    if not isinstance(body, bytes):
        return ""
    for charset in (part.get_content_charset() or "utf-8", "utf-8"):
        try:
            return body.decode(charset)
        except (LookupError, UnicodeError):
            continue
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError):
        return body.decode("utf-8", errors="replace")
