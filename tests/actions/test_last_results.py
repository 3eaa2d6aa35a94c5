"""A result is taken again only where nothing that it rests on is another."""

import sys
from dataclasses import fields, is_dataclass, replace

import pytest
from pydantic import TypeAdapter
from tests.emails.conftest import sample_edition, sample_settings

from briefing.actions import last_results
from briefing.actions.last_results import LastResults, code_fingerprint, fingerprint

NUMBERS = TypeAdapter(dict[str, int])


def variants(noun):
    """The noun with one leaf changed, for each leaf of it and of the nouns within."""
    for field in fields(noun):
        for other in others(getattr(noun, field.name)):
            yield replace(noun, **{field.name: other})


def others(value):
    if is_dataclass(value):
        yield from variants(value)
    elif isinstance(value, tuple):
        yield value[:-1] if value else ("one",)
        for at, one in enumerate(value):
            yield from ((*value[:at], other, *value[at + 1 :]) for other in others(one))
    else:
        yield f"not {value}"


@pytest.mark.parametrize(
    "given", [sample_edition(), sample_settings()], ids=["edition", "settings"]
)
def test_any_leaf_of_what_is_given_makes_another_fingerprint(given):
    marks = [fingerprint(("emails",), one) for one in (given, *variants(given))]
    assert len(marks) > 8
    assert len(set(marks)) == len(marks)


def test_other_rooms_and_another_order_of_what_is_given_make_another_fingerprint():
    assert fingerprint(("emails",)) != fingerprint(("digests",))
    assert fingerprint((), "a", "b") != fingerprint((), "b", "a")


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of one room and a module that every room imports."""
    (tmp_path / "room" / "tables").mkdir(parents=True)
    for name in ("errors.py", "room/code.py", "room/tables/words.toml"):
        (tmp_path / name).write_text("a = 1\n")
    monkeypatch.setattr(last_results, "_PACKAGE", tmp_path)
    code_fingerprint.cache_clear()
    yield tmp_path
    code_fingerprint.cache_clear()


def code_changes(change) -> bool:
    before = code_fingerprint(("room",))
    change()
    code_fingerprint.cache_clear()
    return code_fingerprint(("room",)) != before


@pytest.mark.parametrize("name", ["errors.py", "room/code.py", "room/tables/words.toml"])
def test_code_and_tables_that_change_make_another_fingerprint(package, name):
    assert code_changes(lambda: (package / name).write_text("a = 22\n"))


def test_another_release_of_a_library_makes_another_fingerprint(package, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path / "site")])
    (tmp_path / "site" / "sumy-0.13.0.dist-info").mkdir(parents=True)
    assert not code_changes(lambda: None)
    installed = tmp_path / "site" / "sumy-0.13.0.dist-info"
    assert code_changes(lambda: installed.rename(installed.with_name("sumy-0.14.0.dist-info")))


def test_another_python_makes_another_fingerprint(package, monkeypatch):
    assert code_changes(lambda: monkeypatch.setattr(sys, "version", "3.99"))


def test_what_was_not_asked_for_the_last_time_is_forgotten(tmp_path):
    file = tmp_path / "var" / "numbers.json"
    LastResults(file, NUMBERS).keep({"a": 1, "b": 2})
    LastResults(file, NUMBERS).keep({"b": 2, "c": 3})
    kept = LastResults(file, NUMBERS)
    assert [kept.get(name) for name in "abc"] == [None, 2, 3]


@pytest.mark.parametrize("content", [b"", b"{", b'{"a": "many"}', b"\xff"])
def test_a_file_that_cannot_be_read_holds_nothing_and_is_written_anew(tmp_path, content):
    file = tmp_path / "numbers.json"
    file.write_bytes(content)
    broken = LastResults(file, NUMBERS)
    assert broken.get("a") is None
    broken.keep({"a": 1})
    assert LastResults(file, NUMBERS).get("a") == 1


def test_where_nothing_can_be_written_nothing_is_kept_and_nothing_fails(tmp_path):
    (tmp_path / "var").write_text("a file where the folder should be")
    file = tmp_path / "var" / "numbers.json"
    LastResults(file, NUMBERS).keep({"a": 1})
    assert LastResults(file, NUMBERS).get("a") is None
