"""An editor takes the denial out of a digest: the page warns, lint says so, and approval asks."""

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import SETTINGS, saved
from tests.browser.steps import approve, decide_held
from typer.testing import CliRunner

from briefing.cli.main import app

CLAIM = "Minister Tom Vale took £9,000 from a waste firm, the Tarn Post reported on Monday."
DENIAL = "Mr Vale denied that he had taken any money and called the report an invention."
TEXT = f"""Minister took money

{CLAIM} The firm runs nine sites in the county and wants to build another one near the school. {DENIAL}

The site is to be opened in June. Voters there have protested since March with brooms and buckets.
The county will look at the contract in May and has asked for the papers twice this year.
"""


@pytest.fixture
def parted(desk):
    """The page of an edition out of whose last digest somebody took the denial."""
    page = desk.enter(viewport={"width": 1280, "height": 900})
    page.goto(desk.path)
    decide_held(page)
    saved(page)
    page.locator("[name=written]").fill(TEXT)
    page.get_by_role("button", name="Add", exact=True).click()
    saved(page)
    piece = page.locator("#pieces > li", has_text="Minister took money")
    expect(piece).to_contain_text(DENIAL)
    piece.get_by_text("Edit", exact=False).first.click()
    piece.locator("[name=paragraph]").fill(CLAIM)
    piece.get_by_role("button", name="Save").first.click()
    saved(page)
    return page


def test_the_page_warns_once_of_a_denial_that_was_taken_out_and_approval_asks(desk, parted):
    warning = parted.get_by_text("prints the denial. Print both, or neither.")
    expect(warning).to_have_count(1)
    expect(parted.locator("#pieces")).to_contain_text("answered by 3")
    expect(parted.locator("#pieces")).not_to_contain_text("answered by 3, 3")
    button = parted.locator("#word button.strong")
    button.click()
    expect(parted.get_by_text("Exactly these bytes will be sent")).to_have_count(0)
    approve(parted)


def test_the_terminal_says_the_same(desk, parted):
    config = ["-c", str(desk.folder / "config.toml")]
    lint = CliRunner().invoke(app, ["lint", *config], env=SETTINGS)
    assert lint.output.count("pair-parted") == 1
    asked = CliRunner().invoke(app, ["approve", *config], env=SETTINGS)
    assert "prints the denial. Print both, or neither." in asked.output
