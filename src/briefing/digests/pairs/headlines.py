"""A headline's "but": both halves of it are told, or neither."""

from collections.abc import Iterator, Sequence

from briefing.digests.pairs.pair import PairAt
from briefing.digests.senses import Sense
from briefing.digests.vocabulary import Vocabulary
from briefing.languages.words import WORD
from briefing.model.digest import PairKind

#: A sentence tells half a headline when it has this share of its stems.
_TOLD = 0.3


def headlines(
    halves: tuple[frozenset[str], frozenset[str]], stems: Sequence[frozenset[str]]
) -> Iterator[PairAt]:
    """The sentence that tells the first half of such a headline, with the one that tells the second.

    Args:
        halves: the headline's stems before and after the contrast, see `halves_of`.
        stems: those of each sentence.
    """
    first, second = (_teller(half, stems) for half in halves)
    if first is not None and second is not None and first != second:
        yield PairAt(kind=PairKind.HEADLINE, claim=first, answers=(second,))


def halves_of(title: str, words: Vocabulary) -> tuple[str, str] | None:
    """A headline before and after its "but"; None when it has none."""
    tokens = words.tokens(title)
    if not any(_contrasts(words, token) for token in words.openers.keys() & tokens):
        return None
    for found in WORD.finditer(title.lower()):
        if found.start() and _contrasts(words, found[0]):
            return title[: found.start()], title[found.end() :]
    return None


def _contrasts(words: Vocabulary, word: str) -> bool:
    return any(not rest and sense & Sense.CONTRAST for rest, sense in words.openers.get(word, ()))


def _teller(half: frozenset[str], stems: Sequence[frozenset[str]]) -> int | None:
    if not half:
        return None
    shared = [len(half & one) / len(half) for one in stems]
    best = max(shared, default=0.0)
    return shared.index(best) if best >= _TOLD else None
