"""Addresses: one page, one spelling."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

#: Parameters that say where a reader came from, never what they see.
_TRACKING = frozenset(
    "fbclid gclid dclid msclkid mc_cid mc_eid igshid ref ref_src cmpid ocid smid partner "
    "at_medium at_campaign ns_mchannel ns_source ns_campaign ns_linkname".split()
)


def canonical(url: str) -> str:
    """The address under which a page is known again: without tracking; "" when it is not one.

    A fragment stays: feeds whose entries share one address tell them apart by it.
    """
    if not url.startswith(("http://", "https://")):
        return ""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "") + (f":{parts.port}" if parts.port else "")
    except ValueError:
        return ""
    asked = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in _TRACKING
        and not name.lower().startswith(("utm_", "qt-", "quicktabs"))
    ]
    return urlunsplit((parts.scheme, host, parts.path or "/", urlencode(asked), parts.fragment))
