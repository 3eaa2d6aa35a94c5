"""The engines that rate sentences: Sumy's summarizers, by the name config.toml gives them.

Each is handed a document of Sumy's own classes, made with our tokenizer and Sumy's stemmer and stop
words, and its ratings are read where it would choose. What is done with them is the same for every
engine, see `ranking` and `selection`.

Sumy is imported when the first sentence is rated, and the default method without all of nltk, see
`stemming`: the others bring half a second that nobody should wait who asks for none of them.
"""

import math
import warnings
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from briefing.digests.stemming import sumy_module
from briefing.digests.tokenizer import NewsTokenizer, distinct_stems_of, stemmer, stop_words

#: Sentences of each paragraph and the language → a rating for each sentence.
Engine = Callable[[Sequence[Sequence[str]], str], list[float]]
#: Sumy's methods are quadratic or worse in the number of sentences: longer texts are rated in parts.
TOGETHER = 400


def edmundson(paragraphs: Sequence[Sequence[str]], language: str) -> list[float]:
    """Sumy's Edmundson by its cue method: bonus words are those that the article takes up again.

    A sentence is handed over as its stems that a later sentence repeats, so that one which opens a
    subject counts for more than one which closes it. The method counts, and long sentences hold more
    to count: its ratings are divided by the root of the length in words.

    Sources: H. P. Edmundson, New Methods in Automatic Extracting, JACM 16 (1969); that only what
    comes later should count: H. Zheng and M. Lapata, Sentence Centrality Revisited, ACL 2019.
    """
    dom = sumy_module("sumy.models.dom")
    texts = [text for paragraph in paragraphs for text in paragraph]
    words, bonus = _taken_up_again([distinct_stems_of(text, language) for text in texts])
    method = sumy_module("sumy.summarizers.edmundson_cue").EdmundsonCueMethod(str, bonus, ())
    method.stem_word = str  # they are stems already
    sentences = [dom.Sentence(text, _Words(own)) for text, own in zip(texts, words, strict=True)]
    document = dom.ObjectDocumentModel([dom.Paragraph(sentences)])
    counted = method.rate_sentences(document)
    return [
        counted[sentence] / math.sqrt(text.count(" ") + 1)
        for sentence, text in zip(sentences, texts, strict=True)
    ]


def _taken_up_again(stems: Sequence[frozenset[str]]) -> tuple[list[frozenset[str]], set[str]]:
    """For each sentence those of its stems that a later one repeats; and all of them."""
    later: set[str] = set()
    again: set[str] = set()
    words: list[frozenset[str]] = []
    for own in reversed(stems):
        repeated = own & later
        words.append(repeated)
        again |= repeated
        later |= own
    return words[::-1], again


class _Words:
    """A tokenizer for one sentence whose words are known."""

    def __init__(self, words: frozenset[str]) -> None:
        self._words = words

    def to_words(self, _: str) -> frozenset[str]:
        return self._words


def _stock(name: str, module: str) -> Engine:
    """A method of Sumy's as it is; only the order of its ratings is used, because scales differ."""

    def rate(paragraphs: Sequence[Sequence[str]], language: str) -> list[float]:
        summarizer = getattr(import_module(module), name)(stemmer(language))
        summarizer.stop_words = stop_words(language)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ratings = _ratings(summarizer, _document(paragraphs, language))
        # LexRank of a tiny text gives NaN; such a sentence comes last.
        worst_first = sorted(
            range(len(ratings)), key=lambda place: (_number(ratings[place]), -place)
        )
        ranks = {place: rank for rank, place in enumerate(worst_first, 1)}
        return [ranks[place] / len(ratings) for place in range(len(ratings))]

    return rate


def _number(rating: float) -> float:
    return -math.inf if math.isnan(rating) else rating


def _ratings(summarizer: Any, document: Any) -> list[float]:
    """What a summarizer thinks of each sentence, read where it would choose."""
    found: dict[int, float] = {}

    def listen(infos: Sequence[Any]) -> list[Any]:
        for info in infos:
            found[info.order] = float(info.rating)
        return []

    summarizer(document, listen)
    return [found.get(order, 0.0) for order in range(len(document.sentences))]


def _document(paragraphs: Sequence[Sequence[str]], language: str) -> Any:
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence  # noqa: PLC0415

    tokenizer = NewsTokenizer(language)
    return ObjectDocumentModel(
        [Paragraph([Sentence(text, tokenizer) for text in texts]) for texts in paragraphs]
    )


ENGINES: dict[str, Engine] = {
    "edmundson": edmundson,
    "lexrank": _stock("LexRankSummarizer", "sumy.summarizers.lex_rank"),
    "textrank": _stock("TextRankSummarizer", "sumy.summarizers.text_rank"),
    "lsa": _stock("OrderedLsa", "briefing.digests.ordered_lsa"),
    "luhn": _stock("LuhnSummarizer", "sumy.summarizers.luhn"),
    "kl": _stock("KLSummarizer", "sumy.summarizers.kl"),
    "reduction": _stock("ReductionSummarizer", "sumy.summarizers.reduction"),
    "sumbasic": _stock("SumBasicSummarizer", "sumy.summarizers.sum_basic"),
}
