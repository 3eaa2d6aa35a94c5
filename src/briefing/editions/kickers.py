"""The kicker: a word or two above the headline that says what a story is about."""

from briefing.model.article import Article

#: A section with a longer name is the path of a menu, not a word above a headline.
_LONGEST = 28


def kicker(article: Article) -> str:
    """The label the page gave the story, else the section it files it under; else none.

    Names are never counted for it: the name that a story mentions most may be its subject's rival,
    and a rival above the headline turns the story around.
    """
    section = " ".join((article.section or "").split())
    return article.labels[0] if article.labels else section if len(section) <= _LONGEST else ""
