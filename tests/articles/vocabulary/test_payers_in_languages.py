"""Labels and lines that name a payer, in many languages, and lines that begin like them."""

import pytest

from briefing.articles.split_page import split_page
from briefing.articles.vocabulary.label_grammar import label_sentence
from briefing.articles.vocabulary.labels import disclosure
from briefing.articles.vocabulary.payer_lines import in_line
from briefing.model.article import Verdict
from briefing.model.page import Page


def payer_of(line):
    """The payer that a line names, None where it names none, and False where it discloses nothing."""
    label, told = disclosure(line), in_line(line)
    if label:
        return label[1]
    return told.payer if told else False


@pytest.mark.parametrize(
    ("line", "payer"),
    [
        ("Dieser Beitrag wurde von Halvern bezahlt", "Halvern"),
        ("Dieser Artikel wird präsentiert von der Halvern AG", "Halvern AG"),
        ("Dieser Text entstand im Auftrag von Halvern", "Halvern"),
        ("Mit freundlicher Unterstützung von Halvern", "Halvern"),
        ("Cet article est sponsorisé par Halvern", "Halvern"),
        ("Cet article a été financé par la société Halvern", "Halvern"),
        ("Article réalisé en partenariat avec Halvern", "Halvern"),
        ("Publi-rédactionnel réalisé par Halvern", "Halvern"),
        ("Este artículo ha sido patrocinado por Halvern", "Halvern"),
        ("Contenido elaborado para Halvern", "Halvern"),
        ("Contenuto a cura di Halvern", "Halvern"),
        ("Questo articolo è sponsorizzato da Halvern.", "Halvern"),
        ("Contenuto realizzato in collaborazione con Halvern", "Halvern"),
        ("Dit is een betaald bericht van Halvern", "Halvern"),
        ("Artykuł sponsorowany przez firmę Łanpol", "Łanpol"),
        ("Materiał promocyjny firmy Łanpol", "Łanpol"),
        ("Reklama Łanpol sp. z o.o.", "Łanpol sp. z o.o"),
        ("Treść sponsorowana", None),
        ("Este conteúdo é patrocinado por Halvern", "Halvern"),
        ("Oferecido por Halvern", "Halvern"),
        ("Χορηγούμενο άρθρο από τη Θερμίς", "Θερμίς"),
        ("Διαφήμιση της Θερμίς ΑΕ", "Θερμίς ΑΕ"),
        ("Σε συνεργασία με τη Θερμίς", "Θερμίς"),
        ("محتوى برعاية شركة نورس", "نورس"),
        ("برعاية شركة نورس", "نورس"),
        ("مقال مدفوع من شركة نورس", "نورس"),
        ("Реклама. ООО «Норвис»", "Норвис"),
        ("この記事はノルヴィスの提供でお送りします", "ノルヴィス"),
        ("Dieser Beitrag ist in Kooperation mit Halvern entstanden", "Halvern"),
        ("Dit artikel is tot stand gekomen in samenwerking met Halvern", "Halvern"),
        ("Article réalisé en partenariat avec Crédit Halvern", "Crédit Halvern"),
        ("Contenu réalisé par Halvern pour Le Quai Studio", "Halvern"),
        ("Contenu réalisé par Le Quai Studio pour Halvern", "Halvern"),
        ("Contenuto scritto in collaborazione con Halvern S.p.A.", "Halvern S.p.A"),
        ("Komerční sdělení společnosti Halvern s.r.o.", "Halvern s.r.o"),
        ("Contenido desarrollado para Halvern por Estudio de Marca", "Halvern"),
        ("Oferecimento: Halvern", "Halvern"),
        ("Annonceur : Halvern", "Halvern"),
        ("Bu içerik Halvern sponsorluğunda hazırlanmıştır", "Halvern"),
        ("이 기사는 누리등유의 협찬을 받아 작성되었습니다.", "누리등유"),
        ("ノルヴィス株式会社提供", "ノルヴィス株式会社"),
        ("提供 ノルヴィス株式会社", "ノルヴィス株式会社"),
    ],
)
def test_a_label_names_its_payer_in_every_language(line, payer):
    assert payer_of(line) == payer


@pytest.mark.parametrize(
    "line",
    [
        "Dieser Bericht wurde von der Opposition kritisiert",
        "Inhalt von Briefen verraten",
        "A cura di Paolo Rossi",
        "Con il sostegno di tutti",
        "In collaborazione con la polizia",
        "Artykuł napisany przez sędziego",
        "Współpraca z Norwegią",
        "Parceria com a Noruega",
        "Partnerschaft mit Ghana",
        "Apresentado por Marta Reis",
        "Άρθρο από τη Βουλή",
        "Χορηγός αποχωρεί από την ομάδα",
        "برعاية الأمم المتحدة مفاوضات جديدة بين الجانبين",
        "بالتعاون مع الشرطة",
        "提供：共同通信",
        "情報提供",
        "Paid by the hour",
        "Bu haber meclis tarafından yalanlandı",
        "이 기사는 사실과 다릅니다",
        "Komerční banka společnosti Halvern",
        "Article écrit en collaboration avec Marie Dupont",
        "Articolo scritto in collaborazione con Paolo Rossi",
        "Dieser Artikel wurde von Jette Claasen verfasst",
        "Este artículo fue escrito por Lucía Armas",
        "Dit artikel is geschreven door Tineke Hoekstra",
        "Ten artykuł został napisany przez Halinę Borek",
    ],
)
def test_a_line_that_begins_like_a_label_is_not_one(line):
    assert payer_of(line) is False


@pytest.mark.parametrize(
    "sentence",
    [
        "Dieser Text ist eine Anzeige.",
        "Bei diesem Beitrag handelt es sich um eine Anzeige.",
        "Cet article est un contenu sponsorisé.",
        "Este es un contenido patrocinado.",
        "Dit is een betaald bericht.",
        "To jest artykuł sponsorowany.",
    ],
)
def test_a_sentence_on_the_text_itself_may_be_a_label(sentence):
    assert label_sentence(sentence) == (True, None)


@pytest.mark.parametrize(
    "sentence",
    [
        "Dieser Text ist ein Kommentar.",
        "Dieser Text handelt von einer Anzeige gegen den Trainer.",
        "Cet article parle de la publicité.",
        "Anzeige ist Pflicht.",
        "Este es un contenido muy largo.",
    ],
)
def test_a_sentence_about_advertising_is_not(sentence):
    assert label_sentence(sentence) == (False, None)


def test_a_sentence_on_the_text_itself_names_its_payer():
    told = "Deze advertorial is geschreven in opdracht van Halvern."
    assert label_sentence(told) == (True, "Halvern")


def test_a_firm_next_to_such_a_sentence_paid():
    over = "<p><em>Dieser Text ist eine Anzeige. Verantwortlich ist die Halvern GmbH.</em></p>"
    told = "".join(
        f"<p>{one}</p>"
        for one in (
            "Ein Liter Lampenöl reicht einem Haushalt neun Abende, und die meisten kaufen es am Kai.",
            "Das Boot bringt eine Kanne am Morgen und nimmt die leere mit, so dass niemand sie trägt.",
        )
    )
    page = f"<main><article><h1>Lampenöl für jede Insel</h1>{over}{told}</article></main>"
    (found,) = split_page(Page(name="a", body=page.encode(), media_type="text/html"))
    assert (found.verdict, found.sponsorship.sponsor) == (Verdict.SPONSORED, "Halvern GmbH")
