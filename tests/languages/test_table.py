"""What every language's file must hold."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

import briefing.languages
from briefing.languages import SUPPORTED, is_supported, language
from briefing.languages.furniture import capitals, furniture, locale_of
from briefing.languages.table import read_table

FILES = sorted((Path(briefing.languages.__file__).parent / "tables").glob("*.toml"))
KINDS = {"pronouns", "connectives", "contrast", "deny", "accuse", "attribution"}


def test_every_supported_language_has_a_file_and_every_file_is_supported():
    assert tuple(path.stem for path in FILES) == SUPPORTED


@pytest.mark.parametrize("code", SUPPORTED)
def test_every_list_names_its_source(code):
    table = read_table(code)
    lists = [table["sentences"], table["quotes"], *table["words"].values()]
    assert all(len(entry["source"]) > 10 for entry in lists)


@pytest.mark.parametrize("code", SUPPORTED)
def test_every_language_says_what_points_back_contrasts_denies_accuses_and_attributes(code):
    found = language(code)
    assert found.words.keys() >= KINDS
    assert all(len(found.words[kind]) >= 10 for kind in KINDS)
    assert all(phrase == phrase.lower() for kind in KINDS for phrase in found.words[kind])
    # English has those who speak for others in its own tables for digests.
    assert code == "en" or len(found.words["speaks_for"]) >= 7


def test_a_word_with_its_endings_is_every_form_of_it():
    denies = language("es").words["deny"]
    assert {"negó", "negaron", "es falso", "son falsas"} <= set(denies)
    assert not any("(" in one or ")" in one for code in SUPPORTED for one in all_words(code))


def all_words(code):
    return [one for phrases in language(code).words.values() for one in phrases]


def test_a_region_or_script_takes_the_tables_of_its_language():
    assert language("de-AT") is language("de-AT")
    assert language("de_AT").name == "German"
    assert language("zh-Hant").sentences.has_spaces is False
    assert is_supported("EN-gb")


def test_a_language_without_tables_is_none_and_not_supported():
    assert language("sv") is None
    assert not is_supported("sv")
    assert not is_supported("")


@pytest.mark.parametrize("code", SUPPORTED)
@pytest.mark.parametrize("part", ["letter", "paid", "pages", "confirmation"])
def test_every_language_says_all_that_english_says_and_puts_the_same_values_in(code, part):
    english, other = read_table("en")[part], read_table(code)[part]
    assert english.keys() == other.keys()
    for name in english.keys() - {"source", "clear", "words", "minutes", "since_days"}:
        assert sorted(re.findall(r"{\w+}", other[name])) == sorted(
            re.findall(r"{\w+}", english[name])
        )


@pytest.mark.parametrize("code", SUPPORTED)
def test_counts_have_a_form_for_every_plural_of_the_language(code):
    forms = read_table(code)["letter"]
    wanted = {locale_of(code).plural_form(number) for number in range(200)}
    for kind in ("words", "minutes"):
        assert {"other"} <= forms[kind].keys()
        assert wanted <= forms[kind].keys() | {"one"} or code == "cy"
        assert furniture(code).count(kind, 1234)


@pytest.mark.parametrize("code", SUPPORTED)
def test_every_language_has_a_label_of_its_own_for_each_day_of_the_week(code):
    words, monday = furniture(code), date(2026, 11, 23)
    labels = [words.since(monday + timedelta(days=n), monday + timedelta(days=6)) for n in range(7)]
    assert len(set(labels)) == 7
    assert all(label.endswith((":", "：")) for label in labels)


@pytest.mark.parametrize("code", SUPPORTED)
def test_labels_of_paid_copy_are_clear_by_the_languages_own_list_and_name_their_rule(code):
    words = furniture(code)
    label = words.paid["heading"].format(label=words.paid["label"]).lower()
    assert any(clear in label for clear in words.clear_labels)
    assert len(words.paid["source"]) > 20


def test_dates_figures_and_lists_are_written_as_the_region_writes_them():
    day = date(2026, 11, 29)
    assert furniture("en-GB").day(day, with_weekday=True) == "Sunday 29 November 2026"
    assert furniture("de-AT").day(day, with_weekday=True) == "Sonntag, 29. November 2026"
    assert furniture("pl").day(day) == "29 listopada 2026"
    assert furniture("pl").count("words", 1032) == "1\u00a0032 słowa"
    assert furniture("de").count("words", 1204) == "1.204 Wörter"
    assert furniture("fr").listed(["A", "B", "C"]) == "A, B et C"
    assert furniture("fr").day(date(2026, 12, 1), with_weekday=True) == "mardi 1er décembre 2026"
    assert furniture("fr").day(date(2026, 12, 11)) == "11 décembre 2026"
    assert furniture("cy").listed(["Mara", "Idris"]) == "Mara ac Idris"
    assert furniture("cy").listed(["Idris", "Mara"]) == "Idris a Mara"
    assert furniture("ja").listed(["A", "B"]) == "A、B"
    assert furniture("en").listed(["A", "B", "C"]) == "A, B and C"
    assert furniture("sv").letter["unsubscribe"] == "Unsubscribe"


@pytest.mark.parametrize(
    ("text", "in_capitals"),
    [
        ("Σήμερα ακόμη", "ΣΗΜΕΡΑ ΑΚΟΜΗ"),
        ("Μάιος", "ΜΑΪΟΣ"),
        ("Ευρωπαϊκή", "ΕΥΡΩΠΑΪΚΗ"),
        ("Ça a été dit", "ÇA A ÉTÉ DIT"),
        ("Straße", "STRASSE"),
    ],
)
def test_capitals_lose_their_accents_in_greek_alone(text, in_capitals):
    assert capitals(text) == in_capitals


@pytest.mark.parametrize("code", ["ja", "zh"])
def test_what_readers_see_in_wide_letters_has_wide_marks(code):
    """なぜ重要か： and not なぜ重要か: — marks as wide as the letters they stand behind."""
    table = read_table(code)
    said = [
        line
        for room in ("letter", "paid", "issued", "pages", "confirmation")
        for line in table[room].values()
        if isinstance(line, str)
    ]
    assert len(said) > 50
    assert [line for line in said if re.search(r"[\u3040-\u9fff][:;,!?]", line)] == []
