"""The labelling court in Chromium: every shipped design passes it, and a label that is tampered with does not."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.actions.rendering.chromium import Chromium, find_chromium
from briefing.emails import EmailSettings, specimen
from briefing.emails.checks import House, Proof, check
from briefing.emails.render import render
from briefing.errors import DeskError
from briefing.model.article import Basis, Sponsorship, Verdict
from briefing.model.mail import Address

SLOT = datetime(2026, 11, 23, 7, tzinfo=UTC)
TEMPLATES = Path(__file__).parents[3] / "templates/email"
DESIGNS = sorted(each.name for each in TEMPLATES.iterdir())
HOUSE = House(
    sender=Address(email="desk@harbour.test", name="The Staggers"),
    public_url="https://briefing.harbour",
    postal_address="4 Quay Street, Leith",
)
needs_chromium = pytest.mark.skipif(
    not shutil.which("chromium"),
    reason="no Chromium to draw with (Debian: apt-get install chromium)",
)


@pytest.fixture(scope="module")
def edition():
    """Every block filled, two paid pieces and one that a body issued."""
    filled = specimen.filled(SLOT)
    said = Sponsorship(verdict=Verdict.ISSUED, sponsor="Ferries Alliance", basis=Basis.DECLARED)
    issued = replace(
        filled.items[4], article=replace(filled.items[4].article, sponsorship=said), kicker=""
    )
    return replace(filled, items=(*filled.items[:4], issued, *filled.items[5:]))


def judged(edition, design, change=lambda html: html):
    """What the court says of an edition in a design, by rule."""
    settings = EmailSettings(
        template=TEMPLATES / design,
        site_name="Harbour Press",
        public_url="https://briefing.harbour",
        postal_address="4 Quay Street, Leith",
    )
    proof = Proof(render(edition, settings), edition, HOUSE)
    proof.drawn = find_chromium().draw(change(proof.html))
    return proof, [found for found in check(proof) if found.rule.startswith("label-")]


@needs_chromium
@pytest.mark.parametrize("design", DESIGNS)
def test_every_design_labels_what_is_not_the_newsrooms(edition, design):
    proof, found = judged(edition, design)
    assert [one.message for one in found] == []
    assert [(page.width, page.is_dark) for page in proof.drawn] == [
        (width, dark) for dark in (False, True) for width in (320, 375, 700)
    ]
    for page in proof.drawn:
        assert sorted(block.kind for block in page.blocks) == ["issued", "sponsored", "sponsored"]
        assert {item.headline for item in edition.items} <= {text.text for text in page.texts}


@needs_chromium
def test_rules_for_one_look_only_are_seen_there(edition):
    hidden = (
        "<style>@media (max-width:330px){.label h2,.label p{font-size:9px !important}}"
        "@media (prefers-color-scheme:dark){.card .label *{color:#d9b64a !important}}</style></head>"
    )
    _, found = judged(edition, "staggers", lambda html: html.replace("</head>", hidden))
    sizes = [one.message for one in found if one.rule == "label-size"]
    pale = [one.message for one in found if one.rule == "label-contrast"]
    # Once a piece: one issued it, two were paid for.
    assert len(sizes) == len(edition.sponsored) == 2
    assert all("at 320 px in light mode, the first of 2 looks" in message for message in sizes)
    assert len(pale) == 2
    assert all("at 320 px in dark mode, the first of 3 looks" in message for message in pale)


def test_without_a_browser_a_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(DeskError, match="apt-get install chromium"):
        find_chromium()


def test_the_browser_without_windows_is_taken_where_it_is_installed(monkeypatch, tmp_path):
    for name in ("google-chrome", "chromium", "chromium-headless-shell"):
        program = tmp_path / name
        program.touch(mode=0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        assert find_chromium().program == str(program)


def test_a_browser_that_prints_nothing_is_a_sentence():
    with pytest.raises(DeskError, match="measured nothing"):
        Chromium(shutil.which("true") or "").draw("<p>x</p>")
