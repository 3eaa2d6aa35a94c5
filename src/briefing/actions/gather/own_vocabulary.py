"""The newsroom's own rows of the vocabulary (`[vocabulary] path`), proved before a page is read by them."""

from pathlib import Path

from briefing.articles.vocabulary.tables import PageVocabulary
from briefing.config import Config
from briefing.errors import ConfigError


def own_vocabulary(config: Config) -> Path | None:
    """The folder of the newsroom's own rows; None when it has none."""
    return config.path(config.vocabulary.path) if config.vocabulary.path else None


def refuse_faulty_rows(config: Config) -> None:
    """Refuse rows that do not find their own examples, since they would find other things than meant.

    Raises:
        ConfigError: with a sentence for every fault: file, row and what to do.
    """
    folder = own_vocabulary(config)
    faults = tuple(PageVocabulary(folder).faults()) if folder else ()
    if faults:
        raise ConfigError(faults)
