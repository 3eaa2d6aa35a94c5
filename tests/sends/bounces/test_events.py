"""Events of mail providers: what each says of a reader, and which calls are believed."""

import json
from base64 import b64encode

import pytest
from tests.sends.bounces import provider_bodies as made
from tests.sends.bounces.letters import ID, KEY, REF

from briefing.errors import SendError
from briefing.model.delivery import Bounce
from briefing.model.reason import Reason
from briefing.sends.bounces import Kind, read_report
from briefing.sends.bounces.events import PROVIDERS, HookCall, read_events

HARD, SOFT, COMPLAINT = Bounce.HARD, Bounce.SOFT, Bounce.COMPLAINT
NOW = 1_795_000_000.0
POLICY = "550 5.7.1 rejected by policy"

EVENTS = {
    "SES, dead": (made.ses(), HARD),
    "SES, by way of SNS": (made.sns(made.ses()), HARD),
    "SES, policy": (made.ses(code=f"smtp; {POLICY}"), None),
    "SES, suppressed without words": (made.ses(sub="OnAccountSuppressionList", code=""), HARD),
    "SES, full": (made.ses("Transient", "MailboxFull", "smtp; 552 5.2.2 mailbox full"), SOFT),
    "SES, too large": (made.ses("Transient", "MessageTooLarge", ""), None),
    "SES, passing": (made.ses("Transient", "General", ""), SOFT),
    "SES, complaint": (made.ses_complaint(), COMPLAINT),
    "SES, not spam": (made.ses_complaint("not-spam"), None),
    "SES, our signatures": (made.ses_complaint("auth-failure"), None),
    "Mailgun, dead": (made.mailgun(), HARD),
    "Mailgun, passing": (made.mailgun(severity="temporary"), SOFT),
    "Mailgun, policy": (made.mailgun(message=POLICY), None),
    "Mailgun, suppressed": (made.mailgun(message="", reason="suppress-bounce"), HARD),
    "Mailgun, complained before": (made.mailgun(reason="suppress-complaint"), COMPLAINT),
    "Mailgun, complaint": (made.mailgun("complained"), COMPLAINT),
    "Mailgun, opened": (made.mailgun("opened"), None),
    "SendGrid, dead": (made.sendgrid(), HARD),
    "SendGrid, deferred": (made.sendgrid("deferred", "451 4.2.0 later", "4.2.0"), SOFT),
    "SendGrid, blocked": (made.sendgrid("bounce", POLICY, "5.7.1"), None),
    "SendGrid, dropped": (made.sendgrid("dropped", "Bounced Address", ""), HARD),
    "SendGrid, dropped for another reason": (made.sendgrid("dropped", "Invalid SMTPAPI header", ""), None),
    "SendGrid, complained before": (made.sendgrid("dropped", "Spam Reporting Address", ""), COMPLAINT),
    "SendGrid, complaint": (made.sendgrid("spamreport", "", ""), COMPLAINT),
    "SendGrid, delivered": (made.sendgrid("delivered", "", ""), None),
    "Postmark, dead": (made.postmark(), HARD),
    "Postmark, dead without words": (made.postmark(details=""), HARD),
    "Postmark, policy under HardBounce": (made.postmark(details=POLICY), None),
    "Postmark, soft": (made.postmark("SoftBounce", ""), SOFT),
    "Postmark, DMARC": (made.postmark("DMARCPolicy", ""), None),
    "Postmark, autoresponder": (made.postmark("AutoResponder", ""), None),
    "Postmark, complaint": (made.postmark("SpamComplaint", "", record="SpamComplaint"), COMPLAINT),
    "Brevo, dead": (made.brevo(), HARD),
    "Brevo, the other spelling": (made.brevo("hardBounce"), HARD),
    "Brevo, soft": (made.brevo("soft_bounce", ""), SOFT),
    "Brevo, complaint": (made.brevo("spam", ""), COMPLAINT),
    "Brevo, delivered": (made.brevo("delivered", ""), None),
}  # fmt: skip


