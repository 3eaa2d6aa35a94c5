"""Pictures of letters are served by their content, kept by browsers for ever, and by nobody else's name."""

import sqlite3
from contextlib import closing
from hashlib import sha256

import pytest
from lxml import html
from tests.emails.painted import photograph
from tests.newsrooms import EDITION, LEAD
from tests.web.asking import Client

from briefing.actions.editions.pictures.choose_picture import WantedPicture, choose_picture
from briefing.actions.editions.verify import verify
from briefing.actions.sending.send import send_edition
from briefing.web import make_app


def test_a_picture_is_served_whole_and_never_asked_for_again(public):
    name = public.desk.store.pictures.keep(photograph(), 0.0)
    answer = public.get(f"/pictures/{name}.jpg")
    assert (answer.status, answer.headers["content-type"]) == (200, "image/jpeg")
    assert sha256(answer.raw).hexdigest() == name
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert public.ask("HEAD", f"/pictures/{name}.jpg").headers["content-length"] == str(
        len(answer.raw)
    )


@pytest.mark.parametrize(
    "name", ["", "a.jpg", "0" * 64, f"{'0' * 64}.jpg", f"{'0' * 64}.png", "..%2f..%2fetc%2fpasswd"]
)
def test_what_is_not_kept_is_not_there(public, name):
    answer = public.get(f"/pictures/{name}")
    assert answer.status == 404
    assert "immutable" not in answer.headers["cache-control"]


def test_the_same_picture_is_kept_once(public):
    pictures = public.desk.store.pictures
    assert pictures.keep(b"one", 1.0) == pictures.keep(b"one", 2.0)
    assert pictures.find(pictures.keep(b"one", 3.0)) == b"one"


def test_what_was_approved_with_its_picture_is_sent_archived_laid_open_and_built_again(desk):
    wanted = WantedPicture(name="a.jpg", body=photograph(), alt="Members leave", credit="Jo Ray")
    desk.decide()
    before = desk.hash
    done = choose_picture(
        desk.room, EDITION, LEAD, wanted, seen=desk.sheet.version, actor="ada"
    ).edition
    assert desk.hash != before, "whoever approved that approved no picture"
    desk.say()
    send_edition(desk.room, EDITION)
    assert verify(desk.room, EDITION).is_same
    picture = done.items[0].picture
    client = Client(make_app(desk.room), "https://briefing.example.org")
    (shown,) = html.fromstring(client.get(f"/archive/staggers/{EDITION}").text).iter("img")
    assert shown.get("src") == f"https://briefing.example.org{picture.path}"
    assert client.get(picture.path).content == desk.room.store.pictures.find(picture.sha256)
    (figure,) = html.fromstring(client.get(f"/archive/staggers/{EDITION}/made").text).iter("figure")
    (laid_open,) = figure.iter("img")
    assert (laid_open.get("src"), laid_open.get("alt")) == (picture.path, "Members leave")
    assert figure.text_content() == "Jo Ray"


def test_a_picture_that_is_gone_or_another_is_named_when_a_letter_is_verified(desk):
    wanted = WantedPicture(name="a.jpg", body=photograph(), alt="Members leave", credit="Jo Ray")
    desk.decide()
    choose_picture(desk.room, EDITION, LEAD, wanted, seen=desk.sheet.version, actor="ada")
    desk.say()
    send_edition(desk.room, EDITION)
    for statement, says in (
        ("UPDATE pictures SET content = x'00'", "holds other bytes than were kept"),
        ("DELETE FROM pictures", "is not kept here any more"),
    ):
        with closing(sqlite3.connect(desk.folder / "var" / "briefing.db")) as rows:
            rows.execute(statement)
            rows.commit()
        records = verify(desk.room, EDITION).steps[0]
        assert says in " ".join(records.differences)
