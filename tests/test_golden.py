"""Golden emails: the sample edition, to the byte, in every part."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.desks import act
from tests.newsrooms import new_house

from briefing.actions.admin.init import make_house
from briefing.actions.editions.draft import draft
from briefing.actions.rendering.render import render_edition
from briefing.model.mail import Address
from briefing.model.subscriber import Subscriber
from briefing.sends.letters.mime import LetterSettings, Postman

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def email(tmp_path_factory):
    house = tmp_path_factory.mktemp("house")
    config = new_house(house)
    edition = act(draft, config, "staggers", clock=lambda: NOW).edition
    return act(render_edition, config, edition.id).email


def test_the_html_part_is_as_it_was_approved(email, golden):
    golden("staggers/sample.html", email.html.encode())


def test_the_text_part_is_as_it_was_approved(email, golden):
    golden("staggers/sample.txt", email.text.encode())


def test_a_letter_is_as_it_was_approved(email, golden):
    settings = LetterSettings(
        sender=Address(email="briefing@example.org", name="The Staggers"),
        reply_to=Address(email="desk@example.org"),
        list_id="readers.example.org",
        list_name="The Staggers",
    )
    reader = Subscriber(email="carys@example.net", name="Carys Ó Néill", ref="c" * 16)
    links = {
        f"{name}_url": f"https://briefing.example.org/{name}/token"
        for name in ("unsubscribe", "preferences", "view")
    }
    letter = Postman(email, settings, date=NOW, key=b"k" * 32).letter(reader, links)
    golden("staggers/sample.eml", letter.wire)


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_every_process_makes_the_same_bytes(seed, tmp_path, email):
    make_house(tmp_path)
    script = (
        "from datetime import UTC, datetime; from pathlib import Path;"
        "from tests.desks import act;"
        "from briefing.config import load_config; from briefing.actions.editions.draft import draft;"
        "from briefing.actions.rendering.render import render_edition;"
        "config = load_config(Path('config.toml'), {});"
        "now = lambda: datetime(2026, 11, 23, 7, 0, tzinfo=UTC);"
        "made = act(draft, config, 'staggers', clock=now).edition;"
        "act(render_edition, config, made.id)"
    )
    subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        check=True,
    )
    assert next(tmp_path.rglob("briefing.html")).read_text() == email.html
    assert next(tmp_path.rglob("briefing.txt")).read_text() == email.text
