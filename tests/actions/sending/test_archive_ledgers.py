"""Archiving old ledgers: a file that is whole before a row goes."""

import csv
import gzip
from datetime import UTC, datetime, timedelta

import pytest
from tests.desks import act, act_all
from tests.newsrooms import new_house
from tests.workers.copies import copied
from typer.testing import CliRunner

from briefing.actions.editions.draft import draft
from briefing.actions.rendering.render import render_edition
from briefing.actions.sending.archive_ledgers import archive_ledgers
from briefing.actions.sending.send import send_edition
from briefing.actions.sending.steer_mailing import deliveries
from briefing.cli.main import app
from briefing.config import load_config
from briefing.errors import StoreError
from briefing.model.delivery import State

SENT = datetime(2026, 6, 1, 7, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def clock():
    return SENT


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    """A house that sent an edition to its eight readers half a year ago, and its name; copy it."""
    folder = tmp_path_factory.mktemp("sent")
    config = new_house(folder)
    edition = act(draft, config, "staggers", clock=clock).edition.id
    act(render_edition, config, edition)
    assert act(send_edition, config, edition, clock=clock).is_done
    return folder, edition


@pytest.fixture
def house(sent, tmp_path, monkeypatch):
    folder, edition = sent
    monkeypatch.chdir(copied(folder, tmp_path / "house"))
    return load_config(tmp_path / "house" / "config.toml", {}), edition


def test_an_old_ledger_becomes_a_file_and_its_counts_stay(house):
    config, edition = house
    (done,) = act_all(archive_ledgers, config, 90, clock=lambda: NOW)
    assert (done.edition, done.rows) == (edition, 8)
    with gzip.open(done.file, "rt", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["state"] for row in rows] == ["posted"] * 8
    assert not any("@example" in cell for row in rows for cell in row.values())
    found = act(deliveries, config, edition, None, clock=clock)
    assert (found.counts, found.rows) == ({State.POSTED: 8}, ())
    assert act_all(archive_ledgers, config, 90, clock=lambda: NOW) == []


def test_a_younger_ledger_is_left_alone(house):
    assert act_all(archive_ledgers, house[0], 90, clock=lambda: SENT + timedelta(days=89)) == []


def test_a_few_days_are_too_few(house):
    with pytest.raises(StoreError, match="last 30 days are not archived, and 7 was asked for"):
        act_all(archive_ledgers, house[0], 7, clock=lambda: NOW)


def test_a_file_of_a_run_that_was_cut_is_never_written_over(house):
    config, edition = house
    folder = config.path("var") / "ledgers"
    folder.mkdir()
    (folder / f"{edition}.csv.gz").write_bytes(b"of the first run")
    (done,) = act_all(archive_ledgers, config, 90, clock=lambda: NOW)
    assert done.file.name == f"{edition}.2.csv.gz"
    assert (folder / f"{edition}.csv.gz").read_bytes() == b"of the first run"


def test_where_no_file_can_be_written_no_row_goes(house):
    config, edition = house
    (config.path("var") / "ledgers").write_text("a file stands in the way")
    with pytest.raises(StoreError, match="Nothing was deleted"):
        act_all(archive_ledgers, config, 90, clock=lambda: NOW)
    assert len(act(deliveries, config, edition, None, clock=clock).rows) == 8


def test_the_command_says_where_they_are(house):
    result = CliRunner().invoke(app, ["db", "archive", "--older-than", "30"])
    assert result.exit_code == 0
    assert "8 deliveries are in" in result.output.replace("\n", " ")
    assert "No ledger was archived" in CliRunner().invoke(app, ["db", "archive"]).output
