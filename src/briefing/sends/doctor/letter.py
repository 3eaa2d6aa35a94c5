"""What a sample letter, and the readers of the last ones, say of a sender."""

from collections.abc import Iterator

from briefing.counted import counted
from briefing.sends.doctor import diagnosis as rules
from briefing.sends.doctor.diagnosis import Diagnosis, Prospect, told
from briefing.sends.doctor.dkim_record import tags_of
from briefing.sends.doctor.sender_setup import SenderSetup

#: The share of complaints to stay under; of so many letters at least.
_POOR, _ENOUGH = 0.001, 1_000
#: Gmail shows no more of the HTML part.
_CLIPPED = 102_000


def letter(setup: SenderSetup) -> Iterator[Diagnosis]:
    """Its headers, what lets readers go, and its size."""
    if setup.headers is None or setup.html_size is None:
        said = "No edition is rendered yet, so there is no letter to look at; `briefing render` makes one."
        yield told("Letter", Prospect.UNKNOWN, said, rules.HEADERS)
        return
    yield from _headers(setup.headers)
    kilobytes = f"The HTML part has {setup.html_size / 1000:.1f} kB"
    if setup.html_size > _CLIPPED:
        said = f"{kilobytes}; print fewer stories, or shorter ones."
        yield told("Size", Prospect.POOR, said, rules.SIZE)
    else:
        yield told("Size", Prospect.GOOD, f"{kilobytes}.", rules.SIZE)


def _headers(headers: dict[str, tuple[str, ...]]) -> Iterator[Diagnosis]:
    wrong = [
        name
        for name in ("date", "from", "message-id", "subject")
        if len(headers.get(name, ())) != 1
    ]
    if wrong or "list-id" not in headers:
        said = f"Not once in the letter: {', '.join([*wrong, *(['list-id'] * ('list-id' not in headers))])}."
        yield told("Headers", Prospect.REFUSED if wrong else Prospect.POOR, said, rules.HEADERS)
    else:
        yield told("Headers", Prospect.GOOD, f"List-Id is {headers['list-id'][0]}.", rules.HEADERS)
    way = " ".join(headers.get("list-unsubscribe", ()))
    post = " ".join(headers.get("list-unsubscribe-post", ()))
    signed = {one for value in headers.get("dkim-signature", ()) for one in _signed(value)}
    named = {"list-unsubscribe", "list-unsubscribe-post"}
    if "<https://" not in way or post.strip() != "List-Unsubscribe=One-Click":
        said = f"List-Unsubscribe is {way or 'missing'}, List-Unsubscribe-Post {post or 'missing'}."
        change = '[site] public_url = "https://YOUR-SITE"'
        yield told("One-click headers", Prospect.REFUSED, said, rules.ONE_CLICK, change)
    elif signed and not named <= signed:
        said = "The signature does not cover List-Unsubscribe and List-Unsubscribe-Post."
        yield told("One-click headers", Prospect.REFUSED, said, rules.ONE_CLICK)
    else:
        covered = ", and the signature covers them" if signed else ""
        yield told("One-click headers", Prospect.GOOD, f"Both are there{covered}.", rules.ONE_CLICK)


def _signed(signature: str) -> list[str]:
    return tags_of(signature).get("h", "").lower().split(":")


def complaints(setup: SenderSetup) -> Iterator[Diagnosis]:
    """How many readers complain."""
    if setup.posted < _ENOUGH:
        said = f"{counted(setup.posted, 'letter')} in the last 30 days: too few to tell."
        yield told("Complaints", Prospect.UNKNOWN, said, rules.COMPLAINTS)
        return
    share = setup.complaints / setup.posted
    posted = counted(setup.posted, "letter")
    said = (
        f"{counted(setup.complaints, 'complaint')} about {posted} of the last 30 days: {share:.2%}."
    )
    if share > _POOR:
        said += " Look at who was imported, and write less often to those who have not been heard of for long."
    health = Prospect.POOR if share > _POOR else Prospect.GOOD
    yield told("Complaints", health, said, rules.COMPLAINTS)
