"""Edition → email: Jinja, MJML, premailer and the plain-text part.

`render` and `client_simulation` are imported from their own modules: what they need is slow to import.
"""

from briefing.emails.click_links import counted_at, mark_of, story_addresses
from briefing.emails.settings import EmailSettings

__all__ = [
    "EmailSettings",
    "counted_at",
    "mark_of",
    "story_addresses",
]
