"""What was wrong is told with the edition that was wrong, and once at the head of the next one."""

from datetime import timedelta

import pytest
from tests.desks import act
from tests.newsrooms import EDITION

from briefing.actions.editions.correct import correct
from briefing.actions.editions.draft import draft
from briefing.actions.sending.send import send_edition
from briefing.errors import EditionError


@pytest.fixture
def sent(desk):
    desk.decide()
    desk.say()
    act(send_edition, desk.room.config, EDITION, clock=desk.clock)
    return desk


def test_an_edition_without_readers_is_changed_not_corrected(desk):
    with pytest.raises(EditionError, match="has no readers yet: change it instead"):
        correct(desk.room, EDITION, "The vote was on Monday.", actor="ada")


@pytest.mark.parametrize("text", ["", " \n ", "x" * 1_001])
def test_a_correction_says_something_and_not_too_much(sent, text):
    before = sent.rows()
    with pytest.raises(EditionError, match="A correction has 1 to 1,000 characters; this one has"):
        correct(sent.room, EDITION, text, actor="ada")
    assert sent.rows() == before


def test_it_is_kept_with_its_edition_and_logged_with_the_bytes_that_were_wrong(sent):
    made = correct(sent.room, EDITION, " The vote\n was on Monday. ", actor="ada")
    assert made.text == "The vote was on Monday."
    assert sent.room.store.corrections.of(EDITION) == (made,)
    (said,) = sent.room.store.audit_log.newest(1)
    assert (said.verb, said.detail) == ("correct", made.text)
    assert said.hash == sent.room.store.mailings.get(EDITION).hash


def test_the_next_edition_tells_it_at_its_head_and_the_one_after_does_not(sent):
    correct(sent.room, EDITION, "The vote was on Monday.", actor="ada")
    config, store = sent.room.config, sent.room.store
    following = sent.clock() + timedelta(days=1)
    again = act(draft, config, "staggers", repeat=True, clock=lambda: following).edition
    assert again.corrections == ("The vote was on Monday.",)
    assert act(draft, config, "staggers", clock=sent.clock).edition.corrections == (), "not its own"
    store.corrections.told("staggers", again.corrections, again.id)
    assert act(
        draft, config, "staggers", repeat=True, clock=lambda: following
    ).edition.corrections, "still its head"
    later = act(
        draft, config, "staggers", repeat=True, clock=lambda: following + timedelta(days=1)
    ).edition
    assert later.corrections == ()
