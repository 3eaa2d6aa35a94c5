"""What a site shows where its article would be is refused; so is a page of dated teasers."""

import pytest

from briefing.articles.split_page import split_page
from briefing.errors import PageRefused
from briefing.model.page import Page

MENU = "<header><a href=/>The Pier Post</a><nav><a href=/n>News</a></nav></header>"
TOLD = (
    "The harbour board has put off its vote on the crane until the second week of March, when the "
    "surveyors are due to say how much of the quay has sunk since the summer.",
    "Until then no lorry of more than twelve tonnes may use the outer quay, and the ferry will load "
    "from the old slip, which is dry for two hours of every tide.",
)


def split(body, title="x", head=""):
    markup = f"<html lang=en><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return split_page(Page(name="page", body=markup.encode(), media_type="text/html"))


def text(*paragraphs):
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Page not found", "not there"),
        ("Seite nicht gefunden", "not there"),
        ("ページが見つかりません", "not there"),
        ("Sign in to continue", "log in"),
        ("We value your privacy", "consent"),
        ("Weiterlesen mit Werbung oder im Abo", "consent"),
        ("Consent or pay", "consent"),
        ("Vos choix concernant les cookies", "consent"),
        ("Just a moment...", "people from programs"),
    ],
)
def test_a_heading_that_names_another_kind_of_page_is_refused_by_that_name(heading, kind):
    with pytest.raises(PageRefused, match=kind):
        split(f"{MENU}<main><h1>{heading}</h1>{text(TOLD[0])}</main>", heading)


def test_a_report_under_such_a_headline_is_read_once_it_has_a_day():
    body = (
        f"<main><h1>Page not found</h1><p>By Ida Orr</p><p>20 November 2026</p>{text(*TOLD)}</main>"
    )
    assert split(body, "Page not found")[0].headline == "Page not found"


def test_a_field_for_a_password_in_the_place_of_the_text_is_a_page_to_log_in():
    form = "<form><label>Password</label><input type=password></form>"
    with pytest.raises(PageRefused, match="log in"):
        split(f"{MENU}<main><h1>Your account at the Post</h1>{text(TOLD[0])}{form}</main>")


def test_a_field_in_the_head_of_the_site_says_nothing_of_the_page():
    form = "<header><form><input type=password></form></header>"
    read = split(f"{form}<main><h1>The crane will wait until March</h1>{text(*TOLD)}</main>")
    assert read[0].headline == "The crane will wait until March"


def cards(day):
    headlines = ("Crane waits", "Slip reopens", "Quay sinks again", "Lorries barred", "Tide wins")
    return "".join(
        f"<article class=card><h2><a href=/{n}>{one}</a></h2>{text(TOLD[n % 2])}{day}</article>"
        for n, one in enumerate(headlines)
    )


def test_cards_that_each_tell_a_paragraph_are_a_listing_where_each_has_its_day():
    with pytest.raises(PageRefused, match="a listing of 5 articles"):
        split(
            f"{MENU}<main><h1>Latest</h1>{cards('<time datetime=2026-11-20>20 Nov</time>')}</main>"
        )


def test_the_same_without_a_day_are_a_round_up():
    assert split(f"{MENU}<main><h1>The week on the quay</h1>{cards('')}</main>")


def test_a_page_that_only_its_scripts_fill_is_read_from_its_structured_data():
    told = "\\n".join(TOLD)
    data = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"The crane will wait",'
        f'"datePublished":"2026-11-20","articleBody":"{told}"}}</script>'
    )
    (read,) = split("<div id=root></div>", "The crane will wait", data)
    assert [paragraph.text for paragraph in read.paragraphs] == list(TOLD)
    assert any("without its scripts" in flag for flag in read.flags)


def test_a_page_that_shows_its_text_is_read_as_shown():
    data = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"The crane will wait",'
        '"articleBody":"Something else altogether, which nobody sees."}</script>'
    )
    (read,) = split(f"<h1>The crane will wait</h1>{text(*TOLD)}", "The crane will wait", data)
    assert [paragraph.text for paragraph in read.paragraphs] == list(TOLD)


OLD = (
    "<table><tr><td><a href=/>Home</a><br><a href=/n>News</a></td><td><font size=5>The crane will wait"
    "</font><br><i>by Ida Orr</i><br>20 November 2026<br><br>{}<br><br>{}</td><td>Tides<br>High 6.12<br>"
    "Low 12.30</td></tr><tr><td colspan=3>Copyright 2026 The Pier Post</td></tr></table>"
)


def test_an_old_layout_of_cells_and_breaks_has_its_head_in_lines_and_its_text_in_one_cell():
    (read,) = split(OLD.format(*TOLD), "The Pier Post: The crane will wait")
    assert read.headline == "The crane will wait"
    assert [author.name for author in read.byline] == ["Ida Orr"]
    assert str(read.published) == "2026-11-20"
    assert [paragraph.text for paragraph in read.paragraphs] == list(TOLD)


def test_a_paragraph_keeps_its_breaks_within():
    verse = "<p>Lower the lamp<br>and raise the tide<br>the quay has gone to sleep</p>"
    (read,) = split(f"<h1>Three lines for a quay</h1>{text(TOLD[0])}{verse}{text(TOLD[1])}")
    assert "Lower the lamp and raise the tide" in " ".join(one.text for one in read.paragraphs)
