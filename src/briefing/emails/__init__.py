"""Edition → email: Jinja, MJML, premailer and the plain-text part."""

from briefing.emails.previews import as_outlook, forced_dark, without_images, without_styles
from briefing.emails.render import render
from briefing.emails.settings import EmailSettings

__all__ = [
    "EmailSettings",
    "as_outlook",
    "forced_dark",
    "render",
    "without_images",
    "without_styles",
]
