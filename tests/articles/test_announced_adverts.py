"""A bare "Advertisement" inside a text: what it speaks of leaves with it, and an empty slot takes nothing."""

import pytest

from briefing.articles.split_page import split_page
from briefing.model.article import Verdict
from briefing.model.page import Page

OWN = (
    "The county council voted on Tuesday evening to close the swimming pool at Harrow Lane, after a "
    "debate that lasted four hours.",
    "Councillor Mary Denton, who leads the finance committee, said the pool lost £410,000 last year.",
    "Opponents said the council had not asked the swimming clubs, which offered to take over the lease.",
    "The pool will close on 31 January unless a buyer is found, officers told the meeting.",
)
ADVERT = (
    "Northgate Savings has cut its fees. Move your current account to Northgate Savings today and earn "
    "£175, with no monthly charge."
)
SECOND = "Northgate Savings is open until eight, and your branch is never far."
#: Apart from the text, and in a voice that a report may have.
UNTOLD = "Ashgrove Timber felled nine hundred spruces near Kielder, weighed them and sold every trunk abroad."


def html_of(middle: str) -> bytes:
    body = [f"<p>{text}</p>" for text in OWN]
    return (
        "<html lang=en><head><title>Council votes to close Harrow Lane pool</title></head><body>"
        "<article><h1>Council votes to close Harrow Lane pool</h1><p>By Ruth Calder</p>"
        f"{''.join(body[:2])}{middle}{''.join(body[2:])}</article></body></html>"
    ).encode()


def text_of(*middle: str) -> bytes:
    lines = (
        "Council votes to close Harrow Lane pool",
        "By Ruth Calder",
        *OWN[:2],
        *middle,
        *OWN[2:],
    )
    return "\n\n".join(lines).encode()


def printed(body: bytes, name: str = "pool.html") -> tuple[list[str], Verdict, str]:
    article, *others = split_page(Page(name=name, body=body))
    assert not others
    removed = " ".join(line.text for line in article.removed)
    return [part.text for part in article.paragraphs], article.sponsorship.verdict, removed


def test_what_a_heading_announces_and_may_be_the_texts_own_stays_and_is_doubted():
    told = f"{UNTOLD} {UNTOLD.replace('Ashgrove', 'Birchwood')}"
    kept, verdict, _ = printed(html_of(f"<h4>Advertisement</h4><p>{told}</p>"))
    assert {*OWN, told} <= {*kept}
    assert verdict is Verdict.UNSURE


def test_an_advert_under_a_heading_is_a_piece_of_its_own_also_where_breaks_part_its_paragraphs():
    page = html_of(f"<h4>Advertisement</h4><div>{ADVERT}<br><br>{SECOND}</div>")
    report, advert = split_page(Page(name="pool.html", body=page))
    assert [part.text for part in report.paragraphs] == [*OWN]
    assert advert.sponsorship.verdict is Verdict.SPONSORED


#: What a paragraph of paid copy may begin with.
OPENINGS = (
    "Advertisement:",
    "ADVERTISEMENT |",
    "Paid post:",
    "Sponsored content –",
    "Anzeige:",
    "Paid for by Tern Bank:",
)
#: What a report may begin a paragraph with.
REPORTED = (
    "Promoted:",
    "Support:",
    "Paid leave:",
    "Partners:",
    "Special report:",
    "The ad:",
)
BOXES = {
    "two paragraphs of the text": f"<p>Advertisement</p><p>{ADVERT}</p>",
    "the advert in two paragraphs": f"<p>Advertisement</p><p>{ADVERT}</p><p>{SECOND}</p>",
    "where the story goes on": f"<p>Advertisement</p><p>{ADVERT}</p><p>Article continues below advertisement</p>",
    "where the advert ends": f"<p>Advertisement</p><p>{ADVERT}</p><p>End of advertisement</p>",
    "a label as a heading": f"<h4>Advertisement</h4><p>{ADVERT}</p>",
    "between two rules": f"<hr><p><small>Advertisement</small></p><p>{ADVERT}</p><hr>",
    "a label under it": f"<div><p>{ADVERT}</p><small>Advertisement</small></div>",
    "a label that is a picture": f"<div><img src=l.png alt=Advertisement><p>{ADVERT}</p></div>",
    "a label that a style sheet prints": f"<div data-label=Advertisement><p>{ADVERT}</p></div>",
    "a label that a mouse shows": f"<div title=Advertisement><p>{ADVERT}</p></div>",
    "an element named so": f"<amp-ad><p>{ADVERT}</p></amp-ad>",
    "an insertion named so": f"<ins class=adsbygoogle><p>{ADVERT}</p></ins>",
    "Greek": f"<div><span>Διαφήμιση</span><p>{ADVERT}</p></div>",
    "Japanese": f"<div><span>広告</span><p>{ADVERT}</p></div>",
    "Arabic": f"<div><span>إعلان</span><p>{ADVERT}</p></div>",
    "Hindi": f"<div><span>विज्ञापन</span><p>{ADVERT}</p></div>",
    "Korean": f"<div><span>광고</span><p>{ADVERT}</p></div>",
}


