"""/api/v1: tokens with rights and an end, and verbs that go the way of the public pages."""

import hashlib
from datetime import timedelta

import pytest
from tests.newsrooms import EDITION, pieces_of
from tests.web.asking import Client
from tests.web.desk.conftest import send
from typer.testing import CliRunner

from briefing.actions.admin.access_tokens import add_token, remove_token
from briefing.actions.editions.draft import draft
from briefing.cli.main import app as command
from briefing.errors import DeskError, StoreError
from briefing.model.edition import Edition
from briefing.model.network.access_token import Scope
from briefing.web import make_app
from briefing.web.api.app import CallCount

ALL = list(Scope)


@pytest.fixture
def client(desk):
    return Client(make_app(desk.room), "http://127.0.0.1", raises=False)


@pytest.fixture
def ask(desk, client):
    """Calls with a token that may do some things."""

    def _ask(method, path, body=None, scopes=ALL, **headers):
        for token in desk.room.store.access_tokens.all():
            desk.room.store.access_tokens.remove(token.name)
        secret = add_token(desk.room, "crm", scopes, 30, actor="ada")
        headers = {"Authorization": f"Bearer {secret}"} | headers
        return client.request(method, f"/api/v1{path}", json=body, headers=headers)

    return _ask


@pytest.mark.parametrize("name", ["a", "a%0Ab", "a%2Fb"])
def test_whatever_the_address_below_it_the_api_answers_in_its_own_form(ask, name):
    """Starlette 1.10.0 (`routing.Mount`) hands no address with a line break on: findings/."""
    answer = ask("GET", f"/editions/{name}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/json")


CALLS = [
    ("GET", "/editions", None, Scope.READ),
    ("GET", f"/editions/{EDITION}", None, Scope.READ),
    ("GET", "/counts", None, Scope.READ),
    ("POST", "/subscribers", {"list": "readers", "email": "new@example.net"}, Scope.READERS),
    ("POST", "/subscribers/leave", {"email": "ada@example.com"}, Scope.READERS),
    ("POST", "/sources/saved_pages/entries", {"headline": "H", "content": "T"}, Scope.ENTRIES),
]


@pytest.mark.parametrize("call", CALLS, ids=lambda one: one[1])
def test_each_call_needs_a_token_with_its_right_and_changes_nothing_without(
    desk, client, ask, call
):
    method, path, body, right = call
    send(desk)
    before = desk.rows("access_tokens", "deeds")
    assert client.request(method, f"/api/v1{path}", json=body).status_code == 401
    for wrong in ("Bearer x", "Basic x", "Bearer ", "bearer \udcff".encode("utf-8", "replace")):
        answer = client.request(
            method, f"/api/v1{path}", json=body, headers={"Authorization": wrong}
        )
        assert (answer.status_code, "WWW-Authenticate" in answer.headers) == (401, True)
    others = [scope for scope in ALL if scope is not right]
    answer = ask(method, path, body, others)
    assert (answer.status_code, f"`{right}`" in answer.json()["error"]) == (403, True)
    assert desk.rows("access_tokens", "deeds") == before
    assert ask(method, path, body, [right]).status_code in (200, 202)


def test_a_token_is_kept_as_its_hash_and_made_and_removed_on_the_record(desk, client):
    secret = add_token(desk.room, "crm", [Scope.READ], 30, actor="ada")
    kept = "".join(desk.rows())
    assert secret not in kept
    assert hashlib.sha256(secret.encode()).hexdigest() in kept
    with pytest.raises(StoreError, match="already"):
        add_token(desk.room, "crm", [Scope.READ], 30, actor="ada")
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/v1/counts", headers=headers).status_code == 200
    assert desk.room.store.access_tokens.all()[0].used == desk.clock().timestamp()
    remove_token(desk.room, "crm", actor="ben")
    assert client.get("/api/v1/counts", headers=headers).status_code == 401
    told = [(one.actor, one.verb, one.detail) for one in desk.room.store.audit_log.newest(2)]
    assert told == [
        ("ben", "remove token", "crm"),
        ("ada", "add token", "crm: read; for 30 days"),
    ]


