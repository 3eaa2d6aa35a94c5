"""Reports on our domains: both kinds, each way they are packed, and files that mean harm."""

import gzip
import random
import tracemalloc
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sends.domain_reports.written import dmarc, line, mailed, packed, tls, zipped

from briefing.errors import SendError
from briefing.model.network.domain_report import ReportKind
from briefing.sends.bounces import Kind, read_report
from briefing.sends.domain_reports import read_domain_report
from briefing.sends.domain_reports.fields import MOST_LINES
from briefing.sends.domain_reports.unpack import LARGEST

KEY = b"k" * 32


def read(content):
    return read_report(content, KEY)


@pytest.mark.parametrize("pack", [bytes, packed, zipped], ids=["plain", "gzip", "zip"])
def test_a_dmarc_report_says_who_sent_what_in_our_name_and_what_passed(pack):
    forged = line("2001:DB8::1", 3, dkim="fail", spf="fail", did="reject")
    (found,) = read_domain_report(pack(dmarc(line(), forged, line(count=2))))
    assert (found.kind, found.domain, found.organisation) == (
        ReportKind.DMARC,
        "example.org",
        "Receiver",
    )
    assert found.policy == "p=none; adkim=r"
    ours, theirs = found.lines
    assert (ours.source, ours.count, ours.passed) == ("192.0.2.10", 42, True)
    assert (theirs.source, theirs.count, theirs.passed) == ("2001:db8::1", 3, False)
    assert (theirs.dkim, theirs.spf, theirs.result) == (False, False, "reject")
    assert theirs.detail == (
        "From example.org; DKIM by example.org: fail; return path bounces.example.org: fail"
    )


@pytest.mark.parametrize("spf", ["pass", "fail"])
def test_a_letter_passes_when_one_of_the_two_is_aligned(spf):
    (found,) = read_domain_report(dmarc(line(dkim="pass", spf=spf)))
    assert found.lines[0].passed
    assert found.lines[0].spf is (spf == "pass")


def test_the_namespace_of_the_successor_changes_nothing():
    plain, bis = dmarc(), dmarc(namespace="urn:ietf:params:xml:ns:dmarc-2.0")
    assert read_domain_report(plain) == read_domain_report(bis)


def test_a_tls_report_says_how_sessions_with_us_ended():
    (found,) = read_domain_report(packed(tls(failed=5)))
    assert (found.kind, found.domain, found.report_id) == (ReportKind.TLS, "example.org", "sts t1")
    told = [(one.source, one.count, one.passed, one.result) for one in found.lines]
    assert told == [
        ("*.example.org", 300, True, "encrypted"),
        ("mx.example.org", 2, False, "certificate-expired"),
        ("*.example.org", 3, False, "not told why"),
    ]


