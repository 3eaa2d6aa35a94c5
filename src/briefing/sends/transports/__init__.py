"""The transports, by the name config.toml gives them; a new one is one file and one line here."""

from briefing.sends.transports.base import Connection, Transport
from briefing.sends.transports.certificates import certificate_end
from briefing.sends.transports.fault_sink import FaultSink
from briefing.sends.transports.folder import FolderSettings, FolderTransport
from briefing.sends.transports.smtp import SmtpSettings, SmtpTransport

#: Each is called with the settings of its own table in `[send]`.
TRANSPORTS = {"folder": FolderTransport, "smtp": SmtpTransport}

__all__ = [
    "TRANSPORTS",
    "Connection",
    "FaultSink",
    "FolderSettings",
    "FolderTransport",
    "SmtpSettings",
    "SmtpTransport",
    "Transport",
    "certificate_end",
]
