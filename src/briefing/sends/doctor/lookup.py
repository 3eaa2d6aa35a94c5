"""DNS, asked through dnspython: what stands there, that nothing does, or that nobody answered.

"Nothing stands there" is a finding; "nobody answered" never is, because DNS may be away for a while, or there
may be none where a desk is tried out. What a resolver denies is believed when it knows the world (the name
servers of the name's top-level domain) and every other resolver that is named denies it as well.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import dns.exception
import dns.nameserver
import dns.resolver
import dns.reversename

#: Seconds for one question, all servers and tries together.
_SECONDS = 5.0
#: As dnspython has it: an address, or an address and more.
_Server = str | dns.nameserver.Nameserver


class NoAnswer(Exception):
    """DNS did not answer, or not with something that can be read; says which question."""


@dataclass
class Lookup:
    """Asks one resolver; the answers of one examination are kept."""

    #: Addresses of resolvers, each with its port; those of the system when empty.
    servers: tuple[tuple[str, int], ...] = ()
    seconds: float = _SECONDS
    #: The questions to which nothing was there, since whoever asks last emptied this.
    denied: set[tuple[str, str]] = field(default_factory=set, init=False)
    _kept: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict, init=False)

    def texts(self, name: str) -> tuple[str, ...]:
        """The TXT records of a name, the strings of each joined (RFC 7208 section 3.3).

        Raises:
            NoAnswer: see `Lookup`.
        """
        return self._ask(name, "TXT")

    def addresses(self, name: str, *kinds: Literal["A", "AAAA"]) -> tuple[str, ...]:
        """Its IPv4 addresses, its IPv6 addresses, or both when none is named.

        Raises:
            NoAnswer: see `Lookup`.
        """
        return tuple(one for kind in kinds or ("A", "AAAA") for one in self._ask(name, kind))

    def exchangers(self, name: str) -> tuple[str, ...]:
        """The hosts of its MX records, the preferred first; "." for one that takes no mail (RFC 7505).

        Raises:
            NoAnswer: see `Lookup`.
        """
        found = (one.split(maxsplit=1) for one in self._ask(name, "MX"))
        return tuple(host for _, host in sorted((int(rank), host) for rank, host in found))

    def names_of(self, address: str) -> tuple[str, ...]:
        """The names that an IP address says it has (PTR).

        Raises:
            NoAnswer: see `Lookup`.
        """
        return self._ask(dns.reversename.from_address(address).to_text(), "PTR")

    @property
    def only_resolver(self) -> str:
        """The one whose word stands alone; empty where several are asked."""
        first, *others = self._resolver().nameservers
        return "" if others else _address(first)

    def _ask(self, name: str, kind: str) -> tuple[str, ...]:
        question = (name.lower().rstrip("."), kind)
        if question not in self._kept:
            self._kept[question] = tuple(self._records(*question))
        if not self._kept[question]:
            self._believe(*question)
            self.denied.add(question)
        return self._kept[question]

    def _believe(self, name: str, kind: str) -> None:
        """Look whether a resolver that denies a name can be believed.

        Raises:
            NoAnswer: when it denies the top-level domain too, or another one has what it denies.
        """
        top = (name.rpartition(".")[2], "NS")
        if top not in self._kept:
            self._kept[top] = tuple(self._records(*top))
        if not self._kept[top]:
            raise NoAnswer(
                f"DNS says that there is no {kind} of {name}, and says the same of all name servers of "
                f"{top[0]!r}: it lies, or knows only names of its own"
            )
        for other in self._resolver().nameservers[1:]:
            if found := self._said_by(other, name, kind):
                raise NoAnswer(
                    f"DNS disagrees on {kind} of {name}: one resolver denies it, {_address(other)} has {found}"
                )

    def _said_by(self, server: _Server, name: str, kind: str) -> str:
        """What another resolver has there; nothing where it does not answer, for it may be away."""
        try:
            return ", ".join(self._records(name, kind, server))
        except NoAnswer:
            return ""

    def _records(self, name: str, kind: str, server: _Server | None = None) -> Iterable[str]:
        try:
            found = self._resolver(server).resolve(name, kind, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return ()
        except dns.exception.Timeout as error:
            why = f"nobody said anything within {self.seconds:g} seconds"
            raise NoAnswer(f"DNS did not answer for {kind} of {name}: {why}") from error
        except (dns.exception.DNSException, OSError) as error:
            why = " ".join(str(error).split()).rstrip(".") or type(error).__name__
            raise NoAnswer(f"DNS did not answer for {kind} of {name}: {why}") from error
        if kind == "TXT":
            return [_plain(b"".join(one.strings)) for one in found]
        return [one.to_text().lower() if kind != "PTR" else one.to_text() for one in found]

    def _resolver(self, server: _Server | None = None) -> dns.resolver.Resolver:
        resolver = dns.resolver.Resolver(configure=not self.servers)
        if self.servers:
            resolver.nameservers = [
                dns.nameserver.Do53Nameserver(address, port) for address, port in self.servers
            ]
        if server is not None:
            resolver.nameservers = [server]
        resolver.lifetime = self.seconds
        return resolver


def _address(server: _Server) -> str:
    return server if isinstance(server, str) else f"{server.answer_nameserver()}"


def _plain(said: bytes) -> str:
    """A stranger's text as it may be shown: signs that steer a terminal, or turn a line round, are told as one."""
    text = said.decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)
