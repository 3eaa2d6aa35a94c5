"""Every route of the desk: who may ask, from where, and what asking may change."""

import re
from base64 import b64encode
from hashlib import sha256
from urllib.parse import quote

import pytest
from tests.emails.painted import photograph
from tests.newsrooms import EDITION, OPEN, REPORT, opened, story
from tests.web.desk.conftest import (
    FROM_HERE,
    HERE,
    PASSWORD,
    PICTURE,
    Browser,
    filled,
    listen,
    send,
)
from tests.workers.copies import copied

from briefing.actions.admin.accounts import Invitation, add_editor
from briefing.actions.review.readiness import readiness
from briefing.model.editor import Role
from briefing.model.page import Page
from briefing.model.ruling import EventRuling, KnownPiece
from briefing.model.source_record import Seen
from briefing.web.desk import events, make_desk
from briefing.web.desk.app import ROUTES

#: Not made by `page` or `action`, each with a reason of its own.
OTHERS = {
    "/static/{name}",
    "/sign-in",
    "/sign-in/passkey",
    "/sign-in/lost",
    "/sign-in/new",
    "/editions/{edition}/events",
}
OTHERS |= {"/sign-in/openid", "/sign-in/openid/back"}
_EDITION = "/editions/{edition}"
#: What each form sends when all is well, and who may send it.
ACTIONS = {
    "/sign-out": ({}, set(Role)),
    "/account/end": ({}, set(Role)),
    "/account/address": ({"address": "ada@example.org", "password": PASSWORD}, set(Role)),
    "/account/password": ({"old": PASSWORD, "new": "another five words for it"}, set(Role)),
    "/account/passkey/make": ({}, set(Role)),
    "/account/passkey/prove": ({}, set(Role)),
    "/account/passkey/add": ({}, set(Role)),
    "/account/passkey/remove": ({}, set(Role)),
    f"{_EDITION}/passkey": ({}, {Role.APPROVER}),
    "/drafts": ({"briefing": "staggers"}, {Role.EDITOR, Role.APPROVER}),
    "/slots": ({"order": "move", "hour": "23:45"}, {Role.APPROVER}),
    f"{_EDITION}/steer": ({"order": "pause", "reason": "wait"}, {Role.OPS, Role.APPROVER}),
    "/rulings/withdraw": ({"id": "1"}, {Role.EDITOR, Role.APPROVER}),
    "/rulings/forget": ({"id": "1"}, {Role.EDITOR, Role.APPROVER}),
    f"{_EDITION}/change": ({"kind": "lead", "item": REPORT}, {Role.EDITOR, Role.APPROVER}),
    f"{_EDITION}/add": ({"written": story("Salt Marsh")}, {Role.EDITOR, Role.APPROVER}),
    f"{_EDITION}/picture": (
        {
            "item": REPORT,
            "file": b64encode(photograph()).decode(),
            "name": "a.jpg",
            "alt": "A",
            "credit": "B",
        },
        {Role.EDITOR, Role.APPROVER},
    ),
    f"{_EDITION}/take": ({"source": "saved_pages", "page": "weir"}, {Role.EDITOR, Role.APPROVER}),
    f"{_EDITION}/comment": ({"text": "Call them first"}, set(Role)),
    f"{_EDITION}/undo": ({"to": "2"}, {Role.EDITOR, Role.APPROVER}),
    f"{_EDITION}/rebuild": ({}, {Role.EDITOR, Role.APPROVER}),
    f"{_EDITION}/as": ({"address": "ben@example.com"}, set(Role)),
    f"{_EDITION}/test": ({"addresses": "desk@example.org"}, {Role.EDITOR, Role.APPROVER}),
    f"{_EDITION}/approve": ({"warnings": "read"}, {Role.APPROVER}),
    f"{_EDITION}/reject": ({"note": "Call the harbour first"}, {Role.APPROVER}),
    f"{_EDITION}/send": ({"sure": "yes"}, {Role.APPROVER}),
    f"{_EDITION}/retry": ({"state": "deferred"}, {Role.OPS}),
    f"{_EDITION}/correct": ({"text": "The vote was on Monday."}, {Role.APPROVER}),
}
PAGES = [route.path for route in ROUTES if "GET" in route.methods and route.path not in OTHERS]
LOOKS = ("", "?look=phone&as=", "?form=source", "?show=1", "?state=posted&page=0", "?edition=x")


