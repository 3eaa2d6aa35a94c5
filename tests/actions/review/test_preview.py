"""What the preview shows is what is sent, but for the reader's own values."""

import re
from email import message_from_bytes, policy
from html.parser import HTMLParser

import pytest
from tests.desks import act
from tests.newsrooms import EDITION, LEAD, same_but_for_slots

from briefing.actions.public.preferences import unsubscribe
from briefing.actions.public.signup import claims_of
from briefing.actions.readers.lists import reader_at
from briefing.actions.review.preview import INBOXES, PreviewMode, inbox_rows, looked_at, show
from briefing.actions.sending.send import send_edition
from briefing.errors import SubscriberError
from briefing.model.change import Rewrite, SetPreheader, SetSubject
from briefing.model.subscriber import NOBODY, Standing

#: A token in a link of a letter.
TOKEN = re.compile(r"/(?:unsubscribe|preferences|view)/([A-Za-z0-9_-]{40,})")


class Tags(HTMLParser):
    """Which elements and attributes a page has."""

    def __init__(self, page):
        super().__init__()
        self.names, self.attributes = set(), []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes += [(tag, *pair) for pair in attrs]


def test_the_letter_shown_is_the_email_with_something_in_each_slot_and_nothing_else(desk):
    email = desk.rendered()
    shown = show(desk.room, desk.edition)
    assert same_but_for_slots(shown.html, email, email.html)
    assert same_but_for_slots(shown.text, email, email.text)
    assert email.nonce not in shown.html + shown.text
    assert shown.size == len(shown.html.encode())
    headers = dict(shown.headers)
    assert headers["Subject"] == email.subject
    assert "reader@example.org" in headers["To"]


def test_what_is_shown_as_a_subscriber_is_the_letter_that_subscriber_gets(desk):
    desk.decide()
    reader = reader_at(desk.room, "staggers", "BEN@example.com")
    shown = show(desk.room, desk.edition, reader)
    assert "To: Ben <ben@example.com>" in shown.letter.wire.decode()
    desk.say()
    act(send_edition, desk.room.config, EDITION, clock=desk.clock)
    (sent,) = (
        path.read_bytes()
        for path in (desk.folder / "var" / "outbox" / EDITION).iterdir()
        if b"ben@example.com" in path.read_bytes()
    )
    letter = message_from_bytes(sent, policy=policy.default)
    for part, seen in (("html", shown.html), ("plain", shown.text)):
        real = letter.get_body((part,)).get_content()
        assert TOKEN.sub("-", real) == TOKEN.sub("-", seen), "only the links differ"


def test_no_link_of_a_letter_that_is_shown_can_do_anything(desk):
    """A viewer has no right to act, so nothing they may look at holds a reader's own token."""
    desk.decide()
    reader = reader_at(desk.room, "staggers", "ben@example.com")
    shown = show(desk.room, desk.edition, reader)
    wire = shown.letter.wire.decode() + shown.html + shown.text
    assert reader.ref not in wire
    tokens = {match[1] for match in TOKEN.finditer(shown.html + shown.text)}
    assert len(tokens) == 3
    for purpose in ("unsubscribe", "preferences"):
        (own,) = (one for one in tokens if _holds(desk.room, purpose, one))
        assert unsubscribe(desk.room, purpose, own) is None
    assert desk.room.store.subscribers.by_ref(reader.ref).standing is Standing.ACTIVE


def _holds(desk, purpose, token):
    try:
        return claims_of(desk, purpose, token)
    except SubscriberError:
        return None


def test_every_way_to_look_has_the_words_of_the_letter(desk):
    desk.change(Rewrite(item=LEAD, headline="Peers & <others> say “no”"))
    shown = show(desk.room, desk.edition)
    for look in PreviewMode:
        page = looked_at(shown, look)
        assert "Peers &amp; &lt;others&gt; say “no”" in page
        assert "script" not in Tags(page).names


def test_without_styles_no_style_sheet_is_left_and_without_images_none_is_fetched(desk):
    shown = show(desk.room, desk.edition)
    bare = Tags(looked_at(shown, PreviewMode.STRIPPED))
    assert "style" in Tags(shown.html).names
    assert "style" not in bare.names
    blank = Tags(looked_at(shown, PreviewMode.IMAGES_OFF))
    sources = [value for tag, name, value in blank.attributes if (tag, name) == ("img", "src")]
    assert not any(source.startswith("http") for source in sources)
    for look in (PreviewMode.DESKTOP, PreviewMode.PHONE, PreviewMode.DARK, PreviewMode.PHONE_DARK):
        assert looked_at(shown, look) == shown.html


def test_inbox_rows_are_cut_as_such_programs_cut(desk):
    desk.change(SetSubject(subject="s" * 300), SetPreheader(preheader="p" * 300))
    rows = inbox_rows(desk.room, desk.edition)
    assert [row.program for row in rows] == [program for program, *_ in INBOXES]
    for row, (_, names, subjects, preheaders) in zip(rows, INBOXES, strict=True):
        assert len(row.sender) <= names
        assert (len(row.subject), len(row.preheader)) == (subjects, preheaders)
        assert row.subject.endswith("…")
    desk.change(SetSubject(subject="Short"))
    assert {row.subject for row in inbox_rows(desk.room, desk.edition)} == {"Short"}


def test_the_letter_of_an_address_that_is_on_no_list_can_be_looked_at_and_reaches_nobody(desk):
    before = desk.room.store.subscribers.find("nobody@example.com")
    reader = reader_at(desk.room, "staggers", "Nobody@Example.com")
    assert (reader.email, reader.ref) == ("Nobody@example.com", NOBODY)
    shown = show(desk.room, desk.edition, reader)
    for part in (shown.html, shown.text):
        assert "Nobody@example.com" in part
    assert desk.room.store.subscribers.find("nobody@example.com") == before == ()


@pytest.mark.parametrize("address", ["no address", "", "a@b@c", "@example.com"])
def test_what_is_not_an_address_cannot_be_looked_at_as(desk, address):
    with pytest.raises(SubscriberError):
        reader_at(desk.room, "staggers", address)


def test_the_look_of_outlook_prints_no_setting_of_words_own(desk):
    desk.rendered()
    shown = show(desk.room, desk.edition)
    assert "PixelsPerInch" in shown.html
    assert "PixelsPerInch" not in looked_at(shown, PreviewMode.OUTLOOK)
