"""A pasted address, a text or a dropped file becomes a story like any other, traced to its words."""

from urllib.parse import urlsplit

import pytest
from tests.newsrooms import EDITION, LEAD, opened, story
from tests.servers.one_page import served

from briefing.actions.editions.add_story import LARGEST, add_file, add_written
from briefing.actions.editions.edit import go_back, rebuild
from briefing.errors import BriefingError, EditionError, PageRefused, SourceError
from briefing.model.article import Verdict

LETTER = f"""\
From: The Marsh Post <news@example.org>
To: desk@example.org
Subject: {story("Salt Marsh").splitlines()[0]}
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

{story("Salt Marsh")}"""
PAGE = f"""<!doctype html><html><head><title>Quarry Road</title></head><body><article>
<h1>{story("Quarry Road").splitlines()[0]}</h1><p class="byline">By Ines Calder</p>
<p>{"</p><p>".join(story("Quarry Road").split(chr(10) * 2)[2:])}</p></article></body></html>"""


def add(desk, written):
    return add_written(desk.room, EDITION, written, seen=desk.sheet.version, actor="ada")


def test_a_pasted_text_is_the_last_story_with_its_own_sentences(desk):
    done = add(desk, story("Salt Marsh"))
    added = done.edition.items[-1]
    assert added.headline == "Salt Marsh divides the assembly"
    assert added.digest.sentences
    assert all(one.text in added.article.text for one in added.digest.sentences)
    assert desk.room.store.audit_log.newest(1)[0].detail.startswith("version 2: added “Salt Marsh")


def test_what_was_added_stays_when_the_sources_are_read_again_and_goes_with_an_undo(desk):
    first = desk.sheet.version
    name = add(desk, story("Salt Marsh")).edition.items[-1].id
    rebuild(desk.room, EDITION, actor="ada")
    assert name in [item.id for item in desk.edition.items]
    go_back(desk.room, EDITION, first, seen=desk.sheet.version, actor="ada")
    assert name not in [item.id for item in desk.edition.items]


def test_a_paid_text_goes_where_its_verdict_says(desk):
    paid = f"Sponsored by Harbour Water\n\n{story('Salt Marsh')}"
    done = add(desk, paid)
    added = {item.headline: item for item in (*done.edition.sponsored, *done.edition.held)}
    assert added["Salt Marsh divides the assembly"].article.verdict is not Verdict.EDITORIAL


@pytest.mark.parametrize(
    ("name", "body", "headline"),
    [
        ("marsh.eml", LETTER, "Salt Marsh divides the assembly"),
        ("quarry.html", PAGE, "Quarry Road divides the assembly"),
        ("../../etc/ferry.txt", story("Northern Ferry"), "Northern Ferry divides the assembly"),
    ],
)
def test_a_dropped_file_is_read_by_what_it_is(desk, name, body, headline):
    seen = desk.sheet.version
    done = add_file(desk.room, EDITION, name, body.encode(), seen=seen, actor="ada")
    assert done.edition.items[-1].headline == headline


def test_the_page_at_an_address_is_added_with_its_address(newsroom_folder):
    with served(PAGE.encode()) as address:
        allow = f'["{urlsplit(address).netloc}"]'
        with opened(newsroom_folder, BRIEFING_FETCH__ALLOW=allow) as desk:
            added = add(desk, f"  {address}\n").edition.items[-1]
    assert added.headline == "Quarry Road divides the assembly"
    assert added.article.canonical_url == address


def test_an_address_inside_the_network_is_refused_and_nothing_changes(desk):
    before = desk.rows()
    with pytest.raises(SourceError):
        add(desk, "http://127.0.0.1:1/admin")
    assert desk.rows() == before


@pytest.mark.parametrize(
    ("written", "error"),
    [("", EditionError), (" \n ", EditionError), ("Read more\n\nMenu\n", BriefingError)],
)
def test_what_holds_no_story_is_a_sentence_and_changes_nothing(desk, written, error):
    before = desk.rows()
    with pytest.raises(error):
        add(desk, written)
    assert desk.rows() == before


@pytest.mark.parametrize(
    "written", ["javascript:alert(1)", "ftp://example.org/x", "mailto:ada@example.org", "https://"]
)
def test_an_address_of_another_kind_is_called_an_address_and_changes_nothing(desk, written):
    before = desk.rows()
    with pytest.raises(EditionError, match=r"cannot be read: an address begins with http://"):
        add(desk, written)
    assert desk.rows() == before


def test_an_address_is_asked_for_though_its_scheme_was_left_out(desk):
    with pytest.raises(SourceError, match=r"^https://marsh-post\.example:22/ferry: "):
        add(desk, "marsh-post.example:22/ferry")


def test_a_sentence_calls_what_was_pasted_as_a_person_would(desk):
    with pytest.raises(EditionError, match=r"^What you pasted: no article .* Paste the text"):
        add(desk, "Latest\n\nMore news\n\nSport\n\nWeather")
    seen = desk.sheet.version
    with pytest.raises(EditionError, match=r"^menu\.txt: "):
        add_file(desk.room, EDITION, "menu.txt", b"Latest\n\nSport\n", seen=seen, actor="ada")


def test_a_pasted_list_of_links_is_a_sentence_and_no_story(desk):
    before = desk.rows()
    links = "\n".join(f"The council votes on quay {n} https://example.org/{n}" for n in range(60))
    with pytest.raises(EditionError, match=r"^What you pasted: this is a listing of 60 links"):
        add(desk, links)
    assert desk.rows() == before


def test_a_file_that_is_too_large_or_no_page_is_a_sentence(desk):
    seen = desk.sheet.version
    with pytest.raises(EditionError, match="is the most"):
        add_file(desk.room, EDITION, "x.txt", b"x" * (LARGEST + 1), seen=seen, actor="ada")
    with pytest.raises((EditionError, PageRefused)):
        add_file(desk.room, EDITION, "x.txt", bytes(range(256)) * 40, seen=seen, actor="ada")


def test_the_same_story_twice_is_refused_by_name(desk):
    lead = next(item for item in desk.edition.items if item.id == LEAD)
    add(desk, story("Salt Marsh"))
    with pytest.raises(EditionError, match="has that story already: “Salt Marsh"):
        add(desk, story("Salt Marsh"))
    assert lead in desk.edition.items
