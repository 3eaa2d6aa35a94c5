"""Nobody who comes to the public pages stands before a closed door."""

import re
from xml.etree import ElementTree as ET

import pytest

from briefing.actions.public.signup import forget_unconfirmed
from briefing.actions.public.spoken_words import read_language
from briefing.languages import SUPPORTED
from briefing.languages.furniture import furniture
from briefing.model.subscriber import Standing

NEW = "ada@example.net"


def links(body):
    return set(re.findall(r'href="(/[^"]*)"', body))


def test_the_first_page_says_who_we_are_and_leads_to_the_form_and_the_archive(public):
    shown = public.get("/")
    assert shown.status == 200
    assert public.desk.config.site.name in shown.body
    assert {"/subscribe/readers", "/archive/staggers", "/archive"} <= links(shown.body)
    assert f"/archive/staggers/{public.edition}" in links(shown.body)
    assert all(public.get(path).status == 200 for path in links(shown.body))


def test_every_page_leads_back_to_the_first(public):
    for path in ("/archive", "/subscribe/readers", "/nothing-here"):
        assert "/" in links(public.get(path).body)


def confirm_path(public, but=""):
    """Where the confirmation mail leads, of several the one that does not lead to an earlier path."""
    texts = [mail.get_body(("plain",)).get_content() for mail in public.confirmations()]
    found = [re.search(r"https://[^/]+(/confirm/\S+)", text)[1] for text in texts]
    return next(path for path in found if path != but)


@pytest.mark.parametrize("is_forgotten", [False, True])
def test_an_expired_confirmation_offers_another_that_works(public, is_forgotten):
    public.sign_up(NEW)
    path = confirm_path(public)
    public.clock.wait(days=8)
    if is_forgotten:
        public.desk.store.signups.forget_unconfirmed(public.clock().timestamp() - 7 * 86_400)
    for answer in (public.get(path), public.post(path)):
        assert answer.status == 404
        assert "/subscribe/readers" in links(answer.body)
    public.sign_up(NEW)
    assert public.post(confirm_path(public, but=path)).status == 200
    assert public.standing(NEW) == "active"


def test_a_used_confirmation_leads_on_and_undoes_nothing(public):
    public.sign_up(NEW)
    path = confirm_path(public)
    public.post(path)
    public.clock.wait(minutes=5)
    (reader,) = public.desk.store.subscribers.find(NEW)
    public.desk.store.subscribers.change(
        reader.id,
        Standing.UNSUBSCRIBED,
        only_from=(Standing.ACTIVE,),
        cause="left",
        actor="reader",
        now=public.clock().timestamp(),
    )
    answer = public.post(path)
    assert "/subscribe/readers" in links(answer.body)
    assert public.standing(NEW) == "unsubscribed"


def test_search_engines_are_kept_from_links_that_are_one_readers_own(public):
    said = public.get("/robots.txt")
    assert said.headers["content-type"].startswith("text/plain")
    closed = re.findall(r"^Disallow: (\S+)$", said.body, re.MULTILINE)
    own = public.letter_to("reader3@example.com")
    for path in (own["unsubscribe"], own["preferences"], own["view"]):
        assert any(path.startswith(start) for start in closed), path
    assert not any("/archive/".startswith(start) for start in closed)


def test_the_icon_is_a_picture_that_pages_may_show(public):
    icon = public.get("/favicon.ico")
    assert icon.headers["content-type"] == "image/svg+xml"
    assert ET.fromstring(icon.body).tag.endswith("svg")
    assert "img-src 'self'" in public.get("/").headers["content-security-policy"]


@pytest.mark.parametrize("language", [one for one in SUPPORTED if one != "en"])
def test_pages_speak_the_readers_language_where_there_are_words_in_it(public, language):
    shown = public.get("/", Accept_Language=f"{language};q=0.9, en;q=0.5")
    assert f'<html lang="{language}"' in shown.body
    assert shown.headers["content-language"] == language
    assert shown.headers["vary"] == "Accept-Language"
    missing = public.get("/nothing", Accept_Language=language).body
    assert furniture(language).pages["missing_title"].split()[0] in missing


@pytest.mark.parametrize(
    ("wished", "own", "spoken"),
    [
        ("", "en-GB", "en-GB"),
        ("sv, de;q=0.8", "en-GB", "de"),
        ("de-AT, en;q=0.9", "de-CH", "de-CH"),
        ("fr;q=0, *;q=0.1", "cy", "cy"),
        ("en;q=0.2, fr;q=0.7", "en-GB", "fr"),
        ("xx;q=high,,;q=", "el", "el"),
        ("fr" * 10_000, "el", "el"),
    ],
)
def test_the_language_is_chosen_as_rfc_9110_says(wished, own, spoken):
    assert read_language(wished, own) == spoken


def over(public, name="new@example.net"):
    """The path of a confirmation link that is over, and how many mails there were."""
    public.sign_up(name)
    public.settle()
    (mail,) = public.confirmations()
    path = re.search(r"/confirm/\S+", mail.get_body(("plain",)).get_content())[0]
    public.clock.wait(days=8)
    return path


def test_one_button_on_the_page_of_a_link_that_is_over_sends_another(public):
    path = over(public)
    shown = public.get(path)
    assert 'value="again"' in shown.body
    assert "new@" not in shown.body
    before = public.dump()
    assert public.get(path).body == shown.body
    assert public.dump() == before
    for _ in range(3):
        assert "Look into your mailbox" in public.post(path, {"do": "again"}).body
        public.settle()
    mails = public.confirmations()
    assert [mail["To"] for mail in mails] == ["new@example.net"] * 2
    told = [
        re.search(r"/confirm/\S+", mail.get_body(("plain",)).get_content())[0] for mail in mails
    ]
    (fresh,) = [link for link in told if link != path]
    assert public.post(fresh).status == 200
    assert public.standing("new@example.net") == "active"


def test_asking_for_another_link_is_limited_like_sign_ups_and_no_forged_link_sends_any(public):
    path = over(public)
    for number in range(5):
        public.sign_up(f"a{number}@example.net")
    public.settle()
    network = {"X_Forwarded_For": "203.0.113.9"}
    assert public.post(path, {"do": "again"}, **network).status == 429
    assert public.post(f"{path[:-5]}xxxxx", {"do": "again"}).status == 404
    assert len(public.confirmations()) == 6


def test_whoever_asked_is_forgotten_a_week_after_their_link_was_over(public):
    path = over(public)
    forget_unconfirmed(public.desk)
    assert 'value="again"' in public.get(path).body
    public.clock.wait(days=7)
    forget_unconfirmed(public.desk)
    answer = public.get(path)
    assert 'value="again"' not in answer.body
    assert "/subscribe/readers" in links(answer.body)
    assert public.post(path, {"do": "again"}).status == 404


def test_no_page_of_a_readers_link_is_without_a_way_on(public):
    own = public.letter_to("reader3@example.com")
    public.post(own["preferences"], {"do": "leave-all"})
    paths = [own["preferences"], own["unsubscribe"]]
    paths += [f"/{name}/forged" for name in ("preferences", "unsubscribe", "confirm", "view")]
    for path in paths:
        page = public.get(path).body
        main = page[page.index("<main>") : page.index("</main>")]
        assert "href=" in main, path
