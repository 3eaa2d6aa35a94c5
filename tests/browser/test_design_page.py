"""The page on which a design is tried, in a browser: what is saved is seen without a key being pressed."""

import threading
from contextlib import contextmanager
from http.server import ThreadingHTTPServer

from tests.servers.serve import serve

from briefing.actions.admin.init import make_house
from briefing.actions.context import open_desk
from briefing.actions.rendering.designs import begin_design
from briefing.cli.editing.design_page import handler
from briefing.clock import utc_now
from briefing.config import load_config


@contextmanager
def trying(house, design):
    """The address of the page of `briefing template try`."""
    with open_desk(load_config(house / "config.toml"), utc_now) as desk:
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler(desk, design))
        thread = threading.Thread(target=serve, args=(server,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def test_a_design_is_drawn_again_when_a_file_of_it_is_saved_wrong_or_right(browser, tmp_path):
    house = tmp_path / "desk"
    make_house(house)
    design = begin_design(house, "harbour", "dispatch")
    sheet, foot = design / "theme.css", design / "parts" / "footer.mjml.j2"
    as_it_was = sheet.read_text(), foot.read_text()
    with trying(house, design) as address:
        page = browser.new_page()
        page.goto(address)
        letter = page.frame_locator("iframe[title='filled, 375 px']")
        letter.get_by_text("Unsubscribe", exact=True).wait_for()
        sheet.write_text(as_it_was[0] + "p:first-child b { margin: 0 }\n")
        page.get_by_text("'p:first-child b' cannot be written into an element").wait_for()
        assert page.locator(".faults li").count() == 1
        assert page.locator("iframe").count() == 0
        sheet.write_text(as_it_was[0])
        foot.write_text(as_it_was[1].replace("{{ say.unsubscribe }}", "Leave this quay"))
        letter.get_by_text("Leave this quay").wait_for()
        page.close()
