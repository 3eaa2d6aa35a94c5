"""The shipped design can be read by everybody: structure, labels, sizes, colours."""

import re
from dataclasses import replace

import pytest
from lxml import etree
from lxml.cssselect import CSSSelector

from briefing.emails.render import render

LABEL = "Sponsored · Advertisement feature"
WHITE = "#ffffff"


@pytest.fixture
def mail(edition, settings):
    return render(edition, settings)


@pytest.fixture
def page(mail):
    return etree.fromstring(mail.html, etree.HTMLParser())


def words(element):
    return " ".join(" ".join(element.xpath(".//text()")).split())


def styles(element):
    """What the element's own style says; a ground is a ground by either name."""
    pairs = (pair.split(":", 1) for pair in element.get("style", "").split(";") if ":" in pair)
    found = {name.strip(): value.strip() for name, value in pairs}
    return {("background-color" if name == "background" else name): found[name] for name in found}


def inherited(element, name):
    """The nearest value of a property, up the tree."""
    for found in (element, *element.iterancestors()):
        if name in styles(found):
            return styles(found)[name]
    return ""


def visible_texts(page):
    hidden = "ancestor::*[contains(@style, 'display:none')]"
    for text in page.find("body").xpath(f".//text()[normalize-space() and not({hidden})]"):
        yield text, text.getparent()


def block(page):
    (found,) = page.xpath("//*[contains(concat(' ', @class, ' '), ' sponsored ')]")
    return found


def test_headings_are_the_title_the_lead_each_block_or_label_and_under_it_each_story(page, edition):
    lead, *others = edition.items
    headings = [(found.tag, words(found)) for found in page.iter("h1", "h2", "h3", "h4")]
    assert headings == [
        ("h1", "The Staggers"),
        ("h2", lead.headline),
        ("h2", "Need to know"),
        *(("h3", item.headline) for item in others),
        ("h2", LABEL),
        ("h3", edition.sponsored[0].headline),
    ]


def test_language_and_direction_are_said(page):
    wrapper = page.find(".//div[@role='main']")
    for element in (page, wrapper):
        assert (element.get("lang"), element.get("dir")) == ("en-GB", "ltr")


def test_tables_are_for_layout_only(page):
    assert {table.get("role") for table in page.iter("table")} == {"presentation"}


def test_there_are_no_pictures_scripts_or_forms(page):
    assert not list(page.iter("img", "script", "form", "iframe", "object", "link"))


def test_the_masthead_gives_date_words_and_minutes(page, mail):
    for part in (words(page.find("body")), " ".join(mail.text.split())):
        assert "Monday 23 November 2026" in part
        assert re.search(r"\b277 words\W+1 minute\b", part)


def test_the_preheader_comes_first_and_nothing_runs_into_it(page, edition):
    hidden = page.find("body")[0]
    text = "".join(hidden.itertext())
    assert text.startswith(edition.preheader)
    assert styles(hidden)["display"] == "none"
    assert len(text) > len(edition.preheader) + 100
    assert text[len(edition.preheader) :].strip("\u034f\u200c\u00a0") == ""


def test_paid_copy_opens_and_closes_with_its_label(page):
    content = words(block(page))
    assert content.startswith(f"{LABEL} Paid for by Northgate Wind Why the wind")
    assert content.endswith(f"End of: {LABEL}")


def test_paid_copy_stands_apart_by_ground_border_and_face(page):
    (headline,) = block(page).iter("h2")
    (story, *_) = page.iter("h2")
    assert "Georgia" in inherited(story, "font-family")
    assert "Arial" in inherited(headline, "font-family")
    assert inherited(headline, "background-color") != inherited(story, "background-color")
    assert "2px solid" in etree.tostring(block(page)).decode()


def test_links_of_paid_copy_say_so_and_no_others_do(page):
    inside = list(block(page).iter("a"))
    assert [link.get("rel") for link in inside] == ["sponsored nofollow noopener"]
    assert all(
        "sponsored" not in link.get("rel", "") for link in page.iter("a") if link not in inside
    )


def test_paid_copy_is_nowhere_else(page, mail, edition):
    (advert,) = edition.sponsored
    found = block(page)
    found.getparent().remove(found)
    outside = words(page.find("body")) + words(page.find("head"))
    for sentence in advert.digest.sentences:
        assert sentence.text not in outside + mail.subject + mail.preheader
    assert advert.headline not in outside
    assert "Northgate" not in outside


def test_two_adverts_have_a_labelled_block_each(edition, printed):
    html = printed(sponsored=edition.sponsored * 2).html
    assert html.count(LABEL) == 4
    assert (
        html.count('class="sponsored"') + html.count(" sponsored")
        == 2 + html.count('rel="sponsored') * 0
    )


