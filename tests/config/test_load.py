"""config.toml is read whole, or every fault in it is named at once."""

from pathlib import Path
from tomllib import loads

import pytest
from tests.config.configs import GOOD, faults

from briefing.config import load_config, old_engine_name, toml_source
from briefing.errors import ConfigError

SHIPPED = Path(__file__).parents[2] / "config.toml"


@pytest.fixture
def house(tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "readers.csv").write_text("email\n")

    def write(text):
        path = tmp_path / "config.toml"
        path.write_text(text)
        return path

    return write


def test_the_shipped_config_is_in_order():
    config = load_config(SHIPPED, {})
    assert config.briefing("staggers").title == "The Staggers"
    assert config.drafts == SHIPPED.parent / "var" / "editions"


def test_paths_are_read_from_the_folder_of_the_file(house, tmp_path):
    assert load_config(house(GOOD), {}).path("pages") == tmp_path / "pages"


def test_every_fault_is_named_at_once_with_line_key_value_and_what_is_allowed(house):
    text = (
        GOOD.replace('kind = "pages"', 'kind = "gopher"')
        .replace('list = "readers"', 'list = "reader"\nmax_items = "ten"\ncolour = "red"')
        .replace('name = "The Desk"\n', "")
        .replace('template = "staggers"', 'template = "nope"')
    ) + '\n[digest]\nengine = "lexrnk"\nwords = [90, 60]\n'
    path = house(text)
    found = "\n".join(faults(path))
    for expected in (
        f"{path}:1: site.name: is missing; add it",
        f"{path}:6: sources.pages.kind = \"gopher\": must be one of 'pages'",
        f'{path}:14: briefings.daily.template = "nope": there is no folder',
        f'{path}:15: briefings.daily.list = "reader": there is no such list; did you mean',
        f'{path}:16: briefings.daily.max_items = "ten": must be a whole number',
        f'{path}:17: briefings.daily.colour = "red": there is no such key; ',
        "digest.engine = \"lexrnk\": there is no such engine; did you mean 'lexrank'?",
        "digest.words = [90, 60]: must be two numbers above 0, the smaller first",
    ):
        assert expected in found, found
    assert len(faults(path)) == 8


def test_the_line_of_a_fault_in_a_long_file_is_found_in_a_few_looks(house, monkeypatch):
    parsed = []

    def counted(text):
        parsed.append(text)
        return loads(text)

    monkeypatch.setattr(toml_source, "loads", counted)
    many = "".join(
        f'[sources.more{n}]\nkind = "feed"\nurl = "https://a.example/{n}"\n' for n in range(300)
    )
    path = house(f"{GOOD}\n{many}[digest]\nwords = [\n  90,\n  # the most\n  60,\n]\n")
    (fault,) = faults(path)
    line = path.read_text().splitlines().index("words = [") + 1
    assert fault.startswith(f"{path}:{line}: digest.words = [90, 60]: must be two numbers")
    assert len(parsed) < 40


def test_an_unknown_key_is_answered_with_the_keys_that_are_known(house):
    (fault,) = faults(house(GOOD.replace("[send]", "[send]\nreplyto = 1")))
    assert "did you mean 'reply_to'? known: reply_to, " in fault


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('path = "pages"', 'path = "gone"', "there is no folder"),
        ('path = "readers.csv"', 'path = "gone.csv"', "there is no file"),
        ('sources = ["pages"]', 'sources = ["page"]', 'sources[0] = "page": there is no such'),
        ('sources = ["pages"]', "sources = []", "must not be empty"),
        ('"https://briefing.example.org"', '"briefing"', 'must look like "https://'),
        ('"The Desk"', "“The Desk”", "straight quotation marks"),
        ("[site]", '[site]\nlanguage = "en', "opened on this line and not closed"),
        (
            '{ email = "desk@example.org" }',
            '"desk@example.org"',
            "must be a table with email, name",
        ),
        ('{ email = "desk@example.org" }', '{ email = "desk@" }', "is not an address"),
        ('title = "Daily"', 'title = "Daily"\ntime_zone = "Europe/Londn"', "'Europe/London'"),
        ('title = "Daily"', 'title = "Daily"\nmin_items = 0', "must be 1 or more"),
        ('title = "Daily"', 'title = "Daily"\nmin_items = 3\nmax_items = 2', "is more than"),
        ("[send]", '[send]\ntransport = "pigeon"', "there is no such transport"),
        (
            "[site]",
            '[site]\nlanguage = "sv"',
            "no rules for the language 'sv'; name one of ar, cy, de",
        ),
        ('from = { email = "desk@example.org" }', "", "send.from: is missing"),
        ("[site]", "[site", "not valid TOML"),
        ("[site]", "[site]\nname = 'twice'", "a second time: keep one"),
        (
            'title = "Daily"',
            'title = "Daily"\nat = 06:30',
            "hours stand between straight quotation",
        ),
        (
            'title = "Daily"',
            'title = "Daily"\nholidays = [2026-12-45]',
            "a day is one of the calendar",
        ),
        (
            'title = "Daily"',
            'title = "Daily"\nholidays = ["Christmas"]',
            "is not a day; write year, month",
        ),
        ("[send]", '[send]\nlease = "long"', 'send.lease = "long": must be a number'),
        ("[send]", "[send]\nlease = 1", "must be 2 or more"),
        ("[send]", '[desk]\nproxies = ["proxy"]\n[send]', "write 127.0.0.1 or 10.2.0.0/16"),
        (
            "[send]",
            '[doctor]\nsends_from = ["me"]\n[send]',
            "is not an IP address; write 192.0.2.10",
        ),
    ],
)
def test_each_fault_is_a_sentence(house, old, new, expected):
    assert expected in "\n".join(faults(house(GOOD.replace(old, new))))


