"""Twenty set-ups, right and wrong: each verdict with its rule, its source, and the record to publish."""

import tomllib
from dataclasses import replace
from pathlib import Path

import dns.flags
import dns.rcode
import dns.rrset
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from tests.servers.dns_server import DnsServer

from briefing.sends.doctor.diagnosis import Prospect
from briefing.sends.doctor.dkim_record import difference, quoted, record_of
from briefing.sends.doctor.examine import examine
from briefing.sends.doctor.lookup import Lookup
from briefing.sends.doctor.sender_setup import SenderSetup, SigningKey

SETUPS = tomllib.loads((Path(__file__).parent / "setups.toml").read_text("utf-8"))["setup"]
SHORT = {
    "SPF": 'news.example. TXT "v=spf1 ip4:192.0.2.10 -all"',
    "MX": "news.example. MX 10 mail.news.example.",
    "DMARC": '_dmarc.news.example. TXT "v=DMARC1; p=none"',
    "PTR": "10.2.0.192.in-addr.arpa. PTR mail.news.example.",
}
MAIL = "mail.news.example. A 192.0.2.10"
SUBJECTS = ("SPF", "DKIM", "DMARC", "PTR", "MX")
HEADERS: dict[str, tuple[str, ...]] = {
    "date": ("Mon, 23 Nov 2026 06:30:00 +0000",),
    "from": ("news@news.example",),
    "message-id": ("<1@news.example>",),
    "subject": ("News",),
    "list-id": ("News <readers.news.example>",),
    "list-unsubscribe": ("<https://news.example/u/1>",),
    "list-unsubscribe-post": ("List-Unsubscribe=One-Click",),
    "dkim-signature": ("v=1; h=from:list-unsubscribe:list-unsubscribe-post",),
}


def pem(key):
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


OWN, OTHER = (record_of(pem(generate_private_key(65_537, 2_048))) for _ in range(2))


def setup_of(case):
    domain = case.get("domain", "news.example")
    return SenderSetup(
        domain=domain,
        bounce_domain=case.get("bounce", "news.example"),
        keys=(SigningKey(domain=key_domain(case), selector="one", record=OWN),),
        sends_from=tuple(case.get("sends_from", ["192.0.2.10"])),
        blocklists=tuple(case.get("blocklists", ())),
        headers=HEADERS,
        html_size=50_000,
        posted=5_000,
    )


def key_domain(case):
    return case.get("key_domain", case.get("bounce", "news.example"))


def records_of(case):
    place = f"one._domainkey.{key_domain(case)}."
    for line in case["records"]:
        kind, _, more = line.partition(" ")
        if kind in ("KEY", "OTHER"):
            record = OWN if kind == "KEY" else OTHER
            yield f"{place} TXT {quoted(f'{record}; {more}' if more else record)}"
        else:
            yield SHORT.get(line, line)
    if case["records"]:
        yield MAIL


def examined(case, **changes):
    with DnsServer(records_of(case)) as server:
        # Of who never answers half a second tells as much as five.
        seconds = 0.5 if case.get("domain", "").endswith(".silent") else 5
        lookup = Lookup((server.address,), seconds=seconds)
        return examine(replace(setup_of(case), **changes), lookup)


def test_there_are_twenty_and_more():
    assert len(SETUPS) >= 20


@pytest.mark.parametrize("case", SETUPS, ids=lambda case: case["name"])
def test_each_subject_gets_the_verdict_that_a_provider_would_give(case):
    found = examined(case)
    by_subject = {one.subject.partition(" ")[0]: one for one in found} | {
        one.subject: one for one in found
    }
    wanted = case.get("health", {})
    for subject in {*SUBJECTS, *wanted}:
        said = by_subject[subject]
        assert said.health == wanted.get(subject, "good"), said
    if "says" in case:
        assert any(case["says"] in by_subject[subject].found for subject in wanted)


@pytest.mark.parametrize("case", SETUPS, ids=lambda case: case["name"])
def test_each_diagnosis_names_its_rule_and_what_refuses_names_the_record_to_publish(case):
    for one in examined(case):
        assert one.rule.asks
        assert one.rule.source
        assert one.rule.since
        assert one.found.endswith((".", "all", "-all")) or ": " in one.found
        assert one.health is not Prospect.REFUSED or one.publish


def of_another(answer):
    answer.id ^= 1
    return answer.to_wire()


def going_round(answer):
    name = answer.question[0].name
    answer.answer = [dns.rrset.from_text(name, 60, "IN", "CNAME", name.to_text())]
    return answer.to_wire()


def cut_off(answer):
    answer.flags |= dns.flags.TC
    return answer.to_wire()


def babbling(_):
    return b"\xff" * 40


def broken_off(answer):
    return answer.to_wire()[:-3]


LIES = (of_another, going_round, cut_off, babbling, broken_off)


