"""The public pages speak the newsroom's language, and are laid out in its direction."""

import re
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from briefing.actions.public import confirmation_mail
from briefing.actions.public.own_page import OwnList, OwnPage
from briefing.actions.public.spoken_words import spoken_words
from briefing.config import Topic
from briefing.errors import SubscriberError
from briefing.languages import SUPPORTED
from briefing.model.subscriber import EVERY_DAY, Choice, Standing
from briefing.web import rendering
from briefing.web.rendering import page


def words(language, *, typography=True):
    site = SimpleNamespace(language=language, typography=typography)
    config: Any = SimpleNamespace(site=site)
    return spoken_words(config)


@pytest.mark.parametrize("language", [one for one in SUPPORTED if one != "en"])
def test_no_page_is_left_in_english(language):
    english, other = words("en").pages, words(language).pages
    same = {name for name in english if english[name] == other[name]}
    assert same <= {"feed", "name"}


def test_an_error_is_told_in_its_own_words_in_english_and_in_the_pages_words_elsewhere():
    error = SubscriberError("This link was used already.")
    assert words("en-GB").said_of(error, "fault") == "This link was used already."
    assert words("de").said_of(error, "fault").startswith("Der Link oder das Formular gilt")


def test_french_pages_have_no_break_spaces_before_their_marks_and_plain_ones_where_typography_is_off():
    assert words("fr").pages["confirm_title"] == "Voulez-vous recevoir {title}\u202f?"
    assert words("fr", typography=False).pages["confirm_title"] == "Voulez-vous recevoir {title} ?"


def request(language):
    site = SimpleNamespace(
        language=language, typography=True, name="Die Woche", postal_address="1 Example Street"
    )
    desk = SimpleNamespace(config=SimpleNamespace(site=site))
    return SimpleNamespace(app=SimpleNamespace(state=SimpleNamespace(desk=desk)), headers={})


READER = SimpleNamespace(address="reader@example.com", title="Die Lage", name="Ada", list="daily")
SHELF = SimpleNamespace(
    briefing="daily",
    list="daily",
    title="Die Lage",
    editions=[
        SimpleNamespace(
            edition="daily-1",
            subject="Eins",
            at=datetime(2026, 11, 29, tzinfo=UTC),
            corrections=["Zwei"],
        )
    ],
)
EMPTY = SimpleNamespace(briefing="weekly", list="weekly", title="Die Woche", editions=[])


def own_list(standing):
    """A list on a reader's own page."""
    topic = Topic(title="Politik", sections=("Politik",))
    return OwnList(
        name="readers",
        title="Die Lage",
        standing=standing,
        choice=Choice(topics=("gone",), weekly=True),
        resumes=None,
        topics={"politics": topic},
        days=EVERY_DAY,
        is_public=True,
    )


PAGES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("archive", {"shelves": [SHELF, EMPTY]}),
    ("shelf", {"shelf": SHELF}),
    ("asked", {}),
    ("confirm", {"reader": READER}),
    ("subscribe", {"stamp": "1", "address": "", "fault": "!"}),
    ("unsubscribe", {"reader": READER}),
    *(
        (
            "preferences",
            {
                "own": OwnPage(name="", address="a•••@e•••.org", lists=(own_list(standing),)),
                "note": "",
                "is_fault": False,
                "standing": {"readers": "."},
                "weekdays": dict.fromkeys(EVERY_DAY, "."),
                "export": "/export",
                "tomorrow": "2026-11-28",
            },
        )
        for standing in Standing
    ),
)
#: Words of the English pages that stand on none in another language.
ENGLISH = re.compile(
    r"\b(?:subscribe|unsubscribe|archive|preferences|resume|letter|address|edition|yes|save|correction)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("language", SUPPORTED)
def test_every_page_is_whole_in_its_language_and_direction(language):
    direction = "rtl" if language == "ar" else "ltr"
    for name, view in PAGES:
        body = page(request(language), name, title="Die Lage", **view).body.decode()
        assert f'<html lang="{language}" dir="{direction}">' in body
        shown = re.sub(r"<[^>]+>", " ", body)
        assert "{" not in shown
        if language != "en":
            assert ENGLISH.findall(shown) == []


@pytest.mark.parametrize("language", SUPPORTED)
def test_the_confirmation_mail_is_whole_in_its_language_and_direction(language):
    said = words(language)
    view = {
        "say": said.confirmation,
        "question": said.pages["confirm_title"].format(title="Die Lage"),
        "subject": said.confirmation["subject"].format(title="Die Lage"),
        "language": language,
        "direction": said.direction,
        "link": "https://briefing.example.org/confirm/1",
        "title": "Die Lage",
        "site": "Die Woche",
        "postal_address": "1 Example Street",
    }
    html = confirmation_mail._templates(markup=True).get_template("confirm.html.j2").render(view)
    text = confirmation_mail._templates(markup=False).get_template("confirm.txt.j2").render(view)
    assert f'<html lang="{language}" dir="{said.direction}">' in html
    for part in (html, text):
        assert "Die Lage" in part
        assert view["link"] in part
        assert ("you" in part) == (language == "en")
    assert max(map(len, text.splitlines())) <= 72


def test_what_is_not_in_the_pages_language_keeps_its_own_direction():
    drawn = bytes(
        page(request("ar"), "home", title="A", about="", shelves=[SHELF], joinable=[]).body
    )
    assert b"<bdi>1 Example Street</bdi>" in drawn
    assert b"<bdi>Eins</bdi>" in drawn


def test_the_style_of_the_pages_knows_no_left_and_no_right():
    style = (Path(rendering.__file__).parent / "static" / "pages.css").read_text("utf-8")
    style = style.replace("left: -9999px", "")  # out of sight, on no side
    assert (
        re.findall(r"(?:margin|padding|border)-(?:left|right)|text-align: (?:left|right)", style)
        == []
    )
    assert [
        found
        for found in re.findall(r"(?:padding|margin): ([^;]+);", style)
        if len(sides := found.split()) == 4 and sides[1] != sides[3]
    ] == []
