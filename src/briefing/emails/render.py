"""Edition → email: the one entry to this room."""

from typing import Any

from briefing.emails.completeness import refuse_losses, refuse_mixed_blocks, refuse_silence
from briefing.emails.direction import spare_directions
from briefing.emails.inline import inlined, written
from briefing.emails.letterforms import keep_letterforms
from briefing.emails.merge_fields import nonce_of, refuse_unfillable, tokens
from briefing.emails.mjml import compile_mjml, normalise
from briefing.emails.plain_text import tidy
from briefing.emails.settings import EmailSettings
from briefing.emails.source_map import Places
from briefing.emails.spare_classes import spare_classes
from briefing.emails.templating import render_markup, render_text
from briefing.emails.validator import validate
from briefing.emails.view import View, shown, view_of
from briefing.errors import TemplateError
from briefing.model.edition import Edition
from briefing.model.mail import Email

_MARKUP, _TEXT, _STYLE = "briefing.mjml.j2", "briefing.txt.j2", "theme.css"


def render(edition: Edition, settings: EmailSettings) -> Email:
    """Render an edition with a design: an HTML part and a plain-text part, slots left open.

    The same edition, settings and design give the same bytes in any process.

    Raises:
        EditionError: when paid copy would stand among the stories, or there is no story.
        TemplateError: when the design does not render or loses a story; with file and line.
        TokenError: when the content could be mistaken for a reader's slot.
    """
    refuse_mixed_blocks(edition)
    content = view_of(edition, settings)
    nonce = nonce_of(content)
    view: View = {**content, "slot": tokens(nonce)}
    page, html = _page(view, settings, nonce)
    text = tidy(render_text(settings.template, _TEXT, view))
    refuse_silence(view, page.find("body"), text, settings.template)
    refuse_unfillable((html, text), nonce, settings.template)
    return Email(
        edition_id=edition.id,
        template=settings.template.name,
        subject=shown(edition.subject, settings),
        preheader=shown(edition.preheader, settings),
        html=html,
        text=text,
        nonce=nonce,
        language=settings.language,
    )


def _page(view: View, settings: EmailSettings, nonce: str) -> tuple[Any, str]:
    folder = settings.template
    if not folder.is_dir():
        raise TemplateError(
            "there is no such design; name a folder of templates/email.", path=folder
        )
    marked = normalise(render_markup(folder, _MARKUP, view))
    places = Places(marked, folder, _MARKUP)
    validate(places)
    compiled = compile_mjml(places)
    page = inlined(compiled, folder / _STYLE)
    spare_classes(page, nonce)
    spare_directions(page, nonce)
    keep_letterforms(page)
    html = written(page)
    refuse_losses(compiled, html, folder / _STYLE)
    return page, html
