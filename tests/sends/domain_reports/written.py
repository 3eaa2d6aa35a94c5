"""DMARC and TLS reports as receivers write and mail them."""

import gzip
import json
import zipfile
from base64 import encodebytes
from io import BytesIO

NAME = "receiver.example!example.org!1764288000!1764374399"


def line(source="192.0.2.10", count=40, *, dkim="pass", spf="pass", did="none", more=""):
    return (
        f"<record><row><source_ip>{source}</source_ip><count>{count}</count><policy_evaluated>"
        f"<disposition>{did}</disposition><dkim>{dkim}</dkim><spf>{spf}</spf>{more}</policy_evaluated></row>"
        "<identifiers><header_from>example.org</header_from></identifiers><auth_results>"
        f"<dkim><domain>example.org</domain><result>{dkim}</result></dkim>"
        f"<spf><domain>bounces.example.org</domain><result>{spf}</result></spf></auth_results></record>"
    )


def dmarc(*lines, name="77", domain="example.org", head="", namespace="", ends=1764374399):
    around = f' xmlns="{namespace}"' if namespace else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<feedback{around}><report_metadata>'
        f"<org_name>Receiver</org_name><report_id>{name}</report_id><date_range><begin>1764288000</begin>"
        f"<end>{ends}</end></date_range></report_metadata><policy_published><domain>{domain}</domain>"
        f"<p>none</p><adkim>r</adkim></policy_published>{''.join(lines or (line(),))}</feedback>"
    ).encode()


def tls(good=300, failed=2, *, details=None, domain="example.org", **more):
    detail = {"result-type": "certificate-expired", "failed-session-count": 2}
    detail |= {"receiving-mx-hostname": "mx.example.org", "sending-mta-ip": "198.51.100.7"}
    policy = {
        "policy": {"policy-type": "sts", "policy-domain": domain, "mx-host": ["*.example.org"]},
        "summary": {
            "total-successful-session-count": good,
            "total-failure-session-count": failed,
        },
        "failure-details": [detail] if details is None else details,
    }
    return json.dumps(
        {
            "organization-name": "Sender",
            "date-range": {
                "start-datetime": "2025-11-28T00:00:00Z",
                "end-datetime": "2025-11-28T23:59:59Z",
            },
            "report-id": "t1",
            "policies": [policy],
        }
        | more
    ).encode()


def zipped(content, *, files=1):
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(files):
            archive.writestr(f"{NAME}.{number}.xml", content)
    return written.getvalue()


def mailed(content, kind="application/gzip", name=f"{NAME}.xml.gz", subject="", around="mixed"):
    """A message to the bounce address with one attachment."""
    said = subject or "Report domain: example.org Submitter: receiver.example Report-ID: <77>"
    return (
        "From: noreply-dmarc@receiver.example\r\nTo: bounces@example.org\r\nReturn-Path: <>\r\n"
        f"Subject: {said}\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/{around}; boundary="cut"\r\n\r\n--cut\r\nContent-Type: text/plain\r\n\r\n'
        "This is an aggregate report; delivery failed for nobody, 550 5.1.1 or not.\r\n"
        f'--cut\r\nContent-Type: {kind}; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-Disposition: attachment; filename="{name}"\r\n\r\n'
        f"{encodebytes(content).decode()}\r\n--cut--\r\n"
    ).encode()


def packed(content):
    return gzip.compress(content)
