"""config.toml and the BRIEFING_… environment → one frozen Config; the only reader of either."""

from briefing.config.briefing import Briefing, StandingBlock
from briefing.config.desk import DeskSettings
from briefing.config.lists import ReaderList, Topic
from briefing.config.load import load_config
from briefing.config.models import Config, config_schema
from briefing.config.old_names import old_engine_name
from briefing.config.sources import FeedSource, PagesSource, Source, UrlsSource

__all__ = [
    "Briefing",
    "Config",
    "DeskSettings",
    "FeedSource",
    "PagesSource",
    "ReaderList",
    "Source",
    "StandingBlock",
    "Topic",
    "UrlsSource",
    "config_schema",
    "load_config",
    "old_engine_name",
]
