"""What people decided about who paid."""

from dataclasses import replace
from itertools import permutations

import pytest
from tests.events.corpus import framed

from briefing.articles.paid.sponsor_rule import Remembered, SponsorRule
from briefing.articles.pieces.piece import Piece
from briefing.articles.split_page import split_page
from briefing.articles.text.fingerprint import fingerprint
from briefing.articles.text.names_and_numbers import telling_words
from briefing.model.article import Article, Basis, Verdict
from briefing.model.page import Page

TEXT = (
    "A green harbour for every exporter\n\nBritain's ports are changing fast, and cleaner ships offer "
    "chances for growth. My department, the Department for Ports, is committed to helping every "
    "exporter find them, in every market that there is and in some that there are not yet.\n\n"
    "Rosa Ettrick is minister for ports at the Calder Post.\n\n"
    "Taken from the Calder Post roundtable supplement Ports Ahead\n"
)
URL = "https://calder.example/ports/green?utm=1"


def judged(*rules, text=TEXT):
    (article,) = split_page(Page(name="page", body=text.encode(), url=URL), rules=rules)
    return article


@pytest.mark.parametrize(
    "asked",
    [
        {"headline": "GREEN harbour"},
        {"credit": "roundtable supplement"},
        {"url": "calder.example/ports"},
        {"publication": "calder post"},
        {"byline": "ettrick"},
        {"headline": "green", "byline": "ettrick"},
    ],
    ids="+".join,
)
@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_rule_decides_before_any_scoring(asked, verdict):
    sponsorship = judged(SponsorRule(verdict=verdict, **asked)).sponsorship
    assert sponsorship.verdict is verdict
    assert [reason.where for reason in sponsorship.evidence] == ["sponsors.rule"]


def test_all_conditions_of_a_rule_must_hold():
    rule = SponsorRule(verdict=Verdict.EDITORIAL, headline="green", byline="somebody else")
    assert judged(rule).sponsorship == judged().sponsorship


def test_a_rule_without_a_condition_never_speaks():
    assert judged(SponsorRule(verdict=Verdict.EDITORIAL)).sponsorship == judged().sponsorship


def test_the_first_rule_that_matches_wins():
    rules = (
        SponsorRule(verdict=Verdict.EDITORIAL, headline="nothing like it"),
        SponsorRule(verdict=Verdict.UNSURE, headline="green"),
        SponsorRule(verdict=Verdict.EDITORIAL, headline="harbour"),
    )
    assert judged(*rules).verdict is Verdict.UNSURE


def test_a_rule_may_name_the_sponsor_and_its_note_is_shown():
    rule = SponsorRule(
        verdict=Verdict.SPONSORED,
        headline="green",
        sponsor="Norvane Bank",
        note="asked the publisher",
    )
    sponsorship = judged(rule).sponsorship
    assert (sponsorship.sponsor, sponsorship.basis) == ("Norvane Bank", Basis.DECLARED)
    assert "asked the publisher" in sponsorship.evidence[0].text


def test_an_editorial_ruling_names_no_sponsor():
    assert (
        judged(SponsorRule(verdict=Verdict.EDITORIAL, headline="green")).sponsorship.sponsor is None
    )


def test_a_decision_by_fingerprint_outlives_an_edit_and_a_change_of_page():
    decision = SponsorRule(verdict=Verdict.EDITORIAL, fingerprint=judged().fingerprint)
    edited = TEXT.replace("changing fast", "changing very fast").replace("'", "’")
    assert judged(decision, text=f"Politics\n\n{edited}").verdict is Verdict.EDITORIAL


def test_a_decision_by_fingerprint_says_nothing_of_another_piece():
    other = judged(
        text=TEXT.replace("ports", "lords").replace("ships", "peers").replace("every", "no")
    )
    decision = SponsorRule(verdict=Verdict.EDITORIAL, fingerprint="00" * 36)
    assert judged(decision).verdict is not Verdict.EDITORIAL
    assert other.fingerprint != judged().fingerprint


def remembered(article: Article) -> Remembered:
    """An editor's word on this article."""
    return Remembered(
        verdict=Verdict.UNSURE,
        fingerprint=article.fingerprint,
        telling=telling_words(article.text),
        heading=article.headline,
        actor="ed",
        on="1 December 2026",
    )


def piece_of(article: Article) -> Piece:
    return Piece(headline=article.headline, paragraphs=[*article.paragraphs])


@pytest.mark.parametrize(
    "three", [*framed("framed"), *framed("second_framed")], ids=lambda three: three[0].headline[:30]
)
def test_other_news_in_a_houses_frame_takes_no_ruling_over(three: tuple[Article, ...]):
    marked = [replace(one, fingerprint=fingerprint(one.text)) for one in three]
    for ruled_on, other in permutations(marked, 2):
        rule = remembered(ruled_on)
        assert rule.matches(piece_of(ruled_on), None, ruled_on.fingerprint)
        assert not rule.matches(piece_of(other), None, other.fingerprint)
