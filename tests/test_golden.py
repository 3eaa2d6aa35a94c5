"""Golden emails: the sample edition, to the byte, in every part."""

from datetime import UTC, datetime

import pytest
from tests.desks import act
from tests.newsrooms import new_house

from briefing.actions.editions.draft import draft
from briefing.actions.rendering.render import render_edition
from briefing.model.mail import Address
from briefing.model.subscriber import Subscriber
from briefing.sends.letters.mime import LetterSettings, Postman

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
