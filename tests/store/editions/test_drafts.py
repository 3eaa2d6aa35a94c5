"""Editions, their versions and their emails come back as they were kept; none is written over."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from briefing.errors import EditedMeanwhile, StoreError
from briefing.model.article import Article, Evidence, Paragraph, Sponsorship, Verdict
from briefing.model.change import CHANGES, Change, Drop, Move, Rewrite, SetSubject
from briefing.model.digest import Digest, Sentence
from briefing.model.edition import Edition, Item
from briefing.model.mail import Email
from briefing.store.schema.editing import versions

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


TOLD = {"said": "did it", "actor": "ada", "at": 1.0}


def begin(house, edition=EDITION):
    return house.store.drafts.begin(edition, said="drafted", actor="ada", at=0.0)


def test_an_edition_comes_back_equal(house):
    assert begin(house) == 1
    version = house.store.drafts.version(EDITION.id)
    assert (version.number, version.base, version.changes) == (1, EDITION, ())


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of([st.from_type(kind) for kind in CHANGES.values()]), max_size=5))
def test_every_change_comes_back_equal(house, changes):
    begin(house)
    drafts = house.store.drafts
    seen = drafts.number(EDITION.id)
    drafts.change(EDITION.id, tuple(changes), seen=seen, **TOLD)
    assert drafts.version(EDITION.id).changes == tuple(changes)


def test_the_same_draft_again_is_no_new_version(house):
    assert begin(house) == begin(house) == 1


def test_a_new_draft_keeps_the_changes(house):
    begin(house)
    changes: tuple[Change, ...] = (SetSubject(subject="Ours"), Drop(item="page#0"))
    house.store.drafts.change(EDITION.id, changes, seen=1, **TOLD)
    other = replace(EDITION, title="Another")
    assert begin(house, other) == 3
    version = house.store.drafts.version(EDITION.id)
    assert (version.base, version.changes) == (other, changes)


def test_a_change_from_a_version_that_stands_no_more_is_refused_and_leaves_no_trace(house):
    begin(house)
    drafts = house.store.drafts
    drafts.change(EDITION.id, (Drop(item="page#0"),), seen=1, **TOLD)
    with pytest.raises(EditedMeanwhile, match="saw version 1, and version 2 stands") as conflict:
        drafts.change(EDITION.id, (Move(item="page#0", to=3),), seen=1, **TOLD)
    assert (conflict.value.seen, conflict.value.stands) == (1, 2)
    with pytest.raises(EditedMeanwhile):
        drafts.back(EDITION.id, 1, seen=1, **TOLD)
    assert drafts.number(EDITION.id) == 2


def test_going_back_makes_the_older_version_the_newest_and_loses_none(house):
    begin(house)
    drafts = house.store.drafts
    drafts.change(EDITION.id, (Drop(item="page#0"),), seen=1, **TOLD)
    assert drafts.back(EDITION.id, 1, seen=2, **TOLD) == 3
    assert drafts.version(EDITION.id).changes == ()
    assert drafts.version(EDITION.id, 2).changes == (Drop(item="page#0"),)
    assert [line.number for line in drafts.lines(EDITION.id)] == [3, 2, 1]
    with pytest.raises(StoreError, match="no version 9"):
        drafts.back(EDITION.id, 9, seen=3, **TOLD)


def test_what_changes_nothing_is_no_version(house):
    begin(house)
    drafts = house.store.drafts
    rewrite = (Rewrite(item="page#0", headline="Ours"),)
    assert drafts.change(EDITION.id, rewrite, seen=1, **TOLD) == 2
    assert drafts.change(EDITION.id, rewrite, seen=2, **TOLD) == 2
    assert drafts.back(EDITION.id, 2, seen=2, **TOLD) == 2


def test_an_email_belongs_to_exactly_one_state_of_its_edition(house):
    begin(house)
    drafts = house.store.drafts
    drafts.save_email(EMAIL, EDITION, "{}")
    assert drafts.email(EDITION) == EMAIL
    with pytest.raises(StoreError, match="not rendered, or changed since"):
        drafts.email(replace(EDITION, subject="Another"))
    assert drafts.email(EDITION) == EMAIL, "and is there again when the change is undone"
    assert not drafts.rendered_otherwise(EMAIL)
    assert drafts.rendered_otherwise(replace(EMAIL, subject="Another"))


def test_the_newest_edition_is_of_the_briefing_asked_for(house):
    for day in ("21", "23"):
        begin(house, replace(EDITION, id=f"staggers-2026-11-{day}"))
    begin(house, replace(EDITION, id="staggers-extra-2026-11-24", briefing="staggers-extra"))
    drafts = house.store.drafts
    assert drafts.newest("staggers") == "staggers-2026-11-23"
    assert drafts.newest("staggers-extra") == "staggers-extra-2026-11-24"
    assert drafts.latest("staggers") == ("staggers-2026-11-23", "staggers-2026-11-21")
    with pytest.raises(StoreError, match="weekly has no edition"):
        drafts.newest("weekly")


def test_an_unknown_edition_is_named_with_those_there_are(house):
    begin(house)
    with pytest.raises(StoreError, match=r"'nope'.*staggers-2026-11-23"):
        house.store.drafts.version("nope")
    with pytest.raises(StoreError, match="of version 7"):
        house.store.drafts.version(EDITION.id, 7)
    assert house.store.drafts.number("nope") == 0


def test_a_damaged_row_is_a_sentence(house):
    begin(house)
    with house.store.database.write() as connection:
        connection.execute(update(versions).values(changes="{"))
    with pytest.raises(StoreError, match="cannot be read back"):
        house.store.drafts.version(EDITION.id)
