"""HTML pages: what the document declares, where it stood, and what two readers make of the body."""

import json
from datetime import UTC, date, datetime

import pytest

from briefing.articles.sandbox_job import split_reading
from briefing.articles.split_in_sandbox import SplitTask
from briefing.model.article import Verdict
from briefing.model.page import Page

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
PARAGRAPHS = (
    "The board that runs the northern ferries voted on Tuesday to double every fare by March, after "
    "a night of argument that emptied two thermos flasks.",
    "Islanders say that they were promised a year of notice. The chair of the board says that the "
    "promise was made by somebody else, and that he has looked for it.",
    "Ministers in Leith will meet the board on Friday, when the minutes of the vote are to be "
    "published in full for the first time.",
)
COMMENT = (
    "I have lived here for forty years and never paid so much for a boat that was so late, says "
    "somebody who reads the page and writes below it."
)


def document(head="", *, below="", by="", body=PARAGRAPHS):
    told = "".join(f"<p>{text}</p>" for text in body)
    return (
        f"<!doctype html><html><head><title>Ferries</title>{head}</head><body><nav><ul><li><a "
        f'href="/">Home</a></li></ul></nav><main><article><h1>Ferry fares to double</h1>{by}{told}'
        f"</article></main>{below}</body></html>"
    )


def structured(**told):
    data = {"@type": "NewsArticle", "headline": "Ferry fares to double", **told}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def read(*documents, url=None):
    """The pieces of each document, as both readers have them."""
    pages = [
        Page(name=f"p{n}", body=text.encode(), media_type="text/html", url=url)
        for n, text in enumerate(documents)
    ]
    return [split_reading(SplitTask(page=page), NOW) for page in pages]


def test_structured_data_dates_and_signs_a_page_that_shows_neither():
    head = structured(
        datePublished="2026-11-03T08:00:00Z",
        dateModified="2026-11-05",
        author={"@type": "Person", "name": "Ines Calder"},
    )
    ((article,),) = read(document(head))
    assert (article.published, article.updated) == (date(2026, 11, 3), date(2026, 11, 5))
    assert article.date_basis == "declared"
    assert [author.name for author in article.byline] == ["Ines Calder"]
    assert dict(article.origins) == {
        "published": "JSON-LD",
        "updated": "JSON-LD",
        "byline": "JSON-LD",
    }
    assert not any(reason.text == "no author" for reason in article.sponsorship.evidence)


def test_what_readers_see_goes_before_what_they_do_not():
    head = structured(datePublished="2020-01-01", author="Somebody Else")
    ((article,),) = read(document(head, by="<p>By Ines Calder</p><p>3 November 2026</p>"))
    assert article.published == date(2026, 11, 3)
    assert [author.name for author in article.byline] == ["Ines Calder"]
    assert article.origins == ()


def test_of_a_page_that_declares_several_articles_none_is_believed():
    head = structured(datePublished="2020-01-01") + structured(headline="Another", url="/x")
    head += '<meta property="article:published_time" content="2026-11-02T07:00:00+00:00">'
    ((article,),) = read(document(head))
    assert article.published == date(2026, 11, 2)
    assert ("published", "meta article:published_time") in article.origins


@pytest.mark.parametrize(
    ("head", "by", "url", "found"),
    [
        ('<meta name="date" content="2026-11-01">', "", None, ("declared", date(2026, 11, 1))),
        (
            "",
            '<time datetime="2026-10-30T09:00">30 Oct</time>',
            None,
            ("declared", date(2026, 10, 30)),
        ),
        ("", "", "https://harbour-news.example/2026/10/29/ferries", ("url", date(2026, 10, 29))),
        ('<meta name="date" content="2031-01-01">', "", None, ("none", None)),
        ('<meta name="date" content="soon">', "", None, ("none", None)),
        ("", "", "https://harbour-news.example/2026/13/45/ferries", ("none", None)),
    ],
)
def test_dates_come_from_where_they_are_declared_first_and_never_from_the_future(
    head, by, url, found
):
    ((article,),) = read(document(head, by=by), url=url)
    assert (article.date_basis, article.published) == found


@pytest.mark.parametrize(
    "author", ["news@harbour.example", "Politics", "https://x.example/a", "ferries and fares", ""]
)
def test_a_section_or_an_address_is_no_author(author):
    ((article,),) = read(document(structured(author=author)))
    assert article.byline == ()


def test_the_canonical_link_keeps_the_query_that_names_the_page():
    head = '<link rel="canonical" href="https://harbour-news.example/story?id=7&amp;utm_source=x">'
    ((article,),) = read(document(head))
    assert article.canonical_url == "https://harbour-news.example/story?id=7"
    assert dict(article.origins)["canonical_url"] == "link canonical"


def test_what_stands_behind_the_body_is_taken_off_and_kept_on_record():
    ((article,),) = read(document(below=f'<div class="thread"><p>{COMMENT}</p></div>'))
    assert [part.text for part in article.paragraphs] == list(PARAGRAPHS)
    assert (COMMENT, "outside the article's body") in [
        (line.text, line.reason) for line in article.removed
    ]


def test_an_advert_behind_the_report_is_still_a_piece_of_its_own_and_labelled():
    advert = (
        "<section><p>Sponsored content</p><h2>Move your box in half the time</h2><p>Our cranes think "
        "ahead, so that yours do not have to wait. Talk to our team about a trial and see how much of "
        "your day comes back to you.</p><p>More than thirty ports already trust our software with "
        "their busiest hours of the day, and none has looked back since.</p></section>"
    )
    ((report, paid),) = read(document(below=advert))
    assert report.verdict is Verdict.EDITORIAL
    assert paid.verdict is Verdict.SPONSORED
    assert len(paid.paragraphs) == 2


def test_a_list_or_a_quotation_between_paragraphs_of_the_body_stays():
    quoted = "“Nobody told us,” says the harbour master of the smaller island."
    below = f"<blockquote><p>{quoted}</p></blockquote><ul><li>Two boats a day</li></ul>"
    head, last = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[:2]), PARAGRAPHS[2]
    page = document(body=()).replace("</article>", f"{head}{below}<p>{last}</p></article>")
    ((article,),) = read(page)
    assert [part.text for part in article.paragraphs] == [
        *PARAGRAPHS[:2],
        quoted,
        "Two boats a day",
        last,
    ]


def test_nesting_that_breaks_readers_leaves_the_article_as_it_is():
    deep = "<div>" * 15_000 + "x" + "</div>" * 15_000
    for article, *_ in read(document(below=deep), document()):
        assert article.headline == "Ferry fares to double"
        assert [part.text for part in article.paragraphs] == list(PARAGRAPHS)
