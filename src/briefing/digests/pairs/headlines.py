"""A headline's "but": both halves of it are told, or neither."""

import re
from collections.abc import Iterator, Sequence

from briefing.digests.pairs.pair import PairAt
from briefing.digests.pairs.story import Story
from briefing.digests.senses import Sense
from briefing.digests.tokenizer import stems_of
from briefing.digests.vocabulary import Vocabulary
from briefing.languages.words import WORD
from briefing.model.digest import PairKind

#: A sentence tells half a headline when it has this share of its stems.
_TOLD = 0.3
#: A word that so many sentences have without a comma before it parts nothing.
_OFTEN = 2
#: What it counts that both say that something went against somebody.
_OPPOSED = 0.4
#: “Not waistlines”, “keeps his passport”: the second half limits the first, or goes on with a verb.
_GOES_ON = (
    r"(?:not|but|though|although|yet|only|never|no|if|unless|without) \w+"
    r"|[a-z]{3,}s (?:his|her|its|their|the|an?|no|all) \w+"
    r"|[a-z]+s (?:are|were|have) \w+"
)
#: A dash between two halves of two words and more, or a comma before such a second half.
_PARTED = re.compile(rf"[^:]+\w(?: [–—-] (?=\w+ \w+)|[,;] (?={_GOES_ON}))")


def headlines(title: str, story: Story) -> Iterator[PairAt]:
    """The sentence that tells the first half of such a headline, with the one that tells the second.

    Args:
        title: the headline; may be empty.
        story: the article.
    """
    halves = halves_of(title, story) if title else None
    if halves is None:
        return
    first, second = (_teller(half, story) for half in halves)
    if first is not None and second is not None and first != second:
        yield PairAt(kind=PairKind.HEADLINE, claim=first, answers=(second,))


def halves_of(title: str, story: Story) -> tuple[str, str] | None:
    """A headline before and after its "but"; None when it has none, or nothing stands behind it."""
    words = story.words
    tokens = words.tokens(title)
    if not any(_contrasts(words, token) for token in words.openers.keys() & tokens):
        return None
    for found in WORD.finditer(title.lower()):
        behind = title[found.end() :]
        if not (found.start() and WORD.search(behind) and _contrasts(words, found[0])):
            continue
        if not _is_another_word(story, found[0]):
            return title[: found.start()], behind
    return None


def _is_another_word(story: Story, word: str) -> bool:
    """True for what the article has in the middle of its clauses: “पर” is “but” behind a comma, else “on”."""
    inside = re.compile(rf"[^\s,;:–—।-] {re.escape(word)} ", re.IGNORECASE)
    return sum(bool(inside.search(text)) for text in story.texts) >= _OFTEN


def second_half(title: str) -> str:
    """What stands behind the mark that parts a headline; empty when none does."""
    parted = _PARTED.match(title)
    return title[parted.end() :] if parted else ""


def _contrasts(words: Vocabulary, word: str) -> bool:
    return any(not rest and sense & Sense.CONTRAST for rest, sense in words.openers.get(word, ()))


def _teller(half: str, story: Story) -> int | None:
    """The sentence that shares most with half a headline; of one that opposes, one that does so too."""
    stems = frozenset(stems_of(half, story.language))
    if not stems:
        return None
    told = [len(stems & one) / len(stems) for one in story.stems]
    if _opposes(story, story.words.tokens(half)):
        told = [
            share + _OPPOSED * bool(story[at].unmarked & Sense.AGAINST)
            for at, share in enumerate(told)
        ]
    best = max(told, default=0.0)
    return told.index(best) if best >= _TOLD else None


def _opposes(story: Story, tokens: Sequence[str]) -> bool:
    return bool(story.words.senses_in(tokens) & Sense.AGAINST)
