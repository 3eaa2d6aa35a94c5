"""Who paid, in the words that other languages than English have for it: a firm by its form, a logo, a sentence."""

import pytest

from briefing.articles.split_page import split_page
from briefing.articles.vocabulary.disclosures import in_sentence
from briefing.articles.vocabulary.labels import disclosure, is_open
from briefing.articles.vocabulary.notices import notice
from briefing.articles.vocabulary.payer_lines import in_line
from briefing.model.article import Verdict
from briefing.model.page import Page

TITLE = "Lamp oil for every island"
TEXT = (
    "<p>A litre of lamp oil lasts a household nine evenings, and most of them buy it by the spoon.</p>"
    "<p>Gullane sends a can by the morning boat and takes the empty one back, so that nobody carries it.</p>"
)


def first(over="", within=""):
    """The first piece of a page with something over its headline, or between that and its text."""
    markup = (
        f"<html lang=en><title>{TITLE}</title><main><article>{over}<h1>{TITLE}</h1>{within}{TEXT}</article>"
        "</main></html>"
    )
    return split_page(Page(name="page", body=markup.encode(), media_type="text/html"))[0]


@pytest.mark.parametrize(
    ("line", "payer"),
    [
        ("Anzeige der Gullane GmbH", "Gullane GmbH"),
        ("ANZEIGE DER GULLANE AG", "GULLANE AG"),
        ("Werbung für die Gullane KG", "Gullane KG"),
        ("Publicité de la société Gullane", "Gullane"),
        ("Publicidad de la empresa Gullane", "Gullane"),
        ("Pubblicità della ditta Gullane", "Gullane"),
        ("Annonce: Gullane A/S", "Gullane A/S"),
        ("Publicidad: Aceites Gullane", "Aceites Gullane"),
        ("Werbung für die Gullane Versicherung", "Gullane Versicherung"),
        ("Publicité pour la Banque Gullane", "Banque Gullane"),
        ("Kaupallinen yhteistyö Gullane", "Gullane"),
        ("Contenu sponsorisé Huiles Gullane", "Huiles Gullane"),
    ],
)
def test_the_word_for_an_advert_with_a_firm_behind_it_names_who_paid(line, payer):
    assert disclosure(line) == (line, payer)


@pytest.mark.parametrize(
    "line",
    [
        "Anzeige der Polizei",
        "Anzeige der Gemeinde Gullane",
        "Publicité de la viande",
        "Publicité : Gullane perd",
        "Werbung für Glücksspiel",
        "Werbung für Versicherungen",
        "Advertising for Health Services",
        "Advertisement For Gullane Bank Banned",
        "Publicité pour le Tabac",
        "Contenu sponsorisé en hausse",
    ],
)
def test_a_charge_or_a_headline_on_adverts_is_no_label(line):
    assert disclosure(line) is None


@pytest.mark.parametrize(
    "line", ["提供：かもめ灯株式会社", "協賛: かもめ灯", "赞助商：海鸥灯行", "협찬: 갈매기등"]
)
def test_a_payer_in_a_script_without_capitals_stands_behind_the_colon(line):
    found = in_line(line)
    assert found is not None
    assert found.payer == line[3:].lstrip("：: ").removeprefix("：")


@pytest.mark.parametrize(
    ("line", "payer"),
    [
        ("Реклама. ООО «Чайка», ИНН 7700000000, erid: 2Vtzq", "Чайка"),
        ("ООО Чайка, erid: 2Vtzq", "Чайка"),
        ("Реклама. Рекламодатель: ООО «Чайка», ИНН 7700000000. Erid: 2Vtzq", "Чайка"),
        ("Inzerent: Gullane, a.s.", "Gullane, a.s"),
        ("בשיתוף בנק הלוורן", "בנק הלוורן"),
        ("※ 이 기사는 갈매기등의 협찬을 받아 작성되었습니다.", "갈매기등"),
    ],
)
def test_a_line_that_the_law_asks_for_names_its_payer(line, payer):
    found = in_line(line)
    assert found is not None
    assert found.payer == payer


@pytest.mark.parametrize("line", ["Presented by Ines Calder", "Hosted by Ines Calder"])
def test_a_host_in_a_persons_name_has_paid_for_nothing(line):
    found = first(within=f"<p>{line}</p>")
    assert found.verdict is Verdict.EDITORIAL


def test_a_presenter_of_whom_the_text_tells_is_asked_about_and_not_accused():
    within = (
        "<p>Presented by Orr Gullane</p><p>Orr Gullane sends a can by the morning boat to all.</p>"
    )
    found = first(within=within)
    assert found.verdict is Verdict.UNSURE


def test_under_a_label_whoever_presents_a_text_paid_for_it():
    found = first(over="<p>Paid content</p>", within="<p>Presented by Orr Gullane</p>")
    assert (found.verdict, found.sponsorship.sponsor) == (Verdict.SPONSORED, "Orr Gullane")


def test_who_paid_has_not_signed():
    head = "<meta name=author content='Gullane Oils'><p>Paid for by Gullane Oils</p>"
    assert first(over=head).byline == ()


@pytest.mark.parametrize(
    "line", ["写真提供：かもめ灯", "提供：島の人は、油を匙で買うという話だった"]
)
def test_a_credit_of_a_picture_or_a_sentence_names_no_payer(line):
    assert in_line(line) is None


@pytest.mark.parametrize(
    "line",
    ["Proposé par", "Präsentiert von", "Contenido ofrecido por", "Aangeboden door", "Offerto da"],
)
def test_a_label_that_breaks_off_before_a_logo_is_known_in_other_languages(line):
    assert is_open(line)


@pytest.mark.parametrize(
    "sentence",
    [
        "Dieser Beitrag ist eine bezahlte Kooperation mit Gullane.",
        "Cet article a été écrit en partenariat rémunéré avec Gullane.",
        "Este contenido es una colaboración pagada con Gullane.",
        "Dit artikel is een betaalde samenwerking met Gullane.",
    ],
)
def test_working_together_that_is_paid_for_is_a_disclosure(sentence):
    found = notice(sentence)
    assert found is not None
    assert found.payer == "Gullane"


def test_newsrooms_that_work_together_disclose_nothing():
    assert notice("Dieser Beitrag entstand in Kooperation mit Gullane.") is None


def test_a_payers_name_ends_where_its_sentence_does():
    found = in_sentence("This page was paid for by Gullane Lamps. The Pier Post had no part in it.")
    assert found is not None
    assert found.payer == "Gullane Lamps"


def test_a_linked_logo_over_the_headline_says_who_paid():
    logo = (
        "<div class=sponsor><span>Presented by</span> <a rel=sponsored href='https://gullane.example'>"
        "<img src=g.svg alt=Gullane></a></div>"
    )
    found = first(over=logo).sponsorship
    assert (found.verdict, found.sponsor) == (Verdict.SPONSORED, "Gullane")


def test_of_two_names_under_a_label_the_one_behind_the_comma_is_the_house_that_paid():
    line = "<p class=byline>By DANA COLE, GULLANE LAMPS</p>"
    found = first(over="<p>Sponsored</p>", within=line)
    assert [author.name for author in found.byline] == ["Dana Cole"]
    assert found.sponsorship.sponsor == "Gullane Lamps"


def test_of_two_writers_under_a_label_neither_paid():
    line = "<p class=byline>By Dana Cole, Bram Oake</p>"
    found = first(over="<p>Sponsored</p>", within=line)
    assert [author.name for author in found.byline] == ["Dana Cole", "Bram Oake"]
    assert found.sponsorship.sponsor != "Bram Oake"
