"""premailer writes our rules into the elements and spoils nothing else."""

import re
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import css_inline
import pytest
from lxml import etree
from tests.emails import chromium
from tests.servers.serve import serve

from briefing.emails.inline import inlined, written
from briefing.emails.render import render
from briefing.emails.stylesheet import read_style_sheet
from briefing.errors import TemplateError

HEAD = (
    "<!doctype html><html><head><style>@media (prefers-color-scheme: dark) { p { color: #fff "
    "!important } } [data-ogsc] p { color: #fff !important }</style>"
    '<style media="print">p { color: #000 }</style>{}</head><body>{}</body></html>'
)


@pytest.fixture
def styled(tmp_path):
    """Inlines a rule or two into a small document."""

    def _styled(body, css="p { margin: 0 }", head=""):
        path = tmp_path / "theme.css"
        path.write_text(css)
        return written(inlined(HEAD.replace("{}", head, 1).replace("{}", body), path))

    return _styled


@pytest.fixture
def server():
    """A server on this machine, and the list of what was asked of it."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = threading.Thread(target=serve, args=(listening,))
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}", asked
        listening.shutdown()
        thread.join()


def test_the_doctype_stands_first_and_no_mark_is_left(styled):
    html = styled("<p>x</p>")
    assert html.startswith("<!doctype html>\n<html>")
    assert "data-premailer" not in html
    assert '<p style="margin:0">' in html


def test_style_blocks_keep_every_rule(styled):
    found = re.findall(r"<style.*?</style>", styled("<p>x</p>"), re.DOTALL)
    assert found == [
        "<style>@media (prefers-color-scheme:dark){p{color:#fff!important}\n}\n"
        "[data-ogsc] p{color:#fff!important}</style>",
        '<style media="print">p{color:#000}</style>',
    ]


def test_outlooks_comments_stay_as_they_are(styled):
    comments = "<!--[if mso]><table><tr><td><![endif]--><p>x</p><!--[if !mso]><!--><i>y</i><!--<![endif]-->"
    assert re.findall(r"<!--.*?-->", styled(comments)) == re.findall(r"<!--.*?-->", comments)


def test_sizes_that_outlook_reads_from_attributes_stay(styled):
    html = styled(
        '<img width="552" height="20" src="x.png"><td align="left" valign="top"></td>',
        "img { width: 100% }",
    )
    assert 'width="552" height="20"' in html


def test_nothing_is_fetched_while_an_email_is_made(styled, server, edition, design):
    address, asked = server
    head = f'<link rel="stylesheet" href="{address}/link.css"><style>@import "{address}/style.css";</style>'
    styled("<p>x</p>", head=head)
    with pytest.raises(TemplateError, match="'@' cannot"):
        styled("<p>x</p>", css=f'@import "{address}/theme.css"; p {{ margin: 0 }}')
    font = f'<mj-font name="Ubuntu" href="{address}/font.css" /><mj-style>'
    with pytest.raises(TemplateError, match="mj-font"):
        render(edition, design("briefing.mjml.j2", "<mj-style>", font))
    assert asked == []


def test_a_style_attribute_that_premailer_stumbles_over_is_our_error(styled):
    with pytest.raises(TemplateError, match="cannot be inlined"):
        styled('<p style="head">x</p>')


def test_rendering_prints_nothing(tmp_path):
    script = (
        "import importlib.util, sys\n"
        "spec = importlib.util.spec_from_file_location('sample', sys.argv[1])\n"
        "sample = importlib.util.module_from_spec(spec)\n"
        "spec.loader.exec_module(sample)\n"
        "sample.render(sample.sample_edition(), sample.sample_settings())\n"
    )
    ran = subprocess.run(
        [
            sys.executable,
            "-W",
            "ignore",
            "-c",
            script,
            str(Path(__file__).with_name("conftest.py")),
        ],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert (ran.stdout, ran.stderr) == ("", "")


def test_the_compilers_rules_and_outlooks_comments_are_all_kept(edition, settings):
    html = render(edition, settings).html
    assert html.count("<!--[if") == html.count("<![endif]") > 12
    assert html.count("!important") > 40
    assert "[data-ogsc] .card p" in html
    assert "@media (prefers-color-scheme:dark)" in html


@pytest.mark.skipif(chromium.CHROMIUM is None, reason="no Chromium to draw with")
def test_another_inliner_draws_the_same_picture(edition, settings, monkeypatch):
    # The other one has to find the classes that only theme.css knows.
    monkeypatch.setattr("briefing.emails.render.spare_classes", lambda page, nonce: None)
    html = render(edition, settings).html
    sheet = read_style_sheet(settings.template / "theme.css")
    root = etree.fromstring(html, etree.HTMLParser())
    with chromium.started() as browser:
        drawn = [_picture(browser, one) for one in (html, _reinlined(root, sheet))]
    assert drawn[0] == drawn[1]


def _reinlined(root, sheet):
    """The email with what theme.css wrote taken out, and written in again by css-inline."""
    for found in root.iter("h1", "h2", "p", "a", "strong", "span"):
        if "font-size:1px" not in found.get("style", ""):
            found.attrib.pop("style", None)
    bare = etree.tostring(root, method="html", encoding="unicode", doctype="<!doctype html>")
    inliner = css_inline.CSSInliner(
        inline_style_tags=False,
        keep_style_tags=True,
        load_remote_stylesheets=False,
        extra_css=sheet,
    )
    return inliner.inline(bare)


def _picture(browser, html):
    page = browser.new_page(viewport={"width": 700, "height": 800})
    page.set_content(html)
    return page.screenshot(full_page=True)
