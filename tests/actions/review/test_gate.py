"""Nothing leaves that is held, that the checks call an error or that nobody approved, by no door."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.desks import act, approve_rendered
from tests.doors import functions, leading_to_letters
from tests.newsrooms import EDITION, opened
from tests.weeks import Week, at
from typer.testing import CliRunner

from briefing.actions.admin.init import make_house
from briefing.actions.context import open_desk
from briefing.actions.editions.draft import draft
from briefing.actions.open_store import the_store
from briefing.actions.readers.import_list import sync_list
from briefing.actions.rendering.render import render_edition
from briefing.actions.schedule.run_slot import run_slot
from briefing.actions.schedule.upcoming import standing
from briefing.actions.sending.deliver import deliver
from briefing.actions.sending.send import begin_sending, send_edition
from briefing.cli.main import app
from briefing.errors import EditionFaulty, EditionHeld, SendError
from briefing.model.schedule_slot import Course
from briefing.store import miscounted
from briefing.store.deliveries.mailings import Mailings

FREEZE = Mailings.freeze
SOURCE = Path(__file__).parents[3] / "src" / "briefing"


# ---------------------------------------------------------------- every door, with an error


@pytest.fixture
def house(tmp_path):
    """A morning on which no letter may leave: the site's links are not https."""
    return Week(tmp_path)


def spoil(house, public_url="http://harbour.lan"):
    """Let the checks find errors in whatever is rendered from now on, and the clock use that."""
    site = house.config.site.model_copy(update={"public_url": public_url})
    house.config = house.config.model_copy(update={"site": site})
    house.slot_runner = house.start()


def clock_of(house):
    return lambda: house.now


def drafted(house):
    house.page("monday", "Harbour Bridge")
    house.now = at(0, 5)
    spoil(house)
    name = act(draft, house.config, "staggers", clock=lambda: house.now).edition.id
    act(render_edition, house.config, name)
    return name


def test_no_verb_lets_an_edition_with_an_error_of_the_checks_out(house):
    name, clock = drafted(house), clock_of(house)
    for attempt in (
        lambda: act(send_edition, house.config, name, clock=clock),
        lambda: act(begin_sending, house.config, name, clock=clock),
        lambda: act(run_slot, house.config, "staggers", clock=clock),
        lambda: approve_rendered(house.config, name, yes=True, actor="ada", note="", clock=clock),
    ):
        with pytest.raises(EditionFaulty, match="https") as refused:
            attempt()
        assert f"`briefing render {name}`" in str(refused.value)
    assert house.letters() == {}
    with the_store(house.config, house.now) as store:
        assert store.mailings.find(name) is None
        assert store.approvals.of(name) == ()


def test_readers_who_are_frozen_while_the_checks_are_done_are_let_go_again_when_they_find_an_error(
    house, monkeypatch
):
    monkeypatch.setattr("briefing.actions.sending.send._MANY", 1)
    frozen = []

    def noted(mailings, *arguments, **settings):
        frozen.append(FREEZE(mailings, *arguments, **settings))
        return frozen[-1]

    monkeypatch.setattr(Mailings, "freeze", noted)
    name, clock = drafted(house), clock_of(house)
    with open_desk(house.config, clock) as desk:
        sync_list(desk, "readers")
        # What is committed before the mailing is would wait for the checks.
        listed(desk).write_text("email,name,tags\n")
    for attempt in (send_edition, begin_sending):
        with pytest.raises(EditionFaulty, match="https"):
            act(attempt, house.config, name, clock=clock)
    assert len(frozen) == 2
    assert house.letters() == {}
    with the_store(house.config, house.now) as store, store.database.read() as connection:
        assert store.mailings.find(name) is None
        assert connection.execute(text("SELECT count(*) FROM deliveries")).scalar_one() == 0
        assert miscounted(connection) == ()


def listed(desk):
    return desk.config.path(desk.config.lists["readers"].path)


def test_an_edition_that_the_checks_refuse_brings_nobody_on_its_list_and_ends_no_pause(
    house, monkeypatch
):
    monkeypatch.setattr("briefing.actions.sending.send._MANY", 1)
    name, clock = drafted(house), clock_of(house)
    before = house.now.timestamp() - 1
    with open_desk(house.config, clock) as desk:
        sync_list(desk, "readers")
        first = next(desk.store.subscribers.each("readers"))
        desk.store.choices.pause(first.id, before, cause="asked", actor="reader", now=before)
        stood = [*desk.store.subscribers.each("readers")]

        def attempted():
            with pytest.raises(EditionFaulty, match="https"):
                send_edition(desk, name)
            assert [*desk.store.subscribers.each("readers")] == stood

        attempted()
        with listed(desk).open("a") as rows:
            rows.write("new@example.net,New,\n")
        attempted()


@pytest.mark.parametrize("many", [1, 10_000])
def test_what_the_checks_find_is_said_before_that_nobody_has_approved(tmp_path, monkeypatch, many):
    monkeypatch.setattr("briefing.actions.sending.send._MANY", many)
    house = Week(tmp_path, approval='"required"')
    name, clock = drafted(house), clock_of(house)
    with open_desk(house.config, clock) as desk:
        sync_list(desk, "readers")
    with pytest.raises(EditionFaulty, match="https"):
        act(send_edition, house.config, name, clock=clock)


