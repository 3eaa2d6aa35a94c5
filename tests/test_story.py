"""The whole journey, as a newcomer takes it: from saved pages to letters in an outbox."""

import email
import email.policy
import json
import re
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from lxml import etree
from typer.testing import CliRunner

from briefing.actions.admin.init import make_house
from briefing.actions.context import open_desk
from briefing.actions.resolve_name import the_rendered
from briefing.cli.main import app
from briefing.config import load_config
from briefing.model.article import Verdict

REAL = Path(__file__).parents[2] / "shared" / "seeds"
PLACES = [
    "seeds",
    pytest.param("real", marks=pytest.mark.skipif(not REAL.is_dir(), reason="no ../shared/seeds")),
]
LABEL = "Sponsored · Advertisement feature"


def run_in(folder, monkeypatch, *arguments):
    monkeypatch.chdir(folder)
    return CliRunner().invoke(app, arguments, catch_exceptions=False)


@pytest.fixture(params=PLACES)
def house(request, tmp_path_factory, monkeypatch):
    """A working folder in which `briefing run` has just ended, with its only edition."""
    folder = tmp_path_factory.mktemp("house")
    make_house(folder)
    config = folder / "config.toml"
    if request.param == "real":
        pages = f'kind = "pages"\npath = "{REAL}"'
        written = re.sub(r'kind = "pages".*\npath = "seeds"', pages, config.read_text())
        config.write_text(written)
    result = run_in(folder, monkeypatch, "run")
    assert result.exit_code == 0, result.output
    with open_desk(load_config(config)) as desk:
        (name,) = desk.store.drafts.names()
        return folder, *the_rendered(desk, name), result.output


def test_the_last_line_leads_a_browser_to_a_letter_as_its_reader_gets_it(house):
    folder, edition, _, output = house
    last = "".join(output.rpartition("Look, in a browser: ")[2].split())
    shown = Path(url2pathname(urlsplit(last).path))
    assert shown == folder.resolve() / "var" / "editions" / edition.id / "letter.html"
    page = shown.read_bytes().decode()
    assert "BRF" not in page
    assert re.search(r"/unsubscribe[/?]\S{20}", page)
    sent = {
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        .get_body(("html",))
        .get_content()
        for path in letters(folder)
    }
    assert page in sent


def letters(folder):
    return sorted((folder / "var" / "outbox").rglob("*.eml"))


def test_every_subscriber_has_one_letter_with_both_parts(house):
    folder, edition, _, output = house
    readers = (folder / "seeds" / "subscribers.csv").read_text().strip().splitlines()[1:]
    found = letters(folder)
    assert len(found) == len(readers)
    for path in found:
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert message["Subject"] == edition.subject
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        for kind in ("plain", "html"):
            body = message.get_body((kind,)).get_content()
            assert "BRF" not in body
            for item in (*edition.items, *edition.sponsored):
                assert " ".join(item.headline.split()[:3]) in " ".join(body.split())
    assert "Letters" in output


def test_a_second_run_doubles_nothing(house, monkeypatch):
    folder, *_ = house
    before = {path: path.name for path in letters(folder)}
    assert run_in(folder, monkeypatch, "run").exit_code == 0
    assert {path: path.name for path in letters(folder)} == before


def test_paid_copy_stands_in_its_block_and_nowhere_else(house):
    _, edition, mail, _ = house
    (paid,) = edition.sponsored
    text = " ".join(mail.text.split())
    assert text.count(LABEL) >= 2
    inside_text = text[text.index(LABEL) : text.rindex(LABEL)]
    outside_text = text.replace(inside_text, "")
    root = etree.fromstring(mail.html, etree.HTMLParser())
    blocks = root.xpath("//*[contains(concat(' ', @class, ' '), ' sponsored ')]")
    assert blocks
    inside_html = " ".join(" ".join(block.itertext()) for block in blocks)
    for block in blocks:
        block.getparent().remove(block)
    outside_html = " ".join(" ".join(root.itertext()).split())
    assert LABEL in " ".join(inside_html.split())
    assert paid.headline in inside_text
    for sentence in re.split(r"(?<=[.!?])\s+", paid.article.text):
        words = " ".join(sentence.split())
        if len(words.split()) > 4:
            assert words not in outside_text
            assert words not in outside_html
            assert words not in mail.subject + mail.preheader
            assert all(words not in item.paragraph for item in edition.items)
    assert paid.headline not in mail.subject + mail.preheader + outside_text + outside_html


def test_the_html_stays_small_enough_for_every_mailbox(house):
    _, _, mail, _ = house
    assert len(mail.html.encode()) < 60_000


@pytest.mark.skipif(not REAL.is_dir(), reason="no ../shared/seeds")
def test_the_real_pages_give_exactly_three_politics_articles_and_one_sponsored_piece(
    tmp_path, monkeypatch
):
    pages = sorted(str(path) for path in REAL.glob("*.txt"))
    result = run_in(tmp_path, monkeypatch, "split", "--json", *pages)
    pieces = [piece for page in json.loads(result.stdout).values() for piece in page]
    fresh = [piece for piece in pieces if piece["duplicate_of"] is None]
    assert len(pieces) == 6
    assert sum(piece["sponsored"] is False for piece in fresh) == 3
    assert sum(piece["sponsored"] is True for piece in fresh) == 1
    (paid,) = (piece for piece in fresh if piece["sponsored"] is True)
    assert paid["sponsor"] == "Department for International Trade"
    assert paid["sponsor_basis"] == "inferred"


def test_the_sample_pages_hold_a_lead_four_more_stories_and_one_advert(house):
    folder, edition, _, _ = house
    if (folder / "config.toml").read_text().count('path = "seeds"'):
        assert len(edition.items) >= 5
    assert len(edition.sponsored) == 1
    assert all(item.article.verdict is Verdict.EDITORIAL for item in edition.items)
    assert all(item.verbatim for item in edition.items)
    for item in (*edition.items, *edition.sponsored):
        for sentence in item.digest.sentences:
            assert item.article.text[sentence.start : sentence.end] == sentence.text
