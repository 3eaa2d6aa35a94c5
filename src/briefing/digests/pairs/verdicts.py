"""What the accused plead, and what a jury or a judge did in the end, in whatever words."""

from collections.abc import Set

from briefing.digests.pairs.story import Story
from briefing.digests.pairs.wording import Wording
from briefing.digests.senses import Sense

#: “By the court”, “it took the jury forty minutes”: from the verb or the preposition to the noun.
_BEFORE = 2
_ACTED_ON = frozenset({"by", "took"})
#: “Not guilty”; what is denied stands among so many words behind the verb.
_GUILTY, _OBJECT = "guilty", 6


def is_plea(one: Wording) -> bool:
    """True for “denies all charges”, “pleads not guilty”: the charge itself is denied, whatever it is called."""
    return any(
        _GUILTY in one.tokens[mark.first : mark.last + 1]
        or any(0 < other.first - mark.last <= _OBJECT for other in one.marked(Sense.CHARGE))
        for mark in one.marked(Sense.DENY)
    )


class Verdicts:
    """The sentences of an article in which those who decide act."""

    def __init__(self, story: Story) -> None:
        """Take an article."""
        self._story = story
        self._deciders = story.words.lists.get(Sense.DECIDERS, frozenset())
        self._past = story.words.lists[Sense.PAST]

    def on(self, claim: int, accused: Set[int]) -> list[int]:
        """The last verdict on a charge: it mentions the accused, or says again what they are charged with."""
        story = self._story
        for at in range(len(story) - 1, story.paragraph_end(claim) - 1, -1):
            if not self._is_verdict(story[at]):
                continue
            if (
                not story.stems[claim].isdisjoint(story.stems[at])
                or story.people.among(at) & accused
            ):
                return [at]
        return []

    def _is_verdict(self, one: Wording) -> bool:
        """True where one who decides does something; not where they hear what others say."""
        if self._deciders.isdisjoint(one.tokens) or one.senses & Sense.ATTRIBUTION:
            return False
        tokens = one.tokens
        return any(
            token in self._deciders
            and (
                self._is_past(tokens[at + 1 :])
                or not _ACTED_ON.isdisjoint(tokens[max(0, at - _BEFORE) : at])
            )
            for at, token in enumerate(tokens)
        )

    def _is_past(self, behind: tuple[str, ...]) -> bool:
        return (
            bool(behind)
            and (behind[0] in self._past or behind[0].endswith("ed"))
            and behind[0] != "heard"
        )
