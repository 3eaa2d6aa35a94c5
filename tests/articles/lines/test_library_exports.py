"""Exports of libraries of newspapers as their readers save them: plain text, and pages of HTML."""

import pytest

from briefing.articles.split_page import split_page
from briefing.model.article import Verdict
from briefing.model.page import Page

TOLD = (
    "The harbour board has put off its vote on the crane until the second week of March, when the "
    "surveyors are due to say how much of the quay has sunk since the summer.",
    "Until then no lorry of more than twelve tonnes may use the outer quay, and the ferry will load "
    "from the old slip, which is dry for two hours of every tide.",
)
NEXIS = (
    "The crane on the quay will wait",
    "The Pier Post (Harle)",
    "November 21, 2026 Saturday",
    "Copyright 2026 Pier Newspapers Limited All Rights Reserved",
    "Section: NEWS; Pg. 8",
    "Length: 318 words",
    "Byline: Ida Orr and Bo Ray",
    "Body",
    *TOLD,
    "Graphic",
    "The crane in 2024",
    "Load-Date: November 21, 2026",
    "End of Document",
)
PROQUEST = (
    "Document 1 of 1",
    "The crane on the quay will wait",
    "Author: Orr, Ida",
    "Publication info: Pier Post ; Harle [Harle]. 21 Nov 2026: 3.",
    f"Full text: {TOLD[0]}",
    TOLD[1],
    "Subject: Harbours; Cranes",
    "Publication title: Pier Post",
    "Publication date: Nov 21, 2026",
    "ProQuest document ID: 2900000000",
)
FACTIVA = (
    "The crane on the quay will wait",
    "Ida Orr",
    "318 words",
    "21 November 2026",
    "The Pier Post",
    "PIERPO",
    "English",
    *TOLD,
    "Document PIERPO0020261121emb000001",
)


def read(text, media_type):
    return split_page(Page(name="page", body=text.encode(), media_type=media_type))[0]


@pytest.mark.parametrize("lines", [NEXIS, PROQUEST], ids=["Nexis", "ProQuest"])
def test_fields_around_a_text_are_its_head_and_its_foot(lines):
    found = read("\n\n".join(lines), "text/plain")
    assert found.headline == "The crane on the quay will wait"
    assert found.byline[0].name == "Ida Orr"
    assert str(found.published) == "2026-11-21"
    assert [one.text for one in found.paragraphs] == list(TOLD)


@pytest.mark.parametrize(
    "lines",
    [NEXIS, FACTIVA, (*NEXIS[:-2], "Ende des Dokuments"), (*NEXIS[:-2], "Fin du document")],
    ids=["Nexis", "Factiva", "the end in German", "the end in French"],
)
def test_a_page_of_such_an_export_is_read_by_its_lines_and_not_by_its_title(lines):
    body = "".join(f"<div>{line}</div>" for line in lines)
    found = read(
        f"<html><head><title>Delivery</title></head><body>{body}</body></html>", "text/html"
    )
    assert found.headline == "The crane on the quay will wait"
    assert found.byline[0].name == "Ida Orr"
    assert [one.text for one in found.paragraphs] == list(TOLD)


def test_codes_below_a_text_of_coded_fields_are_fields_too():
    head = "HD   The crane on the quay will wait\nBY   Ida Orr\nPD   21 November 2026\nLP   "
    foot = "CO   pier : Pier plc\nRE   uk : United Kingdom\nAN   Document PIERPO0020261121emb000001"
    found = read(f"{head}\n{TOLD[0]}\n\nTD   \n{TOLD[1]}\n\n{foot}\n", "text/plain")
    assert [one.text for one in found.paragraphs] == list(TOLD)


def test_a_page_that_has_such_words_and_no_mark_of_a_library_is_no_export():
    fields = ("Section: north", "Length: a mile", "Language: Norn", "Location: Harle", "Notes")
    body = "".join(f"<p>{line}</p>" for line in (*TOLD, *fields))
    found = read(f"<h1>The crane will wait</h1>{body}", "text/html")
    assert found.paragraphs[0].text == TOLD[0]


