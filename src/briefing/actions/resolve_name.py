"""Picking: which briefing or edition a person means when they name one, or none."""

from briefing.actions.open_store import the_store
from briefing.config import Config
from briefing.editions import edited
from briefing.errors import ConfigError, EditionHeld
from briefing.model.edition import Edition
from briefing.model.mail import Email
from briefing.store import Store


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
    with the_store(config) as store:
        if name is not None and name not in config.briefings:
            return store.drafts.version(name).edition
        return store.drafts.newest(the_briefing(config, name))


def the_draft(store: Store, edition_id: str) -> Edition:
    """An edition as it stands, every editor's change made.

    Raises:
        StoreError: when there is none, naming those there are.
    """
    version = store.drafts.version(edition_id)
    return edited(version.base, version.changes).edition


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


def the_rendered(store: Store, edition_id: str) -> tuple[Edition, Email]:
    """An edition that is rendered and not held, and its email.

    Raises:
        StoreError: when it is not there or not rendered.
        EditionHeld: when a piece of it waits for a person's decision.
    """
    edition = the_draft(store, edition_id)
    refuse_held(edition)
    return edition, store.drafts.email(edition)


def refuse_held(edition: Edition) -> None:
    """Let nothing pass while a piece of it may be paid for.

    Raises:
        EditionHeld: when a piece of it waits for a person's decision.
    """
    if edition.held:
        raise EditionHeld(
            f"{edition.id} is held: {len(edition.held)} of its pieces may be paid for. "
            "Decide at the editors' desk, or with a [[sponsors.rule]] and `briefing draft`."
        )
