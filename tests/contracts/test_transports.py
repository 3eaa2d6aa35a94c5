"""What every transport promises; the tests run over the table of them all."""

import asyncio
from datetime import UTC, datetime

import pytest
from tests.faults.relay import Relay

from briefing.config.sending import TRANSPORTS as NAMES
from briefing.errors import StoreError, TransportError
from briefing.model.delivery import State
from briefing.model.mail import Letter
from briefing.sends.transports import (
    TRANSPORTS,
    FolderSettings,
    FolderTransport,
    SmtpSettings,
    SmtpTransport,
)


def letter(recipient="ada@example.com", mark="1", wire=b"Subject: x\r\n\r\nbody\r\n"):
    return Letter(
        recipient=recipient,
        sender="briefing@example.org",
        message_id=f"<{mark}@example.org>",
        date=datetime(2026, 11, 23, tzinfo=UTC),
        wire=wire,
    )


def post(transport, *letters):
    async def work():
        connection = await transport.open()
        try:
            return [await connection.post(one) for one in letters]
        finally:
            await connection.close()

    return asyncio.run(work())


def test_every_transport_of_the_table_is_tested_here():
    assert set(TRANSPORTS) == {"folder", "smtp"}


def test_config_toml_may_name_every_transport_and_nothing_else():
    assert set(TRANSPORTS) == set(NAMES)


@pytest.fixture(params=sorted(TRANSPORTS))
def transport(request, tmp_path):
    if request.param == "folder":
        yield FolderTransport(FolderSettings(path=tmp_path / "outbox"))
        return
    with Relay(tmp_path / "mail.jsonl") as relay:
        yield SmtpTransport(SmtpSettings(host="127.0.0.1", port=relay.port, security="none"))


def test_a_posted_letter_is_reported_for_its_reader(transport):
    (delivery,) = post(transport, letter())
    assert (delivery.recipient, delivery.state) == ("ada@example.com", State.POSTED)
    assert delivery.detail


async def post_if(transport, answer):
    """Post one letter that may end when the answer says so."""
    connection = await transport.open()
    try:
        return await connection.post(letter(), answer)
    finally:
        await connection.close()


def arrived(transport, tmp_path):
    """What left the house."""
    log = tmp_path / "mail.jsonl"
    if log.exists():
        return log.read_text().splitlines()
    return list(transport.folder.glob("*")) if transport.folder.exists() else []


async def said(answer):
    await asyncio.sleep(0)
    if isinstance(answer, Exception):
        raise answer
    return answer


def test_a_letter_that_may_end_is_posted(transport, tmp_path):
    assert asyncio.run(post_if(transport, said(answer=True))).state is State.POSTED
    assert len(arrived(transport, tmp_path)) == 1


@pytest.mark.parametrize("no", [False, None])
def test_a_letter_that_may_not_end_never_was_one(transport, tmp_path, no):
    assert asyncio.run(post_if(transport, said(no))).state is State.SKIPPED
    assert arrived(transport, tmp_path) == []


def test_where_nobody_can_say_whether_it_may_end_it_does_not(transport, tmp_path):
    with pytest.raises(StoreError):
        asyncio.run(post_if(transport, said(StoreError("the disk is full"))))
    assert arrived(transport, tmp_path) == []


def test_one_connection_carries_many_letters(transport):
    letters = [letter(f"reader{number}@example.com", str(number)) for number in range(50)]
    deliveries = post(transport, *letters)
    assert [delivery.recipient for delivery in deliveries] == [one.recipient for one in letters]
    assert {delivery.state for delivery in deliveries} == {State.POSTED}


def test_a_letter_that_was_announced_is_a_letter_like_any_other(transport, tmp_path):
    async def two():
        connection = await transport.open()
        first, second = letter("ada@example.com", "1"), letter("bo@example.com", "2")
        try:
            yes = await connection.post(first, said(answer=True), lambda: second)
            no = await connection.post(second, said(answer=False), lambda: None)
        finally:
            await connection.close()
        return yes.state, no.state

    assert asyncio.run(two()) == (State.POSTED, State.SKIPPED)
    assert len(arrived(transport, tmp_path)) == 1


def test_a_transport_says_how_many_connections_it_takes(transport):
    assert transport.connections >= 1


@pytest.fixture
def folder(tmp_path):
    return FolderTransport(FolderSettings(path=tmp_path / "outbox"))


def test_the_folder_holds_the_letters_bytes(folder):
    post(folder, letter())
    (path,) = folder.folder.iterdir()
    assert path.read_bytes() == letter().wire
    assert path.suffix == ".eml"


def test_a_second_try_replaces_the_first(folder):
    post(folder, letter(wire=b"old"), letter(wire=b"new"))
    (path,) = folder.folder.iterdir()
    assert path.read_bytes() == b"new"


def test_two_readers_never_share_a_file(folder):
    readers = ("a+b@example.com", "a/b@example.com", "../../etc/passwd@example.com")
    post(folder, *(letter(reader, str(mark)) for mark, reader in enumerate(readers)))
    assert len(list(folder.folder.iterdir())) == 3


def test_a_folder_that_cannot_be_written_is_a_sentence_and_leaves_nothing(tmp_path):
    (tmp_path / "outbox").write_text("a file")
    with pytest.raises(TransportError, match="cannot be written") as caught:
        post(FolderTransport(FolderSettings(path=tmp_path / "outbox")), letter())
    assert caught.value.permanent
