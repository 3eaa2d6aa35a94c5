"""The book of departures: lines are only added, each is on disk when it counts, none changes unseen."""

import multiprocessing
import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.departures.written import line

from briefing.errors import StoreError
from briefing.model.mark import Marking
from briefing.store.departures import Book, BookPosition, lines_of

KEY = Marking(b"k" * 32)


@pytest.fixture
def book(tmp_path) -> Book:
    path = tmp_path / "departures.log"
    Book.begin(path, KEY.of_key())
    return Book(path)


def test_what_was_added_is_read_in_order_by_everybody(book):
    for number in range(50):
        book.append(line(number))
    found, end = Book(book.path).after(BookPosition())
    assert found == [line(number) for number in range(50)]
    assert Book(book.path).after(end) == ([], end)
    assert not book.has_more(end)
    book.append(line(50))
    assert book.has_more(end)
    assert book.after(end)[0] == [line(50)]


def add_forty(path, first, together):
    book = Book(path)
    together.wait()
    for number in range(40):
        book.append(line(first + number))


def test_threads_and_processes_add_at_once_and_no_line_is_lost(book):
    fork = multiprocessing.get_context("fork")
    together = fork.Barrier(3)
    others = [
        fork.Process(target=add_forty, args=(book.path, first, together))
        for first in (1_000, 2_000)
    ]
    for other in others:
        other.start()
    together.wait()
    threads = [threading.Thread(target=book.append, args=(line(n),)) for n in range(60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for other in others:
        other.join()
    assert [other.exitcode for other in others] == [0, 0]
    found, _ = Book(book.path).after(BookPosition())
    wanted = {*range(60), *range(1_000, 1_040), *range(2_000, 2_040)}
    assert sorted(int(one.at) for one in found) == sorted(wanted)


def test_the_book_keeps_room_so_that_a_full_disk_lets_people_go(book, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    before = book.path.stat().st_size
    monkeypatch.setattr(os, "posix_fallocate", full)
    for number in range(2_000):
        book.append(line(number))
    assert book.path.stat().st_size == before
    assert len(Book(book.path).after(BookPosition())[0]) == 2_000


def test_a_file_that_somebody_removes_under_us_is_put_back_whole(book):
    book.append(line(1))
    book.path.unlink()
    book.append(line(2))
    assert Book(book.path).after(BookPosition())[0] == [line(1), line(2)]


@given(cut=st.integers(1, 170), holes=st.lists(st.integers(0, 170), max_size=3))
def test_a_power_cut_within_a_line_loses_that_line_and_no_other(tmp_path_factory, cut, holes):
    path = tmp_path_factory.mktemp("cut") / "departures.log"
    Book.begin(path, KEY.of_key(), [line(1)])
    book = Book(path)
    _, place = book.after(BookPosition())
    book.append(line(2))
    book.close()
    content = bytearray(path.read_bytes())
    end = place.offset + len(content[place.offset :].rstrip(b"\0"))
    # Whatever the disk had not written yet is as it was before: NUL.
    content[min(end - 1, place.offset + cut) : end] = bytes(end - min(end - 1, place.offset + cut))
    for hole in holes:
        if place.offset + hole < end:
            content[place.offset + hole] = 0
    path.write_bytes(content)
    again = Book(path)
    again.append(line(3))
    assert Book(path).after(BookPosition())[0] == [line(1), line(3)]


@pytest.mark.parametrize("change", ["swapped", "removed", "edited"])
def test_a_line_that_was_changed_or_taken_out_is_refused_with_the_next_step(book, change):
    for number in range(5):
        book.append(line(number))
    rows = book.path.read_bytes().split(b"\n")
    match change:
        case "swapped":
            rows[2], rows[3] = rows[3], rows[2]
        case "removed":
            rows.pop(3)
        case "edited":
            rows[3] = rows[3].replace(b"unsubscribed", b"returnedbyme")
    book.path.write_bytes(b"\n".join(rows))
    with pytest.raises(StoreError, match=r"damaged.*departures --rebuild"):
        Book(book.path).after(BookPosition())
    assert Book(book.path).whole(book.key_mark) == [
        line(n) for n in range({"swapped": 1}.get(change, 2))
    ]


def test_a_book_is_nobody_elses_to_read_and_holds_no_address(book):
    assert book.path.stat().st_mode & 0o777 == 0o600
    mark = KEY.reader("readers", "ada@example.org")
    book.append(line(1, mark=mark))
    content = book.path.read_bytes()
    assert mark.encode() in content
    assert b"ada@" not in content, "a name of hexadecimal digits may hold those three letters"
    assert lines_of(content.rstrip(b"\0")) == [line(1, mark=mark)]


def test_a_newer_book_and_one_that_is_none_are_sentences(tmp_path):
    path = tmp_path / "departures.log"
    for content in (b"hello\n", b"\0" * 100, b"{}\t\n"):
        path.write_bytes(content)
        with pytest.raises(StoreError, match=r"damaged|not a book"):
            Book(path).after(BookPosition())
    with pytest.raises(StoreError, match="cannot be opened"):
        Book(Path(tmp_path, "none")).after(BookPosition())


def test_a_book_that_is_there_and_may_not_be_opened_asks_for_the_right_and_not_for_another(
    tmp_path,
):
    (tmp_path / "departures.log").mkdir()
    with pytest.raises(StoreError, match=r"cannot be opened: .* Give this user the right"):
        Book(tmp_path / "departures.log").after(BookPosition())


def test_marks_are_the_same_for_an_address_on_a_list_and_for_no_other():
    marks = {
        KEY.reader(list_name, key) for list_name in ("a", "b") for key in ("x@e.org", "y@e.org")
    }
    assert len(marks) == 4
    assert KEY.reader("a", "x@e.org") != Marking(b"j" * 32).reader("a", "x@e.org")