def test_a_token_ends_with_its_time(desk, client):
    secret = add_token(desk.room, "crm", [Scope.READ], 30, actor="ada")
    headers = {"Authorization": f"Bearer {secret}"}
    desk.clock.wait(days=29, hours=23)
    assert client.get("/api/v1/counts", headers=headers).status_code == 200
    desk.clock.wait(hours=1)
    assert client.get("/api/v1/counts", headers=headers).status_code == 401


@pytest.mark.parametrize(
    ("name", "scopes", "days"),
    [("", ALL, 1), ("A b", ALL, 1), ("crm", [], 1), ("crm", ALL, 0), ("crm", ALL, 731)],
)
def test_a_token_that_will_not_do_is_refused_in_a_sentence(desk, name, scopes, days):
    with pytest.raises(DeskError):
        add_token(desk.room, name, scopes, days, actor="ada")


def test_editions_are_those_that_were_sent_with_their_letters_counted(desk, ask):
    assert ask("GET", "/editions").json() == {"editions": []}
    assert ask("GET", f"/editions/{EDITION}").status_code == 404
    send(desk)
    (told,) = ask("GET", "/editions?briefing=staggers&limit=1").json()["editions"]
    assert (told["id"], told["briefing"]) == (EDITION, "staggers")
    assert told["url"].endswith(f"/archive/staggers/{EDITION}")
    one = ask("GET", f"/editions/{EDITION}").json()
    assert (one["letters"]["posted"], one["status"]) == (3, "sent")
    assert one["sha256"] == desk.room.store.mailings.get(EDITION).hash


def sent_as(desk, name, **ago):
    """One more edition with the bytes of the one that went."""
    email, now = desk.room.store.mailings.get(EDITION).email, desk.clock()
    more = Edition(id=name, briefing="staggers", title="T", slot=now, items=())
    moment = (now - timedelta(**ago)).timestamp()
    desk.room.store.mailings.freeze(more, email, "readers", moment)


def test_pages_lead_from_one_to_the_next_and_none_repeats_or_misses_an_edition(desk, ask):
    send(desk)
    for days in range(1, 5):
        sent_as(desk, f"{EDITION}-{days}", days=days)
    everything = [one["id"] for one in ask("GET", "/editions").json()["editions"]]
    assert len(everything) == 5
    told, path = [], "/editions?briefing=staggers&limit=2"
    while path:
        answer = ask("GET", path)
        told.append([one["id"] for one in answer.json()["editions"]])
        link = answer.links.get("next")
        path = link["url"].partition("/api/v1")[2] if link else ""
        if len(told) == 1:
            assert link["url"].startswith(f"{desk.room.config.site.public_url}/api/v1/editions?")
            sent_as(desk, "newest", minutes=-1)
    assert told == [everything[:2], everything[2:4], everything[4:]]


def test_the_last_page_and_the_only_one_lead_nowhere(desk, ask):
    send(desk)
    sent_as(desk, f"{EDITION}-1", days=1)
    assert "Link" not in ask("GET", "/editions?limit=2").headers
    assert "Link" in ask("GET", "/editions?limit=1").headers


def test_a_cursor_that_is_not_an_edition_is_a_sentence(ask):
    answer = ask("GET", "/editions?cursor=nowhere")
    assert (answer.status_code, "without the cursor" in answer.json()["error"]) == (404, True)


def test_counts_name_lists_and_no_reader(desk, ask):
    answer = ask("GET", "/counts")
    assert answer.json()["lists"] == {"readers": {"active": 3}}
    assert "@" not in answer.text


def test_who_is_asked_by_the_api_joins_by_confirming_from_the_mailbox(desk, ask):
    answer = ask("POST", "/subscribers", {"list": "readers", "email": "new@example.net"})
    assert answer.status_code == 202
    (reader,) = desk.room.store.subscribers.find("new@example.net")
    assert reader.standing == "pending"
    letters = list((desk.folder / "var" / "outbox" / "confirmations").iterdir())
    assert len(letters) == 1
    again = ask("POST", "/subscribers", {"list": "readers", "email": "ada@example.com"})
    assert again.json() == answer.json()


