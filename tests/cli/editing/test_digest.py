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


def run(tmp_path, monkeypatch, text, *options, name="in.jsonl"):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / name
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
    assert "Line 1 is not a record" in result.stderr
    assert "Line 2 is not a record" in result.stderr


@pytest.mark.parametrize("engine", ["lexrank", "kl"])
def test_another_engine_can_be_named(tmp_path, monkeypatch, engine):
    record = json.dumps({"id": "a", "text": STORY * 2})
    result = run(tmp_path, monkeypatch, record, "--engine", engine)
    assert json.loads(result.stdout)["engine"] == engine


def test_explaining_a_page_shows_every_sentence_with_its_reason(tmp_path, monkeypatch):
    page = f"Lords defeat\n\n{STORY}\n\nMara Quill is political editor of the Staggers Weekly.\n"
    result = run(tmp_path, monkeypatch, page, "--explain", name="in.txt")
    assert result.exit_code == 0
    assert "the lead" in result.stdout
    assert "the window was full" in result.stdout or "needs more sentences" in result.stdout


def test_the_old_name_of_the_engine_is_taken_and_the_new_one_told(tmp_path, monkeypatch):
    record = json.dumps({"id": "a", "text": STORY})
    result = run(tmp_path, monkeypatch, record, "--engine", "desk")
    assert json.loads(result.stdout)["engine"] == "edmundson"


def test_a_blind_sheet_has_three_paragraphs_an_article_and_its_key_apart(tmp_path, monkeypatch):
    lines = [json.dumps({"id": n, "title": f"Night {n}", "text": STORY}) for n in (1, 2)]
    sheet = tmp_path / "sheet.md"
    result = run(tmp_path, monkeypatch, "\n".join([*lines, "nonsense"]), "--sheet", str(sheet))
    assert result.exit_code == 1
    assert "Line 3 is not a record" in result.stderr
    pages = sheet.read_text().split("\n## ")[1:]
    keys = [json.loads(line) for line in (tmp_path / "sheet.key.jsonl").read_text().splitlines()]
    assert [page.splitlines()[0] for page in pages] == ["1: Night 1", "2: Night 2"]
    for page, key in zip(pages, keys, strict=True):
        assert {key["A"], key["B"], key["C"]} == {"lead", "ours", "lexrank"}
        lead = next(letter for letter in "ABC" if key[letter] == "lead")
        assert f"**{lead}** The government lost a vote" in page
        assert "lexrank" not in page


def test_the_same_seed_draws_the_same_sheet(tmp_path, monkeypatch):
    lines = "\n".join(json.dumps({"id": n, "text": STORY}) for n in range(8))
    sheets = []
    for seed in ("3", "3", "4"):
        run(tmp_path, monkeypatch, lines, "--sheet", str(tmp_path / "sheet.md"), "--seed", seed)
        sheets.append((tmp_path / "sheet.key.jsonl").read_text())
    assert sheets[0] == sheets[1] != sheets[2]


def test_no_space_on_a_blind_sheet_tells_whose_a_paragraph_is(tmp_path, monkeypatch):
    text = (
        "市議会は案を可決した。市長は喜んだ。議員は反対した。住民は見守った。会期は金曜日に終わる。"
    )
    record = json.dumps({"id": "a", "title": "採決", "language": "ja", "text": text})
    run(tmp_path, monkeypatch, record + "\n", "--sheet", str(tmp_path / "sheet.md"))
    assert "。 " not in (tmp_path / "sheet.md").read_text("utf-8")


def test_each_record_is_explained_by_its_own_sentences_and_bad_lines_are_named(
    tmp_path, monkeypatch
):
    record = json.dumps({"id": "a", "title": "Lords defeat", "text": STORY})
    result = run(tmp_path, monkeypatch, record + "\nnonsense\n", "--explain")
    assert result.exit_code == 1
    assert result.stdout.startswith("Lords defeat\n")
    assert "{" not in result.stdout
    assert "Line 2 is not a record" in result.stderr
