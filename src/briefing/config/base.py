"""What every table of config.toml is."""

from pydantic import BaseModel, ConfigDict


class Table(BaseModel):
    """A table that takes the keys it names, of the types it names, and nothing else.

    What reads a table is built with what reads the whole file, once, and not for each table alone. So
    the value of a table that is left out is made by `model_construct`, which reads nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)
