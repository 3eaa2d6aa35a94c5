"""What `--help` says, of every command, is as it was when somebody last looked."""

import re

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from briefing.cli.main import app

COMMANDS = vars(get_command(app))["commands"]
GROUPS = sorted(name for name in COMMANDS if hasattr(COMMANDS[name], "commands"))
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def helped(*names: str) -> str:
    """The help of one command, 100 columns wide."""
    done = CliRunner(env={"COLUMNS": "100", "TERM": "xterm", "NO_COLOR": "1"}).invoke(
        app, [*names, "--help"], prog_name="briefing"
    )
    assert done.exit_code == 0, done.output
    lines = (line.rstrip() for line in _COLOUR.sub("", done.output).strip().splitlines())
    return "\n".join(lines) + "\n"


def test_the_help_of_the_program_and_its_single_commands_is_as_before(golden):
    alone = [name for name in COMMANDS if name not in GROUPS]
    golden("help/briefing.txt", helped().encode())
    golden("help/commands.txt", "\n".join(map(helped, alone)).encode())


@pytest.mark.parametrize("group", GROUPS)
def test_the_help_of_a_group_of_commands_is_as_before(group, golden):
    inner = [helped(group, name) for name in COMMANDS[group].commands]
    golden(f"help/{group}.txt", "\n".join([helped(group), *inner]).encode())


@pytest.mark.parametrize(
    ("name", "table"), [("split", "[[sponsors.rule]]"), ("worker", "[send]"), ("desk", "[desk]")]
)
def test_a_table_of_the_configuration_is_named_in_a_help(name, table):
    assert table in helped(name)


def test_no_flag_is_shown_as_if_it_took_a_value():
    shown = "".join(map(helped, ("serve", "sources", "template", "subscribers"))) + helped()
    assert "--help" in shown
    assert "<bool>" not in shown


def test_no_help_names_a_type_of_python():
    """`<list[Path]>`, `<str>` and `<int range>` are for who writes the program, not for who runs it."""
    shown = "".join(map(helped, COMMANDS))
    for group in GROUPS:
        shown += "".join(helped(group, name) for name in COMMANDS[group].commands)
    assert not re.findall(r"<[\w ]+[\[>]|list\[|\bstr\b|\.\.\.\}", shown)
    assert "briefing split [OPTIONS] {FILES}..." in shown
