"""A long list is read in a process of its own, and nobody can tell by the rows."""

import pickle
import sys
from collections.abc import Generator
from io import BytesIO
from pathlib import Path

import pytest

from briefing.errors import SubscriberError
from briefing.sandbox.child import framed, unframed
from briefing.subscribers import import_process, list_reader
from briefing.subscribers.import_process import read_beside
from briefing.subscribers.importing import read_rows
from briefing.subscribers.list_rows import ReadOptions

SEEDS = Path(__file__).parents[2] / "seeds" / "subscribers.csv"
ODD = """\
Work,Name
ada@example.org,Ada
bo@example.org,"Bo
Bek"
nobody,x
"""


@pytest.fixture
def long(monkeypatch):
    """Lists of any size count as long, and few rows are handed over at once."""
    monkeypatch.setattr(import_process, "_WORTHWHILE", 1)
    monkeypatch.setattr(list_reader, "_AT_ONCE", 2)


@pytest.fixture
def odd(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(ODD)
    return path


def test_the_rows_of_a_long_list_are_those_of_any_other(long, odd):
    assert list(read_beside(SEEDS)) == list(read_rows(SEEDS))
    said = ReadOptions(columns={"email": "Work"}, encoding="ascii")
    assert len(list(read_rows(odd, said))) == 3
    assert list(read_beside(odd, said)) == list(read_rows(odd, said))


def test_a_list_that_cannot_be_read_is_the_same_sentence(long, odd):
    said = []
    for read in (read_rows, read_beside):
        with pytest.raises(SubscriberError, match="no column 'email'") as refused:
            list(read(odd))
        said.append(str(refused.value))
    assert said[0] == said[1]


def test_whoever_wants_no_more_rows_waits_for_none(long, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("email\n" + "ada@example.org\n" * 50_000)
    rows = read_beside(path)
    assert next(rows)[1] == "ada@example.org"
    assert isinstance(rows, Generator)
    rows.close()


def test_a_reading_process_that_dies_is_a_sentence_with_what_to_do(long, odd, monkeypatch):
    monkeypatch.setattr(import_process, "_READER", "briefing.errors")
    with pytest.raises(SubscriberError, match=r"list\.csv: the process .* died\. Import it again"):
        list(read_beside(odd))


def test_without_a_process_the_list_is_read_here(long, odd, monkeypatch):
    monkeypatch.setattr(sys, "executable", "no such program")
    assert list(read_beside(SEEDS)) == list(read_rows(SEEDS))


def test_rows_are_handed_over_some_at_a_time_and_none_at_the_end(long):
    answers = BytesIO()
    list_reader.serve(BytesIO(framed(pickle.dumps((SEEDS, ReadOptions())))), answers)
    answers.seek(0)
    handed = []
    while some := pickle.loads(unframed(answers) or b""):
        handed.append(some)
    assert [row for some in handed for row in some] == list(read_rows(SEEDS))
    assert {len(some) for some in handed[:-1]} == {2}
