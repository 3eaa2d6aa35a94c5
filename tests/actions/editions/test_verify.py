"""What was sent is built again of what it was made of, byte for byte; what differs is named."""

import json
import shutil
import sqlite3
import zlib
from contextlib import closing, contextmanager
from datetime import timedelta

import pytest
from tests.commands import run
from tests.newsrooms import EDITION, opened, story
from tests.workers.copies import copied

from briefing.actions.editions.draft import draft
from briefing.actions.editions.verify import verify
from briefing.actions.manifests import inputs
from briefing.actions.rendering.render import render_edition
from briefing.actions.sending.send import send_edition
from briefing.errors import StoreError
from briefing.model.article import Verdict
from briefing.model.change import Rewrite, SetSubject

FEED = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Calder Post</title><item><title>Canal trust reopens the upper lock</title>
<link>https://post.example/lock</link><dc:creator>Mara Venn</dc:creator>
<pubDate>Sun, 22 Nov 2026 08:00:00 GMT</pubDate><description>&lt;p&gt;The canal trust reopened the
upper lock after two winters of repairs, and the first barge passed before noon.&lt;/p&gt;&lt;p&gt;The
bill came to four million pounds, of which the county paid a third.&lt;/p&gt;</description></item>
</channel></rss>
"""
ROW = """
[[row]]
class = "slot"
language = "et"
phrase = "reklaam"
example = "Reklaam"
counterexample = "Reklaamija"
source = "Reklaamiseadus (Estonia), § 3"
why = "The Estonian for advertisement."
"""


def send(desk, *, hours=1.0):
    """Decide, rewrite, approve and send what is on the desk, some time after the draft."""
    desk.decide(Verdict.EDITORIAL)
    item = desk.edition.items[-1]
    desk.change(
        Rewrite(item=item.id, paragraph=f"In short: {item.paragraph}"), SetSubject(subject="Locks")
    )
    desk.clock.wait(hours=hours)
    desk.say()
    send_edition(desk.room, EDITION)


@pytest.fixture(scope="module")
def sent_house(drafted_house, tmp_path_factory):
    """A house whose sources are a page, a feed and two reports, and whose edition was sent; copy it."""
    folder = copied(drafted_house, tmp_path_factory.mktemp("sent") / "house")
    (folder / "seeds" / "09-post.xml").write_text(FEED)
    (folder / "words").mkdir()
    (folder / "words" / "labels.toml").write_text(ROW, "utf-8")
    text = (folder / "config.toml").read_text()
    (folder / "config.toml").write_text(
        text.replace('[vocabulary]\npath = ""', '[vocabulary]\npath = "words"')
    )
    with opened(folder) as desk:
        draft(desk.room, "staggers", slot=desk.edition.slot)
        send(desk)
    return folder


@pytest.fixture
def house(sent_house, tmp_path):
    return copied(sent_house, tmp_path / "another machine")


@contextmanager
def a_year_later(folder, **settings):
    with opened(folder, **settings) as desk:
        desk.clock.wait(days=365)
        yield desk


def verified(folder, **settings):
    """Each step by its name: what differs, and which inputs are others than they were."""
    with a_year_later(folder, **settings) as desk:
        found = verify(desk.room, EDITION)
    return {step.name: (" ".join(step.differences), " ".join(step.changed)) for step in found.steps}


def replace_in(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_copied_folder_gives_the_same_bytes_a_year_later(house):
    with a_year_later(house) as desk:
        found = verify(desk.room, EDITION)
        assert any(item.article.source for item in desk.edition.items)
    assert found.is_same
    assert [(step.differences, step.changed) for step in found.steps] == [((), ())] * 4
    assert [approval.actor for approval in found.approvals] == ["ada"]


def test_pages_that_changed_or_went_since_do_not_matter(house):
    for page in (house / "seeds").glob("0*"):
        page.unlink()
    assert set(verified(house).values()) == {("", "")}


def test_another_template_is_named_with_the_first_place_that_differs(house):
    replace_in(
        house / "templates/email/staggers/theme.css",
        "letter-spacing: -0.8px",
        "letter-spacing: -0.7px",
    )
    found = verified(house)
    differs, changed = found.pop("Email")
    assert "html, line " in differs
    assert "17px" in differs or "7px" in differs
    assert changed.startswith("templates/email/staggers/theme.css was SHA-256 ")
    assert set(found.values()) == {("", "")}


def test_another_setting_is_named_with_both_values(house):
    found = verified(house, BRIEFING_SITE__POSTAL_ADDRESS="9 Other Street, Leeds")
    assert "9 Other Street" in found["Email"][0]
    assert (
        "[site] postal_address was 1 Example Street, London SE1 0AA, and is 9 Other"
        in found["Email"][1]
    )
    assert found["Edition"] == ("", "")


def test_another_digest_engine_is_named_and_differs_from_the_edition_on(house):
    differs, changed = verified(house, BRIEFING_DIGEST__ENGINE="lexrank")["Edition"]
    assert ".digest." in differs
    assert "[digest] was " in changed


def test_another_row_of_the_vocabulary_is_named_though_no_page_has_its_word(house):
    replace_in(house / "words/labels.toml", "The Estonian for", "Finnish for")
    found = verified(house)
    assert found["Edition"][0] == ""
    assert found["Edition"][1].startswith("words/labels.toml was SHA-256 ")


def test_a_row_that_finds_a_label_where_there_was_none_differs(house):
    lead = "Harbour Bridge divides the assembly"
    replace_in(house / "words/labels.toml", '"reklaam"', '["reklaam", "by ines calder"]')
    differs, _ = verified(house)["Edition"]
    assert "divides" in differs or "08-harbour#0" in differs, (lead, differs)


def test_a_page_that_was_changed_after_it_was_read_is_named(house):
    page = next(
        path
        for path in (house / "var/pages").glob("*/*.z")
        if b"Harbour Bridge" in zlib.decompress(path.read_bytes())
    )
    body = zlib.decompress(page.read_bytes())
    page.write_bytes(zlib.compress(body.replace(b"Harbour", b"Arbour")))
    found = verified(house)
    assert found["Edition"][0].startswith("The page 08-harbour: ")
    assert "holds other bytes than were read" in found["Edition"][0]
    assert found["Email"] == ("", "")
    page.write_bytes(b"rubbish")
    assert "is damaged" in verified(house)["Edition"][0]
    page.unlink()
    assert "cannot be read: No such file" in verified(house)["Edition"][0]


def test_another_version_of_a_package_is_named(house, monkeypatch):
    older = {**inputs._versions(), "jinja2": "3.0.0", "newcomer": "1"}
    monkeypatch.setattr(inputs, "_versions", lambda: older)
    _, changed = verified(house)["Email"]
    assert "and is 3.0.0." in changed
    assert "newcomer is new: 1." in changed


def test_another_signing_key_or_header_differs_in_the_letter_alone(house):
    key = house / "var" / "signing.key"
    key.write_text("ab" * 32 + "\n" + key.read_text())
    found = verified(house, BRIEFING_SEND__FEEDBACK_ID="calder-news")
    assert found["Letter"][0].startswith("Header, line ")
    assert "The first line of signing.key was " in found["Letter"][1]
    assert "[send] feedback_id was empty, and is calder-news." in found["Letter"][1]
    assert found["Email"] == ("", "")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE mailings SET email = replace(email, 'In short', 'In long')", "was let through"),
        (
            "UPDATE manifests SET content = replace(content, 'ada', 'eve')",
            "not the one that the desk",
        ),
        ("UPDATE approvals SET actor = 'eve'", "approvals that are kept are not those"),
        ("UPDATE deeds SET actor = 'eve' WHERE verb = 'approve'", "of the desk's log was changed"),
    ],
)
def test_a_record_that_was_changed_afterwards_is_named(house, change, said):
    with closing(sqlite3.connect(house / "var" / "briefing.db")) as connection, connection:
        assert connection.execute(change).rowcount
    assert said in verified(house)["Records"][0]


def test_what_a_program_without_manifests_sent_is_built_from_its_edition_on(house):
    with closing(sqlite3.connect(house / "var" / "briefing.db")) as connection, connection:
        connection.execute("DELETE FROM manifests")
    found = verified(house)
    assert "There is no manifest" in found["Records"][0]
    assert "Nobody kept which pages" in found["Edition"][0]
    assert found["Email"] == ("", "")


def test_the_next_edition_is_built_without_what_was_printed_and_with_what_it_carries_on(house):
    page = house / "seeds" / "08-harbour.txt"
    page.write_text(page.read_text().replace("committee heard", "committee was told"))
    (house / "seeds" / "20-mill.txt").write_text(story("Upper Mill"))
    with opened(house) as desk:
        desk.clock.wait(days=1)
        made = draft(desk.room, "staggers", slot=desk.edition.slot + timedelta(days=1))
        assert made.printed_before
        name = made.edition.id
        render_edition(desk.room, name)
    with a_year_later(house, BRIEFING_BRIEFINGS__STAGGERS__APPROVAL="automatic") as desk:
        send_edition(desk.room, name)
        found = verify(desk.room, name)
    assert found.is_same, found.steps


def test_what_was_rendered_again_after_it_was_sent_is_not_taken_for_what_was_sent(house):
    replace_in(house / "templates/email/staggers/theme.css", "font-size: 16px", "font-size: 17px")
    with a_year_later(house) as desk:
        render_edition(desk.room, EDITION)
    assert "theme.css was SHA-256" in verified(house)["Email"][1]


def test_an_edition_that_was_never_sent_is_refused_with_the_next_step(desk):
    with pytest.raises(StoreError, match="was never sent; `briefing send"):
        verify(desk.room, EDITION)


def test_the_command_says_it_and_ends_with_1_where_anything_differs(house):
    done = run(house, "verify")
    assert done.returncode == 0, done.stderr
    assert "Approved by ada" in done.stdout
    assert "byte for byte" in done.stdout
    shutil.rmtree(house / "var" / "pages")
    done = run(house, "verify", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["is_same"] is False
