"""Pages as the web has them: their words, their heads, their forms, and what stands around them."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from briefing.articles.split_page import split_page
from briefing.model.page import Page

NOW = datetime(2026, 11, 29, tzinfo=UTC)
FIRST = (
    "<p>The weir at Sallow Ford was opened on Monday after nine weeks of repairs, and the mill below it "
    "turned again before noon.</p>"
)
LAST = "<p>A second lock is to follow next year, if the surveyors find rock where the maps show it.</p>"
HEAD = "<h1>Weir at Sallow Ford opens</h1>"

#: What trafilatura 2.3.1 prints otherwise, or leaves out. What `del` and `s` hold is not said any more, and `q`
#: stands for quotation marks (HTML standard, sections 4.7.2, 4.5.5 and 4.5.7).
WORDS = {
    "Repairs cost <del>5</del> <ins>7</ins> million crowns, the board said on Monday night.": (
        "Repairs cost 7 million crowns, the board said on Monday night."
    ),
    "Repairs cost <s>12</s> 14 million crowns, the board said on Monday night.": (
        "Repairs cost 14 million crowns, the board said on Monday night."
    ),
    "The flood moved 10<sup>6</sup> tons of gravel, as the surveyors said.<sup><a href='#n'>[1]</a></sup>": (
        "The flood moved 10⁶ tons of gravel, as the surveyors said."
    ),
    "The gate is 2<sup>1</sup>/<sub>2</sub> yards high and covers 30 m<sup>2</sup> of the old bank.": (
        "The gate is 2½ yards high and covers 30 m² of the old bank."
    ),
    "On the 21<sup>st</sup> the board met again in the hall by the ford and voted.<sup>3</sup>": (
        "On the 21st the board met again in the hall by the ford and voted."
    ),
    "Costs rise by <math><mn>5</mn></math> per cent a year, the board said in the old hall.": (
        "Costs rise by 5 per cent a year, the board said in the old hall."
    ),
    "The share is <math><mfrac><mn>3</mn><mn>16</mn></mfrac></math> of the bill, as in the years before.": (
        "The share is 3/16 of the bill, as in the years before."
    ),
    "The treasurer said <q>never again</q> to the members of the board in the hall.": (
        "The treasurer said “never again” to the members of the board in the hall."
    ),
    "The first vote fell on <time datetime=2026-11-20>20 November</time> and the count took hours.": (
        "The first vote fell on 20 November and the count took hours."
    ),
    "The name of the ford is <ruby>川<rt>kawa</rt></ruby> on the oldest map that the board could find.": (
        "The name of the ford is 川 on the oldest map that the board could find."
    ),
    "<center>The board met in the long hall by the ford and passed the plan.</center>": (
        "The board met in the long hall by the ford and passed the plan."
    ),
    "The <label>board</label> has <output>nine</output> members and three <dfn>reeves</dfn> since May.": (
        "The board has nine members and three reeves since May."
    ),
}
#: Language, headline and two paragraphs each.
STORIES = {
    language: told
    for language, *told in (
        block.splitlines()
        for block in (Path(__file__).parent / "stories.txt").read_text("utf-8").split("\n\n")
    )
}


def read(body, head="<title>Weir at Sallow Ford opens - Ford Courier</title>"):
    page = f"<!doctype html><html lang=en><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return split_page(Page(name="page", body=page.encode(), media_type="text/html"), now=NOW)


def data(written):
    return f'<script type="application/ld+json">{written}</script>'


@pytest.mark.parametrize("markup", WORDS)
def test_words_stay_what_the_page_says(markup):
    (article,) = read(f"<article>{HEAD}{FIRST}<p>{markup}</p>{LAST}</article>")
    assert [part.text for part in article.paragraphs][1] == WORDS[markup]
    assert len(article.paragraphs) == 3


def test_a_time_in_running_text_is_no_day_of_publication():
    """HTML standard, section 4.5.14: `time` marks any date that a text speaks of."""
    told = "<p>The first vote fell on <time datetime=2026-11-20>20 November</time> and took hours of counting.</p>"
    (article,) = read(f"<article>{HEAD}{FIRST}{told}{LAST}</article>")
    assert (article.published, article.date_basis) == (None, "none")


@pytest.mark.parametrize("language", STORIES)
def test_a_story_of_two_paragraphs_is_read_in_every_script(language):
    headline, *told = STORIES[language]
    text = "".join(f"<p>{part}</p>" for part in told)
    (article,) = read(f"<main><article><h1>{headline}</h1>{text}</article></main>", "")
    assert article.headline == headline
    assert [part.text for part in article.paragraphs] == told


def test_a_chinese_name_is_an_author():
    head = data(
        '{"@type":"NewsArticle","headline":"河堰","author":{"@type":"Person","name":"林书雅"}}'
    )
    headline, *told = STORIES["zh"]
    text = "".join(f"<p>{part}</p>" for part in told)
    (article,) = read(f"<article><h1>{headline}</h1>{text}</article>", head)
    assert [author.name for author in article.byline] == ["林书雅"]


@pytest.mark.parametrize(
    "written",
    [
        '{"@type":"NewsArticle","headline":"Weir at Sallow Ford opens","description":"Nine\nweeks",'
        '"author":{"@type":"Person","name":"Oda Lind"}}',
        '{"@graph":[{"@type":"WebPage"},{"@type":"Article","author":{"@id":"#o"}},'
        '{"@id":"#o","@type":"Person","name":"Oda Lind"}]}',
        '{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","author":["Oda Lind"]}}',
        '//<![CDATA[\n{"@type":"NewsArticle","author":"Oda Lind",}\n//]]>',
    ],
    ids=["a raw newline", "a reference in a graph", "mainEntity", "CDATA and a last comma"],
)
def test_structured_data_are_read_as_leniently_as_browsers_do(written):
    (article,) = read(f"<article>{HEAD}{FIRST}{LAST}</article>", data(written))
    assert [author.name for author in article.byline] == ["Oda Lind"]
    assert ("byline", "JSON-LD") in article.origins


def test_the_headline_is_the_heading_that_agrees_with_what_the_page_declares():
    above = "<div class=bar><p>By choosing Fine you consent to cookies.</p></div><h2>Share</h2>"
    above += "<h1>Ford Courier</h1>"
    head = '<meta property="og:title" content="Weir at Sallow Ford opens | Ford Courier">'
    (article,) = read(f"{above}<article>{HEAD}{FIRST}{LAST}</article>", head)
    assert article.headline == "Weir at Sallow Ford opens"


def test_a_page_inside_one_form_is_read():
    (article,) = read(f"<form method=post><input type=hidden>{HEAD}{FIRST}{LAST}</form>")
    assert len(article.paragraphs) == 2


def test_dated_cards_behind_a_short_story_are_neither_text_nor_a_listing():
    cards = "".join(
        f"<div class=card><a href=/{n}>River story number {n} of this long week</a><span>{n} May 2026</span></div>"
        for n in range(1, 10)
    )
    (article,) = read(f"<main><article>{HEAD}{FIRST}{LAST}</article></main><div>{cards}</div>")
    assert len(article.paragraphs) == 2


def test_a_live_blog_is_one_article_whose_updates_have_their_times():
    updates = "".join(
        f"<section><h2>Update {n} from the ford</h2><time datetime=2026-02-10T{hour}:15:00+00:00>{hour}.15am"
        f"</time><p>By Oda Lind</p>{FIRST}</section>"
        for n, hour in enumerate(("09", "10", "11"))
    )
    head = data('{"@type":"LiveBlogPosting","headline":"Weir vote","datePublished":"2026-02-10"}')
    (article,) = read(f"<article><h1>Weir vote: as it happened</h1>{updates}</article>", head)
    assert [update.heading for update in article.updates] == [
        "Update 0 from the ford", "Update 1 from the ford", "Update 2 from the ford",
    ]  # fmt: skip
    assert article.newest.at == datetime(2026, 2, 10, 11, 15, tzinfo=UTC)
    assert article.oldest.at == datetime(2026, 2, 10, 9, 15, tzinfo=UTC)
    assert "By Oda Lind" not in article.text
    assert "10.15am" not in article.text
    assert [author.name for author in article.byline] == ["Oda Lind"]


def test_a_teaser_before_a_paywall_is_flagged_and_its_buttons_are_no_text():
    head = data('{"@type":"NewsArticle","headline":"Weir","isAccessibleForFree":false}')
    wall = "<p>The treasurer told members t...</p><div><p>To Read the Full Story</p><p>Subscribe Sign In</p></div>"
    (article,) = read(f"<article>{HEAD}{FIRST}{wall}</article>", head)
    assert article.paragraphs[-1].text == "The treasurer told members t..."
    assert "cut short by a paywall" in article.flags


def test_section_standfirst_and_pictures_are_kept_as_data():
    head = (
        '<meta property="og:image" content="https://courier.example/weir.jpg"><meta property="og:image:alt" '
        'content="A weir in the rain"><meta property="article:section" content="Rivers">'
    )
    figure = (
        "<figure><img src=/weir.jpg alt='A weir in the rain'><figcaption>The weir on Monday. Photo: PA"
        "</figcaption></figure>"
    )
    lead = "<p class=standfirst>Nine weeks of work are done.</p>"
    body = f"<article><p class=section>Rivers</p>{HEAD}{lead}{figure}"
    (article,) = read(f"{body}{FIRST}{LAST}</article>", head)
    assert (article.section, article.standfirst) == ("Rivers", "Nine weeks of work are done.")
    (picture,) = article.pictures
    assert (picture.url, picture.alt) == ("https://courier.example/weir.jpg", "A weir in the rain")
    assert picture.caption == "The weir on Monday."
    assert len(article.paragraphs) == 2


def test_a_date_over_the_text_is_that_of_the_page():
    (article,) = read(
        f"<article>{HEAD}<time datetime=2026-02-10>10 February 2026</time>{FIRST}{LAST}</article>"
    )
    assert article.published == date(2026, 2, 10)


SIGNED = (
    "<html><head><title>{title}</title>{head}</head><body><article>{over}<h1>{title}</h1>{by}<p>The harbour "
    "board met for four hours on Friday and voted to keep the ferry that runs at night.</p><p>Its chair said "
    "that nobody had asked for anything else since the spring.</p>{under}</article></body></html>"
)


def split(page):
    return split_page(Page(name="page", body=page.encode(), media_type="text/html"), now=NOW)


def signed(head="", by="", under="", over="", title="Night ferry stays for another winter"):
    page = SIGNED.format(title=title, head=head, by=by, under=under, over=over)
    return split(page)[0]


@pytest.mark.parametrize(
    ("where", "name"),
    [
        ({"head": '<meta name="dc.creator" content="Reve, Jon de">'}, "Jon de Reve"),
        (
            {"head": '<meta name="author" content="Ina Fell (https://fell.example/ina)">'},
            "Ina Fell",
        ),
        ({"head": '<meta name="author" content="Ina (Marie) Fell">'}, "Ina (Marie) Fell"),
        ({"by": "<p class='byline'>Written by Ina Fell<br> Edited by Bo Ray</p>"}, "Ina Fell"),
        ({"by": "<p class='byline'>By Ina Fell March 18 at 3:57 PM</p>"}, "Ina Fell"),
        (
            {"under": "<aside><span class='x' itemprop='author'>Ina Fell —</span></aside>"},
            "Ina Fell",
        ),
        # Shapes of postlight/parser's fixtures (e8ba7ec), in other words.
        ({"by": "<aside><a rel=author href=//c.example/x>Ina Fell</a></aside>"}, "Ina Fell"),
        ({"by": "<p class='byline'>By<a href=/x>Ina Fell</a></p>"}, "Ina Fell"),
        ({"by": "<p class='byline'><b>Ina Fell</b><i>Staff Writer</i></p>"}, "Ina Fell"),
        (
            {"by": "<p class='author'>Ina Fell</p><p class='author'>Senior Rivers Editor</p>"},
            "Ina Fell",
        ),
        ({"by": "<div><a class=q1 href=/author/ina-f>Ina Fell</a></div>"}, "Ina Fell"),
    ],
)
def test_an_author_is_the_name_alone_wherever_the_page_marks_it(where, name):
    assert [author.name for author in signed(**where).byline] == [name]


def test_a_line_of_words_without_spaces_and_spaces_is_no_name():
    assert signed(by="<p class='author'>海边的家 發表在 痞客邦 留言</p>").byline == ()


def test_a_permalink_sign_is_no_part_of_a_headline():
    page = signed(title="Night ferry stays for another winter<a href='#id4'>¶</a>")
    assert page.headline == "Night ferry stays for another winter"


def test_a_heading_that_the_markup_calls_the_headline_is_one_in_any_box():
    over = "<div class='breadcrumb-box'><h1 itemprop='headline'>Night ferry stays for a winter</h1></div>"
    page = SIGNED.format(
        title="Night ferry stays for a winter", head="", by="", under="", over=over
    ).replace("</div><h1>Night ferry stays for a winter</h1>", "</div><h4>Ferry ... STAYS!</h4>")
    assert split(page)[0].headline == "Night ferry stays for a winter"
