"""Pages a second: text and HTML through our splitter, against trafilatura alone in the same run.

Usage: `python -m benchmarks.intake [PAGES]`, 300 when left out. The pages are made up: a report each, with
the furniture of a site around it. All of it runs in one process; what the sandbox around it costs is
printed by itself. Medians of turns, so that a busy machine slows all alike.
"""

import asyncio
import random
import statistics
import sys
import time

from trafilatura import bare_extraction

from briefing.articles.split_in_sandbox import SplitTask, split_confined
from briefing.articles.split_page import split_page
from briefing.clock import utc_now
from briefing.model.page import Page

ROUNDS = 5
WORDS = (
    "levy council tariff mandate tribunal ferry prison budget treaty school rent harbour minister "
    "committee voted promised delayed report bridge river town winter members chair figures"
).split()


def sentences(chance, number):
    return " ".join(
        f"The {' '.join(chance.sample(WORDS, 9))} would cost {chance.randint(2, 900)} million by "
        f"{chance.randint(2027, 2090)}, and {' '.join(chance.sample(WORDS, 6))}."
        for _ in range(number)
    )


def paragraphs(number):
    chance = random.Random(number)
    return [sentences(chance, 3) for _ in range(9)]


def text_page(number):
    body = "\n\n".join(paragraphs(number))
    page = (
        f"Politics\nHarbour vote {number} splits the council\n\nA night of counting.\n\n"
        f"By Ines Calder\n3 November 2026\n\n{body}\n\nRead more\nSign up for our newsletter\n"
    )
    return Page(name=f"t{number}", body=page.encode())


def html_page(number):
    body = "".join(f"<p>{text}</p>" for text in paragraphs(number))
    menu = "".join(f'<li><a href="/s{n}">Section {n}</a></li>' for n in range(30))
    cards = "".join(
        f'<div class="card"><h3><a href="/c{n}">Card {n}</a></h3></div>' for n in range(20)
    )
    page = (
        '<!doctype html><html><head><title>Vote</title><script type="application/ld+json">'
        '{"@type": "NewsArticle", "headline": "Vote", "datePublished": "2026-11-03"}</script></head>'
        f"<body><header><nav><ul>{menu}</ul></nav></header><main><article><h1>Harbour vote {number} "
        f"splits the council</h1><p class=byline>By Ines Calder</p>{body}</article></main>"
        f"<aside>{cards}</aside><footer>© Harbour Review</footer></body></html>"
    )
    return Page(name=f"h{number}", body=page.encode(), media_type="text/html")


def rate(work, pages):
    start = time.perf_counter()
    for page in pages:
        work(page)
    return len(pages) / (time.perf_counter() - start)


def confined(pages):
    start = time.perf_counter()
    asyncio.run(split_confined([SplitTask(page=page) for page in pages], utc_now()))
    return len(pages) / (time.perf_counter() - start)


def peer(page):
    bare_extraction(page.body.decode(), include_comments=False, fast=True)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    texts, htmls = ([kind(n) for n in range(count)] for kind in (text_page, html_page))
    peer(htmls[0])
    rows = [
        (rate(split_page, texts), rate(split_page, htmls), confined(htmls), rate(peer, htmls))
        for _ in range(ROUNDS)
    ]
    names = ("text, split", "HTML, split", "HTML, in the sandbox", "HTML, trafilatura alone")
    print(
        f"{count} pages of {len(texts[0].body):,} and {len(htmls[0].body):,} bytes, {ROUNDS} rounds"
    )
    print(f"{'':<24} {'pages/s':>9} {'against trafilatura':>20}")
    for place, name in enumerate(names):
        ratio = statistics.median(row[place] / row[-1] for row in rows)
        print(f"{name:<24} {statistics.median(row[place] for row in rows):>9,.0f} {ratio:>20.2f}")


if __name__ == "__main__":
    main()
