"""What every transport promises; the tests run over the table of them all."""

from datetime import UTC, datetime

import pytest

from briefing.errors import TransportError
from briefing.model.delivery import State
from briefing.model.mail import Letter
from briefing.sends.transports import TRANSPORTS, FolderSettings, FolderTransport


def letter(recipient="ada@example.com", mark="1", wire=b"Subject: x\r\n\r\nbody\r\n"):
    return Letter(
        recipient=recipient,
        sender="briefing@example.org",
        message_id=f"<{mark}@example.org>",
        date=datetime(2026, 11, 23, tzinfo=UTC),
        wire=wire,
    )


MAKERS = {"folder": lambda path: FolderTransport(FolderSettings(path=path / "outbox"))}


def test_every_transport_of_the_table_is_tested_here():
    assert set(MAKERS) == set(TRANSPORTS)


@pytest.fixture(params=sorted(MAKERS))
def transport(request, tmp_path):
    return MAKERS[request.param](tmp_path)


def test_a_posted_letter_is_reported_for_its_reader(transport):
    delivery = transport.post(letter())
    assert (delivery.recipient, delivery.state) == ("ada@example.com", State.POSTED)
    assert delivery.detail


@pytest.fixture
def folder(tmp_path):
    return MAKERS["folder"](tmp_path)


def test_the_folder_holds_the_letters_bytes(folder):
    folder.post(letter())
    (path,) = folder.folder.iterdir()
    assert path.read_bytes() == letter().wire
    assert path.suffix == ".eml"


def test_a_second_try_replaces_the_first(folder):
    folder.post(letter(wire=b"old"))
    folder.post(letter(wire=b"new"))
    (path,) = folder.folder.iterdir()
    assert path.read_bytes() == b"new"


def test_two_readers_never_share_a_file(folder):
    folder.post(letter("a+b@example.com", "1"))
    folder.post(letter("a/b@example.com", "2"))
    folder.post(letter("../../etc/passwd@example.com", "3"))
    assert len(list(folder.folder.iterdir())) == 3


def test_a_folder_that_cannot_be_written_is_a_sentence_and_leaves_nothing(tmp_path):
    (tmp_path / "outbox").write_text("a file")
    with pytest.raises(TransportError, match="cannot be written"):
        MAKERS["folder"](tmp_path).post(letter())
