"""An editor puts a picture to a story: fetched then and not before, kept by this house, undone like any change."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from hashlib import sha256

import pytest
from tests.emails.painted import as_file, painted, photograph
from tests.newsrooms import EDITION, LEAD, PAID, opened
from tests.servers.one_page import answering

from briefing.actions.editions.edit import go_back, rebuild
from briefing.actions.editions.pictures.choose_picture import (
    LARGEST,
    WantedPicture,
    choose_picture,
    take_picture_off,
)
from briefing.actions.editions.word_diff import differences
from briefing.errors import BriefingError, EditionError, SourceError
from briefing.model.article import Picture
from briefing.store.upkeep.backup import back_up

ALT, CREDIT = "Members cross the courtyard", "Jo Ray / Harbour Pictures"
WORDS = WantedPicture(alt=ALT, credit=CREDIT)
FILE = replace(WORDS, name="courtyard.jpg", body=photograph())


def put(desk, wanted=FILE, item=LEAD):
    seen = desk.sheet.version
    done = choose_picture(desk.room, EDITION, item, wanted, seen=seen, actor="ada")
    return next(each for each in done.edition.items if each.id == item).picture


def test_a_file_is_kept_by_its_bytes_with_its_words_and_the_log_says_so(desk):
    picture = put(desk, replace(FILE, alt=" Members\ncross  the courtyard "))
    assert (picture.alt, picture.credit) == (ALT, CREDIT)
    assert picture.origin == "courtyard.jpg"
    content = desk.room.store.pictures.find(picture.sha256)
    assert len(content) == picture.size
    assert (picture.width, picture.height) == (1408, 792)
    (line,) = desk.room.store.audit_log.newest(1)
    assert "put a picture to “" in line.detail


def test_a_picture_is_a_change_that_voids_approval_survives_a_rebuild_and_is_undone(desk):
    desk.decide()
    before, was = desk.sheet.version, desk.edition
    picture = put(desk)
    rebuild(desk.room, EDITION, actor="ada")
    assert desk.edition.items[0].picture == picture
    go_back(desk.room, EDITION, before, seen=desk.sheet.version, actor="ada")
    assert desk.edition == was
    assert desk.room.store.pictures.find(picture.sha256), "undo can be undone too"


def test_the_list_of_versions_shows_what_the_picture_says(desk):
    before = desk.edition
    put(desk)
    (found,) = differences(before, desk.edition)
    assert found.what.startswith("Picture of “")
    assert CREDIT in "".join(run.text for run in found.runs)


def test_other_words_need_no_other_picture(desk):
    first = put(desk)
    second = put(desk, WantedPicture(alt="Members leave", credit="Jo Ray"))
    assert second == replace(first, alt="Members leave", credit="Jo Ray")


def test_a_picture_is_taken_off(desk):
    put(desk)
    take_picture_off(desk.room, EDITION, LEAD, seen=desk.sheet.version, actor="ada")
    assert desk.edition.items[0].picture is None


def test_a_picture_of_the_web_is_fetched_when_it_is_chosen_and_never_again(newsroom_folder):
    with (
        answering(photograph()) as (host, asked),
        opened(newsroom_folder, BRIEFING_FETCH__ALLOW=f'["{host}"]') as desk,
    ):
        picture = put(desk, replace(WORDS, address=f" http://{host}/a.jpg "))
        desk.decide()
        assert desk.rendered()
        assert picture.origin == f"http://{host}/a.jpg"
        assert asked == ["/a.jpg"]


def test_nothing_is_fetched_for_a_picture_without_words(newsroom_folder):
    with (
        answering(photograph()) as (host, asked),
        opened(newsroom_folder, BRIEFING_FETCH__ALLOW=f'["{host}"]') as desk,
    ):
        for wordless in (replace(WORDS, alt=""), replace(WORDS, credit=" \n ")):
            wanted = replace(wordless, address=f"http://{host}/a.jpg")
            with pytest.raises(EditionError, match="Say wh"):
                put(desk, wanted)
        assert asked == []


def test_a_page_leads_to_no_host_of_our_own_although_a_person_may(newsroom_folder, monkeypatch):
    with (
        answering(photograph()) as (host, asked),
        opened(newsroom_folder, BRIEFING_FETCH__ALLOW=f'["{host}"]') as desk,
    ):
        address = f"http://{host}/inner.jpg"
        lead = desk.edition.items[0]
        named = replace(lead, article=replace(lead.article, pictures=(Picture(url=address),)))
        told = replace(desk.edition, items=(named, *desk.edition.items[1:]))
        monkeypatch.setattr(
            "briefing.actions.editions.pictures.choose_picture.sheet",
            lambda *_: replace(desk.sheet, edition=told),
        )
        with pytest.raises(SourceError, match="this machine"):
            put(desk, replace(WORDS, address=address))
        assert asked == []


WRONG = {
    "a page": (b"<html>Not found</html>" * 40, 200, "is not a picture"),
    "nothing": (b"", 200, "answered with nothing"),
    "a refusal": (b"no", 404, "answers 404 Not Found"),
    "too much": (bytes(LARGEST + 1), 200, "sends more than"),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_address_that_gives_no_picture_is_a_sentence_and_changes_nothing(newsroom_folder, name):
    body, status, says = WRONG[name]
    with (
        answering(body, status) as (host, _),
        opened(newsroom_folder, BRIEFING_FETCH__ALLOW=f'["{host}"]') as desk,
    ):
        before = desk.rows()
        with pytest.raises(SourceError, match=rf"http://{host}/a: .*{says}"):
            put(desk, replace(WORDS, address=f"http://{host}/a"))
        assert desk.rows() == before


@pytest.mark.parametrize(
    ("wanted", "item", "says"),
    [
        (WORDS, LEAD, "Choose a picture first"),
        (replace(WORDS, address="http://127.0.0.1:1/a.jpg"), LEAD, "this machine"),
        (replace(WORDS, address="file:///etc/passwd"), LEAD, "neither http nor https"),
        (replace(WORDS, name="x.jpg", body=b"x" * 40_000_000), LEAD, "40,000,000 bytes"),
        (replace(FILE, body=as_file(painted((64, 64)), "PNG")), LEAD, "are the least"),
        (FILE, PAID, "a picture stands with reports alone"),
        (FILE, "nobody#0", "has no piece"),
    ],
)
def test_what_cannot_be_done_is_a_sentence_and_changes_nothing(desk, wanted, item, says):
    before = desk.rows()
    with pytest.raises(BriefingError, match=says):
        put(desk, wanted, item)
    assert desk.rows() == before


def test_a_backup_carries_the_picture(desk, tmp_path):
    picture = put(desk)
    copy = back_up(desk.room.store.database, tmp_path / "copy.db")
    with closing(sqlite3.connect(copy)) as rows:
        ((content,),) = rows.execute("SELECT content FROM pictures")
    assert sha256(content).hexdigest() == picture.sha256
