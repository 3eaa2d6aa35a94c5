"""A reader who joined after an edition left gets it as one more delivery, over both databases."""

from tests.store.conftest import NOW

from briefing.model.delivery import State
from briefing.model.edition import Edition
from briefing.model.mail import Email
from briefing.model.mailing import MailingStatus
from briefing.model.subscriber import Standing

EMAIL = Email(
    edition_id="staggers-1",
    template="t",
    subject="s",
    preheader="",
    html="h",
    text="t",
    nonce="n",
)


def test_a_latecomer_is_one_more_delivery_and_only_once(house):
    early, late = house.fill(2)
    store = house.store
    store.subscribers.change(
        late, Standing.PAUSED, only_from=(Standing.ACTIVE,), cause="c", actor="a", now=house.now
    )
    issue = Edition(id="staggers-1", briefing="staggers", title="T", slot=NOW, items=())
    mailing = store.mailings.freeze(issue, EMAIL, "readers", house.now)
    assert store.mailings.welcome("readers", early, house.now - 1) == ""
    assert store.mailings.welcome("readers", late, house.now + 10) == ""
    assert store.mailings.welcome("readers", late, house.now - 1) == "staggers-1"
    assert store.mailings.welcome("readers", late, house.now - 1) == ""
    assert store.ledger(mailing.number).counts() == {State.PENDING: 2}
    assert store.mailings.get("staggers-1").status is MailingStatus.SENDING
