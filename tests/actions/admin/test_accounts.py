"""Who comes in, how often somebody may guess, and that every guess costs the same work."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from argon2 import PasswordHasher

from briefing.actions.admin import passwords
from briefing.actions.admin.accounts import (
    GUESSES,
    TRIES,
    TRIES_OF_NAME,
    TRIES_OF_NETWORK,
    WITHIN,
    Invitation,
    add_editor,
    change_own_password,
    change_password,
    refuse_open_door,
    sign_in,
)
from briefing.actions.admin.passwords import LONGEST, SHORTEST
from briefing.errors import DeskError
from briefing.model.editor import Right, Role

PASSWORD = "four words do very well"
NEW = "lanterns over a quiet viaduct"
HERE = "192.0.2.7"


@pytest.fixture
def costly_passwords():
    """Passwords cost what they do in a house: for what is about that, and for guesses that overlap."""


@pytest.fixture(autouse=True)
def _cheaply(request):
    """In all other tests they cost little."""
    if "costly_passwords" not in request.fixturenames:
        request.getfixturevalue("quick_passwords")


@pytest.fixture
def ada(desk):
    add_editor(desk.room, "ada", Role.APPROVER, PASSWORD)
    return desk


@pytest.fixture
def hashes(monkeypatch):
    """The passwords that were hashed to be compared."""
    seen, lock, real = [], threading.Lock(), passwords._HASHER

    class Counting:
        def verify(self, kept, password):
            with lock:
                seen.append(password)
            return real.verify(kept, password)

        def hash(self, password):
            return real.hash(password)

        def check_needs_rehash(self, kept):
            return real.check_needs_rehash(kept)

    monkeypatch.setattr(passwords, "_HASHER", Counting())
    return seen


def session(desk, token):
    return desk.room.store.editors.session(token, desk.clock().timestamp())


def guess(desk, name="ada", network=HERE, password="wrong wrong wrong wrong"):
    with pytest.raises(DeskError) as refused:
        sign_in(desk.room, name, password, network)
    return str(refused.value)


def test_passwords_are_kept_as_argon2id_with_the_parameters_owasp_names(costly_passwords, ada):
    kept = ada.room.store.editors.find("ada").password
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert PASSWORD not in "".join(ada.rows())


def test_a_right_password_begins_a_session_with_the_rights_of_the_role(ada):
    token = sign_in(ada.room, "ada", PASSWORD, HERE)
    found = session(ada, token)
    assert (found.actor, found.rights) == ("ada", {Right.EDIT, Right.APPROVE})
    assert len(token) >= 40
    assert token not in "".join(ada.rows()), "what a thief finds in the table opens nothing"


@pytest.mark.parametrize("name", ["ada", "nobody", ""])
def test_name_and_password_are_refused_in_the_same_words_for_the_same_work(ada, hashes, name):
    said = guess(ada, name=name)
    assert said == "That name and that password do not belong together."
    assert len(hashes) == 1, "an unknown name costs a hash like a known one"


def test_after_five_wrong_passwords_a_name_waits_a_quarter_of_an_hour_even_with_the_right_one(
    ada, hashes
):
    for _ in range(TRIES):
        assert "do not belong together" in guess(ada)
    assert "Wait a quarter of an hour" in guess(ada, password=PASSWORD)
    assert len(hashes) == TRIES, "and costs no more work"
    assert sign_in(ada.room, "ada", PASSWORD, "198.51.100.1"), "from elsewhere the owner comes in"
    ada.clock.wait(seconds=WITHIN - 1)
    assert "too many" in guess(ada, password=PASSWORD)
    ada.clock.wait(seconds=2)
    assert sign_in(ada.room, "ada", PASSWORD, HERE)


def test_after_thirty_wrong_passwords_a_network_waits_whatever_the_names(ada):
    for number in range(TRIES_OF_NETWORK):
        assert "do not belong together" in guess(ada, name=f"guess{number}")
    assert "too many" in guess(ada, password=PASSWORD)


def test_a_name_is_guessed_at_so_often_from_everywhere_and_its_owner_is_told(ada):
    """Each /24 and each /64 counts as one, so a network has no endless supply of addresses."""
    for number in range(TRIES_OF_NAME):
        assert "do not belong together" in guess(ada, network=f"2001:db8:0:{number}::1")
    assert "too many" in guess(ada, network="203.0.113.9", password=PASSWORD)
    guess(ada, network="203.0.113.9")
    (told,) = ada.room.store.audit_log.of("ada", GUESSES, most=5)
    assert "wrong passwords" in told.detail


@pytest.mark.parametrize("form", ["192.0.2.{}", "2001:db8::{}", "::ffff:192.0.2.{}"])
def test_addresses_of_one_network_are_one_asker(ada, form):
    for number in range(TRIES):
        assert "do not belong together" in guess(ada, network=form.format(number + 1))
    assert "too many" in guess(ada, network=form.format(77))


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaaaaa",
        "passwordpassword",
        " " * 20,
        "viewerviewerviewer",
        "123456789012345",
        "Viewer Briefing Viewer",
        "letmeinletmeinletmein",
        "qwertyuiopasdfgh",
    ],
)
def test_passwords_that_everybody_tries_first_are_refused(desk, password):
    with pytest.raises(DeskError, match=r"easy to guess: .+ Four or five words do well"):
        add_editor(desk.room, "viewer", Role.VIEWER, password)


def test_a_password_hashed_with_older_parameters_is_hashed_again_when_it_fits(
    costly_passwords, ada
):
    weak = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(PASSWORD)
    store = ada.room.store.editors
    store.change("ada", password=weak)
    token = sign_in(ada.room, "ada", PASSWORD, HERE)
    assert store.find("ada").password != weak
    assert session(ada, token) is not None
    kept = store.find("ada").password
    sign_in(ada.room, "ada", PASSWORD, HERE)
    assert store.find("ada").password == kept


def test_right_passwords_are_not_counted(ada):
    for _ in range(TRIES * 2):
        sign_in(ada.room, "ada", PASSWORD, HERE)
    assert "do not belong together" in guess(ada)


def test_many_guesses_at_once_are_counted_like_one_after_the_other(costly_passwords, ada, hashes):
    with ThreadPoolExecutor(16) as pool:
        said = list(pool.map(lambda _: guess(ada), range(32)))
    assert len(hashes) == TRIES
    assert sum("too many" in one for one in said) == 32 - TRIES


def test_a_password_longer_than_any_is_not_hashed(ada, hashes):
    guess(ada, password="x" * (LONGEST + 1))
    assert hashes == []


@pytest.mark.parametrize("length", [0, SHORTEST - 1, LONGEST + 1])
def test_a_new_password_is_neither_short_nor_endless(desk, length):
    with pytest.raises(DeskError, match=f"has 15 to 256 characters; this one has {length}"):
        add_editor(desk.room, "ben", Role.EDITOR, "x" * length)
    assert desk.room.store.editors.all() == ()


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 64, "\x00"])
def test_a_name_is_one_line_of_letters(desk, name):
    with pytest.raises(DeskError, match="is not a name for an editor"):
        add_editor(desk.room, name, Role.EDITOR, PASSWORD)


def test_ones_own_password_is_changed_with_the_old_one_and_every_other_session_ends(ada):
    elsewhere = sign_in(ada.room, "ada", PASSWORD, HERE)
    before = ada.rows()
    with pytest.raises(DeskError, match="nothing was changed"):
        change_own_password(ada.room, "ada", "another one entirely", NEW)
    assert ada.room.store.editors.find("ada").password in "".join(before)
    here = change_own_password(ada.room, "ada", PASSWORD, NEW)
    assert session(ada, elsewhere) is None
    assert session(ada, here).actor == "ada"
    guess(ada, password=PASSWORD)
    assert sign_in(ada.room, "ada", NEW, HERE)


def test_who_took_over_a_browser_cannot_guess_the_old_password_for_ever(ada, hashes):
    for _ in range(TRIES + 3):
        with pytest.raises(DeskError):
            change_own_password(ada.room, "ada", "wrong wrong wrong", NEW)
    assert len(hashes) == TRIES


def test_another_persons_word_changes_a_password_and_ends_the_sessions(ada):
    token = sign_in(ada.room, "ada", PASSWORD, HERE)
    change_password(ada.room, "ada", NEW)
    assert session(ada, token) is None
    with pytest.raises(DeskError, match="no editor 'eve'; there are: ada"):
        change_password(ada.room, "eve", NEW)


def test_an_invitation_lets_in_once_with_every_right(desk):
    invitation = Invitation("ada")
    link = invitation.token
    for other in ("", link[:-1], link + "x", "é"):
        with pytest.raises(DeskError, match="was used, or is from an earlier start"):
            invitation.accept(desk.room, other)
    assert session(desk, invitation.accept(desk.room, link)).rights == set(Right)
    for again in (link, ""):
        with pytest.raises(DeskError, match="was used"):
            invitation.accept(desk.room, again)


def test_of_many_who_follow_the_link_at_once_one_comes_in(desk):
    invitation = Invitation("ada")
    link = invitation.token

    def accept(_):
        try:
            return invitation.accept(desk.room, link)
        except DeskError:
            return None

    with ThreadPoolExecutor(16) as pool:
        assert sum(one is not None for one in pool.map(accept, range(64))) == 1


def test_no_two_invitations_are_alike():
    assert len({Invitation("ada").token for _ in range(100)}) == 100


def elsewhere(desk, **keys):
    changed = desk.room.config.desk.model_copy(update=keys)
    config = desk.room.config.model_copy(update={"desk": changed})
    return replace(desk.room, config=config)


def test_where_strangers_reach_it_the_desk_asks_for_editors_and_for_tls_and_names_both(desk):
    with pytest.raises(DeskError) as refused:
        refuse_open_door(elsewhere(desk, listen="0.0.0.0:8081"))
    assert "0.0.0.0:8081" in str(refused.value)
    assert "briefing editors add" in str(refused.value)
    assert "cert_file and key_file" in str(refused.value)


def test_with_editors_and_tls_the_desk_opens_to_others_and_on_this_machine_it_always_does(ada):
    store = ada.room.store
    refuse_open_door(elsewhere(ada))
    safe = {"listen": "192.0.2.1:443", "cert_file": "c.pem", "key_file": "k.pem"}
    refuse_open_door(elsewhere(ada, **safe))
    proxied = {"public_url": "https://desk.example.org", "proxies": ("127.0.0.1",)}
    refuse_open_door(elsewhere(ada, **proxied))
    store.editors.remove("ada")
    for open_door in (safe, proxied):
        with pytest.raises(DeskError, match="there are no editors"):
            refuse_open_door(elsewhere(ada, **open_door))


def test_everywhere_without_a_name_no_browser_would_be_answered_so_it_is_asked_for(ada):
    everywhere = {"listen": "0.0.0.0:443", "cert_file": "c.pem", "key_file": "k.pem"}
    with pytest.raises(DeskError, match="public_url"):
        refuse_open_door(elsewhere(ada, **everywhere))
    named = {**everywhere, "public_url": "https://desk.example.org"}
    refuse_open_door(elsewhere(ada, **named))
