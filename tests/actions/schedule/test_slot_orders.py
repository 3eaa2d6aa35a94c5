"""An editor's word on one slot holds for that day alone, and says what will happen."""

import pytest
from tests.weeks import Week, at

from briefing.actions.context import open_desk
from briefing.actions.editions.draft import draft
from briefing.actions.resolve_name import list_of, the_draft
from briefing.actions.review.approve import approve
from briefing.actions.review.readiness import readiness
from briefing.actions.schedule import slot_orders
from briefing.actions.schedule.upcoming import coming
from briefing.errors import BriefingError, EditionError
from briefing.model.schedule_slot import Course

SLOT = "2026-11-23T06:30 Europe/London"
TOMORROW = "2026-11-24T06:30 Europe/London"


@pytest.fixture
def house(tmp_path):
    house = Week(tmp_path)
    house.page("monday", "Harbour Bridge")
    return house


def order(house, what, *words, slot=SLOT):
    with open_desk(house.config, lambda: house.now) as desk:
        return what(desk, "staggers", slot, *words, actor="ada")


def by_hand(house):
    """A draft that somebody makes before its hour, and looks at."""
    with open_desk(house.config, lambda: house.now) as desk:
        edition = draft(desk, "staggers").edition
        readiness(desk, edition)
        return edition.id


def ahead(house):
    with open_desk(house.config, lambda: house.now) as desk:
        return coming(desk)


def test_a_moved_edition_leaves_at_its_new_hour_and_the_next_day_at_the_old(house):
    house.live(at(0, 6))
    assert order(house, slot_orders.move, "09:45") == f"{SLOT} leaves at 09:45."
    house.live(at(0, 9, 30))
    assert house.letters() == {}
    assert (ahead(house)[0].slot, ahead(house)[0].moved) == (SLOT, True)
    house.live(at(0, 10))
    assert house.letters() == {"staggers-2026-11-23": 8}
    house.page("tuesday", "Northern Ferry")
    house.live(at(1, 7))
    assert house.letters()["staggers-2026-11-24"] == 8
    assert house.told == []


def test_an_edition_moved_to_an_earlier_hour_leaves_once(house):
    house.live(at(0, 5, 45))
    order(house, slot_orders.move, "06:00")
    house.live(at(0, 6, 5))
    assert house.letters() == {"staggers-2026-11-23": 8}
    assert ahead(house)[0].slot == TOMORROW
    house.live(at(0, 12))
    assert house.slots() == {"2026-11-23": Course.SENT}


def test_an_order_for_another_day_drafts_nothing_before_its_time(house):
    order(house, slot_orders.move, "08:00", slot=TOMORROW)
    house.live(at(0, 3))
    assert house.slots() == {"2026-11-24": Course.DRAFTING}
    house.live(at(0, 7))
    house.page("tuesday", "Northern Ferry")
    house.live(at(1, 7, 30))
    assert list(house.letters()) == ["staggers-2026-11-23"]
    house.live(at(1, 8, 15))
    assert house.letters()["staggers-2026-11-24"] == 8


def test_a_slot_goes_back_to_its_own_hour(house):
    house.live(at(0, 6))
    order(house, slot_orders.move, "09:45")
    order(house, slot_orders.move_back)
    house.live(at(0, 6, 45))
    assert house.letters() == {"staggers-2026-11-23": 8}


def test_a_slot_that_is_left_out_sends_nothing_and_can_be_taken_up_again(house):
    house.live(at(0, 5, 45))
    order(house, slot_orders.leave_out)
    assert ahead(house)[0].left_out
    order(house, slot_orders.take_up)
    house.live(at(0, 6, 15))
    order(house, slot_orders.leave_out)
    house.live(at(0, 12))
    assert house.letters() == {}
    assert house.slots() == {"2026-11-23": Course.SKIPPED}
    with pytest.raises(EditionError, match=r"briefing run staggers --slot 2026-11-23"):
        order(house, slot_orders.take_up)


def test_an_edition_drafted_by_hand_before_its_hour_is_that_of_its_slot(house):
    house.live(at(0, 3))
    assert ahead(house)[0].waits_for == "its draft"
    name = by_hand(house)
    first = ahead(house)[0]
    assert (first.edition, first.waits_for) == (name, "its hour")
    order(house, slot_orders.send_now)
    house.slot_runner.attend("staggers")
    assert house.letters() == {name: 8}


def test_an_edition_is_sent_now_if_the_gate_lets_it_pass(house):
    with pytest.raises(EditionError, match="has no edition yet"):
        order(house, slot_orders.send_now)
    house.live(at(0, 5, 45))
    order(house, slot_orders.send_now)
    house.slot_runner.attend("staggers")
    assert house.letters() == {"staggers-2026-11-23": 8}
    with pytest.raises(EditionError, match="is sent; its hour cannot be changed"):
        order(house, slot_orders.move, "23:00")


def test_nothing_that_waits_for_approval_is_sent_now(tmp_path):
    house = Week(tmp_path, approval="required")
    house.page("monday", "Harbour Bridge")
    house.live(at(0, 5, 45))
    with pytest.raises(BriefingError, match="approv"):
        order(house, slot_orders.send_now)
    assert ahead(house)[0].at == at(0, 6, 30)


@pytest.mark.parametrize("drafted", ["by the clock", "by hand"])
def test_another_list_for_a_day_voids_the_approval_and_is_whom_it_goes_to(tmp_path, drafted):
    house = Week(tmp_path, approval="required")
    house.config = house.config.model_copy(
        update={"lists": house.config.lists | {"members": next(iter(house.config.lists.values()))}}
    )
    house.slot_runner = house.start()
    house.page("monday", "Harbour Bridge")
    if drafted == "by hand":
        house.live(at(0, 3))
        by_hand(house)
    else:
        house.live(at(0, 5, 45))
    with open_desk(house.config, lambda: house.now) as desk:
        edition = the_draft(desk, "staggers-2026-11-23")
        seen = readiness(desk, edition).hash
        approve(desk, edition.id, seen=seen, yes=True, actor="ada", note="", accepts_warnings=True)
        slot_orders.choose_list(desk, "staggers", SLOT, "members", actor="ben")
        assert desk.store.approvals.standing(edition.id, seen) == ()
        assert list_of(desk, edition) == "members"
        assert "approve it for those readers" in desk.store.approvals.of(edition.id)[-1].note
        with pytest.raises(EditionError, match="There is no list 'nobody'"):
            slot_orders.choose_list(desk, "staggers", SLOT, "nobody", actor="ben")


@pytest.mark.parametrize(
    ("slot", "hour", "sentence"),
    [
        (SLOT, "5:0", "is not a time of day"),
        (SLOT, "00:15", "has passed"),
        ("2026-11-23T07:00 Europe/London", "09:00", "has no slot"),
        ("tomorrow", "09:00", "does not begin with a day"),
        ("", "09:00", "does not begin with a day"),
    ],
)
def test_an_order_that_cannot_be_done_is_a_sentence_and_changes_nothing(
    house, slot, hour, sentence
):
    house.live(at(0, 4))
    with pytest.raises(EditionError, match=sentence):
        order(house, slot_orders.move, hour, slot=slot)
    assert house.slots() in ({}, {"2026-11-23": Course.DRAFTING})
