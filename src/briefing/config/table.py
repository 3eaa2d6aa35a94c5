"""What every table of config.toml is."""

from pydantic import BaseModel, ConfigDict


class Table(BaseModel):
    """A table that takes the keys it names, of the types it names, and nothing else."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
