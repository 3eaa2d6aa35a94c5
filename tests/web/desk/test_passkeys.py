"""Passkeys: made, signed in with, and signing the very bytes of an edition; the log proves it."""

import json
import sqlite3
from contextlib import closing

import pytest
from tests.commands import run
from tests.newsrooms import EDITION, LEAD, opened
from tests.web.desk.authenticator import PRESENT, Authenticator, read, written
from tests.web.desk.conftest import PASSWORD, Browser

from briefing.actions.admin.accounts import add_editor
from briefing.actions.review.readiness import readiness
from briefing.actions.review.signatures import verify_signatures
from briefing.errors import DeskError
from briefing.model.change import Rewrite
from briefing.model.editor import Passkey, Role
from briefing.web.desk import make_desk

AT = "http://localhost:8081"
FROM_THERE = {"Sec-Fetch-Site": "same-origin", "Origin": AT, "Accept": "application/json"}


class Person(Browser):
    """A browser at the desk's name."""

    def do(self, path, fields=None, **more):
        return self.post(path, fields, FROM_THERE, **more)

    def add(self, key, *, by=None, old=PASSWORD, title="my phone"):
        options = self.do("/account/passkey/make").json()
        proof = (by or key).sign(options["get"]) if options["get"] else ""
        fields = {"made": key.make(options["create"]), "title": title}
        return self.do("/account/passkey/add", fields, old=old, passkey=proof)

    def come(self, key, **changed):
        options = self.client.post("/sign-in/passkey", headers=FROM_THERE).json()
        return self.do("/sign-in", {"passkey": key.sign(options["get"]), **changed})

    def approve(self, key=None, *, hash_="", signs=""):
        stands = hash_ or readiness(self.desk.room, self.desk.edition).hash
        fields = {"hash": stands, "warnings": "read"}
        if key:
            options = self.do("/editions/{edition}/passkey", {"hash": signs or stands}).json()
            fields["passkey"] = key.sign(options["get"])
        return self.do("/editions/{edition}/approve", fields)


@pytest.fixture
def key():
    return Authenticator(AT)


@pytest.fixture
def person(desk, ada, invitation):
    desk.decide()
    desk.rendered()
    return Person(desk, make_desk(lambda: desk.room, invitation), AT).enter()


def verbs(desk):
    return [line.verb for line in desk.room.store.audit_log.newest()]


def test_a_passkey_is_made_on_the_word_of_a_password_and_then_signs_in(person, key, desk):
    assert person.add(key, old="wrong wrong wrong").status_code == 422
    assert person.add(key).status_code == 303
    assert "my phone" in person.get("/account").text
    person.client.cookies.clear()
    assert person.come(key).status_code == 303
    assert person.is_in()
    assert desk.room.store.editors.session(person.held, desk.clock().timestamp()).actor == "ada"


def test_an_approval_is_signed_over_the_very_hash_and_the_log_proves_it(person, key, desk):
    person.add(key)
    assert person.approve(key).status_code == 200
    assert verbs(desk)[:2] == ["approve", "sign"]
    found = verify_signatures(desk.room)
    assert (found.approvals, found.signed, found.faults) == (1, 1, ())
    done = run(desk.folder, "audit")
    assert "1 signature by passkey holds, under 1 approval." in done.stdout


def test_who_has_a_passkey_approves_nowhere_without_it(person, key, desk):
    person.add(key)
    answer = person.approve()
    assert answer.status_code == 422
    assert "signs approvals with a passkey" in answer.text
    with pytest.raises(DeskError, match="at the desk, in a browser"):
        desk.say()
    assert desk.room.store.approvals.of(EDITION) == ()


def test_a_signature_of_other_bytes_another_purpose_or_another_time_is_refused(person, key, desk):
    person.add(key)
    stands = readiness(desk.room, desk.edition).hash
    assert person.approve(key, signs="0" * 64).status_code == 422
    elsewhere = person.do("/account/passkey/prove").json()["get"]
    signed = key.sign(elsewhere)
    path, fields = "/editions/{edition}/approve", {"hash": stands, "warnings": "read"}
    assert person.do(path, fields, passkey=signed).status_code == 422
    options = person.do("/editions/{edition}/passkey", {"hash": stands}).json()["get"]
    desk.clock.wait(minutes=6)
    assert person.do(path, fields, passkey=key.sign(options)).status_code == 422
    options = person.do("/editions/{edition}/passkey", {"hash": stands}).json()["get"]
    signed = key.sign(options)
    assert person.do(path, fields, passkey=signed).status_code == 200
    assert person.do(path, fields, passkey=signed).status_code == 422, "one answer a question"


def test_an_edit_between_the_question_and_the_answer_voids_the_signature(person, key, desk):
    person.add(key)
    seen = readiness(desk.room, desk.edition).hash
    desk.change(Rewrite(item=LEAD, headline="The levy falls"))
    assert person.approve(key, hash_=seen).status_code in (409, 422)
    assert desk.room.store.approvals.of(EDITION) == ()


@pytest.mark.parametrize(
    "wrong",
    [
        Authenticator("http://localhost:9999"),
        Authenticator(AT, name="elsewhere.example"),
        Authenticator(AT, flags=PRESENT),
        Authenticator(AT),
    ],
    ids=["another origin", "another name", "nobody verified", "another key"],
)
def test_a_signature_from_elsewhere_or_with_another_key_is_refused(person, key, wrong):
    person.add(key)
    assert person.approve(wrong).status_code == 422
    assert person.approve(key).status_code == 200


