"""An email that was checked before is not checked again, and whatever the rules look at is seen to change."""

import re
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from tests.desks import act
from tests.workers.copies import copied

from briefing.actions.context import open_desk
from briefing.actions.open_store import house_folder
from briefing.actions.readers.import_list import sync_list
from briefing.actions.rendering import lint, lint_job
from briefing.actions.rendering.render import render_edition
from briefing.actions.review.gate import the_sendable
from briefing.config import load_config
from briefing.emails import checks as emails_checks
from briefing.errors import EditionFaulty
from briefing.store import ListRow

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@pytest.fixture
def config(shipped_house, tmp_path):
    return load_config(copied(shipped_house, tmp_path) / "config.toml")


@pytest.fixture
def edition():
    return "staggers-2026-11-23"


@pytest.fixture
def checks(monkeypatch):
    """What the rules have looked at, in order."""
    looked, check = [], emails_checks.check

    def counted(proof):
        looked.append(proof)
        return check(proof)

    monkeypatch.setattr(emails_checks, "check", counted)
    return looked


def asked(config, edition):
    """As another process does, which remembers no letter that it has looked at."""
    lint_job._found.cache_clear()
    act(the_sendable, config, edition, clock=lambda: NOW)


def test_an_edition_that_passed_the_checks_is_not_checked_again(config, edition, checks):
    act(render_edition, config, edition)
    for _ in range(3):
        asked(config, edition)
    assert len(checks) == 1


def test_an_error_is_looked_for_and_told_each_time_and_nothing_of_it_is_kept(
    config, edition, checks
):
    site = config.site.model_copy(update={"public_url": "http://harbour.lan"})
    faulty = config.model_copy(update={"site": site})
    act(render_edition, faulty, edition)
    told = set()
    for _ in range(2):
        with pytest.raises(EditionFaulty) as refused:
            asked(faulty, edition)
        told.add((str(refused.value), refused.value.rules))
    assert (len(told), len(checks)) == (1, 2)
    assert not (house_folder(faulty) / "checked").exists()


def test_nothing_of_a_letter_is_kept(config, edition, checks):
    act(render_edition, config, edition)
    asked(config, edition)
    (kept,) = (house_folder(config) / "checked").iterdir()
    assert re.fullmatch(r'\{"[0-9a-f]{64}":true\}', kept.read_text())


@pytest.mark.parametrize(
    ("table", "key", "value"),
    [
        ("site", "postal_address", "2 Quay Street, Harbour"),
        ("sponsors", "most", 0),
        ("send", "bounce_address", "bounces@example.org"),
    ],
)
def test_what_config_toml_says_otherwise_is_checked(config, edition, checks, table, key, value):
    act(render_edition, config, edition)
    asked(config, edition)
    changed = config.model_copy(
        update={table: getattr(config, table).model_copy(update={key: value})}
    )
    with suppress(EditionFaulty):  # the letter may say where the house was before
        asked(changed, edition)
    assert len(checks) == 2


def test_a_longer_reader_and_another_email_are_checked(config, edition, checks):
    act(render_edition, config, edition)
    with open_desk(config, lambda: NOW) as desk:
        sync_list(desk, "readers")
        the_sendable(desk, edition)
        row = ListRow(email=f"{'a' * 50}@example.org", key=f"{'a' * 50}@example.org", name="A" * 40)
        desk.store.subscribers.add_many("readers", [row], cause="", actor="", now=1.0)
        the_sendable(desk, edition)
        first, second = (proof.sample.letter.recipient for proof in checks)
        assert len(first) < len(second)


def test_where_it_cannot_be_read_or_kept_what_passed_is_checked_again(config, edition, checks):
    act(render_edition, config, edition)
    kept = house_folder(config) / "checked"
    kept.write_text("no folder")
    asked(config, edition)
    kept.unlink()
    asked(config, edition)
    (kept / "staggers.json").write_text('{"a": 1')
    asked(config, edition)
    assert len(checks) == 3


def test_the_same_job_is_spelled_alike_each_time(config, edition):
    act(render_edition, config, edition)

    def job(desk):
        return repr(lint.lint_job(desk, *the_sendable(desk, edition)))

    assert act(job, config, clock=lambda: NOW) == act(job, config, clock=lambda: NOW)
