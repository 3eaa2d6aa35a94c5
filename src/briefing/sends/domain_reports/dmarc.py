"""A DMARC aggregate report (RFC 7489 section 7.2 and appendix C; its successor's namespace too)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from lxml import etree

from briefing.errors import SendError
from briefing.model.network.domain_report import DomainReport, ReportKind, SourceLine
from briefing.sends.domain_reports.fields import (
    MOST_LINES,
    a_count,
    a_domain,
    a_moment,
    an_address,
    words,
)

_ASKED = ("p", "sp", "adkim", "aspf", "pct")
#: Signatures and return paths named of one line.
_NAMED = 4


def read_dmarc(content: bytes) -> DomainReport:
    """The report in a file of XML.

    Raises:
        SendError: when it is not one; says why in words that go on after "the report".
    """
    if b"<!DOCTYPE" in content[:4_096].upper():
        raise SendError("it brings a document type of its own, which reports do not have")
    head: dict[str, Any] = {}
    counted: Counter[SourceLine] = Counter()
    try:
        for name, element in _elements(content):
            if name == "record":
                line = _line(element)
                counted[replace(line, count=0)] += line.count
            else:
                head |= _head(name, element)
            if len(counted) > MOST_LINES:
                raise SendError(f"it has more than {MOST_LINES:,} lines")
            element.clear()
    except etree.XMLSyntaxError as error:
        raise SendError(f"it is not XML: {error.msg}") from error
    if "domain" not in head or "report_id" not in head:
        raise SendError("it has no report_metadata or no policy_published")
    lines = tuple(replace(line, count=count) for line, count in counted.items())
    return DomainReport(kind=ReportKind.DMARC, lines=lines, **head)


def _elements(content: bytes) -> Iterator[tuple[str, Any]]:
    parts = etree.iterparse(
        BytesIO(content),
        events=("end",),
        tag=("{*}report_metadata", "{*}policy_published", "{*}record"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in parts:
        yield etree.QName(element).localname, element
    root = parts.root
    if root is None or etree.QName(root).localname != "feedback":
        raise SendError("its outermost element is not <feedback>")
    if root.getroottree().docinfo.internalDTD is not None:
        raise SendError("it brings a document type of its own, which reports do not have")


def _head(name: str, element: Any) -> dict[str, object]:
    if name == "policy_published":
        asked = ((tag, words(_text(element, tag))) for tag in _ASKED)
        policy = "; ".join(f"{tag}={value}" for tag, value in asked if value)
        return {"domain": a_domain(_text(element, "domain")), "policy": policy}
    return {
        "organisation": words(_text(element, "org_name")) or "a receiver without a name",
        "report_id": words(_text(element, "report_id")) or "none",
        "begins": a_moment(_text(element, "date_range/begin"), "date_range begin"),
        "ends": a_moment(_text(element, "date_range/end"), "date_range end"),
    }


def _line(record: Any) -> SourceLine:
    said = {name: _text(record, f"row/policy_evaluated/{name}").lower() for name in ("dkim", "spf")}
    dkim, spf = said["dkim"] == "pass", said["spf"] == "pass"
    return SourceLine(
        source=an_address(_text(record, "row/source_ip")),
        count=a_count(_text(record, "row/count"), "count"),
        passed=dkim or spf,
        dkim=dkim,
        spf=spf,
        result=words(_text(record, "row/policy_evaluated/disposition")).lower()[:40],
        detail=words(_told(record)),
    )


def _told(record: Any) -> str:
    """`From example.org; DKIM by example.org: pass; return path bounces.example.org: fail`."""
    signed = _all(record, "auth_results/dkim")[:_NAMED]
    paths = _all(record, "auth_results/spf")[:_NAMED]
    excuses = _all(record, "row/policy_evaluated/reason")[:1]
    told = (
        f"From {_text(record, 'identifiers/header_from')}",
        *(f"DKIM by {_text(one, 'domain')}: {_text(one, 'result')}" for one in signed),
        *(f"return path {_text(one, 'domain')}: {_text(one, 'result')}" for one in paths),
        *(f"excused: {_text(one, 'type')} {_text(one, 'comment')}".strip() for one in excuses),
    )
    return "; ".join(told)


def _all(element: Any, path: str) -> list[Any]:
    found: list[Any] = element.findall("/".join(f"{{*}}{name}" for name in path.split("/")))
    return found


def _text(element: Any, path: str) -> str:
    found = _all(element, path)
    return (found[0].text or "").strip() if found else ""
