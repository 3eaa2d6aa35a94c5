"""`briefing template`: a design is begun in one command, and tried with what is worst for it."""

import json
import threading
import urllib.error
import urllib.request
from http.server import ThreadingHTTPServer

import pytest
from tests.servers.serve import serve
from typer.testing import CliRunner

from briefing.actions.admin.init import make_house
from briefing.actions.context import open_desk
from briefing.actions.rendering.designs import begin_design, state_of
from briefing.cli.editing.design_page import handler
from briefing.cli.main import app
from briefing.clock import utc_now
from briefing.config import load_config
from briefing.errors import TemplateError


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("house") / "desk"
    make_house(folder)
    return folder


@pytest.fixture
def design(house, request):
    """A design of its own for each test."""
    name = f"d-{abs(hash(request.node.name)) % 10**8}"
    return begin_design(house, name, "dispatch")


def run(house, *words):
    return CliRunner().invoke(app, ["template", *words, "--config", str(house / "config.toml")])


def tried(house, design):
    return run(house, "try", design.name, "--once")


def test_a_new_design_is_a_copy_that_renders_filled_empty_at_its_worst_and_long(house):
    assert run(house, "new", "harbour").exit_code == 0
    done = run(house, "try", "harbour", "--once")
    assert done.exit_code == 0, done.output
    for name in ("filled", "empty", "worst", "long"):
        assert f"{name}: " in done.output
    assert "error" not in done.output


@pytest.mark.parametrize(
    ("name", "like", "says"),
    [
        ("Ha/rbour", "dispatch", "not a name for a design"),
        ("../up", "dispatch", "not a name for a design"),
        ("staggers", "dispatch", "is there already"),
        ("fresh", "nowhere", "known: dispatch"),
    ],
)
def test_a_design_is_not_begun_under_a_name_that_is_none_or_taken(house, name, like, says):
    with pytest.raises(TemplateError, match=says):
        begin_design(house, name, like)


@pytest.mark.parametrize(
    ("fault", "line", "says"),
    [
        (("design.toml", '"lead"', '"leed"'), 2, "no block 'leed'"),
        (
            ("briefing.mjml.j2", "parts/footer", "parts/floor"),
            None,
            "'parts/floor.mjml.j2' is not there",
        ),
        (
            ("theme.css", "h1", "p:first-child b"),
            None,
            "'p:first-child b' cannot be written into an element",
        ),
    ],
    ids=["an unknown block", "a part that is missing", "a selector that cannot be inlined"],
)
def test_a_fault_is_told_with_file_and_line(house, design, fault, line, says):
    file, old, new = fault
    path = design / file
    path.write_text(path.read_text().replace(old, new, 1))
    done = tried(house, design)
    assert done.exit_code == 1
    assert says in done.output
    where = f"{path}:{line}:" if line else f"{path}:"
    assert where in done.output


def test_a_fault_is_told_once_with_the_letters_in_which_it_was_seen(house, design):
    path = design / "parts" / "footer.mjml.j2"
    path.write_text(path.read_text().replace("{{ slot.preferences_url }}", "{{ site.url }}"))
    done = tried(house, design)
    assert done.exit_code == 1
    (told,) = [line for line in done.output.splitlines() if "preferences link" in line]
    assert told.startswith("error: The HTML part has no preferences link;")
    assert told.endswith(" In: filled, empty, worst, long.")


def test_a_fault_that_shows_at_every_story_is_told_once(house, design):
    path = design / "parts" / "screen.css"
    path.write_text(path.read_text().replace("#fafaf7", "#333333"))
    done = tried(house, design)
    assert done.exit_code == 1
    faults = [line for line in done.output.splitlines() if "contrast-dark" in line]
    assert 0 < len(faults) < 5
    assert any("more like it." in line for line in faults)


def test_a_loop_without_end_is_stopped_and_told(house, design):
    path = design / "briefing.txt.j2"
    path.write_text(
        "{% for a in range(99999) %}\n{% for b in range(99999) %}\nx{% endfor %}\n{% endfor %}\n"
    )
    done = tried(house, design)
    assert done.exit_code == 1
    assert f"{path}:" in done.output
    assert "end this" in done.output


def test_a_part_that_includes_itself_is_told(house, design):
    path = design / "parts" / "story.mjml.j2"
    path.write_text('{% include "parts/story.mjml.j2" %}')
    done = tried(house, design)
    assert done.exit_code == 1
    assert "includes itself without end" in done.output


def test_the_page_shows_every_specimen_and_changes_its_state_when_a_file_is_saved(house, design):
    with open_desk(load_config(house / "config.toml"), utc_now) as desk:
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler(desk, design))
        thread = threading.Thread(target=serve, args=(server,))
        thread.start()
        try:
            base = f"http://127.0.0.1:{server.server_port}"
            page = read(f"{base}/")
            assert page.count("<iframe") == 8
            assert "Harbours pact holds" in read(f"{base}/letter/filled")
            assert read(f"{base}/pictures/{'0' * 64}.jpg").startswith("<svg")
            with pytest.raises(urllib.error.HTTPError, match="404"):
                read(f"{base}/letter/nothing")
            before = json.loads(read(f"{base}/state"))["state"]
            (design / "design.toml").write_text('blocks = ["leed"]\n')
            assert json.loads(read(f"{base}/state"))["state"] != before
            assert "there is no block &#x27;leed&#x27;" in read(f"{base}/")
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def test_the_state_of_a_design_is_that_of_its_files(design):
    before = state_of(design)
    assert state_of(design) == before
    (design / "theme.css").write_text("p { margin: 1px }")
    assert state_of(design) != before


def read(address):
    with urllib.request.urlopen(address) as answer:
        return answer.read().decode()
