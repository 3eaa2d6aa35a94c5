"""The signing keys are made once, kept private and never replaced in silence."""

import pytest

from briefing.errors import StoreError
from briefing.store import signing_keys
from briefing.store.engine.signing_keys import KEY_FILE, make_signing_key


def test_the_signing_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    make_signing_key(tmp_path / KEY_FILE)
    keys = signing_keys(tmp_path)
    assert [len(key) for key in keys] == [32]
    assert signing_keys(tmp_path) == keys
    assert (tmp_path / "signing.key").stat().st_mode & 0o777 == 0o600


def test_a_new_line_on_top_signs_and_the_old_ones_still_hold(tmp_path):
    make_signing_key(tmp_path / KEY_FILE)
    (old,) = signing_keys(tmp_path)
    (tmp_path / "signing.key").write_text(f"{b'n'.hex() * 32}\n{old.hex()}\n")
    assert signing_keys(tmp_path) == (b"n" * 32, old)


@pytest.mark.parametrize("content", ["abcd", "", "no hexadecimal"])
def test_a_damaged_signing_key_is_never_replaced_in_silence(tmp_path, content):
    (tmp_path / "signing.key").write_text(content)
    with pytest.raises(StoreError, match="from a copy"):
        signing_keys(tmp_path)
    assert (tmp_path / "signing.key").read_text() == content
