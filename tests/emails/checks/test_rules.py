"""Each rule, with letters that trip it and letters that do not."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.emails.checks.cases import CASES, parted
from tests.emails.checks.conftest import HOUSE, Change, proof_with, sample
from tests.emails.conftest import sample_settings

from briefing.emails.checks import RULES, Proof, check, support
from briefing.emails.click_links import counted_at
from briefing.emails.mjml import compile_mjml
from briefing.emails.render import render
from briefing.emails.source_map import Places


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.sentence}")
def test_a_rule_finds_what_it_asks_and_nothing_else(case):
    found = list(RULES[case.rule].findings(proof_with(case.change)))
    if case.severity is None:
        assert [finding.message for finding in found] == []
    else:
        said = [finding.message for finding in found if finding.severity is case.severity]
        assert any(case.says in message for message in said), found


@pytest.mark.parametrize("name", RULES)
def test_every_rule_has_a_case_for_each_weight_it_can_give(name):
    given = {case.severity for case in CASES if case.rule == name} - {None}
    assert given == set(RULES[name].severities)


@pytest.mark.parametrize("name", RULES)
def test_every_rule_lets_a_good_letter_pass(name):
    passes = [case for case in CASES if case.rule == name and case.severity is None]
    assert passes or not list(RULES[name].findings(proof_with(Change())))


def test_the_sample_trips_nothing_but_the_note_on_dark_rules():
    found = check(proof_with(Change(wire=lambda wire: wire)))
    assert [finding.rule for finding in found] == ["compat-dark-rules"]


def test_links_that_are_counted_on_the_way_are_checked_by_where_they_lead():
    edition, _ = sample()
    at = counted_at(HOUSE.public_url, edition.id)
    counted = Proof(render(edition, replace(sample_settings(), count_at=at)), edition, HOUSE)
    plain = proof_with(Change())
    assert f"{at}/" in counted.html
    assert f"{at}/" in counted.text
    assert [link.href for link in counted.links] == [link.href for link in plain.links]
    assert check(counted) == check(plain)


def test_what_every_mjml_document_needs_is_no_finding_on_clients():
    text = "<mj-section><mj-column><mj-text>Hello</mj-text></mj-column></mj-section>"
    source = f"<mjml><mj-body>{text}</mj-body></mjml>"
    html = compile_mjml(Places(source, Path(), "bare.mjml"))
    edition, email = sample()
    bare = Proof(replace(email, html=html), edition, HOUSE)
    assert [rule.id for rule in support.RULES if list(rule.findings(bare))] == []


def test_findings_come_heaviest_first():
    found = check(proof_with(Change(subject="", preheader="")))
    weights = [finding.severity for finding in found]
    assert weights == sorted(weights, key=["error", "warning", "info"].index)
    assert len(set(weights)) == 3


def test_of_one_weight_what_misleads_a_reader_comes_before_what_looks_poor():
    poor = proof_with(Change(subject="Talks on the harbour " * 10, edition=parted))
    warned = [one.rule for one in check(poor) if one.severity == "warning"]
    assert warned[0] == "pair-parted"
    assert "subject" in warned


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_says_what_it_asks_why_and_who_says_so(rule):
    assert rule.asks.endswith(".")
    assert rule.reason.endswith(".")
    assert len(rule.source) > 8
    assert rule.severities


def test_a_finding_in_a_story_names_the_story():
    found = check(proof_with(Change(story='<p style="color:#aaaaaa">grey</p>')))
    (pale,) = [finding for finding in found if finding.rule == "contrast-light"]
    assert pale.piece == "01-fisheries#0"
    assert "Fisheries pact holds" in pale.place


def test_a_finding_in_the_foot_names_that_part_of_the_design():
    found = check(proof_with(Change(html=((">Preferences<", ">here<"),))))
    (vague,) = [finding for finding in found if finding.rule == "link-text"]
    assert (vague.piece, vague.place) == ("", "part “small” of the design")
