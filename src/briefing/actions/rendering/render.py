"""Rendering: from a kept edition to the email that will be sent, kept next to it."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from briefing.actions.context import Desk
from briefing.actions.manifests.keep_manifest import keep_email
from briefing.actions.rendering.render_again import render_again
from briefing.actions.resolve_name import the_draft
from briefing.emails import EmailSettings, counted_at, story_addresses
from briefing.errors import StoreError
from briefing.model.edition import Edition
from briefing.model.mail import Email
from briefing.store import write_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """An email, the edition it shows and the file to open."""

    edition: Edition
    email: Email
    html: Path


def render_edition(desk: Desk, edition_id: str) -> Rendered:
    """Render a kept edition with its briefing's design and keep the result.

    Raises:
        StoreError: when there is no such edition.
        TemplateError: when the design does not render, with file and line.
        TokenError: when the content could be mistaken for a reader's slot.
    """
    edition = the_draft(desk, edition_id)
    last = desk.config.path(desk.config.data.path) / "rendered" / f"{edition.briefing}.json"
    email = _kept(desk, edition, render_again(edition, email_settings(desk, edition), last))
    return Rendered(edition=edition, email=email, html=_for_eyes(desk, email))


def _kept(desk: Desk, edition: Edition, email: Email) -> Email:
    """The email, kept as what the edition is now."""
    keep_email(desk, edition, email)
    if desk.config.public.count_clicks and desk.store.mailings.find(edition.id) is None:
        desk.store.clicks.keep(edition.id, story_addresses(edition))
    return email


def the_email(desk: Desk, edition: Edition) -> Email:
    """The email of an edition as it stands, rendered now if it changed since.

    Once its sending began, the frozen bytes. Errors as `render_edition`.
    """
    mailing = desk.store.mailings.find(edition.id)
    if mailing is not None:
        return mailing.email
    try:
        return desk.store.drafts.email(edition)
    except StoreError:
        # It has changed, so nothing that was rendered before is the same: that is not looked for.
        from briefing.emails.render import render  # noqa: PLC0415 - Jinja and MJML are slow to import

        return _kept(desk, edition, render(edition, email_settings(desk, edition)))


def _for_eyes(desk: Desk, email: Email) -> Path:
    """The two parts as files of their own, for a person to open."""
    folder = desk.config.drafts / email.edition_id
    write_whole(folder / "briefing.html", email.html.encode())
    write_whole(folder / "briefing.txt", email.text.encode())
    return folder / "briefing.html"


def email_settings(desk: Desk, edition: Edition) -> EmailSettings:
    """How config.toml has an edition's email."""
    config = desk.config
    site, briefing = config.site, config.briefing(edition.briefing)
    counts, home = config.public.count_clicks, site.public_url.rstrip("/")
    archive = f"{home}/archive/{quote(edition.briefing, safe='')}/{quote(edition.id, safe='')}"
    return EmailSettings(
        template=config.design(briefing.template),
        site_name=site.name,
        public_url=site.public_url,
        postal_address=site.postal_address,
        sponsor_label=config.sponsors.label,
        language=site.language,
        typography=site.typography,
        subscribe_url=f"{home}/subscribe/{quote(briefing.list, safe='')}",
        archive_url=archive,
        made_url=f"{archive}/made",
        opinion_at=f"{home}/opinion/{quote(edition.id, safe='')}"
        if config.public.ask_opinions
        else "",
        reply_to=config.send.reply_to.email if config.send.reply_to else "",
        count_at=counted_at(site.public_url, edition.id) if counts else "",
    )
