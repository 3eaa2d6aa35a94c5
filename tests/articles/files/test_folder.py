"""Files → pages."""

import pytest

from briefing.articles.files.folder import read_folder, read_page
from briefing.errors import PageRefused


def test_a_page_goes_by_its_files_stem_and_keeps_its_bytes(tmp_path):
    (tmp_path / "tuesday.txt").write_bytes(b"\xff\x00 as it was")
    page = read_page(tmp_path / "tuesday.txt", source="desk")
    assert (page.name, page.body, page.source) == ("tuesday", b"\xff\x00 as it was", "desk")


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.txt", "text/plain"), ("a.html", "text/html"), ("a.HTM", "text/html"), ("a", "text/plain")],
)
def test_the_files_name_says_what_it_holds(tmp_path, name, media_type):
    (tmp_path / name).write_bytes(b"Whips lose count")
    assert read_page(tmp_path / name).media_type == media_type


def test_a_missing_file_is_refused_by_its_path(tmp_path):
    with pytest.raises(PageRefused, match=r"nowhere\.txt cannot be read") as refusal:
        read_page(tmp_path / "nowhere.txt")
    assert refusal.value.page == "nowhere"


def test_a_folder_gives_its_text_and_html_pages_in_the_order_of_their_names(tmp_path):
    for name in ("b.html", "a.txt", "C.TXT", "notes.md", "subscribers.csv", "d.htm"):
        (tmp_path / name).write_bytes(b"Whips lose count")
    assert [page.name for page in read_folder(tmp_path)] == ["C", "a", "b", "d"]


def test_a_page_saved_twice_gets_two_names(tmp_path):
    for name in ("a.html", "a.txt"):
        (tmp_path / name).write_bytes(b"Whips lose count")
    assert [page.name for page in read_folder(tmp_path)] == ["a", "a.txt"]


def test_one_unreadable_page_leaves_the_others_be(tmp_path):
    (tmp_path / "a.txt").mkdir()
    (tmp_path / "b.txt").write_bytes(b"Whips lose count")
    refusal, page = read_folder(tmp_path)
    assert isinstance(refusal, PageRefused)
    assert page.name == "b"


def test_an_empty_folder_is_no_error_and_a_missing_one_is(tmp_path):
    assert read_folder(tmp_path) == ()
    with pytest.raises(PageRefused, match="Make the folder"):
        read_folder(tmp_path / "nowhere")
