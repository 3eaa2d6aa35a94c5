"""Furniture: lines of the site around an article that are no part of it."""

import re

_NEWSLETTER = (
    r"(?:newsletters?|e-?mails?|briefings?|mailing list|alerts?|digest|inbox|morning call)"
)
_TABLE = (
    (
        "cookie notice",
        r"\b(?:we|this (?:web)?site|our (?:web)?site|our partners|the site)\b.{0,40}\b(?:uses?|"
        r"stores?|"
        r"sets?|place)\b.{0,40}\bcookies\b|\bcookie (?:policy|settings|preferences|notice)\b|"
        r"^(?:accept|reject|allow|manage)(?: all| my| your)?(?: cookies| preferences| choices|"
        r" settings)?$|"
        r"\b(?:nous utilisons|wir verwenden|utilizamos|utilizziamo|"
        r"wij gebruiken)\b.{0,40}\bcookies\b|"
        r"^by (?:continuing|using) .{0,60}\b(?:agree|accept|consent)\b.{0,80}$|"
        r"^(?:we (?:value|respect|care about) your privacy|your privacy(?: matters(?: to us)?| choices)?|"
        r"privacy (?:settings|preferences|choices))\.?$",
    ),
    (
        "sign-up form",
        rf"^(?:please )?(?:sign|signed) ?-?up\b(?:.{{0,60}}\b(?:{_NEWSLETTER}|here|now|today|"
        rf"free)\b.{{0,40}})?[.!:]?$"
        rf"|^(?:get|receive|subscribe to|register for|try|"
        rf"join)\b.{{0,80}}\b{_NEWSLETTER}\b.{{0,40}}$"
        r"|^(?:select and )?enter your e-?mail\b.{0,80}$|^(?:your )?e-?mail(?: address)?[:*]?$"
        r"|^thank(?:s| you)(?: for (?:signing up|subscribing).{0,30})?[.!]?$"
        r"|^subscribe(?: (?:now|today|here|to .{2,60}|for (?:just|only) .{2,40}|"
        r"from .{2,30}))?[.!]?$"
        r"|^i (?:consent|agree) to .{5,300}$|^visit our privacy policy.{0,400}$|"
        r"^(?:your )?(?:first|last) name$"
        r"|^(?:stay up to date|never miss|keep up to date|want more|like this\?).{0,90}$|^submit$"
        rf"|^.{{0,60}}\b(?:delivered|straight|direct) to your inbox\b.{{0,40}}$|^privacy (?:policy|"
        rf"notice)$"
        r"|^join our (?:mailing list|community|readers).{0,60}$|"
        r"^the best way to sign up for .{2,80}$",
    ),
    (
        "link to other pages",
        r"^(?:next|previous) (?:article|post|story|page)\b.{0,120}$|^[«»←→<>]{1,2}.{0,120}$"
        r"|^\[?(?:read|see|watch|listen|also|more|related|further reading)(?: more| also| next|"
        r" now| read| on)?"
        r"(?: (?:on|about|from) [^:]{2,50})?\s?[:>|»].{0,160}$"
        r"|^(?:read|see|show|view|load) (?:more|next|all|less|on|full article)(?: (?:comments|"
        r"articles|stories|posts))?[.…]{0,3}$"
        r"|^(?:related|recommended|trending|most (?:read|popular|shared|commented)|popular|latest|"
        r"more)"
        r"(?: (?:now|articles?|stories|posts|reading|content|in politics|for you|today|news|"
        r"from .{2,50}))?:?$"
        r"|^more from .{2,60}$|^(?:from )?around the web$|^(?:sponsored|promoted|paid) (?:links|headlines)$|"
        r"^back to top$|^continue reading\b.{0,40}$|"
        r"^topics in this article\b.{0,80}$"
        r"|^(?:(?:content|more) )?from our partners$|^you (?:may|might)(?: also)? (?:also )?(?:like|"
        r"enjoy).{0,40}$"
        r"|^(?:tags?|topics|filed under|categor(?:y|ies)|sections?)\s?:.{0,160}$|"
        r"^\(?click here\b.{0,80}$",
    ),
    (
        "sharing button",
        r"^(?:share|tweet|print|e-?mail|save|rss|like|bookmark|comments?|facebook|twitter|whatsapp|"
        r"linkedin|"
        r"reddit|pinterest|google\+|telegram|bluesky|threads|x|gift|listen|print html|copy link|"
        r"permalink)"
        r"(?: (?:this|it|page|article|story|link|button|now|on (?:facebook|twitter|x|whatsapp|"
        r"linkedin)|via .{2,10}|"
        r"this (?:article|story|page|post)))?$"
        r"|^(?:\d[\d,.]*k? )?(?:shares|likes|tweets|comments|retweets)$|^(?:share|follow|"
        r"like)(?: us)? on \w{1,12}$"
        r"|^\d[\d,]* (?:shares?|likes?|comments?|views?|retweets?)$|^(?:leave|post|"
        r"add) a (?:comment|reply)\b.{0,30}$"
        r"|^(?:you can )?follow .{2,50} on (?:twitter|x|facebook|bluesky|mastodon|"
        r"instagram)\b.{0,60}$"
        r"|^(?:he|she|they|\w+ \w+) (?:tweets?|posts|is on twitter|blogs)(?: as| at| on \w+|"
        r" @)* ?@\w{1,30}\.?$"
        r"|^@\w{2,30}$|^(?:facebook|twitter|email|print|whatsapp)(?:[ ,|/]+(?:facebook|twitter|"
        r"e-?mail|print|"
        r"whatsapp|linkedin|share|reddit)){1,8}$",
    ),
    (
        "site heading",
        r"^new times,?$|^new thinking\.?$|^.{2,60}[’']s? (?:rolling )?(?:[a-z]+ )?(?:politics |"
        r"political |news )?blog\.?$"
        r"|^(?:[\w’'&]+ ){1,4}logo$|^(?:home|menu|search|close|open menu|login|log ?in|sign in|"
        r"register|my account|"
        r"main navigation|navigation|breadcrumbs?|advertise|about us|contact us|contact|"
        r"newsletters?|archive|"
        r"magazine|events|jobs|shop|store|donate|support us)$|^skip to (?:main |the )?(?:content|"
        r"navigation)$"
        r"|^(?:©|\(c\)|copyright) .{2,120}$|^all rights reserved\.?$|^(?:terms(?: and conditions|"
        r" of use)?|sitemap)$"
        r"|^home\s?[>»/|].{1,120}$|^(?:\d+ ?|one |two )min(?:ute)?s?(?: read)?$|"
        r"^reading time:?.{0,20}$"
        r"|^(?:image|photo|picture|video|audio|file|embed(?:ded)? (?:video|content))$|"
        r"^loading\.{0,3}$|^\d{1,3} ?(?:/|of) ?\d{1,3}$"
        r"|^this (?:video|content|browser) .{0,60}(?:supported|unavailable|javascript).{0,40}$",
    ),
)
_RULES = tuple((reason, re.compile(pattern, re.IGNORECASE)) for reason, pattern in _TABLE)
#: After these come other pages' headlines until the text goes on.
_TAIL = re.compile(
    r"^(?:(?:(?:content|more) )?from our partners|most (?:read|popular|shared)|popular(?: now)?|"
    r"trending(?: now)?|"
    r"(?:related|recommended|latest|more)(?: (?:articles?|stories|posts|reading|content|for you|"
    r"news|"
    r"from .{2,50}|in politics))?|you (?:may|might)(?: also)? (?:also )?(?:like|enjoy).{0,30}|"
    r"read (?:more|next)|see also|also read|next article|(?:from )?around the web|"
    r"(?:sponsored|promoted|paid) (?:links|stories|headlines)|"
    r"elsewhere on .{2,40}):?$",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"^\W{0,2}(?:corrections?(?: and clarifications?)?|clarification|amended|editor[’']s note|"
    r"this (?:article|piece|post|story|blog|column) (?:was|has been|is) (?:\w+ )?(?:amended|"
    r"corrected|updated|"
    r"edited|changed|clarified)|an (?:earlier|original|previous) version of this|"
    r"(?:the|an) (?:earlier|original|previous) version of th(?:is|e) (?:article|piece|post|"
    r"story))\b"
    r"(?!.{0,200}\b(?:sponsor|paid for|advertis))"
    r"|^\W{0,3}(?:this (?:article|piece|post|story|blog|column) (?:was|has been) (?:amended|corrected|clarified)|"
    r"(?:an|the) (?:earlier|original|previous) version of th(?:is|e) (?:article|piece|post|story))\b"
    r"(?!.{0,120}\b(?:make clear|clarify|add|say|disclose|note|reflect|state|acknowledge)\b.{0,120}"
    r"\b(?:sponsor|paid for|advertis))",
    re.IGNORECASE,
)
#: Asterisks, rules and other lines without a letter or digit.
_SEPARATOR = re.compile(r"^[\W_]{1,60}$")
#: In characters; sign-up forms may print their consent clause in full.
_LONGEST = 420


def furniture(line: str) -> str | None:
    """Why a line is furniture, or None when it is not."""
    if _SEPARATOR.match(line):
        return "separator"
    if len(line) > _LONGEST:
        return None
    return next((reason for reason, pattern in _RULES if pattern.search(line)), None)


def opens_tail(line: str) -> bool:
    """True for a heading over a list of other pages."""
    return len(line) <= 80 and bool(_TAIL.match(line))  # noqa: PLR2004 - a heading's length


def is_correction(line: str) -> bool:
    """True for a note on what was changed after publication."""
    return bool(_CORRECTION.match(line))
