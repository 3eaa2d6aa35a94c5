"""Reports of receivers on our domain: DMARC aggregates (RFC 7489) and TLS reports (RFC 8460)."""

from briefing.sends.domain_reports.read import read_domain_report

__all__ = ["read_domain_report"]
