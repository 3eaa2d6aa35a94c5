"""Links and pictures are asked when an editor wants it, and nowhere but in public."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.desks import act
from tests.faults.feed_server import reply

from briefing.actions.admin.init import make_house
from briefing.actions.rendering.link_probe import FetcherProbe, link_probe
from briefing.config import load_config
from briefing.fetching.allowlist import Allowed
from briefing.fetching.fetcher import Reach

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@pytest.fixture
def probe(server):
    allowed = Allowed.parse([f"127.0.0.1:{server.port}"])
    return FetcherProbe(Reach(user_agent="briefing/0.1", allowed=allowed))


def test_each_address_is_asked_once_and_answers_with_its_status_and_weight(server, probe):
    server.pages["/a.png"] = reply(b"x" * 1_234, "image/png")
    picture, gone, moved = (
        server.url(path) for path in ("/a.png", "/alpha/nothing", "/alpha/moved")
    )
    answers = probe.ask([picture, gone, moved, picture])
    assert list(answers) == [picture, gone, moved]
    assert (answers[picture].status, answers[picture].size) == (200, 1_234)
    assert answers[gone].status == 404
    assert answers[moved].status == 200
    assert len(server.asked("/a.png")) == 1


def test_one_too_heavy_to_be_read_is_there_all_the_same(server, probe):
    (answer,) = probe.ask([server.url("/alpha/huge")]).values()
    assert answer.status == 200
    assert answer.size > 1_048_576


def test_one_that_does_not_answer_is_told_in_words_that_follow_its_address(server, probe):
    address = server.url("/alpha/cut-off")
    (answer,) = probe.ask([address]).values()
    assert answer.status == 0
    assert answer.problem.startswith("broke off")


def test_hosts_that_config_opens_for_sources_are_not_asked_for_links(server, tmp_path):
    make_house(tmp_path)
    allow = f'["127.0.0.1:{server.port}"]'
    config = load_config(tmp_path / "config.toml", {"BRIEFING_FETCH__ALLOW": allow})
    probe = act(link_probe, config)
    (answer,) = probe.ask([server.url("/alpha")]).values()
    assert server.requests == []
    assert (answer.status, "this machine" in answer.problem) == (0, True)
    opened = FetcherProbe(replace(probe.reach, allowed=Allowed.parse(config.fetch.allow)))
    assert opened.ask([server.url("/alpha")])[server.url("/alpha")].status == 200
