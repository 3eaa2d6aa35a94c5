"""A story remembered: which printed story an article carries on, and which of its sentences is new."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from briefing.digests.anaphora import leaves_open
from briefing.digests.candidates import Candidates, candidates
from briefing.digests.sentences import split_sentences
from briefing.digests.tokenizer import stems_of
from briefing.model.article import Article
from briefing.model.digest import Digest, Sentence, count_words

#: An article says what it is about in its first sentences; further on it tells the background.
_HEAD = 10
#: Of what a printed digest is about, by weight, an article that carries it on says again so much. On 314
#: news articles (docs/measured.md) other stories of the same people stay under 0.28.
_SAME_STORY = 0.36
#: Or so much of how its article begins: a digest with answers from further down says little else of the news.
_SAME_LEAD = 0.44
#: A digest of fewer stems cannot be told from another by them.
_LEAST_STEMS = 10
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
#: How fast a sentence loses by standing further down, and what the headline gives.
_DECAY, _HEADLINE = 0.25, 0.5
#: What is new has so many stems that were never printed, and so large a share of its own.
_NEW_STEMS, _NEW_SHARE = 3, 0.3
#: A line of more words is a paragraph.
_LONGEST = 45


@dataclass(frozen=True)
class PrintedStory:
    """A story as an earlier edition told it."""

    edition: str
    day: date
    headline: str
    #: As printed: what readers know of it.
    paragraph: str
    article: Article
    #: True when it led that edition.
    led: bool = False
    #: Its event, and how that was told before this.
    event: str = ""
    before: "PrintedStory | None" = None

    @property
    def times(self) -> int:
        """How many editions have told of the event by now."""
        return 1 + (self.before.times if self.before else 0)

    @cached_property
    def stems(self) -> frozenset[str]:
        """What its headline and its printed paragraph are about."""
        return _stems(f"{self.headline}\n{self.paragraph}", self.article.language)

    @cached_property
    def lead(self) -> frozenset[str]:
        """What its headline and the first sentences of its article are about, as many words as were printed."""
        length, sentences = count_words(self.paragraph), list[str]()
        for one in split_sentences(self.article.text, self.article.language):
            length -= count_words(one)
            if sentences and length < 0:
                break
            sentences.append(one)
        return _stems("\n".join((self.headline, *sentences)), self.article.language)

    @cached_property
    def read(self) -> frozenset[str]:
        """What readers have read of the event by now."""
        return self.stems | (self.before.read if self.before else frozenset())

    @cached_property
    def known(self) -> frozenset[str]:
        """All that the articles on the event said by now, printed or not."""
        own = self.stems | _stems(self.article.text, self.article.language)
        return own | (self.before.known if self.before else frozenset())


class Archive:
    """The stories printed lately, to look for the one that an article carries on."""

    def __init__(self, told: Sequence[PrintedStory], articles: Sequence[Article]) -> None:
        """Learn how common each word is.

        Args:
            told: the stories, oldest first.
            articles: today's; each is asked about later.
        """
        self._told = told
        self._heads = {article.id: _head(article) for article in articles} if told else {}
        self._spread = Counter(
            stem
            for own in (*self._heads.values(), *(one.stems | one.lead for one in told))
            for stem in own
        )
        self._count = len(self._heads) + len(told)

    def carried_on_by(self, article: Article) -> PrintedStory | None:
        """The newest of the printed stories that the article carries on; None when it is a new one."""
        head = self._heads.get(article.id, frozenset())
        address = article.canonical_url or article.url
        for one in reversed(self._told):
            if address and address == (one.article.canonical_url or one.article.url):
                return one
            if one.article.language == article.language and self._is_same(head, one):
                return one
        return None

    def _is_same(self, head: frozenset[str], one: PrintedStory) -> bool:
        if self._share(head, one.stems) >= _SAME_STORY:
            return True
        return self._share(head, one.lead) >= _SAME_LEAD

    def _share(self, head: frozenset[str], told: frozenset[str]) -> float:
        """How much of what was told, by weight, an article says again in its first sentences."""
        if len(told) < _LEAST_STEMS:
            return 0.0
        return self._weight(head & told) / self._weight(told)

    def _weight(self, stems: frozenset[str]) -> float:
        return sum(math.log1p(self._count / self._spread[stem]) for stem in stems)


def news_since(article: Article, digest: Digest, told: PrintedStory) -> Sentence | None:
    """The sentence that says best what is new against what was printed; None when nothing is.

    It stands alone: it points at nothing, leaves no quotation open and has no answer elsewhere. Where
    it stands in today's digest it is the first there, so that it is never printed twice; then what it
    needs comes after it.
    """
    found = candidates(article.text, article.language, title=article.headline)
    headline = _stems(article.headline, article.language) - told.read
    at = {place: number for number, place in enumerate(found.layout.order)}
    worth: dict[int, float] = {}
    for place, text in enumerate(found.texts):
        new = _stems(text, article.language)
        share = _share_of_news(new, told)
        if share and _stands_alone(found, place, digest):
            told_by_headline = len(headline & new) / len(headline) if headline else 0.0
            early = math.exp(-_DECAY * at.get(place, len(at)))
            worth[place] = early + share + _HEADLINE * told_by_headline
    return found.sentence(max(worth, key=worth.__getitem__)) if worth else None


def _share_of_news(own: frozenset[str], told: PrintedStory) -> float:
    """How much of a sentence no reader has read; 0 when that is too little, or old in the source."""
    fresh, unread = own - told.known, own - told.read
    if len(fresh) < _NEW_STEMS or len(fresh) < _NEW_SHARE * len(own):
        return 0.0
    return len(unread) / len(own)


def _stands_alone(found: Candidates, place: int, digest: Digest) -> bool:
    text = found.texts[place]
    if found.against[place] or found.needs[place] or count_words(text) > _LONGEST:
        return False
    if leaves_open(text):
        return False
    starts = [one.start for one in digest.sentences]
    start, _ = found.spans[place]
    if start in starts:
        return start == starts[0]
    return not found.pairs.of(place) and not found.introduced_by[place]


def _head(article: Article) -> frozenset[str]:
    first = split_sentences(article.text, article.language)[:_HEAD]
    return _stems("\n".join((article.headline, *first)), article.language)


def _stems(text: str, language: str) -> frozenset[str]:
    """The stems of a text, and its figures."""
    return frozenset(stems_of(text, language)).union(_NUMBER.findall(text))
