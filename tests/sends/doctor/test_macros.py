"""SPF macros are written out as RFC 7208 has them, and domains belong to who registered them."""

from ipaddress import ip_address

import pytest
from tests.servers.dns_server import DnsServer

from briefing.sends.doctor.examine import examine
from briefing.sends.doctor.lookup import Lookup
from briefing.sends.doctor.organisation import organisation_of
from briefing.sends.doctor.sender_setup import SenderSetup
from briefing.sends.doctor.spf import BrokenSpf, SpfRecord
from briefing.sends.doctor.spf_macros import SpfSession, expanded

SENDER, DOMAIN = "strong-bad@email.example.com", "email.example.com"
#: The examples of section 7.4.
EXAMPLES = {
    "%{s}": "strong-bad@email.example.com",
    "%{o}": "email.example.com",
    "%{d}": "email.example.com",
    "%{d4}": "email.example.com",
    "%{d3}": "email.example.com",
    "%{d2}": "example.com",
    "%{d1}": "com",
    "%{dr}": "com.example.email",
    "%{d2r}": "example.email",
    "%{l}": "strong-bad",
    "%{l-}": "strong.bad",
    "%{lr}": "strong-bad",
    "%{lr-}": "bad.strong",
    "%{l1r-}": "strong",
    "%{ir}.%{v}._spf.%{d2}": "3.2.0.192.in-addr._spf.example.com",
    "%{lr-}.lp._spf.%{d2}": "bad.strong.lp._spf.example.com",
    "%{lr-}.lp.%{ir}.%{v}._spf.%{d2}": "bad.strong.lp.3.2.0.192.in-addr._spf.example.com",
    "%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}": "3.2.0.192.in-addr.strong.lp._spf.example.com",
    "%{d2}.trusted-domains.example.net": "example.com.trusted-domains.example.net",
    "%%.%_.%-": "%. .%20",
    "%{S}": "strong-bad%40email.example.com",
    "%{h}.%{p}": "mta.example.com.unknown",
}


def session(address="192.0.2.3"):
    return SpfSession(sender=SENDER, helo="mta.example.com", address=ip_address(address))


@pytest.mark.parametrize(("written", "means"), EXAMPLES.items())
def test_a_macro_means_what_the_standard_says(written, means):
    assert expanded(written, DOMAIN, session()) == means


def test_an_ipv6_address_is_its_nibbles():
    found = expanded("%{ir}.%{v}._spf.%{d2}", DOMAIN, session("2001:db8::cb01"))
    zeros = ".".join("0" * 20)
    assert found == f"1.0.b.c.{zeros}.8.b.d.0.1.0.0.2.ip6._spf.example.com"


def test_a_name_that_is_too_long_loses_labels_on_its_left():
    found = expanded(f"{'a' * 60}.%{{d}}.{'b.' * 100}example.com", DOMAIN, session())
    assert len(found) <= 253
    assert found.endswith("b.example.com")


@pytest.mark.parametrize("written", ["%{x}", "%{d", "%d", "50%", "%{d2q}", "%{}"])
def test_a_percent_sign_that_means_nothing_breaks_the_record(written):
    with pytest.raises(ValueError, match="does not know"):
        expanded(written, DOMAIN, session())


@pytest.mark.parametrize(("address", "result"), [("192.0.2.10", "pass"), ("192.0.2.11", "fail")])
def test_a_record_made_of_macros_lets_the_right_addresses_send(address, result):
    records = (
        'news.example. TXT "v=spf1 exists:%{ir}.%{v}._spf.%{d} redirect=_else.%{d}"',
        '_else.news.example. TXT "v=spf1 -all"',
        "10.2.0.192.in-addr._spf.news.example. A 127.0.0.2",
    )
    with DnsServer(records) as server:
        record = SpfRecord("news.example", Lookup((server.address,)))
        assert record.result(address) == result


def test_a_record_with_a_macro_nobody_knows_is_refused_in_a_sentence():
    with DnsServer(['news.example. TXT "v=spf1 include:%{x}.example -all"']) as server:
        record = SpfRecord("news.example", Lookup((server.address,)))
        with pytest.raises(BrokenSpf, match="RFC 7208 section 7 does not know"):
            record.result("192.0.2.10")


@pytest.mark.parametrize(
    ("domain", "organisation"),
    [
        ("news.example.org", "example.org"),
        ("a.b.example.co.uk", "example.co.uk"),
        ("Desk.Example.CO.UK.", "example.co.uk"),
        ("paper.github.io", "paper.github.io"),
        ("co.uk", "co.uk"),
        ("news.example", "news.example"),
    ],
)
def test_a_domain_belongs_to_who_registered_it(domain, organisation):
    assert organisation_of(domain) == organisation


@pytest.mark.parametrize(
    ("domain", "bounce", "records", "says"),
    [
        ("news.paper.co.uk", "b.paper.co.uk", ("_dmarc.paper.co.uk.",), "aligned: SPF"),
        ("one.github.io", "two.github.io", ("_dmarc.one.github.io.",), "is aligned with"),
        ("paper.co.uk", "paper.co.uk", ("_dmarc.co.uk.",), "has a DMARC record"),
    ],
)
def test_dmarc_goes_as_far_up_as_the_organization_and_no_further(domain, bounce, records, says):
    with DnsServer([f'{one} TXT "v=DMARC1; p=none"' for one in records]) as server:
        setup = SenderSetup(domain=domain, bounce_domain=bounce)
        found = examine(setup, Lookup((server.address,)))
    (dmarc,) = (one for one in found if one.subject == "DMARC")
    assert says in dmarc.found