@pytest.mark.parametrize("case", EVENTS)
def test_an_event_costs_a_reader_what_it_proves_and_no_more(case):
    body, bounce = EVENTS[case]
    ((report, recipient),) = read_events(json.dumps(body).encode(), KEY)
    assert (report.bounce, recipient) == (bounce, made.ANN)


@pytest.mark.parametrize(
    "body",
    [
        made.sendgrid("unsubscribe"),
        made.brevo("unsubscribed"),
        made.mailgun("unsubscribed"),
        made.ses_subscription(),
        # A letter that was not sent, because they had left there before.
        made.mailgun(reason="suppress-unsubscribe"),
        made.sendgrid("dropped", "Unsubscribed Address", ""),
    ],
)
def test_who_left_by_the_providers_link_leaves_here(body):
    ((report, _),) = read_events(json.dumps(body).encode(), KEY)
    assert (report.kind, report.bounce) == (Kind.UNSUBSCRIBE, None)


def test_who_leaves_one_topic_of_the_provider_s_stays_here():
    content = json.dumps(made.ses_subscription(leaves_all=False)).encode()
    assert list(read_events(content, KEY)) == []


@pytest.mark.parametrize("mail", [3, [], None, {"destination": 7}])
def test_a_subscription_of_an_odd_shape_says_nothing(mail):
    content = json.dumps(made.sns({**made.ses_subscription(), "mail": mail})).encode()
    assert list(read_events(content, KEY)) == []


def test_an_event_is_traced_by_our_message_id_wherever_the_provider_puts_it():
    body = made.mailgun()
    body["event-data"]["message"] = {"headers": {"message-id": ID.strip("<>")}}
    ((report, _),) = read_events(json.dumps(body).encode(), KEY)
    assert report.about.ref == REF
    assert report.reason is Reason.MAILBOX_UNKNOWN


def test_an_object_a_list_and_lines_are_read_and_an_event_has_one_name():
    bodies = [made.sendgrid(name="1"), made.sendgrid(name="2"), made.sendgrid(name="1")]
    calls = (json.dumps(bodies[:2]), json.dumps(bodies[2:]))
    for written in (json.dumps(bodies), "\n".join(map(json.dumps, bodies)), "\n".join(calls)):
        one, two, again = (report for report, _ in read_events(written.encode(), KEY))
        assert one.digest == again.digest != two.digest


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Line 1|no event|is not JSON|object of JSON|nothing|$"),
        (b"hello", "Line 1 is not JSON"),
        (b"[1]", "object of JSON was expected"),
        (b'{"hello": 1}', "of no provider we know"),
        (json.dumps(made.ses()).encode()[:-20], "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
    ],
)
def test_what_is_no_event_is_a_sentence(content, words):
    if not content:
        assert list(read_events(content, KEY)) == []
        return
    with pytest.raises(SendError, match=words):
        list(read_events(content, KEY))


def test_an_event_that_sns_sends_by_mail_is_read():
    written = json.dumps({**made.ses_complaint(), "id": ID})
    folded = written[:60] + "!\n " + written[60:]
    letter = (
        f"From: no-reply@sns.example\nTo: b@example.org\nSubject: AWS\n\n{folded}\n\n--\nLeave: x\n"
    )
    report = read_report(letter.encode(), KEY)
    assert (report.bounce, report.about.ref) == (COMPLAINT, REF)


GRID, SNS = made.SendGrid(), made.Sns()


def signed_call(name, body, at=NOW):
    """A call as the provider makes it, and the secret it proves."""
    if name == "mailgun":
        return {}, json.dumps(made.with_mailgun_proof(body, "key", at)).encode(), "key"
    if name == "sendgrid":
        content = json.dumps([body]).encode()
        return GRID.headers(content, at), content, GRID.secret
    if name == "ses":
        return {}, json.dumps(SNS.signed(made.sns(body, at))).encode(), made.TOPIC
    password = b64encode(b"hook:word").decode()
    return {"authorization": f"Basic {password}"}, json.dumps(body).encode(), "word"


