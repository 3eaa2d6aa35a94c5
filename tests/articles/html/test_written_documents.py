"""Documents that a person wrote in an editor and saved as HTML, and pages older than style sheets."""

import pytest

from briefing.articles.html.labels.label_lines import is_label
from briefing.articles.split_page import split_page
from briefing.model.article import Verdict
from briefing.model.page import Page

TOLD = (
    "The harbour board has put off its vote on the crane until the second week of March, when the "
    "surveyors are due to say how much of the quay has sunk since the summer.",
    "Until then no lorry of more than twelve tonnes may use the outer quay, and the ferry will load "
    "from the old slip, which is dry for two hours of every tide.",
    "Nobody on the board would say who is to pay for the slip, which the town sold to the yacht "
    "club in 1998 and has rented back ever since.",
)
HEADLINE = "The crane on the quay will wait"
ADVERT = (
    "A lamp that burns for nine nights on a litre is the present your family will thank you for.",
    "Order yours today and you will have it on your table before the first of the long evenings.",
)


def read(markup):
    return split_page(Page(name="page", body=markup.encode(), media_type="text/html"))


def paragraphs(style="", told=TOLD):
    return "".join(f"<p class='{style}'>{one}</p>" for one in told)


WORD = (
    "<body><div class=WordSection1><p class=MsoTitle>{0}</p><p class=MsoSubtitle>The board wants to "
    "know how far the quay has sunk.</p><p class=MsoNormal><i>Ida Orr</i></p><p class=MsoNormal>21 "
    "November 2026</p>" + paragraphs("MsoNormal") + "</div></body>"
)
GOOGLE = (
    "<body class='c4 doc-content'><p class='c2 title' id='h.x'><span>{0}</span></p><p class='c3 "
    "subtitle'><span>The board wants to know how far the quay has sunk.</span></p><p class=c1>By Ida "
    "Orr</p>" + paragraphs("c1") + "</body>"
)
COCOA = (
    "<head><style>p.p1 {{font: 28.0px Harle}} p.p2 {{font: 14.0px Harle}}</style></head><body>"
    "<p class=p1><b>{0}</b></p><p class=p2>By Ida Orr</p>" + paragraphs("p2") + "</body>"
)
OFFICE = (
    "<head><style>p.western {{ font-size: 12pt }}</style></head><body><p align=center><font size=6 "
    "style='font-size: 28pt'><b>{0}</b></font></p><p align=center><font size=4 style='font-size: 18pt'>"
    "<i>The board wants to know how far the quay has sunk</i></font></p><p class=western>By Ida Orr</p>"
    + paragraphs("western")
    + "</body>"
)
BOLD = (
    "<body><p class=MsoNormal><b>{0}</b></p><p class=MsoNormal>By Ida Orr</p><p class=MsoNormal>21 "
    "November 2026</p>" + paragraphs("MsoNormal") + "</body>"
)
OLD = (
    "<title>PIER POST</title><body><table><tr><td><a href=a>Home</a><br><a href=b>Sport</a></td><td>"
    "<font size=5><b>{0}</b></font><br><font size=2><i>by Ida Orr</i></font><p>"
    "<font size=2>" + "<br><br>".join(TOLD) + "</font></p></td></tr></table></body>"
)


@pytest.mark.parametrize("page", [WORD, GOOGLE, COCOA, OFFICE, BOLD, OLD])
def test_a_title_that_only_its_style_or_its_letters_show_is_the_headline(page):
    (found,) = read(page.format(HEADLINE))
    assert found.headline == HEADLINE
    assert [author.name for author in found.byline] == ["Ida Orr"]
    assert [one.text for one in found.paragraphs] == list(TOLD)


def test_a_titled_document_with_headings_is_one_piece():
    part = f"<h1>What the surveyors saw</h1><p>{TOLD[0]}</p><p>{TOLD[1]}</p>"
    (found,) = read(
        f"<body><p class=MsoTitle>{HEADLINE}</p>{part}<h1>Who pays</h1><p>{TOLD[2]}</p>"
    )
    assert found.headline == HEADLINE
    assert [one.text for one in found.paragraphs if len(one.text) > 60] == list(TOLD)


def test_a_paid_label_over_such_a_title_labels_the_piece():
    (found,) = read(
        f"<body><p class=MsoNormal><b>PAID CONTENT – HALVERN LAMPS</b></p><p class=MsoTitle>Nine "
        f"nights of light</p>{paragraphs('MsoNormal', ADVERT)}</body>"
    )
    assert found.verdict is Verdict.SPONSORED
    assert found.headline == "Nine nights of light"


def test_large_letters_are_no_title_where_the_text_has_the_same():
    (found,) = read(
        f"<title>{HEADLINE}</title><body><p style='font-size:20px'>A word before the tide</p>"
        + "".join(f"<p style='font-size:20px'>{one}</p>" for one in TOLD)
    )
    assert found.headline == HEADLINE


def test_notes_in_the_margin_are_not_text():
    mark = '<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup>'
    (found,) = read(
        f"<body class=doc-content><p class=title>{HEADLINE}</p><p>{TOLD[0]}{mark}</p>"
        f"{paragraphs(told=TOLD[1:])}<div><p><a href='#cmnt_ref1' id=cmnt1>[a]</a>Is this cleared by "
        "the lawyers, or do we still have to ask them?</p></div></body>"
    )
    assert [one.text for one in found.paragraphs] == list(TOLD)
    assert any("lawyers" in line.text for line in found.removed)


