"""Every shipped design: filled, empty and at its worst, through all checks, and as somebody looked at it."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml.html import fromstring
from tests.emails.checks.conftest import HOUSE

from briefing.emails import specimen
from briefing.emails.checks import Proof, check
from briefing.emails.render import render
from briefing.model.finding import Severity

DESIGNS = sorted(
    each.name for each in (Path(__file__).parents[2] / "templates" / "email").iterdir()
)
SLOT = datetime(2026, 11, 23, 7, tzinfo=UTC)
EDITIONS = {
    "filled": specimen.filled(SLOT),
    "empty": specimen.empty(SLOT),
    "worst": specimen.worst(SLOT),
}
#: What the specimens themselves are, whatever the design: long subjects, examples, braces in a headline, and
#: words in every block, of which a design may declare a few.
_OF_THE_SPECIMEN = {
    "subject",
    "link-href",
    "img-address",
    "preheader",
    "token-left",
    "block-printed",
}
#: A picture whose address the view gives.
_GIVEN = re.compile(r"""<img src="\{\{ \w+(?:[.\w]|\[[.\w]+\])*\.src \}\}" """)


@pytest.fixture(params=DESIGNS)
def house(request, settings):
    return replace(
        settings,
        template=settings.template.parent / request.param,
        subscribe_url="https://briefing.example.org/subscribe/readers",
        made_url="https://briefing.example.org/archive/s/today/made",
        archive_url="https://briefing.example.org/archive/s/today",
        opinion_at="https://briefing.example.org/opinion/today",
        reply_to="desk@press.example.org",
    )


@pytest.mark.parametrize("name", EDITIONS)
def test_a_design_passes_every_check_with_any_specimen(house, name):
    edition = EDITIONS[name]
    ours = replace(HOUSE, public_url="https://briefing.example.org")
    found = check(Proof(render(edition, house), edition, ours))
    heavy = [one for one in found if one.severity is not Severity.INFO]
    assert [one for one in heavy if one.rule not in _OF_THE_SPECIMEN] == []


@pytest.mark.parametrize("name", EDITIONS)
def test_nothing_that_could_hang_at_the_end_of_a_line_parts_read_on_from_how_it_was_made(
    house, name
):
    page = fromstring(render(EDITIONS[name], house).html)
    lines = [link.getparent() for link in page.find_class("on")]
    assert lines
    for line in lines:
        assert [each.tag for each in line] in (["a"], ["a", "a"])
        assert "".join([line.text or "", *(each.tail or "" for each in line)]).strip() == ""


@pytest.mark.parametrize("name", EDITIONS)
def test_how_a_story_was_made_stands_on_a_line_below_its_text(house, name):
    page = fromstring(render(EDITIONS[name], house).html)
    links = page.find_class("made")
    assert links
    for link in links:
        line = link.getparent()
        in_brief = line.xpath("ancestor::div[contains(@class, 'brief')]")
        assert in_brief or line.get("class") == "by" or line.find_class("on")


def test_a_name_and_an_address_keep_their_own_direction_in_an_arabic_letter(house):
    foot = fromstring(render(EDITIONS["filled"], replace(house, language="ar")).html)
    (line,) = foot.find_class("address")
    assert [(each.text, each.get("dir")) for each in line if each.tag != "br"] == [
        ("Harbour Review", "auto"),
        ("4 Quay Street, Leith EH6 0AA", "auto"),
    ]


def test_a_design_looks_as_it_did(house, golden):
    mail = render(EDITIONS["filled"], house)
    golden(f"designs/{house.template.name}.html", mail.html.encode())
    golden(f"designs/{house.template.name}.txt", mail.text.encode())


def test_a_design_names_no_host_and_holds_no_picture_but_the_one_that_an_editor_chose(house):
    for path in house.template.rglob("*"):
        if path.is_file():
            text = path.read_text("utf-8")
            assert "http://" not in text
            assert text.count("<img") == len(_GIVEN.findall(text))
