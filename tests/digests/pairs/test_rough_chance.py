"""Whether a report comes back on its news, in languages whose tables tell no more than who speaks and denies."""

import tomllib
from pathlib import Path

import pytest

from briefing.digests.candidates import candidates
from briefing.model.digest import PairKind

REPORTS = tomllib.loads((Path(__file__).parent / "rough_chance.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("report", REPORTS["plain"], ids=lambda report: report["language"])
def test_a_report_in_which_nobody_speaks_is_searched_for_no_answer_in_any_language(report):
    pairs = candidates(report["text"], report["language"], title=report["title"]).pairs
    assert (pairs.perhaps, pairs.every()) == ((), ())


@pytest.mark.parametrize("report", REPORTS["coming_back"], ids=lambda report: report["language"])
def test_news_that_a_source_tells_of_somebody_is_answered_in_any_language(report):
    found = candidates(report["text"], report["language"], title=report["title"])
    answers = {
        at
        for pair in found.pairs.of(0)
        if pair.kind in {PairKind.DENIAL, PairKind.REPLY, PairKind.COMEBACK}
        for at in pair.answers
    }
    assert any(at > len(found.texts) // 2 for at in answers)
