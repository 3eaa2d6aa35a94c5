"""`briefing split`: what it says of each piece."""

from typer.testing import CliRunner

from briefing.cli.main import app


def test_a_text_without_spaces_is_as_long_as_its_translation(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = tmp_path / "council.txt"
    sentence = "市議会は十二日、水道事業の民営化案を賛成二十一、反対二十七で否決した。"
    page.write_text(f"市議会、水道案を否決\n\n{sentence * 3}\n\n{sentence * 2}\n", "utf-8")
    result = CliRunner().invoke(app, ["split", str(page)], catch_exceptions=False)
    (facts,) = [line for line in result.stdout.splitlines() if " words" in line]
    words = int(facts.partition(" words")[0].split()[-1])
    assert 75 <= words <= 95
