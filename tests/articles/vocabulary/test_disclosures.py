"""Whose a disclosure is: the piece's own, a neighbour's, a box's, or nobody's."""

import pytest

from briefing.articles.split_page import split_page
from briefing.articles.vocabulary.disclosures import at_edge, in_sentence
from briefing.articles.vocabulary.labels import disclosure, is_slot
from briefing.articles.vocabulary.payer_lines import in_line
from briefing.model.article import Verdict
from briefing.model.page import Page

FIRST = (
    "Peers back amendment on rents by 31 votes\n\nBy Idris Fenn\n\n"
    "The amendment passed the Lords by 31 votes last night. It was brought by Lord Askham, who has "
    "tried three times before and failed each time.\n\n"
    "The government will try to overturn the vote next week, and the whips are counting again."
)
SECOND = (
    "How market towns are learning to heat themselves\n\nBy Nora Felling\n\n"
    "The town of Harle has 4,000 homes and, until last spring, almost as many gas boilers. A third "
    "of them have gone, and those who live with the new pumps say that the winter was warm."
)
BIOGRAPHY = "Idris Fenn is political editor of the Calder Post."
LINKS = (
    "Ten cars that nobody wanted to buy\n\nDoctors in Leeds hate this simple trick\n\n"
    "What your pension is really doing at night"
)


def verdicts(text):
    return [article.verdict.value for article in split_page(Page(name="page", body=text.encode()))]


@pytest.mark.parametrize(
    "payer", ["Paid for by Harrow & Pike", "In association with Harrow & Pike"]
)
@pytest.mark.parametrize(
    ("between", "expected"),
    [
        ("\n\n{}\n\n", ["unsure", "unsure"]),
        ("\n{}\n\n", ["sponsored", "editorial"]),
        ("\n\n{}\n", ["editorial", "sponsored"]),
        (f"\n\n{BIOGRAPHY}\n\n{{}}\n\n", ["editorial", "sponsored"]),
        ("\n\n{}\n\nAdvertisement feature\n\n", ["editorial", "sponsored"]),
    ],
    ids=["alone: ask", "glued above", "glued below", "after a biography", "above a label"],
)
def test_a_payer_named_between_two_pieces_is_given_to_one_only_where_the_page_says_which(
    payer, between, expected
):
    assert verdicts(FIRST + between.format(payer) + SECOND) == expected


@pytest.mark.parametrize("label", ["Sponsored content", "Advertisement feature", "Partner content"])
def test_a_label_over_the_second_headline_leaves_the_first_piece_alone(label):
    assert verdicts(f"{FIRST}\n\n{label}\n\n{SECOND}") == ["editorial", "sponsored"]


@pytest.mark.parametrize("label", ["Sponsored content", "Paid for by Harrow & Pike", "Promoted"])
def test_a_label_between_two_paragraphs_is_asked_about(label):
    head, _, tail = FIRST.rpartition("\n\n")
    assert verdicts(f"{head}\n\nIt was the third vote.\n\n{label}\n\n{tail}") == ["unsure"]


@pytest.mark.parametrize(
    "heading",
    [
        "Sponsored",
        "Promoted",
        "Sponsored stories",
        "Sponsored links",
        "Promoted links",
        "Content from our partners",
        "From our partners",
        "Partner content",
        "Around the web",
    ],
)
def test_headlines_of_adverts_under_a_report_do_not_accuse_it(heading):
    (article,) = split_page(Page(name="page", body=f"{FIRST}\n\n{heading}\n\n{LINKS}\n".encode()))
    assert article.verdict is Verdict.EDITORIAL
    assert "Doctors" not in article.text


@pytest.mark.parametrize("mark", ["Sponsored", "Zed Motors | Sponsored", "Promoted by Zed", "Ad"])
def test_a_mark_under_each_advertised_headline_does_not_accuse_the_report(mark):
    cards = LINKS.replace("\n\n", f"\n{mark}\n\n") + f"\n{mark}"
    assert verdicts(f"{FIRST}\n\n{cards}\n") == ["editorial"]


