"""The page that shows how an edition was made: every printed sentence in its source, and nobody's data."""

import re

from lxml import html

from briefing.actions.editions.edit import sheet


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
