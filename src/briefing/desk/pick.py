"""Picking: which briefing or edition a person means when they name one, or none."""

from briefing.config import Config
from briefing.errors import ConfigError
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
