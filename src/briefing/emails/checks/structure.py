"""What the page is built of: tables, headings, sizes of type."""

from collections import defaultdict

from briefing.emails.checks.rule import EMAIL, ERROR, WARNING, Fault, Faults, quoted, rule
from briefing.emails.checks.sample import Proof, folded

_SMALLEST, _SMALL_BODY = 11, 14
#: A text of so many characters is read, not glanced at.
_BODY = 60
_LEVELS = {f"h{level}": level for level in range(1, 7)}


@rule(
    "table-role",
    WARNING,
    reason="Reading programs announce rows and columns of every table that does not say it is layout.",
    source="WAI-ARIA 1.2, role presentation; WCAG 2.2, success criterion 1.3.1",
)
def table_role(proof: Proof) -> Faults:
    """Tables for layout have role=presentation or none; tables of data have <th> with scope."""
    cells = defaultdict(list)
    for cell in proof.page.iter("th"):
        cells[next(cell.iterancestors("table"), None)].append(cell)
    for table in proof.page.iter("table"):
        heads = cells[table]
        if not heads and table.get("role") not in ("presentation", "none"):
            yield Fault(WARNING, 'A layout table has no role="presentation".', proof.place(table))
        if any(not cell.get("scope") for cell in heads):
            message = "A table of data has a <th> without scope; say row or col."
            yield Fault(WARNING, message, proof.place(table))


@rule(
    "h1-single",
    WARNING,
    reason="Headings are how readers who listen find their way.",
    source="WCAG 2.2, success criteria 1.3.1 and 2.4.6",
)
def h1_single(proof: Proof) -> Faults:
    """There is exactly one h1, no heading is empty and no level is skipped."""
    headings = list(proof.page.iter(*_LEVELS))
    tops = sum(heading.tag == "h1" for heading in headings)
    if tops != 1:
        yield Fault(WARNING, f"The page has {tops} <h1>; it must have one.", EMAIL)
    last = 0
    for heading in headings:
        level, words = _LEVELS[heading.tag], folded("".join(heading.itertext()))
        if not words:
            yield Fault(WARNING, f"A <{heading.tag}> is empty; take it out.", proof.place(heading))
        if last and level > last + 1:
            message = f"<{heading.tag}> {quoted(words)} follows <h{last}>; do not skip a level."
            yield Fault(WARNING, message, proof.place(heading))
        last = level


@rule(
    "font-size",
    ERROR,
    WARNING,
    reason="Small type is not read on a phone, and iOS enlarges it and breaks the layout.",
    source="Apple's Human Interface Guidelines: 11 points at least; research of 2026-11-22: 14 px for text",
)
def font_size(proof: Proof) -> Faults:
    """Nothing is set below 11 px, no running text below 14 px."""
    found: dict[tuple[float, str], list[str]] = defaultdict(list)
    places = {}
    for run in proof.runs:
        size = proof.light.size(run.element)
        if size >= _SMALL_BODY:
            continue
        is_body = len(folded("".join(run.element.itertext()))) >= _BODY
        if size < _SMALLEST or (is_body and size < _SMALL_BODY):
            place = proof.place(run.element)
            found[size, place.name].append(run.text)
            places[place.name] = place
    for (size, name), texts in found.items():
        severity = ERROR if size < _SMALLEST else WARNING
        message = f"{quoted(texts[0])} is set in {size:g} px; use {_SMALL_BODY} or more."
        yield Fault(severity, message, places[name])
