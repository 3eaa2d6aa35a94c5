"""The editors' decisions judge the program's points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.newsrooms import Desk
from typer.testing import CliRunner

from briefing.actions.editions.sponsor_report import ENOUGH, scored
from briefing.cli.main import app
from briefing.model.article import Verdict
from briefing.model.ruling import Ruling


def ruling(score, verdict, number=0):
    thought = (
        Verdict.SPONSORED if score >= 50 else Verdict.UNSURE if score >= 25 else Verdict.EDITORIAL
    )
    return Ruling(
        id=number,
        fingerprint=f"{number:072x}",
        headline=f"Piece {number}",
        verdict=verdict,
        sponsor="",
        note="",
        thought=thought,
        score=score,
        actor="ada",
        at=0.0,
    )


RULINGS = st.lists(
    st.builds(
        ruling, st.integers(-60, 160), st.sampled_from([Verdict.EDITORIAL, Verdict.SPONSORED])
    ),
    max_size=60,
).map(tuple)


@given(RULINGS)
def test_every_decision_stands_in_one_band_and_the_best_is_never_worse_than_what_is(decisions):
    found = scored(decisions)
    assert sum(band.editorial + band.sponsored for band in found.bands) == len(decisions)
    if found.best:
        assert found.best.missed + found.best.accused <= found.now.missed + found.now.accused
    else:
        assert len(decisions) < ENOUGH


def test_thresholds_that_ask_less_and_are_wrong_no_more_often_are_named():
    decisions = tuple(
        [ruling(30, Verdict.EDITORIAL, n) for n in range(12)]
        + [ruling(40, Verdict.SPONSORED, n) for n in range(20, 32)]
    )
    found = scored(decisions)
    assert (found.now.held, found.now.missed, found.now.accused) == (24, 0, 0)
    assert (found.best.held, found.best.missed, found.best.accused) == (0, 0, 0)
    assert 30 < found.best.sponsored <= 40


def test_what_surprised_the_program_is_listed():
    decisions = (
        ruling(10, Verdict.SPONSORED),
        ruling(60, Verdict.EDITORIAL),
        ruling(30, Verdict.EDITORIAL),
    )
    assert [one.score for one in scored(decisions).surprises] == [10, 60]


@pytest.fixture
def report(desk: Desk, monkeypatch):
    monkeypatch.chdir(desk.folder)
    return lambda *words: CliRunner().invoke(app, ["sponsors", "report", *words])


def test_before_any_decision_the_report_says_where_to_decide(report):
    assert "briefing desk" in report().output


def test_a_decision_at_the_desk_stands_in_the_report(desk, report):
    desk.decide(Verdict.EDITORIAL)
    said = " ".join(report().output.split())
    assert "Decisions by points" in said
    assert "As it is: unsure from 25 points, sponsored from 50: 0 asked about, 0 adverts" in said
    assert "1 decision so far; from 20 on" in said
    assert '"actor": "ada"' in report("--json").output
