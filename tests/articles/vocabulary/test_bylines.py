"""Who wrote a piece: by-lines and biographies of many forms, and sentences that are neither."""

import pytest

from briefing.articles.vocabulary.bylines import biography, byline, is_office, is_press


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Mara Quill", ["Mara Quill"]),
        ("by Mara Quill", ["Mara Quill"]),
        ("BY MARA QUILL", ["Mara Quill"]),
        ("By Mara Quill and Idris Fenn", ["Mara Quill", "Idris Fenn"]),
        ("By Mara Quill, Idris Fenn and Ada Kerr", ["Mara Quill", "Idris Fenn", "Ada Kerr"]),
        ("By Mara Quill, political editor", ["Mara Quill"]),
        ("By Mara Quill in Harle", ["Mara Quill"]),
        ("By Mara Quill | 3 March 2026", ["Mara Quill"]),
        ("By Mara Quill - 09 July 13:57", ["Mara Quill"]),
        ("Words by Mara Quill", ["Mara Quill"]),
        ("Text: Mara Quill", ["Mara Quill"]),
        ("Posted by Mara Quill on 3 March", ["Mara Quill"]),
        ("By Siân O’Dowd-Price", ["Siân O’Dowd-Price"]),
        ("By Ludwig van der Berg", ["Ludwig van der Berg"]),
        ("Von Anna Groß", ["Anna Groß"]),
        ("By Mara Quill March 18 at 12:22 PM", ["Mara Quill"]),
        ("By Mara March", ["Mara March"]),
        ("Par Élise Dubois", ["Élise Dubois"]),
    ],
)
def test_a_byline_names_its_writers(line, names):
    assert [author.name for author in byline(line)] == names


@pytest.mark.parametrize(
    "line",
    [
        "By the time the vote came, nobody was left",
        "By and large the house was content",
        "By Tuesday the Treasury had given in.",
        "By Harle Bridge I sat down and wept?",
        "Sponsored by Mara Quill",
        "By",
        "Bye Mara Quill",
    ],
)
def test_a_sentence_that_opens_with_by_is_no_byline(line):
    assert byline(line) == ()


@pytest.mark.parametrize(
    ("line", "author"),
    [
        (
            "Mara Quill is political editor of the Calder Post.",
            ("Mara Quill", "political editor", "Calder Post"),
        ),
        (
            "Mara Quill is the Calder Post’s political editor.",
            ("Mara Quill", "political editor", "Calder Post"),
        ),
        (
            "Ada Kerr is a senior fellow at the Calder Institute.",
            ("Ada Kerr", "senior fellow", "Calder Institute"),
        ),
        ("Mara Quill is a writer.", ("Mara Quill", "writer", None)),
        (
            "Petra Lund is minister for roads and the Labour MP for Harle Valley.",
            ("Petra Lund", "minister for roads", None),
        ),
        (
            "Wanda Pike is chief executive of Harrow & Pike.",
            ("Wanda Pike", "chief executive", "Harrow & Pike"),
        ),
    ],
)
def test_a_biography_gives_name_role_and_house(line, author):
    (found,) = biography(line)
    assert (found.name, found.role, found.publication) == author
    assert found.raw == line


def test_a_biography_may_name_two():
    line = "Nell Harcastle and Idris Fenn are political reporters at the Calder Post."
    assert [author.name for author in biography(line)] == ["Nell Harcastle", "Idris Fenn"]


def test_a_biography_of_the_writer_gives_a_job_without_a_name():
    (found,) = biography("The writer is a former minister and now chief executive of Norvane")
    assert (found.name, found.role) == ("", "chief executive")


def test_a_former_job_is_nobodys_role():
    (found,) = biography("Petra Lund is a former minister and now editor of the Calder Post.")
    assert (found.role, found.publication) == ("editor", "Calder Post")


@pytest.mark.parametrize(
    "line",
    [
        "Mara Quill is tired of the whole affair, and so is everybody else in the lobby tonight.",
        "While Petra Lund is minister for roads, nothing will be built.",
        "The prime minister is leader of a party of the north.",
        "Harle is a town.",
        "Nobody is editor of the Calder Post.",
    ],
)
def test_an_ordinary_sentence_is_no_biography(line):
    assert biography(line) == ()


@pytest.mark.parametrize(
    ("role", "press", "office"),
    [
        ("political editor", True, False),
        ("professor of law", True, False),
        ("minister for roads", False, True),
        ("chief executive", False, False),
        (None, False, False),
    ],
)
def test_jobs_of_the_press_and_of_public_life_are_told_apart(role, press, office):
    assert (is_press(role), is_office(role)) == (press, office)
