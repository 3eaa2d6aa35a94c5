"""Adverts that stand in a text under a bare "Advertisement", with nothing that says where they end."""

from collections.abc import Sequence

from briefing.articles.lines.line import Line
from briefing.articles.lines.line_kind import LineKind
from briefing.articles.text.shared_words import SharedWords
from briefing.articles.vocabulary.payer_names import Disclosure
from briefing.articles.vocabulary.sales_voice import speaks_to_reader


def announced_adverts(page: Sequence[Line]) -> list[Line]:
    """Take out the paragraphs next to such a label that share no name and hardly a word with the others.

    Most of these labels stand over a slot that is empty, and what follows is the article's own. One that
    is apart and does not speak to its reader stays, and its label is in doubt.
    """
    slots = [place for place, line in enumerate(page) if line.kind is LineKind.SLOT]
    if not slots:
        return list(page)
    lines = list(page)
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
