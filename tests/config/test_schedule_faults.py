"""Faults of a schedule and of the file itself, each at the key and on the line it was written."""

from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from briefing.actions.admin.init import make_house
from briefing.actions.schedule.upcoming import in_the_gap, next_dates, steps_of_a_month
from briefing.cli.main import app
from briefing.config import load_config
from briefing.errors import ConfigError

HOUR = '# at      = "06:30" '
GAP = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def house(tmp_path):
    make_house(tmp_path)
    (tmp_path / "latin").write_bytes(b"pass\xe9")
    return tmp_path


def faults(house, old, new):
    """The sentences about the shipped file with one text in another's place."""
    path = house / "config.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    line = text[: text.index(old)].count("\n") + 1
    with pytest.raises(ConfigError) as caught:
        load_config(path, {})
    return line, [fault.removeprefix(f"{path}:") for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("old", "new", "below", "said"),
    [
        (HOUR, 'at = "06:30"\ndays = "mon-fry"', 1, "briefings.staggers.days = "),
        (HOUR, 'at = "25:30"\ndays = "mon-fri"', 0, "briefings.staggers.at = "),
        (HOUR, 'days = "mon-fri"', 0, 'names no hour, so nothing would be sent; add at = "06:30"'),
        (HOUR, 'cron = "0 6 * * *"\ndays = "mon"', 1, "does not go with cron"),
        (HOUR, 'cron = "0 6 31 2 *"', 0, "never comes"),
        ("[briefings.staggers]", "[briefings.staggers]\n[briefings.staggers]", 1, "twice"),
        ("draft_at  = 60", "draft_at = 60\ndraft_at = 50", 1, "draft_at: this is not valid TOML"),
        (
            '# password_file = "/run/secrets/relay"',
            'password_file = "latin"',
            0,
            "it is not text in utf-8",
        ),
        ('# password_file = "/run/secrets/relay"', 'password_file = "no"', 0, "there is no file"),
    ],
)
def test_a_fault_stands_at_its_own_key_and_line(house, old, new, below, said):
    line, (fault,) = faults(house, old, new)
    assert fault.startswith(f"{line + below}: ")
    assert said in fault


def test_two_faults_of_a_schedule_are_told_at_once(house):
    _, found = faults(house, HOUR, 'at = "25:30"\ndays = "mon-fry"')
    assert [fault.split()[1] for fault in found] == [
        "briefings.staggers.at",
        "briefings.staggers.days",
    ]


def test_what_is_no_toml_never_shows_a_secret(house):
    for written in ('password = "geh\x01eim"', 'password = """\ngeh\x01eim=="""'):
        old = '# password_file = "/run/secrets/relay"'
        _, found = faults(house, old, written)
        assert "eim" not in "".join(found)
        make_again = (house / "config.toml").read_text().replace(written, old)
        (house / "config.toml").write_text(make_again)


def test_a_fault_at_the_databases_address_never_shows_its_password(house):
    shown = []
    for old, written in (
        ('url = ""  ', 'url = ["postgresql://briefing:geheim@host/briefing"]'),
        ("[database]", 'database = "postgresql://briefing:geheim@host/briefing"\n[database]'),
    ):
        _, found = faults(house, old, written)
        shown += found
        text = (house / "config.toml").read_text().replace(written, old)
        (house / "config.toml").write_text(text)
    assert any("database.url" in sentence for sentence in shown)
    assert any("data.database" in sentence for sentence in shown)
    assert "geheim" not in "".join(shown)


