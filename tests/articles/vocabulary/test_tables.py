"""The tables prove themselves: each row finds its example and not its counterexample."""

import re

import pytest

from briefing.articles.vocabulary.boilerplate import furniture
from briefing.articles.vocabulary.lookup import Grammar
from briefing.articles.vocabulary.phrase import expression, opening, openings
from briefing.articles.vocabulary.rows import RowFault
from briefing.articles.vocabulary.tables import PageVocabulary, in_use, use

ROW = """
[[row]]
class = "sharing button"
language = "fi"
phrase = "jaa [tämä]"
example = "{example}"
counterexample = "Jaana"
source = "saved pages"
why = "The Finnish for share."
"""


@pytest.mark.parametrize("table", in_use().tables(), ids=lambda table: table.name)
def test_every_row_finds_its_example_and_not_its_counterexample(table):
    assert not list(table.faults())


@pytest.mark.parametrize("table", in_use().tables(), ids=lambda table: table.name)
def test_every_class_has_a_row_and_every_row_is_found_by_how_it_begins(table):
    assert {row.name for row in table.rows} == set(table.classes)
    for row in table.rows:
        for example in row.examples:
            assert row in table.beginning(opening(example), (row.name,)), row.place


@pytest.mark.parametrize(
    ("phrase", "line", "finds"),
    [
        ("[the ](vote|count)[s]", "the votes", True),
        ("advertis*", "advertising", True),
        ("take … back", "take the harbour back", True),
        ("take …3 back", "take the harbour back", False),
        ("it's", "it’s", True),
        ("# votes", "1,204 votes", True),
        ("(yes| and no)+", "yes and no", True),
        ("a \\* b", "a * b", True),
    ],
)
def test_a_phrase_means_what_the_manual_says(phrase, line, finds):
    found = re.fullmatch(expression(phrase, str), line)
    assert bool(found) is finds


@pytest.mark.parametrize(
    ("phrase", "starts"),
    [
        ("(read|see) more", {"rea", "see"}),
        ("[the ]vote", {"the", "vot"}),
        ("e[-]mail", {"e", "ema"}),
        ("…40 vote", {""}),
        ("{name} said", {""}),
    ],
)
def test_a_phrase_is_filed_by_the_letters_that_it_can_begin_with(phrase, starts):
    assert openings(phrase) == starts


def rows():
    return in_use().table("boilerplate").rows


def test_a_newsroom_adds_rows_without_python(tmp_path):
    (tmp_path / "boilerplate.toml").write_text(ROW.format(example="Jaa tämä"), "utf-8")
    assert furniture("Jaa tämä") is None
    use(tmp_path)
    try:
        assert furniture("Jaa tämä") == "sharing button"
        assert furniture("Share") == "sharing button"
        assert [
            in_use().table("boilerplate").pattern(row).search("Jaa tämä") is not None
            for row in rows()
        ] == [row.language == "fi" for row in rows()]
    finally:
        use(None)
    assert furniture("Jaa tämä") is None


def test_a_row_whose_example_it_does_not_find_is_named_with_what_to_do(tmp_path):
    (tmp_path / "boilerplate.toml").write_text(ROW.format(example="Dela"), "utf-8")
    (fault,) = PageVocabulary(tmp_path).faults()
    assert fault == (
        f"{tmp_path.name}/boilerplate.toml, row 1 (sharing button): it does not find its own example “Dela”. "
        "Mend the phrase or the example."
    )


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("[[row]\n", "cannot be read"),
        (ROW.format(example="Jaa").replace("sharing button", "sharing"), "no class “sharing”"),
        (ROW.format(example="Jaa").replace("why", "reason"), "it has no why"),
        (ROW.format(example="Jaa").replace("[tämä]", "[tämä"), "without its partner"),
        (ROW.format(example="Jaa").replace("jaa [tämä]", "{nothing} jaa"), "no class “nothing”"),
        (
            ROW.format(example="Jaa").replace('"jaa [tämä]"', "5"),
            "phrase = 5 is not a text or a list",
        ),
        (
            ROW.format(example="Jaa") + 'unless = "(nyt"\n',
            "“(nyt” has a bracket without its partner",
        ),
        (ROW.format(example="Jaa") + 'unless = ["nyt"]\n', "unless = ['nyt'] is not a text"),
        ("row = 5\n", "a row begins with [[row]]"),
        ('[class]\nours = { at = "line" }\n', "remove “class”"),
    ],
)
def test_what_is_wrong_with_a_newsrooms_file_is_a_sentence(tmp_path, written, words):
    (tmp_path / "boilerplate.toml").write_text(written, "utf-8")
    (fault,) = list(PageVocabulary(tmp_path).faults())[:1]
    assert words in fault
    assert fault.endswith(".")


def test_a_file_that_adds_to_no_table_is_named(tmp_path):
    (tmp_path / "furniture.toml").write_text("", "utf-8")
    (fault,) = PageVocabulary(tmp_path).faults()
    assert fault.startswith("furniture.toml: there is no table of this name")


def test_a_class_that_no_table_has_is_refused_when_it_is_asked():
    with pytest.raises(RowFault, match="no class “nobody at all”"):
        Grammar("labels", "{nobody at all}").search("x")
