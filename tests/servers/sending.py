"""A house whose relay is a real mail server."""

from tests.desks import act

from briefing.actions.admin.init import make_house
from briefing.actions.editions.draft import draft
from briefing.actions.rendering.render import render_edition
from briefing.config import load_config


def begun(folder, port, readers, **more):
    """A house with that many readers and a rendered edition, whose relay listens there."""
    return read_by(
        folder, port, [f"reader{number}@example.net" for number in range(readers)], **more
    )


def read_by(folder, port, addresses, **more):
    """As `begun`, for readers of these addresses."""
    make_house(folder)
    lines = (f"{address},Zoë {number}," for number, address in enumerate(addresses))
    path = folder / "seeds" / "subscribers.csv"
    path.write_text("email,name,tags\n" + "\n".join(lines) + "\n", encoding="utf-8")
    settings = {
        "BRIEFING_SEND__TRANSPORT": "smtp",
        "BRIEFING_SEND__SMTP__HOST": "127.0.0.1",
        "BRIEFING_SEND__SMTP__PORT": str(port),
        "BRIEFING_SEND__SMTP__SECURITY": "none",
        "BRIEFING_SEND__BOUNCE_ADDRESS": "bounces@example.org",
    }
    config = load_config(folder / "config.toml", settings | more)
    edition = act(draft, config, "staggers").edition.id
    return config, edition, act(render_edition, config, edition)
