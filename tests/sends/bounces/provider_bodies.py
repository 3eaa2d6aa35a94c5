"""Events as mail providers send them, written for these tests, and the proofs next to them."""

import hmac
import json
from base64 import b64encode
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.x509.oid import NameOID

TOPIC = "arn:aws:sns:eu-west-1:123456789012:bounces"
CERTIFICATE_AT = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem"
ANN = "ann@mail.example"


def ses(kind="Permanent", sub="General", code="smtp; 550 5.1.1 user unknown", name="f-1"):
    bounced = {"emailAddress": ANN, "action": "failed", "status": "5.1.1", "diagnosticCode": code}
    bounce = {"bounceType": kind, "bounceSubType": sub, "bouncedRecipients": [bounced]}
    bounce["feedbackId"] = name
    return {"notificationType": "Bounce", "bounce": bounce, "mail": {"messageId": "m-1"}}


def ses_complaint(kind="abuse"):
    complaint = {"complainedRecipients": [{"emailAddress": ANN}], "feedbackId": "f-2"}
    complaint["complaintFeedbackType"] = kind
    return {"eventType": "Complaint", "complaint": complaint, "mail": {"messageId": "m-1"}}


def ses_subscription(*, leaves_all=True):
    wants = {"newTopicPreferences": {"unsubscribeAll": leaves_all}}
    mail = {"messageId": "m-1", "destination": [ANN]}
    return {"eventType": "Subscription", "subscription": wants, "mail": mail}


def sns(inner, at=0.0):
    """The envelope of SNS, unsigned."""
    return {
        "Type": "Notification",
        "MessageId": "n-1",
        "TopicArn": TOPIC,
        "Message": json.dumps(inner),
        "Timestamp": datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "SignatureVersion": "2",
        "SigningCertURL": CERTIFICATE_AT,
    }


def mailgun(event="failed", severity="permanent", message="550 5.1.1 no such user", **more):
    status = {"code": 550, "message": message, "description": ""}
    data = {"event": event, "severity": severity, "recipient": ANN, "id": "g-1", **more}
    return {"event-data": {**data, "delivery-status": status}}


def sendgrid(event="bounce", reason="550 5.1.1 no such user", status="5.1.1", name="s-1"):
    event = {"event": event, "email": ANN, "reason": reason, "status": status}
    return {**event, "sg_event_id": name, "sg_message_id": "m"}


def postmark(kind="HardBounce", details="smtp;550 5.1.1 no such user", record="Bounce", **more):
    return {"RecordType": record, "Type": kind, "Email": ANN, "Details": details, "ID": 7, **more}


def brevo(event="hard_bounce", reason="550 5.1.1 no such user"):
    return {"event": event, "email": ANN, "reason": reason, "message-id": "<m>", "ts_event": 1}


def with_mailgun_proof(body, secret, at, token=""):
    token = token or "t" + hmac.new(b"token", json.dumps(body).encode(), "sha256").hexdigest()
    right = hmac.new(secret.encode(), f"{int(at)}{token}".encode(), "sha256").hexdigest()
    return {**body, "signature": {"timestamp": str(int(at)), "token": token, "signature": right}}


class SendGrid:
    """A key of SendGrid's kind."""

    def __init__(self):
        self.key = ec.generate_private_key(ec.SECP256R1())
        public = self.key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        self.secret = b64encode(public).decode()

    def headers(self, body, at):
        signature = self.key.sign(f"{int(at)}".encode() + body, ec.ECDSA(hashes.SHA256()))
        return {
            "x-twilio-email-event-webhook-timestamp": str(int(at)),
            "x-twilio-email-event-webhook-signature": b64encode(signature).decode(),
        }


class Sns:
    """A certificate of SNS's kind."""

    def __init__(self):
        self.key = rsa.generate_private_key(65_537, 2_048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
        began = datetime(2026, 1, 1, tzinfo=UTC)
        made = x509.CertificateBuilder(
            name, name, self.key.public_key(), 1, began, began + timedelta(days=999)
        ).sign(self.key, hashes.SHA256())
        self.certificate = made.public_bytes(serialization.Encoding.PEM)

    def signed(self, body):
        names = "Message MessageId Subject SubscribeURL Timestamp Token TopicArn Type".split()
        text = "".join(f"{name}\n{body[name]}\n" for name in names if name in body)
        kind = hashes.SHA256() if body["SignatureVersion"] == "2" else hashes.SHA1()
        signature = self.key.sign(text.encode(), PKCS1v15(), kind)
        return {**body, "Signature": b64encode(signature).decode()}
