"""A long list is read in a process of its own, and nobody can tell by the rows."""

import pickle
import sys
from collections.abc import Generator
from io import BytesIO
from pathlib import Path
from queue import Queue

import pytest
from tests.subscribers.in_rows import read_rows

from briefing.errors import SubscriberError
from briefing.model.subscriber import Standing
from briefing.sandbox.child import framed, unframed
from briefing.subscribers import import_process, list_reader, list_rows
from briefing.subscribers.import_process import read_beside
from briefing.subscribers.list_rows import BadRow, CarriedRow, GoodRows, ReadOptions, RowBatch
from briefing.subscribers.row_frames import batch_heard, frames_of

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
    monkeypatch.setattr(list_rows, "_BATCH", 2)


@pytest.fixture
def odd(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(ODD)
    return path


def in_order(batches):
    """The rows of batches, in the order of the file."""
    runs = [run for batch in batches for run in (*batch.runs, batch.bad)]
    columns = [run for run in runs if isinstance(run, GoodRows)]
    rows = [row for run in runs if not isinstance(run, GoodRows) for row in run]
    for good in columns:
        rows += good.rows()
    return sorted(rows, key=lambda row: row[0] if isinstance(row, tuple) else row.line)


def test_the_rows_of_a_long_list_are_those_of_any_other(long, odd):
    assert in_order(read_beside(SEEDS)) == list(read_rows(SEEDS))
    said = ReadOptions(columns={"email": "Work"}, encoding="ascii")
    assert len(list(read_rows(odd, said))) == 3
    assert in_order(read_beside(odd, said)) == list(read_rows(odd, said))


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
    assert next(rows).runs[0].emails[0] == "ada@example.org"
    assert isinstance(rows, Generator)
    rows.close()


def test_a_reading_process_that_dies_is_a_sentence_with_what_to_do(long, odd, monkeypatch):
    monkeypatch.setattr(import_process, "_READER", "briefing.errors")
    with pytest.raises(SubscriberError, match=r"list\.csv: the process .* died\. Import it again"):
        list(read_beside(odd))


def test_without_a_process_the_list_is_read_here(long, odd, monkeypatch):
    monkeypatch.setattr(sys, "executable", "no such program")
    assert in_order(read_beside(SEEDS)) == list(read_rows(SEEDS))


def test_rows_are_handed_over_a_batch_at_a_time_by_address_and_none_at_the_end(long, tmp_path):
    path = tmp_path / "list.csv"
    emails = [f"r{number * 7 % 1000}@example.org" for number in range(5_000)]
    path.write_text("\n".join(["email", *emails, ""]))
    answers = BytesIO()
    list_reader.serve(BytesIO(framed(pickle.dumps((path, ReadOptions())))), answers)
    answers.seek(0)
    handed = []
    while batch := batch_heard(lambda: unframed(answers) or b""):
        handed.append(batch)
    assert len(handed) > 1
    assert [row[1] for row in in_order(handed)] == emails
    assert all(run.keys == sorted(run.keys) for batch in handed for run in batch.runs)


def test_a_batch_is_the_same_on_the_other_side_whatever_its_cells_hold():
    good = GoodRows(
        [7, 3],
        ["Ada@example.org", "bo@example.org"],
        ["ada@example.org", "bo@example.org"],
        ["Ada\nLee", ""],
        [("press", "two\nlines"), ()],
    )
    left = CarriedRow(
        line=4, email="cy@example.org", key="cy@example.org", name="", tags=(),
        standing=Standing.UNSUBSCRIBED, why="left: 2023-05-06",
    )  # fmt: skip
    batch = RowBatch([good, [left], GoodRows()], [BadRow(line=5, reason="list.csv:5: no address")])
    assert batch_heard(iter([*frames_of(batch)]).__next__) == batch


def test_the_next_batch_is_heard_while_one_is_put_down(long, tmp_path, monkeypatch):
    path = tmp_path / "list.csv"
    path.write_text("email\n" + "ada@example.org\n" * 50_000)
    heard = Queue()

    def noted(hear):
        batch = batch_heard(hear)
        heard.put(batch)
        return batch

    monkeypatch.setattr(import_process, "batch_heard", noted)
    rows = read_beside(path)
    assert next(rows) is heard.get()
    following = heard.get(timeout=60)
    assert next(rows) is following
    assert isinstance(rows, Generator)
    rows.close()
