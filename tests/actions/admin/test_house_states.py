"""A house that lost a part of itself says so and stops; a restore undoes nobody's departure."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from tests.desks import act
from tests.newsrooms import new_house
from tests.workers.copies import copied

from briefing.actions.admin.accounts import add_editor, change_password
from briefing.actions.admin.backup import make_backup
from briefing.actions.admin.departures import rebuild_book, verify_book
from briefing.actions.admin.init import begin_new_house
from briefing.actions.admin.restore import look_at_backup, restore_backup
from briefing.actions.context import open_desk
from briefing.actions.readers.import_list import sync_list
from briefing.actions.readers.lists import change_readers, erase_reader
from briefing.config import load_config
from briefing.errors import BriefingError, StoreError, SubscriberError
from briefing.model.delivery import Bounce
from briefing.model.editor import Role
from briefing.model.subscriber import Standing

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
OLD, NEW = "four words do very well", "lanterns over a quiet viaduct"
NAMES = ("ada", "ben", "cy", "dot", "eve", "fay")


def filled(folder):
    """A house with six readers and two editors."""
    config = new_house(folder, readers=(f"{name}@example.org,{name}," for name in NAMES))
    with open_desk(config, lambda: NOW) as desk:
        sync_list(desk, "readers")
        add_editor(desk, "gone", Role.APPROVER, OLD)
        add_editor(desk, "stays", Role.APPROVER, OLD)
    return config


@pytest.fixture(scope="module")
def one_house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("filled") / "house"
    filled(folder)
    return folder


@pytest.fixture
def config(one_house, tmp_path):
    copied(one_house, tmp_path / "house")
    return load_config(tmp_path / "house" / "config.toml")


def var(config):
    return config.path(config.data.path)


def standings(config):
    with open_desk(config, lambda: LATER) as desk:
        store = desk.store
        found = {name: store.subscribers.find(f"{name}@example.org", "readers") for name in NAMES}
    return {name: str(rows[0].standing) if rows else "" for name, rows in found.items()}


def everybody_leaves(config, now=NOW):
    """Each in their own way, and the editors change too."""
    at = now.timestamp() + 60
    with open_desk(config, lambda: now + timedelta(minutes=1)) as desk:
        store = desk.store
        for name, becomes in (("ada", Standing.UNSUBSCRIBED), ("eve", Standing.PAUSED)):
            change_readers(desk, f"{name}@example.org", becomes,
                only_from=(Standing.ACTIVE,), cause="asked", actor="ops")  # fmt: skip
        erase_reader(desk, "ben@example.org", actor="ops")
        for name, kind in (("cy", Bounce.COMPLAINT), ("dot", Bounce.HARD)):
            (reader,) = store.subscribers.find(f"{name}@example.org", "readers")
            store.bounces.reported(
                name.encode(), reader=reader.id, mailing=None, kind=kind, status="", detail="",
                now=at,
            )  # fmt: skip
        store.editors.remove("gone")
        store.editors.change("stays", role=Role.VIEWER)
        change_password(desk, "stays", NEW)


LEFT = {
    "ada": "unsubscribed",
    "ben": "",
    "cy": "complained",
    "dot": "bounced",
    "eve": "paused",
    "fay": "active",
}


def test_a_restore_undoes_no_departure_and_brings_no_editor_back(config, tmp_path):
    copy = act(make_backup, config, tmp_path / "copy.db", clock=lambda: NOW)
    everybody_leaves(config)
    with open_desk(config, lambda: LATER) as desk:
        store = desk.store
        password = store.editors.find("stays").password
        store.editors.sign_in("held", "stays", Role.VIEWER, LATER.timestamp())
    outlook = look_at_backup(config, copy)
    assert dict(outlook.stays)["readers unsubscribed"] == 1
    assert dict(outlook.stays)["editors removed"] == 1
    assert restore_backup(config, copy, lambda: LATER).changed == 7
    assert standings(config) == LEFT
    with open_desk(config, lambda: LATER) as desk:
        store = desk.store
        (editor,) = store.editors.all()
        assert (editor.name, editor.role, editor.password) == ("stays", Role.VIEWER, password)
        assert store.editors.session("held", LATER.timestamp()) is None
        assert sync_list(desk, "readers").opted_out == 4
    assert standings(config) == LEFT


def test_who_came_back_by_themselves_is_not_sent_away_by_an_old_line(config, tmp_path):
    copy = act(make_backup, config, tmp_path / "copy.db", clock=lambda: NOW)
    with open_desk(config, lambda: NOW) as desk:
        store = desk.store
        (reader,) = store.subscribers.find("ada@example.org", "readers")
        for becomes, at in ((Standing.UNSUBSCRIBED, 60), (Standing.ACTIVE, 120)):
            store.subscribers.change(
                reader.id, becomes, cause="x", actor="reader", now=NOW.timestamp() + at
            )
    restore_backup(config, copy, lambda: LATER)
    assert standings(config)["ada"] == "active"


def test_who_joined_and_left_after_the_copy_is_brought_in_by_no_import(config, tmp_path):
    copy = act(make_backup, config, tmp_path / "copy.db", clock=lambda: NOW)
    listed = config.path(config.lists["readers"].path)
    listed.write_text(listed.read_text() + "zoe@example.org,Zoe\n")
    with open_desk(config, lambda: NOW) as desk:
        store = desk.store
        sync_list(desk, "readers")
        change_readers(desk, "zoe@example.org", Standing.UNSUBSCRIBED,
            only_from=(Standing.ACTIVE,), cause="x", actor="ops")  # fmt: skip
    outlook = look_at_backup(config, copy)
    assert outlook.readers == 1
    restore_backup(config, copy, lambda: LATER)
    with open_desk(config, lambda: LATER) as desk:
        store = desk.store
        done = sync_list(desk, "readers")
        assert (done.added, done.opted_out) == (0, 1)
        assert store.subscribers.find("zoe@example.org") == ()


def test_a_copy_of_a_newer_program_is_refused_before_anything_is_moved(config, tmp_path):
    copy = act(make_backup, config, tmp_path / "newer.db", clock=lambda: NOW)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9042'")
        connection.commit()
    before = (var(config) / "briefing.db").read_bytes()
    with pytest.raises(StoreError, match=r"9042.*newer briefing.*older backup"):
        restore_backup(config, copy, lambda: LATER)
    assert (var(config) / "briefing.db").read_bytes() == before
    assert not list((var(config) / "backups").glob("replaced-*"))
    assert standings(config)["ada"] == "active"


def test_a_copy_of_another_house_is_refused(config, tmp_path):
    other = filled(tmp_path / "other")
    copy = act(make_backup, other, tmp_path / "other.db", clock=lambda: NOW)
    with pytest.raises(StoreError, match=r"another signing\.key"):
        restore_backup(config, copy, lambda: LATER)
    assert standings(config)["ada"] == "active"


def lost(path):
    path.unlink()


def empty(path):
    path.write_bytes(b"")


def rubbish(path):
    path.write_bytes(b"this is not what you think it is\n" * 40)


def cut_short(path):
    content = path.read_bytes().rstrip(b"\0")
    path.write_bytes(content[: len(content) // 2])


@pytest.mark.parametrize("harm", [lost, empty, rubbish, cut_short])
@pytest.mark.parametrize("part", ["briefing.db", "signing.key", "departures.log"])
def test_a_house_without_one_of_its_parts_says_so_and_stops_and_nothing_is_made(config, part, harm):
    everybody_leaves(config)
    for end in ("-wal", "-shm"):
        (var(config) / f"briefing.db{end}").unlink(missing_ok=True)
    harm(var(config) / part)
    before = {path.name: path.read_bytes() for path in var(config).iterdir() if path.is_file()}
    with pytest.raises(StoreError) as refused, open_desk(config, lambda: LATER):
        pass
    said = str(refused.value)
    assert part.partition(".")[0] in said.replace("database", "briefing"), said
    assert any(step in said for step in ("ring", "restore", "Use another", "departures --rebuild"))
    after = {path.name: path.read_bytes() for path in var(config).iterdir() if path.is_file()}
    assert after == before


def test_a_database_that_is_gone_is_no_new_house_and_nobody_is_mailed_again(config):
    everybody_leaves(config)
    copy = act(make_backup, config, clock=lambda: LATER)
    (var(config) / "briefing.db").unlink()
    for _ in range(2):
        with pytest.raises(StoreError, match=r"restore FILE.*init --new-house"):
            standings(config)
    restore_backup(config, copy, lambda: LATER)
    assert standings(config) == LEFT


def test_only_when_it_is_said_a_house_begins_again_and_then_too_who_left_stays_gone(config):
    everybody_leaves(config)
    (var(config) / "briefing.db").unlink()
    kept, departures = begin_new_house(config, LATER)
    assert departures >= 5
    with open_desk(config, lambda: LATER) as desk:
        done = sync_list(desk, "readers")
    assert (done.added, done.opted_out) == (1, 5)
    assert kept.is_dir()


def test_a_lost_key_is_never_made_again_beside_a_database_in_use(config):
    with open_desk(config, lambda: NOW) as desk:
        erase_reader(desk, "ben@example.org", actor="ops")
    key = var(config) / "signing.key"
    content = key.read_bytes()
    key.unlink()
    with pytest.raises(StoreError, match=r"signing\.key is not there.*Bring it back"):
        standings(config)
    assert not key.exists()
    key.write_bytes(b"ab" * 32 + b"\n")
    with pytest.raises(StoreError, match="not the key that"):
        standings(config)
    key.write_bytes(content)
    assert standings(config)["ben"] == ""


def test_with_key_and_database_lost_a_new_house_still_knows_whoever_the_old_one_names(config):
    everybody_leaves(config)
    (var(config) / "signing.key").unlink()
    begin_new_house(config, LATER)
    with open_desk(config, lambda: LATER) as desk:
        done = sync_list(desk, "readers")
    # Of who was erased only a mark was kept, and that was made with the key.
    assert (done.added, done.opted_out) == (2, 4)


def test_a_book_that_is_gone_is_written_again_from_the_database(config):
    everybody_leaves(config)
    (var(config) / "departures.log").unlink()
    with pytest.raises(StoreError, match="departures --rebuild"):
        standings(config)
    rebuild_book(config)
    assert standings(config) == LEFT
    _, counts = verify_book(config, LATER)
    assert dict(counts)["address erased"] == 1
    (var(config) / "briefing.db").unlink()
    begin_new_house(config, LATER)
    with open_desk(config, lambda: LATER) as desk:
        assert sync_list(desk, "readers").added == 1


def test_an_older_copy_of_the_book_is_not_taken_for_the_book(config):
    older = (var(config) / "departures.log").read_bytes()
    everybody_leaves(config)
    with open_desk(config, lambda: LATER):
        pass
    (var(config) / "departures.log").write_bytes(older)
    with pytest.raises(StoreError, match=r"older copy.*departures --rebuild"):
        standings(config)


def test_a_restore_with_a_lost_book_takes_what_copy_and_database_know(config, tmp_path):
    copy = act(make_backup, config, tmp_path / "copy.db", clock=lambda: NOW)
    everybody_leaves(config)
    (var(config) / "departures.log").unlink()
    outlook = look_at_backup(config, copy)
    assert "is not there" in outlook.unknown[0]
    restore_backup(config, copy, lambda: LATER)
    assert standings(config) == LEFT
    with open_desk(config, lambda: LATER) as desk:
        store = desk.store
        assert [editor.name for editor in store.editors.all()] == ["stays"]


def test_what_a_house_writes_is_its_owners_alone_whatever_the_umask(tmp_path):

    before = os.umask(0o022)
    try:
        config = filled(tmp_path / "house")
        act(make_backup, config, clock=lambda: NOW)
        with open_desk(config, lambda: NOW):
            found = [path for path in var(config).rglob("*") if path.is_file()]
            modes = {path.name: oct(path.stat().st_mode & 0o777) for path in found}
            folders = [path for path in (var(config), *var(config).rglob("*")) if path.is_dir()]
    finally:
        os.umask(before)
    locks = {name for name in modes if name.endswith(".lock")}
    assert {mode for name, mode in modes.items() if name not in locks} == {"0o600"}
    assert {oct(path.stat().st_mode & 0o777) for path in folders} == {"0o700"}


def test_an_erased_reader_cannot_be_erased_twice_and_the_book_names_nobody(config):
    with open_desk(config, lambda: NOW) as desk:
        erase_reader(desk, "ben@example.org", actor="ops")
        with pytest.raises(SubscriberError):
            erase_reader(desk, "ben@example.org", actor="ops")
    assert b"ben" not in (var(config) / "departures.log").read_bytes()


def test_every_refusal_is_one_of_our_own(config):
    (var(config) / "briefing.db").write_bytes(b"x" * 70_000)
    with pytest.raises(BriefingError), open_desk(config, lambda: LATER):
        pass
