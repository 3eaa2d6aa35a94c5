"""What a digest is measured against: the plain lead, and Sumy's LexRank as it comes."""

from briefing.digests.sentences import split_sentences
from briefing.digests.tokenizer import NewsTokenizer, stemmer, stop_words
from briefing.model.digest import count_words

#: What Sumy's own examples ask for.
_THREE = 3


def lead(text: str, language: str, least: int) -> tuple[str, ...]:
    """The first sentences, until they have so many words."""
    taken: list[str] = []
    for sentence in split_sentences(text, language):
        if sum(map(count_words, taken)) >= least:
            break
        taken.append(sentence)
    return tuple(taken)


def lexrank(text: str, language: str) -> tuple[str, ...]:
    """The three sentences that Sumy's LexRank likes best; fewer where there are fewer."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence  # noqa: PLC0415 - see `engines`
    from sumy.summarizers.lex_rank import LexRankSummarizer  # noqa: PLC0415

    tokenizer = NewsTokenizer(language)
    sentences = [Sentence(one, tokenizer) for one in split_sentences(text, language)]
    if len(sentences) <= _THREE:
        return tuple(str(one) for one in sentences)
    summarizer = LexRankSummarizer(stemmer(language))
    summarizer.stop_words = stop_words(language)
    document = ObjectDocumentModel([Paragraph(sentences)])
    return tuple(str(one) for one in summarizer(document, _THREE))
