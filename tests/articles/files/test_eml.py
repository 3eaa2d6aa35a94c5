"""A letter saved as .eml becomes a page, with what the letter itself declares."""

from contextlib import suppress
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.faults.feed_server import prose

from briefing.articles.files.eml import letter_pages
from briefing.articles.files.folder import read_pages
from briefing.articles.make_articles import with_declared
from briefing.articles.split_page import split_page
from briefing.errors import PageRefused
from briefing.model.article import Article
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
    found: list[Article] = []
    for page in pages:
        if isinstance(page, PageRefused):
            raise page
        assert page.declared is not None
        found += with_declared(split_page(page), page.declared)
    return found


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


def test_a_letter_of_more_tags_than_anybody_writes_is_refused_by_its_name():
    body = letter(None, "<html><body>" + 20_001 * "<b></b>" + prose("harbour", 1))
    with pytest.raises(
        PageRefused, match=r"^monday: the page has more than 40,000 tags"
    ) as refusal:
        letter_pages(Page(name="monday", body=body))
    assert refusal.value.page == "monday"


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


@pytest.mark.parametrize("named", [b"us-ascii", b"x-klingon", b"utf-8"])
def test_utf_8_is_read_whatever_encoding_the_letter_names(tmp_path, named):
    told = "Der Möwenrat von Tölleth hat am Montag die zweite Laterne für den Nordkai beschlossen.".encode()
    head = b"From: Ada <ada@paper.example>\nSubject: Laterne\nMIME-Version: 1.0\nContent-Type: text/plain; "
    body = head + b"charset=" + named + b"\nContent-Transfer-Encoding: 8bit\n\n" + told + b"\n"
    assert articles(tmp_path, body)[0].text == told.decode()


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


def story(topic, more="", level="h2"):
    return f"<{level}>News of the {topic}</{level}><p>{prose(topic, 1)}</p>{more}"


def read_on(place):
    return f'<a href="https://letters.example/{place}">Read on</a>'


def pages_of(folder, markup):
    path = folder / "week.eml"
    path.write_bytes(
        letter(None, markup, subject="The week", sender="Quay Notes <q@notes.example>")
    )
    return read_pages([path])[0]


def rows(*cells):
    inside = "".join(f"<tr><td>{cell}</td></tr>" for cell in cells)
    return f"<html><body><table>{inside}</table></body></html>"


FLAT = "<html><body>{}<p>You get this letter because you asked for it. Unsubscribe here.</p></body></html>"
LAYOUTS = [
    rows("The week", story("harbour", read_on(1)), story("tram", read_on(2)), "Unsubscribe"),
    rows("The week", "<h3>News of the harbour</h3>", f"<p>{prose('harbour', 1)}</p>", read_on(1),
         "<h3>News of the tram</h3>", f"<p>{prose('tram', 1)}</p>", read_on(2)),
    FLAT.format(story("harbour", f"<p>{read_on(1)}</p>") + story("tram", f"<p>{read_on(2)}</p>")),
    "<html><body>{}</body></html>".format("".join(
        f'<h2><a href="https://letters.example/{n}">News of the {topic}</a></h2><p>{prose(topic, 1)}</p>'
        for n, topic in ((1, "harbour"), (2, "tram")))),
    FLAT.format("".join(
        f"<div><h1>News of the {topic}</h1><p>{prose(topic, 1)} {read_on(n)}</p></div>"
        for n, topic in ((1, "harbour"), (2, "tram")))),
]  # fmt: skip


