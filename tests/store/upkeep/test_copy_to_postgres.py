"""A house moves from its SQLite file into PostgreSQL: every row, or none."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text

from briefing.errors import StoreError
from briefing.model.delivery import State
from briefing.store import Added, open_store
from briefing.store.schema.core import deliveries, metadata, subscribers, suppressions
from briefing.store.upkeep.copy_to_postgres import copy_all


@pytest.fixture
def target(postgresql_url, tmp_path):
    store = open_store(
        postgresql_url,
        book=tmp_path / "there.log",
        backups=tmp_path / "there",
        key=b"k" * 32,
        now=datetime.now(UTC),
    )
    yield store
    store.close()


def lived_in(house, became):
    """A house with readers of every kind of name, a mailing under way, and a journal of changes."""
    numbers = house.fill(40)
    house.add("nul@example.org", name="a\0b", tags=("x", "y"))
    house.add("emoji@example.org", name="\U0001f98a Müßig \u202e \ud7ff \\N \t")
    ledger = house.ledger()
    ledger.commit(numbers[:6], [], house.now + 0.1)
    ledger.commit([], [became(numbers[0], State.POSTED)], house.now + 1 / 3)
    ledger.commit([], [became(numbers[1], State.DEFERRED, due=house.now)], house.now + 1e-7)
    return numbers


def copy_over(house, target):
    return copy_all(house.store.database, target.database, house.folder, datetime.now(UTC))


def rows(database, table):
    with database.read() as connection:
        return connection.execute(select(table).order_by(*table.primary_key)).all()


def test_every_row_of_every_table_arrives_as_it_was(file_house, target, became):
    lived_in(file_house, became)
    done = copy_over(file_house, target)
    assert {one.table for one in done} == set(metadata.tables)
    assert sum(one.rows for one in done) > 80
    assert rows(target.database, deliveries) == rows(file_house.store.database, deliveries)
    there, here = (rows(one, subscribers) for one in (file_house.store.database, target.database))
    assert here == [
        tuple(v.replace("\0", "�") if v.__class__ is str else v for v in row) for row in there
    ]


def test_the_numbers_of_new_rows_go_on_after_the_copied_ones(file_house, target, became):
    numbers = lived_in(file_house, became)
    copy_over(file_house, target)
    file_house.store.close()
    file_house.store = target
    assert file_house.add("fresh@example.org") == [Added.NEW]
    assert file_house.reader("fresh@example.org").id > max(numbers)
    assert file_house.begin("another-2026-11-24").number == 2


def test_a_target_that_holds_a_row_is_left_alone(file_house, target, became):
    lived_in(file_house, became)
    with target.database.write() as connection:
        connection.execute(suppressions.insert().values(mark="m", reason="complained", at=1.0))
    with pytest.raises(StoreError, match="holds rows in suppressions already"):
        copy_over(file_house, target)
    assert rows(target.database, subscribers) == []


def test_a_row_that_arrives_otherwise_undoes_the_whole_copy(file_house, target, became):
    """A trigger stands for whatever may change a row on its way."""
    lived_in(file_house, became)
    with target.database.write() as connection:
        connection.execute(
            text(
                "CREATE FUNCTION bend() RETURNS trigger AS $$ BEGIN "
                "NEW.tries := NEW.tries + (NEW.subscriber = 3)::int; RETURN NEW; END $$ "
                "LANGUAGE plpgsql"
            )
        )
        connection.execute(
            text(
                "CREATE TRIGGER bend BEFORE INSERT ON deliveries FOR EACH ROW "
                "EXECUTE FUNCTION bend()"
            )
        )
    with pytest.raises(StoreError, match="deliveries arrived as 42 rows with checksum"):
        copy_over(file_house, target)
    assert rows(target.database, subscribers) == []
