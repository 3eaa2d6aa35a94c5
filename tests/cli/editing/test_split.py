"""`briefing split`: what it says of each piece."""

from typer.testing import CliRunner

from briefing.cli.main import app

ROW = """
[[row]]
class = "whole label"
language = "en"
phrase = "harbour voices"
example = "Harbour Voices"
counterexample = "Harbour news"
source = "House style of this newsroom"
why = "The rubric of the trade desk."
"""
PAGE = """Harbour Voices

A quay for everyone

The quay will open in June, the port said on Monday. It will have room for forty boats and a crane for ten tonnes.
"""


def test_a_page_is_split_with_the_newsrooms_own_words_as_a_draft_reads_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(app, ["init", "."]).exit_code == 0
    config = tmp_path / "config.toml"
    config.write_text(config.read_text("utf-8").replace('path = ""  ', 'path = "words"'), "utf-8")
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "labels.toml").write_text(ROW, "utf-8")
    (tmp_path / "quay.txt").write_text(PAGE, "utf-8")
    result = CliRunner().invoke(app, ["split", "quay.txt"], catch_exceptions=False)
    assert "sponsored  A quay for everyone" in result.stdout


def test_a_text_without_spaces_is_as_long_as_its_translation(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = tmp_path / "council.txt"
    sentence = "市議会は十二日、水道事業の民営化案を賛成二十一、反対二十七で否決した。"
    page.write_text(f"市議会、水道案を否決\n\n{sentence * 3}\n\n{sentence * 2}\n", "utf-8")
    result = CliRunner().invoke(app, ["split", str(page)], catch_exceptions=False)
    (facts,) = [line for line in result.stdout.splitlines() if " words" in line]
    words = int(facts.partition(" words")[0].split()[-1])
    assert 75 <= words <= 95
