"""What became of a page that holds no article: the reason says what it is instead."""

import pytest

from briefing.actions.gather.fates import fates_of
from briefing.actions.gather.gather import SplitPage, split_files
from briefing.model.source_record import EntryState

LOG_IN = (
    "<title>Log in</title><form><label>Password</label><input type=password><button>Log in</button></form>"
    "<a href=/lost>Forgot your password?</a>"
)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "the page is empty"),
        (b"\x00\x01\x02\x03PK", "these bytes are not text"),
        (LOG_IN.encode(), "it is the page to log in (“Log in”)"),
    ],
    ids=["empty", "bytes", "log-in page"],
)
def test_a_page_without_an_article_says_what_it_is_instead(tmp_path, body, reason):
    (tmp_path / "page.html").write_bytes(body)
    fates = fates_of(split_files([tmp_path / "page.html"]), {}, None)
    assert (fates["page"].state, fates["page"].reason) == (EntryState.REFUSED, reason)


def test_pages_that_fared_alike_have_one_reason_whatever_their_figures():
    pages = [
        SplitPage(name=name, refusal=f"{name}: no article was found on this page; it holds {held}.")
        for name, held in (
            ("a", "12 links and no paragraph"),
            ("b", "1,030 links and no paragraph"),
        )
    ]
    assert {fate.reason for fate in fates_of(pages, {}, None).values()} == {
        "it holds links and no paragraph"
    }
