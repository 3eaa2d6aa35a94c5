"""A picture is chosen with a plain form; what goes wrong is told in place, and what was typed stays."""

import html as markup
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from lxml import html
from tests.emails.painted import as_file, painted, photograph
from tests.newsrooms import EDITION, LEAD, OPEN, PAID
from tests.web.desk.conftest import FROM_HERE, send

from briefing.model.article import Picture
from briefing.model.change import Add
from briefing.model.editor import Role
from briefing.web.desk.stories import picture as page

WORDS = {"alt": "Members cross <the> courtyard", "credit": "Jo Ray & Sons"}
SHOWN = (
    Picture(
        url="http://127.0.0.1:9/large.jpg",
        alt="A tower",
        caption="The council’s tower at dusk.",
        credit="Photograph: Ann Lee/Agency",
        origin="figure",
    ),
    Picture(url="https://pictures.example/b.jpg", origin="img"),
)


AT = f"/editions/{EDITION}/picture"


def path(item=LEAD):
    return f"{AT}/{quote(item, safe='')}"


@pytest.fixture
def inside(browser, ada):
    return browser.enter()


@pytest.fixture
def story(inside):
    """The id of a story whose source shows pictures."""
    lead = inside.desk.edition.items[0]
    article = replace(lead.article, id="shown#0", pictures=SHOWN, headline="The tower is let")
    inside.desk.change(Add(story=replace(lead, article=article, headline="The tower is let")))
    return "shown#0"


def seen(browser):
    return str(browser.desk.sheet.version)


def upload(browser, body, item=LEAD, name="a courtyard ü.jpg", **fields):
    """As a browser without a script sends a file."""
    form = {"token": browser.token, "seen": seen(browser), "kind": "other", **WORDS, **fields}
    files = {"file": (name, body, "application/octet-stream")}
    form["item"] = item
    return browser.client.post(AT, data=form, files=files, headers=FROM_HERE)


def picture_of(browser, item=LEAD):
    return next(each for each in browser.desk.edition.items if each.id == item).picture


def test_the_source_shows_its_pictures_by_their_words_and_nothing_is_fetched(inside, story):
    shown = inside.get(path(story))
    tree = html.fromstring(shown.text)
    assert not list(tree.iter("img")), "a picture of another host would tell it who looks"
    forms = {form.fields.get("address"): form for form in tree.forms if "address" in form.fields}
    first = forms[SHOWN[0].url]
    assert (first.fields["alt"], first.fields["credit"]) == (SHOWN[0].alt, SHOWN[0].credit)
    assert SHOWN[0].caption in shown.text
    assert forms[SHOWN[1].url].fields["alt"] == ""
    assert all("required" in field.attrib for field in tree.xpath("//input[@name='alt']"))


