"""`briefing digest`: JSON lines in, JSON lines out."""

import json

import pytest
from typer.testing import CliRunner

from briefing.cli.main import app

STORY = (
    "The government lost a vote in the Lords on Tuesday night by nine. Four of its own peers had gone "
    "home early. The whips had told nobody that the division was moved. Ministers said the clause "
    "would come back in the spring. The chief whip apologised to the cabinet on Wednesday morning. "
    "He blamed the screens in the lobby, which had shown the wrong committee for an hour. A review of "
    "the screens will report before the recess. Labour peers called the night a gift. The bill, which "
    "would let ministers overrule councils on housing, now returns to the Commons in March."
)


def run(tmp_path, monkeypatch, text, *options):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "in.jsonl"
    path.write_text(text)
    return CliRunner().invoke(app, ["digest", str(path), *options], catch_exceptions=False)


def test_each_record_gives_a_digest_of_its_own_sentences_with_their_places(tmp_path, monkeypatch):
    record = json.dumps({"id": "a", "title": "Lords defeat", "text": STORY})
    result = run(tmp_path, monkeypatch, record + "\n")
    (digest,) = map(json.loads, result.stdout.splitlines())
    assert set(digest) == {"id", "summary", "sentences", "engine", "flags"}
    assert digest["summary"] == " ".join(one["text"] for one in digest["sentences"])
    assert all(STORY[one["start"] : one["end"]] == one["text"] for one in digest["sentences"])
    assert 40 <= len(digest["summary"].split()) <= 90
    assert digest["engine"] == "edmundson"


def test_many_records_keep_their_order_across_all_cores(tmp_path, monkeypatch):
    records = [
        json.dumps({"id": number, "text": f"{STORY} Number {number}."}) for number in range(150)
    ]
    result = run(tmp_path, monkeypatch, "\n".join(records))
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == list(range(150))


def test_a_line_that_is_no_record_is_named_and_the_rest_goes_on(tmp_path, monkeypatch):
    lines = ['{"id": 1}', "nonsense", json.dumps({"id": "b", "text": STORY})]
    result = run(tmp_path, monkeypatch, "\n".join(lines))
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["b"]
    assert "Line 1 is no record" in result.stderr
    assert "Line 2 is no record" in result.stderr


@pytest.mark.parametrize("engine", ["lexrank", "kl"])
def test_another_engine_can_be_named(tmp_path, monkeypatch, engine):
    record = json.dumps({"id": "a", "text": STORY * 2})
    result = run(tmp_path, monkeypatch, record, "--engine", engine)
    assert json.loads(result.stdout)["engine"] == engine


def test_explaining_a_page_shows_every_sentence_with_its_reason(tmp_path, monkeypatch):
    page = f"Lords defeat\n\n{STORY}\n\nMara Quill is political editor of the Staggers Weekly.\n"
    result = run(tmp_path, monkeypatch, page, "--explain")
    assert result.exit_code == 0
    assert "taken" in result.stdout
    assert (
        "needs sentence" in result.stdout
        or "full" in result.stdout
        or "more sentences" in result.stdout
    )
