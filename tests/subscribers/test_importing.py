"""Reading a list of readers."""

from pathlib import Path

import pytest

from briefing.errors import SubscriberError
from briefing.model.subscriber import Subscriber
from briefing.subscribers import BadRow, read_subscribers

SEEDS = Path(__file__).parents[2] / "seeds" / "subscribers.csv"


@pytest.fixture
def read(tmp_path):
    def reader(content):
        path = tmp_path / "list.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(read_subscribers(path))

    return reader


def test_a_row_becomes_a_subscriber(read):
    assert read("email,name,tags\nada@example.com,Ada  Finch,founder; london ;\n") == [
        Subscriber(email="ada@example.com", name="Ada Finch", tags=("founder", "london"))
    ]


def test_columns_may_stand_in_any_order_and_case_behind_a_byte_order_mark(read):
    rows = read("\ufeffName,EMAIL\nAda,ada@example.com\n".encode())
    assert rows == [Subscriber(email="ada@example.com", name="Ada")]


def test_a_name_may_hold_commas_quotes_and_any_script(read):
    rows = read('email,name\nzoe@example.com,"Zoë ""Zed"", MBE"\nhana@example.com,花 田中\n')
    assert [row.name for row in rows] == ['Zoë "Zed", MBE', "花 田中"]


def test_a_bad_address_is_named_with_its_line_and_the_rest_goes_on(read):
    rows = read("email\nnobody\nada@example.com\n")
    assert isinstance(rows[0], BadRow)
    assert "list.csv:2: 'nobody' is no address" in rows[0].reason
    assert rows[1] == Subscriber(email="ada@example.com")


def test_an_address_that_stands_twice_is_used_once(read):
    rows = read("email\nAda@example.com\nada@EXAMPLE.com\n")
    assert [type(row) for row in rows] == [Subscriber, BadRow]
    assert "stands in row 2 already" in rows[1].reason


def test_an_international_domain_is_written_as_the_wire_wants_it(read):
    assert read("email\nada@bücher.example\n")[0].email == "ada@xn--bcher-kva.example"


def test_a_list_without_an_email_column_is_refused_with_what_was_found(read):
    with pytest.raises(SubscriberError, match=r"no column 'email'; found: mail, name"):
        read("mail,name\nada@example.com,Ada\n")


@pytest.mark.parametrize(
    "content", [b"email\n\xff\xfe\x00", 'email\n"' + "x" * 20_000, "email\n" + "y" * 20_000]
)
def test_what_is_no_csv_in_utf_8_is_refused_with_a_sentence(read, content):
    with pytest.raises(SubscriberError, match="Save the list as CSV in UTF-8"):
        read(content)


def test_a_file_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(SubscriberError, match="cannot be read"):
        list(read_subscribers(tmp_path / "gone.csv"))


def test_the_sample_list_is_in_order():
    rows = list(read_subscribers(SEEDS))
    assert len(rows) >= 5
    assert all(isinstance(row, Subscriber) for row in rows)
    assert all(row.email.rpartition("@")[2].startswith("example.") for row in rows)
