"""The small print of a story: who wrote it, where it comes from, what its link is called."""

import re

from briefing.emails.printable import plain
from briefing.languages.furniture import Furniture
from briefing.model.article import Article, Author, Basis, Verdict
from briefing.model.edition import Item

#: A shorter beginning of a headline does not say what the story is about.
_SHORTEST_TOPIC = 20
#: A link longer than this wraps to a third line on a phone.
_LONGEST_TOPIC = 72


def byline(article: Article, words: Furniture) -> str:
    """`By A and B, political editors`, or `By A, editor, and B, correspondent`; may be empty."""
    names = [plain(author.name) for author in article.byline]
    roles = {author.role for author in article.byline}
    if not names:
        return ""
    by = words.letter["by" if len(names) == 1 else "by_roles"]
    if len(roles) > 1:
        with_roles = [_with_role(author) for author in article.byline]
        said = _listed_apart(with_roles) if words.is_english else words.listed(with_roles)
        return by.format(names=said)
    role = plain(roles.pop() or "")
    return by.format(names=words.listed(names)) + (f", {role}" if role else "")


def source(article: Article, words: Furniture) -> str:
    """Where a piece without an address comes from, as exactly as we know it."""
    letter = words.letter
    supplement = plain(article.sponsorship.supplement or "")
    if supplement:
        return letter["supplement"].format(name=words.quoted(supplement))
    named = dict.fromkeys(plain(author.publication or "") for author in article.byline)
    page = letter["saved_page"].format(name=words.quoted(plain(article.page)))
    place = ", ".join(filter(None, named)) or page
    if article.published:
        day = words.day(article.published)
        is_guess = article.date_basis == "guessed"
        place += f", {letter['about'].format(date=day) if is_guess else day}"
    return letter["source"].format(place=place)


def paid_by(article: Article, words: Furniture) -> str:
    """`Paid for by NAME` where the page says so, `From NAME` where we inferred it, or nothing."""
    sponsor = plain(article.sponsorship.sponsor or "")
    if not sponsor:
        return ""
    declared = article.sponsorship.basis is Basis.DECLARED
    return words.paid["paid_by" if declared else "from"].format(name=sponsor)


def issued_by(article: Article, words: Furniture) -> tuple[str, str]:
    """`Issued by NAME` and `NAME says:` of an issued piece; empty of any other."""
    if article.verdict is not Verdict.ISSUED:
        return "", ""
    name = plain(article.sponsorship.sponsor or "")
    return words.issued["label"].format(name=name), words.issued["says"].format(name=name)


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


def _listed_apart(names: list[str]) -> str:
    """With a comma before "and", because each name has one of its own."""
    return ", and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
