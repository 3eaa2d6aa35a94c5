"""Rulings: what editors decided about who speaks, remembered for every later draft."""

from dataclasses import replace
from datetime import UTC, datetime

from briefing.actions.context import Desk
from briefing.articles.paid.sponsor_rule import Remembered
from briefing.articles.text.names_and_numbers import telling_words
from briefing.model.article import Verdict
from briefing.model.edition import Item
from briefing.model.ruling import Ruling


def rulings_of(desk: Desk) -> tuple[Remembered, ...]:
    """What editors have decided and not taken back, the newest first."""
    return tuple(_rule(ruling) for ruling in desk.store.rulings.all() if ruling.withdrawn is None)


def ruled(desk: Desk, rulings: tuple[Remembered, ...]) -> Desk:
    """The desk with editors' decisions before the rules of config.toml."""
    config = desk.config
    rules = {"rule": (*rulings, *config.sponsors.rule)}
    sponsors = config.sponsors.model_copy(update=rules)
    return replace(desk, config=config.model_copy(update={"sponsors": sponsors}))


def ruling_on(
    item: Item, verdict: Verdict, *, sponsor: str, note: str, actor: str, at: float
) -> Ruling:
    """A decision about a piece, besides what the program had thought of it."""
    return Ruling(
        fingerprint=item.article.fingerprint,
        telling=telling_words(item.article.text),
        headline=item.article.headline,
        verdict=verdict,
        sponsor=sponsor,
        note=note,
        thought=item.article.verdict,
        score=item.article.sponsorship.score,
        actor=actor,
        at=at,
    )


def _rule(ruling: Ruling) -> Remembered:
    day = datetime.fromtimestamp(ruling.at, UTC)
    return Remembered(
        verdict=ruling.verdict,
        fingerprint=ruling.fingerprint,
        telling=ruling.telling,
        heading=ruling.headline,
        sponsor=ruling.sponsor or None,
        note=ruling.note or None,
        actor=ruling.actor,
        on=f"{day.day} {day:%B %Y}",
    )
