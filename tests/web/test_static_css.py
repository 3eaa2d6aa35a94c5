"""Styles of pages that show names and headlines in any script."""

from pathlib import Path

import pytest

import briefing.web

SHEETS = sorted(Path(briefing.web.__file__).parent.rglob("*.css"))


def test_there_are_sheets_to_look_at():
    assert {sheet.name for sheet in SHEETS} >= {"pages.css", "desk.css"}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_letters_stand_as_close_as_their_script_joins_them(sheet):
    # Names of houses and kickers of stories come in Arabic too, on a page of any language.
    assert "letter-spacing" not in sheet.read_text("utf-8")
