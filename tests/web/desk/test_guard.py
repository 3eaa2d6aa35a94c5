"""What holds for every answer of the desk, and for everything that is typed into it."""

import json
import re

import pytest
from tests.newsrooms import EDITION, LEAD, OPEN
from tests.web.desk.conftest import FROM_HERE, filled, send

from briefing.model.article import Verdict
from briefing.model.change import Decide, Rewrite, SetNote, SetPreheader, SetSubject
from briefing.web.desk.app import ROUTES
from briefing.web.desk.security import FRAME, PAGE

CHANGE = "/editions/{edition}/change"
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def guarded(answer):
    """The headers that every answer has; its policy."""
    for name, value in ALWAYS.items():
        assert answer.headers[name] == value
    policy = answer.headers["content-security-policy"]
    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["base-uri"] == "'none'"
    assert "unsafe" not in directives.get("script-src", "")
    assert "http:" not in policy
    assert "*" not in policy
    assert "server" not in answer.headers
    return policy


def answers(browser):
    """Something of every kind: pages, forms refused, wrong methods, faults, nothing there."""
    for route in ROUTES:
        path = filled(route.path)
        if path.endswith("/events"):
            continue
        yield path, browser.client.get(path)
        yield path, browser.client.head(path)
        yield path, browser.client.post(path)
        yield path, browser.client.post(path, headers=FROM_HERE)
        yield path, browser.post(path, token="x")
        yield path, browser.client.delete(path)
    for path in (
        "/nowhere",
        "/static/../app.py",
        "/static/desk.py",
        "/%ff",
        "/editions/none",
        "//",
    ):
        yield path, browser.client.get(path)
    yield "host", browser.client.get("/", headers={"Host": "evil.example"})


@pytest.mark.parametrize("signed_in", [True, False])
def test_every_answer_has_the_headers(browser, signed_in):
    browser.desk.rendered()
    if signed_in:
        browser.enter(None)
    for path, answer in answers(browser):
        assert answer.status_code < 500, path
        policy = guarded(answer)
        is_frame = path.endswith("/frame") and answer.status_code == 200
        assert policy == (FRAME if is_frame else PAGE), path
        expected = "no-cache" if path == "/static/desk.css" else "no-store"
        if answer.status_code < 400:
            assert answer.headers["cache-control"] == expected, path
        assert answer.headers["x-frame-options"] == ("SAMEORIGIN" if is_frame else "DENY"), path


def test_the_letters_frame_may_run_and_fetch_nothing():
    assert FRAME.endswith("; sandbox allow-same-origin")
    assert "script-src" not in FRAME
    assert "script-src" not in FRAME
    assert "img-src 'self' data:;" in FRAME, "pictures that the desk keeps"
    assert "form-action 'none'" in FRAME


def test_no_page_has_a_script_or_a_style_of_its_own_within(browser):
    browser.enter(None)
    for route in ROUTES:
        path = filled(route.path)
        if "GET" not in route.methods or path.endswith(("/events", "/frame", ".eml")):
            continue
        if path.startswith("/static"):
            continue
        page = browser.get(path).text
        assert re.search(r"<script(?![^>]*\ssrc=)", page) is None, path
        assert re.search(r"<style|\sstyle=|\son\w+=|javascript:", page) is None, path
        assert set(re.findall(r'(?:src|href)="(https?://[^"]+)"', page)) == set(), path


HOSTS = {
    "127.0.0.1:8081": 200,
    "localhost:9": 200,
    "LOCALHOST": 200,
    "[::1]:8081": 200,
    "evil.example": 400,
    "127.0.0.1.evil.example": 400,
    "127.0.0.1@evil.example": 400,
    "briefing.example.org": 400,
    "localhost.evil.example:8081": 400,
    "10.0.0.1": 400,
    "": 400,
    "[::1": 400,
    "127.0.0.1:x": 400,
}


@pytest.mark.parametrize("host", HOSTS)
def test_a_page_elsewhere_that_points_its_name_here_reads_nothing(browser, host):
    answer = browser.get("/sign-in", Host=host)
    assert answer.status_code == HOSTS[host]
    guarded(answer)
    assert ("desk is not here" in answer.text) is (HOSTS[host] == 400)


def test_a_host_that_is_not_ours_is_refused_before_anything_is_done(browser):
    browser.enter()
    before = browser.desk.rows()
    headers = {**FROM_HERE, "Host": "evil.example", "Origin": "http://evil.example"}
    assert browser.post("/editions/{edition}/rebuild", headers=headers).status_code == 400
    assert browser.desk.rows() == before


