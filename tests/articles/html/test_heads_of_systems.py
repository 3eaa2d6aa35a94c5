"""Heads and feet as content systems make them: who signs, which column is the article's, what repeats a name."""

import pytest
from tests.articles.crane_story import TEXT, TITLE, TOLD

from briefing.articles.split_page import split_page
from briefing.model.page import Page


def first(body, head="", language="en"):
    markup = (
        f"<html lang={language}><head><title>{TITLE}</title>{head}</head><body>{body}</body></html>"
    )
    page = Page(name="page", body=markup.encode(), media_type="text/html")
    return split_page(page)[0]


def names(found):
    return [author.name for author in found.byline]


def texts(found):
    return [paragraph.text for paragraph in found.paragraphs]


@pytest.mark.parametrize(
    "line",
    [
        "<p class=by>Ida Orr</p>",
        "<div><span>By <a>Ida Orr</a></span><span>Business Reporter</span></div>",
        "<small>April 14th, 2026 by Ida Orr</small>",
        "<div class=author><a class=author__name>Ida Orr</a><span>orr@pier.example</span></div>",
        "<p>The Pier Post · 18 Nov 2026 · 1 · By Ida Orr</p>",
        "<div><span>Ida Orr</span> <span>20 November 2026 18:05</span></div>",
    ],
)
def test_the_name_next_to_the_headline_is_read(line):
    found = first(f"<main><h1>{TITLE}</h1>{line}{TEXT}</main>")
    assert names(found) == ["Ida Orr"]
    assert texts(found) == list(TOLD)


@pytest.mark.parametrize(
    ("language", "line", "name"),
    [
        ("ru", "Автор: Инна Орлова 25 ноября 2026, 15:20", "Инна Орлова"),
        ("hi", "लेखक: मीरा जोशी 24 नवंबर 2026, 09:30 PM", "मीरा जोशी"),
        ("ko", "홍길동 기자 입력 2026.11.24. 오후 6:12", "홍길동"),
        ("tr", "Yazan: Defne Aydın 24 Kasım 2026 18:05", "Defne Aydın"),
    ],
)
def test_a_signature_with_nothing_but_a_space_to_its_day_is_both(language, line, name):
    found = first(f"<main><h1>{TITLE}</h1><p>{line}</p>{TEXT}</main>", language=language)
    assert names(found) == [name]
    assert found.published is not None


def test_who_signs_in_the_articles_own_foot_signs_it():
    foot = "<div class=post-footer><span class=post-author>Posted by <span class=fn>Ida Orr</span></span></div>"
    assert names(first(f"<div class=post><h3>{TITLE}</h3><div>{TEXT}</div>{foot}</div>")) == [
        "Ida Orr"
    ]


def test_a_column_named_after_the_rail_next_to_it_holds_headline_and_standfirst():
    body = (
        f"<div class='b-right-rail__grid'><div class='b-right-rail__top'><h1>{TITLE}</h1>"
        f"<h2 class=sub-headline>The quay sinks by a thumb a month</h2></div><div>{TEXT}</div></div>"
    )
    found = first(body, head=f'<meta property="og:title" content="{TITLE}">')
    assert found.headline == TITLE
    assert found.standfirst == "The quay sinks by a thumb a month"


def test_paragraphs_behind_a_paywall_are_text():
    inside = "".join(f"<p class=paywall>{paragraph}</p>" for paragraph in TOLD[1:])
    assert texts(first(f"<main><h1>{TITLE}</h1><p>{TOLD[0]}</p>{inside}</main>")) == list(TOLD)


@pytest.mark.parametrize(
    "foot", ["<p>Ida Orr</p>", "<p>Ida Orr can be reached at orr@pier.example or on the quay.</p>"]
)
def test_the_writer_named_once_more_under_the_text_is_no_paragraph_of_it(foot):
    found = first(f"<main><h1>{TITLE}</h1><p class=byline>By Ida Orr</p>{TEXT}{foot}</main>")
    assert texts(found) == list(TOLD)


def test_a_name_that_nobody_signs_with_stays_where_it_is():
    found = first(
        f"<main><h1>{TITLE}</h1><p class=byline>By Ida Orr</p>{TEXT}<p>Write to Bo Ray.</p></main>"
    )
    assert texts(found)[-1] == "Write to Bo Ray."


TRAIL = (
    "<nav class=breadcrumb><ol><li><a href=/>Home</a></li><li><a href=/w>The waterside</a></li>"
    f"<li><a href=/p>{TITLE}</a></li></ol></nav>"
)
LISTED = (
    '<script type="application/ld+json">{"@type": "BreadcrumbList", "itemListElement": ['
    '{"@type": "ListItem", "position": 2, "item": {"name": "The waterside"}},'
    '{"@type": "ListItem", "position": 1, "name": "Home"}]}</script>'
)


