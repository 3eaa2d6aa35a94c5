"""Every story has its place for reasons that can be read, and no name of a person is among them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from briefing.editions.ranking import ENOUGH, habits_of, ranked, reasons
from briefing.model.article import Article, Paragraph
from briefing.model.digest import AGENDA, Digest, Sentence
from briefing.model.edition import FollowUp, Item, Relation, Retelling, Treated, Treatment

SLOT = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)


def article(name, **values):
    told = {"headline": f"Headline of {name}", "paragraphs": (Paragraph(text="Words."),)}
    return Article(**{"id": f"{name}#0", "fingerprint": name, **told, **values})


def item(name, **values):
    piece = article(name, **values)
    return Item(
        article=piece,
        digest=Digest(article_id=piece.id, sentences=(), engine="test"),
        kicker="",
        headline=piece.headline,
        paragraph="Words.",
    )


def order(*items, past=()):
    return [one.article.page for one in ranked(items, SLOT, habits_of(past))]


def treated(treatment, **values):
    return Treated(
        **{
            "edition": "e",
            "treatment": treatment,
            "fingerprint": "f",
            "url": "",
            "words": "",
            **values,
        }
    )


def why(piece, past=()):
    return "; ".join(reason.text for reason in reasons(piece, SLOT, habits_of(past)))


def test_the_newest_day_comes_first_and_equals_keep_the_order_of_their_pages():
    old, new = item("old", published=date(2026, 11, 20)), item("new", published=date(2026, 11, 23))
    assert order(old, new, item("other", published=date(2026, 11, 23))) == ["new", "other", "old"]


def test_what_three_sources_carry_comes_before_what_one_published_today():
    carried = item("carried", published=date(2026, 11, 21), seen_in=("b#0", "c#0"))
    assert order(item("new", published=date(2026, 11, 23)), carried) == ["carried", "new"]
    assert why(carried) == "in 3 sources; published 2 days ago"


def test_an_exclusive_of_another_year_does_not_lead():
    old = item("old", labels=("Exclusive",), published=date(2014, 3, 1))
    new = item("new", published=date(2026, 11, 22))
    assert order(old, new) == ["new", "old"]
    assert "its label “Exclusive” is not of these days" in why(old)
    fresh = item("fresh", labels=("Exclusive",), published=date(2026, 11, 23))
    assert order(item("today", published=date(2026, 11, 23)), fresh) == ["fresh", "today"]


def test_a_page_saved_today_that_names_no_date_stands_between_today_and_yesterday():
    saved = item("saved", saved=datetime(2026, 11, 23, 5, 0, tzinfo=UTC))
    days = (
        item("before", published=date(2026, 11, 22)),
        item("today", published=date(2026, 11, 23)),
    )
    assert order(*days, saved) == ["today", "saved", "before"]
    assert why(saved) == "undated, saved today at 05:00"


def test_an_agenda_does_not_lead_while_there_is_news():
    said = {"saved": datetime(2026, 11, 23, 5, 0, tzinfo=UTC)}
    diary, report = item("diary", **said), item("report", **said)
    diary = replace(diary, digest=replace(diary.digest, flags=(AGENDA,)))
    assert order(diary, report) == ["report", "diary"]
    assert "an agenda of what is to come" in why(diary)
    assert why(item("x")) == "of no known date"


def test_a_date_in_the_future_is_today():
    assert why(item("x", published=date(2031, 1, 1))) == "published today"


def test_a_story_that_led_and_has_changed_says_so():
    flags = ("updated since staggers-2026-11-20",)
    led = item("a", flags=(*flags, "led staggers-2026-11-20"))
    assert "you led with the story on Friday, and it has changed" in why(led)
    other = item("b", flags=flags)
    assert "you printed it on Friday, and it has changed" in why(other)
    assert order(item("other", flags=flags), item("led", flags=led.article.flags)) == [
        "led",
        "other",
    ]


@pytest.mark.parametrize("field", ["section", "source"])
def test_a_habit_counts_once_there_are_enough_decisions(field):
    sport = [treated(Treatment.DROPPED, **{field: "Sport"})] * (ENOUGH - 1)
    others = [treated(Treatment.PRINTED, **{field: "Politics"})] * ENOUGH
    piece = item("x", published=date(2026, 11, 23), **{field: "Sport"})
    assert why(piece, (*sport, *others)) == "published today"
    more = (*sport, treated(Treatment.PRINTED, **{field: "Sport"}), *others)
    said = f"this desk printed 1 of {ENOUGH} pieces of the {field} “Sport”"
    assert why(piece, more) == f"published today; {said}"
    politics = item("y", published=date(2026, 11, 23), **{field: "Politics"})
    assert order(
        item("x", published=date(2026, 11, 23), **{field: "Sport"}), politics, past=more
    ) == [
        "y",
        "x",
    ]


def goes_on(name, news, **values):
    before = FollowUp(
        edition="e", day=date(2026, 11, 17), headline="Before", news=news, event="x", **values
    )
    return replace(item(name, published=date(2026, 11, 22)), follow_up=before)


def test_a_story_that_goes_on_with_something_new_comes_before_one_of_its_day_and_one_without_after_it():
    new = goes_on("new", Sentence(text="It fell.", start=0, end=8), times=3)
    stale, other = goes_on("stale", None), item("other", published=date(2026, 11, 22))
    assert order(stale, other, new) == ["new", "other", "stale"]
    said = "you told of it on Tuesday, for the third time; it goes on with something new"
    assert said in why(new)
    assert why(stale).endswith("you told of it on Tuesday, and nothing says what is new")


def test_papers_that_tell_one_event_count_as_its_sources_and_those_of_one_house_once():
    told = tuple(
        Retelling(id=f"{house}{number}#0", headline="x", relation=Relation.EVENT, house=house)
        for number, house in enumerate(("courier.example", "courier.example", "herald.example"))
    )
    carried = replace(item("carried", published=date(2026, 11, 22)), also_in=told)
    assert "in 3 sources" in why(carried)
    assert order(item("other", published=date(2026, 11, 22)), carried) == ["carried", "other"]


def test_a_place_is_a_sentence_with_its_number_the_hour_of_the_first_source_and_what_the_desk_did():
    told = (Retelling(id="b#0", headline="x", relation=Relation.EVENT),)
    third = replace(
        goes_on("third", Sentence(text="It fell.", start=0, end=8), led=True), also_in=told
    )
    since = {third.id: datetime(2026, 11, 23, 4, 10, tzinfo=UTC)}
    told_more = tuple(replace(told[0], id=f"{name}#0") for name in "bcde")
    first = [
        replace(item(name, published=SLOT.date()), also_in=told_more) for name in ("one", "two")
    ]
    placed = ranked([third, *first], SLOT, since=since)
    assert placed[2].why == (
        "third: in 2 sources since 04:10; published yesterday; "
        "you led with the story on Tuesday; it goes on with something new"
    )


def test_what_stands_level_says_that_the_pages_decide():
    equal = [item(name, published=SLOT.date()) for name in ("one", "two")]
    one, two, other = ranked([item("old", published=date(2026, 11, 1)), *equal], SLOT)
    assert one.why == "first: published today"
    assert (
        two.why
        == "second: published today; level with the one before it, so their pages decide the order"
    )
    assert other.why == "third: published 22 days ago"


def test_a_story_dropped_before_that_changed_says_so():
    changed = item("x", flags=("changed since an editor dropped it from staggers-2026-11-20-1830",))
    assert "you dropped it on Friday, and it has changed" in why(changed)


@pytest.mark.parametrize(
    ("since", "said"),
    [
        (datetime(2026, 11, 22, 23, 5, tzinfo=UTC), "in 2 sources since yesterday at 23:05"),
        (datetime(2026, 11, 3, 9, 0, tzinfo=UTC), "in 2 sources since 3 November"),
    ],
)
def test_sources_of_an_earlier_day_name_it(since, said):
    carried = item("carried", seen_in=("b#0",))
    assert next(one.text for one in reasons(carried, SLOT, since=since)) == said
