"""Sending and steering from the terminal: everyone once, and every step a sentence."""

import json
import mailbox
import subprocess
import sys
from base64 import b64encode

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from tests.faults.relay import Faults, Relay
from tests.workers.copies import copied
from typer.testing import CliRunner

from briefing.actions.admin.init import make_house
from briefing.actions.open_store import the_store
from briefing.cli.main import app
from briefing.clock import utc_now
from briefing.config import load_config
from briefing.model.limit import Limit, Rate
from briefing.sends.letters.verp import return_path
from briefing.store import signing_keys

EDITIONS = "staggers"


@pytest.fixture(scope="module")
def rendered_house(tmp_path_factory):
    """A house with a rendered edition; copy it."""
    folder = tmp_path_factory.mktemp("rendered") / "house"
    make_house(folder)
    for command in ("draft", "render"):
        assert run(command, "--config", str(folder / "config.toml")).exit_code == 0
    return folder


@pytest.fixture
def house(rendered_house, tmp_path, monkeypatch):
    folder = copied(rendered_house, tmp_path / "house")
    monkeypatch.chdir(folder)
    return folder


def run(*arguments, **environment):
    result = CliRunner(env=environment).invoke(app, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def refused(*arguments, **environment):
    with pytest.raises(Exception) as caught:  # noqa: PT011 - the sentence is what is tested
        run(*arguments, **environment)
    return str(caught.value)


def by_smtp(relay):
    return {
        "BRIEFING_SEND__TRANSPORT": "smtp",
        "BRIEFING_SEND__SMTP__HOST": "127.0.0.1",
        "BRIEFING_SEND__SMTP__PORT": str(relay.port),
        "BRIEFING_SEND__SMTP__SECURITY": "none",
    }


def name(house):
    (found,) = (house / "var" / "editions").iterdir()
    return found.name


def test_everyone_gets_one_letter_however_often_send_is_called(house, tmp_path):
    with Relay(tmp_path / "log") as relay:
        first = json.loads(run("send", "--json", **by_smtp(relay)).stdout)
        second = json.loads(run("send", "--json", **by_smtp(relay)).stdout)
        got = [entry["recipient"] for entry in relay.accepted()]
    assert (first["now"], second["now"]) == (8, 0)
    assert len(got) == len(set(got)) == 8


def test_what_was_frozen_is_what_is_sent_though_the_draft_was_rendered_anew(house, tmp_path):
    keep = tmp_path / "kept"
    keep.mkdir()
    with Relay(tmp_path / "log", Faults(rcpt_451=1)) as relay:
        run("send", **by_smtp(relay), BRIEFING_SEND__RETRY__FIRST_WAIT="0")
    run("render", BRIEFING_SITE__NAME="Another Name")
    with Relay(tmp_path / "log2", keep=keep) as relay:
        result = run("retry", "--now", **by_smtp(relay))
    assert result.exit_code == 0
    letters = [path.read_bytes() for path in keep.iterdir()]
    assert len(letters) == 8
    assert not any(b"Another Name" in letter for letter in letters)


def test_a_test_letter_is_marked_and_leaves_no_trace(house):
    run("send", "--test", "me@example.com")
    (letter,) = (house / "var" / "outbox").rglob("*.eml")
    assert b"Subject: [TEST]" in letter.read_bytes()
    assert "never sent" in refused("deliveries")


def test_a_dry_run_posts_nothing_and_records_nothing(house):
    result = run("send", "--dry-run")
    assert result.exit_code == 0
    assert "none was posted" in result.output
    assert not (house / "var" / "outbox").exists()
    assert "never sent" in refused("deliveries")


def test_a_paused_mailing_waits_until_it_is_resumed(house, tmp_path):
    edition = name(house)
    with Relay(tmp_path / "log", Faults(rcpt_451=1)) as relay:
        run("send", **by_smtp(relay))
    run("pause", edition, "--reason", "wrong figure in the lead")
    assert "wrong figure in the lead" in refused("retry", "--now")
    run("resume", edition)
    assert run("retry", "--now").exit_code == 0


def test_an_aborted_mailing_never_goes_on(house, tmp_path):
    edition = name(house)
    with Relay(tmp_path / "log", Faults(rcpt_451=1)) as relay:
        run("send", **by_smtp(relay))
    run("abort", edition, "--yes")
    assert "aborted" in refused("send")
    assert "nothing can change that" in refused("resume", edition)


def test_nobody_is_asked_whether_to_abort_what_never_began(house):
    assert "nowhere" in refused("abort", "nowhere")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("deliveries", "--state", "lost"), "'lost' is none of these: pending, posting"),
        (("entries", "--state", "lost"), "'lost' is none of these: new, used"),
        (("schedule", "--until", "30.11.2026"), "Write year, month and day, such as 2026-11-30"),
    ],
)
def test_a_wrong_value_of_an_option_is_told_in_our_words(command, words):
    found = run(*command)
    said = " ".join(found.output.replace("│", " ").split())
    assert found.exit_code == 2
    assert words in said
    assert "Value error" not in said


