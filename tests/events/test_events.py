"""Distinct news stays apart, one event is one story; on pieces of our own writing."""

from dataclasses import replace
from itertools import combinations

import pytest
from tests.events.corpus import framed, piece, reports

from briefing.actions.editions.retellings import retellings
from briefing.events.duplicates import mark_duplicates
from briefing.events.features import gist_of
from briefing.events.happenings import happenings
from briefing.model.article import Author, Paragraph, Sponsorship, Verdict
from briefing.model.edition import Relation

FRAMES = [*framed("framed"), *framed("second_framed")]


def gathered(articles):
    found = happenings([gist_of(article) for article in articles])
    groups = [(each.best, *each.others) for each in found]
    return {tuple(sorted(pair)) for group in groups for pair in combinations(group, 2)}


def f1(found, right):
    return 2 * len(found & right) / (len(found) + len(right))


@pytest.mark.parametrize("three", FRAMES, ids=lambda three: three[0].headline[:30])
def test_pieces_in_a_houses_frame_around_other_news_all_stay(three):
    found = mark_duplicates(three)
    assert [one.duplicate_of for one in found] == [None] * 3
    assert retellings(found) == {}


def test_a_page_of_many_houses_frames_loses_none_of_them():
    found = mark_duplicates([one for three in FRAMES for one in three])
    assert [one.headline for one in found if one.duplicate_of] == []
    assert retellings(found) == {}


@pytest.mark.parametrize("three", FRAMES, ids=lambda three: three[0].headline[:30])
def test_a_framed_piece_that_is_cut_and_headed_anew_is_still_known(three):
    first = three[0]
    *kept, _ = first.paragraphs if len(first.paragraphs) > 2 else (*first.paragraphs, None)
    copy = replace(first, id="copy#0", headline="Another head", paragraphs=tuple(kept))
    assert mark_duplicates([first, copy])[1].duplicate_of == first.id


def test_reports_of_one_event_are_gathered_and_others_left_alone():
    corpus = reports("events.txt", "held_out.txt")
    assert len(set(corpus.events)) == 40
    assert f1(gathered(corpus.articles), corpus.pairs) >= 0.95


@pytest.mark.parametrize(
    "name",
    [
        "held_out.txt",
        "second_held_out.txt",
        "third_held_out.txt",
        "fifth_held_out.txt",
        "sixth_held_out.txt",
    ],
)
def test_reports_that_were_not_looked_at_while_the_rules_were_made_are_gathered_too(name):
    corpus = reports(name)
    assert f1(gathered(corpus.articles), corpus.pairs) >= 0.9


def test_58_events_of_one_fortnight_are_told_apart():
    corpus = reports("events.txt", "held_out.txt", "more_events.txt", "second_held_out.txt")
    assert len(set(corpus.events)) == 58
    assert f1(gathered(corpus.articles), corpus.pairs) >= 0.95


def test_without_dates_nine_in_ten_are_still_right():
    corpus = reports("events.txt", "held_out.txt", dated=False)
    assert f1(gathered(corpus.articles), corpus.pairs) >= 0.9


def test_events_of_five_languages_are_gathered_each_in_its_own():
    corpus = reports("third_held_out.txt", "fourth_held_out.txt", "fifth_held_out.txt")
    assert {article.language for article in corpus.articles} > {"de", "es", "fr", "it", "nl"}
    assert f1(gathered(corpus.articles), corpus.pairs) >= 0.9
    names = gist_of(
        replace(piece("a#0", "Crue\nLa crue de l’Ardèche a noyé d’autres rues."), language="fr")
    )
    assert names.sentences[1].names == {"ardech"}
    assert "de" not in names.words


def test_undated_pieces_of_one_beat_are_put_into_no_event():
    beat = [
        piece(
            f"{number}#0",
            f"{what}\nThe home secretary, Gerald Aske, told MPs on {day} that {what.lower()} was for the "
            f"government and the Westminster parties to settle. Mr Aske spoke to {who} before the debate.",
        )
        for number, (what, day, who) in enumerate(
            (
                ("Reform of juries", "9 May", "the Law Society"),
                ("Cost of identity cards", "2 March", "the Treasury"),
                ("Speed of deportations", "30 June", "the Refugee Council"),
                ("Pay of the police", "17 July", "the Police Federation"),
            )
        )
    ]
    crowd = [*beat, *reports("events.txt", dated=False).articles]
    found = gathered(crowd)
    assert {pair for pair in found if pair[0] < len(beat)} == set()


def test_parts_of_one_houses_series_are_each_their_own_news():
    parts = [piece(f"{n}#0", f"Episode {n}: the harbour of Hale\nThe harbour.") for n in range(3)]
    assert gathered(parts) == set()


def test_the_order_of_pages_changes_no_event():
    articles = reports("events.txt").articles
    names = {frozenset((articles[one].id, articles[other].id)) for one, other in gathered(articles)}
    back = articles[::-1]
    assert {frozenset((back[one].id, back[other].id)) for one, other in gathered(back)} == names


