"""The same piece on several pages."""

import random

from hypothesis import given
from hypothesis import strategies as st

from briefing.articles.split_page import split_page
from briefing.articles.text.fingerprint import fingerprint
from briefing.events.duplicates import mark_duplicates
from briefing.model.article import Article, Evidence, Paragraph, Sponsorship, Verdict
from briefing.model.page import Page

WORDS = (
    "council river vote minister bridge tax peer whip letter train bill harbour school mine".split()
)


def words(count, seed):
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) + str(place % 7) for place in range(count))


def article(name, text, verdict=Verdict.EDITORIAL, where="body"):
    evidence = (Evidence(points=60, text=f"why {name}", where=where),)
    return Article(
        id=name,
        headline=name,
        paragraphs=(Paragraph(text=text),),
        sponsorship=Sponsorship(verdict=verdict, evidence=evidence),
    )


def repeats(*articles):
    return {found.id: found.duplicate_of for found in mark_duplicates(articles)}


LONG = words(200, seed=1)


def test_an_exact_copy_repeats_the_first():
    assert repeats(article("a", LONG), article("b", LONG)) == {"a": None, "b": "a"}


def test_other_quotes_dashes_and_capitals_make_no_other_piece():
    one, other = f"“{LONG}” – he’s", f'"{LONG.upper()}" - he\'s'
    assert repeats(article("a", one), article("b", other)) == {"a": None, "b": "a"}
    assert fingerprint(one) == fingerprint(other)


def test_an_edited_copy_is_the_same_piece_and_the_fullest_is_kept():
    edited = LONG.replace("minister3", "secretary") + " and a closing sentence that is new to it"
    assert repeats(article("a", LONG), article("b", edited)) == {"a": "b", "b": None}


def test_a_teaser_of_the_first_half_is_the_same_piece():
    assert repeats(article("a", " ".join(LONG.split()[:90])), article("b", LONG)) == {
        "a": "b",
        "b": None,
    }


def test_a_kept_piece_lists_all_its_copies():
    kept, *_ = mark_duplicates([article("a", LONG), article("b", LONG), article("c", LONG)])
    assert kept.seen_in == ("b", "c")


def test_different_pieces_stay_apart_unflagged():
    found = mark_duplicates([article("a", LONG), article("b", words(200, seed=2))])
    assert [(piece.duplicate_of, piece.flags) for piece in found] == [(None, ()), (None, ())]


def test_a_shared_quotation_makes_no_copy():
    shared = words(40, seed=3)
    one, other = (f"{words(150, seed)} {shared}" for seed in (4, 5))
    assert repeats(article("a", one), article("b", other)) == {"a": None, "b": None}


def test_two_fifths_in_common_is_asked_about_and_dropped_by_nobody():
    shared = words(84, seed=6)
    one, other = (f"{words(120, seed)} {shared}" for seed in (7, 8))
    found = mark_duplicates([article("a", one), article("b", other)])
    assert [piece.duplicate_of for piece in found] == [None, None]
    assert [piece.flags for piece in found] == [
        ("possibly the same as b",),
        ("possibly the same as a",),
    ]


def test_a_short_text_repeats_only_its_equal():
    assert repeats(article("a", "Only a few words."), article("b", "Only a few words!"))["b"] == "a"
    assert (
        repeats(article("a", "Only a few words."), article("b", "Only a few words more."))["b"]
        is None
    )


def test_a_publishers_standing_text_joins_no_pieces():
    standing = words(60, seed=9)
    pieces = [
        article(str(place), f"{words(70, seed=100 + place)} {standing}") for place in range(12)
    ]
    assert set(repeats(*pieces).values()) == {None}


def test_a_labelled_copy_labels_the_kept_one_and_says_where_from():
    kept, _ = mark_duplicates([article("a", LONG), article("b", LONG, Verdict.SPONSORED)])
    assert kept.verdict is Verdict.SPONSORED
    assert kept.sponsorship.evidence[0].text == "the same piece as b"


def test_a_persons_ruling_on_the_kept_one_stands():
    ruled = article("a", LONG, where="sponsors.rule")
    kept, _ = mark_duplicates([ruled, article("b", LONG, Verdict.SPONSORED)])
    assert kept.verdict is Verdict.EDITORIAL


def test_a_copy_whose_page_printed_only_the_standfirst_is_a_piece_of_its_own():
    standfirst = (
        "The amendment passed the Lords by 31 votes last night, and the whips are counting."
    )
    rest = " ".join(LONG.split()[:60])
    whole = f"Peers back rents\n\n{standfirst}\n\n{rest}.\n\n{rest} again."
    teaser = f"Peers back rents\n\n{standfirst}\n"
    pages = [Page(name=name, body=text.encode()) for name, text in (("a", whole), ("b", teaser))]
    found = mark_duplicates([piece for page in pages for piece in split_page(page)])
    assert [piece.duplicate_of for piece in found] == [None, None]


@given(st.lists(st.sampled_from([words(50, seed) for seed in range(4)]), max_size=8))
def test_marking_keeps_every_piece_in_its_place_and_every_copy_points_at_a_kept_one(texts):
    pieces = [article(str(place), text) for place, text in enumerate(texts)]
    found = mark_duplicates(pieces)
    kept = {piece.id for piece in found if piece.duplicate_of is None}
    assert [piece.id for piece in found] == [piece.id for piece in pieces]
    assert {piece.duplicate_of for piece in found if piece.duplicate_of} <= kept
    assert len(kept) == len(set(texts))
    assert mark_duplicates(found) == found


def test_two_thousand_pieces_are_compared_with_their_likes_only():
    pieces = [article(str(place), words(120, seed=place % 1000)) for place in range(2000)]
    assert sum(piece.duplicate_of is None for piece in mark_duplicates(pieces)) == 1000


def test_a_publishers_standing_text_is_no_part_of_what_two_pieces_share():
    standing = words(60, seed="about us")
    own = [words(80, seed=f"piece {n}") for n in range(7)]
    marked = mark_duplicates(
        [article(f"p{n}#0", f"{text} {standing}") for n, text in enumerate(own)]
    )
    assert [one.flags for one in marked] == [()] * 7
    assert [one.duplicate_of for one in marked] == [None] * 7


def test_a_report_that_repeats_half_of_what_a_body_issued_is_asked_about():
    longer = f"{LONG} {words(40, seed=9)}"
    kept, _ = mark_duplicates([article("a", longer), article("b", LONG, Verdict.ISSUED)])
    assert (kept.verdict, kept.sponsorship.suspected) == (Verdict.UNSURE, Verdict.ISSUED)
