"""Reading and checking the configuration, all of it, before anything is done with it."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from briefing.config.models import Config
from briefing.config.reference_faults import dangling
from briefing.config.shape_faults import misshapen
from briefing.config.toml_source import Key, RawConfig
from briefing.errors import ConfigError

#: Keys whose values are never shown, wherever somebody wrote them.
_SECRET = ("password", "database", "webhook", "secret")
_ADDRESS = ("database", "url")


def load_config(path: Path, environ: Mapping[str, str] | None = None) -> Config:
    """Read config.toml.

    Args:
        path: the file.
        environ: the environment; the process's own when None.

    Raises:
        ConfigError: with a sentence for every fault: place, key, value, what is allowed.
    """
    raw = RawConfig(path, os.environ if environ is None else environ)
    try:
        config, shape = _validate(raw), []
    except ValidationError as error:
        config, shape = None, list(misshapen(error))
    faults = dict((*dangling(raw), *shape))
    if faults or config is None:
        raise ConfigError(
            tuple(_sentence(raw, key, faults[key]) for key in sorted(faults, key=raw.order))
        )
    return config


def _validate(raw: RawConfig) -> Config:
    """By way of JSON, because there lists may fill tuples while all else stays strict."""
    values = {**raw.data, "home": str(raw.home)}
    return Config.model_validate_json(json.dumps(values, default=str))


def _sentence(raw: RawConfig, key: Key, fault: str) -> str:
    dotted = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in key)
    is_secret = key[-1] in _SECRET or key == _ADDRESS
    value = "…" if is_secret and raw.get(*key) else raw.get(*key)
    shown = f" = {json.dumps(value, default=str, ensure_ascii=False)}"
    return f"{raw.place(key)}: {dotted.lstrip('.')}{'' if value is None else shown}: {fault}."
