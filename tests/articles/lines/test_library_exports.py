"""Exports of libraries of newspapers as their readers save them: plain text, and pages of HTML."""

import pytest

from briefing.articles.split_page import split_page
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
