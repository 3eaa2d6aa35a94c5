"""Connections are counted and timed; files are kept back for what must work."""

from briefing.cli.daemon.connections import Doorkeeper


def test_a_network_gets_a_quarter_and_the_rest_is_for_others():
    door = Doorkeeper(40)
    inside = [door.admit(f"203.0.113.{number}") for number in range(12)]
    assert sum(name is not None for name in inside) == 10
    assert door.admit("198.51.100.1") is not None
    door.leave("203.0.113.0/24")
    assert door.admit("203.0.113.200") is not None


def test_all_together_get_no_more_than_there_are():
    door = Doorkeeper(20)
    inside = [door.admit(f"10.{number}.0.1") for number in range(30)]
    assert sum(name is not None for name in inside) == 20


def test_one_ipv6_network_has_no_endless_supply_of_addresses():
    door = Doorkeeper(40)
    inside = [door.admit(f"2001:db8::{number:x}") for number in range(40)]
    assert sum(name is not None for name in inside) == 10


def test_behind_a_named_proxy_and_on_this_machine_everybody_may_be():
    door = Doorkeeper(40, ("172.18.0.0/16", "192.0.2.7"))
    for peer in ("127.0.0.1", "172.18.0.1", "192.0.2.7"):
        assert [door.admit(peer) for _ in range(13)].count("trusted") == 13
