"""The engines that rate sentences, by the name config.toml gives them."""

import warnings
from collections.abc import Callable, Sequence
from typing import Any

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers.edmundson import EdmundsonSummarizer
from sumy.summarizers.kl import KLSummarizer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.reduction import ReductionSummarizer
from sumy.summarizers.sum_basic import SumBasicSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from briefing.digests.desk_engine import DeskSummarizer
from briefing.digests.tokenizer import NewsTokenizer, stemmer, stop_words

#: Sentences of each paragraph, the headline, the language → a rating for each sentence.
Engine = Callable[[Sequence[Sequence[str]], str, str], list[float]]

_BONUS = ("significant", "key", "announced", "decided", "will", "vote", "government", "minister")
_STIGMA = ("hardly", "perhaps", "impossible", "incidentally")


class _OrderedLsa(LsaSummarizer):  # type: ignore[misc] # Sumy has no types
    """LSA whose word numbers do not depend on PYTHONHASHSEED."""

    def _create_dictionary(self, document: Any) -> dict[str, int]:
        words = (self.normalize_word(word) for word in document.words)
        stems = (self.stem_word(word) for word in words if word not in self.stop_words)
        return {stem: number for number, stem in enumerate(dict.fromkeys(stems))}


def desk(paragraphs: Sequence[Sequence[str]], title: str, language: str) -> list[float]:
    """Our own engine; see `DeskSummarizer`."""
    summarizer = DeskSummarizer(stemmer(language))
    summarizer.language, summarizer.title = language, title
    return summarizer.rate(_document(paragraphs, language))


def _stock(kind: type) -> Engine:
    """A stock Sumy method; its ratings are read where it would choose, so that we choose alike."""

    def rate(paragraphs: Sequence[Sequence[str]], title: str, language: str) -> list[float]:  # noqa: ARG001
        summarizer = kind(stemmer(language))
        summarizer.stop_words = stop_words(language)
        _feed_edmundson(summarizer)
        document = _document(paragraphs, language)
        found: dict[int, float] = {}

        def listen(infos: Sequence[Any]) -> list[Any]:
            best_first = len(infos)
            for rank, info in enumerate(infos):
                # Only the order is used: scales differ, and LexRank of a tiny text gives NaN.
                found[info.order] = (best_first - rank) / best_first
            return []

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            summarizer(document, listen)
        return [found.get(order, 0.0) for order in range(len(document.sentences))]

    return rate


def _feed_edmundson(summarizer: object) -> None:
    """Edmundson refuses to start without its three word lists."""
    if isinstance(summarizer, EdmundsonSummarizer):
        summarizer.bonus_words, summarizer.stigma_words = _BONUS, _STIGMA
        summarizer.null_words = stop_words("en")


def _document(paragraphs: Sequence[Sequence[str]], language: str) -> ObjectDocumentModel:
    tokenizer = NewsTokenizer(language)
    return ObjectDocumentModel(
        [Paragraph([Sentence(text, tokenizer) for text in texts]) for texts in paragraphs]
    )


ENGINES: dict[str, Engine] = {
    "desk": desk,
    "lexrank": _stock(LexRankSummarizer),
    "textrank": _stock(TextRankSummarizer),
    "lsa": _stock(_OrderedLsa),
    "luhn": _stock(LuhnSummarizer),
    "kl": _stock(KLSummarizer),
    "reduction": _stock(ReductionSummarizer),
    "sumbasic": _stock(SumBasicSummarizer),
    "edmundson": _stock(EdmundsonSummarizer),
}
