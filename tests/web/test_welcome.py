"""Whoever has confirmed gets the last edition once, where their list says so."""

import re
import shutil

import pytest
from tests.web.conftest import path_of, serving

from briefing.actions.sending.send import send_edition
from briefing.languages.furniture import furniture
from briefing.model.delivery import State
from briefing.model.mailing import MailingStatus

NEW = "ada@example.net"
ON_ITS_WAY = furniture("en").pages["welcome"]


@pytest.fixture
def own(public):
    """Letters are added here, and other tests read the folder that is shared."""
    outbox = public.folder / "var" / "outbox" / public.edition
    shared = outbox.resolve()
    outbox.unlink()
    shutil.copytree(shared, outbox)
    return public


def confirm(public, address=NEW):
    """Sign up and press the button of the mail; the page that answers."""
    public.sign_up(address)
    mail = public.confirmations()[-1]
    link = re.search(r"https://\S+/confirm/\S+", mail.get_body(("plain",)).get_content())[0]
    return public.post(path_of(link)).body


def counts(public):
    mailing = public.desk.store.mailings.get(public.edition)
    return mailing.status, public.desk.store.ledger(mailing.number).counts()


def test_who_confirms_gets_the_last_edition_once_and_nobody_else_gets_it_again(own):
    _, before = counts(own)
    assert ON_ITS_WAY in confirm(own)
    assert counts(own) == (MailingStatus.SENDING, before | {State.PENDING: 1})
    send_edition(own.desk, own.edition)
    after = before | {State.POSTED: before[State.POSTED] + 1}
    assert counts(own) == (MailingStatus.SENT, after)
    # Leaving and coming back brings no second letter of it.
    own.post(own.letter_to(NEW)["unsubscribe"])
    own.clock.wait(hours=25)
    assert ON_ITS_WAY not in confirm(own)
    assert counts(own) == (MailingStatus.SENT, after)


def test_an_edition_older_than_14_days_welcomes_nobody(public):
    public.clock.wait(hours=24 * 14)
    before = counts(public)
    assert ON_ITS_WAY not in confirm(public)
    assert counts(public) == before


def test_an_edition_that_was_called_off_welcomes_nobody(public):
    store = public.desk.store
    store.mailings.reopen(store.mailings.get(public.edition).number)
    store.mailings.turn(public.edition, MailingStatus.ABORTED)
    before = counts(public)
    assert ON_ITS_WAY not in confirm(public)
    assert counts(public) == before


def test_a_list_without_a_welcome_sends_none(public):
    with serving(public.folder, public.edition, without_welcome) as pages:
        before = counts(pages)
        assert ON_ITS_WAY not in confirm(pages)
        assert counts(pages) == before


def without_welcome(config):
    quiet = config.lists["readers"].model_copy(update={"welcome": False})
    return config.model_copy(update={"lists": {"readers": quiet}})