def maker(route) -> str:
    module, name = route.endpoint.__module__, route.endpoint.__qualname__
    return name.partition(".<locals>")[0] if module == "briefing.web.desk.routes" else ""


def entered(browser):
    """Signed in at an edition where every form can do something."""
    desk = browser.desk
    desk.decide()
    desk.rendered()
    now = desk.clock().timestamp()
    desk.room.store.pictures.keep(PICTURE, now)
    entry = Seen(name="weir", guid="weir", headline="Weir", first=now, last=now)
    weir = Page(name="weir", body=story("Long Weir").encode())
    desk.room.store.entries.note("saved_pages", [entry], {"weir": weir}, now)
    piece = KnownPiece(headline="Quay shut", words="", url="", fingerprint="")
    desk.room.store.event_rulings.record(
        EventRuling(joined=True, piece=piece, other=piece, edition=EDITION, actor="ada", at=now)
    )
    desk.room.store.editors.sign_in("other", "ada", None, desk.clock().timestamp())
    return browser.enter()


@pytest.fixture
def inside(browser, ada):
    return entered(browser)


@pytest.fixture(scope="module")
def untouched(drafted_house, tmp_path_factory):
    """One such browser for all tests of what changes nothing."""
    folder = tmp_path_factory.mktemp("untouched") / "house"
    with opened(copied(drafted_house, folder)) as desk:
        add_editor(desk.room, "ada", Role.APPROVER, PASSWORD)
        yield entered(Browser(desk, make_desk(lambda: desk.room, Invitation("ada"))))


def form(desk, path):
    """The fields of a form as the page would have drawn it."""
    fields = dict(ACTIONS[path][0])
    if path == "/account/end":
        fields["session"] = sha256(b"other").hexdigest()[:16]
    if path.endswith(("/change", "/undo", "/add", "/take", "/picture")):
        fields["seen"] = str(desk.sheet.version)
    if path.endswith(("/approve", "/reject")):
        fields["hash"] = readiness(desk.room, desk.edition).hash
    return fields


def test_every_route_is_a_page_or_an_action_but_for_the_named_few():
    others = {route.path for route in ROUTES if not maker(route)}
    assert others == OTHERS
    for route in ROUTES:
        if route.path in OTHERS:
            continue
        expected = {"GET", "HEAD"} if maker(route) == "page" else {"POST"}
        assert route.methods == expected, route.path
    assert {route.path for route in ROUTES if maker(route) == "action"} == set(ACTIONS)


def test_every_form_does_something_when_all_is_well(inside):
    desk = inside.desk
    for path in ACTIONS:
        # Passkeys hold for a name, and this browser is at a number: see test_passkeys. The others
        # need an edition with its readers, an approved one, a timetable or another day: see test_slots.
        if (
            path.endswith(("/retry", "/correct", "/steer", "/slots", "/drafts", "/send"))
            or "/passkey" in path
        ):
            continue
        inside.enter()
        fields, before = form(desk, path), desk.rows()
        answer = inside.post(path, fields)
        assert answer.status_code in (200, 303), (path, answer.text)
        assert desk.rows() != before, path


