"""Article → digest: the one entry to this room."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.digests.anaphora import balanced, points_back
from briefing.digests.bounds import CUT, opening
from briefing.digests.candidates import LIGHT, Candidates, candidates
from briefing.digests.engines import ENGINES, TOGETHER
from briefing.digests.ranking import rank
from briefing.digests.selection import Selector
from briefing.digests.settings import FAILED, OLD_NAMES, DigestSettings
from briefing.digests.tokenizer import stems_of
from briefing.errors import DigestError
from briefing.model.article import Article, ParagraphKind, Verdict
from briefing.model.digest import Digest, Explained, Pair, Sentence

_PROSE = (ParagraphKind.PROSE, ParagraphKind.QUOTE)
#: A text of no more sentences than these beyond the cap may be printed whole.
_A_FEW_MORE = 2
#: With this share of its stems in another sentence one says the same; a short article repeats its subject.
_SAME_FACT = 0.8
_WHOLE = "short article, printed whole"
_WHOLE_BUT = f"{_WHOLE} but for its shortest sentences"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """What became of an article's sentences."""

    sentences: tuple[Sentence, ...]
    flags: tuple[str, ...] = ()
    ratings: tuple[float, ...] = ()
    reasons: tuple[str, ...] = ()


def make_digest(article: Article, settings: DigestSettings) -> Digest:
    """One paragraph of the article's own sentences, word for word.

    They stand in the article's order; a live blog's stand in the order of its times.

    Raises:
        DigestError: when the engine's name is unknown.
    """
    found = _candidates(article)
    made = _digest(found, article.headline, article.language, settings)
    return Digest(
        article_id=article.id,
        sentences=made.sentences,
        engine=_engine(settings),
        flags=made.flags,
        pairs=_pairs(found),
    )


def explain(article: Article, settings: DigestSettings) -> tuple[Explained, ...]:
    """Each sentence with what it is worth and why it was taken or left."""
    return _explained(_candidates(article), article.headline, article.language, settings)


def explain_text(
    text: str, title: str, settings: DigestSettings, language: str = "en"
) -> tuple[Explained, ...]:
    """As `explain`, of a bare text."""
    return _explained(candidates(text, language, title=title), title, language, settings)


def _explained(
    found: Candidates, title: str, language: str, settings: DigestSettings
) -> tuple[Explained, ...]:
    made = _digest(found, title, language, settings)
    return tuple(
        Explained(sentence=sentence, rating=rating, taken=sentence in made.sentences, reason=reason)
        for sentence, rating, reason in zip(
            map(found.sentence, range(len(found.texts))), made.ratings, made.reasons, strict=True
        )
    )


def digest_text(
    text: str, title: str, settings: DigestSettings, language: str = "en"
) -> tuple[tuple[Sentence, ...], tuple[str, ...]]:
    """The chosen sentences of a bare text and the flags, by the same way as for an article."""
    made = _digest(candidates(text, language, title=title), title, language, settings)
    return made.sentences, made.flags


def _candidates(article: Article) -> Candidates:
    return candidates(
        article.text,
        article.language,
        _prose(article),
        article.headline,
        is_paid=article.verdict is Verdict.SPONSORED,
    )


def _prose(article: Article) -> tuple[bool, ...] | None:
    prose = tuple(paragraph.kind in _PROSE for paragraph in article.paragraphs)
    return prose if any(prose) else None


def _engine(settings: DigestSettings) -> str:
    """The engine that is meant.

    Raises:
        DigestError: when its name is unknown.
    """
    name = OLD_NAMES.get(settings.engine, settings.engine)
    if name not in ENGINES:
        raise DigestError(
            f"There is no engine {settings.engine!r}; known: {', '.join(sorted(ENGINES))}."
        )
    return name


def _digest(found: Candidates, title: str, language: str, settings: DigestSettings) -> _Made:
    engine = _engine(settings)
    made = _whole(found, settings) or _selected(found, title, language, settings, engine)
    sentences = made.sentences
    if found.layout.prints_in_order:
        told = {found.spans[place]: at for at, place in enumerate(found.layout.order)}
        sentences = tuple(
            sorted(sentences, key=lambda one: told.get((one.start, one.end), len(told)))
        )
    parted = _parted(found, made.sentences)
    return replace(
        made,
        sentences=sentences,
        flags=(*made.flags, *found.layout.flags, *parted),
    )


def _whole(found: Candidates, settings: DigestSettings) -> _Made | None:
    """All that a short article says; None when it is too long, or does not stand alone."""
    waits = frozenset[int]().union(*found.layout.reserve)
    usable = [place for place, why in enumerate(found.against) if not why and place not in waits]
    words = _words(found, usable)
    if waits and words < settings.words[0]:
        return None
    if words > settings.words[1]:
        return None
    usable = _with_short(found, usable)
    words = _words(found, usable)
    if words > settings.words[1] or len(usable) > settings.sentences + _A_FEW_MORE:
        return None
    if not _stands_alone(found, usable) or _says_twice(found, usable):
        return None
    short = words < settings.words[0]
    is_all = _is_all(found, usable)
    said = _WHOLE_BUT if "too short" in found.against else _WHOLE
    flags = (said,) if is_all else _length_flags(words, settings.words)
    return _Made(
        sentences=tuple(map(found.sentence, usable)),
        flags=flags if short else (),
        ratings=(0.0,) * len(found.texts),
        reasons=tuple(reason or "taken: the article is short" for reason in found.against),
    )


