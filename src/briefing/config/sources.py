"""The [sources.…] tables of config.toml: where pages come from."""

from typing import Literal

from briefing.config.table import Table


class Source(Table):
    """A place that pages come from."""

    kind: Literal["pages"]
    path: str
