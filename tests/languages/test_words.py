"""Words of a text in any script."""

import pytest

from briefing.languages.plain_words import function_words
from briefing.languages.table import sentence_rules
from briefing.languages.words import words_of
from briefing.model.digest import count_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The minister's by-election, 2026.", ["The", "minister's", "by-election"]),
        ("l’été d’Étienne", ["l’été", "d’Étienne"]),
        ("विधानसभा ने जल", ["विधानसभा", "ने", "जल"]),
        ("قال الوزيرُ", ["قال", "الوزيرُ"]),
        ("시의회는 화요일", ["시의회는", "화요일"]),
        ("市議会は", ["市議", "議会", "会は"]),
        ("水", ["水"]),
        ("EU加盟国", ["加盟", "盟国", "EU"]),
        ("cafe\u0301", ["cafe\u0301"]),
    ],
)
def test_words_are_runs_of_letters_and_pairs_of_characters_where_no_space_parts_them(text, words):
    assert words_of(text) == words


def test_length_is_in_words_and_two_characters_make_one_where_no_space_parts_them():
    assert count_words("He won by 1,204 votes.") == 5
    assert count_words("विधानसभा ने जल विधेयक लौटाया।") == 5
    assert count_words("市議会は水道案を否決した。") == 6 + 1
    assert count_words("") == 0


def test_a_number_in_words_may_begin_a_sentence_and_says_what_a_text_is_about():
    found = {tag: sentence_rules(tag) for tag in ("en", "de", "es", "fr", "it", "nl", "pl", "pt")}
    for tag, rules in found.items():
        assert rules.numerals <= rules.beginners, tag
        assert rules.numerals.isdisjoint(function_words(tag)), tag
        assert len(rules.numerals) >= 10, tag
