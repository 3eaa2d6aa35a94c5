"""What holds for every page there is."""

import os
import re
import signal
import urllib.request

import pytest
from tests.commands import Begun, run
from tests.served import SERVE, wait_for

from briefing.web.app import ROUTES
from briefing.web.security import STRICT

PATHS = sorted({re.sub(r"\{\w+\}", "x", route.path) for route in ROUTES})

HOSTS = {
    "briefing.example.org": 200,
    "BRIEFING.example.org:8443": 200,
    "localhost:8080": 200,
    "127.0.0.1": 200,
    "[::1]:8080": 200,
    "evil.example": 400,
    "": 400,
    "briefing.example.org.evil.example": 400,
    "briefing.example.org@evil.example": 400,
    "[::1": 400,
    "10.0.0.1": 400,
    "127.0.0.1:x": 400,
}


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "TRACE"])
def test_every_answer_of_every_route_has_the_headers(public, method):
    for path in (*PATHS, "/", "/favicon.ico", "/archive/", "/%ff"):
        answer = public.ask(method, path)
        assert answer.status < 500, path
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "base-uri 'none'" in policy
        assert "unsafe" not in policy or "sandbox" in policy
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in answer.headers


def test_pages_with_forms_have_the_strict_policy(public):
    links = public.letter_to("reader1@example.com")
    for path in ("/subscribe/readers", links["unsubscribe"], links["preferences"], "/none"):
        assert public.get(path).headers["content-security-policy"] == STRICT


def test_no_page_needs_script_or_anything_from_elsewhere(public):
    links = public.letter_to("reader1@example.com").values()
    for path in (*PATHS, "/subscribe/readers", "/archive/staggers", *links):
        body = public.get(path).body
        assert "<script" not in body
        assert re.search(r"<[^>]+\son\w+=", body) is None
        assert re.findall(r'<(?:link|img|iframe)[^>]*(?:href|src)="https?:', body) == []


def test_every_route_but_the_forms_takes_reading_only(public):
    before = public.dump()
    for path in PATHS:
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            # 410 is how a hub is told that nobody asked it (W3C WebSub, section 7).
            assert public.ask(method, path).status in {404, 405, 410, 422, 400}
    assert public.dump() == before


def test_only_the_site_itself_and_this_machine_are_answered(public):
    for host, status in HOSTS.items():
        answer = public.get("/archive", Host=host)
        assert answer.status == status, host
        assert "content-security-policy" in answer.headers


def test_a_fault_of_the_store_is_a_page_without_details(public):
    (public.folder / "var" / "briefing.db").write_bytes(b"no database at all " * 9000)
    public.desk.store.close()
    for suffix in ("-wal", "-shm"):
        (public.folder / "var" / f"briefing.db{suffix}").unlink(missing_ok=True)
    answer = public.get("/archive")
    assert answer.status == 503
    assert "try again in a few minutes" in answer.body
    assert "briefing.db" not in answer.body
    paused = public.post(public.letter_to("reader1@example.com")["preferences"], {"do": "pause"})
    assert paused.status == 503


def test_a_fault_of_the_program_is_a_guarded_page_without_a_traceback(public):
    public.desk.config.briefings["broken"] = None
    answer = public.get("/archive")
    assert answer.status == 500
    assert "try again in a few minutes" in answer.body
    assert "Traceback" not in answer.body
    assert "NoneType" not in answer.body
    assert answer.headers["content-security-policy"] == STRICT


def test_what_is_typed_comes_back_as_text_only(public):
    for typed in ('"><script>alert(1)</script>', "<img src=x onerror=alert(1)>", "{{7919*7927}}@x"):
        shown = public.sign_up(typed).body
        assert "<script" not in shown
        assert "<img" not in shown
        assert "62773913" not in shown  # more digits than a token has by chance


def test_serve_answers_on_the_address_it_prints_and_stops_cleanly_on_sigterm(public):
    # A desk of its own, wherever there is room: another test may serve at this moment.
    settings = os.environ | {"BRIEFING_DESK__LISTEN": '"127.0.0.1:0"'}
    log = public.folder / "serve.log"
    running = Begun(public.folder, SERVE, log, **settings)
    try:
        said = wait_for(
            lambda: log.exists() and re.search(r"http://127\.0\.0\.1:\d+", log.read_text())
        )
        with urllib.request.urlopen(f"{said[0]}/archive", timeout=60) as answer:
            assert answer.status == 200
            assert "server" not in {name.lower() for name in answer.headers}
        running.send_signal(signal.SIGTERM)
        assert running.wait(60) == 0
    finally:
        running.kill()


def test_serve_says_which_port_is_taken(public):
    port = public.listen()
    done = run(public.folder, "serve", "--port", str(port))
    assert done.returncode == 1
    told = " ".join(done.stderr.split())
    assert f"port {port} cannot be listened on: address already in use. Name" in told
    # Nobody typed the command of the process that answers.
    assert "Usage" not in told