def test_an_hour_may_be_written_as_tomls_own_time(house):
    config = load_config(
        house(GOOD.replace('title = "Daily"', 'title = "Daily"\nat = [06:30:00, 17:00:00]')), {}
    )
    assert config.briefing("daily").at == ("06:30", "17:00")


@pytest.mark.parametrize("value", ["7", "[7]", "true", "{}"])
def test_a_key_of_two_types_is_one_fault_that_names_no_type_of_the_program(house, value):
    text = GOOD.replace('title = "Daily"', f'title = "Daily"\nat = {value}')
    (told,) = faults(house(text))
    assert "briefings.daily.at" in told
    assert "must be text in quotation marks, or a list of such texts" in told
    assert "tuple" not in told


@pytest.mark.parametrize("value", ["[3]", "{ a = 1 }", "7"])
def test_a_block_whose_name_is_no_text_is_a_fault_and_never_a_crash(house, value):
    block = f'blocks = [{{ name = {value}, title = "Notes", kind = "text", file = "readers.csv" }}]'
    (told,) = faults(house(GOOD.replace('title = "Daily"', f'title = "Daily"\n{block}')))
    assert "blocks[0].name" in told
    assert "must be text in quotation marks" in told


def test_a_file_may_begin_with_the_mark_that_editors_on_windows_write(house):
    assert load_config(house("\ufeff" + GOOD), {}).site.name


@pytest.mark.parametrize("key", ["at", "days", "every", "cron", "holidays_of", "time_zone"])
@pytest.mark.parametrize("value", ["[]", "[1]", "[[]]", "{}", "1", "06:30:05", "2026-11-30"])
def test_a_value_of_any_type_is_a_fault_and_never_a_crash(house, key, value):
    found = "\n".join(
        faults(house(GOOD.replace('title = "Daily"', f'title = "Daily"\n{key} = {value}')))
    )
    assert f"briefings.daily.{key}" in found


def test_a_zone_is_offered_by_place_and_never_by_an_hour_whose_sign_is_the_other_way(house):
    text = GOOD.replace('list = "readers"', 'list = "readers"\ntime_zone = "GMT+2"')
    (told,) = faults(house(text))
    assert "there is no such time zone" in told
    assert "GMT+" not in told.partition("there is no such")[2]


def test_a_missing_file_says_what_to_do(tmp_path):
    (fault,) = faults(tmp_path / "config.toml")
    assert "briefing init" in fault


def test_the_environment_overrides_a_value_and_takes_toml_types(house):
    environ = {"BRIEFING_SITE__NAME": "Night Desk", "BRIEFING_BRIEFINGS__DAILY__MAX_ITEMS": "5"}
    config = load_config(house(GOOD), environ)
    assert config.site.name == "Night Desk"
    assert config.briefing("daily").max_items == 5


def test_a_fault_from_the_environment_names_the_variable(house):
    (fault,) = faults(house(GOOD), {"BRIEFING_SEND__TRANSPORT": "pigeon"})
    assert fault.startswith("BRIEFING_SEND__TRANSPORT: ")


def test_a_rule_for_sponsors_is_checked_like_everything_else(house):
    found = faults(house(GOOD + '\n[[sponsors.rule]]\ncredit = "x"\nverdict = "perhaps"\n'))
    assert "sponsors.rule[0].verdict" in found[0]


def test_an_unknown_briefing_is_named_with_those_there_are(house):
    with pytest.raises(ConfigError, match=r"no briefing 'weekly'; config\.toml has: daily"):
        load_config(house(GOOD), {}).briefing("weekly")


def test_the_engines_old_name_is_taken_and_a_sentence_says_the_new_one(house):
    old = load_config(house(GOOD + '\n[digest]\nengine = "desk"\n'), {})
    assert old_engine_name(old).startswith('digest.engine = "desk" is called "edmundson" now')
    assert old_engine_name(load_config(house(GOOD), {})) == ""


@pytest.mark.parametrize(
    ("table", "place"),
    [
        ('[desk]\ncert_file = "gone"\nkey_file = "gone"', "desk.cert_file"),
        ('[desk]\ncert_file = "gone"\nkey_file = "gone"', "desk.key_file"),
        (
            '[webhooks.shop]\nurl = "https://shop.example/hook"\nsecret_file = "gone"',
            "webhooks.shop.secret_file",
        ),
        (
            '[bounces.hooks.relay]\nprovider = "mailgun"\nsecret_file = "gone"',
            "bounces.hooks.relay.secret_file",
        ),
    ],
)
def test_each_file_that_a_table_names_has_to_be_there(house, table, place):
    told = "\n".join(faults(house(f"{GOOD}\n{table}\n")))
    assert f'{place} = "gone": there is no file' in told


@pytest.mark.parametrize(("old", "place"), [("pages", "sources.pages.path"), ("out", "template")])
def test_a_folder_that_this_user_may_not_read_is_a_fault_and_never_a_crash(
    house, tmp_path, monkeypatch, old, place
):
    (tmp_path / "templates" / "email" / "out").mkdir(parents=True)
    path = house(GOOD.replace('template = "staggers"', 'template = "out"'))

    def locked(folder):
        if folder.name == old:
            raise PermissionError(13, "Permission denied", str(folder))
        return iter(())

    monkeypatch.setattr(Path, "iterdir", locked)
    (told,) = faults(path)
    assert place in told
    assert "cannot be read: Permission denied; correct" in told
