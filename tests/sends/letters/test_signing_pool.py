"""Letters written by other processes are those that would be written here."""

import asyncio
import os
import signal
from dataclasses import replace
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from tests.desks import act

from briefing.actions.admin.init import make_house
from briefing.actions.context import open_desk
from briefing.actions.editions.draft import draft
from briefing.actions.letters import letter_writer as writing
from briefing.actions.letters.send_settings import letter_writer
from briefing.actions.letters.signing_ahead import longest_list, signing_ahead
from briefing.actions.readers.import_list import sync_list
from briefing.actions.rendering.render import render_edition
from briefing.config import load_config
from briefing.model.subscriber import Subscriber
from briefing.sends.letters.signing_pool import SigningPool, SigningProgram

READERS = [
    Subscriber(email=f"reader{n}@example.net", name=f"Zoë {n}", ref=f"{n:016}", tags=("mp",))
    for n in range(30)
]


@pytest.fixture(scope="module")
def signed_house(tmp_path_factory):
    """A house whose letters are signed."""
    folder = tmp_path_factory.mktemp("scribes") / "house"
    make_house(folder)
    key = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "dkim.pem").write_bytes(pem)
    path = folder / "config.toml"
    signed = '[[send.dkim]]\ndomain = "example.org"\nselector = "s"\nkey_file = "dkim.pem"\n'
    path.write_text(path.read_text() + signed)
    return load_config(path, {})


@pytest.fixture(scope="module")
def writer(signed_house):
    """Writes the signed letters of a rendered edition."""
    config = signed_house
    email = act(render_edition, config, act(draft, config, "staggers").edition.id).email
    short = replace(email, html=email.html.replace("Plus", "More"), text="Two stories.")
    return act(
        letter_writer, config, email, list_name="readers", title="T", began=0.0, variants={2: short}
    )


