"""A real desk on a real port, and Chromium to go there.

Debian's Chromium is used (`apt-get install chromium`); without it these tests are skipped, except
where NEED_CHROMIUM is set, as `.ci/run` does. Where the same Chromium without windows is installed
(`chromium-headless-shell`), that one is used: it has no toolbar to bring up to date for each page.
"""

import asyncio
import os
import re
import shutil
import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.desks import act
from tests.newsrooms import new_house

import briefing.actions.context as actions_context
from briefing.actions.admin.accounts import Invitation, begin_session
from briefing.actions.editions.draft import draft
from briefing.actions.readers.import_list import sync_lists
from briefing.actions.resolve_name import the_draft
from briefing.config import Config, load_config
from briefing.web.desk import make_desk
from briefing.web.desk.security import cookie_name

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    # One process draws all pages of a worker and paints them: each context began one of its own, which took
    # 85 ms of computing. No page is a stranger to another one here.
    "--renderer-process-limit=1",
    "--disable-site-isolation-trials",
    "--in-process-gpu",
    # Most scripts run once: to compile them again for speed takes longer than it saves.
    "--js-flags=--no-opt --no-maglev",
]
#: Speaks as a seller once and has no author: nobody can tell who paid.
UNSURE = """\
Show Hide image
Harbours strategy to bring thousands of jobs to the coast
A new plan for harbours will change how the country trades.

Britain's harbours are the hidden engine of its trade. Nine in ten goods come by sea. Our new quay \
programme will make them greener and faster, and it has already started in four towns.

The harbours have asked for years for a partner who understands them, and our engineers are ready \
to do so today. The first four quays open in the spring.

Ms Ada Marsh, who runs the programme, said the plan would bring three thousand jobs by 2030. She \
added that local firms would come first, because they know the water best.
"""
SETTINGS = {
    "BRIEFING_BRIEFINGS__STAGGERS__APPROVAL": "required",
    "BRIEFING_BRIEFINGS__STAGGERS__TIME_ZONE": "UTC",
    "BRIEFING_SITE__PUBLIC_URL": "https://briefing.harbour-news.uk",
}
#: Pages of a small edition: a report with an advert, a comment, two reports.
FEW = ("02", "04", "05", "07")


