"""What an editor does to the words of one story: rewriting, choosing sentences, telling what is new."""

import re
from dataclasses import replace

from briefing.editions.written import line, paragraphs
from briefing.errors import EditionError
from briefing.model.article import Article
from briefing.model.change import Rewrite
from briefing.model.digest import Sentence
from briefing.model.edition import Item


def rewritten(item: Item, change: Rewrite) -> Item:
    """The story in other words; what is like the digest again is verbatim again.

    Raises:
        EditionError: when headline or paragraph would be empty, or too long.
    """
    headline = item.headline if change.headline is None else line(change.headline, "A headline")
    paragraph = (
        item.paragraph if change.paragraph is None else paragraphs(change.paragraph, "A paragraph")
    )
    for what, words in (("headline", headline), ("paragraph", paragraph)):
        if not words:
            raise EditionError(
                f"{item.headline!r} cannot have an empty {what}; drop the story instead."
            )
    return replace(
        item,
        headline=headline,
        kicker=item.kicker if change.kicker is None else line(change.kicker, "A kicker"),
        paragraph=paragraph,
        verbatim=paragraph == item.digest.text,
    )


def chosen(item: Item, sentences: tuple[str, ...]) -> Item:
    """The story told in these sentences of its source, in the source's order.

    Raises:
        EditionError: when there is none, or the source does not say one of them.
    """
    if not sentences:
        raise EditionError(
            f"{item.headline!r} needs at least one sentence; drop the story instead."
        )
    places = sorted({_place(item.article, text) for text in sentences})
    found = tuple(
        Sentence(text=item.article.text[start:end], start=start, end=end) for start, end in places
    )
    digest = replace(item.digest, sentences=found, engine="editor")
    return replace(item, digest=digest, paragraph=digest.text, verbatim=True)


def _place(article: Article, sentence: str) -> tuple[int, int]:
    """Where a sentence stands alone; “No.” within quotation marks is not the sentence No."""
    alone = re.search(rf"(?<!\S){re.escape(sentence)}(?!\S)", article.text)
    start = alone.start() if alone else article.text.find(sentence)
    if not sentence or start < 0:
        raise EditionError(
            f"{article.headline!r} does not say {sentence[:80]!r} any more; choose its sentences "
            "again."
        )
    return start, start + len(sentence)


def follow_up_printed(item: Item, *, printed: bool) -> Item:
    """The story with or without the line that says what is new.

    Raises:
        EditionError: when nothing is.
    """
    follow_up = item.follow_up
    if follow_up is None or (printed and follow_up.news is None):
        raise EditionError(
            f"{item.headline!r} has nothing new to print since an earlier edition: "
            + ("no sentence of it is." if follow_up else "it carries on no story of the last days.")
        )
    return replace(item, follow_up=replace(follow_up, printed=printed))
