"""A note at the foot that amends the report: what it amends is not printed without it."""

from collections.abc import Iterator

from briefing.digests.pairs.pair import PairAt
from briefing.digests.pairs.story import Story
from briefing.model.digest import PairKind

#: The note and a sentence that it amends share so many stems: it says again what was said.
_ALIKE = 2


def amendments(story: Story, claim: int) -> Iterator[PairAt]:
    """The note that opens a paragraph further down and says again what one sentence says.

    A note that says nothing again amends the news itself, which is the first sentence. One in brackets that counts
    something is the editor's, and amends all that counts.

    Args:
        story: the article.
        claim: the sentence.
    """
    for note in story.amending:
        if claim >= note:
            continue
        said = frozenset[str]().union(*story.stems[note : story.paragraph_end(note)])
        corrects_figures = note in story.bracketed and story.counts(note) and story.counts(claim)
        if (
            len(story.stems[claim] & said) >= _ALIKE
            or corrects_figures
            or (not claim and not _says_again(story, note, said))
        ):
            yield PairAt(kind=PairKind.TURN, claim=claim, answers=(note,))
            return


def _says_again(story: Story, note: int, said: frozenset[str]) -> bool:
    return any(len(own & said) >= _ALIKE for own in story.stems[:note])
