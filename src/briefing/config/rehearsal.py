"""[rehearsal]: whether the next edition is made at night to see what would go wrong with it."""

from pydantic import Field

from briefing.config.base import Table


class RehearsalSettings(Table):
    """When `briefing serve` rehearses."""

    #: The UTC hour after which the editions of the next day are rehearsed; never when empty.
    at: str = Field(default="", pattern=r"^$|^([01]\d|2[0-3]):[0-5]\d$", examples=["03:00"])