@pytest.fixture
def four(monkeypatch):
    """There is room for four processes here."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(4)), raising=False)


async def ready(signing_pool):
    """Wait until every process has written a letter: who has least to do is asked next."""
    asked = [signing_pool.letter(READERS[0]) for _ in signing_pool._processes]
    await asyncio.gather(*asked)


def test_what_other_processes_write_and_sign_is_byte_for_byte_what_we_would(writer, four):
    async def ask():
        async with writer.signing_pool(10_000) as signing_pool:
            await ready(signing_pool)
            assert len(signing_pool._processes) == 4
            asked = [signing_pool.letter(one, form) for form in (0, 2) for one in READERS]
            return await asyncio.gather(*asked)

    letters = asyncio.run(ask())
    assert letters == [writer.write(one, form) for form in (0, 2) for one in READERS]
    assert b"Two stories." in letters[-1].wire
    assert b"Two stories." not in letters[0].wire
    assert all(letter.wire.startswith(b"DKIM-Signature:") for letter in letters)


def test_who_still_starts_is_asked_already_and_when_they_have_died_we_write_ourselves(writer, four):
    async def ask():
        async with writer.signing_pool(10_000) as signing_pool:
            begun = signing_pool.begin(READERS[0])
            assert isinstance(begun, asyncio.Task)
            first = await begun
            await ready(signing_pool)
            os.killpg(signing_pool._program.pid, signal.SIGKILL)
            asked = [signing_pool.letter(reader) for reader in READERS]
            return [first, *await asyncio.gather(*asked)]

    assert asyncio.run(ask()) == [writer.write(reader) for reader in [READERS[0], *READERS]]


def test_of_processes_that_die_one_by_one_the_others_still_write(writer, four):
    async def ask():
        async with writer.signing_pool(10_000) as signing_pool:
            await ready(signing_pool)
            os.kill(signing_pool._program.pid, signal.SIGKILL)
            while all(process.is_alive for process in signing_pool._processes):
                await asyncio.sleep(0.01)
            asked = [signing_pool.begin(reader) for reader in READERS]
            assert all(isinstance(letter, asyncio.Task) for letter in asked)
            return await asyncio.gather(*asked)

    assert asyncio.run(ask()) == [writer.write(reader) for reader in READERS]


def test_processes_end_with_the_run_that_needed_them(writer, four):
    async def ask():
        async with writer.signing_pool(10_000) as signing_pool:
            await ready(signing_pool)
        return signing_pool._program

    program = asyncio.run(ask())
    assert program.returncode == 0
    with pytest.raises(ProcessLookupError):
        os.killpg(program.pid, 0)


def test_who_stops_waiting_leaves_the_others_their_letters(writer, four):
    async def ask():
        async with writer.signing_pool(10_000) as signing_pool:
            await ready(signing_pool)
            gone, *rest = (asyncio.create_task(signing_pool.letter(one)) for one in READERS)
            await asyncio.sleep(0)
            gone.cancel()
            return await asyncio.gather(*rest)

    assert asyncio.run(ask()) == [writer.write(reader) for reader in READERS[1:]]


def test_few_letters_are_not_worth_a_process(writer, four):
    assert writer.signing_pool(writing._WORTH_PROCESSES - 1)._setup is None


def test_where_there_is_one_core_nobody_else_writes(writer, monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0}, raising=False)
    assert writer.signing_pool(10_000)._setup is None


def test_without_an_office_letters_are_written_where_they_are_asked_for():
    async def ask():
        async with SigningPool(
            SimpleNamespace(write=lambda reader, variant: f"{reader.email} {variant}")
        ) as signing_pool:
            return await signing_pool.letter(READERS[0], 2)

    assert asyncio.run(ask()) == f"{READERS[0].email} 2"


def test_as_many_senders_as_cores_write_their_own_letters(writer, four):
    assert writer.signing_pool(10_000, senders=3)._setup is not None
    assert writer.signing_pool(10_000, senders=4)._setup is None


@pytest.fixture
def program():
    begun = SigningProgram(writing.SIGNING_PROCESS, 4)
    yield begun
    begun.let_go()


def test_a_program_that_was_started_before_serves_the_pool_and_ends_with_it(writer, four, program):
    async def ask():
        async with writer.signing_pool(10_000, program=program) as signing_pool:
            await ready(signing_pool)
            assert signing_pool._program is program.process
            return await signing_pool.letter(READERS[0])

    assert asyncio.run(ask()) == writer.write(READERS[0])
    assert program.process.returncode == 0


def test_a_program_that_no_pool_took_is_ended(program):
    program.let_go()
    assert program.process.returncode is not None
    assert all(ours.fileno() < 0 for ours in program.sockets)


@pytest.mark.parametrize(("signed", "worth", "begins"), [(1, 1, 1), (0, 1, 0), (1, 9_000, 0)])
def test_a_program_starts_ahead_where_a_long_list_gets_signed_letters(
    signed_house, four, monkeypatch, signed, worth, begins
):
    monkeypatch.setattr(writing, "_WORTH_PROCESSES", worth)
    keys = signed_house.send.dkim if signed else ()
    sending = signed_house.send.model_copy(update={"dkim": keys})
    config = signed_house.model_copy(update={"send": sending})
    with open_desk(config) as desk:
        act(sync_list, config, "readers")
        with signing_ahead(desk, lambda: longest_list(desk)) as begun:
            assert (begun is not None) == begins
        with signing_ahead(desk, lambda: 10_000, senders=4) as among_others:
            assert among_others is None
    assert begun is None or begun.process.returncode is not None


def test_where_letters_are_not_signed_nobody_counts_them(tmp_path):
    make_house(tmp_path / "house")

    def counted():
        raise AssertionError("counted")

    config = load_config(tmp_path / "house" / "config.toml", {})
    with open_desk(config) as desk, signing_ahead(desk, counted) as begun:
        assert begun is None
