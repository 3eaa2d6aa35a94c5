"""The examination: what DNS and a sample letter say of a sender, one diagnosis a subject."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from ipaddress import ip_address

from briefing.counted import counted
from briefing.sends.doctor import diagnosis as rules
from briefing.sends.doctor.diagnosis import Diagnosis, Prospect, told
from briefing.sends.doctor.dkim_record import difference, quoted, tags_of
from briefing.sends.doctor.letter import complaints, letter
from briefing.sends.doctor.lookup import Lookup, NoAnswer
from briefing.sends.doctor.organisation import organisation_of
from briefing.sends.doctor.sender_setup import SenderSetup
from briefing.sends.doctor.spf import BrokenSpf, SpfRecord

_POLICIES = ("none", "quarantine", "reject")


def examine(setup: SenderSetup, lookup: Lookup) -> tuple[Diagnosis, ...]:
    """Everything that DNS and the letter can say; a question nobody answers is told as unknown."""
    parts = (_spf, _dkim, _dmarc, _ptr, _mx, _links, _blocklists)
    found = [one for part in parts for one in _asked(part, setup, lookup)]
    return (*found, *letter(setup), *complaints(setup))


def _asked(
    part: Callable[[SenderSetup, Lookup], Iterator[Diagnosis]], setup: SenderSetup, lookup: Lookup
) -> Iterator[Diagnosis]:
    lookup.denied.clear()
    try:
        for one in part(setup, lookup):
            yield _with_witness(one, lookup)
    except NoAnswer as error:
        subject, rule = _SUBJECTS[part.__name__]
        found = f"{error}. Nothing is held for it; try again, or name a resolver in [doctor]."
        yield Diagnosis(subject=subject, health=Prospect.UNKNOWN, found=found, rule=rule)


def _with_witness(one: Diagnosis, lookup: Lookup) -> Diagnosis:
    """What is refused because something is not there says so when one resolver alone denies it."""
    if one.health is not Prospect.REFUSED or not lookup.denied or not lookup.only_resolver:
        return one
    said = (
        f" So says one resolver, {lookup.only_resolver}; a second in [doctor] resolvers must agree."
    )
    return replace(one, found=one.found + said)


def _spf(setup: SenderSetup, lookup: Lookup) -> Iterator[Diagnosis]:
    domain = setup.bounce_domain
    record = SpfRecord(domain, lookup, sender=setup.return_path, helo=setup.domain)
    try:
        text = record.text()
        results = {address: record.result(address) for address in setup.sends_from}
    except BrokenSpf as error:
        said = f"{error}."
        yield told("SPF", Prospect.REFUSED, said, rules.SPF, _spf_record(setup))
        return
    out = {address: result for address, result in results.items() if result != "pass"}
    if not text:
        said = f"{domain}, the domain of the return path, has no SPF record."
        yield told("SPF", Prospect.REFUSED, said, rules.SPF, _spf_record(setup))
    elif "+all" in text.lower().split() or "all" in text.lower().split():
        said = f"{domain} lets the whole world send: {text}"
        yield told("SPF", Prospect.POOR, said, rules.SPF, _spf_record(setup))
    elif out:
        said = f"{', '.join(f'{one} gets {result}' for one, result in out.items())} from: {text}"
        yield told("SPF", Prospect.REFUSED, said, rules.SPF, _spf_record(setup))
    elif not setup.sends_from:
        said = (
            f"{domain} has {text} Whether it has the address that letters leave from nobody can tell: name it in "
            "[doctor] sends_from."
        )
        yield told("SPF", Prospect.GOOD, said, rules.SPF)
    else:
        yield told("SPF", Prospect.GOOD, f"{', '.join(results)} may send for {domain}.", rules.SPF)


def _spf_record(setup: SenderSetup) -> str:
    own = (f"ip{ip_address(one).version}:{one}" for one in setup.sends_from)
    parts = " ".join(own) or "include:THE-RELAY'S-DOMAIN"
    return f'{setup.bounce_domain}. IN TXT "v=spf1 {parts} -all"'


def _dkim(setup: SenderSetup, lookup: Lookup) -> Iterator[Diagnosis]:
    if not setup.keys:
        said = (
            "Letters are not signed here. A relay may sign them; else make a key with `openssl genrsa -out "
            "dkim.pem 2048` and name it in [[send.dkim]]."
        )
        yield told("DKIM", Prospect.POOR, said, rules.DKIM)
    for key in setup.keys:
        subject, wanted = f"DKIM {key.name}", f"{key.name}. IN TXT {quoted(key.record)}"
        found = [one for one in lookup.texts(key.name) if "p" in tags_of(one)]
        if not found:
            said = "There is no such record, so receivers take every signature for broken."
            yield told(subject, Prospect.REFUSED, said, rules.DKIM, wanted)
        elif len(found) > 1:
            said = f"Receivers find {counted(len(found), 'record')} and may read either; keep the right one."
            yield told(subject, Prospect.POOR, said, rules.DKIM, wanted)
        elif wrong := difference(found[0], key.record):
            yield told(subject, Prospect.REFUSED, f"{wrong}.".capitalize(), rules.DKIM, wanted)
        elif "y" in tags_of(found[0]).get("t", "").split(":"):
            said = "The very key is there, with t=y: receivers treat signatures as a test. Take t=y away."
            yield told(subject, Prospect.POOR, said, rules.DKIM, wanted)
        else:
            yield told(subject, Prospect.GOOD, "The very key is published.", rules.DKIM)


def _dmarc(setup: SenderSetup, lookup: Lookup) -> Iterator[Diagnosis]:
    place, found = _policy(setup.domain, lookup)
    reports_to = setup.reports_to or f"dmarc@{setup.domain}"
    wanted = f'_dmarc.{setup.domain}. IN TXT "v=DMARC1; p=none; rua=mailto:{reports_to}"'
    if len(found) != 1:
        said = (
            f"{setup.domain} has {len(found)} DMARC records, and receivers heed none of them."
            if found
            else f"Neither {setup.domain} nor a domain above it has a DMARC record."
        )
        yield told("DMARC", Prospect.REFUSED, said, rules.DMARC, wanted)
        return
    tags = tags_of(found[0])
    if tags.get("p", "").lower() not in _POLICIES:
        said = f"{found[0]} at {place} names no policy (p=none, quarantine or reject)."
        yield told("DMARC", Prospect.REFUSED, said, rules.DMARC, wanted)
        return
    aligned = [
        *(
            f"DKIM by {key.domain}"
            for key in setup.keys
            if _is_aligned(setup, key.domain, tags, "adkim")
        ),
        *(["SPF"] if _is_aligned(setup, setup.bounce_domain, tags, "aspf") else []),
    ]
    if not aligned:
        said = (
            f"Neither the return path ({setup.bounce_domain}) nor a signature "
            f"({', '.join(key.domain for key in setup.keys) or 'none'}) is aligned with {setup.domain} in From."
        )
        change = f'[[send.dkim]] domain = "{setup.domain}"'
        yield told("DMARC", Prospect.REFUSED, said, rules.DMARC, change)
    else:
        said = f"{tags['p']} at {place}; aligned: {' and '.join(aligned)}."
        yield told("DMARC", Prospect.GOOD, said, rules.DMARC)


def _policy(domain: str, lookup: Lookup) -> tuple[str, list[str]]:
    """The DMARC records of a domain, or of the nearest above it that has one, up to its organization's."""
    labels, top = domain.split("."), organisation_of(domain)
    for at in range(max(1, len(labels) - top.count("."))):
        above = ".".join(labels[at:])
        texts = lookup.texts(f"_dmarc.{above}")
        found = [one for one in texts if one.replace(" ", "").lower().startswith("v=dmarc1")]
        if found:
            return f"_dmarc.{above}", found
    return "", []


