"""Email + subscriber → letter → delivery."""

from briefing.sends.letters import LetterSettings, Postman
from briefing.sends.transports import TRANSPORTS

__all__ = ["TRANSPORTS", "LetterSettings", "Postman"]