@pytest.mark.parametrize(
    "sentence",
    [
        "This article was paid for by Harrow & Pike.",
        "This content has been paid for and created by Harrow & Pike.",
        "What you have just read is an advertisement.",
        "Harrow & Pike met the costs of this feature.",
        "The above was commissioned by the Harrow Group.",
        "This supplement is made possible by the support of Norvane Bank.",
        "This post is part of a commercial partnership with Norvane.",
        "The following page was produced in partnership with Harrow & Pike.",
        "You are reading promotional content.",
    ],
)
def test_a_sentence_about_this_very_piece_discloses(sentence):
    assert in_sentence(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "This article is about adverts paid for by the state.",
        "This article was not paid for by anybody.",
        "This piece was amended to say that the study was funded by the Harrow Group.",
        "An earlier version of this article said that the trip was paid for by the Gas Alliance.",
        "This bill was paid for by the taxpayer.",
        "The campaign was sponsored by Harrow & Pike.",
        "This week the minister paid for her own lunch.",
        "Nobody paid for this column except its readers.",
        "These talks were hosted by Norway.",
        "This season is sponsored by a water company.",
    ],
)
def test_a_sentence_about_something_else_does_not(sentence):
    assert in_sentence(sentence) is None


def test_the_payer_is_read_out_of_the_sentence_or_line():
    assert in_sentence("This article was paid for by Harrow & Pike.").payer == "Harrow & Pike"
    assert in_line("Paid for by the Department for Ports").payer == "Department for Ports"
    assert in_line("SPONSORED BY HARROW & PIKE").payer == "Harrow & Pike"
    assert disclosure("Sponsored by Harrow & Pike")[1] == "Harrow & Pike"
    assert disclosure("Sponsored") == ("Sponsored", None)


def test_a_grant_is_disclosed_and_proves_less():
    assert in_line("Supported by the Calder Foundation").is_grant
    assert not in_line("Supported by Harrow & Pike").is_grant


@pytest.mark.parametrize(
    "line",
    [
        "Paid for by taxpayers",
        "Brought to you by Brussels bureaucrats, says the minister",
        "Supported by many, loved by none",
        "In association football the referee is always right",
        "Funded by voters",
        "Thanks to Labour, the bill was lost",
        "A word from the wise",
        "Peers attack new section supported by Labour",
        "Together with Labour",
        "Reeves presents",
        "Produced for export",
        "Content for all",
        "Produced by Mara Quill",
    ],
)
def test_a_subhead_that_begins_like_a_credit_names_no_payer(line):
    assert in_line(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "Sponsorship row deepens",
        "Partner",
        "Content",
        "Ad hoc",
        "Ad by Tory donor pulled",
        "Advert by Labour banned",
        "Advert from 1979 returns",
        "Promotion for the chief whip",
        "Paid",
        "Commercial break",
        "Supported",
        "Sponsored walks raise millions for hospices",
    ],
)
def test_a_headline_with_such_a_word_in_it_is_no_label(line):
    assert disclosure(line) is None
    assert not is_slot(line)


def test_a_note_that_keeps_the_newsroom_out_discloses_and_one_about_its_rules_does_not():
    assert at_edge("The newsroom was not involved in the creation of this content.")
    assert at_edge("This piece is independent of our editorial team.")
    assert at_edge("Our journalists did not take part in the strike.") is None


@pytest.mark.parametrize(
    "label", ["Gesponsert von der Norvane AG", "Bezahlter Beitrag der Norvane AG"]
)
def test_a_payer_is_named_without_its_article(label):
    assert disclosure(label) == (label, "Norvane AG")


@pytest.mark.parametrize(
    "line", ["Anzeige der Polizei", "Bezahlter Urlaub der Beamten", "Bericht der Kommission"]
)
def test_whom_a_report_is_about_is_nobody_who_paid(line):
    assert disclosure(line) is None
