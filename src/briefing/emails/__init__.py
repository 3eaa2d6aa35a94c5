"""Edition → email: Jinja, MJML, premailer and the plain-text part.

`render` is imported from its own module: what it needs is slow to import, and few commands render.
"""

from briefing.emails.click_links import mark_of, story_addresses
from briefing.emails.client_simulation import (
    as_outlook,
    forced_dark,
    without_images,
    without_styles,
)
from briefing.emails.settings import EmailSettings

__all__ = [
    "EmailSettings",
    "as_outlook",
    "forced_dark",
    "mark_of",
    "story_addresses",
    "without_images",
    "without_styles",
]
