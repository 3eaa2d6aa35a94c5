"""Furniture: lines of the site around an article that are no part of it."""

import re

_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (reason, re.compile(pattern, re.IGNORECASE))
    for reason, pattern in (
        (
            "cookie notice",
            r"\b(?:we|this site|our site) uses? cookies\b|\bcookie (?:policy|settings)\b",
        ),
        (
            "sign-up form",
            r"^sign up\b.{0,80}$|^select and enter your email|^enter your email|^thank you\.?$"
            r"|^get the .{3,80} (?:e-?mail|newsletter)s?\.?$|^subscribe\b.{0,90}$"
            r"|^your email address|^i consent to|^visit our privacy policy|^email address$"
            r"|^join our (?:mailing list|newsletter)",
        ),
        (
            "link to other pages",
            r"^next article\b|^previous article\b|^read (?:more|next|on)\b.{0,120}$|^related(?:\b.{0,40})$"
            r"|^see also\b|^more from\b.{0,60}$|^most (?:read|popular|shared)$|^also (?:read|in)\b.{0,80}$"
            r"|^back to top$|^view (?:all|more|comments)\b.{0,40}$|^topics in this article\b.{0,80}$"
            r"|^content from our partners$|^recommended\b.{0,30}$|^continue reading\b.{0,40}$",
        ),
        (
            "sharing button",
            r"^(?:share|tweet|print|email|e-mail|save|rss|like|comments?|\d+ comments?|facebook|twitter|"
            r"whatsapp|linkedin|share this(?: article)?|copy link|print html)\b.{0,20}$"
            r"|^follow .{0,40} on (?:twitter|x|facebook)\b.{0,60}$"
            r"|^(?:he|she|they) tweets? (?:@|as @)\w+\.?$|^@\w{2,30}$|^you can follow .{0,60}@\w+\.?$",
        ),
        (
            "site heading",
            r"^new times,?$|^new thinking\.?$|^the new statesman[’']s .{3,60} blog\.?$|^new statesman$"
            r"|^.{0,60}[’']s rolling (?:politics )?blog\.?$|^(?:\w+ ){1,3}logo$|^\d+\.\s+(?:politics|culture|"
            r"business|world|uk|comment|opinion|home|the staggers)$|^home$|^menu$|^search$|^advertisement$"
            r"|^skip to (?:main )?content$|^log ?in$|^register$|^© .{0,80}$|^all rights reserved\.?$",
        ),
    )
)
#: After this heading come other pages' headlines until the piece ends.
_TAIL = re.compile(
    r"^content from our partners$|^most (?:read|popular)$|^related(?: articles)?$", re.IGNORECASE
)


def furniture(line: str) -> str | None:
    """Why a line is furniture, or None when it is not."""
    if len(line) > 400:  # noqa: PLR2004 - furniture is short; a long paragraph never is
        return None
    return next((reason for reason, pattern in _RULES if pattern.search(line)), None)


def opens_tail(line: str) -> bool:
    """True when all that follows in the piece is other pages' headlines."""
    return bool(_TAIL.match(line))
