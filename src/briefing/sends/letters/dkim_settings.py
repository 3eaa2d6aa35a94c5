"""Who signs the letters, and with what: read without what signs, which few commands need."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class DkimSettings:
    """Who signs, and with what."""

    #: Who takes responsibility; for instance `example.org`.
    domain: str
    #: The public key stands in the TXT record `<selector>._domainkey.<domain>`.
    selector: str
    #: RSA or Ed25519 as PEM, without a password.
    private_key: bytes = field(repr=False)
