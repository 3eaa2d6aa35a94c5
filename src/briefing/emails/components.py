"""The MJML a design may use: components, what each may hold, and how each value is spelled.

Written from MJML's documentation (documentation.mjml.io) and then tried one by one on mrml 6.0.1:
an attribute that changed nothing in its output is not in the table.
"""

import re

_BOX = "padding padding-top padding-right padding-bottom padding-left"
_BORDER = "border border-radius"
_BORDERS = f"{_BORDER} border-top border-right border-bottom border-left"
_FACE = "color font-family font-size line-height"
_TYPE = f"{_FACE} font-style font-weight letter-spacing text-decoration text-transform"
_BLOCK = f"align container-background-color css-class mj-class {_BOX}"
_ROW = f"background-color css-class mj-class full-width text-align direction {_BOX} {_BORDERS}"

_TABLE = {
    "mjml": "lang dir",
    "mj-head": "",
    "mj-title": "",
    "mj-preview": "",
    "mj-style": "",
    "mj-raw": "",
    "mj-breakpoint": "width",
    "mj-attributes": "",
    "mj-body": "background-color width css-class",
    "mj-wrapper": _ROW,
    "mj-section": _ROW,
    "mj-group": "background-color width vertical-align direction css-class mj-class",
    "mj-column": f"background-color width vertical-align direction css-class mj-class {_BOX} {_BORDERS} "
    "inner-background-color inner-border inner-border-radius",
    "mj-text": f"{_BLOCK} {_TYPE} height",
    "mj-button": f"{_BLOCK} {_TYPE} {_BORDERS} background-color href target rel name inner-padding "
    "width height vertical-align text-align",
    "mj-image": f"{_BLOCK} {_BORDER} alt href rel name src title width height "
    "max-height fluid-on-mobile font-size",
    "mj-divider": f"{_BLOCK} border-color border-style border-width width",
    "mj-spacer": f"container-background-color css-class mj-class height {_BOX}",
    "mj-table": f"{_BLOCK} {_FACE} border cellpadding cellspacing table-layout width",
}

#: What each component may carry.
ATTRIBUTES = {tag: frozenset(names.split()) for tag, names in _TABLE.items()}
_ANY = frozenset().union(*ATTRIBUTES.values()) - {"mj-class", "lang", "dir"}
#: Inside <mj-attributes> two more elements set defaults for all components or for a class of them.
DEFAULTS = {**ATTRIBUTES, "mj-all": _ANY, "mj-class": _ANY | {"name"}}

_BLOCKS = frozenset("mj-text mj-button mj-image mj-divider mj-spacer mj-table mj-raw".split())
_HEAD = "mj-title mj-preview mj-style mj-raw mj-breakpoint mj-attributes"
#: What each component may hold; mrml drops anything else without a word.
CHILDREN = {
    "": frozenset({"mjml"}),
    "mjml": frozenset({"mj-head", "mj-body"}),
    "mj-head": frozenset(_HEAD.split()),
    "mj-attributes": _BLOCKS - {"mj-raw"}
    | {"mj-all", "mj-class", "mj-wrapper", "mj-section", "mj-group", "mj-column"},
    "mj-body": frozenset({"mj-wrapper", "mj-section", "mj-raw"}),
    "mj-wrapper": frozenset({"mj-section", "mj-raw"}),
    "mj-section": frozenset({"mj-group", "mj-column", "mj-raw"}),
    "mj-group": frozenset({"mj-column", "mj-raw"}),
    "mj-column": _BLOCKS,
}
#: These hold HTML; mrml copies it.
HOLD_MARKUP = frozenset({"mj-text", "mj-button", "mj-table", "mj-raw"})
#: These hold text and can hold nothing else.
HOLD_TEXT = frozenset({"mj-title", "mj-preview", "mj-style"})
#: A second one would overrule the first.
ONCE = frozenset({"mjml", "mj-head", "mj-body", "mj-title", "mj-preview", "mj-breakpoint"})

#: Components that MJML knows and this desk refuses, with the way that works.
REFUSED = {
    "mj-html-attributes": "the compiler cannot read it; write the attributes into the markup",
    "mj-include": "include parts with Jinja, which keeps file and line: {% include %}",
    "mj-font": "a font from elsewhere tells its host who reads; name fonts that readers have",
    "mj-hero": "the compiler forgets its padding; use <mj-section> with a background colour",
    "mj-social": "its pictures come from another host; write the links into <mj-text>",
}

_PX = r"-?\d+(\.\d+)?px"
_BOX_VALUE = re.compile(rf"{_PX}( {_PX}){{0,3}}"), "one to four lengths in px, as in 0px 24px"
_PX_VALUE = re.compile(_PX), "a length in px"
_WIDTH_VALUE = re.compile(rf"{_PX}|\d+(\.\d+)?%"), "a length in px, or %"
_COLOUR_VALUE = re.compile(r"#[0-9a-fA-F]{6}|transparent"), "a colour of six digits, as in #b1121d"
_SIDE_VALUE = re.compile(r"left|right|center|justify"), "left, right, center or justify"
_LINE_VALUE = (
    re.compile(r"none|[\d.]+px (solid|dashed|dotted|double) #[0-9a-fA-F]{6}"),
    "none, or width, style and colour, as in 1px solid #b1121d",
)

#: How the values of an attribute are spelled, and how to say so.
_SPELLINGS: dict[str, tuple[re.Pattern[str], str]] = {
    **dict.fromkeys(_BOX.split(), _BOX_VALUE),
    "inner-padding": _BOX_VALUE,
    **dict.fromkeys("font-size height max-height border-width letter-spacing".split(), _PX_VALUE),
    "border-radius": _BOX_VALUE,
    "inner-border-radius": _BOX_VALUE,
    "line-height": (re.compile(rf"{_PX}|\d+(\.\d+)?%?"), "a length in px, a number, or %"),
    "width": _WIDTH_VALUE,
    **dict.fromkeys(
        "color background-color container-background-color inner-background-color border-color".split(),
        _COLOUR_VALUE,
    ),
    **dict.fromkeys(
        "border border-top border-right border-bottom border-left inner-border".split(), _LINE_VALUE
    ),
    "align": _SIDE_VALUE,
    "text-align": _SIDE_VALUE,
    "vertical-align": (re.compile("top|middle|bottom"), "top, middle or bottom"),
    "direction": (re.compile("ltr|rtl"), "ltr or rtl"),
    "dir": (re.compile("ltr|rtl"), "ltr or rtl"),
    "full-width": (re.compile("full-width"), "full-width, or left out"),
    "fluid-on-mobile": (re.compile("true"), "true, or left out"),
}
#: Widths that the compiler reads in px only.
_PX_WIDTH = frozenset({"mj-body", "mj-image", "mj-breakpoint"})


def misspelled(tag: str, attribute: str, value: str) -> str:
    """How the value of this attribute should be spelled; empty where it is well spelled."""
    default = _PX_VALUE if attribute == "width" and tag in _PX_WIDTH else None
    pattern, wanted = default or _SPELLINGS.get(attribute, (re.compile(""), ""))
    return "" if not wanted or pattern.fullmatch(value) else wanted
