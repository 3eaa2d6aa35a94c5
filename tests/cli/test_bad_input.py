"""Whatever goes wrong is one clear sentence: no traceback, and no half-written outbox."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.commands import run
from typer.main import get_command
from typer.testing import CliRunner

from briefing.actions.admin.init import make_house
from briefing.cli.console import run_app, warn
from briefing.cli.main import app


@pytest.fixture
def house(tmp_path):
    make_house(tmp_path)
    return tmp_path


def refused(folder, *arguments, code=1):
    result = run(folder, *arguments)
    assert result.returncode == code, result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    assert not list((folder / "var").rglob("*.eml"))
    return result.stderr


def change(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def only_page(house, text):
    for path in (house / "seeds").glob("*.txt"):
        path.unlink()
    (house / "seeds" / "page.txt").write_text(text, "utf-8")


def page(headline, body):
    return f"{headline}\n\n{body}\n\nMara Quill is political editor of the Staggers Weekly.\n"


BODY = (
    "The government lost a vote in the Lords on Tuesday night by nine, after four of its own peers "
    "went home early because nobody had told them that the division had been moved.\n\n"
    "Whips blamed the annunciator screens, which had been showing the wrong committee for an hour. "
    "Ministers said the clause would come back in the spring, when the House would be less tired."
)


def test_every_fault_of_the_config_is_listed_and_nothing_starts(house):
    change(house / "config.toml", 'engine    = "edmundson"', 'engine    = "lexrnk"')
    change(house / "config.toml", 'transport = "folder"', 'transport = "pigeon"')
    for command in ("check", "draft", "run"):
        said = refused(house, command)
        assert "lexrnk" in said
        assert "pigeon" in said


def test_a_missing_config_says_how_to_make_one(tmp_path):
    assert "briefing init" in refused(tmp_path, "run")


def test_a_missing_folder_of_pages_is_named(house):
    change(house / "config.toml", 'path = "seeds"\n', 'path = "gone"\n')
    assert "gone" in refused(house, "run")


def test_an_empty_folder_of_pages_makes_no_edition(house):
    for path in (house / "seeds").glob("*.txt"):
        path.unlink()
    assert "no pages" in refused(house, "run")


def test_an_unreadable_page_is_named_and_the_rest_goes_on(house):
    (house / "seeds" / "99-binary.txt").write_bytes(bytes(range(256)) * 40)
    (house / "seeds" / "98-empty.txt").write_bytes(b"")
    (house / "seeds" / "97-folder.txt").mkdir()
    result = run(house, "run")
    assert result.returncode == 0, result.stderr
    for name in ("99-binary", "98-empty", "97-folder"):
        assert name in result.stderr
    assert list((house / "var").rglob("*.eml"))


@pytest.mark.parametrize(
    "broken",
    ["{% if %}", "{{ nonsense }}", "<mj-nonsense>", "</mj-text>", "{% include 'gone.j2' %}"],
)
def test_a_broken_template_is_named_with_its_line(house, broken):
    design = house / "templates" / "email" / "staggers" / "briefing.mjml.j2"
    design.write_text(design.read_text().replace("<mj-body", f"{broken}\n<mj-body", 1))
    said = refused(house, "run")
    assert "briefing.mjml.j2:" in said


def test_a_template_that_is_not_there_is_named(house):
    (house / "templates" / "email" / "staggers" / "briefing.txt.j2").unlink()
    assert "briefing.txt.j2" in refused(house, "run")


@pytest.mark.parametrize(
    "headline",
    [
        'Tories < Labour & the "rest" > all',
        "Café society \U0001f468‍\U0001f469‍\U0001f467 votes \U0001f3f4",
        "שלום: a headline from the right",
        "A headline \x07 with \x0b control \x1b[31m characters",
        "{{ 7*7 }} and {% raw %} --> </mj-text> <![endif]--> meet",
        "A bidi \u202eoverride\u202c in the House",
    ],
)
def test_a_hostile_headline_comes_out_as_text_and_breaks_nothing(house, headline):
    only_page(house, page(headline, BODY))
    result = run(house, "run")
    assert result.returncode == 0, result.stderr
    assert "Traceback" not in result.stderr
    html = next((house / "var").rglob("briefing.html")).read_text()
    assert "\x07" not in html
    assert "49 and" not in html


def test_a_token_in_the_text_of_an_article_reaches_readers_as_text(house):
    only_page(house, page("A token in the House", BODY + "\n\nBRF123abct_email_ is what he said."))
    result = run(house, "run")
    assert result.returncode == 0, result.stderr
    assert list((house / "var").rglob("*.eml"))


def test_ten_thousand_nested_tags_in_a_page_are_survived(house):
    nested = "<b>" * 10_000 + "deep" + "</b>" * 10_000
    only_page(house, page("A deep page", BODY + "\n\n" + nested))
    result = run(house, "run")
    assert result.returncode in (0, 1), result.stderr
    assert "Traceback" not in result.stderr


def test_ten_thousand_nested_tags_in_a_template_are_a_sentence(house):
    design = house / "templates" / "email" / "staggers" / "briefing.mjml.j2"
    text = design.read_text()
    nested = "<mj-text>" + "<b>" * 10_000 + "x" + "</b>" * 10_000 + "</mj-text>"
    design.write_text(text.replace("</mj-column>", nested + "</mj-column>", 1))
    refused(house, "run")


def test_a_piece_nobody_can_judge_holds_the_edition_and_shows_the_rule_that_decides(house):
    credit = "Taken from the Staggers Weekly supplement Homes for All"
    only_page(house, page("A home for everybody", BODY).split("Mara")[0] + credit + "\n")
    said = refused(house, "run", code=3)
    assert "[[sponsors.rule]]" in said
    assert "fingerprint" in said


def test_a_rule_decides_a_held_piece(house):
    credit = "Taken from the Staggers Weekly supplement Homes for All"
    only_page(house, page("A home for everybody", BODY).split("Mara")[0] + credit + "\n")
    said = refused(house, "run", code=3)
    fingerprint = said.split('fingerprint = "')[1].split('"')[0]
    with (house / "config.toml").open("a") as config:
        config.write(f'\n[[sponsors.rule]]\nfingerprint = "{fingerprint}"\nverdict = "editorial"\n')
    result = run(house, "run")
    assert result.returncode == 0, result.stderr
    assert list((house / "var").rglob("*.eml"))


def test_an_outbox_that_cannot_be_written_is_a_sentence(house):
    (house / "var").mkdir()
    (house / "var" / "outbox").write_text("a file where the folder should be")
    assert "outbox" in refused(house, "run")


def test_a_bad_row_of_the_list_is_named_and_the_others_get_their_letter(house):
    readers = house / "seeds" / "subscribers.csv"
    before = len(readers.read_text().strip().splitlines()) - 1
    with readers.open("a") as rows:
        rows.write("not-an-address,Nobody,\n")
    result = run(house, "run")
    assert "not-an-address" in result.stderr
    assert len(list((house / "var").rglob("*.eml"))) == before


def test_a_folder_that_is_in_use_is_not_overwritten(house):
    before = (house / "config.toml").read_text()
    assert "overwrites nothing" in refused(house, "init", ".")
    assert (house / "config.toml").read_text() == before


def test_an_unknown_edition_or_briefing_is_answered_with_those_there_are(house):
    assert "staggers" in refused(house, "draft", "weekly")
    assert "briefing draft" in refused(house, "render", "weekly-2026-01-01")


def test_sending_before_rendering_says_what_to_run(house):
    assert run(house, "draft").returncode == 0
    assert "briefing render" in refused(house, "send")


def test_the_three_steps_speak_json_to_programs(house):
    draft = json.loads(run(house, "draft", "--json").stdout)
    render = json.loads(run(house, "render", "--json").stdout)
    send = json.loads(run(house, "send", "--json").stdout)
    assert draft["edition"]["id"] == render["edition"]
    assert render["html_bytes"] < 60_000
    assert send["now"] == len(list((house / "var").rglob("*.eml")))


def test_a_refused_page_is_an_empty_list_and_a_line_on_stderr(tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    result = run(tmp_path, "split", "--json", str(empty))
    assert json.loads(result.stdout) == {"empty": []}
    assert "empty" in result.stderr


def commands(group, *path):
    """Every command and group of commands, by the words that call it."""
    yield path
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, *path, name)


def test_help_is_there_for_every_command():
    every = list(commands(get_command(app)))
    assert len(every) > 40
    for words in every:
        result = CliRunner().invoke(app, [*words, "--help"])
        assert result.exit_code == 0, words
        assert "Usage" in result.output


def test_a_vocabulary_row_that_misses_its_example_stops_check_and_draft(house):
    change(house / "config.toml", '[vocabulary]\npath = ""', '[vocabulary]\npath = "words"')
    assert "make it or correct the path" in refused(house, "check")
    (house / "words").mkdir()
    (house / "words" / "labels.toml").write_text(
        '[[row]]\nclass = "slot"\nlanguage = "fi"\nphrase = "mainos"\nexample = "Ilmoitus"\n'
        'counterexample = "Mainostaja"\nsource = "a law"\nwhy = "a label"\n',
        "utf-8",
    )
    for command in ("check", "draft"):
        said = " ".join(refused(house, command).split())
        assert "labels.toml, row 1 (slot): it does not find its own example “Ilmoitus”" in said
        assert "Mend the phrase or the example." in said


def begun(folder, *arguments, stdout, **environ):
    return subprocess.run(
        [sys.executable, "-m", "briefing", *arguments],
        cwd=folder,
        env={**os.environ, **environ},
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_output_that_cannot_be_written_is_a_sentence(house, unbuffered):
    with Path("/dev/full").open("w") as full:
        done = begun(house, "check", stdout=full, PYTHONUNBUFFERED=unbuffered)
    assert done.returncode == 1
    assert done.stderr.startswith("What is printed could not be written to its end: No space left")
    assert len(done.stderr.splitlines()) == 1


def test_a_terminal_without_our_letters_shows_others_in_their_place(house):
    only_page(house, page("Lords vote on “ghost” bills", BODY))
    said = ("split", "--explain", "seeds/page.txt")
    done = begun(house, *said, stdout=subprocess.PIPE, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, "")
    assert "\\u201cghost\\u201d" in done.stdout


def test_a_line_number_is_never_shown_as_a_picture(capsys):
    warn("config.toml:100: site.name")
    assert capsys.readouterr().err == "config.toml:100: site.name\n"


def test_a_file_that_this_user_may_not_use_is_named_and_no_way_through_the_program(
    monkeypatch, capsys
):
    def locked():
        raise PermissionError(13, "Permission denied", "/press/seeds/readers.csv")

    with pytest.raises(SystemExit) as stopped:
        run_app(locked)
    assert stopped.value.code == 1
    said = " ".join(capsys.readouterr().err.split())
    assert "/press/seeds/readers.csv cannot be used: Permission denied. Correct its place" in said


def test_an_error_that_no_file_is_to_blame_for_is_shown_whole():
    def broken():
        raise BlockingIOError(11, "Resource temporarily unavailable")

    with pytest.raises(BlockingIOError):
        run_app(broken)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("reports", "--days", "few"), "a whole number is wanted here, such as 7."),
        (("template", "try", "staggers", "--port", "99999"), "it must be 65535 or less."),
        (("db", "archive", "--older-than", "99999999999"), "it must be 36500 or less."),
    ],
)
def test_a_number_that_cannot_be_meant_is_refused_before_anything_begins(house, arguments, said):
    told = " ".join(refused(house, *arguments, code=2).replace("│", " ").split())
    assert said in told
    assert "Input should" not in told


def test_a_sending_that_never_began_is_told_with_those_that_did(house):
    told = " ".join(refused(house, "pause", "staggers-1999-01-01").split())
    assert "'staggers-1999-01-01' was never sent" in told
    assert "The newest begun: none." in told


def test_a_key_that_cannot_sign_is_told_with_its_file(house):
    (house / "letters.pem").write_text("no key")
    change(
        house / "config.toml",
        "[doctor]",
        '[[send.dkim]]\ndomain = "example.org"\nselector = "b"\nkey_file = "letters.pem"\n\n[doctor]',
    )
    told = " ".join(refused(house, "doctor").split())
    assert "letters.pem: The DKIM key is not a private key" in told


def test_a_line_that_is_no_record_is_told_in_words_for_who_wrote_it(house):
    lines = ["nonsense", "[]", '{"id": 2}', '{"id": 3, "text": 4}', '{"id": "a", "text": "Good."}']
    (house / "in.jsonl").write_text("\n".join(lines))
    told = " ".join(refused(house, "digest", "in.jsonl").split())
    for number, why in enumerate(
        ("it is not JSON", "it is not an object", "text is missing", "text must be text"), 1
    ):
        assert f"Line {number} is not a record {{id, title?, text}}: {why}" in told
