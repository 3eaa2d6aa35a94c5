"""The small print of a story: who wrote it, where it comes from, what its link is called."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from briefing.emails.printable import plain, web_address
from briefing.languages.furniture import Furniture
from briefing.model.article import Article, Author, Basis, Verdict
from briefing.model.edition import Item

#: A shorter beginning of a headline does not say what the story is about.
_SHORTEST_TOPIC = 20
#: Four lines on a phone. A shorter bound cuts many a headline before it has said what happened.
_LONGEST_TOPIC = 110
#: "Read on" stands below the headline, which is a link too: a reminder that fits one line is enough.
_REMINDER = 30


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
    """Where a piece without an address comes from, as far as its page says so; may be empty.

    The name of the file that the desk read is not a source: readers cannot look it up.
    """
    letter = words.letter
    supplement = plain(article.sponsorship.supplement or "")
    if supplement:
        return letter["supplement"].format(name=words.quoted(supplement))
    named = dict.fromkeys(plain(author.publication or "") for author in article.byline)
    if not any(named):
        return ""
    day = words.day(article.published) if article.published else ""
    if day and article.date_basis == "guessed":
        day = letter["about"].format(date=day)
    return letter["source"].format(place=", ".join(filter(None, (*named, day))))


def source_names(items: Sequence[Item]) -> list[str]:
    """The publications and web sites that stories come from, each once, in print order."""
    names: dict[str, None] = {}
    for item in items:
        host = urlsplit(web_address(*item.links)).hostname or ""
        bylines = (plain(author.publication or "") for author in item.article.byline)
        name = next(filter(None, bylines), "") or host.removeprefix("www.")
        if name:
            names[name] = None
    return list(names)


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


@dataclass(frozen=True, slots=True)
class LinkText:
    """What the links of one story are called."""

    #: Its headline up to a break, for a list.
    topic: str
    #: Shorter still, for "Read on" below its headline.
    reminder: str


def link_texts(items: tuple[Item, ...]) -> tuple[LinkText, ...]:
    """What the links of each story are called, in the same order."""
    return tuple(map(LinkText, topics(items), topics(items, _REMINDER)))


def topics(items: tuple[Item, ...], longest: int = _LONGEST_TOPIC) -> tuple[str, ...]:
    """What each story's link is called, in the same order; no two are alike.

    One that cannot be cut to so many characters, or would be like another, is the whole headline.

    Links are read out of context by screen readers, so "Read on" alone would say nothing
    (WCAG 2.2, success criterion 2.4.4).
    """
    headlines = [plain(item.headline) for item in items]
    short = [_topic(headline, longest) for headline in headlines]
    alone = [short.count(topic) == 1 for topic in short]
    return tuple(
        topic if single else headline
        for topic, single, headline in zip(short, alone, headlines, strict=True)
    )


def _topic(headline: str, longest: int) -> str:
    """The headline up to a break of its own, or to the last word that fits, quotes kept whole."""
    pieces = [headline[: found.start()] for found in re.finditer(r"[:;?!] | [-–—]+ ", headline)]
    long_enough = [piece for piece in pieces if len(piece) >= _SHORTEST_TOPIC]
    topic = long_enough[0] if long_enough else headline
    if len(topic) > longest:
        topic = topic[:longest].rpartition(" ")[0].rstrip(" ,;:–—-") + "…"
    # One word without end has nothing in front of its first space.
    return topic if len(topic) > 1 and _is_balanced(topic) else headline


def _is_balanced(text: str) -> bool:
    pairs = all(
        text.count(left) == text.count(right) for left, right in ("“”", "()", "«»", "[]", "{}")
    )
    return pairs and text.count('"') % 2 == 0 and text.count("‘") <= text.count("’")


def _with_role(author: Author) -> str:
    return ", ".join(filter(None, (plain(author.name), plain(author.role or ""))))


def _listed_apart(names: list[str]) -> str:
    """With a comma before "and", because each name has one of its own."""
    return ", and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
