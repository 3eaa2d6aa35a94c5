"""`briefing render`: from an edition to the email."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from briefing.cli.console import (
    ConfigOption,
    EditionArgument,
    JsonOption,
    at_desk,
    out,
    print_json,
    show_facts,
    warn,
)

if TYPE_CHECKING:
    from briefing.actions.rendering.render import Rendered


def render(
    edition: EditionArgument = None,
    as_json: JsonOption = False,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Render a drafted edition with its design: HTML, plain text, subject and preheader."""
    from briefing.actions.rendering.render import render_edition
    from briefing.actions.resolve_name import the_edition
    from briefing.actions.review.gate import refusal

    with at_desk(config) as desk:
        rendered = render_edition(desk, the_edition(desk, edition))
        if as_json:
            print_json(json.dumps(_record(rendered), ensure_ascii=False, indent=2))
            return
        show_facts(email_facts(rendered))
        out.print(Text(f"Look: {rendered.html}", style="bold"))
        refused = refusal(desk, rendered.edition.id)
    if refused is None:
        out.print(Text(f"Next: briefing send {rendered.edition.id}", style="bold"))
    else:
        warn(str(refused))


def email_facts(rendered: Rendered) -> tuple[tuple[str, str], ...]:
    """What a person wants to know of a rendered email."""
    email = rendered.email
    sizes = (
        f"{len(email.html.encode()):,} bytes of HTML, {len(email.text.encode()):,} of plain text"
    )
    return ("Subject", email.subject), ("Preheader", email.preheader), ("Email", sizes)


def _record(rendered: Rendered) -> dict[str, object]:
    email = rendered.email
    return {
        "edition": email.edition_id,
        "subject": email.subject,
        "preheader": email.preheader,
        "html": str(rendered.html),
        "text": str(rendered.html.with_suffix(".txt")),
        "html_bytes": len(email.html.encode()),
        "text_bytes": len(email.text.encode()),
    }
