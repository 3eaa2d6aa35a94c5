"""Forms: a live blog, an interview or a review is not a news story, and its digest is made another way.

A form is known by its structure before anything is rated. One file each; the first that knows an
article has it, so the strictest stand first.
"""

from bisect import bisect_right
from collections.abc import Sequence, Set

from briefing.digests.form_words import form_words
from briefing.digests.forms import (
    agenda,
    interview,
    letters,
    live_blog,
    obituary,
    opinion,
    poll_table,
    review,
    round_up,
    speech,
)
from briefing.digests.forms.form import Form, Layout, Spans, TextBlock, TextStructure
from briefing.digests.vocabulary import vocabulary

__all__ = ["FORMS", "Layout", "lay_out"]

#: A form shows itself in the first so many sentences, and no more words of them, or in the whole structure.
_HEAD, _HEAD_WORDS = 2, 60
#: A line is no longer; what is, is prose without its end mark.
_LONGEST_LINE = 200
#: What ends a sentence, with or without a quotation around it.
_ENDS = ".!?…。！？।؟”’\"'»)"
#: What may close behind an end mark.
_CLOSES = "”’\"'»)）」』"
FORMS: dict[str, Form] = {
    "agenda": agenda.lay_out,
    "live blog": live_blog.lay_out,
    "interview": interview.lay_out,
    "letters": letters.lay_out,
    "poll table": poll_table.lay_out,
    "speech": speech.lay_out,
    "review": review.lay_out,
    "obituary": obituary.lay_out,
    "round-up": round_up.lay_out,
    "opinion": opinion.lay_out,
}


def lay_out(
    text: str, title: str, language: str, spans: Spans, breaks: Sequence[int], said: Set[str]
) -> Layout:
    """What kind of text an article is, and what follows from that; a news story when no form knows it.

    Args:
        text: the article's.
        title: its headline; may be empty.
        language: an ISO 639 code; forms are known in languages that have a vocabulary.
        spans: where its sentences stand.
        breaks: where each of its blocks but the first begins.
        said: its words in lower case.
    """
    reading = _read(text, title, language, spans, breaks, said) if spans else None
    if reading is not None:
        for form in FORMS.values():
            found = form(reading)
            if found is not None:
                return found
    return Layout(spans=spans, order=range(len(spans)))


def _read(
    text: str, title: str, language: str, spans: Spans, breaks: Sequence[int], said: Set[str]
) -> TextStructure | None:
    words = vocabulary(language)
    if words is None:
        return None
    blocks = _blocks(text, spans, breaks)
    own = form_words(language)
    head = [word for start, end in spans[:_HEAD] for word in words.tokens(text[start:end])]
    return TextStructure(
        text=text,
        title=title,
        spans=spans,
        blocks=blocks,
        words=words,
        title_says=own.senses(title) if own else words.senses_in(words.tokens(title)),
        head_says=own.senses(" ".join(text[slice(*span)] for span in spans[:_HEAD]))
        if own
        else words.senses_in(head[:_HEAD_WORDS]),
        unended=tuple(
            block
            for block in blocks
            if (block.text[-1] not in _ENDS or (own and _is_open(block.text)))
            and len(block.text) < _LONGEST_LINE
        ),
        said=said,
        own=own,
    )


def _is_open(text: str) -> bool:
    """True where nothing but a bracket or quotation closes: "(Rome)" ends nothing, nor does a quoted name."""
    return (text.rstrip(_CLOSES) or text)[-1] not in _ENDS


def _blocks(text: str, spans: Spans, breaks: Sequence[int]) -> tuple[TextBlock, ...]:
    """The paragraphs and lines that hold a sentence."""
    starts = [0, *breaks]
    blocks = []
    first = 0
    for place, (start, _) in enumerate(spans):
        last = place + 1 == len(spans)
        block = bisect_right(starts, start) - 1
        if last or spans[place + 1][0] >= (
            starts[block + 1] if block + 1 < len(starts) else len(text) + 1
        ):
            begins = spans[first][0]
            blocks.append(
                TextBlock(begins, text[begins : spans[place][1]], range(first, place + 1))
            )
            first = place + 1
    return tuple(blocks)
