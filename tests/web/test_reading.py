"""The archive, the feed and the view in the browser: for everybody, and of nobody."""

import re
from copy import copy
from dataclasses import replace
from datetime import datetime

import pytest
from lxml import etree, html
from sqlalchemy import update

from briefing.actions.public.archive import shelf, viewed
from briefing.model.correction import Correction
from briefing.model.mailing import MailingStatus
from briefing.model.merge_field import Escaping, MergeField
from briefing.store.schema.core import mailings
from briefing.subscribers.tokens import sign

ATOM = {"a": "http://www.w3.org/2005/Atom"}
SANDBOX = "sandbox allow-popups allow-popups-to-escape-sandbox"


def edition_path(public):
    return f"/archive/staggers/{public.edition}"


def test_the_archive_leads_to_the_briefing_and_on_to_the_edition(public):
    assert 'href="/archive/staggers"' in public.get("/archive").body
    assert f'href="{edition_path(public)}"' in public.get("/archive/staggers").body
    assert public.get(edition_path(public)).status == 200


def test_archive_and_view_show_the_very_words_that_were_sent(public):
    sent = public.desk.store.mailings.get(public.edition).email
    words = [each for each in html.fromstring(sent.html).itertext() if sent.nonce not in each]
    for path in (edition_path(public), public.letter_to("reader1@example.com")["view"]):
        shown = [*html.fromstring(public.get(path).raw).itertext()]
        assert [each for each in words if each not in shown] == []


def test_no_trace_of_a_reader_is_in_the_view_of_their_own_letter(public):
    links = public.letter_to("reader1@example.com")
    shown = public.get(links["view"])
    mailing = public.desk.store.mailings.get(public.edition)
    assert mailing.email.nonce not in shown.body
    assert "reader1" not in shown.body
    assert "Reader 1" not in shown.body
    for own in ("unsubscribe", "preferences", "view"):
        assert links[own].split("/")[-1] not in shown.body
    assert shown.body == public.get(edition_path(public)).body
    assert "https://briefing.example.org/unsubscribe" in shown.body


def test_the_archive_puts_no_english_words_where_an_address_stood(public):
    # A letter of any language says "because ADDRESS is subscribed".
    assert "•••@•••" in public.get(edition_path(public)).body
    assert "a reader" not in public.get(edition_path(public)).body


def test_the_neutral_links_of_an_edition_lead_to_pages_that_explain(public):
    for path in ("/unsubscribe", "/preferences"):
        assert "link in your own letter" in public.get(path).body
        assert public.post(path).status == 405


@pytest.mark.parametrize("kind", list(Escaping))
def test_every_kind_of_slot_is_filled(public, kind):
    class Mailings:
        def find(self, edition):
            mailing = public.desk.store.mailings.get(edition)
            names = ("name", "email", "tags", "unsubscribe_url", "preferences_url", "view_url")
            slots = "|".join(MergeField(name=name, kind=kind).token("N0NCE") for name in names)
            return replace(mailing, email=replace(mailing.email, html=slots, nonce="N0NCE"))

    store = copy(public.desk.store)
    vars(store)["mailings"] = Mailings()
    desk = replace(public.desk, store=store)
    token = sign("view", {"edition": public.edition, "reader": "x"}, desk.keys[0])
    shown = viewed(desk, token)
    assert "N0NCE" not in shown
    assert shown.count("|") == 5


def test_a_link_of_the_site_is_escaped_where_it_stands_in_an_edition(public):
    site = public.desk.config.site.model_copy(update={"public_url": "https://x.example/a&b"})
    desk = replace(public.desk, config=public.desk.config.model_copy(update={"site": site}))
    token = sign("view", {"edition": public.edition, "reader": "x"}, desk.keys[0])
    assert "https://x.example/a&amp;b/unsubscribe" in viewed(desk, token)
    assert "https://x.example/a&b" not in viewed(desk, token)


@pytest.mark.parametrize("status", [MailingStatus.PAUSED, MailingStatus.ABORTED])
def test_what_is_paused_or_aborted_is_not_in_the_archive_but_its_readers_can_view_it(
    public, status
):
    kept = public.desk.store.mailings
    kept.reopen(kept.get(public.edition).number)
    assert public.get(edition_path(public)).status == 200
    kept.turn(public.edition, status)
    assert public.get(edition_path(public)).status == 404
    assert public.edition not in public.get("/archive/staggers").body
    assert public.edition not in public.get("/archive/staggers/feed.xml").body
    assert public.get(public.letter_to("reader1@example.com")["view"]).status == 200


