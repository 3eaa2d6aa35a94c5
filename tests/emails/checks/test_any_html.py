"""No rule raises, whatever stands in the HTML."""

from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.emails.checks.conftest import HOUSE, Web, sample
from tests.servers.serve import serve

from briefing.emails.checks import RULES, Answer, Proof, check

TAGS = st.sampled_from(
    "a b body div font form h1 h2 h5 html img link meta p style table td th title".split()
)
NAMES = st.sampled_from(
    "alt bgcolor class color content dir href lang media name onclick rel role src style width".split()
)
VALUES = st.one_of(
    st.sampled_from(
        [
            "", "#", "sponsored", "red", "url(", "color:red;;background", "font-size:9em", "display:none",
            "http://[", "https://a.example:99999/x?utm_source=1&utm_source=2", "@media (", "header", "100%",
        ]
    ),
    st.text(max_size=12),
)  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(
        ["<!--", "]]>", "{{", "@import url(", "@media (prefers-color-scheme: dark) { a {", "}"]
    ),
    st.text(max_size=12),
)


@st.composite
def pages(draw):
    pieces = []
    for _ in range(draw(st.integers(0, 12))):
        tag = draw(TAGS)
        said = "".join(f' {draw(NAMES)}="{draw(VALUES)}"' for _ in range(draw(st.integers(0, 3))))
        end = f"</{tag}>" if draw(st.booleans()) else ""
        pieces.append(f"<{tag}{said}>{draw(TEXTS)}{end}")
    return "".join(pieces).replace("\x00", "")


def proof_of(html, text="", subject="", preheader=""):
    edition, email = sample()
    email = replace(email, html=html, text=text, subject=subject, preheader=preheader)
    return Proof(email, edition, HOUSE, fetcher=Web({"": Answer(status=0)}))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pages(), st.text(max_size=30), st.text(max_size=30))
def test_no_rule_raises_on_any_page(html, text, subject):
    check(proof_of(html, text, subject, subject))


@pytest.mark.parametrize(
    "html",
    [
        "",
        "text alone",
        "<p>" * 5_000 + "deep",
        "<style>" + "a{" * 500,
        "<html><body><!-- only a comment --></body></html>",
        '<p style="color:' + "(" * 500 + '">a</p>',
        '<a href="https://[v1.x]/">a</a>',
    ],
)
def test_no_rule_raises_on_a_strange_page(html):
    assert {finding.rule for finding in check(proof_of(html))} <= set(RULES)


class Listener(BaseHTTPRequestHandler):
    """Writes down who asks."""

    asked: ClassVar[list[str]] = []

    def do_GET(self):
        self.asked.append(self.path)
        self.send_error(404)

    def log_message(self, *_):
        """Say nothing."""


def test_an_import_in_a_sheet_is_never_fetched():
    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        Thread(target=serve, args=(server,), daemon=True).start()
        sheet = f"@import url(http://127.0.0.1:{server.server_port}/x.css); p {{ color: #ddd }}"
        found = check(proof_of(f"<style>{sheet}</style><p>pale</p>"))
        server.shutdown()
    assert Listener.asked == []
    assert {"forbidden", "contrast-light"} <= {finding.rule for finding in found}