def _with_short(found: Candidates, usable: list[int]) -> list[int]:
    """These with the sentences they do not stand without, where nothing but their length is against those."""
    kept = set(usable)
    waiting = list(usable)
    while waiting:
        needs = found.needs[waiting.pop()] - kept
        if all(found.against[at] in LIGHT for at in needs):
            kept |= needs
            waiting += needs
    return sorted(kept)


def _is_all(found: Candidates, usable: list[int]) -> bool:
    """True when little else is there: nothing but headings, captions and the like was left out."""
    return 2 * _words(found, usable) >= sum(found.lengths)


def _says_twice(found: Candidates, places: list[int]) -> bool:
    """True when one of these sentences says what another says in other words."""
    for at, place in enumerate(places):
        own = found.stems[place]
        for other in places[:at]:
            if own and len(own & found.stems[other]) >= _SAME_FACT * len(own):
                return True
    return False


def _stands_alone(found: Candidates, places: list[int]) -> bool:
    """True when these sentences are a paragraph as they are: nothing points at what is left out."""
    kept = set(places)
    text = " ".join(found.texts[place] for place in places)
    whole = all(found.needs[place] <= kept for place in places)
    answered = all(kept & set(pair.answers) for place in places for pair in found.pairs.of(place))
    opens_well = bool(places) and not (places[0] > 0 and points_back(found.texts[places[0]]))
    return whole and answered and opens_well and balanced(text)


def _selected(
    found: Candidates, title: str, language: str, settings: DigestSettings, engine: str
) -> _Made:
    ratings, flags = _rated(found, language, engine)
    headline = frozenset(stems_of(title, language)) if title else frozenset[str]()
    worth = rank(found, ratings, headline)
    selector = Selector(found, worth, settings.words, settings.sentences)
    selection = selector.select()
    if not selection.places:
        selection = selector.stretched() or selection
    totals = tuple(one.total for one in worth)
    if not selection.places:
        sentences = opening(found, settings.words)
        return _Made(
            sentences=sentences,
            flags=(*flags, _of_opening(found, sentences)),
            ratings=totals,
            reasons=selection.reasons,
        )
    return _Made(
        sentences=tuple(map(found.sentence, selection.places)),
        flags=(*flags, *_length_flags(_words(found, selection.places), settings.words)),
        ratings=totals,
        reasons=selection.reasons,
    )


def _of_opening(found: Candidates, sentences: tuple[Sentence, ...]) -> str:
    if any(one.cut for one in sentences):
        return CUT
    if not sentences:
        return "nothing to digest: the article has no text"
    return _WHOLE if len(sentences) == len(found.texts) else "opening paragraph instead of a digest"


def _rated(found: Candidates, language: str, engine: str) -> tuple[list[float], tuple[str, ...]]:
    """The engine's ratings, long texts in parts; none when it fails, and the flag that says so."""
    ratings: list[float] = []
    try:
        for part in _parts(found.paragraphs):
            ratings += ENGINES[engine](part, language)
    except Exception as error:  # noqa: BLE001 - whatever a rating library raises is told, and ends no run
        why = f"{type(error).__name__}: {error}".rstrip(": ")
        flag = f"the engine {engine} failed ({why}); {FAILED}"
        return [0.0] * len(found.texts), (flag,)
    return ratings, ()


def _parts(paragraphs: tuple[tuple[str, ...], ...]) -> list[list[tuple[str, ...]]]:
    """The paragraphs in parts of about `TOGETHER` sentences, which engines can rate in a moment."""
    if sum(map(len, paragraphs)) <= TOGETHER:
        return [list(paragraphs)]
    parts: list[list[tuple[str, ...]]] = [[]]
    count = 0
    for paragraph in paragraphs:
        for start in range(0, len(paragraph), TOGETHER):
            piece = paragraph[start : start + TOGETHER]
            if parts[-1] and count + len(piece) > TOGETHER:
                parts.append([])
                count = 0
            parts[-1].append(piece)
            count += len(piece)
    return parts


def _length_flags(words: int, window: tuple[int, int]) -> tuple[str, ...]:
    if words < window[0]:
        return (f"{words} words, shorter than asked",)
    if words > window[1]:
        return (
            f"{words} words, longer than asked: its sentences do not stand one without another",
        )
    return ()


def _pairs(found: Candidates) -> tuple[Pair, ...]:
    return tuple(
        Pair(
            kind=pair.kind,
            claim=found.sentence(pair.claim),
            answers=tuple(map(found.sentence, pair.answers)),
        )
        for pair in found.pairs.every()
    )


def _parted(found: Candidates, sentences: tuple[Sentence, ...]) -> tuple[str, ...]:
    """A flag for each claim that stands without its answer: only where nothing else could be printed."""
    starts = {one.start for one in sentences}
    kept = [place for place, (start, _) in enumerate(found.spans) if start in starts]
    return tuple(
        f"sentence {place + 1} stands without its answer, sentence {pair.answers[0] + 1}"
        for place in kept
        for pair in found.pairs.of(place)
        if not any(at in kept for at in pair.answers)
    )


def _words(found: Candidates, places: Sequence[int]) -> int:
    return sum(found.lengths[place] for place in places)
