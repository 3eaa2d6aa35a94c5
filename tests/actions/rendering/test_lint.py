"""The desk checks what its readers would get."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.desks import act
from tests.workers.copies import copied

from briefing.actions.context import open_desk
from briefing.actions.editions.draft import draft
from briefing.actions.readers.import_list import sync_list
from briefing.actions.rendering import lint_job as room
from briefing.actions.rendering.lint import lint, lint_job
from briefing.actions.rendering.lint_job import LintJob, checks_apart
from briefing.actions.rendering.render import render_edition
from briefing.actions.resolve_name import the_draft
from briefing.actions.sending.send import send_edition
from briefing.config import load_config
from briefing.errors import StoreError
from briefing.sandbox.child import Child
from briefing.store import ListRow

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@pytest.fixture
def config(shipped_house, tmp_path):
    """A house in a process that remembers no letter it has looked at."""
    room._found.cache_clear()
    return load_config(copied(shipped_house, tmp_path) / "config.toml")


@pytest.fixture
def rendered(config):
    return act(render_edition, config, "staggers-2026-11-23")


def rules_found(config, rendered):
    with open_desk(config, lambda: NOW) as desk:
        sync_list(desk, "readers")
        return {found.rule for found in lint(desk, rendered.edition, rendered.email)}


def linted(desk, name):
    kept = the_draft(desk, name)
    return lint(desk, kept, desk.store.drafts.email(kept))


def changed(config, **tables):
    """The config with some keys of some tables changed."""
    return config.model_copy(
        update={
            name: getattr(config, name).model_copy(update=keys) for name, keys in tables.items()
        }
    )


def test_the_shipped_house_has_no_error_and_only_true_warnings(config, rendered):
    found = act(linted, config, rendered.edition.id, clock=lambda: NOW)
    assert list(dict.fromkeys((one.severity, one.rule) for one in found)) == [
        ("warning", "subject"),  # a headline of 80 characters
        ("warning", "link-href"),  # the shipped public_url is an example
        ("info", "story-address"),  # saved pages that name none
        ("info", "compat-dark-rules"),
    ]


def test_a_letter_that_was_checked_is_checked_again_only_once_it_has_changed(
    config, rendered, monkeypatch
):
    laid_out, proof = [], LintJob.proof

    def counted(job):
        laid_out.append(job)
        return proof(job)

    monkeypatch.setattr(LintJob, "proof", counted)
    with open_desk(config, lambda: NOW) as desk:
        found = [lint(desk, rendered.edition, rendered.email) for _ in range(3)]
        assert found[0] == found[1] == found[2]
        assert len(laid_out) == 1
        lint(desk, rendered.edition, padded(rendered, 1))
        lint(desk, replace(rendered.edition, title="Another"), rendered.email)
    elsewhere = changed(config, site={"postal_address": "9 Quay Street, Leith"})
    with open_desk(elsewhere, lambda: NOW) as desk:
        lint(desk, rendered.edition, rendered.email)
    assert len(laid_out) == 4


def padded(rendered, count):
    html = rendered.email.html.replace("</body>", f"<!--{'x' * count}--></body>")
    return replace(rendered.email, html=html)


def test_the_letter_of_the_longest_reader_is_measured(config, rendered):
    with open_desk(config, lambda: NOW) as desk:

        def size(count):
            found = lint(desk, rendered.edition, padded(rendered, count))
            (one,) = (one for one in found if one.rule == "size-html")
            return one.severity, int(re.search(r"has ([\d,]+)", one.message)[1].replace(",", ""))

        _, so_far = size(60_000)
        full = 60_000 + 102_400 - so_far
        assert size(full) == ("warning", 102_400)
        reader = ListRow(email=f"{'l' * 60}@example.com", key="long")
        desk.store.subscribers.add_many(
            "readers", [reader], cause="", actor="", now=NOW.timestamp()
        )
        assert size(full) == ("error", 102_400 + len(reader.email) - len("reader@example.com"))


def test_a_letter_that_cannot_be_written_is_a_finding(config, rendered):
    assert "letter" in rules_found(changed(config, site={"public_url": "ftp://a.b"}), rendered)


def test_a_house_without_https_cannot_offer_one_click(config, rendered):
    bare = changed(config, site={"public_url": "http://briefing.harbour"})
    assert {"list-unsubscribe", "link-href"} <= rules_found(bare, rendered)


def test_more_paid_pieces_than_the_config_allows_are_spoken_of(config, rendered):
    assert "sponsor-count" in rules_found(changed(config, sponsors={"most": 0}), rendered)


def test_an_edition_that_is_not_rendered_says_what_to_do(config):
    name = act(draft, config, "staggers", clock=lambda: NOW).edition.id
    with pytest.raises(StoreError, match=f"briefing render {name}"):
        act(linted, config, name, clock=lambda: NOW)


def test_another_process_finds_what_this_one_finds(config, rendered):
    with open_desk(config, lambda: NOW) as desk, checks_apart() as checked:
        job = lint_job(desk, rendered.edition, rendered.email)
        assert checked(job) == job.findings() != ()


def test_the_checks_are_done_here_where_the_other_process_dies(config, rendered, monkeypatch):
    monkeypatch.setattr("briefing.actions.rendering.lint_job._MODULE", "briefing.model")
    with open_desk(config, lambda: NOW) as desk, checks_apart() as checked:
        job = lint_job(desk, rendered.edition, rendered.email)
        assert checked(job) == job.findings()


@pytest.mark.parametrize(("many", "begun"), [(1, 1), (1_000_000, 0)])
def test_who_posts_to_many_leaves_the_checks_to_another_process(
    config, rendered, monkeypatch, many, begun
):
    children = []

    class Noted(Child):
        def __init__(self, *arguments, **settings):
            super().__init__(*arguments, **settings)
            children.append(self)

    monkeypatch.setattr("briefing.actions.rendering.lint_job.Child", Noted)
    monkeypatch.setattr("briefing.actions.sending.send._MANY", many)
    with open_desk(config, lambda: NOW) as desk:
        sync_list(desk, "readers")
        send_edition(desk, rendered.edition.id)
    assert [child.is_alive for child in children] == [False] * begun
