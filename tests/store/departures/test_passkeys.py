"""Passkeys outlive a restore: the book says which were added and which were removed."""

import pytest
from tests.store.conftest import opened

from briefing.model.editor import Editor, Passkey, Role


@pytest.fixture
def ada(file_house):
    """A house with an editor who has no passkey in the copy that will be restored."""
    file_house.store.editors.add(Editor(name="ada", role=Role.APPROVER, password="hash", since=1.0))
    return file_house


def passkey(credential, actor="ada"):
    return Passkey(
        credential=credential, actor=actor, title="Laptop", public_key="pk", sign_count=7, since=5.0
    )


def forget(house):
    """What ada has after a restore of an older copy, when the whole book is read again."""
    with house.store.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM passkeys")
        connection.exec_driver_sql("DELETE FROM house WHERE name LIKE 'book %'")
    house.store.close()
    again = opened(house.url, house.folder)
    found = again.passkeys.of("ada")
    again.close()
    return found


def test_one_that_is_younger_than_the_copy_comes_back_with_its_owner(ada):
    ada.store.passkeys.add(passkey("young"))
    (found,) = forget(ada)
    assert (found.credential, found.title, found.public_key) == ("young", "Laptop", "pk")
    assert (found.since, found.sign_count) == (5.0, 0)


def test_one_that_was_removed_stays_away(ada):
    ada.store.passkeys.add(passkey("lost"))
    ada.store.passkeys.remove("lost")
    assert forget(ada) == ()


def test_who_takes_the_name_of_a_removed_editor_has_none_of_their_passkeys(ada):
    ada.store.passkeys.add(passkey("old"))
    ada.store.editors.remove("ada")
    ada.store.editors.add(Editor(name="ada", role=Role.EDITOR, password="other", since=9.0))
    assert forget(ada) == ()
