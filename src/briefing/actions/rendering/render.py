"""Rendering: from a kept edition to the email that will be sent, kept beside it."""

from dataclasses import dataclass
from pathlib import Path

from briefing.actions.open_store import the_store
from briefing.actions.resolve_name import the_draft
from briefing.config import Config
from briefing.emails import EmailSettings, render, story_addresses
from briefing.errors import StoreError
from briefing.model.edition import Edition
from briefing.model.mail import Email
from briefing.store import Store, write_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """An email, the edition it shows and the file to open."""

    edition: Edition
    email: Email
    html: Path


def render_edition(config: Config, edition_id: str) -> Rendered:
    """Render a kept edition with its briefing's design and keep the result.

    Raises:
        StoreError: when there is no such edition.
        TemplateError: when the design does not render, with file and line.
        TokenError: when the content could be mistaken for a reader's slot.
    """
    with the_store(config) as store:
        edition = the_draft(store, edition_id)
        email = render_draft(config, store, edition)
    return Rendered(edition=edition, email=email, html=_for_eyes(config, email))


def render_draft(config: Config, store: Store, edition: Edition) -> Email:
    """Render an edition as it stands and keep the email. Errors as `render_edition`."""
    email = render(edition, _settings(config, edition))
    store.drafts.save_email(email, edition)
    if config.public.count_clicks and store.mailings.find(edition.id) is None:
        store.clicks.keep(edition.id, story_addresses(edition))
    return email


def the_email(config: Config, store: Store, edition: Edition) -> Email:
    """The email of an edition as it stands, rendered now if it changed since.

    Once its sending began, the frozen bytes. Errors as `render_edition`.
    """
    mailing = store.mailings.find(edition.id)
    if mailing is not None:
        return mailing.email
    try:
        return store.drafts.email(edition)
    except StoreError:
        return render_draft(config, store, edition)


def _for_eyes(config: Config, email: Email) -> Path:
    """The two parts as files of their own, for a person to open."""
    folder = config.drafts / email.edition_id
    write_whole(folder / "briefing.html", email.html.encode())
    write_whole(folder / "briefing.txt", email.text.encode())
    return folder / "briefing.html"


def _settings(config: Config, edition: Edition) -> EmailSettings:
    briefing = config.briefing(edition.briefing)
    return EmailSettings(
        template=config.design(briefing.template),
        site_name=config.site.name,
        public_url=config.site.public_url,
        postal_address=config.site.postal_address,
        sponsor_label=config.sponsors.label,
        language=config.site.language,
        count_at=(
            f"{config.site.public_url.rstrip('/')}/c/{edition.id}"
            if config.public.count_clicks
            else ""
        ),
    )
