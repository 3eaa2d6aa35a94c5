"""Sessions are told by the browser's name and its machine's, as a person says them."""

import pytest

from briefing.web.desk.browser_names import browser_named

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0"
AGENTS = {
    f"Mozilla/5.0 (X11; Linux x86_64) {CHROME} Safari/537.36": "Chrome on Linux",
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36 Edg/142.0.0.0": "Edge on Windows",
    f"Mozilla/5.0 (Windows NT 10.0) {CHROME} Safari/537.36 OPR/120.0.0.0": "Opera on Windows",
    f"Mozilla/5.0 (Linux; Android 15) {CHROME} Mobile Safari/537.36": "Chrome on Android",
    f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {CHROME} Safari/537.36": "Chrome on ChromeOS",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:145.0) Gecko/20100101 Firefox/145.0": "Firefox on Mac",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.6 Mobile/15E148 Safari/604.1": "Safari on iPhone",
    "Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "CriOS/142.0 Mobile/15E148 Safari/604.1": "Chrome on iPad",
    "curl/8.14.1": "curl/8.14.1",
    "": "A browser that does not say its name",
}


@pytest.mark.parametrize(("agent", "said"), AGENTS.items(), ids=AGENTS.values())
def test_a_browser_is_called_by_its_name_and_its_machines(agent, said):
    assert browser_named(agent) == said


def test_an_editor_reads_where_they_are_signed_in(browser, ada):
    agent = next(iter(AGENTS))
    browser.client.headers["User-Agent"] = agent
    browser.sign_in()
    page = browser.get("/account").text
    assert f'title="{agent}">Chrome on Linux</span>' in page
