"""An article that was digested before is not digested again, and gets the very same digest."""

from dataclasses import replace

import pytest
from tests.actions.noted import Noted

from briefing.actions import last_results
from briefing.actions.editions import digest_again as digests_again
from briefing.actions.editions.digest_again import digest_again
from briefing.actions.gather.gather import split_files
from briefing.digests import make
from briefing.digests.digest_in_sandbox import digest_confined
from briefing.digests.engines import ENGINES
from briefing.digests.settings import DigestSettings
from briefing.errors import DigestError
from briefing.shipped import shipped

SETTINGS = DigestSettings()
PAGES = sorted(shipped("seeds").glob("*.txt"))[:3]


@pytest.fixture(scope="module")
def articles():
    """Those of the pages."""
    return [article for page in split_files(PAGES) for article in page.articles]


@pytest.fixture
def digest(articles, tmp_path, monkeypatch):
    """Digest articles as a draft does; which of them were digested anew is noted."""

    async def noted(articles, settings):
        digester.asked += [article.id for article in articles]
        return await digest_confined(articles, settings)

    def called(articles=articles, settings=SETTINGS):
        digester.asked = []
        return digest_again(articles, settings, digester.file).stories

    digester = Noted(called, file=tmp_path / "digests" / "staggers.json")
    monkeypatch.setattr(digests_again, "digest_confined", noted)
    return digester


def test_the_digests_of_the_last_draft_are_taken_again_and_are_the_same(digest, articles):
    first = digest()
    assert digest.asked == [article.id for article in articles]
    assert digest() == first
    assert digest.asked == []
    assert first == [(one, make.make_digest(one, SETTINGS)) for one in articles]


def test_only_the_article_that_changed_is_digested_again(digest, articles):
    digest()
    changed = replace(articles[0], headline="Another headline altogether")
    assert digest([changed, *articles[1:]])[1:] == digest(articles[1:])
    digest([changed, *articles[1:]])
    assert digest.asked == [changed.id]


@pytest.mark.parametrize(
    "settings",
    [
        DigestSettings(engine="lexrank"),
        DigestSettings(words=(50, 90)),
        DigestSettings(words=(60, 91)),
        DigestSettings(sentences=6),
    ],
)
def test_other_settings_digest_everything_again(digest, articles, settings):
    digest()
    found = digest(settings=settings)
    assert len(digest.asked) == len(articles)
    assert found == [(one, make.make_digest(one, settings)) for one in articles]


def test_other_code_digests_everything_again(digest, articles, monkeypatch):
    digest()
    monkeypatch.setattr(last_results, "code_fingerprint", lambda rooms: "another release")
    digest()
    assert len(digest.asked) == len(articles)


def test_an_engine_that_failed_is_asked_again(digest, monkeypatch):
    def fails(paragraphs, language):
        raise MemoryError

    async def here(articles, settings):
        return tuple(make.make_digest(article, settings) for article in articles)

    with monkeypatch.context() as while_it_fails:
        while_it_fails.setattr(digests_again, "digest_confined", here)
        while_it_fails.setitem(ENGINES, "edmundson", fails)
        failed = [
            one.id for one, found in digest() if any("failed" in flag for flag in found.flags)
        ]
    assert failed
    digest()
    assert digest.asked == failed


def test_a_text_that_took_too_much_is_told_and_tried_again(digest, articles, monkeypatch):
    async def refused(articles, settings):
        return tuple(DigestError(f"{article.id} takes too long") for article in articles)

    with monkeypatch.context() as while_it_fails:
        while_it_fails.setattr(digests_again, "digest_confined", refused)
        found = digest_again(articles, SETTINGS, digest.file)
    assert (found.stories, list(found.refused)) == ([], [one.id for one in articles])
    digest()
    assert digest.asked == [article.id for article in articles]


def test_an_engine_that_there_is_not_is_refused_whatever_was_kept(digest):
    digest()
    with pytest.raises(DigestError, match="lexrnk"):
        digest(settings=DigestSettings(engine="lexrnk"))
