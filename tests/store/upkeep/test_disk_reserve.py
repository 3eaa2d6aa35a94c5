"""Room on the disk is kept back while there is plenty, and given up only when there is none.

`tests/faults/test_hour.py` fills a disk and lets an edition leave.
"""

from briefing.store import give_reserve, keep_reserve, refuse_full

MB = 1 << 20


def test_the_room_of_a_morning_is_taken_up_on_the_disk_and_grows_with_the_readers(tmp_path):
    path = tmp_path / "reserve"
    assert keep_reserve(tmp_path, 0)
    found = path.stat()
    assert (found.st_size, found.st_mode & 0o777) == (32 * MB, 0o600)
    assert found.st_blocks * 512 >= 32 * MB, "not a file of holes"
    assert keep_reserve(tmp_path, 0)
    assert path.stat().st_ino == found.st_ino, "what is there stays"
    assert keep_reserve(tmp_path, 2_048)
    assert path.stat().st_size == 34 * MB


def test_nothing_is_taken_of_a_disk_that_has_less_than_twice_as_much(tmp_path):
    assert not keep_reserve(tmp_path, 1 << 40)
    assert list(tmp_path.iterdir()) == []


def test_while_the_disk_has_room_none_is_given_up_and_it_counts_as_ready(tmp_path):
    assert not give_reserve(tmp_path)
    assert keep_reserve(tmp_path, 0)
    assert not give_reserve(tmp_path)
    assert (tmp_path / "reserve").exists()
    refuse_full(tmp_path)
