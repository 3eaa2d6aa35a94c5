"""Who paid, where the label and the name stand apart; and sections in which every notice is paid for."""

import pytest

from briefing.articles.split_page import split_page
from briefing.articles.vocabulary.releases import distributed_by
from briefing.model.article import Verdict
from briefing.model.page import Page

TITLE = "Lamp oil for every island"
TOLD = (
    "A litre of lamp oil lasts a household nine evenings, and most of them buy it by the spoon.",
    "Gullane sends a can by the morning boat and takes the empty one back, so that nobody carries it.",
    "The boat calls at eleven islands between breakfast and noon, and at two more on Fridays.",
)
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in TOLD)


def first(over="", under=""):
    markup = (
        f"<html lang=en><title>{TITLE}</title><header><a>The Pier Post</a></header><main><article>"
        f"<h1>{TITLE}</h1>{over}{TEXT}{under}</article></main></html>"
    )
    return split_page(Page(name="page", body=markup.encode(), media_type="text/html"))[0]


@pytest.mark.parametrize(
    ("over", "under"),
    [
        ("<div><span>PAID POST</span> <span>Gullane</span></div>", ""),
        ("<div><a>Gullane BrandVoice</a></div><p>Paid program</p>", ""),
        ("<p class=tag>Gullane presents</p><p>Advertiser content</p>", ""),
        ("<p>TOGETHER WITH GULLANE</p>", ""),
        ("<p>Partner content</p><p class=by>By Gullane</p>", ""),
        ("<p>Advertisement feature</p>", "<p>Created by Post Creative on behalf of Gullane.</p>"),
        ("<div class=sponsor><p>Sponsored by</p><img src=g.svg alt='Gullane logo'></div>", ""),
    ],
)
def test_the_house_that_label_and_text_share_is_who_paid(over, under):
    found = first(over, under)
    assert found.verdict is Verdict.SPONSORED, found.sponsorship.evidence
    assert found.sponsorship.sponsor is not None
    assert found.sponsorship.sponsor.title() == "Gullane"


def test_a_label_next_to_a_name_that_the_text_does_not_know_names_nobody():
    found = first("<div><span>PAID POST</span> <span>Harbours</span></div>")
    assert found.verdict is Verdict.SPONSORED
    assert found.sponsorship.sponsor != "Harbours"


def test_a_name_alone_over_a_report_accuses_nobody():
    assert (
        first("<div><span>Islands</span> <span>Gullane</span></div>").verdict is Verdict.EDITORIAL
    )


@pytest.mark.parametrize("rubric", ["Public Notices", "Death notices", "Traueranzeigen"])
def test_what_stands_under_a_rubric_of_notices_is_paid_for_by_who_gives_notice(rubric):
    found = first(f"<p class=cat>{rubric}</p>")
    assert found.verdict is Verdict.SPONSORED
    assert found.paragraphs[0].text == TOLD[0]


@pytest.mark.parametrize("rubric", ["Obituaries", "Notices to mariners", "Legal"])
def test_a_rubric_of_reports_accuses_nobody(rubric):
    assert first(f"<p class=category>{rubric}</p>").verdict is Verdict.EDITORIAL


@pytest.mark.parametrize(
    ("paragraph", "wire"),
    [
        ("LEITH--(HARBOUR WIRE)--Gullane today opened a second quay.", "HARBOUR WIRE"),
        ("LEITH, Nov. 2, 2026 /HarbourWire/ -- Gullane today opened a quay.", "HarbourWire"),
        ("LEITH, Scotland (AP) — Gullane opened a second quay.", None),
        ("LEITH - The quay - a long one - was opened.", None),
    ],
)
def test_the_joints_of_a_distributor_in_a_dateline_tell_who_sent_it(paragraph, wire):
    assert distributed_by(paragraph) == wire


@pytest.mark.parametrize(
    "line", ["Together with Ida Orr, he mended the lamp.", "<b>Together with the sea</b>"]
)
def test_what_somebody_did_together_with_another_is_no_label(line):
    assert first(f"<p>{line}</p>").verdict is Verdict.EDITORIAL


@pytest.mark.parametrize(
    ("head", "around"),
    [
        (
            '<meta property="article:section" content="Sponsored"><meta name="author" content="Gullane">',
            "",
        ),
        ("", "class='article--sponsored-content' data-sponsor='Gullane'"),
        ("", "data-sponsor-name='Gullane' class='post-type-partner-content'"),
    ],
)
def test_the_house_that_only_the_markup_names_is_who_paid(head, around):
    markup = f"<html><head><title>{TITLE}</title>{head}</head><main {around}><h1>{TITLE}</h1>{TEXT}</main>"
    body = markup.replace("Gullane", "Gullane Lamps").encode()
    (found,) = split_page(Page(name="page", body=body, media_type="text/html"))
    assert (found.verdict, found.sponsorship.sponsor) == (Verdict.SPONSORED, "Gullane Lamps")


def test_a_person_who_signs_a_paid_piece_in_its_data_did_not_pay_for_it():
    head = '<meta property="article:section" content="Sponsored"><meta name="author" content="Ida Orr">'
    markup = f"<html><head><title>{TITLE}</title>{head}</head><main><h1>{TITLE}</h1>{TEXT}</main>"
    (found,) = split_page(Page(name="page", body=markup.encode(), media_type="text/html"))
    assert found.verdict is Verdict.SPONSORED
    assert found.sponsorship.sponsor != "Ida Orr"
