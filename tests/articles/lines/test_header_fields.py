"""Fields over a text: its head, whatever program wrote them, and a label among them counts."""

from datetime import date

import pytest

from briefing.articles.split_page import split_page
from briefing.model.article import Verdict
from briefing.model.page import Page

TEXT = (
    "The harbour board met on Tuesday in a room without a table, because the table had been lent to the "
    "library and nobody had asked for it since.\n\nThe chair put the papers on the floor and read them from there."
)


def read(text):
    return split_page(Page(name="page", body=text.encode()))


@pytest.mark.parametrize(
    "header",
    [
        "Von: Ada Kerr <ada@x.example>\nGesendet: Montag, 2. März 2026 10:12\nBetreff: A board without a table",
        '+++\ntitle = "A board without a table"\nauthor = "Ada Kerr"\ndate = 2026-03-02T10:12:00Z\ntags = []\n+++',
        "---\ntitle: A board without a table\nauthor: Ada Kerr\ndate: 2026-03-02\ntags:\n- harbour\n- tables\n---",
        '---\ntitle: "A board without a table"\nsource: "https://pier.example/t"\nauthor:\n  - "[[Ada Kerr]]"\n'
        'published: 2026-03-02\ndescription: "Nobody asked for it"\ntags:\n  - "clippings"\n---',
        "Тема: A board without a table\nОт: Ada Kerr\nДата: 2 марта 2026",
    ],
)
def test_title_writer_and_day_are_read(header):
    (found,) = read(f"{header}\n\n{TEXT}\n")
    assert found.headline == "A board without a table"
    assert [author.name for author in found.byline] == ["Ada Kerr"]
    assert found.published == date(2026, 3, 2)
    assert found.text == TEXT


@pytest.mark.parametrize(
    "field",
    ["Category: Sponsored content", "Sponsored by: Harrow & Pike", "Label: Advertisement feature"],
)
def test_a_label_among_the_fields_is_a_label(field):
    (found,) = read(f"Title: A board without a table\nDate: 2026-03-02\n{field}\n\n{TEXT}\n")
    assert found.verdict is Verdict.SPONSORED


def test_each_header_opens_a_story():
    header = "Title: {}\nAuthor: {}\n\n"
    first, second = header.format("One board", "Ada Kerr"), header.format("Two boards", "Bo Ray")
    found = read(f"{first}{TEXT}\n\n{second}{TEXT}\n")
    assert [article.headline for article in found] == ["One board", "Two boards"]
    assert [author.name for article in found for author in article.byline] == ["Ada Kerr", "Bo Ray"]


def test_words_with_colons_that_are_no_header_stay():
    text = f"A board without a table\n\nPresent: Ada Kerr\nAbsent: Bo Ray\n\n{TEXT}\n"
    (found,) = read(text)
    assert found.headline == "A board without a table"
    assert "Absent: Bo Ray" in found.text


@pytest.mark.parametrize(
    "written", ['["Ada Kerr", "Bo Ray"]', "['Ada Kerr', 'Bo Ray']", "[Ada Kerr, Bo Ray]"]
)
def test_a_list_of_writers_on_one_line_names_each(written):
    (found,) = read(
        f'+++\ntitle = "A board without a table"\nauthors = {written}\ndraft = false\n+++\n\n{TEXT}\n'
    )
    assert [author.name for author in found.byline] == ["Ada Kerr", "Bo Ray"]


def test_a_text_that_begins_on_the_line_of_its_code_is_whole():
    coded = (
        "HD\tThe crane waits\nBY\tIda Orr\nPD\t20 November 2026\nLP\tThe crane on the quay will wait for spring.\n"
        "Nobody may use the outer quay.\nTD\tThe ferry loads from the old slip until then.\nNS\tgport : Ports\n"
    )
    (page,) = split_page(Page(name="export", body=coded.encode()))
    assert [paragraph.text for paragraph in page.paragraphs] == [
        "The crane on the quay will wait for spring.",
        "Nobody may use the outer quay.",
        "The ferry loads from the old slip until then.",
    ]


def test_two_names_alone_under_a_headline_sign_it():
    text = (
        "Crane on the quay waits for spring\n\nIda Orr and Bo Ray\n\n"
        "The crane on the quay will wait for spring, the board says.\n\n"
        "The ferry loads from the old slip until then, which is dry twice a day.\n"
    )
    (page,) = split_page(Page(name="page", body=text.encode()))
    assert [author.name for author in page.byline] == ["Ida Orr", "Bo Ray"]
    (page,) = split_page(
        Page(name="page", body=text.replace("The crane on", "Orr’s crane on").encode())
    )
    assert page.byline == ()
