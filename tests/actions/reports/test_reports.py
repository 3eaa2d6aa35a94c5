"""The reports count what readers got, and nothing else."""

from dataclasses import replace

import pytest
from tests.newsrooms import EDITION, LEAD, REPORT, Desk
from tests.web.desk.conftest import send

from briefing.actions.reports.balance_report import balance_report
from briefing.actions.reports.edition_results import edition_results
from briefing.actions.reports.miss_report import miss_report
from briefing.actions.resolve_name import the_draft as plain_draft
from briefing.digests.pairs.named import named_in
from briefing.model.change import Drop, Rewrite
from briefing.model.departure import About, Departure
from briefing.model.edition import Relation, Retelling


def test_names_and_voices_are_told_by_structure():
    found = named_in(
        "Owen Pryce, the transport minister, said he would go. Labour denied that Ms Ada Marsh knew. "
        "The Conservatives wait for Pryce. “It is early,” she told Mr Vane.",
        "en",
    )
    assert found.names == {"Owen Pryce", "Labour", "Ada Marsh", "Conservatives", "Vane"}
    assert {"Owen Pryce", "Labour"} <= found.voices
    assert "Conservatives" not in found.voices
    days = (
        "On Thursday the bill fell. In March I said that it would, said Theresa May. April is late."
    )
    assert named_in(days, "en").names == {"Theresa May"}
    assert named_in("Tout va bien.", "xx").names == frozenset()


def test_the_balance_counts_printed_stories_once_a_name(desk: Desk):
    words = "Ada Marsh said Ada Marsh would come. Labour denied it."
    desk.change(Rewrite(item=LEAD, paragraph=words))
    desk.change(Rewrite(item=REPORT, paragraph="It will take a year, Ada Marsh said."))
    assert balance_report(desk.room, "staggers").stories == 0
    send(desk)
    found = balance_report(desk.room, "staggers", ["labour", "Nobody"])
    assert found.editions == 1
    assert dict(found.names)["Ada Marsh"] == 2
    assert dict(found.voices)["Ada Marsh"] == 2
    assert found.asked == (("labour", 1, 1), ("Nobody", 0, 0))
    assert sum(count for _, count in found.sources) == found.stories
    desk.clock.wait(days=31)
    assert balance_report(desk.room, "staggers").editions == 0


@pytest.fixture
def told_by(monkeypatch):
    """What was left out, as others told it."""

    def set_up(*papers: str):
        told = tuple(
            Retelling(
                id=f"x{n}", headline="", relation=Relation.EVENT, publisher=paper, house=paper
            )
            for n, paper in enumerate(papers)
        )
        from briefing.actions.reports import balance_report as module  # noqa: PLC0415

        def the_draft(room, name):
            edition = plain_draft(room, name)
            dropped = tuple(replace(one, also_in=told) for one in edition.dropped)
            return replace(edition, dropped=dropped)

        monkeypatch.setattr(module, "the_draft", the_draft)

    return set_up


def test_a_miss_is_what_three_houses_had_and_no_edition_printed(desk: Desk, told_by):
    desk.change(Drop(item=REPORT))
    send(desk)
    told_by("Courier")
    assert miss_report(desk.room, "staggers").misses == ()
    told_by("Courier", "Courier", "Herald")
    (miss,) = miss_report(desk.room, "staggers").misses
    assert (miss.item, miss.edition, miss.why) == (REPORT, EDITION, "an editor dropped it")
    assert miss.sources[1:] == ("Courier", "Herald")
    assert miss_report(desk.room, "staggers").unread == 0


def test_results_tell_of_each_edition_what_came_of_it(desk: Desk):
    assert edition_results(desk.room, "staggers") == ()
    send(desk)
    (reader,) = desk.room.store.subscribers.find("ben@example.com")
    at, cause = desk.clock().timestamp(), f"left by the unsubscribe link in {EDITION}"
    line = Departure(
        about=About.READER, mark="", ref=reader.ref, becomes="unsubscribed", at=at, cause=cause
    )
    assert desk.room.store.departures.leave(line) == [True]
    (found,) = edition_results(desk.room, "staggers")
    assert (found.edition, found.readers, found.delivered) == (EDITION, 3, 3)
    assert (found.left, found.refused, found.clicks) == (1, (), None)


def test_replies_are_what_people_wrote_from_an_edition_on_where_a_mailbox_is_read(desk: Desk):
    send(desk)
    at, answers = desk.clock().timestamp(), desk.room.store.replies
    for mark, kind, when in (("a", "person", -1), ("b", "person", 1), ("c", "away", 2)):
        assert answers.first(mark, kind, at + when)
    assert answers.counts(at, until=at + 1) == {}
    (unread,) = edition_results(desk.room, "staggers")
    assert unread.replies is None
    config = desk.room.config
    mailbox = config.bounces.model_copy(update={"mailbox": "mail"})
    read = replace(desk.room, config=config.model_copy(update={"bounces": mailbox}))
    (found,) = edition_results(read, "staggers")
    assert found.replies == 1
