"""AsciiDoc, Org, notes of Markdown and quoted mail: headers are read as fields, marks are no text."""

from briefing.articles.split_page import split_page
from briefing.articles.text.markdown import plain
from briefing.articles.text.plain_markup import from_asciidoc, from_org, unquoted_mail
from briefing.model.page import Page

TOLD = (
    "The harbour board has put off its vote on the crane until the second week of March, when the "
    "surveyors are due to say how much of the quay has sunk since the summer.",
    "Until then no lorry of more than twelve tonnes may use the outer quay, and the ferry will load "
    "from the old slip, which is dry for two hours of every tide.",
)


def read(text):
    found = split_page(Page(name="page.txt", body=text.encode(), media_type="text/plain"))[0]
    names = [author.name for author in found.byline]
    return found.headline, names, str(found.published), [one.text for one in found.paragraphs]


WANTED = ("The crane will wait", ["Ida Orr"], "2026-11-21", list(TOLD))


def test_the_header_of_asciidoc_is_title_writer_and_day():
    header = "= The crane will wait\nIda Orr <orr@pier.example>\n2026-11-21\n:toc:\n"
    assert read(f"{header}\n{TOLD[0]}\n\n{TOLD[1]}\n") == WANTED


def test_the_keywords_of_org_are_title_writer_and_day():
    header = "#+TITLE: The crane will wait\n#+AUTHOR: Ida Orr\n#+DATE: <2026-11-21 Sat>\n#+OPTIONS: toc:nil\n"
    assert read(f"{header}\n{TOLD[0]}\n\n{TOLD[1]}\n") == WANTED


def test_an_equals_sign_or_a_hash_alone_makes_no_document():
    for text in ("= 3 boats\n\nMore.", "#+1 for the ferry\n\nMore."):
        assert from_asciidoc(text) == text
        assert from_org(text) == text


def test_definitions_of_notes_and_links_are_no_paragraphs():
    text = "# The crane\n\nIt will wait[^1], says [the board][2].\n\n[^1]: Item 7.\n[2]: https://pier.example\n"
    assert plain(text).strip() == "The crane\n\nIt will wait, says the board."


def test_a_mail_quoted_below_a_note_is_read_as_a_mail():
    head = (
        "From: Ida Orr <orr@pier.example>",
        "Subject: The crane will wait",
        "Date: 21 November 2026",
    )
    mail = "\n".join(
        f"> {line}" for line in (*head, "To: desk@post.example", "", TOLD[0], "", TOLD[1])
    )
    assert read(f"For Tuesday?\n\nBegin forwarded message:\n\n{mail}\n") == WANTED


def test_a_quotation_within_a_text_keeps_its_signs():
    text = "One.\n\n> Two.\n> Three.\n\nFour."
    assert unquoted_mail(text) == text
