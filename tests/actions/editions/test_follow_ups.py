"""What readers had within 14 days is remembered when a story goes on, at the desk and in the letter."""

import tomllib
from pathlib import Path

import pytest
from tests.desks import approve_rendered
from tests.newsrooms import Clock, settled
from tests.workers.copies import copied

from briefing.actions.admin.init import make_house
from briefing.actions.context import open_desk
from briefing.actions.editions.draft import draft
from briefing.actions.editions.edit import change, lines, sheet
from briefing.actions.editions.events.stories import events
from briefing.actions.editions.follow_ups import follow_ups
from briefing.actions.rendering.render import the_email
from briefing.actions.sending.send import send_edition
from briefing.errors import EditionError
from briefing.model.change import PrintFollowUp, Rewrite
from briefing.web.desk.form_changes import asked

WEEK = Path(__file__).parents[2] / "digests" / "follow_ups" / "week.toml"
STORIES = {story["name"]: story for story in tomllib.loads(WEEK.read_text("utf-8"))["story"]}
FIRST, SECOND = "staggers-2026-11-23", "staggers-2026-11-25"


def save(folder, *names):
    for page in (folder / "seeds").glob("*.txt"):
        page.unlink()
    for name in names:
        story = STORIES[name]
        text = story["text"].replace("\n", "\n\n")
        (folder / "seeds" / f"{name}.txt").write_text(
            f"{story['title']}\n\nBy Ines Calder\n\n{text}\n", "utf-8"
        )


@pytest.fixture(scope="module")
def monday(tmp_path_factory):
    """A house that sent the ferry contract on Monday; copy it."""
    folder = tmp_path_factory.mktemp("monday")
    make_house(folder)
    save(folder, "ferry-contract", "teachers-ballot")
    (folder / "seeds" / "subscribers.csv").write_text("email,name,tags\nada@example.com,,\n")
    config, clock = settled(folder), Clock()
    with open_desk(config, clock) as desk:
        draft(desk, "staggers")
        the_email(desk, sheet(desk, FIRST).edition)
    approve_rendered(config, FIRST, yes=True, actor="ada", note="", clock=clock)
    with open_desk(config, clock) as desk:
        assert send_edition(desk, FIRST).now == 1
    return folder


@pytest.fixture
def house(monday, tmp_path):
    """That house, which drafts again two days later."""

    def _house(*names, days=2, **settings):
        copied(monday, tmp_path)
        clock = Clock()
        clock.wait(days=days)
        save(tmp_path, *names)
        return settled(tmp_path, **settings), clock

    return _house


def printing(*, yes=True):
    return PrintFollowUp(item="ferry-resignation#0", printed=yes)


def test_the_desk_knows_the_story_and_its_news_and_the_letter_waits_to_be_told(house):
    config, clock = house("ferry-resignation", "pryce-on-bridges")
    with open_desk(config, clock) as desk:
        edition = draft(desk, "staggers").edition
        (line,) = follow_ups(desk, SECOND)
        assert (line.item.id, line.label) == ("ferry-resignation#0", "Since Monday:")
        assert line.follow_up.edition == FIRST
        assert "resigned" in line.follow_up.news.text
        assert "Since Monday:" not in the_email(desk, edition).text


def test_an_editor_has_the_letter_say_it_and_takes_it_back(house):
    config, clock = house("ferry-resignation", "pryce-on-bridges")
    with open_desk(config, clock) as desk:
        draft(desk, "staggers")
        shown = change(desk, SECOND, [printing()], seen=1, actor="ada")
        assert "Since Monday: Owen Pryce resigned" in the_email(desk, shown.edition).text
        assert lines(desk, SECOND)[0][0].said.startswith("printed what is new in “Pryce resigns")
        hidden = change(desk, SECOND, [printing(yes=False)], seen=shown.version, actor="ada")
        assert "Since" not in the_email(desk, hidden.edition).text


def test_what_an_editor_chose_stays_when_the_sources_are_read_again(house):
    config, clock = house("ferry-resignation")
    with open_desk(config, clock) as desk:
        draft(desk, "staggers")
        change(desk, SECOND, [printing()], seen=1, actor="ada")
        assert draft(desk, "staggers").edition.items[0].follow_up.printed


def test_a_newsroom_may_have_every_letter_say_it(house):
    config, clock = house("ferry-resignation", BRIEFING_BRIEFINGS__STAGGERS__FOLLOW_UPS="letter")
    with open_desk(config, clock) as desk:
        edition = draft(desk, "staggers").edition
        assert "Since Monday: Owen Pryce resigned" in the_email(desk, edition).text


def test_a_rewritten_paragraph_has_the_news_on_a_line_of_its_own_in_both_parts(house):
    config, clock = house("ferry-resignation")
    with open_desk(config, clock) as desk:
        draft(desk, "staggers")
        other = Rewrite(item="ferry-resignation#0", paragraph="The minister is gone.")
        email = the_email(
            desk, change(desk, SECOND, [printing(), other], seen=1, actor="a").edition
        )
        for part in (email.html, email.text):
            assert part.rindex("Owen Pryce resigned") < part.rindex("The minister is gone.")


def test_an_event_keeps_its_name_over_editions_and_says_where_it_was_told(house):
    config, clock = house("ferry-resignation", "pryce-on-bridges")
    with open_desk(config, clock) as desk:
        first = {item.id: item.event for item in sheet(desk, FIRST).edition.items}
        edition = draft(desk, "staggers").edition
        goes_on, other = (
            next(item for item in edition.items if item.id == name)
            for name in ("ferry-resignation#0", "pryce-on-bridges#0")
        )
        assert goes_on.event == goes_on.follow_up.event == first["ferry-contract#0"]
        assert other.event not in first.values()
        assert "on Monday; it goes on with something new" in goes_on.why
        (line,) = events(desk, SECOND)
        assert [(one.edition, one.headline) for one in line.before] == [
            (FIRST, "Pryce under pressure over ferry contract")
        ]


@pytest.mark.parametrize("days", [13, 15])
def test_a_story_is_remembered_for_fourteen_days(house, days):
    config, clock = house("ferry-resignation", days=days)
    with open_desk(config, clock) as desk:
        (item,) = draft(desk, "staggers").edition.items
        assert bool(item.follow_up) == (days < 14)


def test_what_carries_on_nothing_cannot_be_printed_as_news(house):
    config, clock = house("pryce-on-bridges")
    with open_desk(config, clock) as desk:
        draft(desk, "staggers")
        asked = PrintFollowUp(item="pryce-on-bridges#0", printed=True)
        with pytest.raises(EditionError, match="carries on no story"):
            change(desk, SECOND, [asked], seen=1, actor="ada")


@pytest.mark.parametrize(("kind", "yes"), [("print-news", True), ("hide-news", False)])
def test_the_desks_buttons_ask_for_what_they_say(house, kind, yes):
    config, clock = house("ferry-resignation")
    with open_desk(config, clock) as desk:
        edition = draft(desk, "staggers").edition
    assert asked(edition, {"kind": kind, "item": "ferry-resignation#0"}) == (printing(yes=yes),)