@pytest.mark.parametrize("on_unapproved", ['"hold"', '"alert"'])
@pytest.mark.parametrize("approval", ['"automatic"', '"required"'])
def test_the_clock_holds_an_edition_with_an_error_and_tells_it_once(
    tmp_path, approval, on_unapproved
):
    house = Week(tmp_path, approval=approval, on_unapproved=on_unapproved)
    house.page("monday", "Harbour Bridge")
    spoil(house)
    house.live(at(0, 7, 30))
    (said,) = house.told
    assert "https" in said
    assert f"`briefing render {EDITION}`" in said
    assert house.slots() == {"2026-11-23": Course.DRAFTED}
    assert house.letters() == {}
    (coming,) = act(standing, house.config, clock=clock_of(house)).next
    assert coming.waits_for != "its hour"


def test_where_late_editions_are_skipped_the_slot_is_told_once_with_the_reason(tmp_path):
    house = Week(tmp_path, on_unapproved='"skip"')
    house.page("monday", "Harbour Bridge")
    spoil(house)
    house.live(at(0, 9))
    before, said = house.told
    assert before.startswith(f"{EDITION} is not sent: ")
    assert "2026-11-23T06:30 Europe/London: skipped. " in said
    assert "https" in said
    assert "`briefing run staggers --slot 2026-11-23`" in said
    assert house.letters() == {}


def test_what_was_put_right_and_rendered_again_leaves_at_the_next_look(house):
    house.page("monday", "Harbour Bridge")
    spoil(house)
    house.live(at(0, 7))
    spoil(house, "https://briefing.example.org")
    act(render_edition, house.config, EDITION)
    house.live(at(0, 8))
    assert house.slots() == {"2026-11-23": Course.SENT}
    assert house.letters() == {EDITION: 8}


def test_a_yes_in_the_browser_passes_the_gate_too(newsroom_folder):
    with opened(newsroom_folder) as desk:
        with pytest.raises(EditionHeld):
            desk.say()
        desk.decide()
        site = desk.room.config.site.model_copy(update={"public_url": "http://harbour.lan"})
        desk.room = replace(desk.room, config=desk.room.config.model_copy(update={"site": site}))
        with pytest.raises(EditionHeld):
            desk.say()
        assert desk.room.store.approvals.of(EDITION) == ()


def test_a_mailing_whose_bytes_changed_after_the_gate_is_not_sent_on(house):
    house.page("monday", "Harbour Bridge")
    house.now = at(0, 5)
    name = act(draft, house.config, "staggers", clock=lambda: house.now).edition.id
    act(render_edition, house.config, name)
    mailing = act(begin_sending, house.config, name, clock=clock_of(house))
    other = replace(mailing, email=replace(mailing.email, subject="Something else"))
    with (
        open_desk(house.config, clock_of(house)) as desk,
        pytest.raises(SendError, match="not the one that was let through"),
    ):
        deliver(desk, other)
    assert house.letters() == {}


# ---------------------------------------------------------------- every door there is


@pytest.fixture(scope="module")
def program():
    """Every function of the rooms that have doors."""
    return functions(SOURCE, ("actions", "cli", "web"))


def test_no_function_of_the_program_goes_round_the_gate(program):
    assert [sentence for one in program for sentence in one.ungated()] == []


def test_the_walk_finds_every_door_there_is(program):
    doors = leading_to_letters(program)
    assert doors >= {
        *("send_edition", "begin_sending", "retry", "run_slot", "approve"),
        *("attend", "carry_on", "deliver", "work"),
    }
    assert doors.isdisjoint({"draft", "lint", "dry_run", "test_send", "steer", "deliveries"})


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("store.mailings.freeze(edition, email, name, now)", "call the_sendable"),
        ("store.mailings.freeze(*the_sendable(config, store, name))", None),
        ("the_sendable(config, store, name)\n    store.mailings.freeze(edition)", None),
        ("store.mailings.freeze(edition)\n    the_sendable(config, store, name)", "goes round"),
        (
            "with checking_apart() as checking:\n"
            "        the_sendable(config, name, checking)\n"
            "        with checking.passed():\n            store.mailings.freeze(edition)",
            None,
        ),
        (
            "with checking_apart() as checking:\n"
            "        the_sendable(config, name, checking)\n        store.mailings.freeze(edition)",
            "whatever the checks find",
        ),
        ("store.approvals.record(word)", "call refuse_unfit"),
        ("posting = Posting(ledger, way)", "call refuse_altered"),
        ("later = partial(store.mailings.freeze, edition)", "call the_sendable"),
        ("connection.post(letter)", "let deliver.py post them"),
    ],
)
def test_a_door_that_goes_round_the_gate_is_named_with_what_to_do(tmp_path, body, sentence):
    (tmp_path / "hurry.py").write_text(f"def hurry(store):\n    {body}\n")
    (found,) = functions(tmp_path)
    said = " ".join(found.ungated())
    assert sentence in said if sentence else not said
    assert ("hurry.hurry, line 1, " in said) is (sentence is not None)


# ---------------------------------------------------------------- what the commands say


def test_every_command_refuses_a_label_that_readers_do_not_take_for_advertisement(
    tmp_path, monkeypatch
):
    make_house(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BRIEFING_SPONSORS__LABEL", "Partner")

    def brief(*arguments):
        done = CliRunner().invoke(app, arguments)
        # `run` of the package tells errors; here they are what was raised.
        return done.exit_code, f"{done.output} {done.exception or ''}"

    assert brief("draft")[0] == 0
    code, said = brief("render")
    assert code == 0
    assert "is not clear enough; set [sponsors] label" in said.replace("\n", " ")
    assert "briefing send" not in said
    for command in ("send", "run", "approve"):
        code, said = brief(command)
        assert code != 0
        assert "is not clear enough; set [sponsors] label" in said.replace("\n", " "), command
    assert not list(tmp_path.glob("var/outbox/*"))
    monkeypatch.delenv("BRIEFING_SPONSORS__LABEL")
    assert "briefing send" in brief("render")[1]
    assert brief("send")[0] == 0
