"""A letter that a program forwarded as HTML is read as the letter below the header."""

from briefing.articles.files.eml import letter_pages
from briefing.articles.split_page import split_page
from briefing.model.page import Page

TOLD = (
    "The harbour board has put off its vote on the crane until the second week of March, when the "
    "surveyors are due to say how much of the quay has sunk since the summer.",
    "Until then no lorry of more than twelve tonnes may use the outer quay, and the ferry will load "
    "from the old slip, which is dry for two hours of every tide.",
)
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in TOLD)
HEADER = (
    "<p><b>From:</b> Ida Orr &lt;orr@pier.example&gt;<br><b>Sent:</b> 21 November 2026 16:00<br>"
    "<b>To:</b> Ed Low &lt;ed@post.example&gt;<br><b>Subject:</b> The crane will wait</p>"
)


def read(body, sender="Ed Low <ed@post.example>"):
    head = (
        f"From: {sender}\nTo: desk@post.example\nSubject: FW: The crane will wait\n"
        "Date: Tue, 24 Nov 2026 09:00:00 +0000\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
    )
    (page,) = letter_pages(
        Page(name="letter", body=f"{head}<html><body>{body}</body></html>".encode())
    )
    assert isinstance(page, Page)
    return split_page(page)[0], page


def test_the_letter_below_has_its_own_writer_and_day_and_the_note_is_told():
    found, page = read(f"<p>One for tomorrow?</p>{HEADER}{TEXT}")
    assert found.headline == "The crane will wait"
    assert page.declared is not None
    assert page.declared.authors == ("Ida Orr",)
    assert str(page.declared.published) == "2026-11-21"
    assert [one.text for one in found.paragraphs] == list(TOLD)
    assert page.declared.flags == ("forwarded with a note: One for tomorrow?",)


def test_a_long_text_over_the_header_is_the_letters_own():
    found, page = read(f"{TEXT}<p>{TOLD[0]}</p>{HEADER}{TEXT}")
    assert page.declared is not None
    assert page.declared.authors == ("Ed Low",)
    assert found.paragraphs[0].text == TOLD[0]


def test_a_sender_of_a_house_is_named_without_it():
    _, page = read(TEXT, "Ida Orr from The Pier <pier@mail.example>")
    assert page.declared is not None
    assert page.declared.authors == ("Ida Orr",)
