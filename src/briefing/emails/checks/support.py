"""What clients do not draw: facts that somebody measured, each with its page and date.

The facts are caniemail.com's (MIT licence, by Rémi Parmentier), its newest answer for each client.
What every MJML document needs anyway (media queries, inline-block, max-width) is not a finding: the
compiler brings its own way round, and a list of it would bury what an editor can change.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from briefing.emails.checks.rule import INFO, WARNING, Fault, Faults, Place, Rule
from briefing.emails.checks.sample import Proof
from briefing.model.finding import Severity

_DESIGN = Place("design")
#: When the pages below were read.
READ = "2026-11-23"
_OUTLOOK = "Outlook for Windows"
_APPS = "Outlook's apps"


@dataclass(frozen=True, slots=True)
class Feature:
    """Something a design can use, and the clients that do not draw it."""

    id: str
    name: str
    #: The page of caniemail.com and the day its test was last run.
    page: str
    tested: str
    without: tuple[str, ...]
    #: What readers of those clients see.
    then: str
    #: What stops working is a warning, what only looks plainer a piece of information.
    severity: Severity
    used: Callable[[Proof], bool]


def _says(name: str, pattern: str = ".") -> Callable[[Proof], bool]:
    """Whether any style of the design sets a property to something like the pattern."""
    like = re.compile(pattern)

    def used(proof: Proof) -> bool:
        return any(said[0] == name and like.search(said[1]) for said in proof.said)

    return used


def _has(*tags: str) -> Callable[[Proof], bool]:
    return lambda proof: next(proof.page.iter(*tags), None) is not None


def _in_media(words: str) -> Callable[[Proof], bool]:
    return lambda proof: any(words in found.media for found in proof.rules)


def _negative_margin(proof: Proof) -> bool:
    return any(
        name[:6] == "margin" and re.search(r"(^|\s)-\d", value) for name, value in proof.said
    )


def _font_face(proof: Proof) -> bool:
    return any("@font-face" in sheet for sheet in proof.sheets)


def _child_selector(proof: Proof) -> bool:
    """Under a media query or [data-ogsc] only clients look that know it."""
    return any(
        ">" in found.selector and not found.media and not found.selector.startswith("[data-og")
        for found in proof.rules
    )


FEATURES = (
    Feature(
        "flex", "display: flex", "css-display-flex", "2021-11-02",
        (_OUTLOOK, "Gmail's apps with other accounts"), "one thing under the other", WARNING,
        _says("display", r"flex"),
    ),
    Feature(
        "grid", "display: grid", "css-display-grid", "2019-02-28",
        ("Gmail", _OUTLOOK, "Outlook.com", _APPS, "Yahoo Mail"), "one thing under the other", WARNING,
        _says("display", r"grid"),
    ),
    Feature(
        "position", "position", "css-position", "2021-05-16",
        ("Gmail", _OUTLOOK, "Outlook for iOS"), "the element where it was written", WARNING,
        _says("position", r"relative|absolute|fixed|sticky"),
    ),
    Feature(
        "float", "float", "css-float", "2019-02-28",
        (_OUTLOOK, "Yahoo Mail for Android"), "no text next to it", WARNING, _says("float", r"left|right"),
    ),
    Feature(
        "background-image", "background-image", "css-background-image", "2019-02-28",
        (_OUTLOOK,), "no picture", WARNING,
        lambda proof: _says("background-image", r"url")(proof) or _says("background", r"url")(proof),
    ),
    Feature(
        "negative-margin", "negative margins", "css-margin", "2019-10-01",
        ("Gmail", _OUTLOOK, "Outlook.com", _APPS), "no overlap, and gaps", WARNING,
        _negative_margin,
    ),
    Feature(
        "svg", "<svg> in the page", "image-svg", "2023-01-15",
        ("Gmail", _OUTLOOK), "nothing", WARNING, _has("svg"),
    ),
    Feature(
        "font-face", "@font-face", "css-at-font-face", "2019-07-18",
        ("Gmail", _OUTLOOK, "Outlook.com", _APPS, "Yahoo Mail"), "the next font of the list", INFO,
        _font_face,
    ),
    Feature(
        "border-radius", "border-radius", "css-border-radius", "2019-08-02",
        (_OUTLOOK,), "square corners", INFO, _says("border-radius", r"[1-9]"),
    ),
    Feature(
        "box-shadow", "box-shadow", "css-box-shadow", "2021-08-03",
        ("Gmail", _OUTLOOK, "Outlook.com", _APPS, "Yahoo Mail"), "no shadow", INFO,
        _says("box-shadow", r"\d"),
    ),
    Feature(
        "child-selector", "a child selector (>) outside media queries", "css-selector-child", "2019-10-13",
        (_OUTLOOK, "Gmail on the mobile web"), "the element without that rule", INFO, _child_selector,
    ),
    Feature(
        "dark-rules", "@media (prefers-color-scheme)", "css-at-media-prefers-color-scheme", "2023-03-08",
        ("Gmail", _OUTLOOK, "Yahoo Mail"), "the light colours, or colours turned around by the client (see "
        "contrast-forced)", INFO, _in_media("prefers-color-scheme"),
    ),
)  # fmt: skip


def _rule(feature: Feature) -> Rule:
    clients = ", ".join(feature.without)

    def check(proof: Proof) -> Faults:
        if feature.used(proof):
            end = "do without it" if feature.severity is WARNING else "look whether that will do"
            message = f"The design uses {feature.name}, which {clients} do not draw; {end}."
            yield Fault(feature.severity, message, _DESIGN)

    return Rule(
        id=f"compat-{feature.id}",
        severities=(feature.severity,),
        asks=f"The design does without {feature.name}, or stands without it.",
        reason=f"Readers of {clients} see {feature.then}.",
        source=f"caniemail.com, {feature.page} (tested {feature.tested}, read {READ})",
        check=check,
    )


RULES = tuple(_rule(feature) for feature in FEATURES)