def test_a_passkey_that_counts_back_is_taken_for_a_copy(person, key):
    key.count = 5
    person.add(key)
    assert person.approve(key).status_code == 200
    key.count = 2
    person.client.cookies.clear()
    assert person.come(key).status_code == 403


def test_nobody_signs_with_somebody_elses_passkey(person, key, desk):
    add_editor(desk.room, "eve", Role.APPROVER, PASSWORD)
    person.enter(actor="eve")
    own = Authenticator(AT, credential=b"another passkey.")
    person.add(own)
    person.enter(actor="ada")
    person.add(key)
    assert "is eve&#39;s, and ada approves" in person.approve(own).text.replace("'", "&#39;")
    assert person.add(own, by=key).status_code == 422, "it is known as eve's"


def test_a_second_passkey_and_a_removal_need_the_first_and_not_the_password(person, key, desk):
    person.add(key)
    second = Authenticator(AT, credential=b"the second one..")
    assert person.add(second, by=second).status_code == 422
    assert person.add(second, by=key).status_code == 303
    options = person.do("/account/passkey/prove").json()["get"]
    first = json.loads(key.sign(options))["id"]
    fields = {"credential": first, "old": PASSWORD}
    assert person.do("/account/passkey/remove", fields).status_code == 422
    proof = second.sign(person.do("/account/passkey/prove").json()["get"])
    assert person.do("/account/passkey/remove", fields, passkey=proof).status_code == 303
    assert [one.credential for one in desk.room.store.passkeys.of("ada")] != [first]
    assert len(desk.room.store.passkeys.of("ada")) == 1


@pytest.mark.parametrize(
    "rubbish", ["", "[]", "{", "null", '{"id": 3}', '{"response": []}', "[" * 20_000]
)
def test_rubbish_in_place_of_an_answer_is_a_sentence(person, key, rubbish):
    person.add(key)
    assert person.do("/sign-in", {"passkey": rubbish or "x"}).status_code == 403
    fields = {"hash": "0" * 64, "passkey": rubbish or "x"}
    assert person.do("/editions/{edition}/approve", fields).status_code == 422


def test_an_answer_with_any_byte_turned_is_refused(person, key, desk):
    person.add(key)
    stands = readiness(desk.room, desk.edition).hash
    for part in ("clientDataJSON", "authenticatorData", "signature"):
        for place in range(0, 60, 7):
            options = person.do("/editions/{edition}/passkey", {"hash": stands}).json()["get"]
            answer = json.loads(key.sign(options))
            content = bytearray(read(answer["response"][part]))
            content[place % len(content)] ^= 1
            answer["response"][part] = written(bytes(content))
            fields = {"hash": stands, "warnings": "read", "passkey": json.dumps(answer)}
            assert person.do("/editions/{edition}/approve", fields).status_code == 422, part


def test_a_number_is_no_name_for_a_passkey_and_the_page_says_so(browser, ada):
    browser.enter()
    assert "belongs to the name of a host" in browser.get("/account").text
    assert browser.post("/account/passkey/make").status_code == 422


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE deeds SET hash = ? WHERE verb IN ('sign', 'approve')", "does not hold"),
        ("DELETE FROM deeds WHERE verb = ? OR verb = 'sign'", "without the passkey they had"),
        (
            "UPDATE deeds SET actor = 'eve' WHERE verb = 'add passkey' OR actor = ?",
            "no such passkey",
        ),
    ],
)
def test_the_log_tells_of_a_signature_that_was_changed_or_taken_out(
    person, key, desk, change, said
):
    person.add(key)
    person.approve(key)
    with closing(sqlite3.connect(desk.folder / "var" / "briefing.db")) as connection, connection:
        connection.execute(change, ("0" * 64,))
    assert said in " ".join(verify_signatures(desk.room).faults)


def test_a_removed_passkey_stays_removed_whatever_is_restored(newsroom_folder):
    passkey = Passkey(
        credential="abc", actor="ada", title="phone", public_key="x", sign_count=0, since=1.0
    )
    with opened(newsroom_folder) as desk:
        desk.room.store.passkeys.add(passkey)
    assert run(newsroom_folder, "backup", "copy.db").returncode == 0
    done = run(newsroom_folder, "editors", "passkeys", "ada", "--remove")
    assert "Removed. ada signs in with a password" in done.stdout
    assert run(newsroom_folder, "restore", "copy.db", "--yes").returncode == 0
    with opened(newsroom_folder) as desk:
        assert desk.room.store.passkeys.of("ada") == ()


def test_who_has_no_passkey_left_approves_as_anybody_without_one(person, key, desk):
    person.add(key)
    run(desk.folder, "editors", "passkeys", "ada", "--remove")
    assert person.approve().status_code == 200
    assert verify_signatures(desk.room).faults == ()


def test_an_editor_who_is_removed_and_comes_again_has_no_passkey(person, key, desk):
    person.add(key)
    desk.room.store.editors.remove("ada")
    add_editor(desk.room, "ada", Role.APPROVER, PASSWORD)
    assert desk.room.store.passkeys.of("ada") == ()
    person.client.cookies.clear()
    assert person.come(key).status_code == 403


def test_who_asks_to_sign_in_learns_nothing_of_whose_passkeys_there_are(person, key):
    person.add(key)
    options = person.client.post("/sign-in/passkey", headers=FROM_THERE).json()["get"]
    assert options["allowCredentials"] == []
    assert person.client.post("/sign-in/passkey").status_code == 403, "from another site"
