"""Editors and their sessions: opaque, ended in time, and ended by whatever changes who somebody is."""

import pytest

from briefing.errors import DeskError
from briefing.model.editor import RIGHTS, Editor, Right, Role
from briefing.store.editions.accounts import LONGEST

ADA = Editor(name="ada", role=Role.EDITOR, password="$argon2id$x", since=1.0)


@pytest.fixture
def editors(house):
    house.store.editors.add(ADA)
    return house.store.editors


def test_editors_come_back_equal_and_by_name(editors):
    ben = Editor(name="Ben", role=Role.VIEWER, password="h", since=2.5)
    editors.add(ben)
    assert editors.find("ada") == ADA
    assert editors.find("ADA") is None
    assert {editor.name for editor in editors.all()} == {"ada", "Ben"}
    with pytest.raises(DeskError, match="is an editor 'ada' already"):
        editors.add(ADA)


def test_somebody_unknown_is_named_with_those_there_are(editors):
    for ask in (
        lambda: editors.change("eve", role=Role.OPS),
        lambda: editors.change("eve", password="h"),
        lambda: editors.remove("eve"),
    ):
        with pytest.raises(DeskError, match="no editor 'eve'; there are: ada"):
            ask()


@pytest.mark.parametrize("role", [*Role, None])
def test_a_session_has_the_rights_of_its_role_and_the_person_at_the_machine_all(house, role):
    house.store.editors.sign_in("token", "somebody", role, 10.0)
    session = house.store.editors.session("token", 11.0)
    assert session.rights == (RIGHTS[role] if role else set(Right))
    assert house.store.editors.session("other", 11.0) is None
    assert house.store.editors.session("", 11.0) is None


@pytest.mark.parametrize(
    "end",
    [
        lambda editors: editors.change("ada", role=Role.VIEWER),
        lambda editors: editors.change("ada", password="other"),
        lambda editors: editors.remove("ada"),
    ],
    ids=["another role", "another password", "removed"],
)
def test_whatever_changes_who_somebody_is_ends_all_their_sessions_and_nobody_elses(editors, end):
    for token, actor in (("one", "ada"), ("two", "ada"), ("theirs", "ben")):
        editors.sign_in(token, actor, Role.EDITOR, 10.0)
    end(editors)
    assert editors.session("one", 11.0) is None
    assert editors.session("two", 11.0) is None
    assert editors.session("theirs", 11.0).actor == "ben"


def test_signing_out_ends_the_session_of_this_browser_alone(editors):
    for token in ("one", "two"):
        editors.sign_in(token, "ada", Role.EDITOR, 10.0)
    editors.sign_out("one")
    assert editors.session("one", 11.0) is None
    assert editors.session("two", 11.0) is not None


def test_a_session_is_over_after_twelve_hours_however_often_it_is_used(editors):
    editors.sign_in("token", "ada", Role.EDITOR, 0.0)
    for now in range(0, int(LONGEST), 3_600):
        assert editors.session("token", now) is not None
    assert editors.session("token", LONGEST) is None


def test_somebody_sees_their_own_sessions_and_ends_one_of_them_and_nobody_elses(editors):
    for token, actor in (("one", "ada"), ("two", "ada"), ("three", "eve")):
        editors.sign_in(token, actor, Role.EDITOR, 1.0, f"browser {token}")
    seen = editors.signed_in("ada", "one", 2.0)
    assert {(one.browser, one.is_this) for one in seen} == {
        ("browser one", True),
        ("browser two", False),
    }
    (two,) = (one.handle for one in seen if not one.is_this)
    (three,) = (one.handle for one in editors.signed_in("eve", "three", 2.0))
    assert not editors.end("ada", three)
    assert not editors.end("ada", two[:8])
    assert not editors.end("ada", "%")
    assert editors.end("ada", two)
    assert [editors.session(token, 3.0) is not None for token in ("one", "two", "three")] == [
        True,
        False,
        True,
    ]


def test_the_token_itself_is_nowhere_in_the_table(house):
    house.store.editors.sign_in("a-very-secret-token", "ada", Role.EDITOR, 10.0)
    with house.store.database.read() as connection:
        (row,) = connection.exec_driver_sql("SELECT * FROM sessions").all()
    assert "a-very-secret-token" not in str(row)


LIMITS = {"ada here": 2, "from here": 3}


def test_a_try_is_refused_when_any_mark_has_had_its_tries(editors):
    for at in (1.0, 2.0):
        assert editors.attempt(LIMITS, since=0.0, at=at)
    assert editors.attempt(LIMITS, since=0.0, at=3.0) is None
    assert editors.attempt({"ben here": 2, "from here": 3}, since=0.0, at=4.0)
    assert editors.attempt({"cy here": 2, "from here": 3}, since=0.0, at=5.0) is None
    assert editors.attempt({"cy there": 2, "from there": 3}, since=0.0, at=6.0)


def test_tries_that_were_right_or_are_long_past_do_not_count(editors):
    for at in (1.0, 2.0, 3.0):
        editors.forgive(editors.attempt(LIMITS, since=0.0, at=at))
    for at in (4.0, 5.0):
        assert editors.attempt(LIMITS, since=0.0, at=at)
    assert editors.attempt(LIMITS, since=4.0, at=6.0), "the one at 4 is past"
    assert editors.attempt(LIMITS, since=4.0, at=6.5) is None
