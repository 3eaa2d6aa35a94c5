"""`briefing desk` and `briefing editors`: who is let in, and what is refused before a stranger could be."""

import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from tests.commands import run
from typer.testing import CliRunner

from briefing.actions.admin.init import make_house
from briefing.actions.open_store import the_store
from briefing.cli.main import app
from briefing.config import load_config

PASSWORD = "four words do very well"
pytestmark = pytest.mark.usefixtures("quick_passwords")


@pytest.fixture
def house(tmp_path, monkeypatch):
    make_house(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(house, *command, **desk):
    """What a command prints and how it ends, with these keys in [desk]."""
    environment = {f"BRIEFING_DESK__{name.upper()}": value for name, value in desk.items()}
    done = run(house, *command, **environment)
    assert "Traceback" not in done.stderr
    return done.returncode, " ".join(f"{done.stdout} {done.stderr}".replace("│", "").split())


def editors(*words, typed=PASSWORD):
    done = CliRunner().invoke(app, ["editors", *words], input=f"{typed}\n")
    return done.exit_code, " ".join(done.output.split()), done.exception


def kept(house):
    with the_store(load_config(house / "config.toml", {})) as store:
        return {editor.name: editor for editor in store.editors.all()}


def test_for_others_it_does_not_start_without_editors_or_tls_and_says_both(house):
    code, said = told(house, "desk", listen='"0.0.0.0:0"')
    assert code != 0
    assert "there are no editors" in said
    assert "cert_file and key_file" in said
    assert "Come in" not in said


@pytest.mark.parametrize(
    ("desk", "fault"),
    [
        ({"public_url": '"https://desk.example.org"'}, "public_url needs the proxy"),
        ({"cert_file": '"c.pem"'}, "cert_file and key_file belong together"),
        ({"listen": '""'}, "listen is empty"),
        ({"listen": '"127.0.0.1:70000"'}, "70000 is not a port"),
        ({"listen": '"192.0.2.1:0"'}, "192.0.2.1 port 0 cannot be listened on"),
    ],
)
def test_a_table_that_cannot_work_is_a_sentence(house, desk, fault):
    code, said = told(house, "desk", **desk)
    assert code != 0
    assert fault in said


def test_a_port_that_is_taken_is_named(house):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        code, said = told(house, "desk", listen=f'"127.0.0.1:{port}"')
    assert code == 1
    assert f"127.0.0.1 port {port} cannot be listened on" in said
    assert "another host or port" in said


def test_a_certificate_that_is_not_there_is_a_sentence(house):
    editors("add", "ada")
    code, said = told(
        house,
        "desk",
        listen='"127.0.0.1:0"',
        public_url='"https://desk.example.org"',
        cert_file='"c.pem"',
        key_file='"k.pem"',
    )
    assert code == 1
    assert "desk.cert_file" in said
    assert "c.pem" in said
    assert "there is no file" in said


@contextmanager
def running(house, **desk):
    environment = {f"BRIEFING_DESK__{name.upper()}": value for name, value in desk.items()}
    process = subprocess.Popen(
        [sys.executable, "-m", "briefing", "desk"],
        cwd=house,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)
        process.stdout.close()


class Stay(urllib.request.HTTPRedirectHandler):
    """Follows nothing: where it leads is what is looked at."""

    def redirect_request(self, *_):
        return None


def ask(address, body=None, **headers):
    opener = urllib.request.build_opener(Stay)
    request = urllib.request.Request(address, body, headers)
    try:
        with opener.open(request, timeout=60) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read().decode()


def test_on_this_machine_a_link_lets_in_once_and_stands_in_no_journal(house):
    with running(house, listen='"127.0.0.1:0"') as process:
        lines = [process.stdout.readline(), process.stdout.readline()]
        here = re.search(r"http://127\.0\.0\.1:\d+", lines[0])[0]
        assert "link=" not in lines[1]
        path = Path(lines[1].split()[-1])
        assert path.stat().st_mode & 0o777 == 0o600
        link = re.search(r"link=(\S+)", path.read_text())[1]
        assert ask(f"{here}/")[1]["Location"] == "/sign-in"
        assert link in ask(f"{here}/sign-in?link={link}")[2]
        form, origin = f"link={link}".encode(), {"Origin": here}
        status, headers, _ = ask(f"{here}/sign-in", form, **origin)
        assert (status, headers["Location"]) == (303, "/")
        cookie = headers["Set-Cookie"].partition(";")[0]
        status, headers, page = ask(f"{here}/", Cookie=cookie)
        assert status == 200
        assert "Today" in page
        assert "server" not in headers
        status, _, page = ask(f"{here}/sign-in", form, **origin)
        assert status == 403
        assert "This sign-in link was used" in page


def test_an_editor_is_added_with_a_role_and_listed_without_the_password(house):
    code, said, _ = editors("add", "ada", "--role", "approver")
    assert (code, said) == (0, "ada may come to the desk as approver.")
    assert kept(house)["ada"].role == "approver"
    _, said, _ = editors("list")
    assert "ada" in said
    assert "approver" in said
    assert "argon2" not in said


def test_nobody_yet_is_said_with_the_way_in(house):
    assert "There are no editors" in editors("list")[1]


@pytest.mark.parametrize(
    ("words", "typed", "fault"),
    [
        (("add", "ada"), PASSWORD, "There is an editor 'ada' already"),
        (("add", " "), PASSWORD, "is not a name for an editor"),
        (("add", "ben"), "short", "15 to 256 characters; this one has 5"),
        (("password", "ada"), "", "15 to 256 characters; this one has 0"),
        (("password", "eve"), PASSWORD, "There is no editor 'eve'; there are: ada"),
        (("role", "eve", "viewer"), PASSWORD, "There is no editor 'eve'; there are: ada"),
        (("remove", "eve"), PASSWORD, "There is no editor 'eve'; there are: ada"),
    ],
)
def test_what_cannot_be_done_with_editors_is_a_sentence_and_changes_nothing(
    house, words, typed, fault
):
    editors("add", "ada")
    before = kept(house)
    code, _, error = editors(*words, typed=typed)
    assert code != 0
    assert fault in str(error)
    assert kept(house) == before


def test_role_password_and_removal(house):
    editors("add", "ada")
    before = kept(house)["ada"]
    assert editors("role", "ada", "ops")[1] == "ada is ops now."
    assert "signed out everywhere" in editors("password", "ada", typed="another five words")[1]
    after = kept(house)["ada"]
    assert after.role == "ops"
    assert after.password != before.password
    assert editors("remove", "ada")[1] == "ada comes to the desk no more."
    assert kept(house) == {}


def test_a_role_that_is_none_is_named_with_those_there_are(house):
    code, said = told(house, "editors", "add", "ada", "--role", "boss")
    assert code == 2
    for word in ("boss", "viewer", "editor", "approver", "ops"):
        assert word in said
