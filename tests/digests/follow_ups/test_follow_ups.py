"""A story that goes on is known by what it is about, and its line says what nobody has read yet."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.digests.follow_ups import Archive, PrintedStory, news_since
from briefing.digests.make import make_digest
from briefing.digests.settings import DigestSettings
from briefing.model.article import Article, Paragraph

WEEK = tomllib.loads((Path(__file__).parent / "week.toml").read_text("utf-8"))["story"]
STORIES = {story["name"]: story for story in WEEK}


def article(story, **facts):
    return Article(
        id=f"{story['name']}#0",
        headline=story["title"],
        paragraphs=tuple(Paragraph(text=block) for block in story["text"].split("\n")),
        language=story.get("language", "en"),
        **facts,
    )


def digest(story):
    return make_digest(article(story), DigestSettings())


def told(story, **facts):
    return PrintedStory(
        edition=f"staggers-{story['day']}",
        day=story["day"],
        headline=story["title"],
        paragraph=digest(story).text,
        article=article(story, **facts),
    )


def archive(day, **facts):
    before = sorted((story for story in WEEK if story["day"] < day), key=lambda story: story["day"])
    today = [article(story, **facts) for story in WEEK if story["day"] == day]
    return Archive([told(story, **facts) for story in before], today)


@pytest.mark.parametrize("story", WEEK, ids=lambda story: story["name"])
def test_a_story_is_known_again_and_no_other_story_of_the_same_people_is(story):
    found = archive(story["day"]).carried_on_by(article(story))
    assert (found.headline if found else "") == (
        STORIES[story["carries_on"]]["title"] if story.get("carries_on") else ""
    )


@pytest.mark.parametrize(
    "story", [one for one in WEEK if one.get("new")], ids=lambda one: one["name"]
)
def test_the_new_sentence_is_the_articles_own_and_says_what_was_not_printed(story):
    own, printed = article(story), told(STORIES[story["carries_on"]])
    news = news_since(own, digest(story), printed)
    assert own.text[news.start : news.end] == news.text
    assert story["new"] in news.text
    assert story["new"] not in printed.paragraph


@pytest.mark.parametrize(
    "story", [one for one in WEEK if one.get("new")], ids=lambda one: one["name"]
)
def test_the_new_sentence_is_never_printed_twice(story):
    news = news_since(article(story), digest(story), told(STORIES[story["carries_on"]]))
    assert digest(story).text.find(news.printed) <= 0


def test_an_article_without_anything_new_says_so():
    story = STORIES["harbour-fire"]
    assert news_since(article(story), digest(story), told(story)) is None


def test_the_same_address_is_the_same_story_whatever_its_words():
    old, new = STORIES["harbour-fire"], STORIES["poll-on-dogs"]
    address = "https://news.example.org/live"
    house = Archive([told(old, url=address)], [article(new, url=address)])
    assert house.carried_on_by(article(new, url=address)).headline == old["title"]


def test_of_several_printed_stories_the_newest_is_carried_on():
    first, second = STORIES["ferry-contract"], STORIES["ferry-resignation"]
    third = {**second, "name": "third", "title": "Howell cancels Pryce's ferry contract"}
    house = Archive([told(first), told(second)], [article(third)])
    assert house.carried_on_by(article(third)).headline == second["title"]


def test_what_an_earlier_edition_told_of_the_event_is_not_new_again():
    first, second = told(STORIES["ferry-contract"]), STORIES["ferry-resignation"]
    again = replace(told(STORIES["ferry-contract"]), before=told(second))
    assert (first.times, again.times) == (1, 2)
    assert news_since(article(second), digest(second), first) is not None
    assert news_since(article(second), digest(second), again) is None


def test_a_story_in_another_language_is_not_the_same():
    story = STORIES["ferry-resignation"]
    house = Archive([told(STORIES["ferry-contract"])], [article({**story, "language": "fr"})])
    assert house.carried_on_by(article({**story, "language": "fr"})) is None


def test_without_printed_stories_nothing_is_carried_on():
    assert Archive([], [article(WEEK[0])]).carried_on_by(article(WEEK[0])) is None
