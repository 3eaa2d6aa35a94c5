"""Whoever has letters, and whatever letters are of, cannot be deleted: by a reference or by a trigger."""

import pytest
from sqlalchemy import delete, text
from tests.store.conftest import NOW, housed

from briefing.errors import StoreError
from briefing.store.schema.core import bounces, changes, mailings, subscribers
from briefing.store.upkeep.migrate import downgrade, upgrade


def emptied(database, table):
    with database.write() as connection:
        for one in (changes, bounces, table):
            connection.execute(delete(one))


@pytest.mark.parametrize("table", [subscribers, mailings], ids=lambda one: one.name)
def test_what_a_delivery_names_is_kept(house, table):
    house.fill(2)
    mailing = house.begin().number
    with pytest.raises(StoreError, match=r"(?i)foreign key|deliveries still name"):
        emptied(house.store.database, table)
    assert sum(house.store.ledger(mailing).counts().values()) == 2


def test_an_older_program_finds_the_references_as_they_were(postgresql_url, tmp_path):
    with housed(postgresql_url, tmp_path) as house:
        house.fill(2)
        house.begin()
        downgrade(house.store.database, "0028", tmp_path, NOW)
        with house.store.database.read() as connection:
            asked = (
                "SELECT conname FROM pg_constraint WHERE conname LIKE 'fk_deliveries%' ORDER BY 1"
            )
            found = connection.execute(text(asked)).scalars().all()
        assert found == ["fk_deliveries_mailing", "fk_deliveries_subscriber"]
        upgrade(house.store.database, tmp_path, NOW)
