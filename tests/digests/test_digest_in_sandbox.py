"""Digests are made in processes with limits: one text that takes too much leaves the others be."""

import asyncio

import pytest
from tests.newsrooms import story

from briefing.articles.split_page import split_page
from briefing.digests.digest_in_sandbox import digest_confined
from briefing.digests.make import make_digest
from briefing.digests.settings import ENGINE_NAMES, DigestSettings
from briefing.errors import DigestError
from briefing.model.article import Article, Paragraph
from briefing.model.page import Page
from briefing.sandbox.pool import Workers

pytestmark = pytest.mark.usefixtures("started_sandbox")


def digested(articles, settings=None, **limits):
    workers = Workers(at_once=1, **limits) if limits else None
    return asyncio.run(digest_confined(articles, settings or DigestSettings(), workers))


def article(title):
    return split_page(Page(name="p", body=story(title).encode()))[0]


@pytest.mark.parametrize("engine", ENGINE_NAMES)
def test_a_digest_is_the_same_as_outside_whatever_the_engine(engine):
    settings = DigestSettings(engine=engine)
    pieces = [article("Harbour Bridge"), article("Water Levy")]
    assert digested(pieces, settings) == tuple(make_digest(one, settings) for one in pieces)


def endless(number):
    """More sentences than can be weighed in a second."""
    words = " ".join(
        f"Member {at} of ward {at % 977} voted {at * 7919 % 9973}." for at in range(number)
    )
    return Article(id="p#9", headline="Very long", paragraphs=(Paragraph(text=words),))


def test_a_text_that_takes_too_long_is_a_sentence_and_the_others_are_digested():
    first, second = article("Harbour Bridge"), article("Water Levy")
    found = digested([first, endless(50_000), second], seconds=1)
    assert [isinstance(one, DigestError) for one in found] == [False, True, False]
    assert "'Very long' (p#9): its text takes more than 1 second" in str(found[1])


def test_a_text_that_takes_too_much_memory_is_a_sentence_and_the_others_are_digested():
    found = digested([endless(10_000), article("Water Levy")], seconds=60, megabytes=64)
    assert isinstance(found[0], DigestError)
    assert not isinstance(found[1], DigestError)