@pytest.mark.parametrize("lie", LIES, ids=lambda one: one.__name__)
def test_a_dns_that_lies_or_babbles_is_one_that_did_not_answer_and_holds_nothing(lie):
    with DnsServer(records_of(SETUPS[0]), lie=lie) as server:
        found = examine(setup_of(SETUPS[0]), Lookup((server.address,), seconds=0.2))
    asked = [one for one in found if one.subject in SUBJECTS]
    assert len(asked) == len(SUBJECTS)
    for one in asked:
        assert (one.health, "DNS did not answer" in one.found) == ("unknown", True)
        assert ".." not in one.found


def denying(answer):
    answer.answer = []
    answer.set_rcode(dns.rcode.NXDOMAIN)
    return answer.to_wire()


def denying_ours(answer):
    ours = "news.example" in answer.question[0].name.to_text()
    return denying(answer) if ours else answer.to_wire()


def test_a_resolver_that_denies_the_whole_world_is_not_believed():
    with DnsServer(records_of(SETUPS[0]), lie=denying) as server:
        found = examine(setup_of(SETUPS[0]), Lookup((server.address,)))
    asked = [one for one in found if one.subject in SUBJECTS]
    assert {one.health for one in asked} == {"unknown"}
    assert "it lies, or knows only names of its own" in asked[0].found


def test_of_two_resolvers_that_disagree_none_holds_a_mailing():
    with (
        DnsServer(records_of(SETUPS[0]), lie=denying_ours) as liar,
        DnsServer(records_of(SETUPS[0])) as honest,
    ):
        found = examine(setup_of(SETUPS[0]), Lookup((liar.address, honest.address)))
        alone = examine(setup_of(SETUPS[0]), Lookup((liar.address,)))
    (spf,) = (one for one in found if one.subject == "SPF")
    assert (spf.health, "DNS disagrees on TXT of news.example" in spf.found) == ("unknown", True)
    (spf,) = (one for one in alone if one.subject == "SPF")
    assert spf.health == "refused"
    assert "So says one resolver, 127.0.0.1" in spf.found
    assert "a second in [doctor] resolvers must agree" in spf.found


def test_what_steers_a_terminal_is_shown_and_does_not():
    case = {**SETUPS[0], "records": ['news.example. TXT "v=spf1 \\027[31m\\007=x ?all"', "MX"]}
    (said,) = (one for one in examined(case) if one.subject == "SPF")
    assert "\ufffd[31m\ufffd" in said.found
    assert said.found.isprintable()


def test_the_record_to_publish_is_the_one_that_mends_it():
    (case,) = (one for one in SETUPS if one["name"] == "no DKIM record")
    (said,) = (one for one in examined(case) if one.subject.startswith("DKIM"))
    mended = {**case, "records": [*case["records"], said.publish[0].replace(" IN TXT", " TXT")]}
    assert all(
        one.health is Prospect.GOOD for one in examined(mended) if one.subject.startswith("DKIM")
    )


@pytest.mark.parametrize(
    ("published", "why"),
    [
        ("k=ed25519; p=AAAA", "ed25519"),
        ("v=DKIM2; p=AAAA", "version"),
        ("p=%%%", "not base64"),
        (f"{OWN}; h=sha1", "sha1"),
        (f"{OWN}; s=tlsrpt", "not for email"),
        (OWN.replace("v=DKIM1; ", ""), ""),
        (OWN, ""),
    ],
)
def test_a_published_key_is_compared_as_receivers_read_it(published, why):
    said = difference(published, OWN)
    assert (why in said) if why else said == ""


def test_an_ed25519_key_is_published_as_rfc_8463_has_it():
    record = record_of(pem(Ed25519PrivateKey.generate()))
    assert record.startswith("v=DKIM1; k=ed25519; p=")
    assert difference(record, record) == ""


@pytest.mark.parametrize(
    ("changes", "subject", "health"),
    [
        (
            {"headers": HEADERS | {"list-unsubscribe": ("<mailto:a@news.example>",)}},
            "One-click headers",
            "refused",
        ),
        (
            {"headers": HEADERS | {"dkim-signature": ("v=1; h=from:to",)}},
            "One-click headers",
            "refused",
        ),
        ({"headers": HEADERS | {"date": ()}}, "Headers", "refused"),
        ({"headers": {k: v for k, v in HEADERS.items() if k != "list-id"}}, "Headers", "poor"),
        ({"headers": None}, "Letter", "unknown"),
        ({"html_size": 120_000}, "Size", "poor"),
        ({"complaints": 20}, "Complaints", "poor"),
        ({"complaints": 4}, "Complaints", "good"),
        ({"posted": 10}, "Complaints", "unknown"),
        ({"link_hosts": ("mail.news.example", "gone.example")}, "Links", "poor"),
        ({"link_hosts": ("mail.news.example",)}, "Links", "good"),
        ({"sends_from": ()}, "PTR", "unknown"),
        ({"keys": ()}, "DKIM", "poor"),
    ],
)
def test_letter_readers_and_links_have_verdicts_too(changes, subject, health):
    found = {one.subject: one for one in examined(SETUPS[0], **changes)}
    assert found[subject].health == health
