"""A proxy that nobody named is noticed and named."""

import pytest

from briefing.actions.admin.init import make_house
from briefing.actions.public.proxies import note_proxy, unnamed_proxy
from briefing.config import load_config


@pytest.fixture
def folder(tmp_path):
    make_house(tmp_path / "house")
    (tmp_path / "house" / "var").mkdir()
    return tmp_path / "house"


def test_a_private_address_that_speaks_for_others_is_told_once_and_until_it_is_named(folder):
    config = load_config(folder / "config.toml")
    assert unnamed_proxy(config) is None
    assert '"172.18.0.1" to [public] proxies' in note_proxy(config, "172.18.0.1")
    assert note_proxy(config, "172.18.0.1") is None
    assert "172.18.0.1" in unnamed_proxy(config)
    named = load_config(folder / "config.toml", {"BRIEFING_PUBLIC__PROXIES": '["172.18.0.0/16"]'})
    assert unnamed_proxy(named) is None
    assert note_proxy(named, "172.18.0.1") is None


@pytest.mark.parametrize("peer", ["8.8.8.8", "127.0.0.1", "not an address", ""])
def test_anybody_can_pretend_to_be_one_so_only_those_near_are_told(folder, peer):
    config = load_config(folder / "config.toml")
    assert note_proxy(config, peer) is None
    assert unnamed_proxy(config) is None
