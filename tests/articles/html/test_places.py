"""A disclosure has a place: it accuses the piece it speaks of, and nothing else on the page."""

import pytest

from briefing.articles.split_page import split_page
from briefing.model.article import Verdict
from briefing.model.page import Page

TEXT = (
    "<p>The weir at Sallow Ford was opened on Monday after nine weeks of repairs, and the mill below it "
    "turned again before noon, to the applause of two schools.</p>"
    "<p>The river board paid most of the bill. Its treasurer, Hanna Birk, said that the rest would be "
    "asked of the four parishes that draw their water above the ford.</p>"
    "<p>A second lock is to follow next year, if the surveyors find rock where the old maps show it.</p>"
)
STORY = f"<h1>Weir at Sallow Ford opens after nine weeks</h1><p class=by>By Oda Lind</p>{TEXT}"
ADVERT = (
    "Move your savings to Tern Bank today and get a better rate on all of them for a whole year."
)

ELSEWHERE = {
    "a link of the site's foot": (
        f"<main><article>{STORY}</article></main><div class=foot><ul><li><a href=/a>Advertise with Us</a></li>"
        "<li><a href=/b>Careers</a></li></ul></div>"
    ),
    "a credit of software": (
        f"<article>{STORY}</article><div><p>Copyright the Ford Courier</p><p>Powered by Millrace Press</p></div>"
    ),
    "a word of the menu": (
        f"<div id=top><ul><li><a href=/n>News</a></li><li><a href=/s>Sponsored Content</a></li></ul></div>"
        f"<article>{STORY}</article>"
    ),
    "an empty slot over the headline": (
        f"<main><div class=ad><div>Supported by</div><div id=slot></div></div><article>{STORY}</article></main>"
    ),
    "a notice of consent": (
        f"<article>{STORY}</article><div class=consent><p>We and our partners keep files. This includes "
        "personalising content and advertising.</p><button>Fine</button></div>"
    ),
    "the teaser of a paid piece": (
        f"<article>{STORY}</article><div class=rail><div><span>Tern Bank BrandVoice | Paid Program</span>"
        "<a href=/x>Nine ways to save by the river</a></div></div>"
    ),
    "a word that begins like one for adverts": f"<article>{STORY}<h2>Advantages:</h2>{TEXT}</article>",
    "a licence at the foot": (
        f"<article>{STORY}<p>This copy is for your personal, non-commercial use only.</p></article>"
    ),
    "where it was printed first": (
        f"<article>{STORY}<p>This article was originally published by Upstream.</p></article>"
    ),
    "a switch that stands for a whole site": f"<body class='has-sponsored with-sidebar'>{STORY}</body>",
}
BESIDE = {
    "a kicker inside the article": (
        f"<article><p class=k>Advertisement feature by Tern Bank</p>{STORY}</article>"
    ),
    "a kicker four lines above the headline": (
        f"<article><p>Paid content</p><p>Rivers</p><p>Long read</p><p>8 min</p>{STORY}</article>"
    ),
    "a kicker outside of the article": f"<div class=k>Paid content</div><article>{STORY}</article>",
    "a sentence at its end": (
        f"<article>{STORY}<p>This article was paid for by Tern Bank.</p></article>"
    ),
    "the markup of the article": f"<article class=post data-sponsored=true>{STORY}</article>",
}
BOXES = {
    "a line of its own": f"<div><p>Advertisement</p><p>{ADVERT}</p></div>",
    "a class": f"<div class=sponsored><p>{ADVERT}</p></div>",
    "a class of its place": f"<div class='ad-slot inline'><p>{ADVERT}</p></div>",
    "the class ad": f"<div class=ad><p>{ADVERT}</p></div>",
    "the class paid-content": f"<div class=paid-content><p>{ADVERT}</p></div>",
    "an aria-label of two words": f"<div aria-label='Sponsored content'><p>{ADVERT}</p></div>",
    "an aria-label": f"<div role=region aria-label=Advertisement><p>{ADVERT}</p></div>",
    "a data attribute": f"<section data-ad-slot=3><p>{ADVERT}</p></section>",
    "a badge in the paragraph": f"<p><b>Sponsored</b> {ADVERT}</p>",
    "a link that is marked as paid": f"<p>{ADVERT} <a rel=sponsored href=/t>More</a></p>",
    "a link in a box": f"<div><p>{ADVERT} <a rel='nofollow sponsored' href=/t>More</a></p></div>",
}


