"""When the certificate ends that a relay showed."""

import ssl
from datetime import UTC, datetime

from briefing.sends.transports.base import Connection
from briefing.sends.transports.smtp_connection import SmtpConnection


def certificate_end(connection: Connection) -> datetime | None:
    """When it ends, in UTC; None where a session is in clear, or there is no relay."""
    if not isinstance(connection, SmtpConnection):
        return None
    ends = (connection.certificate or {}).get("notAfter")
    if not isinstance(ends, str):
        return None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC)
