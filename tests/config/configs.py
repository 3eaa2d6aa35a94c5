"""A config.toml in order, and the faults of one that is not."""

import pytest

from briefing.config import load_config
from briefing.errors import ConfigError

GOOD = """\
[site]
name = "The Desk"
public_url = "https://briefing.example.org"
postal_address = "1 Example Street"

[sources.pages]
kind = "pages"
path = "pages"

[lists.readers]
path = "readers.csv"

[briefings.daily]
title = "Daily"
template = "staggers"
list = "readers"
sources = ["pages"]

[send]
from = { email = "desk@example.org" }
"""


def faults(path, environ=None):
    with pytest.raises(ConfigError) as caught:
        load_config(path, environ or {})
    return caught.value.faults
