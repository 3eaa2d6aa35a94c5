"""What there is to examine of a sender."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """One DKIM key: where its public half stands, and the record that belongs there."""

    domain: str
    selector: str
    record: str

    @property
    def name(self) -> str:
        """The name of its TXT record."""
        return f"{self.selector}._domainkey.{self.domain}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderSetup:
    """What there is to examine of a sender."""

    #: Domains of From and of the return path.
    domain: str
    bounce_domain: str
    #: The bounce address, of which each letter's return path is made.
    return_path: str = ""
    #: Where reports on the domain can be read: the bounce address where its mailbox is.
    reports_to: str = ""
    keys: tuple[SigningKey, ...] = ()
    #: The addresses that letters reach providers from; unknown where a relay's own.
    sends_from: tuple[str, ...] = ()
    blocklists: tuple[str, ...] = ()
    #: Of a sample letter: headers by name in small letters, bytes of HTML, hosts of links. None without one.
    headers: dict[str, tuple[str, ...]] | None = None
    html_size: int | None = None
    link_hosts: tuple[str, ...] = ()
    #: Letters posted lately, and complaints about them.
    posted: int = 0
    complaints: int = 0