ATTACKS = {
    "from another site": {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    "from another site, telling no origin": {"Sec-Fetch-Site": "cross-site"},
    "from a sister site": {"Sec-Fetch-Site": "same-site", "Origin": HERE},
    "from no site at all": {"Sec-Fetch-Site": "none"},
    "telling neither": {},
    "with a foreign origin": {"Origin": "https://evil.example"},
    "with a foreign origin, lying": {
        "Sec-Fetch-Site": "same-origin",
        "Origin": "https://evil.example",
    },
    "with an opaque origin": {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    "with an empty origin": {"Sec-Fetch-Site": "same-origin", "Origin": ""},
    "from another port": {"Origin": "http://127.0.0.1:9999"},
    "from a port that is not one": {"Origin": "http://127.0.0.1:x"},
    "from an address that is not one": {"Origin": "http://[127.0.0.1"},
    "from a name like ours": {"Origin": "http://127.0.0.1.evil.example:8081"},
    "from our name before an at": {"Origin": "http://127.0.0.1:8081@evil.example"},
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_form_sent_from_elsewhere_does_anything_even_with_session_and_token(untouched, attack):
    before = untouched.desk.rows()
    forms = {path: form(untouched.desk, path) for path in ACTIONS}
    forms["/sign-in"] = {"name": "ada", "password": PASSWORD}
    for path, fields in forms.items():
        answer = untouched.post(path, fields, headers=ATTACKS[attack])
        assert answer.status_code == 403, path
        assert "set-cookie" not in answer.headers
    assert untouched.desk.rows() == before


def test_no_form_does_anything_without_its_token_or_with_one_of_another_session(untouched):
    stranger = Browser(untouched.desk, untouched.app).enter(Role.APPROVER, "ben")
    before = untouched.desk.rows()
    for path in ACTIONS:
        fields = form(untouched.desk, path)
        for token in (None, "", "x", "é", stranger.token, untouched.held, untouched.token[:-1]):
            assert untouched.post(path, fields, token=token).status_code == 403, (path, token)
    assert untouched.desk.rows() == before


def test_no_form_does_anything_without_a_session_or_with_one_that_is_none(untouched):
    before = untouched.desk.rows()
    for held in ("", "made-up", untouched.held[:-1]):
        stranger = Browser(untouched.desk, untouched.app)
        stranger.client.cookies.set("desk", held)
        for path in ACTIONS:
            answer = stranger.post(path, form(untouched.desk, path), token=untouched.token)
            assert answer.status_code == 403, path
            assert "Sign in" in answer.text
    assert untouched.desk.rows() == before


def test_scripts_hear_of_a_refusal_as_json(untouched):
    asks = FROM_HERE | {"Accept": "application/json"}
    answer = untouched.post(f"{_EDITION}/change", token="x", headers=asks)
    assert (answer.status_code, list(answer.json())) == (403, ["error"])


@pytest.mark.parametrize("role", Role)
def test_each_form_is_for_the_roles_that_may_and_refuses_the_others(inside, role):
    desk = inside.desk
    for path, (_, may) in ACTIONS.items():
        before = desk.rows("sessions")
        answer = inside.enter(role).post(path, form(desk, path))
        assert (answer.status_code == 403) is (role not in may), path
        if role not in may:
            assert "ada may look, but not" in answer.text
            assert desk.rows("sessions") == before, path


@pytest.mark.parametrize("role", Role)
def test_every_role_may_look_and_sees_only_forms_it_may_send(inside, role):
    inside.enter(role)
    for path in PAGES:
        if path == f"{_EDITION}/readers":
            continue
        answer = inside.get(path)
        assert answer.status_code == 200, path
        # A form that sends nothing is a search.
        posts = re.findall(r'<form[^>]*method="post"[^>]*>', answer.text)
        for target in re.findall(r'action="([^"]+)"', "".join(posts)):
            (action,) = (known for known in ACTIONS if filled(known) == target)
            assert role in ACTIONS[action][1], (path, target)


def test_the_person_at_the_machine_may_do_everything(inside):
    for path in ACTIONS:
        answer = inside.enter(None).post(path, form(inside.desk, path))
        assert answer.status_code != 403, path


def test_every_page_leads_to_the_part_of_the_guide_about_it(untouched):
    parts = set(re.findall(r'<h2 id="([^"]+)"', untouched.get("/help").text))
    assert "the-inbox" in parts
    for path in PAGES:
        answer = untouched.get(path)
        told = re.search(r'<a href="/help#([^"]+)"', answer.text)
        is_screen = answer.status_code == 200 and "<nav" in answer.text and path != "/help"
        assert (told is not None and told[1] in parts) is is_screen, path


def test_every_page_without_a_session_leads_to_sign_in(untouched):
    stranger = Browser(untouched.desk, untouched.app)
    for path in PAGES:
        for ask in (stranger.client.get, stranger.client.head):
            answer = ask(filled(path))
            to = "" if path == "/" else f"?to={quote(filled(path), safe='/')}"
            location = answer.headers["location"]
            assert (answer.status_code, location) == (303, f"/sign-in{to}"), path
            assert EDITION not in answer.text


def test_looking_changes_no_row(untouched):
    before = untouched.desk.rows()
    for path in (*PAGES, "/sign-in", "/sign-in?link=x", "/static/{name}", "/nowhere"):
        for look in LOOKS if "?" not in path else ("",):
            for ask in (untouched.client.get, untouched.client.head):
                assert ask(filled(path) + look).status_code < 500, (path, look)
    assert untouched.desk.rows() == before


def test_looking_at_an_edition_with_its_readers_changes_no_row(browser):
    send(browser.desk)
    browser.enter(None)
    browser.desk.room.store.pictures.keep(PICTURE, 0.0)
    before = browser.desk.rows()
    for path in PAGES:
        assert browser.get(path).status_code == 200, path
        assert browser.client.head(filled(path)).status_code == 200, path
    assert browser.desk.rows() == before


def test_looking_at_an_edition_that_is_not_rendered_yet_renders_it_and_changes_nothing_else(
    browser,
):
    browser.enter()
    before = browser.desk.rows("emails", "manifests")
    for path in PAGES:
        assert browser.get(path).status_code in (200, 404), path
    assert browser.desk.rows("emails", "manifests") == before
    assert browser.desk.rows() != before


def test_looking_counts_as_using_a_session_and_nothing_else(inside):
    inside.desk.clock.wait(hours=1)
    before = inside.desk.rows("sessions")
    assert inside.is_in()
    assert inside.desk.rows("sessions") == before


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_no_other_method_does_anything(untouched, method):
    before = untouched.desk.rows()
    for route in ROUTES:
        answer = untouched.client.request(method, filled(route.path), headers=FROM_HERE)
        assert answer.status_code == 405, route.path
    assert untouched.desk.rows() == before


def test_a_page_does_not_take_a_form_and_a_form_is_no_page(untouched):
    before = untouched.desk.rows()
    for path in PAGES:
        assert untouched.post(path).status_code == 405, path
    for path in ACTIONS:
        assert untouched.get(path).status_code == 405, path
    assert untouched.desk.rows() == before


EVENTS = f"/editions/{EDITION}/events"


def test_changes_are_told_to_those_who_are_signed_in_alone(app, browser, monkeypatch):
    monkeypatch.setattr(events, "_LOOK", 0.01)
    status, said = listen(app, "desk=made-up", EVENTS, lambda said: True)
    assert (status, said) == (403, "")
    browser.enter()

    def heard(said):
        text = "".join(said)
        if "data: 1 0" in text and browser.desk.sheet.version == 1:
            browser.desk.decide()
        return "data: 2 0" in text

    status, said = listen(app, f"desk={browser.held}", EVENTS, heard)
    assert status == 200
    assert said.index("data: 1 0 ada\n\n") < said.index("data: 2 0 ada\n\n")


def test_a_stream_ends_with_its_session(app, browser, monkeypatch):
    monkeypatch.setattr(events, "_LOOK", 0.001)
    monkeypatch.setattr(events, "_QUIET", 3)
    browser.enter()

    def heard(said):
        browser.desk.room.store.editors.sign_out(browser.held)
        return False

    status, said = listen(app, f"desk={browser.held}", EVENTS, heard)
    assert status == 200
    assert "data: 1 0" in said


def test_asking_only_for_the_head_of_a_stream_ends(app, browser):
    browser.enter()
    status, said = listen(app, f"desk={browser.held}", EVENTS, lambda _: False, method="HEAD")
    assert (status, said) == (200, "")


@pytest.mark.parametrize(("verdict", "block"), [("sponsored", "sponsored"), ("issued", "items")])
def test_the_decisions_of_the_desk_are_made_by_the_named_forms(inside, verdict, block):
    desk = inside.desk
    fields = {"kind": "decide", "item": OPEN, "verdict": verdict, "sponsor": "Harbour Water"}
    answer = inside.post(f"{_EDITION}/change", fields, seen=str(desk.sheet.version))
    assert answer.status_code == 303
    assert OPEN in [item.id for item in getattr(desk.edition, block)]
    page = inside.get(_EDITION).text
    assert f"{'paid by' if verdict == 'sponsored' else 'issued by'} Harbour Water" in page
