"""The verdict without a label: who speaks, for whom, and what is said against it."""

from pathlib import Path

import pytest

from briefing.articles.files.folder import read_page
from briefing.articles.split_page import split_page
from briefing.model.article import Basis, Verdict
from briefing.model.page import Page

UNLABELLED = sorted((Path(__file__).parents[1] / "pages" / "unlabelled").glob("*.txt"))
BODY = (
    "Exporting has never been easier, and more firms do it every year. My department, the Department "
    "for Ports, is committed to helping every one of them find a market.\n\n"
    "We are supporting firms with a new service, and we are proud of what our partners have done with "
    "it. For more information visit www.ports.example.\n\n"
)


def judged(text):
    (article,) = split_page(Page(name="page", body=text.encode()))
    return article.sponsorship


@pytest.mark.parametrize("path", UNLABELLED, ids=lambda path: path.stem)
def test_a_house_that_speaks_for_itself_is_never_printed_as_reporting(path):
    (article,) = split_page(read_page(path))
    assert article.verdict is not Verdict.EDITORIAL
    assert article.sponsorship.evidence


def test_every_reason_is_in_words_and_the_score_is_their_sum():
    verdict = judged(f"A green harbour for all\n\n{BODY}")
    assert verdict.score == sum(reason.points for reason in verdict.evidence)
    assert all(reason.text and reason.where for reason in verdict.evidence)
    assert any("my department" in reason.text for reason in verdict.evidence)


def test_the_sponsor_is_inferred_from_the_voice_and_said_to_be():
    verdict = judged(f"A green harbour for all\n\n{BODY}")
    assert verdict.verdict is Verdict.SPONSORED
    assert (verdict.sponsor, verdict.basis) == ("Department for Ports", Basis.INFERRED)


def test_a_declared_payer_comes_before_the_voice():
    verdict = judged(f"Sponsored by Harrow & Pike\n\nA green harbour for all\n\n{BODY}")
    assert (verdict.sponsor, verdict.basis) == ("Harrow & Pike", Basis.DECLARED)


def test_a_quotation_is_not_the_pieces_own_voice():
    quoted = (
        "The ports minister spoke to MPs on Tuesday and was not believed by all of them.\n\n"
        '"My department is committed to helping every firm. We are supporting them, and we are proud '
        'of our partners. Visit www.ports.example," she said.\n\n'
        "The shadow minister said that the service had failed twice."
    )
    assert judged(f"Minister defends ports\n\n{quoted}").verdict is Verdict.EDITORIAL


def test_a_quotation_that_reopens_each_paragraph_is_no_voice_either():
    quoted = (
        "The minister read out a long statement, and these are its first words.\n\n"
        "“My department is committed to helping firms. We are supporting them with a new service.\n\n"
        "“We are proud of our partners. Our customers are at the heart of it. Get in touch.”\n\n"
        "The house laughed."
    )
    assert judged(f"Minister defends ports\n\n{quoted}").verdict is Verdict.EDITORIAL


def test_a_supplement_is_at_least_asked_about_whoever_signed_it():
    text = (
        "The digital surgery\n\nSurgeries have failed, critics say, and ministers must admit that it was "
        "wrong to blame doctors. The crisis goes on, and nobody has resigned.\n\n"
        "Mara Quill is political editor of the Calder Post.\n\n"
        "Taken from the Calder Post roundtable supplement Health Tomorrow\n"
    )
    verdict = judged(text)
    assert verdict.verdict is Verdict.UNSURE
    assert verdict.supplement == "Health Tomorrow"


def test_a_charitys_grant_is_asked_about_where_a_reporter_signs():
    text = (
        "Children in flats sleep an hour less\n\nBy Mara Quill\n\nChildren in flats without insulation "
        "sleep an hour less than others, a study of 2,100 of them has found.\n\n"
        "Supported by the Calder Foundation\n"
    )
    assert judged(text).verdict is Verdict.UNSURE


def test_the_issue_a_piece_was_printed_in_is_no_supplement():
    text = (
        "A dull man's exciting life\n\nHis biographer has had to work from the guest lists of other "
        "people's dinners, and it shows.\n\n"
        "This article first appeared in the 12 June 2026 issue of the Calder Post, The Long Summer\n"
    )
    verdict = judged(text)
    assert (verdict.verdict, verdict.supplement) == (Verdict.EDITORIAL, None)


def test_an_officer_who_praises_the_own_house_does_not_sign_as_a_writer_does():
    praise = (
        "Why pumps are right\n\nHeat pumps are the future, and Harrow & Pike has fitted 40,000 of them. "
        "Our customers save £300 a year.\n\n"
    )
    officer = judged(praise + "Wanda Pike is chief executive of Harrow & Pike.\n")
    editor = judged(praise + "Wanda Pike is political editor of the Calder Post.\n")
    assert officer.score - editor.score == 55


def test_an_editorial_verdict_names_no_sponsor():
    verdict = judged(
        "Whips lose count\n\nBy Mara Quill\n\nNorvane lost. Norvane won. Norvane drew, it said."
    )
    assert (verdict.verdict, verdict.sponsor, verdict.basis) == (Verdict.EDITORIAL, None, None)
