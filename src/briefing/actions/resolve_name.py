"""Picking: which briefing or edition a person means when they name one, or none."""

from briefing.actions.context import Desk
from briefing.editions import edited
from briefing.errors import ConfigError, EditionHeld
from briefing.model.edition import Edition
from briefing.model.mail import Email

#: Slots that are looked through for an edition's.
_NEWEST = 10


def the_briefing(desk: Desk, name: str | None) -> str:
    """The named briefing; without a name, the only one there is.

    Raises:
        ConfigError: when there is no such briefing, or several and none was named.
    """
    if name is not None:
        desk.config.briefing(name)
        return name
    if len(desk.config.briefings) > 1:
        known = ", ".join(sorted(desk.config.briefings))
        raise ConfigError((f"config.toml has several briefings; name one of: {known}.",))
    return next(iter(desk.config.briefings))


def the_edition(desk: Desk, name: str | None) -> str:
    """The named edition; for a briefing's name, or none, the newest edition of that briefing.

    Raises:
        ConfigError: when several briefings are there and none was named.
        StoreError: when there is no edition to pick.
    """
    if name is not None and name not in desk.config.briefings:
        return desk.store.drafts.version(name).edition
    return desk.store.drafts.newest(the_briefing(desk, name))


def the_draft(desk: Desk, edition_id: str) -> Edition:
    """An edition as it stands, every editor's change made.

    Raises:
        StoreError: when there is none, naming those there are.
    """
    version = desk.store.drafts.version(edition_id)
    return edited(version.base, version.changes).edition


def the_list(desk: Desk, name: str | None) -> str:
    """The named list; without a name, the only one there is.

    Raises:
        ConfigError: when there is no such list, or several and none was named.
    """
    known = ", ".join(sorted(desk.config.lists))
    if name is None and len(desk.config.lists) > 1:
        raise ConfigError((f"config.toml has several lists; name one with --list: {known}.",))
    chosen = name or next(iter(desk.config.lists))
    if chosen not in desk.config.lists:
        raise ConfigError((f"There is no list {chosen!r}; config.toml has: {known}.",))
    return chosen


def list_of(desk: Desk, edition: Edition) -> str:
    """Whom an edition goes to: the briefing's list, unless editors chose another for its slot."""
    day = f"{edition.slot:%Y-%m-%d}"
    for record in desk.store.slots.newest(edition.briefing, _NEWEST):
        is_its = record.edition == edition.id or (not record.edition and record.slot[:10] == day)
        if is_its and record.list in desk.config.lists:
            return record.list
    return desk.config.briefing(edition.briefing).list


def the_rendered(desk: Desk, edition_id: str) -> tuple[Edition, Email]:
    """An edition that is rendered and not held, and its email.

    Raises:
        StoreError: when it is not there or not rendered.
        EditionHeld: when a piece of it waits for a person's decision.
    """
    edition = the_draft(desk, edition_id)
    refuse_held(edition)
    return edition, desk.store.drafts.email(edition)


def refuse_held(edition: Edition) -> None:
    """Let nothing pass while a piece of it may be somebody else's copy.

    Raises:
        EditionHeld: when a piece of it waits for a person's decision.
    """
    if edition.held:
        raise EditionHeld(
            f"{edition.id} is held: who speaks in {len(edition.held)} of its pieces is open. "
            "Decide at the editors' desk, or with a [[sponsors.rule]] and `briefing draft`."
        )