def test_one_event_alone_is_gathered_among_a_handful_of_pieces():
    corpus = reports("events.txt")
    few = [
        article
        for article, event in zip(corpus.articles, corpus.events, strict=True)
        if event in ("mill-fire", "prize-glass")
    ]
    assert len(gathered(few)) == 6 + 3


def test_a_story_names_the_papers_once_a_house_and_what_each_alone_says():
    fire = [
        article for article in reports("events.txt").articles if article.id.startswith("mill-fire")
    ]
    papers = ("Courier", "Herald", "Star", "Wire")
    fire = [
        replace(article, byline=(Author(name="A. Reporter", publication=paper),))
        for article, paper in zip(fire, papers, strict=True)
    ]
    ((kept, also),) = retellings(fire).items()
    assert {told.id for told in also} == {article.id for article in fire} - {kept}
    assert {told.publisher for told in also} < set(papers)
    texts = {article.id: article.text for article in fire}
    assert all(sentence in texts[told.id] for told in also for sentence in told.alone)
    assert any("30 families" in sentence for told in also for sentence in told.alone)


def test_paid_copy_is_neither_put_into_a_story_nor_takes_one_in():
    fire = [
        article for article in reports("events.txt").articles if article.id.startswith("mill-fire")
    ]
    paid = [
        replace(article, sponsorship=Sponsorship(verdict=verdict))
        for article, verdict in zip(
            fire,
            (Verdict.SPONSORED, Verdict.UNSURE, Verdict.EDITORIAL, Verdict.SPONSORED),
            strict=True,
        )
    ]
    assert retellings(paid) == {}


def test_a_copy_of_a_report_goes_with_it_into_the_event():
    one, other, *_ = reports("events.txt").articles
    long = tuple(Paragraph(text=f"{line.text} {line.text}") for line in one.paragraphs)
    whole = replace(one, paragraphs=one.paragraphs + long)
    found = mark_duplicates([whole, replace(whole, id="copy#0"), other])
    ((_, also),) = retellings(found).items()
    assert [told.relation for told in also] == [Relation.SAME, Relation.EVENT]


def test_a_closed_road_and_the_same_road_open_again_are_two_pieces_of_news():
    rest = (
        "Drivers are asked to go by the coast. The county council brings its list of roads up to date every "
        "fifteen minutes, by day and by night. Who saw the crash may call the police, who have asked for "
        "films from cars. Nobody was hurt."
    )
    shut = piece("a#0", f"Road shut\nThe A30 at Hayle was closed at nine after a crash.\n{rest}")
    free = piece(
        "b#0", f"Road open\nThe A30 at Hayle was open again at noon after a crash.\n{rest}"
    )
    found = mark_duplicates([shut, free])
    assert [one.duplicate_of for one in found] == [None, None]
    assert "possibly the same as b#0" in found[0].flags
    assert retellings(found) == {}


def test_a_report_from_one_side_that_has_little_in_common_with_each_other_one_is_gathered():
    corpus = reports("more_events.txt")
    quake = [
        place
        for place, article in enumerate(corpus.articles)
        if "Ardania" in f"{article.headline} {article.text}"
    ]
    assert set(combinations(quake, 2)) <= gathered(corpus.articles)


def test_draws_with_no_name_and_few_numbers_in_common_are_two_pieces_of_news():
    draws = [
        piece(
            f"{number}#0",
            f"Lottery: {balls}\n{balls} were drawn. Nobody won the jackpot of £{sum_}.",
        )
        for number, balls, sum_ in (
            (1, "14, 21, 33, 48, 51 and 59", "7,400,000"),
            (2, "16, 19, 37, 38, 46 and 57", "5,200,000"),
        )
    ]
    assert gathered(draws) == set()


def test_a_town_in_passing_makes_no_event_of_another_towns_news():
    towns = [
        piece(
            f"{number}#0",
            f"{town} {does} its library\nIn {town}, the library {does} and the quay of {other} closes. "
            f"In {town}, the mill of Gorse waits and the {what} of Hazel hires after {31 + number} days. "
            f"In {town}, the {what} of Birch funds after {62 + number} letters.",
        )
        for number, (town, other, does, what) in enumerate(
            (("Nettle", "Wick", "votes", "harbour"), ("Wick", "Cedar", "appeals", "orchard"))
        )
    ]
    assert gathered(towns) == set()


def test_one_house_tells_of_an_event_again_only_under_a_headline_with_a_word_of_the_first():
    one, other = (
        replace(article, url=f"https://courier.example/{number}")
        for number, article in enumerate(reports("events.txt").articles[:2])
    )
    assert gathered([one, replace(one, id="again#0")]) == {(0, 1)}
    assert gathered([one, replace(other, headline="What became of apples")]) == set()
