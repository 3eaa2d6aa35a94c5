"""The published half of a DKIM key, and whether it is that of the key that signs (RFC 6376 section 3.6.1)."""

from base64 import b64decode, b64encode
from binascii import Error as Base64Error

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)

#: RFC 1035 section 3.3.14: a string of a TXT record holds no more.
_LONGEST = 255


def record_of(private_key: bytes) -> str:
    """The record to publish for a private key in PEM form."""
    key = load_pem_private_key(private_key, password=None)
    if isinstance(key, Ed25519PrivateKey):
        raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return f"v=DKIM1; k=ed25519; p={b64encode(raw).decode()}"
    assert isinstance(key, RSAPrivateKey)
    der = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"v=DKIM1; k=rsa; p={b64encode(der).decode()}"


def tags_of(record: str) -> dict[str, str]:
    """The tags of a DKIM or DMARC record, in small letters; what is not a tag is left out."""
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): "".join(value.split()) for name, sign, value in pairs if sign}


def difference(published: str, wanted: str) -> str:
    """What makes receivers refuse a signature under this record; empty when they take it."""
    tags, own = tags_of(published), tags_of(wanted)
    if tags.get("v", "DKIM1") != "DKIM1":
        return f"its version is {tags['v']!r} and not DKIM1"
    if not tags.get("p", ""):
        return "its key is empty, which means that it was taken back"
    if tags.get("k", "rsa") != own["k"]:
        return f"it is a key of the kind {tags.get('k', 'rsa')}, and letters are signed with {own['k']}"
    if "h" in tags and "sha256" not in tags["h"].split(":"):
        return f"it allows {tags['h']} alone, and letters are signed with sha256"
    if "s" in tags and not {"*", "email"} & set(tags["s"].split(":")):
        return f"it is for {tags['s']} and not for email"
    try:
        same = b64decode(tags["p"], validate=True) == b64decode(own["p"])
    except (Base64Error, ValueError):
        return "its key is not base64: a part of it may be missing"
    return "" if same else "it is another key than the one that letters are signed with"


def quoted(record: str) -> str:
    """A record as a zone file has it: in strings of 255 characters at most."""
    pieces = (record[at : at + _LONGEST] for at in range(0, len(record), _LONGEST))
    return " ".join(f'"{piece}"' for piece in pieces)