OTHER = (
    "The yacht club has asked for the slip to be dredged before the spring tides, and has offered to "
    "pay for half of the work if the town pays for the other.",
    "Nobody at the town hall would say on Monday whether there is any money left for it this year.",
)
NEXIS_OTHER = (
    "Page 1 of 1",
    "The club asks for a deeper slip",
    "The Pier Post (Harle)",
    "November 23, 2026 Monday",
    "Copyright 2026 Pier Newspapers Limited All Rights Reserved",
    "Section: NEWS; Pg. 2",
    "Length: 211 words",
    "Byline: Bo Ray",
    "Highlight: The town is asked for half of the money.",
    "Body",
    *OTHER,
    "Load-Date: November 23, 2026",
    "End of Document",
)
PROQUEST_TWO = (
    *(
        "____________________",
        "Document 1 of 2",
        "The crane on the quay will wait",
        "Author: Orr, Ida",
    ),
    "Publication info: Pier Post ; Harle [Harle]. 21 Nov 2026: 3.",
    *("ProQuest document link", f"Abstract: {TOLD[0]}", f"Full text: {TOLD[0]}", TOLD[1]),
    *("Title: The crane on the quay will wait", "Publication title: Pier Post; Harle"),
    *("Publication date: Nov 21, 2026", "ProQuest document ID: 2900000000"),
    *("____________________", "Document 2 of 2", "The club asks for a deeper slip"),
    *("Author: Ray, Bo; Orr, Ida", "Publication info: Pier Post ; Harle [Harle]. 23 Nov 2026: 2."),
    *("ProQuest document link", f"Full text: {OTHER[0]}", OTHER[1]),
    *("Title: The club asks for a deeper slip", "Publication title: Pier Post; Harle"),
    *("Publication date: Nov 23, 2026", "ProQuest document ID: 2900000001"),
    *("____________________", "Database copyright © 2026 ProQuest LLC. All rights reserved."),
)
LEXIS = (
    *(
        "1 of 2 DOCUMENTS",
        "The Pier Post (Harle)",
        "November 21, 2026 Saturday",
        "National Edition",
    ),
    *("The crane on the quay will wait", "BYLINE: Ida Orr; Bo Ray", "SECTION: NEWS; Pg. 8"),
    *("LENGTH: 318 words", *TOLD, "LOAD-DATE: November 21, 2026", "LANGUAGE: ENGLISH"),
    *("2 of 2 DOCUMENTS", "The Pier Post (Harle)", "November 23, 2026 Monday", "National Edition"),
    *("The club asks for a deeper slip", "BYLINE: Bo Ray", "SECTION: NEWS; Pg. 2"),
    *("LENGTH: 211 words", *OTHER, "LOAD-DATE: November 23, 2026", "LANGUAGE: ENGLISH"),
)
READER = (
    *(
        "The crane on the quay will wait",
        "The Pier Post · 21 Nov 2026 · 8 · By IDA ORR orr@pier.example",
    ),
    *(
        *TOLD,
        "PressReader",
        "The club asks for a deeper slip",
        "The Pier Post · 23 Nov 2026 · 2 · BO RAY",
    ),
    *(*OTHER, "PressReader"),
)


def all_of(text, media_type="text/plain"):
    return split_page(Page(name="page", body=text.encode(), media_type=media_type))


def coded(number, headline, writer, day, told):
    """Codes each on a line of their own, as a table of fields comes out as text."""
    fields = {"HD": headline, "BY": writer, "WC": "318 words", "PD": day, "SN": "The Pier Post"}
    fields |= {"SC": "PIERPO", "LA": "English", "LP": told[0], "TD": told[1]}
    fields |= {
        "NS": "gtrans : Transport",
        "PUB": "Pier plc",
        "AN": f"Document PIERPO00202611{number}",
    }
    return "".join(f"{code}\n\n{value}\n\n" for code, value in fields.items())


