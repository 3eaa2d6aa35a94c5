"""Words that a passage shares with the text around it: an advert between two paragraphs shares hardly any.

Of 1,278 paragraphs of the pages of scrapinghub/article-extraction-benchmark (every third page), 18 have
names of their own, none of those around them, and three in ten or fewer of the others' words.
"""

import re
from collections import Counter
from collections.abc import Sequence

_WORD = re.compile(r"\w+")
#: Scripts that set no spaces between words: two letters together stand for a word.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_NAME = re.compile(r"(?<=[^\s.!?:“\"‘'(\[]\s)[^\W\d_][\w’'-]{2,}")
#: In letters: shorter words tell nothing, and what follows is mostly an ending.
_SHORTEST, _STEM = 4, 5
#: In words: a shorter passage may share none by chance.
_FEWEST = 6
#: At most this share of a passage's words stand elsewhere too; without a name, which says more, fewer.
_SHARED, _SHARED_UNNAMED = 0.3, 0.1
#: Passages that one advert has, under its label or over it.
_UNDER, _OVER = 3, 2


class SharedWords:
    """The words and names of a text, by how many of its passages have them."""

    def __init__(self, passages: Sequence[str], headlines: Sequence[str]) -> None:
        """Count a text's words.

        Args:
            passages: all of the text's, in their order.
            headlines: of the text: what has a word of theirs belongs to it.
        """
        self._words = [words_of_passage(passage) for passage in passages]
        self._names = [_names(passage) for passage in passages]
        self._all_words = Counter(word for words in self._words for word in words)
        self._all_names = Counter(name for names in self._names for name in names)
        self._headlines = frozenset(word for line in headlines for word in words_of_passage(line))

    def announced(self, place: int, usable: Sequence[bool]) -> range:
        """The passages that the label at a place speaks of: those under it, else those over it.

        Args:
            place: of a bare "Advertisement", which most often stands over a slot that is empty.
            usable: of each passage, whether it may belong to an advert.

        Returns:
            A run of passages that share next to nothing with the rest; empty where there is none.
        """
        under = self._run(range(place + 1, min(place + 1 + _UNDER, len(usable))), usable)
        over = self._run(range(place - 1, max(place - 1 - _OVER, -1), -1), usable)
        return range(place + 1, place + 1 + under) if under else range(place - over, place)

    def is_apart(self, run: Sequence[int]) -> bool:
        """True when passages that belong together share next to nothing with all others."""
        words, names = [self._words[at] for at in run], [self._names[at] for at in run]
        inside = Counter(word for some in words for word in some)
        named = Counter(name for some in names for name in some)
        if len(inside) < _FEWEST or any(self._all_names[name] > named[name] for name in named):
            return False
        elsewhere = {word for word in inside if self._all_words[word] > inside[word]}
        limit = _SHARED if named else _SHARED_UNNAMED
        return all(
            len(some & elsewhere) <= limit * len(some) and not some & self._headlines
            for some in words
        )

    def _run(self, places: range, usable: Sequence[bool]) -> int:
        """How many of these passages, from the first on, are one text and no part of this one."""
        found = 0
        for count, at in enumerate(places, 1):
            told = frozenset[str]().union(*(self._words[one] for one in places[: count - 1]))
            is_one = count == 1 or bool(self._words[at] & told)
            if not (usable[at] and is_one):
                break
            if self.is_apart(places[:count]):
                found = count
            elif found:
                break
        return found


def words_of_passage(passage: str) -> frozenset[str]:
    """The words of four letters and more, each by how it begins; of a script without spaces, pairs of letters."""
    found: set[str] = set()
    for word in _WORD.findall(passage.casefold()):
        if _UNSPACED.match(word):
            found.update(word[at : at + 2] for at in range(len(word) - 1))
        elif len(word) >= _SHORTEST:
            found.add(word[:_STEM])
    return frozenset(found)


def _names(passage: str) -> frozenset[str]:
    """Words with a capital that begin no sentence."""
    return frozenset(
        name.casefold()[: _STEM + 1] for name in _NAME.findall(passage) if name[0].isupper()
    )
