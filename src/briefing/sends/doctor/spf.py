"""SPF: whether a domain's record lets an address send for it (RFC 7208).

Macros are written out as `spf_macros` says.
"""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Literal

from briefing.sends.doctor.lookup import Lookup
from briefing.sends.doctor.spf_macros import SpfSession, expanded

#: RFC 7208 section 4.6.4.
MOST_LOOKUPS = 10
#: The same section: questions that found nothing at all, which receivers allow twice.
MOST_VOID_LOOKUPS = 2
_VERSION = "v=spf1"
_SIGNS = {"+": "pass", "-": "fail", "~": "softfail", "?": "neutral"}
_ASKS_DNS = ("include", "a", "mx", "ptr", "exists", "redirect")


class BrokenSpf(Exception):
    """A record that gives every receiver a permanent error; says why."""


@dataclass
class SpfRecord:
    """The record of one domain, and what it says of addresses."""

    domain: str
    lookup: Lookup
    #: The return path, and what EHLO says we are; they stand in macros.
    sender: str = ""
    helo: str = ""
    lookups: int = 0
    void_lookups: int = 0

    def text(self) -> str:
        """The record; empty where there is none.

        Raises:
            BrokenSpf: when there are several.
            NoAnswer: when DNS does not answer.
        """
        return self._text(self.domain)

    def result(self, address: str) -> str:
        """What it says of an address: pass, fail, softfail, neutral or none.

        Raises:
            BrokenSpf: when receivers would give up on it.
            NoAnswer: when DNS does not answer.
        """
        self.lookups = self.void_lookups = 0
        return self._check(self.domain, ip_address(address))

    def _text(self, domain: str) -> str:
        found = [one for one in self.lookup.texts(domain) if one.lower().split(" ")[0] == _VERSION]
        if len(found) > 1:
            raise BrokenSpf(
                f"{domain} has {len(found)} SPF records, and receivers heed none of them"
            )
        return found[0] if found else ""

    def _check(self, domain: str, address: IPv4Address | IPv6Address) -> str:
        record = self._text(domain)
        if not record:
            return "none"
        redirect = ""
        for term in record.split()[1:]:
            if term.lower().startswith("redirect="):
                redirect = self._named(term[len("redirect=") :], domain, address)
                continue
            if "=" in term.split(":")[0].split("/")[0]:
                continue  # exp= and modifiers that nobody knows yet
            sign, mechanism = (term[0], term[1:]) if term[0] in _SIGNS else ("+", term)
            if self._matches(mechanism, domain, address):
                return _SIGNS[sign]
        if not redirect:
            return "neutral"
        self._count("redirect")
        found = self._check(redirect, address)
        if found == "none":
            raise BrokenSpf(f"{domain} redirects to {redirect}, which has no SPF record")
        return found

    def _matches(self, mechanism: str, domain: str, address: IPv4Address | IPv6Address) -> bool:
        name, _, rest = mechanism.partition(":")
        kind, _, bits = name.partition("/")
        kind = kind.lower()
        self._count(kind)
        if kind == "all":
            return True
        if kind in ("ip4", "ip6"):
            return self._within(address, rest, mechanism)
        if kind not in _ASKS_DNS:
            raise BrokenSpf(f"{mechanism!r} in the SPF record of {domain} is not a mechanism")
        target, _, own_bits = (rest or f"{domain}/{bits}").partition("/")
        # RFC 7208 section 5.5: `ptr` is not to be used, and most receivers do not.
        if kind == "ptr":
            return False
        return self._found_in_dns(kind, self._named(target, domain, address), own_bits, address)

    def _named(self, written: str, domain: str, address: IPv4Address | IPv6Address) -> str:
        """The name that a domain-spec means for this letter."""
        sender = self.sender or f"postmaster@{self.domain}"
        session = SpfSession(sender=sender, helo=self.helo or self.domain, address=address)
        try:
            return expanded(written, domain, session)
        except ValueError as error:
            raise BrokenSpf(f"the SPF record of {domain} cannot be read: {error}") from error

    def _found_in_dns(
        self, kind: str, target: str, bits: str, address: IPv4Address | IPv6Address
    ) -> bool:
        if kind == "include":
            return self._included(target, address)
        if kind == "exists":
            # Section 5.7: A is asked for, whatever the letter came by.
            return bool(self._heard(target, self.lookup.addresses(target, "A")))
        own: Literal["A", "AAAA"] = "A" if address.version == 4 else "AAAA"  # noqa: PLR2004
        hosts = (target,) if kind == "a" else self._exchangers(target)
        found = tuple(
            one for host in hosts for one in self._heard(host, self.lookup.addresses(host, own))
        )
        return self._among(address, found, bits)

    def _included(self, domain: str, address: IPv4Address | IPv6Address) -> bool:
        found = self._check(domain, address)
        if found == "none":
            raise BrokenSpf(f"the SPF record includes {domain}, which has none")
        return found == "pass"

    def _count(self, kind: str) -> None:
        self.lookups += kind in _ASKS_DNS
        if self.lookups > MOST_LOOKUPS:
            raise BrokenSpf(
                f"the SPF record of {self.domain} needs more than {MOST_LOOKUPS} look-ups, where receivers stop"
            )

    def _exchangers(self, name: str) -> tuple[str, ...]:
        found = self._heard(name, self.lookup.exchangers(name))
        if len(found) > MOST_LOOKUPS:
            raise BrokenSpf(
                f"{name} has {len(found)} mail exchangers, and receivers stop at {MOST_LOOKUPS} for SPF"
            )
        return found

    def _heard(self, name: str, found: tuple[str, ...]) -> tuple[str, ...]:
        """What DNS said of a name that a mechanism leads to; nothing at all is a void look-up."""
        self.void_lookups += not found
        if self.void_lookups > MOST_VOID_LOOKUPS:
            raise BrokenSpf(
                f"the SPF record of {self.domain} asks for more than {MOST_VOID_LOOKUPS} names that have nothing, "
                f"where receivers stop; the last is {name}"
            )
        return found

    def _within(self, address: IPv4Address | IPv6Address, written: str, mechanism: str) -> bool:
        try:
            network = ip_network(written, strict=False)
        except ValueError as error:
            raise BrokenSpf(f"{mechanism!r} in an SPF record is not a network") from error
        return address.version == network.version and address in network

    def _among(self, address: IPv4Address | IPv6Address, found: tuple[str, ...], bits: str) -> bool:
        four, _, six = bits.partition("//")
        length = (four if address.version == 4 else six) or str(address.max_prefixlen)  # noqa: PLR2004
        return any(
            self._within(address, f"{one}/{length}", one)
            for one in found
            if ip_address(one).version == address.version
        )
