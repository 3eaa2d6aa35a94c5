"""Files → pages."""

import json
from time import process_time

import pytest
from tests.faults.feed_server import prose

from briefing.articles.files.folder import read_folder, read_page, read_pages
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


def feed(count=2):
    items = "".join(
        f"<item><title>Story {n}</title><link>https://site.example/{n}</link>"
        f"<pubDate>Fri, 20 Nov 2026 08:{n // 60 % 60:02}:{n % 60:02} GMT</pubDate>"
        f"<description>{prose('harbour', n)}</description></item>"
        for n in range(count)
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{items}</channel></rss>'
    )


@pytest.mark.parametrize("name", ["desk.xml", "desk.rss", "desk.atom", "desk.txt", "desk.html"])
def test_a_saved_feed_gives_its_entries_whatever_the_files_name(tmp_path, name):
    (tmp_path / name).write_text(f"<!-- saved -->\n{feed()}")
    pages = read_folder(tmp_path, source="desk_files")
    assert [page.declared.headline for page in pages] == ["Story 0", "Story 1"]
    assert [page.url for page in pages] == ["https://site.example/0", "https://site.example/1"]
    assert {page.source for page in pages} == {"desk_files"}
    assert all(page.name.startswith("desk-") for page in pages)


def test_a_saved_json_feed_gives_its_items(tmp_path):
    item = {"id": "1", "title": "Trams", "content_text": prose("tram", 1)}
    said = {"version": "https://jsonfeed.org/version/1.1", "title": "D", "items": [item]}
    (tmp_path / "desk.json").write_text(json.dumps(said))
    (page,) = read_folder(tmp_path)
    assert page.declared.headline == "Trams"


def test_a_file_that_is_no_feed_is_refused_and_the_others_are_read(tmp_path):
    (tmp_path / "a.json").write_text('{"a": 1}')
    (tmp_path / "b.xml").write_text("<invoice><sum>1</sum></invoice>")
    (tmp_path / "c.txt").write_text("Whips lose count")
    first, second, page = read_folder(tmp_path)
    assert str(first) == "a: this file holds JSON that is not a JSON Feed."
    assert str(second).startswith("b: this file holds")
    assert page.name == "c"


def test_a_web_page_saved_as_xml_is_a_web_page(tmp_path):
    (tmp_path / "a.xml").write_text('<?xml version="1.0"?>\n<html><p>Whips lose count</p></html>')
    assert read_page(tmp_path / "a.xml").media_type == "text/html"


@pytest.mark.parametrize("blank", [" " * 3000, "\n " * 1500, "<!-- a -->" * 60, "<?a?>" * 60])
def test_a_text_that_begins_on_blanks_is_read_at_once(tmp_path, blank):
    (tmp_path / "a.txt").write_text(f"\n\n{blank}1 of 2 DOCUMENTS\n\nWhips lose count")
    began = process_time()
    assert read_page(tmp_path / "a.txt").media_type == "text/plain"
    assert process_time() - began < 0.5


def test_a_feed_of_more_entries_than_are_read_says_so_and_keeps_the_newest(tmp_path):
    (tmp_path / "desk.xml").write_text(feed(1005))
    (pages,) = read_pages([tmp_path / "desk.xml"])
    assert (pages[0].declared.headline, pages[-2].declared.headline) == ("Story 5", "Story 1004")
    assert str(pages[-1]).startswith(
        "desk: this feed has 1,005 entries, and the newest 1,000 were read."
    )


def test_a_mailbox_gives_each_of_its_letters(tmp_path):
    letter = (
        "From a@b.example Fri Nov 20 08:00:00 2026\nSubject: {0} vote\n\n{1}\n\n>From here on\n\n"
    )
    told = [letter.format(topic, prose(topic, 1)) for topic in ("Harbour", "Tram")]
    (tmp_path / "box.mbox").write_text("".join(told))
    pages = read_folder(tmp_path)
    assert [page.declared.headline for page in pages] == ["Harbour vote", "Tram vote"]
    assert [page.name for page in pages] == ["box-1", "box-2"]
    assert b"\nFrom here on" in pages[0].body


def test_a_file_that_is_no_mailbox_is_refused(tmp_path):
    (tmp_path / "box.mbox").write_text("Whips lose count")
    (refusal,) = read_folder(tmp_path)
    assert "does not begin with a line 'From ADDRESS DATE'" in str(refusal)
