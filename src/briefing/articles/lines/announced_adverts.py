"""Adverts in a text: under a bare "Advertisement", with no word of where they end, or behind one and a colon."""

from collections.abc import Sequence

from briefing.articles.lines.line import Line
from briefing.articles.lines.line_kind import LineKind
from briefing.articles.text.shared_words import SharedWords
from briefing.articles.vocabulary.opening_labels import opening_label
from briefing.articles.vocabulary.payer_names import Disclosure
from briefing.articles.vocabulary.sales_voice import speaks_to_reader


def announced_adverts(page: Sequence[Line]) -> list[Line]:
    """Take out the paragraphs next to such a label that share no name and hardly a word with the others.

    Most of these labels stand over a slot that is empty, and what follows is the article's own. One that
    is apart and does not speak to its reader stays, and its label is in doubt.
    """
    lines = _without_labelled(page)
    slots = [place for place, line in enumerate(lines) if line.kind is LineKind.SLOT]
    if not slots:
        return lines
    heads = [line.text for line in lines if line.is_headline]
    words = SharedWords([line.text if line.is_prose else "" for line in lines], heads)
    usable = [line.is_prose for line in lines]
    for slot in slots:
        label = lines[slot].text
        run = words.announced(slot, usable)
        if any(speaks_to_reader(lines[place].text) for place in run):
            for place in run:
                reason = f"paid for, next to “{label}”"
                lines[place] = lines[place].taken_for(LineKind.FURNITURE, reason)
                usable[place] = False
        elif run:
            doubt = Disclosure(text=label, payer=None)
            lines[slot] = lines[slot].taken_for(LineKind.SLOT, evidence=doubt)
    return lines


def _without_labelled(page: Sequence[Line]) -> list[Line]:
    """The lines without paragraphs that begin with their label, while most of the page has none."""
    labels = [opening_label(line.text) if line.is_prose else None for line in page]
    told = sum(len(line.text) for line in page if line.is_prose)
    paid = sum(len(line.text) for line, label in zip(page, labels, strict=True) if label)
    if paid * 2 > told:
        return list(page)
    return [
        line.taken_for(LineKind.FURNITURE, f"paid for, as it begins with “{label}”")
        if label
        else line
        for line, label in zip(page, labels, strict=True)
    ]