def test_a_file_is_put_to_a_story_without_a_script_and_seen_at_the_desk(inside):
    assert upload(inside, photograph()).headers["location"] == path()
    picture = picture_of(inside)
    assert (picture.alt, picture.credit) == tuple(WORDS.values())
    assert picture.origin == "a courtyard ü.jpg"
    (shown,) = html.fromstring(inside.get(path()).text).iter("img")
    assert (shown.get("src"), shown.get("alt")) == (picture.path, picture.alt)
    answer = inside.get(picture.path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    assert answer.headers["cache-control"].startswith("private")


def test_the_preview_shows_it_from_the_desk_itself(inside):
    upload(inside, photograph())
    shown = inside.get(f"/editions/{EDITION}/frame")
    (image,) = html.fromstring(shown.text).iter("img")
    assert image.get("src") == picture_of(inside).path
    assert "img-src 'self' data:" in shown.headers["content-security-policy"]


def test_the_edition_page_leads_there_and_says_what_there_is(inside, story):
    upload(inside, photograph())
    text = inside.get(f"/editions/{EDITION}").text
    assert f'href="{path()}"' in text
    assert "Its source shows 2 pictures" in text
    assert markup.escape(WORDS["alt"]) in text


def test_words_are_changed_and_a_picture_taken_off(inside):
    upload(inside, photograph())
    before = picture_of(inside)
    said = {"kind": "words", "seen": seen(inside), "alt": "They leave", "credit": "Jo Ray"}
    assert inside.post(AT, said | {"item": LEAD}).status_code == 303
    assert picture_of(inside) == replace(before, alt="They leave", credit="Jo Ray")
    inside.post(AT, {"kind": "off", "item": LEAD, "seen": seen(inside)})
    assert picture_of(inside) is None


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no picture": ({"body": b"<html>" * 99}, "is not a picture in a form that is read here"),
    "40 MB": ({"body": bytes(40_000_000)}, "has 40,000,000 bytes"),
    "no alt": ({"body": photograph(), "alt": " "}, "Say what the picture shows"),
    "no credit": ({"body": photograph(), "credit": ""}, "Say whose picture it is"),
    "too small": ({"body": as_file(painted((64, 64)), "PNG")}, "are the least"),
    "nothing": ({"body": b"", "name": ""}, "Choose a picture first"),
    "inside the network": (
        {"body": b"", "name": "", "address": "http://127.0.0.1:9/a.jpg"},
        "this machine",
    ),
    "not an address": ({"body": b"", "name": "", "address": "ftp://x/a"}, "neither http nor https"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_done_is_told_in_place_with_all_that_was_typed(inside, name):
    fields, says = WRONG[name]
    before = inside.desk.rows()
    answer = upload(inside, **fields)
    assert answer.status_code == 422
    tree = html.fromstring(answer.text)
    (fault,) = tree.xpath("//*[@class='fault']")
    assert says in fault.text_content()
    (form,) = [each for each in tree.forms if each.get("enctype")]
    typed = {**WORDS, "address": "", **{k: v for k, v in fields.items() if k in form.fields}}
    assert {field: form.fields[field] for field in typed} == typed
    assert fault.getparent() == form.getparent()
    assert inside.desk.rows() == before


def test_a_fault_of_a_source_s_picture_stands_at_that_picture(inside, story):
    sent = {"kind": "source", "address": SHOWN[0].url, "seen": seen(inside), **WORDS}
    answer = inside.post(AT, sent | {"item": story})
    tree = html.fromstring(answer.text)
    (fault,) = tree.xpath("//*[@class='fault']")
    assert "this machine" in fault.text_content()
    forms = {form.fields.get("address"): form for form in tree.forms if "address" in form.fields}
    assert forms[SHOWN[0].url].fields["alt"] == WORDS["alt"]
    assert forms[SHOWN[1].url].fields["alt"] == ""
    assert forms[SHOWN[0].url].getparent().get("open") is not None


def test_somebody_elses_picture_is_not_written_over(inside, another, ada):
    drawn = seen(inside)
    upload(inside, photograph())
    other = another().enter(Role.EDITOR, "ben")
    answer = upload(other, as_file(painted((800, 600))), seen=drawn)
    assert answer.status_code == 422
    assert "has changed since you opened it" in answer.text
    assert picture_of(inside).origin == "a courtyard ü.jpg"


@pytest.mark.parametrize("item", [PAID, OPEN])
def test_what_is_not_a_report_gets_none(inside, item):
    shown = inside.get(path(item))
    assert "A picture stands with reports alone" in shown.text
    assert "<form method" not in shown.text.partition("<main")[2]
    assert upload(inside, photograph(), item).status_code == 422


def test_who_may_only_look_and_who_comes_too_late_find_no_form(inside, another):
    upload(inside, photograph())
    viewer = another().enter(Role.VIEWER, "vi")
    assert "Use it" not in viewer.get(path()).text
    assert upload(viewer, photograph()).status_code == 403
    send(inside.desk)
    assert "Use it" not in inside.get(path()).text
    assert "with its readers" in upload(inside, photograph()).text


def test_of_a_form_that_is_larger_than_any_the_words_stand_again_with_a_sentence(inside):
    refused = upload(inside, bytes(page.LARGEST_FORM + 1))
    assert refused.status_code == 422
    assert "The file is far too large; the desk takes 20 MB." in refused.text
    assert markup.escape(WORDS["alt"]) in refused.text


def test_an_end_can_be_kept_and_one_that_no_picture_has_is_told(inside):
    assert upload(inside, photograph(), keeps="bottom").status_code == 303
    below = picture_of(inside).sha256
    refused = upload(inside, photograph(), keeps="corner")
    assert refused.status_code == 422
    assert "no end" in refused.text
    assert upload(inside, photograph(), keeps="top").status_code == 303
    assert picture_of(inside).sha256 != below


def test_a_story_that_is_not_there_is_a_page_that_is_not_there(inside):
    assert inside.get(path("nobody#0")).status_code in (404, 422)
    assert inside.get("/pictures/nothing.jpg").status_code == 404
