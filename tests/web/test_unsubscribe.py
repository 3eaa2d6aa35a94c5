"""Leaving, pausing, and who may: one POST, no cookie, no account, and never a GET."""

import random
import re
import sqlite3
import time
from contextlib import closing, contextmanager

import pytest
from sqlalchemy import event
from tests.desks import act
from tests.web.conftest import READERS

from briefing.actions.public.signup import claims_of
from briefing.actions.sending.test_send import test_send as send_trial
from briefing.errors import SubscriberError
from briefing.model.delivery import State
from briefing.model.subscriber import Standing
from briefing.store import Added, ListRow

ADDRESS = "reader4@example.com"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def test_a_scanner_fleet_opens_every_link_of_every_letter_and_changes_no_row(public):
    before = public.dump()
    letters = public.mails(public.edition)
    assert len(letters) == READERS
    statuses = {"GET": set(), "HEAD": set(), "OPTIONS": set()}
    paths = set()  # to the form and to the archive, all letters lead alike
    for letter in letters:
        links = public.links(letter)
        assert set(links) == {"unsubscribe", "preferences", "view", "subscribe", "archive"}
        paths.update(links.values())
    assert len(paths) == 3 * READERS + 2
    for path in sorted(paths):
        for method, seen in statuses.items():
            seen.add(public.ask(method, path).status)
    assert statuses == {"GET": {200}, "HEAD": {200}, "OPTIONS": {405}}
    assert public.dump() == before


def test_scanners_do_not_confirm_a_subscription(public):
    public.sign_up("ada@example.net")
    (mail,) = public.confirmations()
    before = public.dump()
    for link in set(
        re.findall(r"example\.org(/\S+?)[\s\">]", mail.get_body(("html",)).get_content())
    ):
        for method in ("GET", "HEAD", "OPTIONS"):
            public.ask(method, link)
    assert public.dump() == before


def test_one_click_works_without_cookie_or_origin_and_does_not_redirect(public):
    answer = public.post(public.letter_to(ADDRESS)["unsubscribe"], ONE_CLICK)
    assert answer.status == 200
    assert "location" not in answer.headers
    assert "set-cookie" not in answer.headers
    assert public.standing(ADDRESS) == "unsubscribed"


def test_one_click_twenty_times_is_one_click_once(public):
    path = public.letter_to(ADDRESS)["unsubscribe"]
    first = public.post(path, ONE_CLICK)
    after = public.dump()
    for _ in range(19):
        again = public.post(path, ONE_CLICK)
        assert (again.status, again.raw) == (200, first.raw)
    assert public.dump() == after
    (reader,) = public.desk.store.subscribers.find(ADDRESS)
    history = public.desk.store.subscribers.history(reader.id)
    assert [change.becomes for change in history] == ["active", "unsubscribed"]
    assert history[-1].cause == f"left by the unsubscribe link in {public.edition}"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", b"List-Unsubscribe=One-Click"),
        ("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="List'
         b'-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n'),
        ("text/plain", b"List-Unsubscribe=One-Click"),
        ("", b""),
        ("application/json", b"\xff\x00{"),
        ("application/x-www-form-urlencoded", b"x" * 200_000),
    ],
    ids=["form", "multipart", "plain", "nothing", "garbage", "200 kB"],
)  # fmt: skip
def test_one_click_works_with_any_body(public, kind, body):
    headers = {"Content-Type": kind} if kind else {}
    answer = public.ask("POST", public.letter_to(ADDRESS)["unsubscribe"], body, **headers)
    assert answer.status == 200
    assert public.standing(ADDRESS) == "unsubscribed"