@pytest.mark.parametrize("middle", BOXES.values(), ids=BOXES)
def test_an_advert_leaves_with_its_label_and_stays_on_record(middle):
    paragraphs, verdict, removed = printed(html_of(middle))
    assert paragraphs == list(OWN)
    assert verdict is Verdict.EDITORIAL
    assert "Northgate" in removed


@pytest.mark.parametrize("rule", [(), ("---",)], ids=["plain", "between rules"])
def test_an_advert_of_a_text_page_leaves_with_its_label(rule):
    body = text_of(*rule, "ADVERTISEMENT", ADVERT, *rule)
    paragraphs, verdict, removed = printed(body, "pool.txt")
    assert paragraphs == list(OWN)
    assert verdict is Verdict.EDITORIAL
    assert "Northgate" in removed


@pytest.mark.parametrize("breaks", ["<br><br>"])
def test_an_advert_leaves_a_text_whose_paragraphs_are_line_breaks(breaks):
    body = breaks.join((*OWN[:2], "ADVERTISEMENT", ADVERT, *OWN[2:]))
    paragraphs, _, _ = printed(
        f"<html><body><article><h1>Council votes to close Harrow Lane pool</h1><div>{body}</div>".encode()
    )
    assert paragraphs == list(OWN)


def test_an_empty_slot_takes_no_paragraph_along():
    for body, name in (
        (html_of("<p>Advertisement</p>"), "pool.html"),
        (text_of("ADVERTISEMENT"), "pool.txt"),
    ):
        paragraphs, verdict, _ = printed(body, name)
        assert paragraphs == list(OWN)
        assert verdict is Verdict.EDITORIAL


def test_a_paragraph_apart_that_speaks_to_nobody_stays_and_an_editor_is_asked():
    for body, name in (
        (html_of(f"<p>Advertisement</p><p>{UNTOLD}</p>"), "pool.html"),
        (text_of("ADVERTISEMENT", UNTOLD), "pool.txt"),
    ):
        paragraphs, verdict, _ = printed(body, name)
        assert UNTOLD in paragraphs
        assert verdict is Verdict.UNSURE


def test_a_sponsor_that_json_ld_declares_is_the_payer():
    declared = (
        b'<script type="application/ld+json">{"@type": "AdvertiserContentArticle", "headline": "Council '
        b'votes", "sponsor": {"@type": "Organization", "name": "Northgate Savings"}}</script></head>'
    )
    article, *_ = split_page(Page(name="pool.html", body=html_of("").replace(b"</head>", declared)))
    assert article.sponsorship.sponsor == "Northgate Savings"


@pytest.mark.parametrize("named", ["client-content", "partner-feed", "custom"])
def test_a_data_attribute_for_scripts_accuses_nobody_and_takes_no_text_out(named):
    """postlight/parser's fixtures (e8ba7ec): one house writes `client-content` on the body of all its articles."""
    text = "".join(f"<p>{part}</p>" for part in OWN)
    body = html_of(f"<div data-hook={named}>{text}</div>")
    paragraphs, verdict, _ = printed(body)
    assert set(OWN) <= set(paragraphs)
    assert verdict is Verdict.EDITORIAL


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("name", ["pool.html", "pool.txt"])
def test_a_paragraph_that_begins_with_its_label_leaves_with_it(opening, name):
    middle = f"{opening} {ADVERT}"
    body = text_of(middle) if name.endswith("txt") else html_of(f"<p>{middle}</p>")
    texts, verdict, removed = printed(body, name)
    assert (texts, verdict) == (list(OWN), Verdict.EDITORIAL)
    assert ADVERT in removed


@pytest.mark.parametrize("opening", REPORTED)
@pytest.mark.parametrize("name", ["pool.html", "pool.txt"])
def test_a_paragraph_that_begins_with_a_word_of_news_stays(opening, name):
    middle = (
        f"{opening} the two clubs that the council asked for a plan in the spring of this year."
    )
    body = text_of(middle) if name.endswith("txt") else html_of(f"<p>{middle}</p>")
    texts, _, _ = printed(body, name)
    assert len(texts) == len(OWN) + 1
