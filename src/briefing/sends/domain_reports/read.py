"""The bytes of an attachment → the domain reports in it."""

from briefing.errors import SendError
from briefing.model.network.domain_report import DomainReport
from briefing.sends.domain_reports.dmarc import read_dmarc
from briefing.sends.domain_reports.tls import read_tls
from briefing.sends.domain_reports.unpack import unpacked


def read_domain_report(content: bytes) -> tuple[DomainReport, ...]:
    """The reports in an attachment, packed or not.

    Args:
        content: XML of RFC 7489 or JSON of RFC 8460, as it is or in gzip or zip.

    Raises:
        SendError: when there is none in it; a sentence that names the report and what is wrong.
    """
    try:
        found = unpacked(content)
        return read_tls(found) if found.lstrip().startswith(b"{") else (read_dmarc(found),)
    except SendError as error:
        raise SendError(f"a report on our domain cannot be read: {error}") from error