@pytest.mark.parametrize("markup", LAYOUTS)
def test_a_newsletter_is_several_stories_each_with_its_address(tmp_path, markup):
    pages = pages_of(tmp_path, markup)
    assert [page.name for page in pages] == ["week-1", "week-2"]
    assert [page.url for page in pages] == [f"https://letters.example/{n}" for n in (1, 2)]
    for page, topic, other in zip(pages, ("harbour", "tram"), ("tram", "harbour"), strict=True):
        (article,) = with_declared(split_page(page), page.declared)
        assert article.headline == f"News of the {topic}"
        assert f"Members of {topic}" in article.text
        assert other not in article.text
        assert "Unsubscribe" not in article.text
        assert article.byline == ()
        assert article.published.isoformat() == "2026-11-20"
        assert any("of a letter: The week" in flag for flag in article.flags)


def test_an_article_of_several_sections_stays_one(tmp_path):
    linked = (
        f'<p>{prose("quay", 2)[:-1]}, as <a href="https://x.example/1">the council</a> said.</p>'
    )
    other = linked.replace("x.example/1", "x.example/2")
    markup = f"<h1>The vote</h1>{story('harbour', linked)}{story('tram', other)}"
    (page,) = pages_of(tmp_path, f"<html><body>{markup}</body></html>")
    assert page.name == "week"


def test_the_same_button_under_each_section_makes_no_stories(tmp_path):
    (page,) = pages_of(tmp_path, rows(story("harbour", read_on(1)), story("tram", read_on(1))))
    assert page.name == "week"


@pytest.mark.parametrize(
    "markup",
    [
        rows(story("harbour", read_on(1)), "Advertisement feature", story("tram", read_on(2))),
        rows(story("harbour", read_on(1)), f"<p>Sponsored</p>{story('tram', read_on(2))}"),
        rows(
            story("harbour", read_on(1)),
            f'<div data-sponsored="true">{story("tram", read_on(2))}</div>',
        ),
        FLAT.format(story("harbour", read_on(1)) + "<p>Paid post</p>" + story("tram", read_on(2))),
    ],
)
def test_a_label_in_a_newsletter_speaks_of_the_story_under_it(tmp_path, markup):
    verdicts = [split_page(page)[0].verdict for page in pages_of(tmp_path, markup)]
    assert verdicts == ["editorial", "sponsored"]


def test_a_greeting_above_the_stories_is_none_and_a_text_above_them_is_one(tmp_path):
    stories = (story("harbour", read_on(1)), story("tram", read_on(2)))
    greeting = f"<p>Good morning to you all, {prose('quay', 1)[:60]}.</p>"
    first, _ = pages_of(tmp_path, rows(greeting, *stories))
    assert "Good morning" not in split_page(first)[0].text
    assert any("Good morning" in flag for flag in first.declared.flags)
    text = "".join(
        f"<p>Dear reader, {prose(topic, 1)}</p>" for topic in ("quay", "ferry", "market")
    )
    opening, first, _ = pages_of(tmp_path, rows(text, *stories))
    assert split_page(opening)[0].headline == "The week"
    assert "Dear reader" in split_page(opening)[0].text
    assert "Dear reader" not in split_page(first)[0].text


def test_why_a_letter_came_and_how_to_leave_it_is_no_part_of_its_last_story(tmp_path):
    told = (
        "The harbour council voted on Tuesday to close the old swing bridge for nine months or so."
    )
    stories = "".join(
        f"<h2><a href='https://echo.example/{n}'>Story number {n} of the quay</a></h2><p>{told} {n}</p>"
        for n in range(3)
    )
    foot = (
        "<p>You are receiving this letter because you signed up for it at our website last year.</p>"
        "<p>Tolleth Notes, 4 Rope Street. <a href='https://echo.example/u'>Unsubscribe</a></p>"
    )
    found = articles(tmp_path, letter(markup=f"<html><body>{stories}{foot}</body></html>"))
    assert [piece.text for piece in found] == [f"{told} {n}" for n in range(3)]


