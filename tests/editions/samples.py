"""A small edition of five pieces, two paid ones and two that are held."""

from datetime import UTC, datetime

from briefing.model.article import Article, Paragraph, Sponsorship, Verdict
from briefing.model.digest import Digest, Sentence
from briefing.model.edition import Edition, Item


def item(name, verdict=Verdict.EDITORIAL):
    text = f"Story {name} was told in one sentence."
    more = f"There was a second sentence in {name}."
    article = Article(
        id=name,
        headline=f"Story {name}",
        paragraphs=(Paragraph(text=text), Paragraph(text=more)),
        sponsorship=Sponsorship(verdict=verdict),
    )
    sentence = Sentence(text=text, start=0, end=len(text))
    digest = Digest(article_id=name, sentences=(sentence,), engine="test")
    return Item(
        article=article, digest=digest, kicker="Labour", headline=article.headline, paragraph=text
    )


EDITION = Edition(
    id="staggers-2026-11-23",
    briefing="staggers",
    title="The Staggers",
    slot=datetime(2026, 11, 23, 7, tzinfo=UTC),
    items=tuple(item(name) for name in "abcde"),
)
PAID = tuple(item(name, Verdict.SPONSORED) for name in "pq")
HELD = tuple(item(name, Verdict.UNSURE) for name in "hi")
