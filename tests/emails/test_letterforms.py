"""Slanted and spaced letters are left to scripts that have capitals, also in one story of a letter."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml.html import fromstring

from briefing.emails import specimen
from briefing.emails.letterforms import keep_letterforms
from briefing.emails.render import render

DESIGNS = Path(__file__).parents[2] / "templates" / "email"
SLOT = datetime(2026, 11, 23, 7, tzinfo=UTC)
BENT = ("italic", "oblique", "letter-spacing")
#: What a text says, and whether its slant and spacing stay.
TEXTS = {
    "English": ("Harbours pact holds", True),
    "Greek": ("Η συμφωνία ισχύει", True),
    "Spanish with raised letters": ("El 1º de mayo y la 2ª vuelta", True),
    "figures alone": ("33 %", True),
    "Arabic": ("ميثاق الموانئ", False),
    "Hindi": ("बंदरगाह समझौता", False),
    "Japanese": ("港の朝刊", False),
    "Korean": ("항만 협정", False),
    "Japanese with Latin names": ("EUとNATO、UK", False),
}


@pytest.mark.parametrize(("text", "stays"), TEXTS.values(), ids=TEXTS)
def test_a_slant_and_spacing_stay_where_the_script_has_capitals(text, stays):
    style = "font-size:26px;font-style:italic;letter-spacing:-0.8px;line-height:34px"
    page = fromstring(f'<div><h1 style="{style}">{text}</h1></div>')
    keep_letterforms(page)
    (title,) = page.iter("h1")
    assert title.get("style") == (style if stays else "font-size:26px;line-height:34px")


def test_an_element_with_nothing_but_a_slant_keeps_no_empty_style():
    page = fromstring('<div><p style="font-style:italic">港の朝刊</p></div>')
    keep_letterforms(page)
    assert page.find("p").attrib == {}


@pytest.mark.parametrize(("text", "bold"), [("今日", True), ("today", False)])
def test_stress_is_bold_where_the_script_has_no_slant(text, bold):
    page = fromstring(f"<div><p>x <em>{text}</em></p></div>")
    keep_letterforms(page)
    assert ("font-weight:bold" in page.find("p/em").get("style", "")) == bold


@pytest.mark.parametrize("design", ["staggers", "dispatch", "evening"])
def test_a_story_in_arabic_is_printed_without_slant_and_spacing_in_an_english_letter(
    design, settings
):
    edition = specimen.filled(SLOT)
    lead, *others = edition.items
    told = replace(edition, items=(replace(lead, headline="ميثاق الموانئ"), *others))
    page = fromstring(render(told, replace(settings, template=DESIGNS / design)).html)
    (heading,) = [each for each in page.iter("h2") if "ميثاق" in each.text_content()]
    ways = (heading, *heading.iterancestors(), *heading.iterdescendants())
    assert not [each for each in ways if any(bent in each.get("style", "") for bent in BENT)]


@pytest.mark.parametrize("design", ["staggers", "dispatch", "evening"])
def test_the_sources_own_words_name_their_language_where_it_is_not_the_letters(design, settings):
    edition = specimen.filled(SLOT)
    arabic, french, edited, *others = edition.items
    arabic = in_language(arabic, "ميثاق الموانئ", "ar")
    french = replace(in_language(french, "Les maires", "fr"), headline="The mayors, by the desk")
    edited = replace(in_language(edited, "Un carnet", "fr"), verbatim=False)
    told = replace(edition, items=(arabic, french, edited, *others))
    page = fromstring(render(told, replace(settings, template=DESIGNS / design)).html)
    heads = {each.text_content(): each.get("lang") for each in page.iter("h2", "h3")}
    assert heads["ميثاق الموانئ"] == "ar"
    assert heads["The mayors, by the desk"] is None
    assert heads["Un carnet"] == "fr"
    assert heads[others[0].headline] is None
    voices = [each.get("lang") for each in page.iter("p") if "patrol ship" in each.text_content()]
    assert (voices.count("ar"), voices.count("fr")) == (1, 1)


def in_language(item, headline, language):
    """A story whose source has this headline, in this language."""
    article = replace(item.article, headline=headline, language=language)
    return replace(item, headline=headline, article=article)


@pytest.mark.parametrize(("language", "side"), [("ar", "right"), ("en-GB", "left")])
def test_the_line_beside_a_quotation_and_an_issued_piece_stands_where_lines_begin(
    language, side, settings
):
    evening = replace(settings, template=DESIGNS / "evening", language=language)
    page = fromstring(render(specimen.worst(SLOT), evening).html)
    for name in ("quote", "issued"):
        style = page.find_class(name)[0].get("style")
        assert f"border-{side}:4px" in style
        assert style.count("border-") == 1