#: Slots that wait for a payer, next to a line that names none.
SLOTS = {
    "a kicker": "<header><div><div class=hidden>Supported by</div><h3 class=kicker><a href=/a>Fens</a></h3></div>",
}


def split(markup):
    page = (
        f"<!doctype html><html lang=en><head><title>Weir</title></head><body>{markup}</body></html>"
    )
    return split_page(Page(name="page", body=page.encode(), media_type="text/html"))


@pytest.mark.parametrize("markup", ELSEWHERE.values(), ids=ELSEWHERE)
def test_what_stands_elsewhere_accuses_no_report(markup):
    (article,) = split(markup)
    assert article.verdict is Verdict.EDITORIAL, article.sponsorship.evidence
    assert article.headline == "Weir at Sallow Ford opens after nine weeks"
    assert [author.name for author in article.byline] == ["Oda Lind"]


@pytest.mark.parametrize("markup", BESIDE.values(), ids=BESIDE)
def test_what_stands_beside_the_piece_or_holds_it_makes_it_sponsored(markup):
    (article,) = split(markup)
    assert article.verdict is Verdict.SPONSORED


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
def test_a_paid_box_leaves_the_text_whole_and_with_its_label(box):
    """Measured: trafilatura 2.3.1 takes the label for furniture and leaves the paid text in the article."""
    head, last = TEXT.rsplit("<p>", 1)
    (article,) = split(f"<article><h1>Weir opens</h1>{head}{box}<p>{last}</article>")
    assert article.verdict is Verdict.EDITORIAL
    assert "Tern Bank" not in article.text
    assert len(article.paragraphs) == 3
    (taken,) = [line for line in article.removed if ADVERT in line.text]
    assert taken.text.partition(":")[0] in (
        "Advertisement",
        "Sponsored",
        "Paid content",
        "Link marked as sponsored",
    )


def test_a_paid_box_with_a_heading_and_a_text_is_a_paid_piece_of_its_own():
    box = f"<div class=partner-content><h3>Why rivers need storage</h3><p>{ADVERT}</p><p>{ADVERT}</p></div>"
    report, paid = split(f"<article>{STORY}{box}</article>")
    assert (report.verdict, paid.verdict) == (Verdict.EDITORIAL, Verdict.SPONSORED)
    assert "Tern Bank" not in report.text
    assert paid.headline == "Why rivers need storage"


def test_of_two_articles_only_the_labelled_one_is_paid():
    advert = (
        "<article><p>Advertisement feature</p><h1>Why rivers need storage</h1><p>At Tern Bank we believe that "
        "every river deserves a reserve, and our engineers have built one with forty towns.</p><p>Our "
        "platform keeps the logs of forty boards, and our customers tell us that they sleep better.</p></article>"
    )
    report, paid = split(f"<main><article>{STORY}</article></main>{advert}")
    assert (report.verdict, paid.verdict) == (Verdict.EDITORIAL, Verdict.SPONSORED)


@pytest.mark.parametrize("slot", SLOTS.values(), ids=SLOTS)
def test_the_name_of_a_section_is_not_the_payer_of_an_empty_slot(slot):
    (article,) = split(
        f"<article>{slot}<h1>Weir at Sallow Ford opens after nine weeks</h1></header>{TEXT}</article>"
    )
    assert article.verdict is Verdict.EDITORIAL, article.sponsorship.evidence


def test_a_text_goes_on_behind_a_paid_box_where_extractors_stop():
    told = "Members asked for the figures, and were told that they come in March from the council."
    box = f"<div role=note aria-label=Advertisement><p>{ADVERT}</p></div>"
    (article,) = split(
        "<article><h1>Harbour vote</h1><p>The council agreed the plan for the new harbour bridge on Tuesday, and "
        f"the town will pay for most of it.</p>{box}<p>{told}</p><details><summary>Key points</summary>Rates "
        "rise.</details></article>"
    )
    assert article.paragraphs[-1].text == told
    assert ADVERT not in article.text
