"""The page that shows how an edition was made: every printed sentence in its source, and nobody's data."""

import re
from dataclasses import replace

from lxml import html

from briefing.actions.editions.edit import sheet
from briefing.actions.editions.how_made import how_made


def made(public):
    return public.get(f"/archive/staggers/{public.edition}/made")


def test_every_printed_sentence_stands_marked_in_its_sources_own_paragraph(public):
    page = html.fromstring(made(public).body)
    edition = sheet(public.desk, public.edition).edition
    marked = " ".join(" ".join(each.itertext()) for each in page.iter("mark"))
    quoted = [" ".join("".join(each.itertext()).split()) for each in page.iter("blockquote")]
    for item in (*edition.items, *edition.sponsored):
        paragraphs = {" ".join(each.text.split()) for each in item.article.paragraphs}
        assert item.headline in page.text_content()
        for sentence in item.digest.sentences:
            assert " ".join(sentence.text.split()) in " ".join(marked.split())
        assert paragraphs & set(quoted)


def test_what_was_paid_for_says_so_with_the_evidence(public):
    page = html.fromstring(made(public).body)
    (advert,) = sheet(public.desk, public.edition).edition.sponsored
    (section,) = [each for each in page.iter("section") if advert.headline in each.text_content()]
    assert section[0].text_content().startswith(("Paid for by", "From", "Advertisement"))
    assert section.xpath(".//details//li")
    assert {a.get("rel") for a in section.iter("a")} <= {"sponsored nofollow noopener"}


def test_the_hash_is_that_of_what_was_sent_and_no_trace_of_a_reader_is_there(public):
    body = made(public).body
    assert public.desk.store.mailings.get(public.edition).hash in body
    assert not re.search(r"reader\d|@example\.com|/unsubscribe/", body)


def test_only_an_edition_in_the_archive_has_the_page(public):
    for path in ("/archive/staggers/none/made", f"/archive/others/{public.edition}/made"):
        assert public.get(path).status == 404


def test_the_letter_leads_to_the_page(public):
    sent = public.desk.store.mailings.get(public.edition).email
    for part in (sent.html, sent.text):
        assert f"/archive/staggers/{public.edition}/made" in part


def test_what_was_left_out_is_told_with_its_reason_only_where_the_house_wants_it(
    public, monkeypatch
):
    editing = sheet(public.desk, public.edition)
    first, second = (
        replace(item, headline=f"Left {n}") for n, item in enumerate(editing.edition.items[:2])
    )
    dropped = (replace(first, aside="the same event as another story"), second)
    told = replace(editing, edition=replace(editing.edition, dropped=dropped))
    monkeypatch.setattr("briefing.actions.editions.how_made.sheet", lambda desk, name: told)
    assert how_made(public.desk, public.edition).left_out == ()
    assert "Left out, and why" not in made(public).body
    wants = public.desk.config.public.model_copy(update={"tell_left_out": True})
    desk = replace(public.desk, config=public.desk.config.model_copy(update={"public": wants}))
    assert how_made(desk, public.edition).left_out == (
        ("Left 0", "the same event as another story"),
        ("Left 1", ""),
    )
    monkeypatch.setattr("briefing.web.archive.how_made", lambda _, name: how_made(desk, name))
    page = html.fromstring(made(public).body)
    (listed,) = [
        each for each in page.iter("section") if "Left out, and why" in each.text_content()
    ]
    assert [each.text_content() for each in listed.iter("li")] == [
        "Left 0the same event as another story",
        "Left 1There was no room for it, or an editor left it out.",
    ]
