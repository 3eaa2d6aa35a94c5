"""Names that config.toml may still give although they have changed."""

from briefing.config.models import Config
from briefing.digests.settings import OLD_NAMES


def old_engine_name(config: Config) -> str:
    """A sentence on the engine's old name; empty when config.toml gives today's."""
    written = config.digest.engine
    if written not in OLD_NAMES:
        return ""
    return (
        f'digest.engine = "{written}" is called "{OLD_NAMES[written]}" now: the rating is Sumy\'s, and what '
        "was the desk's is done for every engine. The old name is still taken; write the new one."
    )
