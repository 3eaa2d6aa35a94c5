"""Page → pieces, and every line of the page accounted for."""

import pytest
from tests.articles.three_pieces import BIOGRAPHY, ONE, THREE, TWO, split

from briefing.articles.split_page import split_page
from briefing.articles.to_json import as_record
from briefing.errors import PageRefused
from briefing.model.article import ParagraphKind, Verdict
from briefing.model.page import Page


def headlines(text):
    return [article.headline for article in split(text)]


def test_a_page_with_one_article_is_one_piece():
    (article,) = split(
        f"Harle warms up\n\nA town gives up gas, street by street.\n\nBy Ada Kerr\n\n{ONE}\n"
    )
    assert article.id == "page#0"
    assert article.headline == "Harle warms up"
    assert article.standfirst == "A town gives up gas, street by street."
    assert [author.name for author in article.byline] == ["Ada Kerr"]
    assert article.text == ONE


def test_three_articles_and_an_advert_between_them_are_four_pieces_in_page_order():
    page = (
        f"Harle warms up\n\nBy Ada Kerr\n\n{ONE}\n\n{BIOGRAPHY}\n\n"
        f"Peers back rents\n\nBy Idris Fenn\n\n{TWO}\n\nAdvertisement feature\n\n"
        f"A harbour for every exporter in the north\n\n{ONE.replace('Harle', 'Tern')}\n\n0800 555 0199\n\n"
        f"Show Hide image\n\nCardiff ties itself in a knot again\n\nBy Hana Brandt\n\n{THREE}\n"
    )
    found = split(page)
    assert [article.id for article in found] == ["page#0", "page#1", "page#2", "page#3"]
    assert [article.headline for article in found] == [
        "Harle warms up",
        "Peers back rents",
        "A harbour for every exporter in the north",
        "Cardiff ties itself in a knot again",
    ]
    assert [article.verdict is Verdict.SPONSORED for article in found] == [
        False,
        False,
        True,
        False,
    ]


def test_a_picture_inside_an_article_starts_no_new_piece():
    page = (
        f"Harle warms up\n\n{ONE}\n\nThe market in May.\nShow Hide image\n\nIn the pipes\n\n{TWO}"
    )
    assert headlines(page) == ["Harle warms up"]


@pytest.mark.parametrize("glue", ["\n\n", "\n"])
def test_a_biography_ends_a_piece_whether_a_blank_line_follows_or_not(glue):
    page = (
        f"Harle warms up\n\n{ONE}\n\n{BIOGRAPHY}{glue}Show Hide image\n\nPeers back rents\n\n{TWO}"
    )
    assert headlines(page) == ["Harle warms up", "Peers back rents"]


def test_a_subhead_starts_no_new_piece():
    (article,) = split(f"Harle warms up\n\n{ONE}\n\nWhat happens next\n\n{TWO}")
    kinds = [paragraph.kind for paragraph in article.paragraphs]
    assert kinds.count(ParagraphKind.SUBHEAD) == 1


def test_a_page_of_only_navigation_is_refused_by_name():
    with pytest.raises(PageRefused, match=r"page: no article was found .* links"):
        split("Home\n\nPolitics\n\nCulture\n\nLog in\n\nSubscribe\n\nRead more\n\nBack to top\n")


TOWNS = "Aldham Brixworth Cheddon Dunmere Elmstow Fallowby Gorsey Hazelton".split()
LINKS = {f"{town} council votes on the quay again": f"https://example.org/{town}" for town in TOWNS}
LISTS = {
    "links behind their words": "\n".join(f"{words} {link}" for words, link in LINKS.items()),
    "links below their words": "\n\n".join(f"{words}\n{link}" for words, link in LINKS.items()),
    "links in Markdown": "\n".join(f"- [{words}]({link})" for words, link in LINKS.items()),
    "links in one line": " ".join(f"{words}: {link}" for words, link in LINKS.items()),
    "links alone": "\n".join(LINKS.values()),
    "links under a sentence": f"{ONE[:120]}.\n\n" + "\n".join(LINKS.values()),
    "a page of links": "<html><body>"
    + "".join(f'<p><a href="{link}">{words}</a></p>' for words, link in LINKS.items()),
}


@pytest.mark.parametrize("written", LISTS.values(), ids=LISTS)
def test_what_consists_of_links_is_a_listing(written):
    with pytest.raises(PageRefused, match=r"a listing of \d links, not an article"):
        split(written)


def test_headlines_that_were_copied_without_their_links_are_a_listing():
    headlines = [
        f"{town} council votes on the {what} again" for town in TOWNS for what in ("quay", "levy")
    ]
    with pytest.raises(PageRefused, match="a listing of 16 headlines, not an article"):
        split("\n".join(headlines))


@pytest.mark.parametrize(
    "written",
    [
        f"Heat pumps come to Harle\n\n{ONE}\n\n{TWO}\n\n{THREE}\n\n"
        + LISTS["links behind their words"],
        "The week ahead\n\n"
        + "\n".join(
            f"{9 + hour}.30 {town} council votes on the quay" for hour, town in enumerate(TOWNS * 2)
        ),
        "How they voted\n\n"
        + "\n".join(f"{town} by the Sea and the Marshes {len(town)},204" for town in TOWNS * 2),
    ],
    ids=["an article with its sources", "an agenda", "results"],
)
def test_an_article_with_links_an_agenda_and_results_are_not_listings(written):
    assert split(written)


