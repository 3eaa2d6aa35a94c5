"""Article → digest: the one entry to this room."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.digests.anaphora import balanced, points_back
from briefing.digests.candidates import Candidates, candidates
from briefing.digests.engines import ENGINES
from briefing.errors import DigestError
from briefing.model.article import Article, ParagraphKind
from briefing.model.digest import Digest, Explained, Sentence

if TYPE_CHECKING:
    from briefing.digests.selection import Choice

_PROSE = (ParagraphKind.PROSE, ParagraphKind.QUOTE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestSettings:
    """Which engine rates the sentences, and how long a digest is."""

    engine: str = "desk"
    #: Words of a digest, least and most; whole sentences decide where between them it ends.
    words: tuple[int, int] = (60, 90)
    #: The largest number of sentences.
    sentences: int = 5


def make_digest(article: Article, settings: DigestSettings) -> Digest:
    """One paragraph of the article's own sentences, word for word and in their order.

    Sentences after the first `MOST_SENTENCES` are not read; the digest's flags say so.

    Raises:
        DigestError: when the engine's name is unknown.
    """
    prose = tuple(paragraph.kind in _PROSE for paragraph in article.paragraphs)
    found = candidates(article.text, article.language, prose if any(prose) else None)
    sentences, flags, _, _ = _digest(found, article.headline, article.language, settings)
    return Digest(article_id=article.id, sentences=sentences, engine=settings.engine, flags=flags)


def explain(article: Article, settings: DigestSettings) -> tuple[Explained, ...]:
    """Each sentence that was read with its rating and why it was taken or left."""
    prose = tuple(paragraph.kind in _PROSE for paragraph in article.paragraphs)
    found = candidates(article.text, article.language, prose if any(prose) else None)
    sentences, _, ratings, reasons = _digest(found, article.headline, article.language, settings)
    return tuple(
        Explained(sentence=sentence, rating=rating, taken=sentence in sentences, reason=reason)
        for sentence, rating, reason in zip(found.sentences, ratings, reasons, strict=True)
    )


def digest_text(
    text: str, title: str, settings: DigestSettings, language: str = "en"
) -> tuple[tuple[Sentence, ...], tuple[str, ...]]:
    """The chosen sentences of a bare text and the flags, by the same way as for an article."""
    sentences, flags, _, _ = _digest(candidates(text, language), title, language, settings)
    return sentences, flags


def _digest(
    found: Candidates, title: str, language: str, settings: DigestSettings
) -> tuple[tuple[Sentence, ...], tuple[str, ...], list[float], tuple[str, ...]]:
    if settings.engine not in ENGINES:
        raise DigestError(
            f"There is no engine {settings.engine!r}; known: {', '.join(sorted(ENGINES))}."
        )
    places, flags, ratings, reasons = _chosen(found, title, language, settings)
    if found.unread:
        read = len(found.sentences)
        flags += (f"only the first {read} of {read + found.unread} sentences were read",)
    return _at(found, places), flags, ratings, reasons


def _chosen(
    found: Candidates, title: str, language: str, settings: DigestSettings
) -> tuple[list[int], tuple[str, ...], list[float], tuple[str, ...]]:
    least, most = settings.words
    usable = [place for place, reason in enumerate(found.against) if not reason]
    if _words(found, usable) <= most and _stands_alone(found, usable, settings.sentences):
        flags = () if _words(found, usable) >= least else ("short article, printed whole",)
        reasons = tuple(reason or "taken: the article is short" for reason in found.against)
        return usable, flags, [0.0] * len(found.sentences), reasons
    from briefing.digests.selection import choose  # noqa: PLC0415 - numpy, as late as Sumy: see `engines`

    ratings = ENGINES[settings.engine](found.paragraphs, title, language)
    choice = choose(found, ratings, settings.words, settings.sentences, language)
    if not choice.places:
        flags = ("opening paragraph instead of a digest",)
        return _opening(found, most), flags, ratings, choice.reasons
    return list(choice.places), _length_flags(found, choice, least), ratings, choice.reasons


def _length_flags(found: Candidates, choice: "Choice", least: int) -> tuple[str, ...]:
    words = _words(found, list(choice.places))
    return () if words >= least else (f"{words} words, shorter than asked",)


def _stands_alone(found: Candidates, places: list[int], most: int) -> bool:
    """True when these sentences are a paragraph as they are: nothing points at what is left out."""
    kept = set(places)
    text = " ".join(found.texts[place] for place in places)
    whole = all(found.needs[place] <= kept for place in places)
    opens_well = bool(places) and not (places[0] > 0 and points_back(found.texts[places[0]]))
    return whole and opens_well and balanced(text) and len(places) <= most + 2


def _opening(found: Candidates, most: int) -> list[int]:
    """The first paragraph, or as many of its sentences as the window holds; at least one."""
    if not found.sentences:
        return []
    first = [
        at for at, paragraph in enumerate(found.paragraph_of) if paragraph == found.paragraph_of[0]
    ]
    while len(first) > 1 and _words(found, first) > most:
        first.pop()
    return first


def _words(found: Candidates, places: list[int]) -> int:
    return sum(found.lengths[place] for place in places)


def _at(found: Candidates, places: list[int]) -> tuple[Sentence, ...]:
    return tuple(found.sentences[place] for place in places)
