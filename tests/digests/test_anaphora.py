"""What a sentence needs next to it to be understood, one row a rule."""

import pytest

from briefing.digests.anaphora import balanced, leaves_single_open, levelled
from briefing.digests.candidates import candidates
from briefing.digests.make import digest_text
from briefing.digests.needs import Needs
from briefing.digests.settings import DigestSettings

LEAD = "Ministers dropped the levy on reservoirs on Monday after a week of rows about bills."

LEANING = {
    "a pronoun speaks after a quotation": "“Nobody was asked,” she said.",
    "a pronoun speaks after reported words": "Nobody had been asked at all, he said.",
    "somebody of a party left out speaks": "“Nobody was asked,” said its leader, Huw Trefor.",
    "a time that was named": "Since then the price of water has doubled.",
    "a connective after the first words": "Farmers, however, were delighted.",
    "a connective after a verb": "Go instead to the second floor.",
    "one of several that were named": "All of them voted against it.",
    "whose package it is": "The aim of his package is to help families who voted for Ann Hale.",
    "whom critics mean": "Critics say her plan would cost the islands nine boats.",
    "what somebody said so": "I have told the minister so.",
}
STANDING = {
    "a name speaks": "“Nobody was asked,” said Ann Hale.",
    "a pronoun for whom the sentence names next": "In her first budget, the chancellor froze the duty.",
    "there is": "There are 611 empty houses in the town.",
    "a pronoun whose name comes first": "Mr Hale had not been asked, he said.",
    "a connective far into it": "The minister told farmers on Monday that she would however pay.",
}


@pytest.mark.parametrize("sentence", LEANING.values(), ids=LEANING)
def test_a_sentence_that_leans_back_needs_the_one_before(sentence):
    assert Needs((LEAD, sentence), (0, 0))[1] == {0}


@pytest.mark.parametrize("sentence", STANDING.values(), ids=STANDING)
def test_a_sentence_that_stands_alone_needs_none(sentence):
    assert Needs((LEAD, sentence), (0, 0))[1] == frozenset()


def test_a_speech_that_opens_again_has_not_closed():
    assert not balanced('He said: "We sent them out. "Then something went wrong.')
    assert balanced('"We sent them out." "Then," he said, "something went wrong."')


@pytest.mark.parametrize(
    ("sentence", "is_open"),
    [
        ("'We were promised walls after the flood.", True),
        ("Hale told the BBC: ‘We lost the vote.", True),
        ("‘We lost,’ he said.", False),
        ("The peers' vote in the '90s was lost.", False),
        ("'Tis the season for the voters' anger.'", False),
    ],
)
def test_quotations_in_single_marks_are_told_from_apostrophes(sentence, is_open):
    assert leaves_single_open(sentence) is is_open


def test_a_quotation_in_single_marks_is_taken_whole_or_not():
    speech = ("He was heard in silence.", "‘We lost.", "We know why.", "It rained,’ said Hale.")
    assert Needs(speech, (0, 0, 0, 0))[1] == {2, 3}
    assert Needs(speech, (0, 0, 0, 0))[3] >= {1, 2}


def test_what_points_back_points_past_a_caption():
    sentences = (LEAD, "Scroll down for video", "He called it nonsense.")
    assert Needs(sentences, (0, 1, 2))[2] == {1}
    assert Needs(sentences, (0, 1, 2), "en", inserted={1})[2] == {0}


def test_the_words_beside_a_picture_credit_are_its_caption():
    caption = "The minister, Ann Hale, leaves the chamber on Monday. Photograph: Gwyn Parry"
    assert candidates(f"{caption}\n{LEAD}", "en").against[0] == "a picture's caption"


def test_a_point_of_a_list_is_not_taken_for_its_own_sake():
    assert candidates(f"{LEAD} 1. Cut the tax on homes by half.", "en").against[1]


def test_who_is_called_by_surname_comes_with_the_sentence_that_names_them():
    named = "Ann Hale, who sits for a valley of sheep farmers, led the revolt from the start."
    fillers = [
        f"The {thing} of the water companies will be looked at by a committee of nine peers."
        for thing in ("accounts", "pipes", "lawyers")
    ]
    called = "Mrs Hale said that the levy on reservoirs would have cost farmers and ministers dear."
    text = "\n".join([LEAD, *fillers, named, called])
    sentences, _ = digest_text(text, "Hale and the levy", DigestSettings(words=(25, 60)))
    chosen = [sentence.text for sentence in sentences]
    assert called not in chosen or named in chosen


@pytest.mark.parametrize(
    "text",
    [
        "„So“ sagte er.",
        "„Tak” – rzekł.",
        "« Oui », dit-il.",
        "»Nein«, rief sie.",
        "「はい」と言った。",
    ],
)
def test_quotation_marks_of_every_language_are_balanced(text):
    assert balanced(text)
    assert len(levelled(text)) == len(text)


@pytest.mark.parametrize("text", ["„So sagte er.", "« Oui, dit-il.", "「はい、と言った。"])
def test_one_that_stays_open_is_not(text):
    assert not balanced(text)


def test_a_quotation_in_low_marks_over_two_sentences_is_needed_whole():
    sentences = ("Er kam.", "„Wir gehen.", "Es ist spät“, sagte er.", "Der Wind blies.")
    found = Needs(sentences, (0, 0, 0, 0), "de")
    assert 2 in found[1]
    assert 1 in found[2]
    assert not found[3]