def test_a_form_that_is_too_large_or_no_form_is_refused_and_changes_nothing(browser):
    browser.enter()
    before = browser.desk.rows()
    assert browser.post(CHANGE, {"note": "x" * 70_000}).status_code == 413
    many = "&".join(f"f{number}=1" for number in range(2_000))
    for body in (b"\xff\xfe", b"token=%ff", many.encode(), b"", b"{}"):
        headers = {**FROM_HERE, "Content-Type": "application/x-www-form-urlencoded"}
        answer = browser.client.post(filled(CHANGE), content=body, headers=headers)
        assert answer.status_code in (400, 403), body[:20]
    assert browser.desk.rows() == before


def ask(browser, **fields):
    fields.setdefault("seen", str(browser.desk.sheet.version))
    return browser.post(CHANGE, fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "nonsense", "item": LEAD},
        {"kind": "lead", "item": "nowhere#0"},
        {"kind": "lead"},
        {"kind": "move", "item": LEAD, "to": "x"},
        {"kind": "move", "item": LEAD, "to": ""},
        {"kind": "decide", "item": OPEN, "verdict": "perhaps"},
        {"kind": "decide", "item": OPEN, "verdict": "unsure"},
        {"kind": "decide", "item": OPEN, "verdict": "sponsored"},
        {"kind": "sentences", "item": LEAD},
        {"kind": "sentences", "item": LEAD, "s99999": "on"},
        {"kind": "rewrite", "item": LEAD, "headline": ""},
        {"kind": "rewrite", "item": LEAD, "paragraph": "x" * 5_001},
        {"kind": "inbox", "subject": "x" * 5_001},
        {"kind": "restore", "item": LEAD},
        {},
    ],
    ids=json.dumps,
)
def test_a_form_that_asks_for_nonsense_is_told_so_and_changes_nothing(browser, fields):
    browser.enter()
    before = browser.desk.rows()
    answer = ask(browser, **{name: value[:6000] for name, value in fields.items()})
    assert answer.status_code == 422
    assert "That was not done" in answer.text
    assert browser.desk.rows() == before


@pytest.mark.parametrize("to", ["9" * 40, "-5", "1" + "0" * 5000])
def test_no_place_is_too_far_to_be_answered(browser, to):
    browser.enter()
    assert ask(browser, kind="move", item=LEAD, to=to).status_code in (303, 422)


@pytest.mark.parametrize("seen", ["", "0", "-1", "x", "99", "9" * 30, "²"])
def test_a_version_that_never_was_is_a_page_that_says_so(browser, seen):
    browser.enter()
    before = browser.desk.rows()
    answer = ask(browser, kind="lead", item=LEAD, seen=seen)
    assert answer.status_code in (404, 409, 422)
    for path in ("/editions/{edition}/undo",):
        answer = browser.post(path, {"seen": seen, "to": seen})
        assert answer.status_code in (404, 409, 422)
    assert browser.desk.rows() == before


def test_the_slower_of_two_editors_sees_both_texts_and_can_still_have_theirs(browser, another):
    browser.enter(actor="ada")
    ben = another().enter(actor="ben")
    ask(browser, kind="rewrite", item=LEAD, headline="Her headline", seen="1")
    answer = ask(ben, kind="rewrite", item=LEAD, headline="His headline", seen="1")
    assert answer.status_code == 409
    assert "Somebody else was faster" in answer.text
    assert "Her" in re.sub("<[^>]+>", "", answer.text)
    assert 'value="His headline"' in answer.text
    assert browser.desk.edition.items[0].headline == "Her headline"
    stands = re.search(r'name="seen" value="(\d+)"', answer.text)[1]
    assert ask(ben, kind="rewrite", item=LEAD, headline="His headline", seen=stands).is_redirect
    assert browser.desk.edition.items[0].headline == "His headline"
    asks = {**FROM_HERE, "Accept": "application/json"}
    late = {"kind": "rewrite", "item": LEAD, "headline": "Late", "seen": "1"}
    answer = browser.post(CHANGE, late, headers=asks)
    assert (answer.status_code, answer.json()["stands"]) == (409, 3)


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}</textarea></title>"


