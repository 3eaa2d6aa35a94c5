"""Regions of a page: the elements whose text is never part of an article, and what they are.

An element says so by its tag, its role, or the name its designer gave it. Names count as whole
words ("site-nav", "navBar"), never as a piece of one ("navigating-the-budget").
"""

import re
from functools import lru_cache
from itertools import pairwise

from lxml import html

NAVIGATION, FOOT, RAIL, HIDDEN, CONTROL = (
    "navigation", "foot of the page", "box next to the text", "hidden on the page", "button",
)  # fmt: skip
COMMENTS, OTHERS, SIGN_UP, SHARING, CONSENT, HEADER, FIGURE, FORM, DIALOG = (
    "comments", "link to other pages", "sign-up form", "sharing button", "cookie notice",
    "site heading", "picture", "form", "box over the page",
)  # fmt: skip
_BY_TAG = {
    "nav": NAVIGATION, "aside": RAIL, "button": CONTROL, "dialog": DIALOG, "figcaption": FIGURE,
    "menu": NAVIGATION, "header": HEADER, "legend": FORM, "amp-sidebar": NAVIGATION, "input": CONTROL,
}  # fmt: skip
_BY_ROLE = {
    "navigation": NAVIGATION, "complementary": RAIL, "contentinfo": FOOT, "banner": HEADER,
    "search": FORM, "dialog": DIALOG, "alertdialog": DIALOG, "menu": NAVIGATION,
    "menubar": NAVIGATION, "button": CONTROL, "toolbar": SHARING, "tooltip": DIALOG,
}  # fmt: skip
_NAMES = {
    NAVIGATION: "nav navbar navigation menu submenu megamenu breadcrumb breadcrumbs pagination pager skiplink",
    FOOT: "footer foot postmetadata colophon copyright sitefooter pagefooter",
    RAIL: "sidebar sidebars rail rightrail aside widget widgets",
    COMMENTS: "comment comments disqus respond commentlist discussion",
    OTHERS: (
        "related recirc recirculation recommended recommendation recommendations trending readmore "
        "outbrain taboola zergnet teaser teasers morenews mostread mostpopular popular upnext seealso"
    ),
    SIGN_UP: "newsletter newsletters signup subscribe subscription optin paywall regwall cta",
    SHARING: "share sharing social socials sharebar sharetools addthis sharethis shareaholic",
    CONSENT: "cookie cookies consent gdpr cookiebar cookiebanner privacybar",
    DIALOG: "modal popup lightbox overlay tooltip",
    HEADER: "masthead siteheader",
    FIGURE: "caption wp-caption-text figcaption imagecaption",
}
_REASONS = {name: reason for reason, names in _NAMES.items() for name in names.split()}
#: Two words of a name that say it together.
_PAIRS = {
    ("read", "more"): OTHERS, ("read", "next"): OTHERS, ("see", "also"): OTHERS, ("most", "read"): OTHERS,
    ("most", "popular"): OTHERS, ("more", "from"): OTHERS, ("more", "stories"): OTHERS,
    ("up", "next"): OTHERS, ("also", "like"): OTHERS, ("also", "read"): OTHERS,
    ("sign", "up"): SIGN_UP, ("pay", "wall"): SIGN_UP, ("mailing", "list"): SIGN_UP,
    ("site", "header"): HEADER, ("page", "header"): "", ("side", "bar"): RAIL, ("right", "rail"): RAIL,
    ("teaser", "text"): "", ("more", "link"): OTHERS, ("right", "column"): RAIL, ("right", "col"): RAIL,
    ("screen", "reader"): HIDDEN, ("sr", "only"): HIDDEN,
}  # fmt: skip
#: Names of what holds an article keep their text whatever else they say: "article-with-sidebar".
_HOLDS = frozenset(
    "article post story entry main content body wrapper container page has with no layout".split()
)
_NAMED = frozenset(
    "div section ul ol p span header footer table td aside h2 h3 h4 dl a figure form".split()
)
_BEHIND = "paywall"
_TOKENS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def region_of(element: html.HtmlElement) -> str:
    """What region an element opens, by itself; empty for none."""
    tag = element.tag
    attributes = element.attrib
    if tag == "footer" and next(element.iterancestors("article", "main"), None) is None:
        return FOOT
    if not attributes:
        return _BY_TAG.get(tag, "")
    if "hidden" in attributes or is_undisplayed(attributes.get("style")):
        return HIDDEN
    role = attributes.get("role")
    if role and role in _BY_ROLE:
        return _BY_ROLE[role]
    if tag in _BY_TAG:
        return _BY_TAG[tag]
    if tag not in _NAMED:
        return ""
    found = _by_name(f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:400])
    # A paragraph "paywall" is behind one; what asks for money is a box.
    return (
        "" if found == SIGN_UP and tag == "p" and _BEHIND in attributes.get("class", "") else found
    )


def is_undisplayed(style: str | None) -> bool:
    """True for a style that keeps an element off the page."""
    if not style or ":" not in style:
        return False
    plain = style.replace(" ", "").lower()
    return "display:none" in plain or "visibility:hidden" in plain


@lru_cache(maxsize=20_000)
def _by_name(named: str) -> str:
    """The region that one of an element's names says, when that name says nothing else of weight."""
    for name in named.split():
        words = [word.lower() for word in _TOKENS.findall(name)]
        if not words or len(words) > 5:  # noqa: PLR2004 - longer names are hashes or utilities
            continue
        pair = next((_PAIRS[two] for two in pairwise(words) if two in _PAIRS), None)
        alone = next((_REASONS[word] for word in words if word in _REASONS), "")
        found = alone if pair is None else pair
        if found and not (_HOLDS & set(words) and found in (RAIL, SHARING, HEADER, NAVIGATION)):
            return found
    return ""
