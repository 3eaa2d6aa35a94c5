"""An edition that was rendered before is not rendered again, and any change that its email shows is seen."""

import re
import shutil
from dataclasses import replace

import pytest
from tests.actions.noted import Noted
from tests.emails.conftest import DESIGN, sample_edition, sample_settings
from tests.workers.copies import copied

from briefing.actions import last_results
from briefing.actions.rendering.render_again import render_again
from briefing.emails import render as room
from briefing.errors import TemplateError

FILES = sorted(str(path.relative_to(DESIGN)) for path in DESIGN.rglob("*") if path.is_file())


@pytest.fixture
def design(tmp_path):
    """A design that may be changed."""
    return copied(DESIGN, tmp_path / "design")


@pytest.fixture
def rendered(tmp_path, monkeypatch, design):
    """Render as the desk does; how often it came to that is counted."""
    render = room.render

    def counted(edition, settings):
        renderer.asked += 1
        return render(edition, settings)

    def called(edition=None, **settings):
        facts = replace(sample_settings(), template=design)
        facts = replace(facts, **settings)
        email = render_again(edition or sample_edition(), facts, tmp_path / "var" / "last.json")
        assert email == render(edition or sample_edition(), facts)
        return email

    renderer = Noted(called, asked=0)
    monkeypatch.setattr(room, "render", counted)
    return renderer


def test_the_same_edition_is_rendered_once_and_gives_the_same_bytes(rendered):
    assert rendered() == rendered() == rendered()
    assert rendered.asked == 1


def test_an_edition_that_an_editor_changed_is_rendered_again(rendered):
    rendered()
    lead, *rest = sample_edition().items
    rendered(replace(sample_edition(), items=(replace(lead, note="Seen by us."), *rest)))
    assert rendered.asked == 2


@pytest.mark.parametrize(
    "other",
    [
        {"site_name": "The Harbour Desk"},
        {"public_url": "https://elsewhere.example.org"},
        {"postal_address": "1 Quay, Stromness"},
        {"sponsor_label": "Anzeige"},
        {"language": "fr"},
        {"typography": False},
        {"count_at": "https://news.example.org/c/one"},
    ],
    ids=str,
)
def test_other_facts_about_the_house_render_it_again(rendered, other):
    rendered()
    rendered(**other)
    assert rendered.asked == 2


@pytest.mark.parametrize("name", FILES)
def test_every_file_of_the_design_that_changes_renders_it_again(rendered, design, name):
    rendered()
    file = design / name
    file.write_text(f"{file.read_text()}\n")
    rendered()
    assert rendered.asked == 2


def test_a_colour_of_the_style_sheet_that_changes_is_in_the_next_email(rendered, design):
    before = rendered()
    sheet = design / "theme.css"
    sheet.write_text(re.sub(r"(?<=[ {]color: )#\w{6}", "#123456", sheet.read_text()))
    assert "#123456" not in before.html
    assert "#123456" in rendered().html


def test_other_code_renders_it_again(rendered, monkeypatch):
    rendered()
    monkeypatch.setattr(last_results, "code_fingerprint", lambda rooms: "another release")
    rendered()
    assert rendered.asked == 2


def test_parts_behind_a_link_to_a_folder_are_read_each_time(rendered, design, tmp_path):
    parts = (design / "parts").rename(tmp_path / "parts")
    (design / "parts").symlink_to(parts)
    rendered()
    rendered()
    assert rendered.asked == 2


def test_a_design_that_is_not_there_any_more_is_refused_whatever_was_kept(rendered, design):
    rendered()
    shutil.rmtree(design)
    with pytest.raises(TemplateError, match="no such design"):
        rendered()