def test_whoever_left_by_the_api_stays_gone(desk, ask):
    assert ask("POST", "/subscribers/leave", {"email": "Ada@Example.com"}).json() == {"left": 1}
    assert ask("POST", "/subscribers/leave", {"email": "ada@example.com"}).json() == {"left": 0}
    (reader,) = desk.room.store.subscribers.find("ada@example.com")
    assert reader.standing == "unsubscribed"
    change = desk.room.store.subscribers.history(reader.id)[-1]
    assert (change.actor, change.cause) == ("token crm", "left by the API")


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/subscribers", {"list": "nowhere", "email": "a@example.net"}, 404),
        ("/subscribers", {"list": "readers", "email": "no address"}, 409),
        ("/subscribers", {"list": "readers", "email": "a@example.net", "tags": 1}, 422),
        ("/subscribers/leave", {"email": "a@example.net", "list": "nowhere"}, 404),
        ("/sources/nowhere/entries", {"headline": "H", "content": "T"}, 404),
        ("/sources/saved_pages/entries", {"headline": "a\nb", "content": "T"}, 422),
        ("/nowhere", {}, 404),
        ("/editions", {}, 405),
    ],
)
def test_what_cannot_be_is_a_sentence_in_json(ask, path, body, status):
    answer = ask("POST", path, body)
    assert answer.status_code == status
    assert answer.json()["error"]


def test_a_body_that_is_no_json_or_too_large_is_refused(desk, client):
    secret = add_token(desk.room, "crm", ALL, 30, actor="ada")
    for body, kind, status in (
        (b"email=a", "application/x-www-form-urlencoded", 415),
        (b'{"email": "\\ud800"}', "application/json", 422),
        (b"[" * 100_000, "application/json", 422),
        (b" " * (5 * 1024 * 1024), "application/json", 413),
    ):
        headers = {"Authorization": f"Bearer {secret}", "Content-Type": kind}
        answer = client.post("/api/v1/subscribers", content=body, headers=headers)
        assert answer.status_code == status, body[:20]


@pytest.mark.parametrize("form", ["text", "html"])
def test_an_entry_is_drafted_as_any_page_and_the_same_one_is_kept_once(desk, ask, form):
    words = pieces_of("Viaduct", 8)
    content = {
        "text": " ".join(words[:4]) + "\n\n" + " ".join(words[4:]),
        "html": f"<p>{' '.join(words[:4])}</p><p>{' '.join(words[4:])}</p>",
    }[form]
    body = {"headline": "Viaduct divides the assembly", "content": content, "format": form}
    first = ask("POST", "/sources/saved_pages/entries", body).json()
    assert first["is_new"]
    assert first | {"is_new": False} == ask("POST", "/sources/saved_pages/entries", body).json()
    edition = draft(desk.room, "staggers", repeat=True).edition
    printed = [one.article.headline for one in (*edition.items, *edition.dropped)]
    assert "Viaduct divides the assembly" in printed


def test_a_headline_in_markup_is_words(desk, ask):
    body = {"headline": "<script>x</script>", "content": "<p>T</p>", "format": "html"}
    name = ask("POST", "/sources/saved_pages/entries", body).json()["name"]
    assert "<script>" not in (desk.folder / "seeds" / name).read_text()


def test_a_token_that_calls_without_end_is_held_back_for_a_minute():
    now = [0.0]
    count = CallCount(lambda: now[0])
    assert [count.is_over("crm") for _ in range(601)] == [False] * 600 + [True]
    assert not count.is_over("other")
    now[0] = 60.0
    assert not count.is_over("crm")


def test_the_terminal_makes_lists_and_removes_tokens(desk):
    def run(*words):
        return CliRunner().invoke(
            command, ["tokens", *words, "-c", str(desk.folder / "config.toml")]
        )

    made = run("add", "crm", "--right", "read", "--right", "entries")
    secret = made.output.strip()
    assert secret.startswith("briefing_")
    assert desk.room.store.access_tokens.all()[0].scopes == {Scope.READ, Scope.ENTRIES}
    listed = run("list").output
    assert "entries, read" in listed
    assert secret not in listed
    assert run("remove", "crm").exit_code == 0
    assert run("remove", "crm").exit_code == 1
