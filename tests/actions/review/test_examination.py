"""What providers refuse for good holds a mailing where ops want that, and nothing else does."""

from contextlib import contextmanager
from functools import partial

import pytest
from tests.desks import approve_rendered
from tests.faults.relay import Relay
from tests.newsrooms import EDITION, LEAD, Clock, make_newsroom, settled
from tests.servers.dns_server import DnsServer
from typer.testing import CliRunner

from briefing.actions.context import open_desk
from briefing.actions.editions.draft import draft
from briefing.actions.editions.edit import sheet
from briefing.actions.rendering.render import the_email
from briefing.actions.review.examination import examine_if_due, examine_sender
from briefing.actions.review.gate import the_sendable
from briefing.actions.sending.send import send_edition
from briefing.cli.main import app
from briefing.config import load_config
from briefing.errors import EditionHeld
from briefing.sends.doctor import lookup

GOOD = (
    'example.org. TXT "v=spf1 ip4:192.0.2.10 -all"',
    "example.org. MX 10 mail.example.org.",
    "mail.example.org. A 192.0.2.10",
    '_dmarc.example.org. TXT "v=DMARC1; p=none"',
    "10.2.0.192.in-addr.arpa. PTR mail.example.org.",
)


@pytest.fixture
def house(tmp_path):
    """A house with an approved edition, whose sender is examined by a DNS server of ours."""
    make_newsroom(tmp_path)
    for page in (tmp_path / "seeds").glob("08-*.txt"):
        page.unlink()
    clock = Clock()
    text = (tmp_path / "config.toml").read_text()

    @contextmanager
    def _house(*records, mode="hold"):
        with Relay(log=tmp_path / "relay.jsonl") as relay, DnsServer(records) as server:
            smtp = f'host = "127.0.0.1"\nport = {relay.port}\nsecurity = "none"\n'
            host, port = server.address
            own = f'before_sending = "{mode}"\nsends_from = ["192.0.2.10"]\nresolvers = ["{host}:{port}"]'
            changed = text.replace('transport = "folder"', 'transport = "smtp"', 1)
            start = changed.index("[send.smtp]")
            end = changed.index("\n[", start + 1)
            changed = f"{changed[:start]}[send.smtp]\n{smtp}{changed[end:]}"
            changed = changed.replace('before_sending = "off"', f"{own} #", 1)
            (tmp_path / "config.toml").write_text(changed)
            yield load_config(tmp_path / "config.toml", {})

    return _house, clock


def approved(config, clock):
    with open_desk(config, clock) as desk:
        draft(desk, "staggers", repeat=True)
        the_email(desk, sheet(desk, EDITION).edition)
    approve_rendered(config, EDITION, yes=True, actor="ada", note="", clock=clock)


def test_a_sender_that_providers_refuse_is_held_with_the_sentence_until_it_is_mended(house):
    make, clock = house
    with make(*GOOD[1:]) as config, open_desk(config, clock) as desk:
        approved(config, clock)
        with pytest.raises(
            EditionHeld, match=r"has no SPF record.*IN TXT \"v=spf1 ip4:192.0.2.10 -all\""
        ):
            send_edition(desk, EDITION)
        assert desk.store.mailings.find(EDITION) is None
    with make(*GOOD) as config, open_desk(config, clock) as desk:
        with pytest.raises(EditionHeld):
            the_sendable(desk, EDITION)
        examine_sender(desk)
        assert send_edition(desk, EDITION).now == 3


def test_what_is_told_alone_holds_nothing(house):
    make, clock = house
    with make(*GOOD[1:], mode="tell") as config, open_desk(config, clock) as desk:
        approved(config, clock)
        sent = send_edition(desk, EDITION)
        assert sent.now == 3
        assert any("has no SPF record" in sentence for sentence in sent.skipped)


def test_dns_that_does_not_answer_holds_nothing(house, tmp_path, monkeypatch):
    # Every question waits for as long as it may.
    monkeypatch.setattr(lookup, "Lookup", partial(lookup.Lookup, seconds=0.2))
    make, clock = house
    with make() as config, open_desk(config, clock) as desk:
        approved(config, clock)
    dead = config.model_copy(
        update={"doctor": config.doctor.model_copy(update={"resolvers": ("127.0.0.1:9",)})}
    )
    with make() as live:
        smtp = live.send
        with open_desk(dead.model_copy(update={"send": smtp}), clock) as desk:
            assert send_edition(desk, EDITION).now == 3


def test_a_sender_is_examined_once_and_again_after_a_week(house):
    make, clock = house
    with make(*GOOD[1:]) as config, open_desk(config, clock) as desk:
        assert any("SPF" in sentence for sentence in examine_if_due(desk))
        clock.wait(days=6)
        assert examine_if_due(desk) == ()
        clock.wait(days=2)
        assert any("SPF" in sentence for sentence in examine_if_due(desk))


@pytest.mark.parametrize("mode", ["off", "hold"])
def test_a_house_that_writes_into_a_folder_asks_nobody(tmp_path, mode):
    make_newsroom(tmp_path)
    config = settled(tmp_path, BRIEFING_DOCTOR__BEFORE_SENDING=mode)
    with open_desk(config, Clock()) as desk:
        assert examine_if_due(desk) == ()
        assert not (tmp_path / "var" / "doctor.json").exists()


def test_the_command_shows_what_was_found_the_rule_and_the_record(house, tmp_path):
    make, _ = house
    with make(*GOOD[1:]):
        shown = CliRunner().invoke(app, ["doctor", "--config", str(tmp_path / "config.toml")])
    said = " ".join(shown.output.split())
    assert shown.exit_code == 1
    assert "refused SPF" in said
    assert 'example.org. IN TXT "v=spf1 ip4:192.0.2.10 -all"' in said
    assert "support.google.com/a/answer/81126" in said
    assert LEAD.partition("#")[0] not in said
