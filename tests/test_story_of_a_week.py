"""A week of a house that polls: a feed that dies, one that moves, and one event that four papers tell."""

from collections import Counter
from datetime import timedelta

from tests.desks import act
from tests.events.corpus import reports
from tests.faults.feed_server import FeedServer, prose, reply
from tests.faults.sourced import NOW, feed, make

from briefing.actions.editions.events.stories import events
from briefing.actions.gather.entries import count_entries, list_entries
from briefing.actions.gather.poll_sources import Poller
from briefing.actions.gather.source_status import states
from briefing.actions.resolve_name import the_draft
from briefing.actions.schedule.run_due_slots import SlotRunner
from briefing.config import load_config
from briefing.model.source_record import EntryQuery, EntryState

#: The papers, and the hour of the week from which each tells of the fire.
PAPERS = {"courier": 30, "herald": 32, "star": 35, "wire": 37}
FIRE = [one for one in reports("events.txt").articles if one.id.startswith("mill-fire")]
MONDAY, WEDNESDAY = "staggers-2026-11-23", "staggers-2026-11-25"
#: The hours at which one feed moves for good, and one dies.
MOVES, DIES = 20, 44
SETTINGS = {
    f"BRIEFING_BRIEFINGS__STAGGERS__{key}": value
    for key, value in {
        "AT": "06:30",
        "DAYS": "mon,wed",
        "DRAFT_AT": "60",
        "LATEST_START": "120",
        "MIN_ITEMS": "1",
        "APPROVAL": "automatic",
    }.items()
}


def entry(paper, hour, headline, text, number):
    at = NOW + timedelta(hours=hour)
    return (
        f"<item><title>{headline}</title><guid>{paper}-{number}</guid>"
        f"<link>https://{paper}.example/{number}</link><pubDate>{at:%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
        f"<description>{text}</description></item>"
    )


def shown_by(paper, hour):
    """The three newest entries of a paper: one of its own every six hours, and the fire at its hour."""
    told = [
        entry(paper, at, f"{paper.title()} {at}: council votes", prose(paper, at), at)
        for at in range(-12, hour + 1, 6)
    ]
    if hour >= PAPERS[paper]:
        fire = FIRE[list(PAPERS).index(paper)]
        told.append(entry(paper, PAPERS[paper], fire.headline, fire.text, "fire"))
    newest = "".join(told[-3:])
    return reply(f'<rss version="2.0"><channel><title>{paper}</title>{newest}</channel></rss>')


class Week:
    """The house, and the hour of its week."""

    def __init__(self, folder, server):
        make(folder, server, {paper: feed(server, f"/{paper}", every=60) for paper in PAPERS})
        self.config = load_config(folder / "config.toml", SETTINGS)
        self.server, self.poller, self.now = server, Poller(), NOW
        self.runner = SlotRunner(self.config, lambda: self.now, tell=lambda _: None)

    def at_desk(self, action, *arguments):
        return act(action, self.config, *arguments, clock=lambda: self.now)

    def hour(self, hour):
        """What the web shows at that hour, read; and an edition, on its mornings."""
        self.now = NOW + timedelta(hours=hour, minutes=-25)
        for paper in PAPERS:
            self.server.pages[f"/{paper}"] = shown_by(paper, hour)
        if hour >= MOVES:
            moved = "Location: /herald-new\r\n"
            self.server.pages["/herald"] = reply("", status="301 Moved", headers=moved)
            self.server.pages["/herald-new"] = shown_by("herald", hour)
        if hour >= DIES:
            self.server.pages["/star"] = reply("gone", status="410 Gone")
        self.at_desk(self.poller.poll)
        if hour in (0, 48):
            self.runner.attend("staggers")
            self.now += timedelta(hours=1)
            self.runner.attend("staggers")


def test_nothing_of_a_week_is_lost_and_one_event_is_one_story(tmp_path):
    with FeedServer() as server:
        week = Week(tmp_path, server)
        for hour in range(-12, 50, 2):
            week.hour(hour)
        monday, wednesday = (week.at_desk(the_draft, name) for name in (MONDAY, WEDNESDAY))
        told_of_fire = {
            one.id
            for one in (*wednesday.items, *wednesday.dropped)
            if one.headline in {article.headline for article in FIRE}
        }
        (fire,) = [item for item in wednesday.items if item.also_in]
        assert {told.id for told in fire.also_in} | {fire.id} == told_of_fire
        assert len(told_of_fire) == 4
        assert fire.id in [line.item.id for line in week.at_desk(events, WEDNESDAY)]
        remarks = {state.name: " ".join(state.remarks) for state in week.at_desk(states)}
        assert "has moved for good to" in remarks["herald"]
        assert "410" in remarks["star"]
        printed = {item.headline for item in (*monday.items, *wednesday.items)}
        for counts in week.at_desk(count_entries):
            paper, last = counts.source, DIES if counts.source == "star" else 49
            own = {f"{paper.title()} {at}: council votes" for at in range(-12, last, 6)}
            assert own <= printed
            assert counts.found == len(own) + 1
            listed = week.at_desk(list_entries, EntryQuery(sources=(paper,)))
            assert Counter(one.entry.state for one in listed) == counts.states
            assert EntryState.NEW not in counts.states
            assert all(one.said for one in listed)
