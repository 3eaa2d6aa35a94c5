"""/hooks/NAME: a mail provider's call is proven, counted once, or changes nothing."""

import json
from base64 import b64encode

import pytest
from tests.sends.bounces import provider_bodies as made
from tests.web.conftest import serving
from tests.workers.copies import copied

from briefing.actions.sending import provider_events
from briefing.fetching.fetcher import Fetched
from briefing.model.subscriber import Standing

READER = "reader4@example.com"
GRID = made.SendGrid()
HOOKS = {
    "gun": {"provider": "mailgun", "secret": "key"},
    "mark": {"provider": "postmark", "secret": "word"},
    "aws": {"provider": "ses", "secret": made.TOPIC},
    "grid": {"provider": "sendgrid", "secret": GRID.secret},
    "bare": {"provider": "brevo"},
}


def with_hooks(config):
    bounces = type(config.bounces).model_validate_json(json.dumps({"hooks": HOOKS}))
    return config.model_copy(update={"bounces": bounces})


@pytest.fixture
def hooked(sent_house, tmp_path):
    """The pages of a house with hooks."""
    house, edition = sent_house
    folder = tmp_path / "house"
    copied(house, folder, "outbox")
    with serving(folder, edition, with_hooks) as pages:
        yield pages


def standing(hooked):
    return hooked.desk.store.subscribers.find(READER)[0].standing


def about_reader(body):
    return json.loads(json.dumps(body).replace(made.ANN, READER))


def mailgun(hooked, late=0.0, **more):
    at = hooked.clock.now.timestamp() - late
    return json.dumps(made.with_mailgun_proof(about_reader(made.mailgun(**more)), "key", at))


def test_a_proven_call_drops_the_reader_and_a_second_one_changes_nothing(hooked):
    first = hooked.ask("POST", "/hooks/gun", mailgun(hooked))
    assert (first.status, "1 hard" in first.body) == (200, True)
    assert standing(hooked) is Standing.BOUNCED
    again = hooked.ask("POST", "/hooks/gun", mailgun(hooked))
    assert (again.status, "1 known" in again.body) == (200, True)


@pytest.mark.parametrize("what", ["forged", "old", "not proven", "cut", "another's"])
def test_a_call_that_proves_nothing_changes_nothing_and_says_why(hooked, what):
    body = mailgun(hooked, late=4_000.0 if what == "old" else 0.0)
    if what == "forged":
        body = body.replace('"token": "t', '"token": "u')
    elif what == "not proven":
        body = json.dumps(about_reader(made.mailgun()))
    elif what == "cut":
        body = body[:-30]
    elif what == "another's":
        body = json.dumps(about_reader(made.brevo()))
    before = hooked.dump()
    answer = hooked.ask("POST", "/hooks/gun", body)
    assert answer.status == 403
    assert "Nothing was changed" in answer.body
    assert hooked.dump() == before


def test_a_hook_takes_no_get_and_one_without_a_secret_or_a_name_takes_nothing(hooked):
    before = hooked.dump()
    assert hooked.get("/hooks/gun").status == 405
    assert hooked.ask("POST", "/hooks/none", "{}").status == 404
    assert hooked.ask("POST", "/hooks/bare", json.dumps(made.brevo())).status == 503
    assert hooked.ask("POST", "/hooks/mark", json.dumps(made.postmark())).status == 403
    assert hooked.ask("POST", "/hooks/gun", "x" * 5_000_000).status == 413
    assert hooked.dump() == before


def test_a_batch_of_a_thousand_events_with_all_that_they_carry_passes_every_limit(hooked):
    at = hooked.clock.now.timestamp()
    bounced = about_reader(made.sendgrid())
    others = [made.sendgrid(name=f"s-{number}", reason="x" * 3_700) for number in range(1_000)]
    body = json.dumps([*others, bounced]).encode()
    assert 3_600_000 < len(body) < 4 * 1024 * 1024
    answer = hooked.ask("POST", "/hooks/grid", body, **GRID.headers(body, at))
    assert (answer.status, "1 hard" in answer.body) == (200, True), answer.body
    assert standing(hooked) is Standing.BOUNCED


def test_a_password_in_the_hooks_address_is_a_proof(hooked):
    word = b64encode(b"any:word").decode()
    complaint = about_reader(made.postmark("SpamComplaint", "", record="SpamComplaint"))
    answer = hooked.ask("POST", "/hooks/mark", json.dumps(complaint), Authorization=f"Basic {word}")
    assert answer.status == 200
    assert standing(hooked) is Standing.COMPLAINED


def test_a_notification_of_sns_is_proven_by_a_certificate_that_was_fetched_once(
    hooked, monkeypatch
):
    sns, asked = made.Sns(), []

    class Fetcher:
        """Answers as Amazon does; the guarded fetcher has tests of its own."""

        def __init__(self, _reach):
            pass

        async def __aenter__(self):
            return self

        async def __aexit__(self, *_):
            pass

        async def get(self, ask):
            asked.append(ask.url)
            return Fetched(url=ask.url, body=sns.certificate)

    monkeypatch.setattr(provider_events, "Fetcher", Fetcher)
    monkeypatch.setattr(provider_events, "_CERTIFICATES", {})
    now = hooked.clock.now.timestamp()
    for name in ("f-1", "f-2"):
        body = sns.signed(made.sns(about_reader(made.ses(name=name)), now))
        assert hooked.ask("POST", "/hooks/aws", json.dumps(body)).status == 200
    assert asked == [made.CERTIFICATE_AT]
    assert standing(hooked) is Standing.BOUNCED
    confirms = {**made.sns({}, now), "Type": "SubscriptionConfirmation", "Token": "t"}
    confirms["SubscribeURL"] = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription"
    answer = hooked.ask("POST", "/hooks/aws", json.dumps(sns.signed(confirms)))
    assert "stands in the log" in answer.body
