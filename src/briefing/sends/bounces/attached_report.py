"""A message with a report on our domain attached: is it one, and what does it say.

Receivers mail DMARC aggregates (RFC 7489 section 7.2.1.1) and TLS reports (RFC 8460 section 5.3) to the
address that DNS names, which is most often that of the bounces.
"""

import re
from dataclasses import replace

from briefing.errors import SendError
from briefing.sends.bounces.parts import LONGEST, Mail, Part
from briefing.sends.bounces.verdict import Kind, Report
from briefing.sends.domain_reports import read_domain_report

#: Bytes of a message with a report in it.
LARGEST = 20 * 1024 * 1024
_PACKED = re.compile(
    r"application/(?:x-)?(?:gzip|zip|xml|json|octet-stream|zip-compressed)|text/(?:xml|json)"
)
_OWN = ("application/tlsrpt+gzip", "application/tlsrpt+json")
_SUBJECT = re.compile(r"\breport[- ]domain\s*:", re.IGNORECASE)
#: receiver!domain!begin!end, as both kinds are named.
_NAME = re.compile(r"[^!\s\"]{1,255}![^!\s\"]{1,255}!\d{1,12}!\d{1,12}\b")


def attached_report(mail: Mail, report: Report, content: bytes) -> Report | None:
    """What the attachment says; None when there is none that claims to be a report on a domain.

    Args:
        mail: the message.
        report: what is known of it so far.
        content: the whole of it; only the first `LONGEST` bytes of it are in `mail`.
    """
    part = _found(mail)
    if part is None:
        return None
    if len(content) > LONGEST:
        part = _found(Mail(content, LARGEST)) or part
    try:
        reports = read_domain_report(part.content)
    except SendError as error:
        return replace(report, kind=Kind.UNREAD, about=None, detail=str(error))
    return replace(
        report,
        kind=Kind.DOMAIN_REPORT,
        about=None,
        domain_reports=reports,
        detail=f"{reports[0].kind} report of {reports[0].organisation}",
    )


def _found(mail: Mail) -> Part | None:
    is_said = bool(_SUBJECT.search(mail.subject)) or "tls-report-domain" in mail.headers
    for part in mail.parts:
        if part.kind in _OWN:
            return part
        if _PACKED.fullmatch(part.kind) and (is_said or _NAME.search(_named(part))):
            return part
    return None


def _named(part: Part) -> str:
    return f"{part.headers.get('content-disposition')} {part.headers.get('content-type')}"
