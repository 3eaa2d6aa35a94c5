"""A rehearsed morning: what would go wrong is told while there is time, and nothing of the house is changed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import inspect, text
from tests.desks import act
from tests.faults.relay import Relay
from tests.newsrooms import rows
from tests.served import free_port
from tests.servers.postgresql import Missing, running
from tests.weeks import Week, at

from briefing.actions.readers.import_list import sync_list
from briefing.actions.schedule import foreseen, rehearsal_house
from briefing.actions.schedule.rehearse import last_rehearsal, rehearse, rehearse_if_due
from briefing.config.sending import Dkim
from briefing.errors import EditionError
from briefing.store import room_of_copy

READERS = "email,name\n" + "".join(f"reader{n}@example.com,R {n}\n" for n in range(130))


@pytest.fixture
def house(tmp_path):
    """A night before a Monday with three pages and 130 readers."""
    found = Week(tmp_path)
    (tmp_path / "seeds" / "subscribers.csv").write_text(READERS)
    for number, title in enumerate(("Harbour Bridge", "Salt Marsh", "Tide Mill")):
        found.page(f"page{number}", title)
    found.now = at(0, 1)
    return found


def changed(house, part, **values):
    table = getattr(house.config, part).model_copy(update=values)
    house.config = house.config.model_copy(update={part: table})


def rehearsed(house):
    return act(rehearse, house.config, "staggers", clock=lambda: house.now)


def subjects(done):
    return [one.subject for one in done.concerns]


def test_a_thread_next_to_the_schedule_rehearses_as_the_main_one_does(house):
    with ThreadPoolExecutor(1) as alongside:
        done = alongside.submit(rehearsed, house).result()
    assert done.concerns == ()
    assert done.letters == 13


def test_a_good_morning_is_rehearsed_to_the_last_letter_and_nothing_is_changed(house):
    act(lambda desk: None, house.config, clock=lambda: house.now)
    before = rows(house.folder)
    done = rehearsed(house)
    assert done.concerns == ()
    assert (done.stories, done.readers, done.letters) == (3, 130, 13)
    assert done.slot == "2026-11-23T06:30 Europe/London"
    assert rows(house.folder) == before
    kept = {path.name for path in (house.folder / "var").iterdir()}
    assert kept.isdisjoint({"editions", "outbox", "rehearsal", "rendered"})


@pytest.fixture(scope="module")
def server():
    try:
        with running() as found:
            yield found
    except Missing as why:
        pytest.skip(f"PostgreSQL: {why}")


def everything(desk):
    """All rows of all tables of the house, and what Procrastinate keeps."""
    with desk.store.database.read() as connection:
        found = inspect(connection)
        names = sorted(found.get_table_names())
        return {
            name: sorted(map(repr, connection.execute(text(f'SELECT * FROM "{name}"')).all()))
            for name in names
        }


@pytest.mark.parametrize("engine", ["local", "procrastinate"])
def test_a_house_with_postgresql_is_rehearsed_in_a_file_and_nothing_is_changed(
    house, server, engine
):
    with server.database() as url:
        changed(house, "database", url=url)
        changed(house, "send", engine=engine)
        act(sync_list, house.config, "readers", clock=lambda: house.now)
        before = act(everything, house.config, clock=lambda: house.now)
        done = rehearsed(house)
        assert [one.sentence for one in done.concerns] == []
        assert (done.stories, done.readers, done.letters) == (3, 130, 13)
        assert act(everything, house.config, clock=lambda: house.now) == before
        size = act(lambda desk: room_of_copy(desk.store.database), house.config)
        assert size > 1_000_000, "the copy lies on this machine, wherever the database does"
    kept = {path.name for path in (house.folder / "var").iterdir()}
    assert kept.isdisjoint({"editions", "outbox", "rehearsal", "rendered"})


def test_the_morning_after_is_as_if_nobody_had_rehearsed(house):
    rehearsed(house)
    house.live(at(0, 7))
    assert house.letters() == {"staggers-2026-11-23": 130}


def test_too_few_stories_are_told(house):
    for page in (house.folder / "seeds").glob("page*.txt"):
        page.unlink()
    (concern,) = rehearsed(house).concerns
    assert concern.subject == "thin edition"
    assert "nothing to print" in concern.sentence


def test_far_fewer_stories_than_lately_are_told(house):
    house.live(at(0, 7))
    house.page("tuesday", "Canal Quay")
    assert "1 story as things stand, and editions lately had 3" in str(rehearsed(house).concerns)


def test_what_the_checks_call_an_error_is_told_and_no_letter_is_written(house):
    changed(house, "site", public_url="http://harbour.lan")
    done = rehearsed(house)
    assert done.letters == 0
    assert any(one.startswith("check ") for one in subjects(done))


def test_a_source_that_cannot_be_read_is_told(house):
    gone = house.config.sources["saved_pages"].model_copy(update={"path": "nowhere"})
    house.config = house.config.model_copy(
        update={
            "sources": house.config.sources | {"second": gone},
            "briefings": {
                "staggers": house.config.briefings["staggers"].model_copy(
                    update={"sources": ("saved_pages", "second")}
                )
            },
        }
    )
    done = rehearsed(house)
    assert done.stories == 3
    assert subjects(done) == ["source second"]
    assert "nowhere" in done.concerns[0].sentence


def test_a_full_disk_is_told_and_no_copy_is_made(house, monkeypatch):
    monkeypatch.setattr(rehearsal_house, "ROOM", 1 << 62)
    done = rehearsed(house)
    assert subjects(done) == ["disk"]
    assert "make room" in done.concerns[0].sentence
    assert done.stories == 0


@pytest.mark.parametrize(("days", "said"), [(-1, "has ended on"), (10, "ends on"), (60, "")])
def test_a_certificate_that_ends_is_told_while_there_is_time(house, days, said):
    key, now = Ed25519PrivateKey.generate(), house.now
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "desk.example.org")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=90))
        .not_valid_after(now + timedelta(days=days))
        .sign(key, None)
    )
    (house.folder / "desk.pem").write_bytes(made.public_bytes(Encoding.PEM))
    changed(house, "desk", cert_file="desk.pem", key_file="desk.key")
    told = " ".join(one.sentence for one in rehearsed(house).concerns)
    assert said in told
    assert bool(told) == bool(said)


def test_a_key_that_is_gone_is_told(house):
    dkim = (Dkim(domain="example.org", selector="one", key_file="gone.pem"),)
    changed(house, "send", dkim=dkim)
    done = rehearsed(house)
    assert "key" in subjects(done)
    assert "gone.pem" in str(done.concerns)


def test_the_real_relay_is_greeted_and_gets_no_letter(house, tmp_path, monkeypatch):
    with Relay(log=tmp_path / "relay.jsonl") as relay:
        house.config = house.by(relay)
        assert rehearsed(house).concerns == ()
        monkeypatch.setattr(foreseen, "SLOW", -1.0)
        assert subjects(rehearsed(house)) == ["slow relay"]
        assert relay.accepted() == []


def test_a_relay_that_is_away_is_told(house):
    smtp = house.config.send.smtp.model_copy(
        update={"host": "127.0.0.1", "port": free_port(), "security": "none"}
    )
    changed(house, "send", transport="smtp", smtp=smtp)
    done = rehearsed(house)
    assert subjects(done) == ["relay"]
    assert done.letters == 13


def test_each_night_is_rehearsed_once_after_its_hour_and_told_in_one_sentence(house):
    told = []

    def night(*moment):
        house.now = at(*moment)
        return len(act(rehearse_if_due, house.config, told.append, clock=lambda: house.now))

    changed(house, "rehearsal", at="")
    assert night(0, 2) == 0
    changed(house, "rehearsal", at="01:30")
    assert [night(0, 1), night(0, 2), night(0, 3)] == [0, 1, 0]
    assert told == []
    changed(house, "site", public_url="http://harbour.lan")
    assert night(1, 6, 20) == 0
    assert night(1, 7) == 1
    assert len(told) == 1
    assert told[0].startswith("staggers, 2026-11-25T06:30 Europe/London: rehearsed, and ")
    kept = act(last_rehearsal, house.config, "staggers", clock=lambda: house.now)
    assert kept.slot.startswith("2026-11-25")


def test_a_briefing_that_is_never_due_has_nothing_to_rehearse(tmp_path):
    house = Week(tmp_path, unscheduled=True)
    with pytest.raises(EditionError, match="never due"):
        rehearsed(house)
