"""The labelling court: what somebody paid for, or issued, is measured as a browser paints it.

These rules find something only when the email was drawn, which `briefing lint --rendered` does.
"""

from collections.abc import Iterable, Iterator
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


#: Stands in a sentence for where its fault was seen.
_WHERE = "\0"


class _Seen(NamedTuple):
    """A fault in one look: its sentence, and what the sentence says of that look."""

    item: Item
    told: str
    where: str


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
    yield from _once(proof, _hidden(proof))


def _hidden(proof: Proof) -> Iterator[_Seen]:
    for case in _cases(proof):
        piece = quoted(case.item.headline)
        if not case.texts:
            told = f"{piece} is drawn in no block of its own {_WHERE}; put it in one."
            yield _Seen(case.item, told, case.page.name)
            continue
        deep = case.label.bottom - case.page.blocks[case.block].top
        if deep > _FOLD:
            told = f"The label of {piece} ends {_WHERE}; {_FOLD:.0f} px is the most."
            where = f"{deep:.0f} px below the top of its block {case.page.name}"
            yield _Seen(case.item, told, where)


@rule(
    "label-size",
    ERROR,
    reason="Whoever reads the kicker of a story must read the label of an advert as easily.",
    source=_FTC,
)
def label_size(proof: Proof) -> Faults:
    """No label is painted smaller than the kickers of the stories."""
    yield from _once(proof, _small(proof))


def _small(proof: Proof) -> Iterator[_Seen]:
    kickers = {worded(item.kicker) for item in proof.edition.items if item.kicker}
    for case in _drawn(proof):
        sizes = [text.size for text in case.page.texts if worded(text.text) in kickers]
        if sizes and case.label.size < max(sizes):
            told = (
                f"The label {quoted(case.label.text)} is painted in {case.label.size:g} px {_WHERE}, "
                f"kickers in {max(sizes):g}; set it as large."
            )
            yield _Seen(case.item, told, case.page.name)


@rule(
    "label-contrast",
    ERROR,
    reason="A pale label is there for lawyers, not for readers.",
    source=f"WCAG 2.2, success criterion 1.4.3; {_FTC}",
)
def label_contrast(proof: Proof) -> Faults:
    """Every label has 4.5:1 against what is painted behind it, in light, in dark and where dark is forced."""
    yield from _once(proof, _pale(proof))


def _pale(proof: Proof) -> Iterator[_Seen]:
    for case in _drawn(proof):
        label = case.label
        for look, text, ground in _looks(case.page, label.colour, label.ground, lies=False):
            ratio = contrast(text.over(ground), ground)
            if ratio < _LEAST:
                told = f"The label {quoted(label.text)} has {_WHERE}; {_LEAST:g}:1 is the least."
                yield _Seen(case.item, told, f"{ratio:.2f}:1 {look}")


@rule(
    "label-ground",
    ERROR,
    reason="A block that looks like the stories is read as one of them, whatever stands above it.",
    source=f"{_CODE}; the least difference: Mahy, Van Eycken and Oosterlinck (1994), Evaluation of uniform "
    "color spaces, 2.3 in CIELAB",
)
def label_ground(proof: Proof) -> Faults:
    """A paid or issued block is told from the stories by its ground, or by a line of 2 px, in every look."""
    yield from _once(proof, _alike(proof))


def _alike(proof: Proof) -> Iterator[_Seen]:
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
                told = (
                    f"The block of {quoted(case.item.headline)} has the ground of the stories and no line "
                    f"{_WHERE}; set it apart."
                )
                yield _Seen(case.item, told, look)


@rule(
    "label-words",
    ERROR,
    reason="What is not called an advertisement is not taken for one; each country says with which words.",
    source=f"{_CODE}; {_PRESS}; the words of each country: languages/tables",
)
def label_words(proof: Proof) -> Faults:
    """The painted label says what the rules of the letter's country ask, or who issued the piece."""
    yield from _once(proof, _called_otherwise(proof))


def _called_otherwise(proof: Proof) -> Iterator[_Seen]:
    words = furniture(proof.email.language)
    for case in _drawn(proof):
        said = case.label.text
        if case.item.article.verdict is Verdict.ISSUED:
            wanted = issued_by(case.item.article, words)[0]
            is_said = worded(wanted) in worded(said)
        else:
            wanted, is_said = words.clear_labels[0], is_clear(said, proof)
        if not is_said:
            told = (
                f"The block of {quoted(case.item.headline)} begins with {quoted(said)} {_WHERE}; "
                f"begin it with {quoted(wanted)}."
            )
            yield _Seen(case.item, told, case.page.name)


@rule(
    "label-order",
    ERROR,
    reason="Who listens, or scrolls in from below, must hear where the advert begins and where it ends.",
    source=f"WCAG 2.2, success criterion 1.3.2; {_FTC}",
)
def label_order(proof: Proof) -> Faults:
    """The label is the first thing in its block, by eye and by ear; a paid block ends on it too."""
    yield from _once(proof, _out_of_order(proof))


def _out_of_order(proof: Proof) -> Iterator[_Seen]:
    for case in _drawn(proof):
        written = [text for text in case.page.texts if text.block == case.block]
        if written[0] is not case.label:
            told = (
                f"{quoted(written[0].text)} is read before the label {quoted(case.label.text)} {_WHERE}; "
                "put the label first."
            )
            yield _Seen(case.item, told, case.page.name)
        is_paid = case.item.article.verdict is not Verdict.ISSUED
        label, last = (worded(text.text).casefold() for text in (case.label, case.texts[-1]))
        if is_paid and label not in last:
            told = (
                f"The block of {quoted(case.item.headline)} ends on {quoted(case.texts[-1].text)} "
                f"{_WHERE}; end it on {quoted(case.label.text)}."
            )
            yield _Seen(case.item, told, case.page.name)


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


def _once(proof: Proof, seen: Iterable[_Seen]) -> Iterator[Fault]:
    """One sentence a fault: it names the first look that has it, and says how many have."""
    looks: dict[tuple[str, str], list[_Seen]] = {}
    for one in seen:
        looks.setdefault((one.item.id, one.told), []).append(one)
    for first, *others in looks.values():
        where = f"{first.where}, the first of {len(others) + 1} looks" if others else first.where
        yield Fault(ERROR, first.told.replace(_WHERE, where), proof.place_of(first.item))


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