def test_a_relay_that_refuses_the_password_pauses_the_mailing_with_its_words(house, tmp_path):
    with Relay(tmp_path / "log", tls=True, auth=("desk", "right")) as relay:
        settings = {
            **by_smtp(relay),
            "BRIEFING_SEND__SMTP__SECURITY": "starttls",
            "BRIEFING_SEND__SMTP__CA_FILE": str(relay.certificate),
            "BRIEFING_SEND__SMTP__USERNAME": "desk",
            "BRIEFING_SEND__SMTP__PASSWORD": "wrong",
        }
        result = run("send", **settings)
        assert result.exit_code == 1
        assert "BRIEFING_SEND__SMTP__PASSWORD" in result.output
        assert "resume" in result.output
        run("resume", name(house))
        result = run("send", **settings | {"BRIEFING_SEND__SMTP__PASSWORD": "right"})
        assert result.exit_code == 0, result.output
        assert len(relay.accepted()) == 8


def test_a_missing_password_is_refused_before_anything_is_frozen(house):
    settings = {"BRIEFING_SEND__TRANSPORT": "smtp", "BRIEFING_SEND__SMTP__USERNAME": "desk"}
    assert "no password" in refused("send", **settings)
    assert "never sent" in refused("deliveries")


def test_deliveries_are_shown_and_exported(house):
    run("send")
    shown = run("deliveries").output
    assert "8 posted" in shown
    rows = run("deliveries", "--csv", "--state", "posted").stdout.splitlines()
    assert len(rows) == 9
    assert rows[0].startswith("email,name,state")
    assert len(json.loads(run("deliveries", "--json").stdout)["deliveries"]) == 8


def test_a_reader_refused_for_good_leaves_the_list_and_no_file_brings_them_back(house, tmp_path):
    with Relay(tmp_path / "log", Faults(rcpt_550=0.4, seed=0)) as relay:
        said = run("send", **by_smtp(relay))
    assert said.exit_code == 1
    assert "refused, mailbox unknown; the last with: 550 5.1.1 Unknown" in said.output
    gone = json.loads(run("deliveries", "--json", "--state", "bounced").stdout)["deliveries"]
    assert 0 < len(gone) < 8
    assert {row["reason"] for row in gone} == {"mailbox unknown"}
    again = json.loads(run("subscribers", "import", "seeds/subscribers.csv", "--json").stdout)
    assert (again["added"], again["opted_out"]) == (0, len(gone))
    assert "would get letters again" in run("bounces", "undo", name(house), "--dry-run").output
    assert f"{len(gone)} readers get letters again" in run("bounces", "undo", name(house)).output
    again = json.loads(run("subscribers", "import", "seeds/subscribers.csv", "--json").stdout)
    assert again["opted_out"] == 0


def test_a_relay_that_refuses_everybody_costs_no_reader_and_pauses(house, tmp_path):
    with Relay(tmp_path / "log", Faults(dot_550=1)) as relay:
        said = run("send", **by_smtp(relay))
    assert said.exit_code == 1
    assert "Stopped and paused: the relay refused" in " ".join(said.output.split())
    assert said.output.count("briefing resume") == 1
    run("resume", name(house))
    with Relay(tmp_path / "log", Faults()) as relay:
        assert run("send", **by_smtp(relay)).exit_code == 0
        assert len(relay.accepted()) == 8


def test_a_file_of_a_providers_events_is_read_once_and_a_broken_one_changes_nothing(
    house, tmp_path
):
    run("send")
    events = [{"event": "bounce", "email": "carys@example.net", "reason": "550 5.1.1 no such user",
               "status": "5.1.1", "sg_event_id": "one", "sg_message_id": "m"}]  # fmt: skip
    file = tmp_path / "events.json"
    file.write_text(json.dumps(events)[:-9])
    assert "is not JSON" in refused("bounces", "--events", str(file))
    file.write_text(json.dumps([*events, {"hello": 1}]))
    assert "of no provider we know" in refused("bounces", "--events", str(file))
    file.write_text(json.dumps(events))
    assert "1 hard" in run("bounces", "--events", str(file)).output
    assert "1 of them counted before" in run("bounces", "--events", str(file)).output
    (reader,) = json.loads(run("subscribers", "find", "carys@example.net", "--json").stdout)
    assert (reader["standing"], reader["changes"][-1]["cause"][:21]) == (
        "bounced",
        "hard: mailbox unknown",
    )


def test_what_nobody_can_read_is_kept_and_the_rest_is_read(house, tmp_path):
    run("send")
    box = mailbox.Maildir(tmp_path / "box")
    for poison in (b'To: "\n\nhello\n', b"\xff" * 5_000, b"From: ann@example.org\n\nThank you.\n"):
        box.add(poison)
    said = " ".join(run("bounces", BRIEFING_BOUNCES__MAILBOX=str(tmp_path / "box")).output.split())
    assert "3 read" in said
    assert "1 wrote; 1 handed on" in said
    assert "2 messages could not be understood" in said
    kept = sorted((house / "var" / "bounces" / "unread").iterdir())
    assert len(kept) == 2
    run("bounces", BRIEFING_BOUNCES__MAILBOX=str(tmp_path / "box"))
    assert sorted((house / "var" / "bounces" / "unread").iterdir()) == kept


