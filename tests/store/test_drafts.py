"""Editions and emails come back as they were kept."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from briefing.errors import StoreError
from briefing.model.article import Article, Evidence, Paragraph, Sponsorship, Verdict
from briefing.model.digest import Digest, Sentence
from briefing.model.edition import Edition, Item
from briefing.model.mail import Email
from briefing.store import Drafts, signing_keys

TEXT = "Peers sent the bill back, “for the last time”. \U0001f3f4"
ARTICLE = Article(
    id="page#0",
    headline="Peers send it back",
    paragraphs=(Paragraph(text=TEXT),),
    sponsorship=Sponsorship(
        verdict=Verdict.EDITORIAL,
        score=-45,
        evidence=(Evidence(points=-45, text="signed", where="by-line"),),
    ),
)
ITEM = Item(
    article=ARTICLE,
    digest=Digest(
        article_id="page#0",
        sentences=(Sentence(text=TEXT, start=0, end=len(TEXT)),),
        engine="test",
    ),
    kicker="Lords",
    headline="Peers send it back",
    paragraph=TEXT,
)
EDITION = Edition(
    id="staggers-2026-11-23",
    briefing="staggers",
    title="The Staggers",
    slot=datetime(2026, 11, 23, 7, tzinfo=ZoneInfo("UTC")),
    items=(ITEM,),
    subject="Peers send it back",
)
EMAIL = Email(
    edition_id=EDITION.id,
    template="staggers",
    subject="Peers send it back",
    preheader="",
    html="<!doctype html>",
    text="Peers",
    nonce="BRF123abc",
)


def test_an_edition_comes_back_equal(tmp_path):
    drafts = Drafts(tmp_path)
    drafts.save_edition(EDITION)
    assert drafts.edition(EDITION.id) == EDITION


def test_an_email_comes_back_equal_and_its_parts_lie_beside_it(tmp_path):
    drafts = Drafts(tmp_path)
    drafts.save_edition(EDITION)
    html = drafts.save_email(EMAIL)
    assert drafts.email(EDITION.id) == EMAIL
    assert html.read_text() == EMAIL.html
    assert html.with_suffix(".txt").read_text() == EMAIL.text


def test_a_changed_edition_takes_its_old_email_away(tmp_path):
    drafts = Drafts(tmp_path)
    drafts.save_edition(EDITION)
    drafts.save_email(EMAIL)
    drafts.save_edition(EDITION)
    assert drafts.email(EDITION.id) == EMAIL
    drafts.save_edition(replace(EDITION, subject="Another"))
    with pytest.raises(StoreError, match="not rendered, or changed since"):
        drafts.email(EDITION.id)


def test_the_newest_edition_is_of_the_briefing_asked_for(tmp_path):
    drafts = Drafts(tmp_path)
    for name in ("staggers-2026-11-21", "staggers-2026-11-23", "staggers-extra-2026-11-24"):
        drafts.save_edition(replace(EDITION, id=name))
    assert drafts.newest("staggers") == "staggers-2026-11-23"
    assert drafts.newest("staggers-extra") == "staggers-extra-2026-11-24"
    with pytest.raises(StoreError, match="weekly has no edition"):
        drafts.newest("weekly")


def test_an_unknown_edition_is_named_with_those_there_are(tmp_path):
    drafts = Drafts(tmp_path)
    drafts.save_edition(EDITION)
    with pytest.raises(StoreError, match=r"'nope'.*staggers-2026-11-23"):
        drafts.edition("nope")


def test_a_damaged_file_is_a_sentence(tmp_path):
    drafts = Drafts(tmp_path)
    drafts.save_edition(EDITION).write_text("{")
    with pytest.raises(StoreError, match=r"edition\.json cannot be read back"):
        drafts.edition(EDITION.id)


def test_a_folder_that_cannot_be_made_is_a_sentence_and_leaves_nothing(tmp_path):
    (tmp_path / "var").write_text("a file where a folder should be")
    with pytest.raises(StoreError, match="cannot be written"):
        Drafts(tmp_path / "var").save_edition(EDITION)
    assert [path.name for path in tmp_path.iterdir()] == ["var"]


def test_the_signing_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    keys = signing_keys(tmp_path)
    assert [len(key) for key in keys] == [32]
    assert signing_keys(tmp_path) == keys
    assert (tmp_path / "signing.key").stat().st_mode & 0o777 == 0o600


def test_a_new_line_on_top_signs_and_the_old_ones_still_hold(tmp_path):
    (old,) = signing_keys(tmp_path)
    (tmp_path / "signing.key").write_text(f"{b'n'.hex() * 32}\n{old.hex()}\n")
    assert signing_keys(tmp_path) == (b"n" * 32, old)


@pytest.mark.parametrize("content", ["abcd", "", "no hexadecimal"])
def test_a_damaged_signing_key_is_never_replaced_in_silence(tmp_path, content):
    (tmp_path / "signing.key").write_text(content)
    with pytest.raises(StoreError, match="from a backup"):
        signing_keys(tmp_path)
    assert (tmp_path / "signing.key").read_text() == content
