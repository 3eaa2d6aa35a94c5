"""The transports, by the name config.toml gives them; a new one is one file and one line here."""

from briefing.sends.transports.base import Transport
from briefing.sends.transports.folder import FolderSettings, FolderTransport

TRANSPORTS = {"folder": FolderTransport}

__all__ = ["TRANSPORTS", "FolderSettings", "FolderTransport", "Transport"]
