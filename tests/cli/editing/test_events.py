"""At the terminal: which pieces a story stands for, joined, split and taken back."""

import pytest
from tests.events.corpus import reports
from typer.testing import CliRunner

from briefing.actions.admin.init import make_house
from briefing.cli.main import app
from briefing.errors import EditionError


def test_stories_are_joined_split_and_taken_back_at_the_terminal(tmp_path, monkeypatch):
    make_house(tmp_path)
    for page in (tmp_path / "seeds").glob("*.txt"):
        page.unlink()
    articles = reports("events.txt").articles
    for number, place in enumerate((0, 1, 2, 20)):
        text = f"{articles[place].headline}\n\n{articles[place].text}\n"
        (tmp_path / "seeds" / f"{number}.txt").write_text(text)
    monkeypatch.chdir(tmp_path)

    def events(*parts):
        answer = CliRunner().invoke(app, ["events", *parts])
        return answer.exit_code, " ".join(answer.output.split())

    assert CliRunner().invoke(app, ["draft"]).exit_code == 0
    code, said = events()
    assert code == 0
    assert said.count("the same event, both tell of") == 2
    told = next(name for name in ("0#0", "1#0", "2#0") if f"({name}): the same event" in said)
    code, said = events("--split", told)
    assert code == 0
    assert said.count("the same event, both tell of") == 1
    assert f"1: “{articles[int(told[0])].headline}” is another story than" in said
    _, said = events("--join", "3#0", "--into", told)
    assert "an editor joined them" in said
    assert CliRunner().invoke(app, ["draft"]).exit_code == 0
    _, said = events("--forget", "1", "--forget", "2", "--forget", "3")
    assert said.count("Taken back:") == 3
    assert "1: “" not in said
    with pytest.raises(EditionError, match="Name both stories"):
        CliRunner().invoke(app, ["events", "--join", "3#0"], catch_exceptions=False)
