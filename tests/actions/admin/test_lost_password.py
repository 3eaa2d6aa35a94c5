"""A link by mail lets its owner choose another password, once, and tells nobody who has a name."""

import re

import pytest
from tests.newsrooms import Desk

from briefing.actions.admin.accounts import add_editor, sign_in
from briefing.actions.admin.lost_password import lost_password, new_password, set_own_address
from briefing.errors import DeskError
from briefing.model.editor import Role

OLD, NEW, PEER = "four words do very well", "another five words for it", "203.0.113.7"


@pytest.fixture
def ada(desk: Desk) -> Desk:
    add_editor(desk.room, "ada", Role.EDITOR, OLD)
    set_own_address(desk.room, "ada", OLD, "ada@example.org")
    return desk


def token_of(letter) -> str:
    text = letter.wire.decode().replace("=\r\n", "").replace("=3D", "=")
    return re.search(r"/sign-in/new\?token=([\w-]+)", text)[1]


def test_the_link_changes_the_password_once_and_signs_everybody_out(ada):
    held = sign_in(ada.room, "ada", OLD, PEER)
    letter = lost_password(ada.room, "ada", PEER)
    assert (letter.recipient, b"Auto-Submitted: auto-generated" in letter.wire) == (
        "ada@example.org",
        True,
    )
    token = token_of(letter)
    with pytest.raises(DeskError):
        new_password(ada.room, token, "short")
    assert new_password(ada.room, token, NEW) == "ada"
    with pytest.raises(DeskError, match="was used"):
        new_password(ada.room, token, OLD)
    assert sign_in(ada.room, "ada", NEW, PEER)
    with pytest.raises(DeskError):
        sign_in(ada.room, "ada", OLD, PEER)
    now = ada.clock().timestamp()
    assert len(ada.room.store.editors.signed_in("ada", held, now)) == 1, "the old session is gone"


def test_a_link_is_too_old_after_half_an_hour_and_replaced_by_a_newer_one(ada):
    first = token_of(lost_password(ada.room, "ada", PEER))
    second = token_of(lost_password(ada.room, "ada", PEER))
    with pytest.raises(DeskError, match="replaced"):
        new_password(ada.room, first, NEW)
    ada.clock.wait(minutes=31)
    with pytest.raises(DeskError, match="older than half an hour"):
        new_password(ada.room, second, NEW)


def test_nobody_is_written_to_who_has_no_name_or_gave_no_address_or_asks_too_often(ada):
    add_editor(ada.room, "ben", Role.EDITOR, OLD)
    assert lost_password(ada.room, "ben", PEER) is None
    assert lost_password(ada.room, "nobody", PEER) is None
    letters = [lost_password(ada.room, "ada", PEER) for _ in range(5)]
    assert [one is not None for one in letters] == [True, True, True, False, False]


def test_an_address_needs_the_password_and_goes_with_its_owner(ada):
    with pytest.raises(DeskError, match="present password"):
        set_own_address(ada.room, "ada", "guessed words of somebody", "thief@example.org")
    for odd in (
        "ada",
        "a b@example.org",
        "@example.org",
        "a@b@example.org",
        "a@example.org\nBcc: b",
    ):
        with pytest.raises(DeskError, match="is not a mail address"):
            set_own_address(ada.room, "ada", OLD, odd)
    token = token_of(lost_password(ada.room, "ada", PEER))
    ada.room.store.editors.remove("ada")
    assert ada.room.store.password_links.address_of("ada") == ""
    with pytest.raises(DeskError, match="was used"):
        new_password(ada.room, token, NEW)
