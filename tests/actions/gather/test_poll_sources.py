"""Every source is read every `every` minutes, and nobody waits for it."""

import threading
import time
from datetime import timedelta

from tests.desks import act
from tests.faults.feed_server import reply
from tests.faults.hourly import states_of, window
from tests.faults.sourced import NOW, feed, make

from briefing.actions.editions.draft import draft
from briefing.actions.gather.poll_sources import Poller, due_sources
from briefing.actions.gather.source_status import states
from briefing.cli.daemon.schedule_loop import ScheduleLoop
from briefing.model.source_record import EntryState


def polled(house, at, poller=None):
    poller = poller or Poller()
    return act(poller.poll, house.config, clock=lambda: at)


def test_a_source_is_polled_when_it_is_due_and_not_before(tmp_path, server):
    server.pages["/hourly"] = window(range(3))
    house = make(tmp_path, server, {"hourly": feed(server, "/hourly", every=30)})
    assert polled(house, NOW) == 1
    assert polled(house, NOW + timedelta(minutes=29)) == 0
    assert len(server.asked("/hourly")) == 1
    # Up to a tenth later than it could be, so that feeds of one hour spread.
    assert polled(house, NOW + timedelta(minutes=33, seconds=1)) == 1


def test_polled_every_hour_a_window_of_five_loses_nothing_by_the_morning(tmp_path, server):
    house = make(tmp_path, server, {"hourly": feed(server, "/hourly", first_run=40, every=60)})
    poller = Poller()
    for hours in range(0, 24, 2):
        server.pages["/hourly"] = window(range(max(0, hours - 5), hours))
        polled(house, NOW - timedelta(hours=24 - hours), poller)
    server.pages["/hourly"] = reply("gone", status="500 Internal Server Error")
    act(draft, house.config, "staggers", clock=lambda: NOW)
    assert states_of(house) == {EntryState.USED: 22}


def test_an_error_page_with_200_costs_no_entry_and_is_told(tmp_path, server):
    server.pages["/hourly"] = window(range(3))
    house = make(tmp_path, server, {"hourly": feed(server, "/hourly")})
    polled(house, NOW)
    server.pages["/hourly"] = reply("<html><title>Back soon</title></html>", "text/html")
    polled(house, NOW + timedelta(hours=1))
    assert "a web page" in house.state("hourly").remarks[0]
    assert states_of(house) == {EntryState.NEW: 3}


def test_a_folder_is_read_when_a_file_in_it_has_come_or_changed(tmp_path, server):
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "a.txt").write_text(
        "Harbour opens\n\nThe harbour of Hale opened on Monday."
    )
    house = make(tmp_path, server, {"saved": {"kind": "pages", "path": "saved"}})
    poller = Poller()
    assert [polled(house, NOW, poller), polled(house, NOW, poller)] == [1, 0]
    (tmp_path / "saved" / "b.txt").write_text("Quay closes\n\nThe quay of Hale closed on Tuesday.")
    assert polled(house, NOW, poller) == 1
    assert sum(states_of(house).values()) == 2


def test_polling_that_is_told_to_stop_leaves_everything_as_it_was(tmp_path, server):
    house = make(tmp_path, server, {"slow": feed(server, "/slow/slow", seconds=60)})
    over = threading.Event()
    threading.Timer(0.2, over.set).start()
    begun = time.monotonic()
    assert polled(house, NOW, Poller(is_over=over.is_set)) == 0
    assert time.monotonic() - begun < 20
    assert act(due_sources, house.config, clock=lambda: NOW) == ["slow"]


def test_a_thousand_new_entries_at_once_are_told_and_kept(tmp_path, server):
    house = make(tmp_path, server, {"hourly": feed(server, "/hourly", most=20)})
    server.pages["/hourly"] = window(range(3))
    polled(house, NOW)
    many = "".join(
        f"<item><title>Notice {n}</title><guid>n{n}</guid><description>Notice {n} of {n * 7} was posted "
        f"by clerk {n * 13} about lane {n * 29} and gate {n * 31}.</description></item>"
        for n in range(1000)
    )
    server.pages["/hourly"] = reply(f'<rss version="2.0"><channel>{many}</channel></rss>')
    polled(house, NOW + timedelta(hours=1))
    (state,) = act(states, house.config, clock=lambda: NOW + timedelta(hours=2))
    assert "brought 1,000 new entries at once on 23 November 2026" in state.remarks[0]
    assert sum(states_of(house).values()) == 1003


def test_the_keeper_of_the_schedule_polls(tmp_path, server):
    server.pages["/hourly"] = window(range(3))
    house = make(tmp_path, server, {"hourly": feed(server, "/hourly")})
    loop = ScheduleLoop(house.config)
    runs = threading.Thread(target=loop.run)
    runs.start()
    try:
        end = time.monotonic() + 60
        while not server.asked("/hourly") and time.monotonic() < end:
            runs.join(0.1)
    finally:
        loop.stop()
        runs.join()
    assert server.asked("/hourly")
