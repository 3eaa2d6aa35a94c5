"""The schema that editors get is the one the program holds to."""

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from briefing.config import config_schema

ROOT = Path(__file__).parents[2]
SHIPPED = tomllib.loads((ROOT / "config.toml").read_text())


def plain(value):
    """As JSON: dates become text."""
    return json.loads(json.dumps(value, default=str))


def test_the_schema_in_docs_is_the_programs_own():
    written = json.loads((ROOT / "docs" / "config.schema.json").read_text())
    assert written == config_schema(), (
        "run `.venv/bin/briefing check --schema > docs/config.schema.json`"
    )


def test_the_shipped_file_holds_to_it():
    jsonschema.Draft202012Validator.check_schema(config_schema())
    jsonschema.validate(plain(SHIPPED), config_schema())


@pytest.mark.parametrize(
    ("table", "key", "value"),
    [
        ("site", "nme", "x"),
        ("send", "on_doubt", "forget"),
        ("health", "listen", "nowhere"),
        ("digest", "sentences", "five"),
    ],
)
def test_what_the_program_refuses_the_schema_refuses_too(table, key, value):
    config = plain(SHIPPED)
    config[table][key] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(config, config_schema())