@pytest.mark.parametrize("standing", ["unsubscribed", "bounced", "complained", "erased"])
def test_one_click_of_somebody_already_gone_is_answered_alike_and_changes_nothing(public, standing):
    subscribers, links = public.desk.store.subscribers, public.letter_to(ADDRESS)
    (reader,) = subscribers.find(ADDRESS)
    if standing == "erased":
        subscribers.erase(ADDRESS, actor="x", now=1.0)
    else:
        subscribers.change(reader.id, Standing(standing), cause="x", actor="x", now=1.0)
    before = public.dump()
    for path in (links["unsubscribe"], links["preferences"]):
        assert public.get(path).status == 200
        assert "no more letters" in public.get(path).body
    assert "no more letters" in public.post(links["unsubscribe"], ONE_CLICK).body
    for do in ("save", "pause", "resume", "leave"):
        answer = public.post(links["preferences"], {"do": do, "name": "x"})
        assert "no more letters" in answer.body
    assert public.dump() == before


def test_leaving_works_when_the_list_is_not_in_the_config_any_more(public):
    path = public.letter_to(ADDRESS)["unsubscribe"]
    public.desk.config.lists.pop("readers")
    assert public.get(path).status == 200
    assert public.post(path, ONE_CLICK).status == 200
    assert public.standing(ADDRESS) == "unsubscribed"


def test_the_preferences_page_names_the_list_and_not_the_address(public):
    shown = public.get(public.letter_to(ADDRESS)["preferences"]).body
    assert "The Staggers" in shown
    assert "r•••@e•••.com" in shown
    assert ADDRESS not in shown
    assert 'value="Reader 4"' in shown


def test_a_reader_changes_name_pauses_resumes_and_leaves(public):
    path = public.letter_to(ADDRESS)["preferences"]
    subscribers = public.desk.store.subscribers

    def after(do, name=""):
        assert public.post(path, {"do": do, "name": name}).status == 200
        (reader,) = subscribers.find(ADDRESS)
        return reader.name, str(reader.standing)

    assert after("save", "  Ada \x00\n Byron ") == ("Ada Byron", "active")
    assert after("save", "") == ("", "active")
    assert after("save", "x" * 300) == ("x" * 100, "active")
    assert after("pause") == ("x" * 100, "paused")
    assert after("resume") == ("x" * 100, "active")
    assert after("leave") == ("x" * 100, "unsubscribed")
    assert after("resume") == ("x" * 100, "unsubscribed")


@pytest.mark.parametrize(
    "name", ['"><script>alert(1)</script>', "{{ 7919*7927 }}", "' onfocus=x y='"]
)
def test_a_hostile_name_is_shown_as_text(public, name):
    path = public.letter_to(ADDRESS)["preferences"]
    (reader,) = public.desk.store.subscribers.find(ADDRESS)
    public.desk.store.subscribers.tag(reader.id, [name.replace(";", "")])
    shown = public.post(path, {"do": "save", "name": name}).body + public.get(path).body
    assert "<script" not in shown
    assert "value=\"'" not in shown.replace("&#39;", "")
    # Longer than a token of the page could hold by chance.
    assert "62773913" not in shown
    (reader,) = public.desk.store.subscribers.find(ADDRESS)
    assert reader.name == name


def test_a_button_that_is_not_there_is_refused(public):
    path = public.letter_to(ADDRESS)["preferences"]
    before = public.dump()
    assert public.post(path, {"do": "explode"}).status == 400
    assert public.post(path).status == 400
    assert public.dump() == before


def test_a_link_holds_for_its_own_purpose_only(public):
    links = public.letter_to(ADDRESS)
    before = public.dump()
    for purpose, path in links.items():
        token = path.split("/")[-1]
        for other in ("unsubscribe", "preferences", "view", "confirm"):
            if other != purpose:
                assert public.get(f"/{other}/{token}").status == 404
                assert public.post(f"/{other}/{token}", {"do": "leave"}).status in {404, 405}
    assert public.dump() == before


def test_of_20_000_mutated_links_none_is_taken(public):
    token = public.letter_to(ADDRESS)["unsubscribe"].split("/")[-1]
    signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    chance = random.Random(5)
    taken = 0
    for number in range(20_000):
        bent = list(token)
        for _ in range(1 + number % 3):
            bent[chance.randrange(len(bent))] = chance.choice(signs)
        if number % 7 == 0:
            bent = bent[: chance.randrange(len(bent))]
        if "".join(bent) == token:
            continue
        try:
            claims_of(public.desk, "unsubscribe", "".join(bent))
            taken += 1
        except SubscriberError:
            pass
        if number % 100 == 0:
            assert public.post(f"/unsubscribe/{''.join(bent) or 'x'}").status == 404
    assert taken == 0
    assert public.standing(ADDRESS) == "active"


