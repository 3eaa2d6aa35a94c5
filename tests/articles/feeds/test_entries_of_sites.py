"""Entries as content systems write them: relative links, "By" before names, Dublin Core, a last line of links."""

import pytest

from briefing.articles.files.folder import read_pages
from briefing.articles.split_page import split_page
from briefing.model.page import Page

TEXT = (
    "<p>The harbour board of Tolleth will hang a second lamp on the north quay, as the first shines on gulls.</p>"
    "<p>It costs nine crowns, said Mara Ellwood, who has rowed mail to the outer islands since the spring.</p>"
)
HEAD = (
    '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Quay News</title>'
    "<link>https://quay.example/</link>"
)


def article(tmp_path, fields, text=TEXT):
    """The article of a feed of one entry, and the page it is read from."""
    item = f"<item><title>The quay gets a second lamp</title>{fields}<description><![CDATA[{text}]]></description>"
    (tmp_path / "quay.xml").write_text(f"{HEAD}{item}</item></channel></rss>")
    ((page,),) = read_pages([tmp_path / "quay.xml"])
    assert isinstance(page, Page)
    (found,) = split_page(page)
    return found, page.declared


def test_a_relative_link_leads_into_the_feeds_site(tmp_path):
    _, said = article(tmp_path, "<link>/lamp</link>")
    assert said.canonical_url == "https://quay.example/lamp"


@pytest.mark.parametrize("written", ["By Ada Holm", "Von Ada Holm", "Ada Holm"])
def test_the_word_before_a_writers_name_is_no_part_of_it(tmp_path, written):
    _, said = article(tmp_path, f"<dc:creator>{written}</dc:creator>")
    assert said.authors == ("Ada Holm",)


def test_the_date_of_dublin_core_is_that_of_publication(tmp_path):
    _, said = article(tmp_path, "<dc:date>2026-11-20</dc:date>")
    assert (str(said.published), said.updated) == ("2026-11-20", None)


@pytest.mark.parametrize(
    "line",
    [
        '<p>The post <a href="https://quay.example/lamp">{}</a> appeared first on <a href="/">Quay News</a>.</p>',
        '<p>L’article <a href="/lamp">{}</a> est apparu en premier sur <a href="/">Quay News</a>.</p>',
    ],
)
def test_a_last_line_with_the_headline_as_a_link_to_the_page_is_on_record_and_no_paragraph(
    tmp_path, line
):
    told = line.format("The quay gets a second lamp")
    found, _ = article(tmp_path, "<link>https://quay.example/lamp</link>", TEXT + told)
    assert len(found.paragraphs) == 2
    assert "link to the page itself" in [removed.reason for removed in found.removed]


def test_a_last_paragraph_that_links_to_another_page_stays(tmp_path):
    more = '<p>The board had asked for <a href="/lamp-1">one lamp</a> in the spring, and had got it by June.</p>'
    found, _ = article(tmp_path, "<link>https://quay.example/lamp</link>", TEXT + more)
    assert len(found.paragraphs) == 3
