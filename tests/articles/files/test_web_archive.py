"""A page that a browser saved as one file → the page."""

from briefing.articles.files.folder import read_pages
from briefing.articles.split_page import split_page
from briefing.errors import PageRefused

STORY = (
    "<h1>The quay gets a second lamp</h1><p>By Ada Holm</p>"
    "<p>The harbour board of Tolleth will hang a second lamp on the north quay, because the first one shines on "
    "the gulls and on nobody else.</p><p>It costs nine crowns – a third of what the gulls eat.</p>"
)
ADDRESS = "https://echo.example/second-lamp"


def part(body, where, kind="text/html", encoding="8bit"):
    head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\nContent-Location: {where}"
    return f"--b\r\n{head}\r\n\r\n{body}\r\n"


def archive(*parts, saved=f"Snapshot-Content-Location: {ADDRESS}\r\n"):
    head = (
        f"From: <Saved by Blink>\r\n{saved}Subject: The quay\r\nDate: Sat, 28 Nov 2026 10:15:02 +0000\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
    )
    return f"{head}{''.join(parts)}--b--\r\n".encode()


def read(tmp_path, body, name="quay.mhtml"):
    path = tmp_path / name
    path.write_bytes(body)
    ((found,),) = read_pages([path])
    return found


def test_a_web_archive_is_the_page_that_was_saved_with_its_address_and_without_the_day_of_saving(
    tmp_path,
):
    frame = part("<p>Buy two lamps and get a third for nothing.</p>", "cid:frame-1@mhtml.blink")
    page = read(tmp_path, archive(frame, part(STORY, ADDRESS), part("p{}", "cid:css", "text/css")))
    (article,) = split_page(page)
    assert article.headline == "The quay gets a second lamp"
    assert [author.name for author in article.byline] == ["Ada Holm"]
    assert article.paragraphs[-1].text == "It costs nine crowns – a third of what the gulls eat."
    assert (article.canonical_url, article.published) == (ADDRESS, None)


def test_quoted_printable_lines_are_whole_again(tmp_path):
    broken = STORY.replace("–", "=E2=80=93").replace("second lamp on", "second =\r\nlamp on")
    page = read(tmp_path, archive(part(broken, ADDRESS, encoding="quoted-printable")), "quay.mht")
    (article,) = split_page(page)
    assert "will hang a second lamp on" in article.text
    assert "crowns – a third" in article.text


def test_an_archive_without_a_page_is_refused_by_name(tmp_path):
    found = read(tmp_path, archive(part("p{}", "cid:css", "text/css")))
    assert isinstance(found, PageRefused)
    assert str(found) == "quay: no page is in this web archive; save the page as HTML."


def test_a_page_saved_from_a_disk_has_no_address(tmp_path):
    page = read(tmp_path, archive(part(STORY, "cid:quay@mhtml.blink"), saved=""))
    assert split_page(page)[0].canonical_url is None