CODED = (
    coded(
        "21em0000000001", "The crane on the quay will wait", "By Ida Orr", "21 November 2026", TOLD
    )
    + coded(
        "23em0000000002", "The club asks for a deeper slip", "Bo Ray", "23 November 2026", OTHER
    )
    + "Search Summary\nText\tcrane or slip\nResults Found\t2\n"
)


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(("Page 1 of 1", *NEXIS, *NEXIS_OTHER)),
        "\n\n".join((*NEXIS, *NEXIS_OTHER[1:])),
        "\n\n".join(PROQUEST_TWO),
        "\n\n".join(f"{' ' * 30}{line}" if line.endswith("DOCUMENTS") else line for line in LEXIS),
        "\n\n".join(READER),
        CODED,
    ],
    ids=[
        "Nexis Uni",
        "Nexis Uni without pages",
        "ProQuest",
        "LexisNexis",
        "PressReader",
        "Factiva's codes",
    ],
)
def test_an_export_of_two_texts_is_two_pieces_each_with_its_own_head(text):
    crane, slip = all_of(text)
    assert crane.headline == "The crane on the quay will wait"
    assert slip.headline == "The club asks for a deeper slip"
    assert (crane.byline[0].name, slip.byline[0].name) == ("Ida Orr", "Bo Ray")
    assert (str(crane.published), str(slip.published)) == ("2026-11-21", "2026-11-23")
    assert [one.text for one in crane.paragraphs] == list(TOLD)
    assert [one.text for one in slip.paragraphs] == list(OTHER)


def test_two_writers_with_a_semicolon_are_two():
    assert [author.name for author in all_of("\n\n".join(LEXIS))[0].byline] == ["Ida Orr", "Bo Ray"]


def test_what_stands_between_a_numbered_text_and_its_number_is_the_librarys():
    (found,) = all_of("\n\n".join((*FACTIVA[:-1], "Pier Newspapers Ltd", FACTIVA[-1])))
    assert [one.text for one in found.paragraphs] == list(TOLD)
    assert any("Pier Newspapers" in line.text for line in found.removed)


def test_a_paid_label_of_an_export_is_kept():
    lines = [*NEXIS]
    lines.insert(lines.index("Body") + 1, "ADVERTISEMENT FEATURE")
    assert all_of("\n\n".join(lines))[0].verdict is Verdict.SPONSORED


PRESS = (
    "La Gazette de Tolby\nRégion, mardi 24 novembre 2026 412 mots, p. 8\n\nLe quai ferme six semaines\n\n"
    "Inès Corrado\n\nLe conseil du port fermera le quai nord pendant six semaines à partir de janvier.\n\n"
    "Les bateaux partiront du marché aux poissons, et la traversée sera plus longue.\n\n"
    "Cet article est paru dans La Gazette de Tolby (site web)\n\n© 2026 La Gazette de Tolby. Tous droits "
    "réservés.\n\nnews·20261124·GT·0815\n"
)


def test_a_press_database_prints_paper_day_and_length_over_the_headline():
    other = PRESS.replace("Le quai ferme", "Le pont ferme").replace("Inès Corrado", "Rémi Dalle")
    pages = split_page(Page(name="export", body=f"{PRESS}\n{other}".encode()))
    assert [page.headline for page in pages] == [
        "Le quai ferme six semaines",
        "Le pont ferme six semaines",
    ]
    assert [page.byline[0].name for page in pages] == ["Inès Corrado", "Rémi Dalle"]
    for page in pages:
        assert (page.published.isoformat(), page.section) == ("2026-11-24", "Région")
        assert len(page.paragraphs) == 2


def test_without_the_databases_number_a_length_under_a_day_is_a_line_like_any_other():
    (page,) = split_page(
        Page(name="note", body=PRESS.replace("news·20261124·GT·0815", "").encode())
    )
    assert page.section != "Région"