@pytest.mark.parametrize(
    ("head", "over"),
    [
        ("", TRAIL),
        (LISTED, ""),
        ("", "<a class=gh-article-tag href=/w>The waterside</a>"),
        ("", "<span class=gh-article-tag><a href=/w>The waterside</a></span>"),
        ("", "<div class=wp-block-post-terms><span>in </span><a href=/w>The waterside</a></div>"),
        ("", "<div class=b-overline><a href=/w>The waterside</a></div>"),
    ],
    ids=[
        "a trail",
        "a declared trail",
        "a linked tag",
        "a link in a tag",
        "terms behind a word",
        "an overline",
    ],
)
def test_the_last_step_to_a_page_and_the_link_over_its_headline_is_its_section(head, over):
    found = first(f"<main><article>{over}<h1>{TITLE}</h1>{TEXT}</article></main>", head)
    assert found.section == "The waterside"
    assert texts(found) == list(TOLD)


@pytest.mark.parametrize(
    ("language", "line", "name"),
    [
        ("he", "<p>מאת: דנה לוי</p><p>24.11.2026</p>", "דנה לוי"),
        ("he", "<p>מאת דנה לוי</p><p>24.11.2026</p>", "דנה לוי"),
        ("ko", "<p>홍길동 기자 hong@pier.example</p><p>2026.11.24 18:12</p>", "홍길동"),
        (
            "en",
            "<p><span>The Pier Post</span> <span>18 Nov 2026</span> <span>By Ida Orr</span></p>",
            "Ida Orr",
        ),
        (
            "zh",
            "<p><span>2026-11-24</span><span>来源：港口日报</span><span>作者：李明</span></p>",
            "李明",
        ),
        ("ko", "<p><span>홍길동 기자</span><span>입력 2026.11.24 18:12</span></p>", "홍길동"),
    ],
)
def test_who_signs_in_a_part_of_a_line_is_told_from_its_other_fields(language, line, name):
    found = first(f"<main><h1>{TITLE}</h1>{line}{TEXT}</main>", language=language)
    assert names(found) == [name]


def test_a_list_over_the_text_of_paper_day_and_writer_is_no_text():
    listed = "<ul><li>The Pier Post</li><li>18 Nov 2026</li><li>By Ida Orr</li></ul>"
    found = first(f"<div><h1>{TITLE}</h1><h2>A slip for every tide</h2>{listed}{TEXT}</div>")
    assert (names(found), found.published.isoformat()) == (["Ida Orr"], "2026-11-18")
    assert texts(found) == list(TOLD)


@pytest.mark.parametrize(
    "line",
    ["저작권자 © 항구일보, 무단 전재 및 재배포 금지", "無断転載を禁じます", "（责任编辑：王芳）"],
)
def test_the_legal_line_of_a_script_without_capitals_is_not_text(line):
    found = first(f"<main><article><h1>{TITLE}</h1>{TEXT}<p>{line}</p></article></main>")
    assert texts(found) == list(TOLD)


def test_an_element_is_known_by_the_name_that_tests_call_it_where_its_class_is_made_by_a_machine():
    head = (
        "<p class=css-1k data-testid=standfirst>The outer quay shuts in spring</p>"
        "<div class=css-2k><span>By </span><a>Ida Orr</a></div>"
        "<div class=css-3k><time datetime=2026-11-20>20 Nov 2026</time> · 3 min read</div>"
    )
    found = first(
        f"<main><h1 class=css-0k>{TITLE}</h1>{head}<section class=css-4k>{TEXT}</section></main>"
    )
    assert found.standfirst == "The outer quay shuts in spring"
    assert (names(found), texts(found)) == (["Ida Orr"], list(TOLD))


@pytest.mark.parametrize(
    "line",
    [
        "Posted By Ida Orr On 20 November 2026 @ 07:00 | No Comments",
        "Par Ida Orr</p><p>Publié le 20 novembre 2026 à 06h00, mis à jour le 20 novembre 2026 à 09h12",
    ],
)
def test_the_word_that_signs_or_dates_is_no_part_of_a_name(line):
    found = first(f"<main><h1>{TITLE}</h1><p>{line}</p>{TEXT}</main>")
    assert (names(found), texts(found)) == (["Ida Orr"], list(TOLD))


def test_a_section_behind_the_name_of_its_field_is_the_link():
    field = "<dl><dd class=category-name>Category: <a href=/quays>Quays</a></dd></dl>"
    assert first(f"<main><h1>{TITLE}</h1>{field}{TEXT}</main>").section == "Quays"


def test_a_standfirst_may_be_named_by_the_box_that_holds_nothing_else():
    box = "<div data-gu-name=standfirst><p class=x1>The outer quay shuts in spring for the surveyors</p></div>"
    body = f"<div data-gu-name=body><div id=maincontent>{TEXT}</div></div>"
    found = first(
        f"<main><article><div><h1>{TITLE}</h1></div>{box}<address><a rel=author>Ida Orr</a></address>"
        f"{body}</article></main>"
    )
    assert found.standfirst == "The outer quay shuts in spring for the surveyors"
    assert texts(found) == list(TOLD)
