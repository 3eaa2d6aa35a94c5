"""`briefing lint`: findings for people and for programs."""

import json

import pytest
from tests.newsrooms import pieces_of
from typer.testing import CliRunner

from briefing.actions.admin.init import make_house
from briefing.cli.main import app


def run(*arguments):
    return CliRunner().invoke(app, list(arguments), catch_exceptions=False)


@pytest.fixture(autouse=True)
def house(tmp_path, monkeypatch):
    make_house(tmp_path)
    monkeypatch.chdir(tmp_path)
    run("draft")
    run("render")


def test_the_shipped_edition_passes_and_each_finding_stands_with_its_rule():
    result = run("lint")
    assert result.exit_code == 0
    assert "0 errors, 2 warnings, 9 notes." in result.stdout
    assert "link-href" in result.stdout
    assert "RFC 2606" in result.stdout


def test_errors_make_the_exit_code_1_and_come_first(monkeypatch):
    monkeypatch.setenv("BRIEFING_SITE__PUBLIC_URL", "http://localhost:8000")
    result = run("lint", "--json")
    assert result.exit_code == 1
    record = json.loads(result.stdout)
    assert record["error"] == sum(one["severity"] == "error" for one in record["findings"]) > 1
    assert record["findings"][0]["severity"] == "error"
    assert set(record["findings"][0]) == {
        "rule", "severity", "message", "reason", "source", "place", "piece",
    }  # fmt: skip


def test_programs_get_one_json_object():
    record = json.loads(run("lint", "--json").stdout)
    assert (record["error"], record["warning"], record["info"]) == (0, 2, 9)
    assert record["edition"].startswith("staggers-")


def test_with_the_network_each_link_is_asked_and_none_that_is_not_public(tmp_path):
    paragraphs = "".join(f"<p>{' '.join(pieces_of('Old Pier', 8)[n : n + 4])}" for n in (0, 4))
    (tmp_path / "seeds" / "08-pier.html").write_text(
        '<!doctype html><title>Pier</title><link rel="canonical" href="http://127.0.0.1:1/pier">'
        f"<article><h1>The pier divides the assembly</h1><p>By Ines Calder</p>{paragraphs}</article>"
    )
    run("draft", "--repeat")
    run("render")
    alone = json.loads(run("lint", "--json").stdout)
    assert "link-live" not in {one["rule"] for one in alone["findings"]}
    asked = json.loads(run("lint", "--network", "--json").stdout)
    found = [one for one in asked["findings"] if one["rule"] == "link-live"]
    said = "http://127.0.0.1:1/pier leads to 127.0.0.1, this machine;"
    (pier,) = (one for one in found if one["message"].startswith(said))
    assert pier["severity"] == "error"
