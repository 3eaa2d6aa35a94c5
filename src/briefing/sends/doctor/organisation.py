"""The organizational domain: under which name somebody registered (RFC 7489 section 3.2).

By Mozilla's public suffix list, which comes with the library: `co.uk` and `github.io` are nobody's own.
"""

from functools import cache

from publicsuffixlist import PublicSuffixList


def organisation_of(domain: str) -> str:
    """`example.co.uk` of `news.example.co.uk`; the domain itself where it is a suffix."""
    found = _suffixes().privatesuffix(domain.lower().rstrip("."))
    return str(found) if found else domain


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()
