"""By-lines, source lines and what links are called."""

from dataclasses import replace
from datetime import date

import pytest

from briefing.emails.printable import web_address
from briefing.emails.small_print import byline, paid_by, source, topics
from briefing.languages.furniture import furniture
from briefing.model.article import Article, Author, Basis, Sponsorship, Verdict

ENGLISH = furniture("en-GB")


def article(**facts):
    return Article(id="07-tax#0", headline="Tax", paragraphs=(), **facts)


def author(name, role=None, publication=None):
    return Author(name=name, role=role, publication=publication)


@pytest.mark.parametrize(
    ("authors", "printed"),
    [
        ((), ""),
        ((author("Ada Vale"),), "By Ada Vale"),
        ((author("Ada Vale", "political editor"),), "By Ada Vale, political editor"),
        ((author("Ada Vale"), author("Bo Lund")), "By Ada Vale and Bo Lund"),
        (
            (author("A", "reporters"), author("B", "reporters"), author("C", "reporters")),
            "By A, B and C, reporters",
        ),
        ((author("A", "editor"), author("B", "critic")), "By A, editor, and B, critic"),
        ((author("A", "editor"), author("B")), "By A, editor, and B"),
        ((author("A\x00\nB"),), "By A B"),
    ],
)
def test_authors_are_listed_with_the_role_they_share(authors, printed):
    assert byline(article(byline=authors), ENGLISH) == printed


@pytest.mark.parametrize(
    ("facts", "printed"),
    [
        ({}, ""),
        ({"published": date(2026, 11, 3)}, ""),
        ({"byline": (author("A", None, "The Gazette"),)}, "Source: The Gazette"),
        (
            {"byline": (author("A", None, "The Gazette"), author("B", None, "The Gazette"))},
            "Source: The Gazette",
        ),
        (
            {"sponsorship": Sponsorship(verdict=Verdict.SPONSORED, supplement="Going Far")},
            "From the supplement “Going Far”",
        ),
    ],
)
def test_the_source_line_says_what_is_known(facts, printed):
    assert source(article(**facts), ENGLISH) == printed


@pytest.mark.parametrize(
    ("sponsor", "basis", "printed"),
    [
        ("Acme", Basis.DECLARED, "Paid for by Acme"),
        ("Acme", Basis.INFERRED, "From Acme"),
        ("Acme", None, "From Acme"),
        (None, None, ""),
        (" ", Basis.DECLARED, ""),
    ],
)
def test_only_a_declared_sponsor_is_said_to_have_paid(sponsor, basis, printed):
    verdict = Sponsorship(verdict=Verdict.SPONSORED, sponsor=sponsor, basis=basis)
    assert paid_by(article(sponsorship=verdict), ENGLISH) == printed


@pytest.mark.parametrize(
    ("headline", "topic"),
    [
        ("Peers vote", "Peers vote"),
        ("The mayors want the buses back: what it would cost", "The mayors want the buses back"),
        ("Poll: the gap narrows", "Poll: the gap narrows"),
        ("Lords reform is back again – and it bites", "Lords reform is back again"),
        (
            "He said “this is the end: of it all” at last",
            "He said “this is the end: of it all” at last",
        ),
        (
            "Everything that anybody ever wanted to know about the bus depots of the Northern Isles",
            "Everything that anybody ever wanted to know about the bus depots of the Northern Isles",
        ),
        (
            "Everything that anybody ever wanted to know about the bus depots of the Northern Isles, "
            "and about their drivers",
            "Everything that anybody ever wanted to know about the bus depots of the Northern Isles, "
            "and about their…",
        ),
    ],
)
def test_a_link_is_called_by_the_headlines_own_beginning(headline, topic, edition):
    assert topics((replace(edition.items[0], headline=headline),)) == (topic,)


def test_no_two_links_are_called_the_same(edition):
    headlines = ("The week in Westminster: Monday", "The week in Westminster: Tuesday")
    items = tuple(replace(edition.items[0], headline=headline) for headline in headlines)
    assert topics(items) == headlines


def test_the_first_address_that_is_one_is_taken():
    assert web_address(None, "javascript:x", "https://a.example/é?b=c&d=%20") == (
        "https://a.example/é?b=c&d=%20"
    )
    assert web_address("http://a.example:8080/#x") == "http://a.example:8080/#x"
    assert web_address() == ""
