"""Edition → email: Jinja, MJML, premailer and the plain-text part."""

from briefing.emails.click_links import mark_of, story_addresses
from briefing.emails.client_simulation import (
    as_outlook,
    forced_dark,
    without_images,
    without_styles,
)
from briefing.emails.render import render
from briefing.emails.settings import EmailSettings

__all__ = [
    "EmailSettings",
    "as_outlook",
    "forced_dark",
    "mark_of",
    "render",
    "story_addresses",
    "without_images",
    "without_styles",
]
