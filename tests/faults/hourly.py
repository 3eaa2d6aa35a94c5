"""A feed of five that changes every hour."""

import random
from collections import Counter
from datetime import timedelta

from tests.desks import act
from tests.faults.feed_server import reply
from tests.faults.sourced import NOW

from briefing.actions.gather.entries import list_entries
from briefing.model.source_record import EntryQuery

TOWNS = (
    "Aldham Brixworth Cheddon Dunmere Elmstow Fallowby Gorsey Hazelton Inverbreck Jubilee Kelpness Larchmere "
    "Mossford Nettlecombe Oakworth Pinehurst Quarryton Rowanby Sedgefen Thornwick Ulverley Valebridge Wickmoor"
).split()
ACTS = (
    "bridge school market ferry clinic library quay depot canal theatre orchard museum tramway mill prison "
    "harbour chapel cinema reservoir airfield brewery lighthouse abattoir velodrome"
).split()


def item(number, guid="", link=""):
    """An entry of its own town, said at its own hour."""
    chance, town = random.Random(f"entry {number}"), TOWNS[number]
    sentences = " ".join(
        f"In {town} the {chance.choice(ACTS)} beside the {chance.choice(ACTS)} closes after "
        f"{chance.randint(20, 9000)} letters, and {chance.randint(20, 900)} people of {town} object to it."
        for _ in range(5)
    )
    when = NOW - timedelta(hours=23 - number)
    return (
        f"<item><title>{town} shuts its {ACTS[number]}</title>"
        f"<link>{link or f'https://gazette.example/{number}'}</link>"
        f"<guid isPermaLink='false'>{guid or f'w{number}'}</guid>"
        f"<pubDate>{when:%a, %d %b %Y %H:%M:%S} GMT</pubDate><description>{sentences}</description></item>"
    )


def window(numbers, **more):
    inside = "".join(item(number, **more) for number in numbers)
    return reply(f'<rss version="2.0"><channel><title>Hourly</title>{inside}</channel></rss>')


def states_of(house, *names):
    found = act(list_entries, house.config, EntryQuery(sources=names))
    return Counter(one.entry.state for one in found)
