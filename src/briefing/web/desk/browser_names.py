"""What a person calls the browser that a session is in: Firefox on Windows."""

import re

#: By the product that only it names; whoever builds on another also names that one, so the order counts.
#: Source: MDN Web Docs, Browser detection using the user agent string.
_BROWSERS = (
    ("Edge", r"\bEdg(?:e|A|iOS)?/"),
    ("Opera", r"\bOPR/|\bOpera\b"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Firefox", r"\bFirefox/|\bFxiOS/"),
    ("Chrome", r"\b(?:Headless)?Chrom(?:e|ium)/|\bCriOS/"),
    ("Safari", r"\bVersion/\S+.* Safari/"),
)
#: An iPad and an iPhone name Mac OS X too, and Android names Linux.
_SYSTEMS = (
    ("iPhone", r"\biPhone\b"),
    ("iPad", r"\biPad\b"),
    ("Android", r"\bAndroid\b"),
    ("Windows", r"\bWindows\b"),
    ("ChromeOS", r"\bCrOS\b"),
    ("Mac", r"\bMacintosh\b"),
    ("Linux", r"\bLinux\b"),
)


def browser_named(agent: str) -> str:
    """`Chrome on Linux`, of a User-Agent header; as it was sent where it names no browser that is known here."""
    browser, system = _first(_BROWSERS, agent), _first(_SYSTEMS, agent)
    if not browser:
        return agent or "A browser that does not say its name"
    return f"{browser} on {system}" if system else browser


def _first(marks: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for name, mark in marks if re.search(mark, agent)), "")