def test_what_is_typed_anywhere_comes_back_as_text_alone(browser):
    desk = browser.desk
    hostile = [HOSTILE.replace("1", str(number)) for number in range(9)]
    desk.change(
        Rewrite(item=LEAD, headline=hostile[0], kicker=hostile[1], paragraph=hostile[2]),
        SetNote(item=LEAD, note=hostile[3]),
        SetSubject(subject=hostile[4]),
        SetPreheader(preheader=hostile[5]),
        Decide(item=OPEN, verdict=Verdict.SPONSORED, sponsor=hostile[6], note=hostile[7]),
        actor=hostile[8],
    )
    desk.say(yes=False, note=hostile[0], actor=hostile[8])
    desk.room.store.testers.remember((hostile[0],), 1.0)
    browser.enter(None, actor=hostile[8])
    for route in ROUTES:
        path = filled(route.path)
        if "GET" not in route.methods or path.endswith(("/events", ".eml", "/readers")):
            continue
        for look in ("", "?show=2", "?form=source", "?form=headers", f"?edition={HOSTILE}"):
            answer = browser.get(path + look)
            if "html" in answer.headers["content-type"]:
                assert "<script>alert" not in answer.text, path
                assert "<img src=x" not in answer.text, path
                assert ">49<" not in answer.text, path


def test_what_was_wrong_is_shown_as_text_alone(browser):
    send(browser.desk)
    browser.enter(None)
    answer = browser.post("/editions/{edition}/correct", {"text": HOSTILE})
    assert answer.is_redirect
    page = browser.get("/editions/{edition}/readers").text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_a_fault_of_the_program_is_a_guarded_page_without_details(browser):
    browser.enter()
    browser.desk.room.config.briefings["broken"] = None
    answer = browser.get("/")
    assert answer.status_code == 500
    assert "Something is wrong with the desk itself" in answer.text
    assert "Traceback" not in answer.text
    assert "NoneType" not in answer.text
    assert guarded(answer) == PAGE


def test_a_subscriber_is_looked_at_without_their_address_in_the_pages_own_address(browser):
    browser.enter()
    answer = browser.post("/editions/{edition}/as", {"address": "ben@example.com"})
    where = answer.headers["location"]
    assert "ben" not in where
    page = browser.get(where.partition("#")[0]).text
    assert "You see a subscriber’s own letter" in page
    entry = browser.desk.room.store.audit_log.newest(1)[0]
    assert (entry.verb, "@" in entry.detail) == ("look as reader", False)
    assert browser.get("/editions/{edition}/letter.eml?as=nobody").status_code in (404, 422)


def test_an_address_on_no_list_is_looked_at_so_too_until_many_others_were(browser):
    browser.enter()

    def typed(address):
        answer = browser.post("/editions/{edition}/as", {"address": address})
        assert "example" not in answer.headers["location"]
        return answer.headers["location"].partition("as=")[2].partition("#")[0]

    before, mark = browser.desk.rows("deeds", "emails", "manifests"), typed("eve@example.com")
    assert "That address is not on the list" in browser.get("/editions/{edition}?as=" + mark).text
    for path in ("frame?look=phone&", "letter?form=text&", "letter.eml?"):
        assert "eve@example.com" in browser.get("/editions/{edition}/" + f"{path}as={mark}").text
    assert browser.desk.rows("deeds", "emails", "manifests") == before, "nothing keeps it"
    for number in range(100):
        typed(f"other{number}@example.com")
    assert "Type it once more" in browser.get("/editions/{edition}/letter?as=" + mark).text
    assert browser.post("/editions/{edition}/as", {"address": "not one"}).status_code == 422


def test_the_archive_page_and_the_confirmation_letter_are_looked_at_before_anything_is_sent(
    browser,
):
    browser.enter()
    page = browser.get("/editions/{edition}/frame?look=archive")
    assert guarded(page) == FRAME
    headline = browser.desk.edition.items[0].headline
    assert headline.split()[0] in page.text
    assert "•••@•••" in page.text
    assert "/unsubscribe" in page.text
    letter = browser.get("/editions/{edition}/frame?look=confirmation").text
    assert 'href="https://briefing.example.org/confirm/"' in letter
    assert "The Staggers" in letter
    shown = browser.get("/editions/{edition}?look=archive").text
    assert 'data-look="archive" aria-current="true"' in shown


def test_the_download_is_the_letter_as_it_is_sent(browser):
    browser.enter()
    answer = browser.get("/editions/{edition}/letter.eml")
    assert answer.headers["content-type"] == "message/rfc822"
    assert answer.headers["content-disposition"] == f'attachment; filename="{EDITION}.eml"'
    assert answer.content.startswith(b"To: ")
