"""Whose voice a piece speaks in, its quotations taken out."""

import pytest

from briefing.articles.text.unquoted_text import most_named, own_words, speaker


@pytest.mark.parametrize(
    ("paragraphs", "kept", "gone"),
    [
        (['She said "we are proud" and left.'], "and left", "proud"),
        (["She said “we are proud” and left."], "and left", "proud"),
        (['She said “we are proud" and left.'], "and left", "proud"),
        (["She said ‘we are very proud of them all.’ He left."], "He left", "proud"),
        (["“We are proud.", "“We are glad.”", "They left."], "They left", "glad"),
        (["The party's whips didn't say what the bill's for."], "didn't say what", "nothing"),
        (['A 5" pipe burst, and we were there.'], "we were there", "nothing"),
        (["“Quoted from here on and never closed."], "", "Quoted"),
    ],
)
def test_only_the_pieces_own_words_are_kept(paragraphs, kept, gone):
    voice = own_words(paragraphs)
    assert kept in voice
    assert gone not in voice


@pytest.mark.parametrize(
    ("text", "house"),
    [
        ("My department, the Department for Ports, is ready.", "Department for Ports"),
        ("At Norvane Bank we care.", "Norvane Bank"),
        ("Here at Harrow & Pike, our engineers know.", "Harrow & Pike"),
        ("We at the Calder Institute have looked.", "Calder Institute"),
        ("As director of Tern Quay, I know.", "Tern Quay"),
        ("At night we sleep, and on Tuesday the house rose.", None),
    ],
)
def test_the_house_that_speaks_is_read_from_its_own_sentence(text, house):
    assert speaker(text) == house


def test_the_name_a_text_comes_back_to_is_the_one_it_praises():
    text = "It was Norvane again. Then Norvane rose, and Norvane fell. In London, Harle and London."
    assert most_named(text) == "Norvane"
    assert most_named("It was Norvane again, and Harle, and London, London, London.") is None


def test_a_word_of_courtesy_in_a_language_of_capital_nouns_is_no_house():
    text = (
        "Unsere Ingenieure beraten Sie kostenlos und kümmern sich um Ihren Zuschuss. Rufen Sie noch heute an. "
        "Auf jede Pumpe geben wir Ihnen Garantie, und den Termin wählen Sie."
    )
    assert most_named(text) is None
