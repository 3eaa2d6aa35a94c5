"""The tables of sources: each kind takes its own keys, and a fault names line, key and value."""

import pytest

from briefing.actions.admin.init import make_house
from briefing.config import FeedSource, load_config
from briefing.errors import ConfigError


def load(folder, table, environment=None):
    make_house(folder)
    path = folder / "config.toml"
    path.write_text(path.read_text().replace("[sponsors]", f"[sources.x]\n{table}\n\n[sponsors]"))
    return load_config(path, environment or {})


def test_a_feed_has_limits_without_naming_any(tmp_path):
    source = load(tmp_path, 'kind = "feed"\nurl = "https://a.example/feed"').sources["x"]
    assert isinstance(source, FeedSource)
    assert (source.first_run, source.days, source.most, source.full_text) == (20, 7, 50, False)


@pytest.mark.parametrize(
    ("table", "line", "words"),
    [
        ('kind = "fead"', 'sources.x.kind = "fead"', "must be one of 'pages', 'feed', 'urls'"),
        ('url = "https://a.example"', "sources.x.kind", "is missing"),
        ('kind = "feed"', "sources.x.url", "is missing"),
        (
            'kind = "feed"\nurl = "ftp://a.example"',
            'sources.x.url = "ftp://a.example"',
            "must look like",
        ),
        ('kind = "feed"\nurl = "https://me@a.example"', "sources.x.url", "must look like"),
        ('kind = "feed"\nurl = "https://a.example"\nurls = []', "sources.x.urls", "no such key"),
        (
            'kind = "pages"\npath = "seeds"\ndays = 3',
            "sources.x.days = 3",
            "known: first_run, kind",
        ),
        ('kind = "feed"\nurl = "https://a.example"\nmost = 0', "sources.x.most = 0", "1 or more"),
        ('kind = "urls"\nurls = []', "sources.x.urls", "must not be empty"),
        ('kind = "urls"\nurls = ["x"]', 'sources.x.urls[0] = "x"', "must look like"),
        ('kind = "pages"\npath = "nowhere"', 'sources.x.path = "nowhere"', "there is no folder"),
        (
            'kind = "pages"\npath = "seeds"\nremove_css = ["p["]',
            "remove_css[0]",
            "not a CSS selector",
        ),
        (
            'kind = "pages"\npath = "seeds"\nremove_lines = ["("]',
            "remove_lines[0]",
            "not a regular",
        ),
        (
            'kind = "pages"\npath = "seeds"\nlanguage = "english please"',
            "language",
            "must look like",
        ),
    ],
)
def test_a_fault_names_place_value_and_what_is_allowed(tmp_path, table, line, words):
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, table)
    (fault,) = caught.value.faults
    assert line in fault
    assert words in fault
    assert "config.toml:" in fault


def test_an_entry_of_the_allow_list_that_means_nothing_is_a_fault(tmp_path):
    with pytest.raises(ConfigError, match="neither a host nor a network"):
        load(
            tmp_path,
            'kind = "pages"\npath = "seeds"',
            {"BRIEFING_FETCH__ALLOW": '["http://wiki.example"]'},
        )
