"""A report that sets a scene before its news comes back on the news, and not on the scene."""

import tomllib
from pathlib import Path

import pytest

from briefing.digests.candidates import candidates
from briefing.digests.make import digest_text
from briefing.digests.pairs.signs import Sign, signs
from briefing.digests.settings import DigestSettings
from briefing.model.digest import paragraph_of

ARTICLES = tomllib.loads((Path(__file__).parent / "at_issue.toml").read_text("utf-8"))["article"]


@pytest.mark.parametrize("case", ARTICLES, ids=lambda case: case["name"])
def test_what_is_claimed_behind_the_first_sentence_goes_with_its_answer(case):
    for window in ((30, 45), (60, 90)):
        chosen, _ = digest_text(case["text"], case["title"], DigestSettings(words=window))
        digest = paragraph_of(chosen)
        assert case["claim"] not in digest or any(answer in digest for answer in case["answers"])


@pytest.mark.parametrize("case", ARTICLES, ids=lambda case: case["name"])
def test_a_report_comes_back_on_the_sentence_that_says_what_its_headline_says(case):
    found = candidates(case["text"], "en", title=case["title"])
    assert case["claim"] in found.texts[found.pairs.claim]


def test_a_sentence_too_long_to_be_told_in_passing_is_no_more_of_a_claim_for_its_length():
    long = "It asked " + ", ".join(f"whether box {number} was opened" for number in range(30)) + "."
    text = f"Clerks hid votes in Leith, an agent says. The port sent a letter.\n{long}\nVotes fell."
    assert candidates(text, "en", title="Clerks hid votes, says agent").pairs.claim == 0


def test_whoever_stands_for_somebody_may_answer_a_charge_that_names_nobody():
    article = next(case for case in ARTICLES if case["name"] == "nobody named")
    found = candidates(article["text"], "en", title=article["title"])
    answers = {found.texts[at] for pair in found.pairs.of(0) for at in pair.answers}
    assert any(article["answers"][0] in answer for answer in answers)


def test_the_next_sentence_is_no_more_of_an_answer_because_it_goes_on_with_the_claim():
    text = (
        "Ann Hale sold the lifeboat of Leith to a cousin.\nThe lifeboat of Leith was old.\n"
        "Rain fell.\nThe lifeboat of Leith was old."
    )
    story = candidates(text, "en").pairs._story
    of_next, of_later = (signs(story, 0, at) for at in (1, 3))
    for sign in (Sign.LIKE_CLAIM, Sign.LIKE_NEWS):
        assert of_next[sign] == 0 < of_later[sign]


def test_what_a_report_promises_or_tells_ahead_makes_it_likelier_that_it_comes_back_on_it():
    rest = (
        "\nThe town has a school of two rooms.\nA mill stood there once.\nFares rose by a tenth."
        "\nThe bridge was painted in May.\nOnly three families were asked, a log of the port shows."
    )
    told, ahead, promised = (
        candidates(first + rest, "en").pairs._safety_net._chance
        for first in (
            "The port moved forty families to the hill in May.",
            "The port would move forty families to the hill in May.",
            "The port promised to move forty families to the hill in May.",
        )
    )
    assert told < ahead
    assert told < promised


COLUMN = """I walked to the new baths at Harle in the rain. The hall is cold and the water is colder still.
A swan of glass hangs over the shallow end.
The boiler came from a ferry and makes a noise like one.
Lockers stand in four colours. Towels cost a pound. The cafe sells cake on Sundays.
A clock has stopped at noon.
I stayed for two hours, and I have not been so happy in any water since I was a child, however cold it was."""


def test_a_sentence_that_is_printed_next_to_another_only_is_no_claim_and_may_be_an_answer():
    found = candidates(COLUMN, "en", title="The baths at Harle")
    assert found.against[0] == found.against[8] == "the writer speaks of themselves"
    assert found.pairs.claim == 1
    assert 8 in {at for pair in found.pairs.of(1) for at in pair.answers} | set(found.pairs.perhaps)
    sentences, _ = digest_text(COLUMN, "The baths at Harle", DigestSettings(words=(40, 60)))
    assert "so happy in any water" in paragraph_of(sentences)


def test_in_a_report_that_does_not_come_back_nothing_is_at_stake_but_what_the_headline_sets_apart():
    text = (
        "A tram line will open in Leith in May with nine stops and a bell, as lines did in the years before"
        " all of them were closed.\nThe bells were cast by Ann Hale in Norby.\nTom Rudd drove the last tram of"
        " the town.\nLena Frost has painted it in blue.\nTrams ran here before.\nThe line has nine stops."
        "\nRails came from Norby.\nMoss grows there."
        "\nIt hangs on the weather, whose whims have put off the opening of lines before, as a rule."
    )
    net = [candidates(text, "en", title=title).pairs for title in ("A tram line", "‘A tram line’")]
    assert [list(one._safety_net.to(0, ())) != [] for one in net] == [False, True]
