"""[desk]: every fault is named with line and key, and what it means for who can come in."""

import pytest
from tests.config.configs import GOOD, faults

from briefing.config import DeskSettings, load_config

LINE = len(GOOD.splitlines()) + 2


@pytest.fixture
def house(tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "readers.csv").write_text("email\n")

    def write(*lines):
        path = tmp_path / "config.toml"
        path.write_text("\n".join((GOOD, "[desk]", *lines)))
        return path

    return write


PROXIED = 'proxies = ["127.0.0.1"]'


@pytest.mark.parametrize(
    ("lines", "place", "fault"),
    [
        (['listen = "here"'], "1: desk.listen", '"here"'),
        (['listen = ":8081"'], "1: desk.listen", '":8081"'),
        (['listen = "127.0.0.1:99999"'], "1: desk.listen", "99999 is not a port"),
        (["listen = 8081"], "1: desk.listen", "8081"),
        ([PROXIED, 'public_url = "http://desk.example.org"'], "2: desk.public_url", "http:"),
        ([PROXIED, 'public_url = "https://desk.example.org/desk"'], "2: desk.public_url", "/desk"),
        ([PROXIED, 'public_url = "https://:443"'], "2: desk.public_url", "names no host"),
        ([PROXIED, 'public_url = "https://[::1"'], "2: desk.public_url", "[::1"),
        ([PROXIED, 'public_url = "https://a.example:x"'], "2: desk.public_url", "a.example:x"),
        (['proxies = ["everywhere"]'], "1: desk.proxies", "everywhere"),
        (['proxies = "127.0.0.1"'], "1: desk.proxies", "127.0.0.1"),
        (['colour = "red"'], "1: desk.colour", "no such key"),
        (['cert_file = "config.toml"'], "0: desk", "cert_file and key_file belong together"),
        (['key_file = "config.toml"'], "0: desk", "cert_file and key_file belong together"),
        (['public_url = "https://desk.example.org"'], "0: desk", "public_url needs the proxy"),
    ],
)
def test_a_fault_is_named_with_its_line_its_key_and_its_value(house, lines, place, fault):
    (found,) = faults(house(*lines))
    number, _, key = place.partition(": ")
    assert f":{LINE + int(number)}: {key}" in found
    assert fault in found


@pytest.mark.parametrize(
    ("keys", "private", "encrypted", "names"),
    [
        ({}, True, False, {"127.0.0.1"}),
        ({"listen": "[::1]:8081"}, True, False, {"::1"}),
        ({"listen": "localhost:0"}, True, False, {"localhost"}),
        ({"listen": "127.9.9.9:1"}, True, False, {"127.9.9.9"}),
        ({"listen": "0.0.0.0:80"}, False, False, set()),
        ({"listen": "[::]:80"}, False, False, set()),
        ({"listen": "Desk.lan:80"}, False, False, {"desk.lan"}),
        ({"listen": "192.0.2.1:80", "cert_file": "c", "key_file": "k"}, False, True, {"192.0.2.1"}),
        (
            {"public_url": "https://Desk.example.org:8443/", "proxies": ("127.0.0.1",)},
            False,
            True,
            {"127.0.0.1", "desk.example.org"},
        ),
    ],
)
def test_it_knows_who_can_reach_it_whether_in_clear_and_by_which_names(
    keys, private, encrypted, names
):
    desk = DeskSettings(**keys)
    assert (desk.is_private, desk.is_encrypted, desk.names) == (private, encrypted, names)


def test_an_empty_listen_leaves_the_desk_out(house):
    assert load_config(house('listen = ""'), {}).desk.listen == ""
