"""What every language's file must hold."""

from pathlib import Path

import pytest

import briefing.languages
from briefing.languages import SUPPORTED, is_supported, language
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


def test_a_region_or_script_takes_the_tables_of_its_language():
    assert language("de-AT") is language("de-AT")
    assert language("de_AT").name == "German"
    assert language("zh-Hant").sentences.has_spaces is False
    assert is_supported("EN-gb")


def test_a_language_without_tables_is_none_and_not_supported():
    assert language("sv") is None
    assert not is_supported("sv")
    assert not is_supported("")