def test_each_link_says_where_it_leads_and_no_two_places_are_called_the_same(page):
    links = [(words(link), link.get("href")) for link in page.iter("a")]
    leads = dict(links)
    assert len(leads) == len(set(links))
    assert all(address.startswith(("https://", "BRF")) for _, address in links)


def test_headline_and_reminder_lead_to_the_story(page, edition):
    for item in edition.items:
        if item.article.canonical_url:
            found = [a for a in page.iter("a") if a.get("href") == item.article.canonical_url]
            assert [words(found[0]), words(found[1])[:9]] == [item.headline, "Read on: "]


def test_links_that_stand_alone_are_as_tall_as_a_thumb(page):
    for link in page.iter("a"):
        if link.getparent().tag in ("h2", "h3"):  # a line of text: WCAG 2.2, 2.5.8, inline
            continue
        padding = int(styles(link)["padding"].split("px")[0])
        assert int(inherited(link, "line-height").removesuffix("px")) + 2 * padding >= 44
        assert styles(link)["display"] == "inline-block"
        assert "color" in styles(link)


def test_nothing_is_set_smaller_than_can_be_read(page, edition):
    digests = [" ".join(item.paragraph.split()) for item in (*edition.items, *edition.sponsored)]
    told = 0
    for text, parent in visible_texts(page):
        size = int(inherited(parent, "font-size").removesuffix("px"))
        is_digest = any(" ".join(text.split()) in each for each in digests) and "." in text
        told += is_digest
        assert size >= (16 if is_digest else 12), text
    assert told == len(digests)


def test_an_edition_of_seven_stories_stays_under_30_kilobytes(edition, printed):
    html = printed(items=(*edition.items, *edition.items[1:3])).html
    assert len(html.encode()) < 30_000


def test_one_story_alone_has_no_heading_for_others(edition, printed):
    html = printed(items=edition.items[:1]).html
    assert not {"Need to know", "Also today", "In sixty seconds"} & set(
        re.findall(r">([^<]+)<", html)
    )


def test_a_briefing_in_arabic_starts_at_the_right(edition, settings):
    html = render(edition, replace(settings, language="ar")).html
    assert 'lang="ar" dir="rtl"' in html
    assert "text-align:right" in html


# Colours: what a text and its ground are, in light and in dark, by the rules of the cascade.


def luminance(colour):
    """WCAG 2.2, relative luminance; #abc is short for #aabbcc."""
    colour = re.sub(r"^#(.)(.)(.)$", r"#\1\1\2\2\3\3", colour)
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def darkened(html):
    """The page with its dark rules written into the elements, in the order of the sheet."""
    page = etree.fromstring(html, etree.HTMLParser())
    media = re.search(
        r"@media \(prefers-color-scheme:dark\)\{(.*?\})\s*\}\s*\[data", html, re.DOTALL
    )
    for selectors, declarations in re.findall(r"([^{}]+)\{([^{}]+)\}", media[1]):
        for selector in selectors.split(","):
            for element in CSSSelector(selector.strip())(page):
                kept = {**styles(element), **important(declarations)}
                element.set("style", ";".join(f"{name}:{value}" for name, value in kept.items()))
    return page


def important(declarations):
    pairs = re.findall(r"([\w-]+):\s*([^;]+?)\s*!important", declarations)
    return {("background-color" if name == "background" else name): value for name, value in pairs}


def pale(page):
    """Texts that do not stand out from their ground."""
    return [
        (text.strip(), colour, ground)
        for text, parent in visible_texts(page)
        for colour in [inherited(parent, "color")]
        for ground in [inherited(parent, "background-color") or WHITE]
        if contrast(colour, ground) < 4.5
    ]


def test_every_text_stands_out_in_light(page):
    assert pale(page) == []


def test_every_text_stands_out_in_dark(mail):
    dark = darkened(mail.html)
    assert pale(dark) == []
    grounds = {inherited(parent, "background-color") for _, parent in visible_texts(dark)}
    assert {ground for ground in grounds if luminance(ground) > 0.05} == {"#960f19", "#d9b64a"}


def test_outlooks_own_apps_get_the_same_dark_rules(mail):
    media = re.search(
        r"@media \(prefers-color-scheme:dark\)\{(.*?\})\s*\}\s*\[data", mail.html, re.DOTALL
    )
    for rule in re.findall(r"^\.\S.*\}$", media[1], re.MULTILINE):
        first = rule.split("{")[0].split(",")[0].strip()
        assert f"[data-ogsc] {first}" in mail.html


def test_a_footer_whose_inner_table_stays_light_would_be_found(edition, design):
    settings = design("parts/screen.css", ", {{ at }}.foot > table", "")
    assert pale(darkened(render(edition, settings).html))
