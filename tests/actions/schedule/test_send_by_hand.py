"""An edition that no hour waits for leaves by an approver's word, through the gate, once."""

import pytest
from tests.desks import approve_rendered
from tests.weeks import Week, at

from briefing.actions.context import open_desk
from briefing.actions.editions.draft import draft
from briefing.actions.rendering.render import render_edition
from briefing.actions.resolve_name import the_draft
from briefing.actions.review.readiness import readiness
from briefing.actions.schedule import slot_orders
from briefing.actions.schedule.send_by_hand import send_by_hand
from briefing.errors import BriefingError, EditionError
from briefing.model.schedule_slot import Course

EDITION = "staggers-2026-11-23"


def drafted(house):
    """An edition that somebody drafted by hand at eight."""
    house.page("monday", "Harbour Bridge")
    house.now = at(0, 8)
    with open_desk(house.config, lambda: house.now) as desk:
        render_edition(desk, draft(desk, "staggers").edition.id)


def by_hand(house):
    with open_desk(house.config, lambda: house.now) as desk:
        return send_by_hand(desk, EDITION, actor="ada")


def test_the_letters_of_a_briefing_without_an_hour_leave_at_the_loops_next_look(tmp_path):
    house = Week(tmp_path, unscheduled=True)
    drafted(house)
    house.slot_runner.carry_on()
    assert house.letters() == {}
    by_hand(house)
    house.slot_runner.carry_on()
    assert house.letters() == {EDITION: 8}
    with pytest.raises(EditionError, match="have begun to leave already"):
        by_hand(house)


def test_another_list_is_chosen_for_an_edition_without_an_hour_and_voids_its_approval(tmp_path):
    house = Week(tmp_path, unscheduled=True, approval="required")
    (house.folder / "seeds" / "members.csv").write_text("email,name,tags\nm@example.org,M,\n")
    members = house.config.lists["readers"].model_copy(update={"path": "seeds/members.csv"})
    house.config = house.config.model_copy(
        update={"lists": house.config.lists | {"members": members}}
    )
    house.slot_runner = house.start()
    drafted(house)

    def clock():
        return house.now

    approve_rendered(house.config, EDITION, yes=True, actor="ada", note="", clock=clock)
    with open_desk(house.config, clock) as desk:
        with pytest.raises(EditionError, match="no list 'nobody'"):
            slot_orders.choose_list_by_hand(desk, EDITION, "nobody", actor="ada")
        slot_orders.choose_list_by_hand(desk, EDITION, "members", actor="ada")
        assert readiness(desk, the_draft(desk, EDITION)).missing
    house.live(at(0, 9))
    assert house.letters() == {}
    approve_rendered(house.config, EDITION, yes=True, actor="ada", note="", clock=clock)
    by_hand(house)
    house.slot_runner.carry_on()
    assert house.letters() == {EDITION: 1}


def test_what_waits_for_approval_is_not_sent_by_hand(tmp_path):
    house = Week(tmp_path, unscheduled=True, approval="required")
    drafted(house)
    with pytest.raises(BriefingError, match="approv"):
        by_hand(house)
    house.slot_runner.carry_on()
    assert house.letters() == {}


def test_an_edition_whose_hour_is_to_come_is_sent_from_its_slot(tmp_path):
    house = Week(tmp_path, at="09:00")
    drafted(house)
    with pytest.raises(EditionError, match="leaves at 09:00 by its timetable"):
        by_hand(house)


def test_an_edition_that_was_left_out_is_sent_by_hand_and_its_slot_says_so(tmp_path):
    house = Week(tmp_path, at="09:00")
    house.page("monday", "Harbour Bridge")
    house.live(at(0, 8, 15))
    with open_desk(house.config, lambda: house.now) as desk:
        slot = "2026-11-23T09:00 Europe/London"
        slot_orders.leave_out(desk, "staggers", slot, actor="ada")
    house.live(at(0, 12))
    assert house.letters() == {}
    by_hand(house)
    house.slot_runner.carry_on()
    house.slot_runner.attend("staggers")
    assert house.letters() == {EDITION: 8}
    assert house.slots() == {"2026-11-23": Course.SENT}


def test_an_edition_that_was_missed_is_sent_by_hand(tmp_path):
    house = Week(tmp_path, approval="required")
    house.page("monday", "Harbour Bridge")
    house.live(at(0, 12))
    assert house.slots() == {"2026-11-23": Course.MISSED}
    with pytest.raises(BriefingError, match="approv"):
        by_hand(house)
