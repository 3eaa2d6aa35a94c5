"""Labels and lines that name a payer, in many languages, and lines that begin like them."""

import pytest

from briefing.articles.vocabulary.labels import disclosure
from briefing.articles.vocabulary.payer_lines import in_line


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
    ],
)
def test_a_line_that_begins_like_a_label_is_not_one(line):
    assert payer_of(line) is False