def test_a_listing_is_refused_with_the_number_of_its_teasers():
    teaser = (
        "Peers back rents\nBy Mara Quill - 09 July 13:57\nThe amendment passed by 31 votes.\n\n"
    )
    with pytest.raises(PageRefused, match="a listing of 4 articles"):
        split(teaser * 4)


def test_a_page_of_only_adverts_holds_no_editorial_piece():
    page = f"Advertisement feature\n\nWarm towns\n\n{ONE}\n\nSponsored by Norvane\n\nGood rents\n\n{TWO}"
    assert [article.verdict for article in split(page)] == [Verdict.SPONSORED] * 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Read more: Why the whips lost count", "link to other pages"),
        ("Read more", "link to other pages"),
        ("Most read", "link to other pages"),
        ("Sign up to our daily briefing", "sign-up form"),
        ("Enter your email address", "sign-up form"),
        ("Subscribe", "sign-up form"),
        ("We use cookies to improve your visit.", "cookie notice"),
        ("Accept all cookies", "cookie notice"),
        ("Share this article", "sharing button"),
        ("12 comments", "sharing button"),
        ("All rights reserved.", "legal line"),
        ("Show Hide image", "picture button"),
        ("* * *", "separator"),
        ("Getty Images", "picture credit"),
        ("Advertisement", "advertisement slot"),
        ("This article was amended on 3 March.", "correction note"),
        ("https://calder.example/story", "web address"),
    ],
)
def test_a_line_of_the_site_is_dropped_with_its_reason(line, reason):
    (article,) = split(f"Harle warms up\n\nBy Ada Kerr\n\n{ONE}\n\n{line}\n\n{TWO}")
    assert (line, reason) in [(removed.text, removed.reason) for removed in article.removed]
    assert line not in article.text


def test_a_headline_printed_twice_is_no_paragraph_in_between():
    (article,) = split(f"Harle warms up\n\nA town gives up gas.\n\nA town gives up gas.\n\n{ONE}")
    assert article.standfirst == "A town gives up gas."
    assert article.text == ONE


def test_a_page_without_a_headline_keeps_its_first_line_as_one_and_loses_nothing():
    (article,) = split(ONE)
    assert f"{article.headline}\n\n{article.text}" == ONE


def test_a_list_keeps_its_items():
    (article,) = split(f"Harle warms up\n\n{ONE}\n\n• pumps for all\n\n• pipes for some\n\n{TWO}")
    items = [part.text for part in article.paragraphs if part.kind is ParagraphKind.ITEM]
    assert items == ["• pumps for all", "• pipes for some"]


def test_a_live_blog_is_one_piece_with_all_its_entries():
    entries = [
        f"1{hour}.15 The minister sits down, and the house waits for what comes."
        for hour in range(6)
    ]
    (article,) = split(
        "Budget live: duty on fuel rises\n\nBy Mara Quill\n\n" + "\n\n".join(entries)
    )
    assert [part.text for part in article.paragraphs] == entries


def test_a_standfirst_cut_at_a_hundred_characters_is_flagged_and_not_completed():
    cut = (
        "Inside the launch of the campaign: why the party lost and how it can win again in the 2"
        + "x" * 40
    )[:100]
    (article,) = split(f"Harle warms up\n\n{cut}\n\n{ONE}")
    assert (article.standfirst, article.standfirst_truncated) == (cut, True)
    assert "standfirst cut short on the page" in article.flags


def test_a_line_of_sixty_kilobytes_is_one_paragraph():
    line = "The council voted on Tuesday. " * 2000
    (article,) = split(f"Harle warms up\n\n{line}")
    assert article.text == line.strip()


def test_labels_dates_and_addresses_find_their_fields():
    page = f"Politics\n\n3 March 2026\n\nExclusive: Harle warms up\n\nBy Ada Kerr\n\n{ONE}"
    body = page.encode()
    (article,) = split_page(
        Page(name="page", body=body, url="https://calder.example/a?b=c#d", source="x")
    )
    assert article.labels == ("Exclusive",)
    assert article.published.isoformat() == "2026-03-03"
    assert (article.url, article.canonical_url) == (
        "https://calder.example/a?b=c#d",
        "https://calder.example/a?b=c",
    )
    assert (article.source, article.date_basis) == ("x", "declared")


def test_the_record_tells_the_three_verdicts_apart():
    texts = (
        ONE,
        f"Supported by Norvane\n\n{ONE}",
        f"{ONE}\n\n(Taken from the Post supplement Warm)",
    )
    records = [as_record(split(f"Harle warms up\n\nBy Ada Kerr\n\n{text}")[0]) for text in texts]
    assert [record["sponsored"] for record in records] == [False, True, "unsure"]


def test_a_day_over_the_first_lines_of_a_timetable_is_no_standfirst():
    page = "The week ahead\n\nMonday\nThe Buses Bill at 7pm, and the tram at ten.\n\nTuesday\nEducation at 2pm.\n"
    (article,) = split_page(Page(name="page", body=page.encode()))
    assert (article.standfirst, article.paragraphs[0].text) == (None, "Monday")
