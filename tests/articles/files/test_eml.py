"""A letter saved as .eml becomes a page, with what the letter itself declares."""

from contextlib import suppress
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.faults.feed_server import prose

from briefing.articles.apply_declared import with_declared
from briefing.articles.files.eml import letter_pages
from briefing.articles.files.folder import read_pages
from briefing.articles.split_page import split_page
from briefing.errors import PageRefused
from briefing.model.page import Page


def letter(plain=None, markup=None, **headers):
    message = EmailMessage()
    message["Subject"] = headers.get("subject", "Fwd: Harbour vote: ministers answer")
    message["From"] = headers.get("sender", "Ines Calder <ines@council.example>")
    message["Date"] = headers.get("date", "Fri, 20 Nov 2026 08:00:00 +0000")
    if plain is not None:
        message.set_content(plain)
    if markup is not None:
        if plain is None:
            message.set_content(markup, subtype="html")
        else:
            message.add_alternative(markup, subtype="html")
    return message.as_bytes()


def articles(folder, body):
    path = folder / "release.eml"
    path.write_bytes(body)
    (pages,) = read_pages([path])
    for page in pages:
        if isinstance(page, PageRefused):
            raise page
    return [one for page in pages for one in with_declared(split_page(page), page.declared)]


def test_subject_sender_and_date_are_headline_author_and_day(tmp_path):
    (article,) = articles(tmp_path, letter(prose("harbour", 1)))
    assert article.headline == "Harbour vote: ministers answer"
    assert [author.name for author in article.byline] == ["Ines Calder"]
    assert (article.published.isoformat(), article.date_basis) == ("2026-11-20", "declared")


def test_the_html_part_is_taken_where_there_is_one(tmp_path):
    markup = f"<html><body><p>{prose('harbour', 1)}</p><p>{prose('harbour', 2)}</p></body></html>"
    (article,) = articles(tmp_path, letter("See the HTML part.", markup))
    assert len(article.paragraphs) == 2
    assert article.headline == "Harbour vote: ministers answer"


def test_a_heading_of_its_own_stands_before_the_subject(tmp_path):
    markup = f"<h1>Ministers answer at last</h1><p>{prose('harbour', 1)}</p>"
    (article,) = articles(tmp_path, letter(None, f"<html><body>{markup}</body></html>"))
    assert article.headline == "Ministers answer at last"


def test_lines_broken_by_a_mail_program_are_paragraphs_again(tmp_path):
    opening = "The council voted on the harbour last night after a long debate,\nand lost."
    (article,) = articles(tmp_path, letter(f"{opening}\n\n{prose('harbour', 1)}"))
    assert article.standfirst.endswith("a long debate, and lost.")


def test_a_label_in_a_letter_is_a_label(tmp_path):
    (article,) = articles(tmp_path, letter(f"Advertisement feature\n\n{prose('harbour', 1)}"))
    assert article.verdict == "sponsored"


def test_a_letter_without_text_is_refused(tmp_path):
    message = EmailMessage()
    message["Subject"] = "Picture"
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="a.png")
    with pytest.raises(PageRefused, match="no text"):
        articles(tmp_path, message.as_bytes())


def test_an_unknown_charset_is_read_as_well_as_can_be(tmp_path):
    body = letter(prose("harbour", 1)).replace(b'charset="utf-8"', b'charset="x-klingon"')
    assert articles(tmp_path, body)[0].text.startswith("Members of harbour")


def forwarded(*letters, note="", **headers):
    message = EmailMessage()
    message["Subject"] = "Fwd: see attached"
    message["From"] = "Press Desk <desk@paper.example>"
    if note:
        message.set_content(note)
    for inner in letters:
        message.add_attachment(message_from_bytes(inner, policy=default))
    return message.as_bytes()


def test_a_letter_forwarded_as_attachment_is_read_as_it_was_sent(tmp_path):
    inner = letter(prose("harbour", 1), subject="Ministers answer")
    (article,) = articles(tmp_path, forwarded(inner, note="Can we run this?"))
    assert article.headline == "Ministers answer"
    assert [author.name for author in article.byline] == ["Ines Calder"]
    assert "forwarded with a note: Can we run this?" in article.flags
    assert article.id == "release#0"


def test_each_of_several_forwarded_letters_is_read_and_an_empty_one_is_named(tmp_path):
    body = forwarded(letter(prose("harbour", 1)), letter(" "), letter(prose("tram", 1)))
    path = tmp_path / "release.eml"
    path.write_bytes(body)
    ((first, empty, last),) = read_pages([path])
    assert (first.name, last.name) == ("release-1", "release-3")
    assert "release-2: this letter has no text" in str(empty)


def test_an_article_above_an_attached_letter_is_read_too(tmp_path):
    own = "\n\n".join(prose(topic, 1) for topic in ("ferry", "quay", "market"))
    found = articles(tmp_path, forwarded(letter(prose("harbour", 1)), note=own))
    assert len(found) == 2


HEADS = st.sampled_from(
    [b"Subject: =?utf-8?q?=ff?=\n", b"Content-Type: multipart/mixed; boundary=x\n", b"--x\n", b"\n",
     b"Content-Type: text/html; charset=utf-7\n", b"From: <<>>\n", b"Date: x\n", b"text", b"\xff\x00",
     b"Content-Transfer-Encoding: base64\n", b"Content-Type: message/rfc822\n", b"--x--\n"]
)  # fmt: skip


@given(st.one_of(st.binary(max_size=300), st.lists(HEADS, max_size=20).map(b"".join)))
def test_any_bytes_at_all_are_a_page_or_a_refusal(body):
    with suppress(PageRefused):
        assert letter_pages(Page(name="letter", body=body))