@pytest.mark.parametrize(
    "callout",
    [
        "<blockquote class=callout><p>no lorry of more than twelve tonnes may use the outer quay</p>"
        "</blockquote>",
        "<p class=MsoIntenseQuote>no lorry of more than twelve tonnes may use the outer quay</p>",
    ],
)
def test_what_a_page_sets_off_and_has_in_its_text_is_read_once(callout):
    (found,) = read(f"<h1>{HEADLINE}</h1><p>{TOLD[0]}</p>{callout}<p>{TOLD[1]}</p><p>{TOLD[2]}</p>")
    assert [one.text for one in found.paragraphs] == list(TOLD)


def test_what_only_begins_like_the_text_stays():
    other = (
        "No lorry of more than twelve tonnes may use the outer quay, which is news to the ferry."
    )
    (found,) = read(f"<h1>{HEADLINE}</h1>{paragraphs()}<p>{other}</p><p>{TOLD[2][:-1]}, too.</p>")
    assert other in [one.text for one in found.paragraphs]


def test_the_slot_and_the_buttons_of_a_page_of_tables_are_not_text():
    slot = "<table><tr><td><b>ADVERTISEMENT</b><br><a href=x><img src=x alt=Lamps></a></td></tr></table>"
    foot = "<font size=1><a href=p>Printer friendly version</a> | <a href=m>E-mail this story</a></font>"
    (found,) = read(OLD.format(HEADLINE).replace("</font></p>", f"</font></p>{slot}{foot}"))
    assert found.verdict is Verdict.EDITORIAL
    assert [one.text for one in found.paragraphs] == list(TOLD)


def test_the_articles_of_a_live_blog_are_its_updates():
    posts = "".join(
        f"<article><time datetime='2026-11-10T2{at}:14:00Z'>2{at}:14</time><h2>News {at}</h2><p>{one}</p>"
        f"<p>{other}</p></article>"
        for at, (one, other) in enumerate(zip(TOLD, ADVERT, strict=False))
    )
    data = '{"@type":"LiveBlogPosting","headline":"The crane: latest","datePublished":"2026-11-10"}'
    (found,) = read(
        f"<script type='application/ld+json'>{data}</script><main><h1>The crane: latest</h1>{posts}</main>"
    )
    assert len(found.updates) == 2


def test_a_letters_paid_box_without_a_rule_around_it_is_a_piece_of_its_own():
    advert = f"<td><h6>TOGETHER WITH HALVERN</h6><h2>Nine nights of light</h2>{paragraphs(told=ADVERT)}</td>"
    report = f"<td><h2>The old slip</h2>{paragraphs()}</td>"
    pieces = read(
        f"<h1>{HEADLINE}</h1><table><tr>{report}</tr><tr>{advert}</tr><tr><td>{paragraphs()}</td></tr></table>"
    )
    told = {piece.headline: piece.verdict for piece in pieces}
    assert told == {HEADLINE: Verdict.EDITORIAL, "Nine nights of light": Verdict.SPONSORED}
    assert not any(one.text in ADVERT for one in pieces[0].paragraphs)


@pytest.mark.parametrize(
    "line",
    [
        "Gesponserter Beitrag von Halvern",
        "Mit freundlicher Unterstützung von Halvern",
        "Article réalisé en partenariat avec Halvern",
        "En colaboración con Halvern",
        "Aangeboden door Halvern",
        "Em parceria com Halvern",
        "Treść sponsorowana",
        "Płatna współpraca z Halvern",
        "Με την υποστήριξη της Θερμίς",
        "برعاية شركة نورس",
        "この記事は、ノルヴィスのPR記事です",
        "Sponsrat av Halvern",
        "TOGETHER WITH HALVERN",
    ],
)
def test_a_label_of_any_language_is_seen_in_markup(line):
    assert is_label(line)


def test_an_advert_between_two_rules_of_a_letter_is_not_its_text():
    advert = f"<p><b>Today's sponsor: Halvern</b></p><p>{ADVERT[0]} <a href=x>Order</a></p>"
    (found,) = read(
        f"<h1>{HEADLINE}</h1><p>{TOLD[0]}</p><hr>{advert}<hr><p>{TOLD[1]}</p><p>{TOLD[2]}</p>"
    )
    assert found.verdict is Verdict.EDITORIAL
    assert [one.text for one in found.paragraphs] == list(TOLD)


def test_a_paid_line_between_rules_over_the_text_still_labels_it():
    pieces = read(
        f"<h1>{HEADLINE}</h1><hr><p>Sponsored by Halvern</p><hr>{paragraphs(told=ADVERT)}"
    )
    assert pieces[0].verdict is Verdict.SPONSORED


def test_what_a_paywall_says_under_its_teaser_is_not_text():
    offer = (
        "<h2>Keep reading for £1 a week</h2><p>Subscribe to unlock this article and all that the Post "
        "has printed since 1871.</p><p>Already a subscriber? <a href=x>Sign in</a></p>"
    )
    data = '{"@type":"NewsArticle","headline":"The crane","isAccessibleForFree":false}'
    script = f"<script type='application/ld+json'>{data}</script>"
    (found,) = read(
        f"{script}<main><article><h1>{HEADLINE}</h1><p>{TOLD[0]}</p><p>{TOLD[1]}</p>{offer}"
    )
    assert [one.text for one in found.paragraphs] == list(TOLD[:2])
    assert "cut short by a paywall" in found.flags


def test_the_way_past_an_advert_is_not_text():
    way = "<div><p>Advertisement</p><a href='#x'>SKIP ADVERTISEMENT</a></div>"
    (found,) = read(
        f"<main><article><h1>{HEADLINE}</h1><p>{TOLD[0]}</p>{way}<p>{TOLD[1]}</p><p>{TOLD[2]}</p>"
    )
    assert [one.text for one in found.paragraphs] == list(TOLD)
