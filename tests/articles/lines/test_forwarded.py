"""A forwarded mail: the note over it is not part of its text, and its sender no author of what is signed."""

import pytest

from briefing.articles.split_page import split_page
from briefing.model.page import Page

TEXT = (
    "The harbour board of Tolleth will hang a second lamp on the north quay, as the first shines on the gulls.\n\n"
    "It costs nine crowns, said Mara Ellwood, who has rowed mail to the outer islands since the spring.\n"
)
NOTE = "Can we have this tomorrow?\n\nUrsel\n\n"
HEADERS = {
    "Outlook": (
        "-----Original Message-----\nFrom: Quay News <news@quay.example>\nSent: 18 November 2026 06:30\n"
        "Subject: The quay gets a second lamp\n\n"
    ),
    "Outlook in German": (
        "Von: Quay News <news@quay.example>\nGesendet: Mittwoch, 18. November 2026 06:30\nAn: Redaktion\n"
        "Betreff: The quay gets a second lamp\n\n"
    ),
    "Gmail": (
        "---------- Forwarded message ---------\nFrom: Quay News <news@quay.example>\n"
        "Date: Wed, 18 Nov 2026 at 06:30\nSubject: The quay gets a second lamp\nTo: <desk@echo.example>\n\n"
    ),
}
OWN = "From: Ursel <ursel@echo.example>\nTo: desk\nSubject: FW: The quay gets a second lamp\n\n"


def read(text):
    """The articles of a saved text."""
    return split_page(Page(name="page", body=text.encode()))


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
@pytest.mark.parametrize("over", ["", OWN], ids=["", "with the forwarder's own header"])
def test_the_note_over_a_forwarded_mail_is_no_paragraph(header, over):
    (found,) = read(f"{over}{NOTE}{header}By Ada Holm\n\n{TEXT}")
    assert found.headline == "The quay gets a second lamp"
    assert [part.text for part in found.paragraphs] == [part.strip() for part in TEXT.split("\n\n")]
    assert [author.name for author in found.byline] == ["Ada Holm"]
    assert str(found.published) == "2026-11-18"


def test_a_text_over_a_forwarded_mail_stays():
    own = (
        "The council of Tolleth has closed its bridge for nine months, after two bearings cracked. "
        * 5
    )
    found = read(
        f"Bridge closes for months\nBy Cy Day\n\n{own}\n\n{HEADERS['Gmail']}By Ada Holm\n\n{TEXT}"
    )
    assert found[0].paragraphs[0].text.startswith("The council of Tolleth")


def test_the_sender_of_an_unsigned_text_stays_its_author():
    (found,) = read(f"{HEADERS['Outlook in German']}{TEXT}")
    assert [author.name for author in found.byline] == ["Quay News"]
