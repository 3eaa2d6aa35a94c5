"""What became of the letters is counted, and what did not get through is tried again."""

import pytest
from tests.desks import act
from tests.faults.relay import Faults, Relay
from tests.newsrooms import EDITION, opened

from briefing.actions.sending.delivery_report import AGAIN, delivery_page, try_again
from briefing.actions.sending.send import send_edition
from briefing.actions.sending.steer_mailing import steer
from briefing.errors import SendError, StoreError
from briefing.model.delivery import State
from briefing.model.mailing import MailingStatus


def sent_through(folder, relay):
    """A desk whose letters go to that relay, after its first run."""
    return opened(
        folder,
        BRIEFING_SEND__TRANSPORT="smtp",
        BRIEFING_SEND__SMTP__HOST="127.0.0.1",
        BRIEFING_SEND__SMTP__PORT=str(relay.port),
        BRIEFING_SEND__SMTP__SECURITY="none",
    )


def approved(desk):
    desk.decide()
    desk.say()
    return act(send_edition, desk.room.config, EDITION, clock=desk.clock)


def test_before_sending_there_is_no_aftermath(desk):
    for ask in (
        lambda: delivery_page(desk.room, EDITION),
        lambda: try_again(desk.room, EDITION, State.DEFERRED, actor="ada", note=""),
    ):
        with pytest.raises(StoreError, match="was never sent"):
            ask()


def test_every_reader_is_counted_and_listed_by_state(desk):
    approved(desk)
    found = delivery_page(desk.room, EDITION)
    assert (found.readers, found.counts, found.doubtful) == (3, {State.POSTED: 3}, 0)
    assert len(found.rows) == 3
    assert not found.more
    assert delivery_page(desk.room, EDITION, State.BOUNCED).rows == ()
    assert delivery_page(desk.room, EDITION, page=1).rows == ()


def test_rows_come_in_pages_and_the_last_says_so(desk, monkeypatch):
    approved(desk)
    monkeypatch.setattr("briefing.actions.sending.delivery_report.PAGE", 2)
    first, second = (delivery_page(desk.room, EDITION, page=page) for page in (0, 1))
    assert (len(first.rows), first.more, len(second.rows), second.more) == (2, True, 1, False)
    assert len({row.email for row in (*first.rows, *second.rows)}) == 3


def test_letters_that_were_put_off_are_tried_again_at_once_and_the_log_says_why(
    newsroom_folder, tmp_path
):
    with (
        Relay(tmp_path / "mail.jsonl", Faults(rcpt_451=1)) as relay,
        sent_through(newsroom_folder, relay) as desk,
    ):
        assert approved(desk).counts == {State.DEFERRED: 3}
        assert try_again(desk.room, EDITION, State.DEFERRED, actor="ops", note="mended") == 3
        (said,) = desk.room.store.audit_log.newest(1)
        assert (said.actor, said.verb) == ("ops", "retry")
        assert said.detail == "3 letters that were deferred. mended"
    with opened(newsroom_folder) as desk:
        assert act(send_edition, desk.room.config, EDITION, clock=desk.clock).counts == {
            State.POSTED: 3
        }
        assert try_again(desk.room, EDITION, State.DEFERRED, actor="ops", note="") == 0


def test_a_finished_mailing_opens_again_for_letters_that_are_tried_again(newsroom_folder, tmp_path):
    # One of the three gets through, so the others' refusals are not the relay's no to all.
    with (
        Relay(tmp_path / "mail.jsonl", Faults(dot_554=0.5, seed=0)) as relay,
        sent_through(newsroom_folder, relay) as desk,
    ):
        assert approved(desk).counts == {State.POSTED: 1, State.BOUNCED: 2}
        assert delivery_page(desk.room, EDITION).mailing.status is MailingStatus.SENT
        assert {row.reason for row in delivery_page(desk.room, EDITION, State.BOUNCED).rows} == {
            "content"
        }
        assert try_again(desk.room, EDITION, State.BOUNCED, actor="ops", note="") == 2
        assert delivery_page(desk.room, EDITION).mailing.status is MailingStatus.SENDING
    with opened(newsroom_folder) as desk:
        assert act(send_edition, desk.room.config, EDITION, clock=desk.clock).now == 2


def test_a_relay_that_refuses_everybody_keeps_every_letter_open(newsroom_folder, tmp_path):
    with (
        Relay(tmp_path / "mail.jsonl", Faults(dot_554=1)) as relay,
        sent_through(newsroom_folder, relay) as desk,
    ):
        sent = approved(desk)
        assert (sent.counts, sent.status) == ({State.DEFERRED: 3}, MailingStatus.PAUSED)
        assert "554 5.6.0" in sent.stopped
        act(steer, desk.room.config, EDITION, MailingStatus.SENDING, "", clock=desk.clock)
    with opened(newsroom_folder) as desk:
        assert act(send_edition, desk.room.config, EDITION, clock=desk.clock).counts == {
            State.POSTED: 3
        }


@pytest.mark.parametrize("state", sorted({*State} - {*AGAIN}))
def test_what_was_taken_or_waits_is_never_tried_again(desk, state):
    approved(desk)
    before = desk.rows()
    with pytest.raises(SendError, match=f"Letters that are {state} are not tried again"):
        try_again(desk.room, EDITION, state, actor="ops", note="")
    assert desk.rows() == before


def test_letters_of_an_aborted_edition_stay_where_they_are(newsroom_folder, tmp_path):
    with (
        Relay(tmp_path / "mail.jsonl", Faults(rcpt_451=1)) as relay,
        sent_through(newsroom_folder, relay) as desk,
    ):
        approved(desk)
        desk.room.store.mailings.turn(EDITION, MailingStatus.ABORTED)
        with pytest.raises(SendError, match="was aborted"):
            try_again(desk.room, EDITION, State.DEFERRED, actor="ops", note="")
