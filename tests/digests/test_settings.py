"""The names that config.toml may give are those of the engines."""

from briefing.digests.engines import ENGINES
from briefing.digests.settings import DEFAULT, ENGINE_NAMES, OLD_NAMES


def test_each_engine_has_its_name_in_the_settings_and_no_other_stands_there():
    assert tuple(ENGINES) == ENGINE_NAMES
    assert {DEFAULT, *OLD_NAMES.values()} <= set(ENGINES)
