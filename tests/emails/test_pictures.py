"""The lead's picture: described, credited, as wide as the text, in both parts, and never with others' words."""

import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from lxml import html
from tests.emails.checks.conftest import HOUSE

from briefing.emails import specimen
from briefing.emails.checks import Proof, check
from briefing.emails.render import render
from briefing.errors import TemplateError
from briefing.model.article import Sponsorship, Verdict
from briefing.model.edition import PrintedPicture

PICTURE = PrintedPicture(
    sha256="5a" * 32,
    width=1408,
    height=792,
    size=150_000,
    alt="Boats leave “Stromness” & the <harbour>",
    credit="Photograph: Jo Ray / Harbour",
)
SRC = f"https://briefing.example.org/pictures/{PICTURE.sha256}.jpg"


def with_picture(edition, picture=PICTURE, at=0):
    items = list(edition.items)
    items[at] = replace(items[at], picture=picture)
    return replace(edition, items=tuple(items))


def designed(settings, name):
    return replace(settings, template=settings.template.parent / name)


@pytest.mark.parametrize(("design", "width"), [("staggers", 576), ("evening", 544)])
def test_the_lead_shows_its_picture_with_words_and_credit_in_both_parts(
    edition, settings, design, width
):
    mail = render(with_picture(edition), designed(settings, design))
    (image,) = html.fromstring(mail.html).iter("img")
    assert (image.get("src"), image.get("alt")) == (SRC, f"{PICTURE.alt}.")
    assert (image.get("width"), image.get("height")) == (str(width), None)
    assert "width:100%" in image.get("style")
    assert "height:auto" in image.get("style")
    assert mail.html.index(SRC) < mail.html.index(PICTURE.credit) < mail.html.index("<h2")
    said = " ".join(mail.text.split())
    assert f"Picture: {PICTURE.alt} ({PICTURE.credit})" in said
    assert said.index(edition.items[0].headline) < said.index("Picture: ")


@pytest.mark.parametrize("design", ["dispatch", "evening", "staggers"])
def test_a_picture_that_is_not_shown_leaves_no_space_as_high_as_itself(design, settings):
    """A program without pictures keeps free what `height` says, and writes the words at its top."""
    shown = render(
        specimen.filled(datetime(2026, 11, 23, 7, tzinfo=UTC)), designed(settings, design)
    )
    images = list(html.fromstring(shown.html).iter("img"))
    assert {image.get("height") for image in images} <= {None}
    assert all("height:auto" in image.get("style") for image in images)


def test_a_letter_with_a_picture_is_as_it_was_approved(edition, settings, golden):
    mail = render(with_picture(edition), settings)
    golden("staggers/pictured.html", mail.html.encode())
    golden("staggers/pictured.txt", mail.text.encode())


def test_a_story_that_is_not_the_lead_shows_none(edition, settings):
    bare = render(edition, settings)
    assert "picture" not in bare.html
    assert render(with_picture(edition, at=1), settings) == bare, "only the lead's is printed"


def test_a_description_that_ends_on_its_own_mark_gets_no_other(edition, settings):
    asked = replace(PICTURE, alt="Who is leaving?")
    assert 'alt="Who is leaving?"' in render(with_picture(edition, asked), settings).html


def test_a_design_without_pictures_and_words_that_are_not_the_newsrooms_show_none(
    edition, settings
):
    assert "<img" not in render(with_picture(edition), designed(settings, "dispatch")).html
    issued = Sponsorship(verdict=Verdict.ISSUED, sponsor="Quay Pilots’ Guild")
    lead = replace(edition.items[0], article=replace(edition.items[0].article, sponsorship=issued))
    said = replace(edition, items=(replace(lead, picture=PICTURE), *edition.items[1:]))
    assert "<img" not in render(said, settings).html


@pytest.mark.parametrize(
    ("name", "lost", "says"),
    [
        ("parts/picture.mjml.j2", re.compile(r"<img.*?/>"), "lost the picture"),
        ("parts/picture.mjml.j2", re.compile(r"{{ picture.credit }}"), "lost the credit"),
        ("parts/story.txt.j2", re.compile(r"{{ pictures.*}}"), "plain-text part lost the credit"),
    ],
)
def test_a_design_that_loses_a_part_of_a_picture_is_refused(
    edition, settings, tmp_path, name, lost, says
):
    folder = tmp_path / "staggers"
    shutil.copytree(settings.template, folder)
    text = (folder / name).read_text("utf-8")
    assert lost.search(text)
    (folder / name).write_text(lost.sub("", text), "utf-8")
    with pytest.raises(TemplateError, match=says):
        render(with_picture(edition), replace(settings, template=folder))


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ('pictures = ["quote"]', "design prints no stories in 'quote'"),
        ('pictures = ["nowhere"]', "design prints no stories in 'nowhere'"),
        ('pictures = "lead"', "the blocks whose stories have one"),
    ],
)
def test_a_design_that_declares_what_it_cannot_is_refused_with_its_line(
    edition, design, written, says
):
    with pytest.raises(TemplateError, match=says) as refused:
        render(edition, design("design.toml", 'pictures = ["lead", "comment"]', written))
    assert refused.value.line == 9


def findings(edition, settings, rule, **house):
    email = render(edition, settings)
    found = check(Proof(email, edition, replace(HOUSE, **house)))
    return [(one.severity.value, one.message) for one in found if one.rule == rule]


@pytest.mark.parametrize(
    ("picture", "says"),
    [
        (replace(PICTURE, alt=" "), "without an alt"),
        (replace(PICTURE, credit=" "), "without a credit"),
    ],
)
def test_a_picture_without_alt_or_credit_is_not_sent(edition, settings, picture, says):
    unsaid = with_picture(edition, picture)
    ((severity, message),) = findings(unsaid, settings, "img-credit")
    assert severity == "error"
    assert says in message
    assert findings(with_picture(edition), settings, "img-credit") == []


@pytest.mark.parametrize(
    ("site", "severity"),
    [
        ("http://localhost:8080", "error"),
        ("https://10.1.2.3", "error"),
        ("https://briefing.example.org", "warning"),
    ],
)
def test_where_readers_cannot_reach_this_house_the_sentence_says_what_to_set(
    edition, settings, site, severity
):
    settings = replace(settings, public_url=site)
    ((found, message),) = findings(with_picture(edition), settings, "img-address")
    assert found == severity
    assert "set `[site] public_url`" in message


def test_a_picture_that_is_kept_and_not_printed_is_told(edition, settings):
    ((severity, message),) = findings(with_picture(edition, at=1), settings, "img-printed")
    assert (severity, edition.items[1].headline[:40] in message) == ("info", True)
    assert findings(with_picture(edition), settings, "img-printed") == []


def test_the_bytes_of_pictures_are_counted(edition, settings):
    heavy = with_picture(edition, replace(PICTURE, size=1_200_000))
    assert [found for found, _ in findings(heavy, settings, "img-weight")] == ["warning"]
    assert findings(with_picture(edition), settings, "img-weight") == []


def test_the_checks_find_nothing_heavy_in_a_letter_with_a_picture(edition, settings):
    settings = replace(settings, public_url="https://briefing.harbour")
    new = check(Proof(render(with_picture(edition), settings), with_picture(edition), HOUSE))
    old = check(Proof(render(edition, settings), edition, HOUSE))
    assert {one.rule for one in new if one.severity.value != "info"} <= {one.rule for one in old}