@pytest.mark.parametrize(
    "foot",
    [
        "<p>You are receiving this letter because you signed up.</p><p>1 Quay Lane, Harle</p>",
        "<p>Update your preferences or unsubscribe <a href=x>here</a></p><p>1 Quay Lane, Harle</p>",
    ],
)
def test_from_why_a_letter_came_on_all_is_the_foot_of_its_one_text(tmp_path, foot):
    told = "".join(f"<p>{prose(topic, 1)}</p>" for topic in ("Harbour", "Slip", "Crane"))
    (found,) = articles(tmp_path, letter(markup=f"<body><h1>Harbour vote</h1>{told}{foot}</body>"))
    assert not any("Quay Lane" in one.text for one in found.paragraphs)
    assert any("Quay Lane" in line.text for line in found.removed)


def test_a_letter_that_begins_on_the_way_to_read_it_elsewhere_keeps_its_text(tmp_path):
    told = "".join(f"<p>{prose(topic, 1)}</p>" for topic in ("Harbour", "Slip", "Crane"))
    head = "<p><a href=x>View this email in your browser</a></p>"
    (found,) = articles(tmp_path, letter(markup=f"<body>{head}<h1>Harbour vote</h1>{told}</body>"))
    assert len(found.paragraphs) == 3


SEVERAL = {
    "Quay to close": "Divers found cracks in eleven wooden piles beneath the northern quay, and engineers "
    "expect repairs to begin in January.",
    "Buses go public": "Councillors voted to bring public transport back, while their operator wants judges "
    "to stop the transfer before spring.",
    "Water firms repay": "Three suppliers must return millions to customers over leaking mains, although "
    "campaigners demanded larger penalties.",
}
ONE = {
    "The harbour": "The harbour engineers measured the harbour piles, which divers had photographed.",
    "The engineers": "Harbour engineers wanted divers to photograph piles that were measured.",
    "The divers": "Divers photographed the harbour piles and measured them, as engineers had asked.",
}
HEADED = {
    "headings in rows": ("<tr><td><h2>{}</h2><p>{}</p></td></tr>", "<table>{}</table>"),
    "lines in bold": ("<table><tr><td><b>{}</b><br><br>{}</td></tr></table>", "{}"),
}


@pytest.mark.parametrize("form", HEADED)
@pytest.mark.parametrize(
    ("told", "several"), [(SEVERAL, True), (ONE, False)], ids=["several", "one"]
)
def test_stories_without_links_are_told_by_what_they_share(tmp_path, form, told, several):
    cell, around = HEADED[form]
    markup = around.format("".join(cell.format(*one) for one in told.items()))
    pages = pages_of(tmp_path, f"<html><body>{markup}</body></html>")
    heads = [split_page(page)[0].headline for page in pages]
    assert heads == (list(told) if several else ["The week"])


def test_a_newsletter_saved_as_a_page_is_its_stories_and_a_page_of_a_site_is_one(tmp_path):
    foot = "<table><tr><td><a href=https://letters.example/u>Unsubscribe</a></td></tr></table>"
    cells = "".join(
        f"<tr><td><h2>{head}</h2><p>{text}</p></td></tr>" for head, text in SEVERAL.items()
    )
    letter_page, site = tmp_path / "week.html", tmp_path / "site.html"
    markup = f"<html><title>The week</title><body><table>{cells}</table>{foot}</body></html>"
    letter_page.write_text(markup)
    site.write_text(markup.replace("<body>", "<body><main>"))
    letters, pages = read_pages([letter_page, site])
    heads = [split_page(page)[0].headline for page in letters if isinstance(page, Page)]
    assert heads == list(SEVERAL)
    assert len(pages) == 1


@pytest.mark.parametrize("sender", ["The Morning Tide", "Department for Harbours"])
def test_a_house_that_sends_a_letter_has_not_written_it(tmp_path, sender):
    path = tmp_path / "one.eml"
    path.write_bytes(
        letter(
            "The quay will close for six weeks.",
            subject="Quay shut",
            sender=f"{sender} <a@tide.example>",
        )
    )
    ((page,),) = read_pages([path])
    assert page.declared.authors == ()
