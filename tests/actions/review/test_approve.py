"""Nothing but the approved bytes leaves, and no article is printed twice."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.desks import act, approve_rendered
from tests.newsrooms import settled
from tests.workers.copies import copied

from briefing.actions.editions.draft import draft
from briefing.actions.rendering.render import render_edition
from briefing.actions.sending.send import send_edition
from briefing.errors import EditionError, EditionHeld

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def clock():
    return NOW


@pytest.fixture(scope="module")
def rendered(shipped_house, tmp_path_factory):
    """A house with an edition that is rendered; copy it."""
    folder = copied(shipped_house, tmp_path_factory.mktemp("rendered"))
    act(render_edition, settled(folder), "staggers-2026-11-23")
    return folder


@pytest.fixture
def config(rendered, tmp_path):
    return settled(copied(rendered, tmp_path))


@pytest.fixture
def edition():
    return "staggers-2026-11-23"


def say(config, edition, *, yes=True):
    return approve_rendered(config, edition, yes=yes, actor="ada", note="seen", clock=clock)


def test_nothing_leaves_before_somebody_has_approved_it(config, edition):
    with pytest.raises(EditionHeld, match="nobody has approved it"):
        act(send_edition, config, edition, clock=clock)
    assert say(config, edition).readers == 8
    assert act(send_edition, config, edition, clock=clock).now == 8


def test_any_change_voids_an_approval(config, edition):
    say(config, edition)
    site = config.site.model_copy(update={"name": "Another House"})
    changed = config.model_copy(update={"site": site})
    act(render_edition, changed, edition)
    with pytest.raises(EditionHeld, match="changed since ada approved it"):
        act(send_edition, changed, edition, clock=clock)


def test_rendering_again_without_a_change_keeps_the_approval(config, edition):
    say(config, edition)
    act(render_edition, config, edition)
    assert act(send_edition, config, edition, clock=clock).now == 8


def test_a_rejection_takes_an_approval_back(config, edition):
    say(config, edition)
    say(config, edition, yes=False)
    with pytest.raises(EditionHeld, match="ada rejected it: seen"):
        act(send_edition, config, edition, clock=clock)


def test_an_article_that_was_sent_is_not_printed_again_and_the_sentence_says_so(config, edition):
    say(config, edition)
    act(send_edition, config, edition, clock=clock)
    tomorrow = NOW + timedelta(days=1)
    with pytest.raises(EditionError, match="nothing new to print"):
        act(draft, config, "staggers", clock=lambda: tomorrow)
    again = act(draft, config, "staggers", repeat=True, clock=lambda: tomorrow)
    assert len(again.edition.items) == 8


def test_drafting_the_same_edition_again_forgets_nothing(config, edition):
    say(config, edition)
    act(send_edition, config, edition, clock=clock)
    assert len(act(draft, config, "staggers", clock=lambda: NOW).edition.items) == 8


def test_after_ninety_days_an_article_may_come_again(config, edition):
    say(config, edition)
    act(send_edition, config, edition, clock=clock)
    assert act(draft, config, "staggers", clock=lambda: NOW + timedelta(days=91)).edition.items


def test_an_article_that_has_changed_since_is_marked(config, edition):
    say(config, edition)
    act(send_edition, config, edition, clock=clock)
    (page,) = (config.home / "seeds").glob("02-*.txt")
    text = page.read_text()
    page.write_text(text.replace("Treasury", "Exchequer", 3))
    drafted = act(draft, config, "staggers", clock=lambda: NOW + timedelta(days=1))
    assert [item.article.flags[-1] for item in drafted.edition.items] == [
        "updated since staggers-2026-11-23"
    ]