def _is_aligned(setup: SenderSetup, domain: str, tags: dict[str, str], mode: str) -> bool:
    """RFC 7489 section 3.1: the same domain; relaxed, both of one organization."""
    if domain == setup.domain:
        return True
    if tags.get(mode, "r").lower() == "s":
        return False
    return organisation_of(domain) == organisation_of(setup.domain)


def _ptr(setup: SenderSetup, lookup: Lookup) -> Iterator[Diagnosis]:
    if not setup.sends_from:
        said = "Nobody has said which address letters leave from: name it in [doctor] sends_from."
        yield told("PTR", Prospect.UNKNOWN, said, rules.PTR)
    for address in setup.sends_from:
        names = lookup.names_of(address)
        back = [name for name in names if address in lookup.addresses(name)]
        if back:
            said = f"{address} is {back[0].rstrip('.')}, and that leads back."
            yield told("PTR", Prospect.GOOD, said, rules.PTR)
            continue
        said = (
            f"{address} says that it is {names[0].rstrip('.')}, which has another address."
            if names
            else f"{address} has no name."
        )
        wanted = (
            f"whoever owns {address} sets its PTR to a name of yours, and: NAME. IN A {address}"
        )
        yield told("PTR", Prospect.REFUSED, said, rules.PTR, wanted)


