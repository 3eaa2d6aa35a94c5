"""The engines that rate sentences, by the name config.toml gives them.

Sumy's own methods are imported when the first sentence is rated: they bring nltk, and half a second that
nobody should wait who asks for none of them. Ours takes Sumy's stemmers and stop words, see `stemming`.
"""

import warnings
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from briefing.digests.tokenizer import NewsTokenizer, stemmer, stop_words

#: Sentences of each paragraph, the headline, the language → a rating for each sentence.
Engine = Callable[[Sequence[Sequence[str]], str, str], list[float]]

_BONUS = ("significant", "key", "announced", "decided", "will", "vote", "government", "minister")
_STIGMA = ("hardly", "perhaps", "impossible", "incidentally")


def desk(paragraphs: Sequence[Sequence[str]], title: str, language: str) -> list[float]:
    """Our own engine; see `desk_engine`."""
    from briefing.digests.position_engine import rate  # noqa: PLC0415 - numpy, when it is needed

    return rate(tuple(text.strip() for texts in paragraphs for text in texts), title, language)


def _stock(name: str, module: str) -> Engine:
    """A stock Sumy method; its ratings are read where it would choose, so that we choose alike."""

    def rate(paragraphs: Sequence[Sequence[str]], title: str, language: str) -> list[float]:  # noqa: ARG001
        summarizer = getattr(import_module(module), name)(stemmer(language))
        summarizer.stop_words = stop_words(language)
        if name == "EdmundsonSummarizer":
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


def _feed_edmundson(summarizer: Any) -> None:
    """Edmundson refuses to start without its three word lists."""
    summarizer.bonus_words, summarizer.stigma_words = _BONUS, _STIGMA
    summarizer.null_words = stop_words("en")


def _document(paragraphs: Sequence[Sequence[str]], language: str) -> Any:
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence  # noqa: PLC0415

    tokenizer = NewsTokenizer(language)
    return ObjectDocumentModel(
        [Paragraph([Sentence(text, tokenizer) for text in texts]) for texts in paragraphs]
    )


ENGINES: dict[str, Engine] = {
    "desk": desk,
    "lexrank": _stock("LexRankSummarizer", "sumy.summarizers.lex_rank"),
    "textrank": _stock("TextRankSummarizer", "sumy.summarizers.text_rank"),
    "lsa": _stock("OrderedLsa", "briefing.digests.ordered_lsa"),
    "luhn": _stock("LuhnSummarizer", "sumy.summarizers.luhn"),
    "kl": _stock("KLSummarizer", "sumy.summarizers.kl"),
    "reduction": _stock("ReductionSummarizer", "sumy.summarizers.reduction"),
    "sumbasic": _stock("SumBasicSummarizer", "sumy.summarizers.sum_basic"),
    "edmundson": _stock("EdmundsonSummarizer", "sumy.summarizers.edmundson"),
}
