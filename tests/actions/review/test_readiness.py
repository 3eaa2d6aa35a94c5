"""An approval is a word on exactly the bytes that were seen, and nothing that is open is approved."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.commands import run
from tests.desks import act
from tests.newsrooms import EDITION, LEAD, OPEN, REPORT, opened

from briefing.actions.editions.edit import go_back
from briefing.actions.review.readiness import readiness
from briefing.actions.sending.send import send_edition
from briefing.errors import EditedMeanwhile, EditionError, EditionHeld
from briefing.model.article import Verdict
from briefing.model.change import Decide, Drop, MakeLead, Rewrite, SetNote, SetSubject


def ready(desk):
    return readiness(desk.room, desk.edition)


def send(desk):
    return act(send_edition, desk.room.config, EDITION, clock=desk.clock)


def test_nothing_is_approved_while_a_piece_is_held(desk):
    assert ready(desk).obstacles == ("nobody has said who speaks in 1 piece: decide it.",)
    with pytest.raises(EditionHeld, match="cannot be approved: nobody has said who speaks"):
        desk.say()
    assert desk.room.store.approvals.of(EDITION) == ()
    desk.decide()
    assert ready(desk).obstacles == ()
    assert desk.say().missing == 0


def test_a_held_piece_that_was_left_out_holds_nothing(desk):
    desk.change(Drop(item=OPEN))
    assert desk.say().readers == 3


def test_an_edition_without_a_story_cannot_be_approved(desk):
    desk.decide(Verdict.SPONSORED, "Harbour Water")
    desk.change(Drop(item=LEAD), Drop(item=REPORT))
    found = ready(desk)
    assert found.obstacles
    with pytest.raises(EditionHeld):
        desk.say()


def test_a_check_that_fails_stands_in_the_way(desk):
    desk.decide()
    assert ready(desk).obstacles == ()
    broken = desk.room.config.model_copy(
        update={
            "site": desk.room.config.site.model_copy(update={"public_url": "http://harbour.lan"})
        }
    )
    desk.room = replace(desk.room, config=broken)
    desk.change(SetSubject(subject="Rendered again"))
    assert "see Checks" in ready(desk).obstacles[0]
    with pytest.raises(EditionHeld, match="cannot be approved"):
        desk.say()


def test_what_the_checks_find_is_asked_anew_when_the_configuration_changes(desk):
    desk.decide()
    seen = {one.rule for one in ready(desk).findings}
    for most, expected in ((0, True), (5, False), (0, True)):
        sponsors = desk.room.config.sponsors.model_copy(update={"most": most})
        desk.room = replace(
            desk.room, config=desk.room.config.model_copy(update={"sponsors": sponsors})
        )
        assert ("sponsor-count" in {one.rule for one in ready(desk).findings}) is expected
    assert "sponsor-count" not in seen


def test_warnings_are_accepted_by_whoever_approves_and_not_asked_of_whoever_rejects(desk):
    desk.decide()
    count = len(ready(desk).warnings)
    assert count
    with pytest.raises(EditionError, match=f"warn of {count} thing.*approve again"):
        desk.say(accepts_warnings=False)
    assert desk.say(yes=False, accepts_warnings=False).approval.approved is False


def test_of_what_has_left_the_terminal_says_that_and_warns_of_nothing(desk):
    desk.decide()
    desk.say()
    assert ready(desk).warnings
    send(desk)
    said = run(desk.folder, "approve", EDITION).stderr
    assert "with its readers already" in said
    assert "checks warn" not in said


def test_bytes_that_changed_since_they_were_seen_are_neither_approved_nor_rejected(desk):
    desk.decide()
    seen = ready(desk).hash
    desk.change(SetNote(item=LEAD, note="More tomorrow."))
    for yes in (True, False):
        with pytest.raises(EditedMeanwhile, match="Nothing was approved; look again"):
            desk.say(yes=yes, seen=seen)
    with pytest.raises(EditedMeanwhile):
        desk.say(seen="")
    assert desk.room.store.approvals.of(EDITION) == ()


def test_an_edit_voids_an_approval_and_undoing_it_brings_it_back(desk):
    desk.decide()
    desk.say()
    assert [one.actor for one in ready(desk).approvals] == ["ada"]
    desk.change(Rewrite(item=LEAD, kicker="Another"))
    desk.rendered()
    assert (ready(desk).approvals, ready(desk).missing) == ((), 1)
    with pytest.raises(EditionHeld, match="changed since ada approved it"):
        send(desk)
    go_back(desk.room, EDITION, desk.sheet.version - 1, seen=desk.sheet.version, actor="ben")
    assert ready(desk).missing == 0
    assert send(desk).now == 3


def test_a_save_without_a_change_keeps_the_approval(desk):
    desk.decide()
    desk.say()
    lead = desk.edition.items[0]
    desk.change(Rewrite(item=LEAD, headline=f"  {lead.headline} ", paragraph=lead.paragraph))
    desk.change(MakeLead(item=lead.id))
    assert ready(desk).missing == 0


def test_two_approvers_are_two_people(newsroom_folder):
    with opened(newsroom_folder, BRIEFING_BRIEFINGS__STAGGERS__APPROVERS="2") as desk:
        desk.decide()
        assert desk.say(actor="ada").missing == 1
        assert desk.say(actor="ada").missing == 1
        with pytest.raises(EditionHeld, match="ada approved it, and one more person must"):
            send(desk)
        assert desk.say(actor="ben").missing == 0
        assert [one.actor for one in ready(desk).approvals] == ["ada", "ben"]
        assert send(desk).now == 3


def test_a_rejection_needs_a_reason_and_voids_every_approval(newsroom_folder):
    with opened(newsroom_folder, BRIEFING_BRIEFINGS__STAGGERS__APPROVERS="2") as desk:
        desk.decide()
        desk.say(actor="ada")
        with pytest.raises(EditionError, match="not rejected yet: say in a note"):
            desk.say(yes=False, note="  ")
        assert ready(desk).rejected is None
        desk.say(yes=False, actor="cy", note="Call the harbour first")
        found = ready(desk)
        assert (found.rejected.note, found.approvals) == ("Call the harbour first", ())
        desk.say(actor="ben")
        with pytest.raises(EditionHeld, match="ben approved it, and one more"):
            send(desk)


def test_where_nobody_is_asked_a_rejection_holds_those_bytes_whatever_was_said_of_others(
    newsroom_folder,
):
    automatic = '"automatic"'
    with opened(newsroom_folder, BRIEFING_BRIEFINGS__STAGGERS__APPROVAL=automatic) as desk:
        desk.decide()
        assert ready(desk).missing == 0
        desk.say(yes=False, actor="cy", note="Not this")
        rejected = desk.sheet.version
        with pytest.raises(EditionHeld, match="cy rejected it: Not this"):
            send(desk)
        desk.change(SetSubject(subject="Another"))
        desk.say(actor="ben")
        go_back(desk.room, EDITION, rejected, seen=desk.sheet.version, actor="ada")
        assert ready(desk).rejected is not None, "the word on these very bytes still stands"
        with pytest.raises(EditionHeld, match="cy rejected it: Not this"):
            send(desk)
        desk.say(actor="ben")
        assert ready(desk).rejected is None
        assert send(desk).now == 3


def test_after_it_began_to_leave_nobody_says_anything_about_it_any_more(desk):
    desk.decide()
    desk.say()
    send(desk)
    for yes in (True, False):
        with pytest.raises(EditionError, match="with its readers already"):
            desk.say(yes=yes)
    assert ready(desk).mailing.edition == EDITION


def test_it_says_when_the_edition_leaves_and_how_long_that_is(newsroom_folder):
    schedule = {
        "BRIEFING_BRIEFINGS__STAGGERS__AT": '"06:30"',
        "BRIEFING_BRIEFINGS__STAGGERS__DAYS": '"mon-fri"',
    }
    with opened(newsroom_folder, **schedule) as desk:
        found = ready(desk)
        assert f"{found.leaves:%Y-%m-%d %H:%M}" == "2026-11-23 06:30"
        assert found.leaves.tzinfo.key == "Europe/London"
        assert found.wait == timedelta(minutes=30)
        desk.clock.wait(hours=1)
        assert ready(desk).wait == timedelta(minutes=-30)


def test_the_record_of_what_was_said_names_the_bytes(desk):
    desk.decide()
    done = desk.say(note=" fine ")
    assert done.approval.hash == desk.hash
    assert done.approval.note == "fine"
    (said, *_) = desk.room.store.audit_log.newest()
    assert (said.verb, said.actor, said.hash) == ("approve", "ada", done.approval.hash)
    assert replace(done.approval) in desk.room.store.approvals.of(EDITION)


def test_deciding_otherwise_voids_the_approval(desk):
    desk.decide()
    desk.say()
    desk.change(Decide(item=OPEN, verdict=Verdict.SPONSORED, sponsor="Harbour Water"))
    assert ready(desk).missing == 1
    assert len(desk.edition.sponsored) == 2