def test_the_links_of_a_test_letter_say_so_and_change_nothing(public):
    act(send_trial, public.desk.config, public.edition, "editor@example.org")
    (mail,) = public.mails(f"{public.edition}-test")
    links, before = public.links(mail), public.dump()
    for path in (links["unsubscribe"], links["preferences"]):
        assert "test letter" in public.get(path).body
        assert "test letter" in public.post(path, {"do": "pause"}).body
    assert public.get(links["view"]).status == 200
    assert public.dump() == before


@contextmanager
def locked(public):
    """Another program writes to the database, and goes on."""
    with closing(sqlite3.connect(public.folder / "var" / "briefing.db")) as other:
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def away(public):
    """The database cannot be reached."""
    departures = public.desk.store.departures
    databases = (public.desk.store.database, departures._hasty())
    file = public.folder / "var" / "briefing.db"
    for database in databases:
        database.close()
    file.rename(file.with_suffix(".away"))
    file.mkdir()
    yield
    for database in databases:
        database.close()
    file.rmdir()
    file.with_suffix(".away").rename(file)


@contextmanager
def full(public):
    """No row finds room."""
    engine = public.desk.store.departures._hasty().engine

    def refuse(_connection, _cursor, statement, *_):
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            raise sqlite3.OperationalError("database or disk is full")

    event.listen(engine, "before_cursor_execute", refuse)
    yield
    event.remove(engine, "before_cursor_execute", refuse)


@pytest.mark.parametrize("trouble", [locked, away, full])
def test_one_click_always_ends_in_200_and_is_true_whatever_the_database_does(public, trouble):
    links = public.letter_to(ADDRESS)
    with trouble(public):
        began = time.monotonic()
        for _ in range(3):
            answer = public.post(links["unsubscribe"], ONE_CLICK)
            assert answer.status == 200
            assert "no more letters" in answer.body
        assert time.monotonic() - began < 30
    departures = public.desk.store.departures
    assert departures.is_behind, "the rows do not know yet"
    mailing = public.desk.store.mailings.get(public.edition)
    (reader,) = public.desk.store.subscribers.find(ADDRESS)
    ledger = public.desk.store.ledger(mailing.number)
    ledger.retry(1.0, [State.POSTED])
    public.desk.store.mailings.reopen(mailing.number)
    assert ledger.commit([reader.id], [], 2.0) == frozenset(), "and no letter leaves all the same"
    assert public.standing(ADDRESS) == "unsubscribed"
    history = public.desk.store.subscribers.history(reader.id)
    assert [change.becomes for change in history] == ["active", "unsubscribed"]
    assert history[-1].actor == "reader"


def test_a_link_of_somebody_the_database_does_not_know_any_more_lets_go_too(public):
    """After a restore of an older copy: the link itself says, by a mark, whose it is."""
    links = public.letter_to(ADDRESS)
    with public.desk.store.database.write() as connection:
        for table in ("deliveries", "changes", "bounces"):
            which = "SELECT id FROM subscribers WHERE email_key = ?"
            connection.exec_driver_sql(
                f"DELETE FROM {table} WHERE subscriber IN ({which})", (ADDRESS,)
            )
        connection.exec_driver_sql("DELETE FROM subscribers WHERE email_key = ?", (ADDRESS,))
    assert public.get(links["unsubscribe"]).status == 200
    assert public.post(links["unsubscribe"], ONE_CLICK).status == 200
    entry = ListRow(email=ADDRESS, key=ADDRESS)
    add = public.desk.store.subscribers.add_many
    assert add("readers", [entry], cause="", actor="", now=9e9) == [Added.OPTED_OUT]
    assert add("others", [entry], cause="", actor="", now=9e9) == [Added.NEW]
