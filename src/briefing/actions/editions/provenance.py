"""Tracing: an article's sentences, and which of them its digest is made of."""

from dataclasses import dataclass

from briefing.actions.editions.word_diff import DiffRun, words_apart
from briefing.digests.sentences import sentence_spans
from briefing.model.edition import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedSentence:
    """One sentence of the source."""

    #: Counted from 1 through the whole article.
    number: int
    text: str
    is_chosen: bool
    #: The sentences that answer it, best first: it is not printed without one of them.
    answered_by: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """The source of a story next to what is printed of it."""

    item: Item
    paragraphs: tuple[tuple[TracedSentence, ...], ...]
    #: The sentences of the digest in order, each with its number in the source.
    digest: tuple[TracedSentence, ...]
    #: How the printed paragraph differs from the digest; empty while it is verbatim.
    rewritten: tuple[DiffRun, ...] = ()

    @property
    def answers(self) -> frozenset[int]:
        """The numbers of the sentences that answer another: who reads of one looks for it in the source."""
        sentences = (one for paragraph in self.paragraphs for one in paragraph)
        return frozenset(number for one in sentences for number in one.answered_by)


def trace(item: Item) -> Trace:
    """Lay a story's source open, sentence by sentence."""
    article = item.article
    chosen = {(sentence.start, sentence.end) for sentence in item.digest.sentences}
    spans = _spans(item, chosen)
    numbers = {span: number for number, span in enumerate(spans, 1)}
    answers = _answers(item, numbers)
    traced = [
        (
            start,
            TracedSentence(
                number=number,
                text=article.text[start:end],
                is_chosen=(start, end) in chosen,
                answered_by=answers.get(number, ()),
            ),
        )
        for (start, end), number in numbers.items()
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


def _spans(item: Item, chosen: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where the sentences stand; a chosen one may be without its label, or cut."""
    every = sentence_spans(item.article.text, item.article.language)
    others = (
        (start, end)
        for start, end in every
        if not any(start < other and begins < end for begins, other in chosen)
    )
    return sorted({*others, *chosen})


def _answers(item: Item, numbers: dict[tuple[int, int], int]) -> dict[int, tuple[int, ...]]:
    """For each claim, by its number, those of its answers."""
    found: dict[int, tuple[int, ...]] = {}
    for pair in item.digest.pairs:
        claim = numbers.get((pair.claim.start, pair.claim.end))
        own = (numbers.get((answer.start, answer.end)) for answer in pair.answers)
        if claim is not None:
            every = (*found.get(claim, ()), *(number for number in own if number))
            found[claim] = tuple(dict.fromkeys(every))
    return found
