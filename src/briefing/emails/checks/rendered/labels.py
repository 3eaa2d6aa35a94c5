"""The labelling court: what somebody paid for, or issued, is measured as a browser paints it.

These rules find something only when the email was drawn, which `briefing lint --rendered` does.
"""

from collections.abc import Iterator
from typing import NamedTuple

from briefing.emails.checks.colour import Colour, contrast, difference
from briefing.emails.checks.rendered.drawn import DrawnPage, DrawnText
from briefing.emails.checks.rule import ERROR, WARNING, Fault, Faults, quoted, rule
from briefing.emails.checks.sample import Proof, worded
from briefing.emails.checks.sponsorship import is_clear
from briefing.emails.small_print import issued_by
from briefing.languages.furniture import furniture
from briefing.model.article import Verdict
from briefing.model.edition import Item

_CODE = (
    "CAP Code (UK), rules 2.1 and 2.4; ICC Advertising and Marketing Communications Code, article 7"
)
_PRESS = "Pressekodex (Deutscher Presserat), guidelines 1.3 and 7.1"
_FTC = "FTC (US), .com Disclosures (2013), section III: proximity, prominence"
#: CSS pixels from the top of a block within which its label has to end.
_FOLD = 100.0
_LEAST = 4.5
#: CIELAB distances: 2.3 is just noticed side by side; grounds stand apart, lines are thin.
_GROUNDS_APART, _LINE_APART = 3.0, 20.0
_LINE = 2.0


class _Case(NamedTuple):
    """A piece as one page has it: its block's texts in reading order; none where it was not drawn in one."""

    item: Item
    page: DrawnPage
    texts: list[DrawnText]
    block: int

    @property
    def label(self) -> DrawnText:
        return self.texts[0]


@rule(
    "label-shown",
    ERROR,
    reason="A label that is not painted, or stands under the text, tells readers after they have read.",
    source=f"{_FTC}; {_CODE}",
)
def label_shown(proof: Proof) -> Faults:
    """Each paid or issued piece is drawn in a block of its own, whose label ends within its first 100 px."""
    for case in _cases(proof):
        piece = quoted(case.item.headline)
        if not case.texts:
            message = f"{piece} is drawn in no block of its own {case.page.name}; put it in one."
            yield Fault(ERROR, message, proof.place_of(case.item))
            continue
        deep = case.label.bottom - case.page.blocks[case.block].top
        if deep > _FOLD:
            message = (
                f"The label of {piece} ends {deep:.0f} px below the top of its block {case.page.name}; "
                f"{_FOLD:.0f} is the most."
            )
            yield Fault(ERROR, message, proof.place_of(case.item))


@rule(
    "label-size",
    ERROR,
    reason="Whoever reads the kicker of a story must read the label of an advert as easily.",
    source=_FTC,
)
def label_size(proof: Proof) -> Faults:
    """No label is painted smaller than the kickers of the stories."""
    kickers = {worded(item.kicker) for item in proof.edition.items if item.kicker}
    for case in _drawn(proof):
        sizes = [text.size for text in case.page.texts if worded(text.text) in kickers]
        if sizes and case.label.size < max(sizes):
            message = (
                f"The label {quoted(case.label.text)} is painted in {case.label.size:g} px {case.page.name}, "
                f"kickers in {max(sizes):g}; set it as large."
            )
            yield Fault(ERROR, message, proof.place_of(case.item))


@rule(
    "label-contrast",
    ERROR,
    reason="A pale label is there for lawyers, not for readers.",
    source=f"WCAG 2.2, success criterion 1.4.3; {_FTC}",
)
def label_contrast(proof: Proof) -> Faults:
    """Every label has 4.5:1 against what is painted behind it, in light, in dark and where dark is forced."""
    for case in _drawn(proof):
        for look, text, ground in _looks(
            case.page, case.label.colour, case.label.ground, lies=False
        ):
            ratio = contrast(text.over(ground), ground)
            if ratio < _LEAST:
                message = (
                    f"The label {quoted(case.label.text)} has {ratio:.2f}:1 {look}; "
                    f"{_LEAST:g}:1 is the least."
                )
                yield Fault(ERROR, message, proof.place_of(case.item))


@rule(
    "label-ground",
    ERROR,
    reason="A block that looks like the stories is read as one of them, whatever stands above it.",
    source=f"{_CODE}; the least difference: Mahy, Van Eycken and Oosterlinck (1994), Evaluation of uniform "
    "color spaces, 2.3 in CIELAB",
)
def label_ground(proof: Proof) -> Faults:
    """A paid or issued block is told from the stories by its ground, or by a line of 2 px, in every look."""
    for case in _drawn(proof):
        story = _ground_of_stories(proof, case.page)
        own = _own(case).ground
        block = case.page.blocks[case.block]
        for look, ground, around in _looks(case.page, own, story, lies=True) if story else ():
            line = block.border_colour
            is_lined = (
                line is not None
                and block.border >= _LINE
                and difference(line, around) >= _LINE_APART
            )
            if difference(ground, around) < _GROUNDS_APART and not is_lined:
                message = (
                    f"The block of {quoted(case.item.headline)} has the ground of the stories and no line "
                    f"{look}; set it apart."
                )
                yield Fault(ERROR, message, proof.place_of(case.item))


