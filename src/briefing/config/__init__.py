"""config.toml and the BRIEFING_… environment → one frozen Config; the only reader of either."""

from briefing.config.load import load_config
from briefing.config.tables import Briefing, Config

__all__ = ["Briefing", "Config", "load_config"]
