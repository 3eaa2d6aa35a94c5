"""House typography changes marks and spaces, and never a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.languages import SUPPORTED
from briefing.languages.typography import letters_of, typeset

CASES = [
    ("en", '"We lost," she said.', "“We lost,” she said."),
    ("en", 'He said "no" twice ("never").', "He said “no” twice (“never”)."),
    ("en", "It's the ministers' fault.", "It’s the ministers’ fault."),
    ("en", "'We lost,' she said. 'All of it.'", "‘We lost,’ she said. ‘All of it.’"),
    ("en", "\"He called it 'a con',\" she said.", "“He called it ‘a con’,” she said."),
    ("en", "In the '90s and '80s", "In the ’90s and ’80s"),
    ("en", 'A 5" gun', 'A 5" gun'),
    ("en", '"This goes on in the next paragraph.', '"This goes on in the next paragraph.'),
    ("en", "The bill -- all of it -- fell.", "The bill – all of it – fell."),
    ("en", "The bill--all of it--fell.", "The bill—all of it—fell."),
    ("en", "git --help", "git --help"),
    ("en", "Growth was 3 %.", "Growth was 3\u00a0%."),
    ("en", "See https://a.example/x--y?q=1 -- now", "See https://a.example/x--y?q=1 – now"),
    ("en", "“Curly” stays ‘curly’", "“Curly” stays ‘curly’"),
    ("de", '"Nein", sagte sie.', "„Nein“, sagte sie."),
    ("fr", '"Non", dit-il.', "«\u00a0Non\u00a0», dit-il."),
    ("fr", "Qui paie ? « Nous ! » : oui", "Qui paie\u202f? «\u00a0Nous\u202f!\u00a0»\u00a0: oui"),
    ("fr", "9 200 000 euros", "9\u202f200\u202f000 euros"),
    ("es", '"No", dijo.', "«No», dijo."),
    ("pl", '"Nie" - 12 000 głosów', "„Nie” - 12\u00a0000 głosów"),
    ("nl", '"Nee", zei hij.', "“Nee”, zei hij."),
    ("el", '"Όχι", είπε.', "«Όχι», είπε."),
    ("ja", '"はい"', "「はい」"),
    ("ja", '会長は述べた。"誰が払うのか"と問う。', "会長は述べた。「誰が払うのか」と問う。"),
    ("zh", '他说："不"。"是"她说', "他说：“不”。“是”她说"),
    ("zh", '高5"的门', '高5"的门'),
    ("en", "The swimmers' club said 'no'.", "The swimmers’ club said ‘no’."),
    ("en", "The ministers' and peers' row of '96", "The ministers' and peers' row of '96"),
    ("fr", 'l\'"affaire" -- 1 200', "l’«\u00a0affaire\u00a0» – 1\u202f200"),
    ("de", "1 400 000 Euro", "1\u00a0400\u00a0000 Euro"),
    ("sv", '"Nej" -- 3 %', '"Nej" -- 3 %'),
]


@pytest.mark.parametrize(("language", "written", "set_"), CASES)
def test_marks_and_spaces_are_those_of_the_language(language, written, set_):
    assert typeset(written, language) == set_


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("fr", "Quoi? Il dit: «non»!", "Quoi\u202f? Il dit\u00a0: «\u00a0non\u00a0»\u202f!"),
        ("fr", "À 10:30; vraiment?!", "À 10:30\u202f; vraiment\u202f?!"),
        ("fr", "Voir https://a.example/x?y=1;z", "Voir https://a.example/x?y=1;z"),
        ("fr-CA", "Quoi? Il dit: «non»!", "Quoi? Il dit\u00a0: «\u00a0non\u00a0»!"),
        ("fr-CH", "Quoi? Il dit: «non»!", "Quoi? Il dit: «non»!"),
        ("ja", "彼は\"彼女は'行く'と言った\"と述べた", "彼は「彼女は『行く』と言った」と述べた"),
        ("ja", "Rock'n'Roll", "Rock’n’Roll"),
    ],
)
def test_spaces_that_were_not_typed_and_quotations_inside_others_are_set(language, text, wanted):
    assert typeset(text, language) == wanted


PIECES = st.sampled_from(
    [
        "'",
        '"',
        "--",
        " -- ",
        " ",
        "12 000",
        "a",
        "É",
        "3 %",
        "«",
        "»",
        "!",
        " ?",
        "(",
        ")",
        "'90s",
        "https://a.b/--",
    ]
)


@pytest.mark.parametrize("language", SUPPORTED)
@given(text=st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=80))
def test_no_letter_or_figure_changes_and_what_is_set_stays_set(language, text):
    once = typeset(text, language)
    assert letters_of(once) == letters_of(text)
    assert len(once.split("\n")) == len(text.split("\n"))
