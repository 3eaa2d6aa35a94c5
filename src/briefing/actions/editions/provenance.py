"""Tracing: an article's sentences, and which of them its digest is made of."""

from dataclasses import dataclass

from briefing.actions.editions.word_diff import DiffRun, words_apart
from briefing.digests import sentence_spans
from briefing.model.edition import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedSentence:
    """One sentence of the source."""

    #: Counted from 1 through the whole article.
    number: int
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """The source of a story beside what is printed of it."""

    item: Item
    paragraphs: tuple[tuple[TracedSentence, ...], ...]
    #: The sentences of the digest in order, each with its number in the source.
    digest: tuple[TracedSentence, ...]
    #: How the printed paragraph differs from the digest; empty while it is verbatim.
    rewritten: tuple[DiffRun, ...] = ()


def trace(item: Item) -> Trace:
    """Lay a story's source open, sentence by sentence."""
    article = item.article
    chosen = {(sentence.start, sentence.end) for sentence in item.digest.sentences}
    spans = sorted({*sentence_spans(article.text, article.language), *chosen})
    traced = [
        (
            start,
            TracedSentence(number=number, text=article.text[start:end], is_chosen=span in chosen),
        )
        for number, span in enumerate(spans, 1)
        for start, end in (span,)
    ]
    paragraphs: list[tuple[TracedSentence, ...]] = []
    begins = 0
    for paragraph in article.paragraphs:
        ends = begins + len(paragraph.text)
        paragraphs.append(tuple(one for start, one in traced if begins <= start < ends))
        begins = ends + len("\n\n")
    return Trace(
        item=item,
        paragraphs=tuple(filter(None, paragraphs)),
        digest=tuple(one for _, one in traced if one.is_chosen),
        rewritten=() if item.verbatim else words_apart(item.digest.text, item.paragraph),
    )