@rule(
    "label-words",
    ERROR,
    reason="What is not called an advertisement is not taken for one; each country says with which words.",
    source=f"{_CODE}; {_PRESS}; the words of each country: languages/tables",
)
def label_words(proof: Proof) -> Faults:
    """The painted label says what the rules of the letter's country ask, or who issued the piece."""
    words = furniture(proof.email.language)
    for case in _drawn(proof):
        said = case.label.text
        if case.item.article.verdict is Verdict.ISSUED:
            wanted = issued_by(case.item.article, words)[0]
            is_said = worded(wanted) in worded(said)
        else:
            wanted, is_said = words.clear_labels[0], is_clear(said, proof)
        if not is_said:
            message = (
                f"The block of {quoted(case.item.headline)} begins with {quoted(said)}; "
                f"begin it with {quoted(wanted)}."
            )
            yield Fault(ERROR, message, proof.place_of(case.item))


@rule(
    "label-order",
    ERROR,
    reason="Who listens, or scrolls in from below, must hear where the advert begins and where it ends.",
    source=f"WCAG 2.2, success criterion 1.3.2; {_FTC}",
)
def label_order(proof: Proof) -> Faults:
    """The label is the first thing in its block, by eye and by ear; a paid block ends on it too."""
    for case in _drawn(proof):
        written = [text for text in case.page.texts if text.block == case.block]
        if written[0] is not case.label:
            message = (
                f"{quoted(written[0].text)} is read before the label {quoted(case.label.text)} {case.page.name}; "
                "put the label first."
            )
            yield Fault(ERROR, message, proof.place_of(case.item))
        is_paid = case.item.article.verdict is not Verdict.ISSUED
        label, last = (worded(text.text).casefold() for text in (case.label, case.texts[-1]))
        if is_paid and label not in last:
            message = (
                f"The block of {quoted(case.item.headline)} ends on {quoted(case.texts[-1].text)} "
                f"{case.page.name}; end it on {quoted(case.label.text)}."
            )
            yield Fault(ERROR, message, proof.place_of(case.item))


@rule(
    "label-inbox",
    WARNING,
    reason="An inbox row has no room for a label, so nothing that needs one may stand in it.",
    source=_CODE,
)
def label_inbox(proof: Proof) -> Faults:
    """Neither subject nor preheader names who paid, or says what was paid for or issued."""
    if proof.drawn is None:
        return
    inbox = f" {proof.email.subject} {proof.email.preheader} ".casefold()
    for item in _labelled(proof):
        paid = item.article.verdict is not Verdict.ISSUED
        names = (item.headline, item.article.sponsorship.sponsor if paid else None)
        for name in filter(None, names):
            if name.casefold() in inbox:
                message = f"The inbox row says {quoted(name)}, which has no label there; word it otherwise."
                yield Fault(WARNING, message, proof.place_of(item))


def _labelled(proof: Proof) -> list[Item]:
    issued = [item for item in proof.edition.items if item.article.verdict is Verdict.ISSUED]
    return [*proof.edition.sponsored, *issued]


def _cases(proof: Proof) -> Iterator[_Case]:
    for item in _labelled(proof):
        kind = "issued" if item.article.verdict is Verdict.ISSUED else "sponsored"
        for page in proof.drawn or ():
            yield _case(item, kind, page)


def _case(item: Item, kind: str, page: DrawnPage) -> _Case:
    headline = worded(item.headline)
    for number, block in enumerate(page.blocks):
        texts = page.within(number)
        if block.kind == kind and headline in worded(" ".join(text.text for text in texts)):
            return _Case(item, page, texts, number)
    return _Case(item, page, [], -1)


def _drawn(proof: Proof) -> Iterator[_Case]:
    return (case for case in _cases(proof) if case.texts)


def _own(case: _Case) -> DrawnText:
    """What the piece itself says first, behind its label."""
    headline = worded(case.item.headline)
    return next((text for text in case.texts if worded(text.text) in headline), case.texts[-1])


def _ground_of_stories(proof: Proof, page: DrawnPage) -> Colour | None:
    headlines = {worded(item.headline) for item in proof.edition.items}
    found = (text for text in page.texts if text.block is None and worded(text.text) in headlines)
    first = next(found, None)
    return first.ground if first else None


def _looks(
    page: DrawnPage, front: Colour, back: Colour, *, lies: bool
) -> Iterator[tuple[str, Colour, Colour]]:
    """Two colours as painted, and as a client that forces dark mode would turn those of the light page.

    Args:
        page: where they were painted.
        front: the one in question, of a text or, where it `lies`, of a ground.
        back: the ground next to it.
        lies: the first is a ground too.
    """
    yield page.name, front, back
    if not page.is_dark:
        where = f"at {page.width} px where dark is forced"
        yield where, front.forced(ground=lies), back.forced(ground=True)