def _mx(setup: SenderSetup, lookup: Lookup) -> Iterator[Diagnosis]:
    domain = setup.bounce_domain
    hosts = lookup.exchangers(domain)
    wanted = f"{domain}. IN MX 10 mail.{domain}."
    if hosts == (".",):
        said = f"{domain} says that it takes no mail, so providers may refuse it as a sender."
        yield told("MX", Prospect.REFUSED, said, rules.MX, wanted)
        return
    reached = [host for host in hosts or (domain,) if lookup.addresses(host)]
    if reached:
        said = f"Bounces go to {reached[0].rstrip('.')}."
        yield told("MX", Prospect.GOOD, said, rules.MX)
        return
    said = (
        f"The MX of {domain}, {hosts[0].rstrip('.')}, has no address."
        if hosts
        else f"{domain} has neither MX nor address, so no bounce can come back."
    )
    yield told("MX", Prospect.REFUSED, said, rules.MX, wanted)


def _links(setup: SenderSetup, lookup: Lookup) -> Iterator[Diagnosis]:
    if not setup.link_hosts:
        return
    gone = [host for host in setup.link_hosts if not lookup.addresses(host)]
    if gone:
        said = f"Links lead to hosts that do not exist: {', '.join(gone)}. Correct them or take them out."
        yield told("Links", Prospect.POOR, said, rules.LINKS)
    else:
        hosts = counted(len(setup.link_hosts), "host exists", "hosts exist")
        said = f"{hosts} where links lead."
        yield told("Links", Prospect.GOOD, said, rules.LINKS)


def _blocklists(setup: SenderSetup, lookup: Lookup) -> Iterator[Diagnosis]:
    for zone in setup.blocklists:
        listed = [one for one in setup.sends_from if lookup.addresses(f"{_reversed(one)}.{zone}")]
        if listed:
            said = f"{', '.join(listed)} is on {zone}; its site says why and how to be taken off."
            yield told(f"Blocklist {zone}", Prospect.POOR, said, rules.BLOCKLISTS)
        else:
            yield told(f"Blocklist {zone}", Prospect.GOOD, "Not listed.", rules.BLOCKLISTS)


def _reversed(address: str) -> str:
    pointer = ip_address(address).reverse_pointer
    return pointer.removesuffix(".in-addr.arpa").removesuffix(".ip6.arpa")


_SUBJECTS = {
    "_spf": ("SPF", rules.SPF),
    "_dkim": ("DKIM", rules.DKIM),
    "_dmarc": ("DMARC", rules.DMARC),
    "_ptr": ("PTR", rules.PTR),
    "_mx": ("MX", rules.MX),
    "_links": ("Links", rules.LINKS),
    "_blocklists": ("Blocklists", rules.BLOCKLISTS),
}
