"""One message of the bounce mailbox → what it says, and whose letter it is about.

A report counts only when it carries a return path or a Message-ID of ours: everything else in a
mailbox can be written by anybody. Of several things it says, the worst counts.
"""

import re
from dataclasses import replace
from hashlib import sha256

from briefing.errors import SendError
from briefing.model.delivery import Bounce
from briefing.model.reason import Reason
from briefing.sends.bounces import prose, status_fields
from briefing.sends.bounces.attached_report import attached_report
from briefing.sends.bounces.events import read_events
from briefing.sends.bounces.failure import Action, Failure
from briefing.sends.bounces.feedback import Feedback, feedback
from briefing.sends.bounces.parts import LONGEST, Mail, with_line_feeds
from briefing.sends.bounces.replies import asks_to_leave, is_person
from briefing.sends.bounces.verdict import Kind, Report, bounce_of
from briefing.sends.letters.verp import traced
from briefing.sends.refusals.reasons import Judged, judged

#: Characters of somebody's words that are kept.
_KEPT = 300
_DATA = re.compile(
    r"(?:reply to|after|response to|like our) (?:the )?(?:end of|final) data", re.IGNORECASE
)


#: The type of a report (RFC 6522), and of a message that stands in another.
_REPORT, _MESSAGES = "multipart/report", ("message/rfc822", "message/global")
#: What mail programs write to the mailto of List-Unsubscribe (RFC 2369 section 3.2).
_LEAVES = re.compile(r"\s*(?:re:\s*)?unsubscribe\b", re.IGNORECASE)


def read_report(content: bytes, key: bytes) -> Report:
    """What a message says; a message that is not a report says nothing, and says so.

    No bytes make it fail.
    """
    mail = _passed_on(Mail(content))
    report = Report(
        digest=sha256(content).hexdigest(),
        about=traced(with_line_feeds(content[:LONGEST]), key),
        kind=Kind.UNREAD,
        bounce=None,
        detail=f"no report ({mail.headers.kind})",
    )
    told = feedback(mail)
    if told is not None:
        return _complaint(report, told)
    fields = list(status_fields.failures(mail))
    if not fields and (attached := attached_report(mail, report, content)) is not None:
        return attached
    found = [_judged(one, mail) for one in fields or prose.failures(mail)]
    known = [one for one in found if one[1].reason is not Reason.UNKNOWN]
    if found:
        return _worst(report, known or found)
    if prose.is_away(mail):
        return replace(report, kind=Kind.AWAY, detail="somebody is away")
    if mail.text.lstrip().startswith("{") and (event := _event(mail, key)) is not None:
        return replace(event, digest=report.digest, about=event.about or report.about)
    return _answer(mail, report)


def _passed_on(mail: Mail) -> Mail:
    """The report that a gateway or a person passed on whole, as a message in theirs; else the message itself.

    Inside a report stands the letter that it is about, which says nothing of its own fate.
    """
    if mail.headers.kind == _REPORT:
        return mail
    inner = (Mail(part.content) for part in mail.of_kind(*_MESSAGES))
    return next((one for one in inner if one.headers.kind == _REPORT), mail)


def _answer(mail: Mail, report: Report) -> Report:
    """What a reader answers: a wish to leave, or something for a person."""
    from_person = is_person(mail)
    wants_out = _LEAVES.match(mail.subject) or (from_person and asks_to_leave(mail))
    if report.about and wants_out:
        return replace(report, kind=Kind.UNSUBSCRIBE, detail="asked by mail to be let go")
    if from_person:
        return replace(report, kind=Kind.PERSON, detail="a person wrote")
    return report


def _event(mail: Mail, key: bytes) -> Report | None:
    """A provider's event that came by mail, as SNS sends them to whoever asks for that."""
    try:
        # SNS breaks long lines with an exclamation mark.
        whole = mail.text.replace("!\n ", "")
        written = whole[whole.index("{") : whole.rindex("}") + 1]
        return next((report for report, _ in read_events(written.encode(), key)), None)
    except (SendError, ValueError):
        return None


def _complaint(report: Report, told: Feedback) -> Report:
    match told:
        case Feedback.COMPLAINT:
            kind, bounce = Kind.COMPLAINT, Bounce.COMPLAINT
            return replace(report, kind=kind, bounce=bounce, detail="complaint")
        case Feedback.AUTHENTICATION:
            return replace(report, kind=Kind.AUTHENTICATION, detail="our signatures failed")
        case _:
            return replace(report, kind=Kind.NOTHING, detail=f"feedback: {told}")


def _judged(failure: Failure, mail: Mail) -> tuple[Failure, Judged]:
    said = judged(failure.said, failure.status)
    if failure.action is Action.NONE:
        return failure, said
    if not failure.said:
        failure = replace(failure, said=prose.words_about(failure.recipient, mail))
    if said.reason is Reason.UNKNOWN:
        # Many write all they know into the text next to the fields.
        beside = judged(f"{failure.beside}\n{prose.words(mail)}", failure.status)
        said = replace(beside, status=beside.status or said.status)
    elif said.is_plain and ".1." not in said.status and _DATA.search(mail.text):
        # Some hosts say "unknown user" to letters that their own filter does not like.
        said = replace(said, is_plain=False)
    return failure, said


def _worst(report: Report, found: list[tuple[Failure, Judged]]) -> Report:
    failure, said = max(found, key=lambda one: _WEIGHT[bounce_of(*one)] + _late(one[0]))
    words = " ".join(failure.said.split()) or said.status
    detail = f"{failure.action}: {words}" if failure.action is not Action.NONE else "delivered"
    none = failure.action is Action.NONE
    return replace(
        report,
        kind=Kind.NOTHING if none else Kind.FAILURE,
        bounce=bounce_of(failure, said),
        status=failure.status or said.status,
        reason=None if none else said.reason,
        detail=detail[:_KEPT],
    )


_WEIGHT = {None: 0, Bounce.SOFT: 2, Bounce.HARD: 4}


def _late(failure: Failure) -> int:
    return {Action.NONE: 0, Action.DELAYED: 0, Action.FAILED: 1}[failure.action]
