"""Edition → email: Jinja, MJML, premailer and the plain-text part."""

from briefing.emails.render import render
from briefing.emails.settings import EmailSettings

__all__ = ["EmailSettings", "render"]