def test_the_feed_is_atom_with_ids_that_outlive_a_move(public):
    answer = public.get("/archive/staggers/feed.xml")
    # Browsers that show it as text do not look for the encoding in it.
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = etree.fromstring(answer.raw)
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    # RFC 4287 sections 4.1.1 and 4.1.2: what a feed and an entry must have exactly once.
    for path in ("a:id", "a:title", "a:updated", "a:author/a:name", "a:link[@rel='self']"):
        assert len(feed.xpath(path, namespaces=ATOM)) == 1, path
    (entry,) = feed.xpath("a:entry", namespaces=ATOM)
    for path in ("a:id", "a:title", "a:updated", "a:summary", "a:link[@rel='alternate']"):
        assert len(entry.xpath(path, namespaces=ATOM)) == 1, path
    (name,) = entry.xpath("a:id/text()", namespaces=ATOM)
    assert name.startswith("urn:uuid:")
    (link,) = entry.xpath("a:link/@href", namespaces=ATOM)
    assert link == f"https://briefing.example.org{edition_path(public)}"
    moved = public.desk.config.site.model_copy(update={"public_url": "https://elsewhere.example"})
    elsewhere = replace(public.desk, config=public.desk.config.model_copy(update={"site": moved}))
    assert shelf(elsewhere, "staggers").editions[0].urn == name


def test_a_feed_without_editions_is_still_a_feed(public):
    kept = public.desk.store.mailings
    kept.reopen(kept.get(public.edition).number)
    kept.turn(public.edition, MailingStatus.ABORTED)
    feed = etree.fromstring(public.get("/archive/staggers/feed.xml").raw)
    assert feed.xpath("a:entry", namespaces=ATOM) == []
    assert feed.xpath("a:updated/text()", namespaces=ATOM) == ["1970-01-01T00:00:00+00:00"]


def test_a_subject_that_xml_cannot_hold_leaves_the_feed_whole(public):
    with public.desk.store.database.write() as connection:
        connection.execute(update(mailings).values(subject="A \x0b <b>& \ufffe subject"))
    feed = etree.fromstring(public.get("/archive/staggers/feed.xml").raw)
    assert feed.xpath("a:entry/a:title/text()", namespaces=ATOM) == ["A   <b>&   subject"]
    assert "<b>&" not in public.get("/archive/staggers").body


def test_archive_and_view_are_served_in_a_sandbox_without_script_or_referrer(public):
    paths = ["/archive", "/archive/staggers", "/archive/staggers/feed.xml", edition_path(public)]
    for path in (*paths, public.letter_to("reader1@example.com")["view"]):
        headers = public.get(path).headers
        policy = headers["content-security-policy"]
        assert SANDBOX in policy
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert "allow-scripts" not in policy
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"


def test_what_is_not_there_is_a_plain_page(public):
    below = ("none", "..%2f", "%00", "a" * 500)
    paths = ["/archive/others", "/archive/others/none", "/archive/others/feed.xml", "/view/x"]
    paths += [f"/archive/others/{public.edition}", f"/archive/{public.edition}"]
    for path in (*paths, *(f"/archive/staggers/{name}" for name in below)):
        answer = public.get(path)
        assert answer.status == 404, path
        assert "<h1>" in answer.body


def test_a_correction_stands_above_the_very_words_that_were_sent_and_in_the_feed(public):
    before = public.get(edition_path(public)).body
    public.desk.store.corrections.add(
        Correction(
            briefing="staggers",
            edition=public.edition,
            text="It fell by <twelve> votes.",
            actor="ada",
            at=public.clock().timestamp() + 60,
        )
    )
    view = public.letter_to("reader1@example.com")["view"]
    for path in (edition_path(public), view):
        page = public.get(path).body
        (box,) = re.findall(r'<section aria-label="Correction".*?</section>', page)
        assert "It fell by &lt;twelve&gt; votes." in box
        assert page.replace(box, "") == before, "not a letter of what was sent has changed"
    assert "It fell by &lt;twelve&gt; votes." in public.get("/archive/staggers").body
    feed = etree.fromstring(public.get("/archive/staggers/feed.xml").raw)
    (summary,) = feed.xpath("a:entry/a:summary/text()", namespaces=ATOM)
    assert summary.startswith("Correction: It fell by <twelve> votes. ")
    published, updated = (
        feed.xpath(f"a:entry/a:{name}/text()", namespaces=ATOM)[0]
        for name in ("published", "updated")
    )
    assert datetime.fromisoformat(updated) > datetime.fromisoformat(published)
