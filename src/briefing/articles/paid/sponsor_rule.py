"""Rules: what people have decided about who speaks."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.articles.text.fingerprint import is_surely_the_same, same_fingerprint, words_of
from briefing.articles.text.names_and_numbers import tell_apart, telling_words
from briefing.model.article import Verdict

if TYPE_CHECKING:  # it brings all patterns of the room, and the config needs the rule alone
    from briefing.articles.pieces.piece import Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class SponsorRule:
    """A person's decision. All texts that are given must occur in the piece, case aside."""

    verdict: Verdict
    credit: str | None = None
    headline: str | None = None
    url: str | None = None
    publication: str | None = None
    byline: str | None = None
    fingerprint: str | None = None
    #: Who paid, or who issued it.
    sponsor: str | None = None
    note: str | None = None

    @property
    def said(self) -> str:
        """Who decided, in words."""
        return "decided by a rule in config.toml" + (f": {self.note}" if self.note else "")

    def matches(self, piece: "Piece", url: str | None, fingerprint: str) -> bool:
        """True when the rule speaks of this piece; a rule without any condition never does."""
        texts = (
            (self.credit, piece.credit.text if piece.credit else ""),
            (self.headline, piece.headline),
            (self.url, url or ""),
            (self.publication, " ".join(author.publication or "" for author in piece.authors)),
            (self.byline, " ".join(author.name for author in piece.authors)),
        )
        asked = [(wanted, text) for wanted, text in texts if wanted is not None]
        if self.fingerprint is not None and not is_surely_the_same(self.fingerprint, fingerprint):
            return False
        if not asked and self.fingerprint is None:
            return False
        return all(wanted.casefold() in text.casefold() for wanted, text in asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered(SponsorRule):
    """An editor's ruling as the judge of pieces reads it."""

    actor: str
    on: str
    #: Names and numbers of the piece; empty where it was ruled on before they were kept.
    telling: tuple[str, ...] = ()
    #: Its headline.
    heading: str = ""

    @property
    def said(self) -> str:
        """Who decided, when and why."""
        note = f": {self.note}" if self.note else ""
        return f"{self.actor} decided so on {self.on}{note}"

    def matches(self, piece: "Piece", url: str | None, fingerprint: str) -> bool:
        """True for the same words, and for a copy with some others, but not for other news in its form.

        A house's form fills half of a piece and more, so the names and numbers in it have to agree, and the
        headlines too where more than three of its twelve marks do not: "vote to strike" and "call off strike".
        """
        if self.fingerprint in (None, fingerprint) or not self.telling:
            return super(Remembered, self).matches(piece, url, fingerprint)
        text = "\n\n".join(paragraph.text for paragraph in piece.paragraphs)
        alike = is_surely_the_same(self.fingerprint, fingerprint) or (
            same_fingerprint(self.fingerprint, fingerprint)
            and not tell_apart(words_of(self.heading), words_of(piece.headline))
        )
        return alike and not tell_apart(self.telling, telling_words(text))
