"""Rulings, deeds, corrections, testers and approvals: kept as they were, newest where it matters."""

import pytest

from briefing.errors import StoreError
from briefing.model.approval import Approval
from briefing.model.article import Verdict
from briefing.model.audit_entry import AuditEntry
from briefing.model.correction import Correction
from briefing.model.ruling import Ruling

TODAY, TOMORROW, LATER = "staggers-2026-11-23", "staggers-2026-11-24", "staggers-2026-11-25"


def ruling(headline, at):
    return Ruling(
        fingerprint="abc",
        headline=headline,
        verdict=Verdict.SPONSORED,
        sponsor="Harbour Water",
        note="",
        thought=Verdict.UNSURE,
        score=30,
        actor="ada",
        at=at,
    )


def test_rulings_come_back_newest_first_and_a_withdrawn_one_keeps_its_first_hour(house):
    rulings = house.store.rulings
    for number in (1, 2):
        rulings.record(ruling(f"Story {number}", float(number)))
    newer, older = rulings.all()
    assert (newer.headline, older.headline) == ("Story 2", "Story 1")
    assert (older.verdict, older.thought, older.withdrawn) == ("sponsored", "unsure", None)
    rulings.withdraw(older.id, 5.0)
    rulings.withdraw(older.id, 9.0)
    assert [one.withdrawn for one in rulings.all()] == [None, 5.0]
    with pytest.raises(StoreError, match="no ruling 99"):
        rulings.withdraw(99, 9.0)


def test_the_log_is_newest_first_of_all_or_of_one_edition(house):
    deeds = house.store.audit_log
    kept = [
        AuditEntry(
            at=float(number), actor="ada", verb="change", edition=edition, hash="h", detail="d"
        )
        for number, edition in enumerate((TODAY, TOMORROW, TODAY))
    ]
    for entry in kept:
        deeds.note(entry)
    assert deeds.newest() == tuple(reversed(kept))
    assert deeds.newest(edition=TODAY) == (kept[2], kept[0])
    assert deeds.newest(1) == (kept[2],)


def correction(edition, text, briefing="staggers"):
    return Correction(briefing=briefing, edition=edition, text=text, actor="ada", at=1.0)


def test_a_correction_waits_for_the_next_edition_of_its_briefing_until_that_is_sent(house):
    corrections = house.store.corrections
    corrections.add(correction(TODAY, "One."))
    corrections.add(correction(TODAY, "Two."))
    corrections.add(correction("weekly-2026-11-23", "Theirs.", "weekly"))

    def waiting(edition):
        return [one.text for one in corrections.waiting("staggers", edition)]

    assert waiting(TODAY) == [], "its own readers have it as it was"
    assert waiting(TOMORROW) == ["One.", "Two."]
    corrections.told("staggers", ("One.",), TOMORROW)
    assert waiting(TOMORROW) == ["One.", "Two."], "drafted again it tells the same"
    assert waiting(LATER) == ["Two."]
    assert [one.printed_in for one in corrections.of(TODAY)] == [TOMORROW, None]
    corrections.told("staggers", (), LATER)
    assert waiting(LATER) == ["Two."]


def test_testers_are_remembered_newest_first_once_each_and_twenty_at_most(house):
    testers = house.store.testers
    testers.remember(("b@example.com", "a@example.com", "b@example.com"), 1.0)
    testers.remember(("c@example.com",), 2.0)
    assert testers.all() == ("c@example.com", "a@example.com", "b@example.com")
    testers.remember(("a@example.com",), 3.0)
    assert testers.all()[0] == "a@example.com"
    testers.forget("c@example.com")
    assert testers.all() == ("a@example.com", "b@example.com")
    for number in range(30):
        testers.remember((f"t{number}@example.com",), 10.0 + number)
    assert testers.all() == tuple(f"t{number}@example.com" for number in range(29, 9, -1))


def say(house, actor, content, *, yes=True, edition=TODAY):
    house.store.approvals.record(
        Approval(edition=edition, hash=content, approved=yes, actor=actor, note="n", at=1.0)
    )


def standing(house, content):
    return [one.actor for one in house.store.approvals.standing(TODAY, content)]


def test_approvals_stand_for_their_bytes_once_a_person_until_somebody_says_no(house):
    say(house, "ada", "x")
    say(house, "ada", "x")
    say(house, "ben", "y")
    say(house, "cy", "x", edition=TOMORROW)
    assert (standing(house, "x"), standing(house, "y")) == (["ada"], ["ben"])
    say(house, "cy", "z", yes=False)
    assert (standing(house, "x"), standing(house, "y")) == ([], [])
    say(house, "ben", "x")
    assert standing(house, "x") == ["ben"]


def test_a_rejection_stands_for_its_bytes_until_they_are_approved(house):
    approvals = house.store.approvals
    assert approvals.rejected(TODAY, "x") is None
    say(house, "cy", "x", yes=False)
    say(house, "ada", "y")
    assert approvals.rejected(TODAY, "x").actor == "cy"
    assert approvals.rejected(TODAY, "y") is None
    assert approvals.rejected(TOMORROW, "x") is None
    say(house, "ada", "x")
    assert approvals.rejected(TODAY, "x") is None
