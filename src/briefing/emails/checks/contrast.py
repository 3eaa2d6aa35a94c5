"""Whether texts stand out from their ground: in light, in dark, and where a client forces dark."""

from collections import defaultdict
from collections.abc import Callable, Iterator

from briefing.emails.checks.cascade import Cascade
from briefing.emails.checks.colour import Colour, contrast
from briefing.emails.checks.elements import TextRun
from briefing.emails.checks.rule import ERROR, HEAD, WARNING, Fault, Faults, Place, quoted, rule
from briefing.emails.checks.sample import Proof
from briefing.model.finding import Severity

#: WCAG 2.2: CSS pixels from which text counts as large, and the ratios that each must reach.
_LARGE, _LARGE_BOLD = 24.0, 18.66
_NORMAL_RATIO, _LARGE_RATIO = 4.5, 3.0
_WCAG = "WCAG 2.2, success criterion 1.4.3"

Pair = tuple[Colour, Colour]


@rule(
    "contrast-light",
    ERROR,
    WARNING,
    reason="Low vision, age and sunlight all take contrast away.",
    source=_WCAG,
)
def contrast_light(proof: Proof) -> Faults:
    """Texts have 4.5:1 against their ground, large ones 3:1; under 3:1 it is an error."""
    yield from _pale(proof, proof.light, proof.runs, "in light mode", ERROR)


@rule(
    "contrast-dark",
    ERROR,
    WARNING,
    reason="A rule for dark mode that forgets one ground makes its text vanish.",
    source=_WCAG + "; research of 2026-11-22: a footer of 1.52:1 was found so",
)
def contrast_dark(proof: Proof) -> Faults:
    """The same holds after the design's own dark rules are applied."""
    if proof.has_dark_rules:
        yield from _pale(proof, proof.dark, proof.dark.runs(), "in dark mode", ERROR)


@rule(
    "contrast-forced",
    WARNING,
    reason="Gmail and Outlook for Windows turn colours around themselves and ask no design.",
    source=_WCAG + "; emulated: no client publishes its formula (see colour.py)",
)
def contrast_forced(proof: Proof) -> Faults:
    """The same holds when a client forces dark mode on the light colours, as far as can be emulated."""

    def forced(pair: Pair) -> Pair:
        return pair[0].forced(ground=False), pair[1].forced(ground=True)

    yield from _pale(proof, proof.light, proof.runs, "where dark is forced", WARNING, forced)


@rule(
    "dark-meta",
    WARNING,
    reason="Without both a client that could show the design's dark colours turns them itself.",
    source="HTML Living Standard, section 4.2.5.1, color-scheme; CSS Color Adjustment Level 1, section 2.2",
)
def dark_meta(proof: Proof) -> Faults:
    """The color-scheme is said in a <meta>, and dark rules are there and !important."""
    said = [
        meta.get("content") or ""
        for meta in proof.page.iter("meta")
        if meta.get("name") == "color-scheme"
    ]
    if not any("dark" in one for one in said):
        yield Fault(WARNING, "No <meta name=color-scheme> says dark; add one to the design.", HEAD)
    dark = [found for found in proof.rules if "prefers-color-scheme" in found.media]
    if not dark:
        yield Fault(WARNING, "There is no @media (prefers-color-scheme: dark); add one.", HEAD)
    for found in dark:
        weak = [name for name, said_ in found.said.items() if not said_.important]
        if weak:
            message = (
                f"{found.selector} in dark mode sets {weak[0]} without !important: it cannot win."
            )
            yield Fault(WARNING, message, HEAD)


@rule(
    "css-kept",
    ERROR,
    reason="Outlook's apps know no media query; they mark elements of a dark page with data-ogsc.",
    source="caniemail.com, css-at-media-prefers-color-scheme, note 3 (tested 2023-03-08, read 2026-11-23)",
)
def css_kept(proof: Proof) -> Faults:
    """Every rule for dark mode stands a second time under [data-ogsc] or [data-ogsb].

    That no rule, `!important` or comment is lost by inlining is refused earlier, by `render`.
    """
    twins = {
        found.selector.partition("]")[2].strip()
        for found in proof.rules
        if found.selector.startswith(("[data-ogsc]", "[data-ogsb]"))
    }
    alone = dict.fromkeys(
        selector
        for found in proof.rules
        if "prefers-color-scheme" in found.media
        and (selector := found.selector.strip()) not in {"body", *twins}
    )
    if alone:
        first, others = next(iter(alone)), len(alone) - 1
        named = f"{first} and {others} more have" if others else f"{first} has"
        message = f"{named} a dark rule and none under [data-ogsc]; write each twice."
        yield Fault(ERROR, message, HEAD)


def _unchanged(pair: Pair) -> Pair:
    return pair


def _pale(
    proof: Proof,
    look: Cascade,
    runs: tuple[TextRun, ...],
    where: str,
    worst: Severity,
    change: Callable[[Pair], Pair] = _unchanged,
) -> Iterator[Fault]:
    """One fault for each pair of colours in each place."""
    found: dict[tuple[Pair, bool, Place], list[str]] = defaultdict(list)
    for alike in look.alike(runs):
        element = alike[0].element
        text, ground = change((look.colour(element), look.ground(element)))
        pair, large = (text.over(ground), ground), _is_large(look, alike[0])
        if contrast(*pair) < _least(large=large):
            for run in alike:
                found[pair, large, proof.place(run.element)].append(run.text)
    for (pair, large, place), texts in found.items():
        ratio = contrast(*pair)
        more = f" and {len(texts) - 1} more" if len(texts) > 1 else ""
        message = (
            f"{quoted(texts[0])}{more}: {pair[0]} on {pair[1]} is {ratio:.2f}:1 {where}; "
            f"{_least(large=large):g}:1 is the least."
        )
        yield Fault(worst if ratio < _LARGE_RATIO else WARNING, message, place)


def _least(*, large: bool) -> float:
    return _LARGE_RATIO if large else _NORMAL_RATIO


def _is_large(look: Cascade, run: TextRun) -> bool:
    size = look.size(run.element)
    return size >= _LARGE or (size >= _LARGE_BOLD and look.is_bold(run.element))
