"""Who wrote a page and what stands under its headline, as the markup of content systems holds it."""

import json

import pytest

from briefing.articles.html.declared.people import people_in
from briefing.articles.split_page import split_page
from briefing.model.page import Page

TEXT = (
    "<p>The harbour board of Tolleth will hang a second lamp on the north quay, as the first one shines on "
    "the gulls and on nobody else.</p>"
    "<p>“A lamp is for those who row,” said Mara Ellwood, who has rowed mail to the islands since the spring "
    "before last.</p><p>The lamp costs nine crowns, and the oil for a winter another eleven.</p>"
)
HEADLINE = "The quay gets a second lamp"


def page(head="", data=None, around="{}"):
    told = f"<script type=application/ld+json>{json.dumps(data)}</script>" if data else ""
    text = around.format(f"<article>{TEXT}</article>")
    return (
        f"<html><head><title>{HEADLINE}</title>{told}</head><body><main><h1>{HEADLINE}</h1>{head}"
        f"{text}</main></body></html>"
    )


def first(markup):
    """The first piece of a page."""
    return split_page(Page(name="page", body=markup.encode(), media_type="text/html"))[0]


def names(markup):
    return [author.name for author in first(markup).byline]


def data(*authors):
    written = [{"@type": "Person", "name": name} for name in authors]
    return {"@type": "NewsArticle", "headline": HEADLINE, "author": written}


@pytest.mark.parametrize(
    "head",
    [
        "<div class=byline-wrapper><div>Ada Holm</div><div>Nov 26, 2026</div></div>",
        "<div data-testid=byline><div><span>Ada Holm</span></div><div><span>Quay News, Tolleth</span></div></div>",
    ],
    ids=["a day runs into the name", "a house runs into the name"],
)
def test_a_name_that_runs_into_what_is_behind_it_is_the_declared_one(head):
    assert names(page(head, data("Ada Holm"))) == ["Ada Holm"]


def test_where_the_markup_shows_one_of_several_declared_authors_all_are_named():
    head = '<p class=meta><a class=author-name href="/a">Ada Holm</a></p>'
    assert names(page(head, data("Ada Holm", "Bo Ray"))) == ["Ada Holm", "Bo Ray"]


def test_the_house_among_the_declared_authors_is_not_added_to_the_one_shown():
    head = '<p class=meta><a class=author-name href="/a">Ada Holm</a></p>'
    told = data("Ada Holm", "Quay News") | {"publisher": {"name": "Quay News"}}
    assert names(page(head, told)) == ["Ada Holm"]


def test_an_author_whom_the_page_does_not_declare_is_the_one_it_shows():
    head = '<p class=meta><a class=author-name href="/a">Cy Day</a></p>'
    assert names(page(head, data("Ada Holm"))) == ["Cy Day"]


@pytest.mark.parametrize(
    "line",
    [
        "Par <span class=author>Ada Holm</span> <span class=day>Publié le 24 novembre 2026</span>",
        "Von <span class=author>Ada Holm</span> <span class=day>Veröffentlicht am 24. November 2026</span>",
        "Por <span class=author>Ada Holm</span> <span class=day>Publicado el 24 de noviembre de 2026</span>",
    ],
)
def test_a_name_ends_where_its_element_does_and_not_at_the_word_before_the_day(line):
    assert names(page(f"<div class=meta>{line}</div>")) == ["Ada Holm"]


@pytest.mark.parametrize(
    ("written", "name"),
    [("記者 山本千尋", "山本千尋"), ("记者 林书雅", "林书雅"), ("作者：林书雅", "林书雅")],
)
def test_a_job_before_a_name_without_capitals_is_not_part_of_it(written, name):
    assert people_in(written) == [name]


@pytest.mark.parametrize(
    "named", ["hero__dek", "article__chapo", "gh-article-excerpt", "post-subtitle", "c-intro__text"]
)
def test_a_line_that_the_markup_calls_a_standfirst_is_one(named):
    found = first(page(f"<p class={named}>Rowers pay for it and gulls do not</p>"))
    assert found.standfirst == "Rowers pay for it and gulls do not"


def test_the_main_column_next_to_a_rail_holds_the_headline():
    column = page("<p>By <span class=author>Ada Holm</span></p>").replace(
        "<main>", "<main><section class=b-right-rail__main>"
    )
    found = first(column.replace("</main>", "</section></main>"))
    assert (found.headline, [one.name for one in found.byline]) == (HEADLINE, ["Ada Holm"])