def test_a_file_of_nothing_but_brackets_is_a_sentence(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text("a = " + "[" * 5_000)
    with pytest.raises(ConfigError, match=r"config\.toml: this is not valid TOML: too many"):
        load_config(path, {})


@pytest.mark.parametrize(
    ("at", "said"), [("01:30", ("28 March 2027", "comes at 02:00")), ("06:30", ())]
)
def test_an_hour_that_the_clocks_jump_over_is_spoken_of(house, at, said):
    config = load_config(house / "config.toml", {"BRIEFING_BRIEFINGS__STAGGERS__AT": f'"{at}"'})
    found = in_the_gap(config, lambda: GAP)
    assert len(found) == bool(said)
    assert all(words in "".join(found) for words in ("", *said))


def test_a_day_beyond_the_timetable_is_a_sentence(house, monkeypatch):
    monkeypatch.setenv("BRIEFING_BRIEFINGS__STAGGERS__AT", "06:30")
    path = str(house / "config.toml")
    far = CliRunner().invoke(app, ["schedule", "--until", "9999-12-31", "--config", path])
    assert far.exit_code == 2
    assert "too far ahead" in far.output
    past = CliRunner().invoke(app, ["schedule", "--until", "2020-12-31", "--config", path])
    assert "No edition is due up to 2020-12-31" in past.output


#: A second briefing in which every value is a fault, and what is said of each.
BAD = {
    'time_zone = "Europe/Londn"': "did you mean 'Europe/London'?",
    'cron = "0 25 * * *"': "is not a schedule",
    'list = "reader"': "did you mean 'readers'?",
    'template = "stagers"': "there is no folder",
    'sources = ["saved_pages", "wire"]': "there is no such source",
    'title = ""': "must not be empty",
    'draft_at = "an hour"': "must be a whole number",
    'holidays = ["2026-02-30"]': "holidays[0]",
    'on_unapproved = "wait"': "must be one of 'hold', 'skip' or 'alert'",
    "max_items = 0": "must be 1 or more",
    'latest = "08:30"': "there is no such key",
}


@pytest.mark.parametrize("command", ["serve", "scheduler", "sender", "check", "run"])
def test_every_fault_is_told_at_once_with_line_and_key_and_nothing_starts(house, command):
    path = house / "config.toml"
    (house / "latin").write_bytes(b"pass\xe9")
    text = path.read_text().replace(
        '# password_file = "/run/secrets/relay"', 'password_file = "latin"', 1
    )
    path.write_text(text + "\n[briefings.evening]\n" + "\n".join(BAD) + "\n")
    lines = path.read_text().splitlines()
    ran = CliRunner().invoke(app, [command, "--config", str(path)])
    assert ran.exit_code != 0
    told = f"{ran.exception}"
    wanted = {'password_file = "latin"': "it is not text in utf-8", **BAD}
    for written, said in wanted.items():
        key = written.partition(" =")[0]
        place = f"{path}:{lines.index(written) + 1}: "
        (sentence,) = [one for one in told.splitlines() if place in one]
        assert key in sentence
        assert said in sentence
    assert told.count(f"{path}:") == len(wanted)
    assert not (house / "var").exists()


@pytest.mark.parametrize(
    ("new", "below", "said"),
    [
        ('at = "06:30"\nevery = "sometimes"', 1, "is not a schedule in words; write such as"),
        ('every = "second monday"', 0, 'names no hour, so nothing would be sent; add at = "06:30"'),
        ('at = "06:30"\ndays = "mon"\nevery = "monday"', 2, "names the days a second time"),
        ('cron = "0 6 * * *"\nevery = "monday"', 1, "does not go with cron"),
        ('at = "06:30"\nevery = "weekdays except holidays"', 1, 'add holidays_of = "GB"'),
        ('at = "06:30"\nholidays_of = "GB-ZZ"', 1, "write GB-ENG"),
        ('at = ["06:30", "6pm"]', 0, "'6pm' is not a time of the day"),
    ],
)
def test_words_that_do_not_go_together_are_named_at_their_key(house, new, below, said):
    line, (fault,) = faults(house, HOUR, new)
    assert fault.startswith(f"{line + below}: ")
    assert said in fault


def configured(house, new):
    path = house / "config.toml"
    path.write_text(path.read_text().replace(HOUR, new, 1))
    return load_config(path, {})


def test_check_shows_the_next_five_dates_of_what_the_words_mean(house):
    config = configured(house, 'at = "06:30"\nevery = "second monday" ')
    (sentence,) = next_dates(config, lambda: GAP)
    assert sentence == (
        "staggers (second monday) is due Mon 14 Dec 2026 06:30, Mon 11 Jan 2027 06:30, "
        "Mon 8 Feb 2027 06:30, Mon 8 Mar 2027 06:30, Mon 12 Apr 2027 06:30."
    )
    shown = CliRunner().invoke(app, ["check", "--config", str(house / "config.toml")])
    assert "staggers (second monday) is due Mon" in " ".join(shown.output.split())


@pytest.mark.parametrize(
    ("days", "is_told"),
    [("*/14", True), ("1-31/7", True), ("*/1", False), ("*", False), ("1,15", False)],
)
def test_steps_of_days_that_begin_again_each_month_are_told_with_their_dates(house, days, is_told):
    config = configured(house, f'cron = "0 6 {days} * *" ')
    told = steps_of_a_month(config, lambda: GAP)
    assert bool(told) == is_told
    if days == "*/14":
        assert "Sun 29 Nov 2026 06:00, Tue 1 Dec 2026 06:00, Tue 15 Dec 2026 06:00" in told[0]