@pytest.fixture(scope="session")
def chromium():
    """Chromium, and the event loop of Playwright's that asks it."""
    if CHROMIUM is None:
        if os.environ.get("NEED_CHROMIUM"):
            pytest.fail("Chromium is not here and NEED_CHROMIUM is set: apt-get install chromium")
        pytest.skip("Chromium is not here. On Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        loop = asyncio.get_running_loop()
        asyncio._set_running_loop(None)
        yield started, loop
        asyncio._set_running_loop(loop)
        started.close()


# Playwright leaves its loop running in this thread, and no other test could start one of its own: it is
# the thread's loop in the modules that ask Chromium, and in no other.
@pytest.fixture(scope="module")
def browser(chromium):
    started, loop = chromium
    asyncio._set_running_loop(loop)
    yield started
    asyncio._set_running_loop(None)


def drafted(folder, pages, **more):
    """A house of those pages and of a piece that is held, and its newest draft."""
    config = new_house(folder, pages=pages, settings=SETTINGS | more)
    (folder / "seeds" / "004-harbours.txt").write_text(UNSURE)
    act(draft, config, "staggers")
    return folder


@pytest.fixture(scope="session")
def drafted_desk(tmp_path_factory):
    """A house with a held piece and its newest draft; copy it."""
    return drafted(tmp_path_factory.mktemp("desk") / "house", None)


@pytest.fixture(scope="session")
def drafted_few(tmp_path_factory):
    """Such a house with three stories, one that found no room, and a piece that is paid for; copy it."""
    seeds = Path(__file__).parents[2] / "seeds"
    pages = {path.name: path.read_text() for path in seeds.glob("*.txt") if path.name[:2] in FEW}
    room = {"BRIEFING_BRIEFINGS__STAGGERS__MAX_ITEMS": "3"}
    return drafted(tmp_path_factory.mktemp("few") / "house", pages, **room)


def opening(house, browser):
    """What opens the desk of a copy of a house, in a folder and with more settings."""

    def opened(folder, **more):
        shutil.copytree(house, folder, dirs_exist_ok=True)
        return desk_of(load_config(folder / "config.toml", SETTINGS | more), browser)

    return opened


@pytest.fixture(scope="module")
def open_desk(browser, drafted_few):
    return opening(drafted_few, browser)


@pytest.fixture(scope="module")
def open_whole_desk(browser, drafted_desk):
    return opening(drafted_desk, browser)


@dataclass
class Screen:
    """The desk as one person meets it."""

    folder: Path
    config: Config
    room: actions_context.Desk
    url: str
    browser: Browser
    edition: str
    invitation: Invitation

    def enter(self, actor: str = "ada", **options) -> Page:
        """A browser of its own that holds a session, as the one-time link leaves it."""
        held = begin_session(self.room, actor, None)
        context = self.browser.new_context(**options)
        name = cookie_name(self.config.desk)
        context.add_cookies([{"name": name, "value": held, "url": self.url}])
        return context.new_page()

    def enter_by_link(self, **options) -> Page:
        """A browser of its own, signed in by that link."""
        self.invitation.token = "once-only-token"
        page = self.browser.new_context(**options).new_page()
        page.goto(f"{self.url}/sign-in?link=once-only-token")
        page.get_by_role("button", name="Come in").click()
        page.wait_for_url(f"{self.url}/")
        return page

    def again(self, page: Page, **options) -> Page:
        """Another browser with the same session."""
        context: BrowserContext = self.browser.new_context(
            storage_state=page.context.storage_state(), **options
        )
        return context.new_page()

    @property
    def path(self) -> str:
        return f"{self.url}/editions/{self.edition}"

    @property
    def letters(self) -> list[Path]:
        return sorted((self.folder / "var" / "outbox" / self.edition).glob("*.eml"))

    def order(self) -> list[str]:
        return [item.id for item in the_draft(self.room, self.edition).items]


@contextmanager
def desk_of(config, browser):
    """The desk of a house with one draft, on a port of its own."""
    with (
        actions_context.open_desk(config) as room,
        socket.create_server(("127.0.0.1", 0)) as listener,
    ):
        sync_lists(room)
        (edition,) = room.store.drafts.names()
        invitation = Invitation("ada")
        settings = uvicorn.Config(
            make_desk(lambda: room, invitation, lambda: server.should_exit),
            lifespan="off",
            access_log=False,
            log_level="warning",
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(settings)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        others = set(browser.contexts)
        try:
            url = f"http://127.0.0.1:{listener.getsockname()[1]}"
            yield Screen(config.home, config, room, url, browser, edition, invitation)
        finally:
            for context in set(browser.contexts) - others:
                context.close()
            server.should_exit = True
            thread.join()


@pytest.fixture
def desk(tmp_path, open_desk):
    """The desk of a small edition, whose pages take Chromium and axe less than half of the time."""
    with open_desk(tmp_path / "house") as opened:
        yield opened


@pytest.fixture
def whole_desk(tmp_path, open_whole_desk):
    """The desk of an edition of eight stories."""
    with open_whole_desk(tmp_path / "house") as opened:
        yield opened


def saved(page: Page) -> None:
    """Wait until the page says that a change is kept, and then say nothing again."""
    page.wait_for_selector("main[aria-busy=false]:has(#told:text('Saved as version'))")
    page.evaluate("() => { document.getElementById('told').textContent = ''; }")


def plain(html: str) -> str:
    """A letter's HTML or text without what differs between readers: their own links and address."""
    without = re.sub(r"https://briefing\.harbour-news\.uk/(\w+)/[\w~.-]+", r"\1", html)
    return re.sub(r"[\w.+-]+@example\.(?:com|org|net)", "reader", without)
