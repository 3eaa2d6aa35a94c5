"""Picking: which briefing or edition a person means when they name one, or none."""

from briefing.config import Config
from briefing.errors import ConfigError, EditionHeld
from briefing.model.edition import Edition
from briefing.model.mail import Email
from briefing.store import Drafts


def the_briefing(config: Config, name: str | None) -> str:
    """The named briefing; without a name, the only one there is.

    Raises:
        ConfigError: when there is no such briefing, or several and none was named.
    """
    if name is not None:
        config.briefing(name)
        return name
    if len(config.briefings) > 1:
        known = ", ".join(sorted(config.briefings))
        raise ConfigError((f"config.toml has several briefings; name one of: {known}.",))
    return next(iter(config.briefings))


def the_edition(config: Config, name: str | None) -> str:
    """The named edition; for a briefing's name, or none, the newest edition of that briefing.

    Raises:
        ConfigError: when several briefings are there and none was named.
        StoreError: when there is no edition to pick.
    """
    drafts = Drafts(config.drafts)
    if name is not None and name not in config.briefings:
        return drafts.edition(name).id
    return drafts.newest(the_briefing(config, name))


def the_list(config: Config, name: str | None) -> str:
    """The named list; without a name, the only one there is.

    Raises:
        ConfigError: when there is no such list, or several and none was named.
    """
    known = ", ".join(sorted(config.lists))
    if name is None and len(config.lists) > 1:
        raise ConfigError((f"config.toml has several lists; name one with --list: {known}.",))
    chosen = name or next(iter(config.lists))
    if chosen not in config.lists:
        raise ConfigError((f"There is no list {chosen!r}; config.toml has: {known}.",))
    return chosen


def the_rendered(config: Config, edition_id: str) -> tuple[Edition, Email]:
    """An edition that may be sent, and its email.

    Raises:
        StoreError: when it is not there or not rendered.
        EditionHeld: when a piece of it waits for a person's decision.
    """
    drafts = Drafts(config.drafts)
    edition = drafts.edition(edition_id)
    if edition.held:
        raise EditionHeld(
            f"{edition_id} is held: {len(edition.held)} of its pieces may be paid for. "
            "Decide with a [[sponsors.rule]] and draft again."
        )
    return edition, drafts.email(edition_id)