HARMFUL = {
    "an entity of its own": (
        dmarc(head='<!DOCTYPE f [<!ENTITY a "b">]>'),
        "document type",
    ),
    "a file of this machine": (
        dmarc(head='<!DOCTYPE f [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        "document type",
    ),
    "an entity behind much blank": (
        dmarc(head=" " * 5_000 + '<!DOCTYPE f [<!ENTITY a "b">]>'),
        "document type",
    ),
    "a gzip cut short": (packed(dmarc())[:-12], "end is missing"),
    "a gzip that is none": (b"\x1f\x8bnothing", "cannot be unpacked"),
    "a zip with two files": (zipped(dmarc(), files=2), "2 files"),
    "a zip cut short": (zipped(dmarc())[:60], "cannot be unpacked"),
    "no XML": (b"Hello", "not XML"),
    "another XML": (b"<html/>", "not <feedback>"),
    "no domain": (dmarc(domain="").replace(b"policy_published", b"policy"), "policy_published"),
    "letters below none": (dmarc(line(count=-1)), "'-1' and not a number"),
    "letters beyond counting": (dmarc(line(count="9" * 400)), "not a number"),
    "a source without address": (dmarc(line("evil<b/>")), "not an IP address"),
    "a day of no calendar": (dmarc(ends="9" * 30), "not of this century"),
    "JSON cut short": (tls()[:-5], "not JSON"),
    "JSON too deep": (b"{" + b'"a":[' * 100_000, "not JSON"),
    "JSON without policies": (b'{"policies": 3}', "RFC 8460"),
    "JSON of no policy": (tls(policies=[]), "0 policies"),
}


@pytest.mark.parametrize(("content", "why"), HARMFUL.values(), ids=HARMFUL)
def test_a_report_that_cannot_be_read_is_a_sentence_and_is_kept_for_a_person(content, why):
    with pytest.raises(SendError, match=why):
        read_domain_report(content)
    report = read(mailed(content))
    assert report.kind is Kind.UNREAD
    assert why in report.detail
    assert report.domain_reports == ()


@pytest.mark.parametrize(
    "pack", [partial(gzip.compress, compresslevel=1), zipped], ids=["gzip", "zip"]
)
def test_a_bomb_is_never_unpacked_beyond_the_limit(pack):
    bomb = pack(dmarc() + b" " * (5 * LARGEST))
    tracemalloc.start()
    try:
        with pytest.raises(SendError, match="more than 16 MB"):
            read_domain_report(bomb)
        assert tracemalloc.get_traced_memory()[1] < 5 * LARGEST
    finally:
        tracemalloc.stop()


def test_a_report_with_more_lines_than_any_receiver_writes_is_refused(monkeypatch):
    assert MOST_LINES == 20_000
    monkeypatch.setattr("briefing.sends.domain_reports.dmarc.MOST_LINES", 2_000)
    many = [line(f"10.0.{n >> 8}.{n & 255}", 1) for n in range(2_001)]
    assert len(read_domain_report(dmarc(*many[1:]))[0].lines) == 2_000
    with pytest.raises(SendError, match="2,000 lines"):
        read_domain_report(dmarc(*many))


def test_a_mailed_report_is_never_taken_for_a_bounce():
    report = read(mailed(packed(dmarc())))
    assert (report.kind, report.bounce, report.about) == (Kind.DOMAIN_REPORT, None, None)
    assert report.domain_reports[0].lines[0].count == 40


@pytest.mark.parametrize(
    ("kind", "name", "subject"),
    [
        ("application/zip", "r.zip", ""),
        ("application/octet-stream", "a!example.org!1764288000!1764374399.xml.gz", "x"),
        ("text/xml", "a!example.org!1764288000!1764374399.xml", "x"),
        ("application/tlsrpt+gzip", "", "x"),
    ],
)
def test_a_report_is_known_by_its_type_or_by_its_name_or_by_the_subject(kind, name, subject):
    content = tls() if "tlsrpt" in kind else dmarc()
    report = read(mailed(packed(content), kind=kind, name=name, subject=subject))
    assert report.kind is Kind.DOMAIN_REPORT


def test_any_other_attachment_is_not_taken_for_a_report():
    report = read(mailed(packed(dmarc()), kind="application/zip", name="holiday.zip", subject="Hi"))
    assert report.kind is not Kind.DOMAIN_REPORT


def test_a_report_larger_than_a_mail_is_read_of_otherwise_is_whole():
    chance = random.Random(1)
    noise = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=2_000_000))
    report = read(mailed(packed(dmarc(line(), head=f"<!--{noise}-->"))))
    assert report.kind is Kind.DOMAIN_REPORT


@given(st.binary(max_size=400), st.sampled_from([b"", b"\x1f\x8b\x08", b"PK\x03\x04", b"{", b"<"]))
def test_no_bytes_make_reading_fail_otherwise_than_with_a_sentence(content, begins):
    with pytest.raises(SendError, match="cannot be read"):
        read_domain_report(begins + content)
