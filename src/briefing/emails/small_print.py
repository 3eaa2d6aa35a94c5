"""The small print of a story: who wrote it, where it comes from, what its link is called."""

import re

from briefing.emails.printable import plain
from briefing.model.article import Article, Author, Basis
from briefing.model.edition import Item

#: A shorter beginning of a headline does not say what the story is about.
_SHORTEST_TOPIC = 20
#: A link longer than this wraps to a third line on a phone.
_LONGEST_TOPIC = 72


def byline(article: Article) -> str:
    """`By A and B, political editors`, or `By A, editor, and B, correspondent`; may be empty."""
    names = [plain(author.name) for author in article.byline]
    roles = {author.role for author in article.byline}
    if not names:
        return ""
    if len(roles) > 1:
        return f"By {_listed([_with_role(author) for author in article.byline], ', and ')}"
    role = plain(roles.pop() or "")
    return f"By {_listed(names, ' and ')}" + (f", {role}" if role else "")


def source(article: Article) -> str:
    """Where a piece without an address comes from, as exactly as we know it."""
    supplement = plain(article.sponsorship.supplement or "")
    if supplement:
        return f"From the supplement “{supplement}”"
    named = dict.fromkeys(plain(author.publication or "") for author in article.byline)
    place = ", ".join(filter(None, named)) or f"saved page “{plain(article.page)}”"
    day = article.published
    about = "about " if article.date_basis == "guessed" else ""
    return f"Source: {place}" + (f", {about}{day.day} {day:%B} {day.year}" if day else "")


def paid_by(article: Article) -> str:
    """`Paid for by NAME` where the page says so, `From NAME` where we inferred it, or nothing."""
    sponsor = plain(article.sponsorship.sponsor or "")
    if not sponsor:
        return ""
    declared = article.sponsorship.basis is Basis.DECLARED
    return f"{'Paid for by' if declared else 'From'} {sponsor}"


def topics(items: tuple[Item, ...]) -> tuple[str, ...]:
    """What each story's link is called, in the same order; no two are alike.

    Links are read out of context by screen readers, so "Read on" alone would say nothing
    (WCAG 2.2, success criterion 2.4.4).
    """
    headlines = [plain(item.headline) for item in items]
    short = [_topic(headline) for headline in headlines]
    alone = [short.count(topic) == 1 for topic in short]
    return tuple(
        topic if single else headline
        for topic, single, headline in zip(short, alone, headlines, strict=True)
    )


def _topic(headline: str) -> str:
    """The headline up to a break of its own, or to the last word that fits, quotes kept whole."""
    pieces = [headline[: found.start()] for found in re.finditer(r"[:;?!] | [-–—]+ ", headline)]
    long_enough = [piece for piece in pieces if len(piece) >= _SHORTEST_TOPIC]
    topic = long_enough[0] if long_enough else headline
    if len(topic) > _LONGEST_TOPIC:
        topic = topic[:_LONGEST_TOPIC].rpartition(" ")[0].rstrip(" ,;:–—-") + "…"
    return topic if _is_balanced(topic) else headline


def _is_balanced(text: str) -> bool:
    pairs = all(text.count(left) == text.count(right) for left, right in ("“”", "()", "«»"))
    return pairs and text.count('"') % 2 == 0 and text.count("‘") <= text.count("’")


def _with_role(author: Author) -> str:
    return ", ".join(filter(None, (plain(author.name), plain(author.role or ""))))


def _listed(names: list[str], last: str) -> str:
    return last.join(filter(None, (", ".join(names[:-1]), names[-1])))
