"""`briefing check`: is config.toml in order?"""

from pathlib import Path

from briefing.cli.console import ConfigOption, configuration, say


def check(config: ConfigOption = Path("config.toml")) -> None:
    """Check config.toml and name every fault in it: line, key, value and what is allowed."""
    checked = configuration(config)
    names = ", ".join(sorted(checked.briefings))
    say(f"{config} is in order. Briefings: {names}.", style="green")
