"""Fields of plain-text pages that are read right: headline, standfirst, by-line, day, label, payer and body.

`python -m benchmarks.fields [FILE...]` prints the share for each file of `tests/articles/pages`, or for the files
that are named, and with each page that is not read in full what it got wrong. A body counts by F1 over its
paragraphs, every other field is right or wrong. The form of a page is that of `tests/articles/marked_pages.py`.
"""

import sys

from tests.articles.marked_pages import NEWSROOM_FILES, judge_page, marked_pages

FILES = ("unseen.txt", "afterwards.txt", "third.txt", *NEWSROOM_FILES)


def report(name: str) -> None:
    fields: list[float] = []
    for page in marked_pages(name):
        judged = judge_page(page)
        fields += judged.fields.values()
        wrong = [field for field, worth in judged.fields.items() if worth < 1]
        for text in (*wrong, *judged.unlabelled, *judged.accused):
            print(f"  {page.name}: {text}")
    print(f"{name}: {sum(fields) / len(fields):.1%} of {len(fields)} fields")


if __name__ == "__main__":
    for each in sys.argv[1:] or FILES:
        report(each)