BODIES = {
    "ses": made.ses(),
    "mailgun": made.mailgun(),
    "sendgrid": made.sendgrid(),
    "postmark": made.postmark(),
    "brevo": made.brevo(),
}


def prove(name, headers, content, secret, at=NOW):
    def fetch(url):
        assert url == made.CERTIFICATE_AT
        return SNS.certificate

    call = HookCall(headers=headers, body=content, at=at)
    PROVIDERS[name].prove(call, secret, fetch)


@pytest.mark.parametrize("name", PROVIDERS)
def test_a_call_that_its_provider_signed_is_believed(name):
    prove(name, *signed_call(name, BODIES[name]))


@pytest.mark.parametrize("name", PROVIDERS)
def test_a_call_under_another_secret_or_none_is_not(name):
    headers, content, _ = signed_call(name, BODIES[name])
    for secret in ("", "other", made.SendGrid().secret):
        with pytest.raises(SendError, match="refused"):
            prove(name, headers, content, secret)


@pytest.mark.parametrize("name", ["ses", "mailgun", "sendgrid"])
def test_a_call_that_was_changed_on_the_way_is_not_believed(name):
    headers, content, secret = signed_call(name, BODIES[name])
    if name == "mailgun":
        content = content.replace(b'"token": "t', b'"token": "u')
    else:
        content = content.replace(b"ann@mail", b"bob@mail")
    with pytest.raises(SendError, match="signature"):
        prove(name, headers, content, secret)


def test_a_token_of_mailguns_is_good_for_one_body_however_often_it_comes():
    headers, content, secret = signed_call("mailgun", BODIES["mailgun"])
    for _ in range(2):
        prove("mailgun", headers, content, secret)
    with pytest.raises(SendError, match="another body"):
        prove("mailgun", headers, content.replace(b"ann@", b"bob@"), secret)


@pytest.mark.parametrize("name", ["ses", "mailgun", "sendgrid"])
@pytest.mark.parametrize("late", [3_700, -400])
def test_an_old_call_or_one_from_the_future_is_not_believed(name, late):
    with pytest.raises(SendError, match="seconds old"):
        prove(name, *signed_call(name, BODIES[name]), at=NOW + late)


@pytest.mark.parametrize(
    "url",
    [
        "https://sns.eu-west-1.amazonaws.com.evil.example/x.pem",
        "http://sns.eu-west-1.amazonaws.com/x.pem",
        "https://evil.example/sns.eu-west-1.amazonaws.com/x.pem",
        "https://sns.eu-west-1.amazonaws.com/../x.pem",
        "https://user@sns.eu-west-1.amazonaws.com/x.pem",
        "",
    ],
)
def test_a_certificate_that_is_not_at_amazon_is_never_fetched(url):
    body = SNS.signed({**made.sns(made.ses(), NOW), "SigningCertURL": url})
    with pytest.raises(SendError, match="not at Amazon"):
        prove("ses", {}, json.dumps(body).encode(), made.TOPIC)


def test_a_topic_of_somebody_elses_is_not_believed_however_well_it_is_signed():
    body = SNS.signed({**made.sns(made.ses(), NOW), "TopicArn": made.TOPIC + "2"})
    with pytest.raises(SendError, match="not the configured one"):
        prove("ses", {}, json.dumps(body).encode(), made.TOPIC)


@pytest.mark.parametrize("name", PROVIDERS)
@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"[]", b"null", b"{}", b'{"signature": 1}', b"[" * 9_999]
)
def test_no_bytes_make_a_proof_fail_otherwise_than_by_a_sentence(name, content):
    with pytest.raises(SendError):
        prove(name, {}, content, "secret")