def test_the_view_that_a_browser_makes_for_reading_names_the_author():
    head = (
        '<div class="credits reader-credits">Ada Holm</div><div class=meta-data>1-2 minutes</div>'
    )
    assert names(page(head)) == ["Ada Holm"]


@pytest.mark.parametrize(
    "head",
    [
        "<p>Ada Holm | 19 November 2026 | 3 min read</p>",
        "<div>Ada Holm</div><div>Published: 19 November 2026</div>",
        "<div>19 November 2026</div><div>Ada Holm</div>",
        "<p>Ada Holm, Quay News</p><p>19 November 2026</p>",
    ],
    ids=["a day in the line", "a day under it", "a day over it", "a paper behind the name"],
)
def test_a_name_between_headline_and_text_with_a_day_in_it_or_next_to_it_signs(head):
    found = first(page(head))
    assert [author.name for author in found.byline] == ["Ada Holm"]
    assert str(found.published) == "2026-11-19"
    assert found.paragraphs[0].text.startswith("The harbour board")


@pytest.mark.parametrize("head", ["<p>Ada Holm</p>", "<p>Gulls and Lamps</p>"])
def test_a_name_between_headline_and_text_without_a_day_signs_nothing(head):
    assert names(page(head)) == []


@pytest.mark.parametrize(
    "line",
    ["Shopping: <a href=/o>The oil that rowers swear by</a>", "<a href=/g>Gulls: a guide</a>"],
)
def test_a_line_under_the_text_that_is_a_link_and_no_sentence_is_no_paragraph(line):
    markup = page(around="{}").replace("</article>", f"<div>{line}</div></article>")
    found = first(markup)
    assert found.paragraphs[-1].text.startswith("The lamp costs nine crowns")


def test_a_sentence_with_a_link_under_the_text_stays():
    told = "<p>The board of Tolleth <a href=/board>will meet again on Thursday in the sailors’ hall.</a></p>"
    found = first(page().replace("</article>", f"{told}</article>"))
    assert found.paragraphs[-1].text.startswith("The board of Tolleth")


@pytest.mark.parametrize(
    "line",
    [
        "<a class=gnt_ar_by_a>Ada Holm</a>",
        "<div class=gnt_ar_by><a>Ada Holm</a><div>Quay News</div></div>",
        "<div class=meta><a href=/about/editors/ada-holm/>Ada Holm</a><span>, <a>@adaholm</a></span></div>",
        "<dl><dd class=createdby itemprop=author>Scritto da: <span itemprop=name>Ada Holm</span></dd></dl>",
        "<div class=post-author><a>Ada Holm</a><div>Jan 18, 2026</div></div>",
        "<div class=post-author><a><span class=name>Ada Holm</span></a><span>Ada Holm Follow</span></div>",
        "<div class=story-author><span>By</span><span>by ADA HOLM</span></div>",
        "<div data-component=byline><span>Ada Holm</span></div>",
    ],
)
def test_who_signs_is_read_from_the_names_that_systems_give_the_element(line):
    assert names(page(line)) == ["Ada Holm"]


@pytest.mark.parametrize(
    "line", ["<p class=powered-by>Quay Software</p>", "<p class=sort-by>Ada Holm</p>"]
)
def test_an_element_for_something_else_that_is_done_by_somebody_names_no_author(line):
    assert names(page(line)) == []


def test_an_organization_that_is_declared_as_the_author_is_no_person():
    told = data("Ada Holm")
    told["author"] = [{"@type": "NewsMediaOrganization", "name": "Quay News"}]
    assert names(page(data=told)) == []


@pytest.mark.parametrize(
    "card", ["Second lamp to shine on the gulls of Tolleth", "A lamp for those who row"]
)
def test_the_heading_of_a_page_goes_before_the_headline_that_its_card_has(card):
    markup = page().replace("<title>", f'<meta property="og:title" content="{card}"><title>')
    assert first(markup).headline == HEADLINE


def test_the_declared_headline_goes_before_a_heading_that_names_the_site():
    markup = page().replace(f"<h1>{HEADLINE}</h1>", "<h1>The Tolleth Courier</h1>")
    markup = markup.replace("<title>", f'<meta property="og:title" content="{HEADLINE}"><title>')
    assert first(markup).headline == HEADLINE
