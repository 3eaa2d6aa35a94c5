"""Pictures in a store of each kind: kept once, by whoever comes first, and given back to the byte."""

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest
from sqlalchemy import update

from briefing.errors import StoreError
from briefing.store.schema.editing import pictures

BYTES = bytes(range(256)) * 700


def test_a_picture_comes_back_to_the_byte_under_the_hash_of_its_content(house):
    name = house.store.pictures.keep(BYTES, house.now)
    assert name == sha256(BYTES).hexdigest()
    assert house.store.pictures.find(name) == BYTES
    assert house.store.pictures.find("0" * 64) is None


def test_two_who_keep_the_same_picture_at_once_keep_it_once(house):
    with ThreadPoolExecutor(4) as people:
        found = list(people.map(lambda _: house.store.pictures.keep(BYTES, house.now), range(12)))
    assert set(found) == {sha256(BYTES).hexdigest()}


def test_bytes_that_were_changed_are_not_given_out(house):
    name = house.store.pictures.keep(BYTES, house.now)
    with house.store.database.write() as connection:
        connection.execute(update(pictures).values(content=b"another"))
    with pytest.raises(StoreError, match="holds other bytes than were kept"):
        house.store.pictures.find(name)