def test_bounces_in_the_mailbox_end_a_readers_letters_and_count_once(house, tmp_path):
    run("send")
    edition = name(house)
    (reader,) = json.loads(run("subscribers", "find", "carys@example.net", "--json").stdout)
    key = signing_keys(house / "var")[-1]
    path = return_path("bounces@example.org", edition, reader["ref"], key)
    report = (
        f"To: {path}\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n"
        "Action: failed\nStatus: 5.1.1\n\n--b--\n"
    )
    mailbox.Maildir(tmp_path / "box").add(report.encode())
    first = run("bounces", BRIEFING_BOUNCES__MAILBOX=str(tmp_path / "box")).output
    second = run("bounces", BRIEFING_BOUNCES__MAILBOX=str(tmp_path / "box")).output
    assert "1 hard" in first
    assert "1 of them counted before" in second
    (reader,) = json.loads(run("subscribers", "find", "carys@example.net", "--json").stdout)
    assert reader["standing"] == "bounced"


def test_a_restored_backup_sends_nothing_until_somebody_says_so(house, tmp_path):
    with Relay(tmp_path / "log", Faults(rcpt_451=1)) as relay:
        run("send", **by_smtp(relay))
    run("backup", str(tmp_path / "copy.db"))
    run("restore", str(tmp_path / "copy.db"), "--yes")
    assert "restored from a backup" in refused("retry", "--now")
    run("resume", name(house))
    assert run("retry", "--now").exit_code == 0


def test_a_reader_is_found_paused_tagged_and_erased(house):
    run("subscribers", "add", "new@example.org", "--name", "New Reader", "--tags", "press;uk")
    (reader,) = json.loads(run("subscribers", "find", "new@example.org", "--json").stdout)
    assert (reader["name"], reader["tags"]) == ("New Reader", ["press", "uk"])
    run("subscribers", "tag", "new@example.org", "vip")
    run("subscribers", "pause", "new@example.org")
    assert run("subscribers", "pause", "new@example.org").exit_code == 1
    run("subscribers", "resume", "new@example.org")
    (reader,) = json.loads(run("subscribers", "find", "new@example.org", "--json").stdout)
    assert [change["becomes"] for change in reader["changes"]] == ["active", "paused", "active"]
    run("subscribers", "erase", "new@example.org", "--yes")
    assert "Nobody on any list" in refused("subscribers", "find", "new@example.org")


def test_letters_are_signed_with_the_keys_of_the_config(house):
    keys = {}
    for name, key in (
        ("rsa", rsa.generate_private_key(65_537, 2048)),
        ("ed", Ed25519PrivateKey.generate()),
    ):
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (house / f"{name}.pem").write_bytes(pem)
        keys[name] = key.public_key()
    config = house / "config.toml"
    config.write_text(
        config.read_text()
        + "".join(
            f'\n[[send.dkim]]\ndomain = "example.org"\nselector = "{name}"\nkey_file = "{name}.pem"\n'
            for name in keys
        )
    )
    der = keys["rsa"].public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    record = b"v=DKIM1; k=rsa; p=" + b64encode(der)
    assert run("send").exit_code == 0
    for path in (house / "var" / "outbox").rglob("*.eml"):
        wire = path.read_bytes()
        assert wire.startswith(b"DKIM-Signature:")
        assert wire.count(b"DKIM-Signature:") == 2
        assert dkim.verify(wire, dnsfunc=lambda name, timeout=0: record)


def test_the_relays_rate_holds_over_a_restart(house, tmp_path, monkeypatch):
    with Relay(tmp_path / "log", Faults(rcpt_451=1)) as relay:
        settings = {**by_smtp(relay), "BRIEFING_SEND__SMTP__RATE": "8/h"}
        run("send", **settings, BRIEFING_SEND__RETRY__FIRST_WAIT="0")
    with the_store(load_config(house / "config.toml", {}), utc_now()) as store:
        tokens = store.ledger(store.mailings.get(name(house)).number).tokens
        refused = tokens.take(Limit("relay", Rate(8, 3_600.0)), utc_now().timestamp())
    assert not refused.granted
    assert refused.wait > 3_000


def test_a_full_disk_stops_the_sender_with_a_sentence_and_loses_nothing(house, tmp_path):
    with Relay(tmp_path / "log", Faults(rcpt_451=1)) as relay:
        run("send", **by_smtp(relay))
    before = json.loads(run("deliveries", "--json").stdout)["counts"]
    script = (
        "import resource, sys; from briefing.cli.main import run;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096));"
        "sys.argv = ['briefing', 'retry', '--now']; run()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=house, check=False
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "make room" in done.stderr.lower()
    assert json.loads(run("deliveries", "--json").stdout)["counts"] == before


def test_a_status_shows_no_table_without_rows_and_the_whole_day_of_a_slot(house):
    said = run("status").output
    assert "Sources" in said
    assert "Mailings" not in said
    assert "Slots" not in said
    assert run("run").exit_code == 0
    assert " Europ" not in run("status").output
