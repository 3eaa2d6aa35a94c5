"""Labels of paid copy that a country's law or its newspapers use, alone over a text or before its headline."""

import pytest

from briefing.articles.split_page import split_page
from briefing.articles.vocabulary.labels import disclosure, is_slot, lift_disclosure
from briefing.model.article import Verdict
from briefing.model.page import Page

ENGLISH = (
    "Lamp oil for every island",
    "A litre of lamp oil lasts a household nine evenings, and most of them buy it by the spoon.",
)
JAPANESE = (
    "すべての島にランプの油を",
    "島の家では一リットルの油で九晩を過ごし、たいていの家はそれを匙で買っているという。",
)


def verdict(headline, text, label):
    """Of a page with a line between its headline and its text."""
    markup = (
        f"<title>{headline}</title><main><article><h1>{headline}</h1><p class=k>{label}</p>"
        f"<p>{text}</p><p>{text}</p></article></main>"
    )
    page = Page(name="page", body=markup.encode(), media_type="text/html")
    return split_page(page)[0].verdict


@pytest.mark.parametrize("label", ["PR", "【PR】", "AD"])
def test_two_latin_letters_over_a_japanese_text_are_a_label(label):
    assert verdict(*JAPANESE, label) is Verdict.SPONSORED


def test_the_same_two_letters_over_an_english_text_are_none():
    assert verdict(*ENGLISH, "PR") is Verdict.EDITORIAL


@pytest.mark.parametrize("headline", ["PR：ランプの油", "【PR】ランプの油", "[AD] 모든 섬에 등유"])
def test_they_are_lifted_off_a_headline_of_such_a_script(headline):
    label, rest = lift_disclosure(headline)
    assert label in ("PR", "AD")
    assert rest in ("ランプの油", "모든 섬에 등유")


@pytest.mark.parametrize("headline", ["PR: the trade nobody trusts", "AD 79: the day it fell"])
def test_no_latin_headline_loses_its_first_word(headline):
    assert lift_disclosure(headline) == (None, headline)


@pytest.mark.parametrize(
    "line",
    [
        "На правах рекламы",
        "Annoncørbetalt indhold",
        "Bu bir ilandır",
        "특집광고",
        "Komerční sdělení",
        "広告特集　企画・制作　港新聞社広告局",
        "[광고] 기획·제작: 항구일보",
    ],
)
def test_the_words_that_a_law_asks_for_are_a_label(line):
    assert disclosure(line) is not None


@pytest.mark.parametrize("line", ["Реклама", "Inzerce", "Mainos"])
def test_the_bare_word_is_a_slot(line):
    assert is_slot(line)


def test_a_scandinavian_label_names_its_payer():
    found = disclosure("ANNONS FRÅN GULLANE")
    assert found is not None
    assert found[1] == "GULLANE"


@pytest.mark.parametrize("label", ["(X)", "(p)", "Oglas", "Kynning", "Quảng cáo", "Publicitat"])
def test_what_other_countries_print_over_paid_copy_is_a_label_there(label):
    assert is_slot(label)


@pytest.mark.parametrize(
    "label",
    ["Sisuturundus", "Plaćeni sadržaj", "Inserción pagada", "Ingezonden mededeling", "廣編特輯"],
)
def test_the_label_of_a_country_says_all_by_itself(label):
    assert verdict(*ENGLISH, label) is Verdict.SPONSORED
