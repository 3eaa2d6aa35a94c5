"""A process has made its first pages when it begins to answer."""

import asyncio

from starlette.responses import PlainTextResponse

from briefing.web.first_pages import ask_first
from briefing.web.ready_pages import ReadyPages


class App:
    """Answers every path, and says which were asked for; what breaks it raises."""

    def __init__(self, breaks=""):
        self.asked, self._breaks = [], breaks

    async def __call__(self, scope, receive, send):
        self.asked.append(scope["path"])
        if scope["path"] == self._breaks:
            raise RuntimeError(self._breaks)
        await PlainTextResponse("here")(scope, receive, send)


def test_who_asks_first_is_given_what_was_made_before():
    app = App()
    pages = ReadyPages(app, lambda: 1, lambda _: "en")

    async def run():
        await ask_first(pages, ["/archive", "/archive/weekly"])
        before = list(app.asked)
        await ask_first(pages, ["/archive", "/archive/weekly"])
        return before

    assert asyncio.run(run()) == app.asked == ["/archive", "/archive/weekly"]


def test_a_page_that_cannot_be_made_keeps_nothing_from_starting(caplog):
    asyncio.run(ask_first(App(breaks="/archive"), ["/archive"]))
    assert "The archive's first pages could not be made" in caplog.text
