"""Edition → email: the one entry to this room."""

from hashlib import sha256

from briefing.emails.inline import inline
from briefing.emails.mjml import compile_mjml
from briefing.emails.parity import refuse_losses, refuse_silence, refuse_unknown_slots
from briefing.emails.settings import EmailSettings
from briefing.emails.templating import render_marked, render_text
from briefing.emails.validator import validate
from briefing.emails.view import plain, view_of
from briefing.errors import TemplateError, TokenError
from briefing.model.edition import Edition
from briefing.model.mail import Email

_MARKUP, _TEXT, _STYLE = "briefing.mjml.j2", "briefing.txt.j2", "theme.css"


def render(edition: Edition, settings: EmailSettings) -> Email:
    """Render an edition with a design: Jinja → MJML → HTML → inlined HTML, and the text part.

    The same edition, settings and templates give the same bytes, in any process.

    Raises:
        TemplateError: when the design does not render or loses a story; with file and line.
        TokenError: when the content could be mistaken for a reader's slot.
    """
    folder = settings.template
    if not folder.is_dir():
        raise TemplateError(
            "there is no such design; name a folder of templates/email/.", path=folder
        )
    nonce = _nonce(edition)
    view = view_of(edition, settings, nonce)
    marked = render_marked(folder, _MARKUP, view)
    validate(marked, folder)
    compiled = compile_mjml(marked, folder / _MARKUP)
    html = inline(compiled, folder / _STYLE)
    text = _tidy(render_text(folder, _TEXT, view))
    refuse_losses(compiled, html, folder / _STYLE)
    refuse_silence(view, html, text, folder)
    refuse_unknown_slots((html, text), nonce, folder)
    return Email(
        edition_id=edition.id,
        template=folder.name,
        subject=plain(edition.subject),
        preheader=plain(edition.preheader),
        html=html,
        text=text,
        nonce=nonce,
        language=settings.language,
    )


def _nonce(edition: Edition) -> str:
    """A beginning for tokens that the content does not hold; the same edition gives the same one."""
    content = repr(edition)
    for attempt in range(16):
        nonce = "BRF" + sha256(f"{attempt}{content}".encode("utf-8", "replace")).hexdigest()[:6]
        if nonce not in content:
            return nonce
    raise TokenError(f"{edition.id}: the content holds every token tried; change its wording.")


def _tidy(text: str) -> str:
    """No trailing spaces, never two blank lines, and no line a mail program would read as its own."""
    lines: list[str] = []
    for line in (line.rstrip() for line in text.splitlines()):
        if line.startswith("From ") or line == "--":
            line = f" {line}"  # noqa: PLW2901 - mbox and signature marks stand at the line's start
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip("\n") + "\n"
