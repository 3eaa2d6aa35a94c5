"""Answers kept ready hold until something changes, and one is made for many who ask at once."""

import asyncio
import sqlite3
from contextlib import closing

import pytest
from starlette.responses import PlainTextResponse

from briefing.model.correction import Correction
from briefing.web.ready_pages import ReadyPages


class App:
    """Says how often it was asked; each answer takes a moment in which others are asked for."""

    def __init__(self, status=200):
        self.status, self.asked = status, 0

    async def __call__(self, scope, receive, send):
        self.asked += 1
        said = PlainTextResponse(f"{scope['path']} {self.asked}", self.status)
        await asyncio.sleep(0)
        await said(scope, receive, send)


async def answered(pages, path="/archive", method="GET", **headers):
    """Status, headers and body of one answer."""
    sent = []

    async def send(message):
        sent.append(message)

    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    await pages({"type": "http", "method": method, "path": path, "headers": given}, None, send)
    start, *bodies = sent
    told = {name.decode(): value.decode() for name, value in start["headers"]}
    return start["status"], told, b"".join(one["body"] for one in bodies).decode()


def pages_over(app, state):
    return ReadyPages(app, lambda: state[0], lambda wished: wished[:2] or "en")


def bodies(pages, *asks):
    async def run():
        return [(await answered(pages, **ask))[2] for ask in asks]

    return asyncio.run(run())


def test_an_answer_is_made_again_when_the_database_has_changed_and_not_before():
    app, state = App(), [1]
    pages = pages_over(app, state)
    assert bodies(pages, {}, {}) == ["/archive 1", "/archive 1"]
    state[0] = 2
    assert bodies(pages, {}, {}) == ["/archive 2", "/archive 2"]


def test_where_the_state_is_not_known_whoever_asks_later_gets_a_new_answer():
    assert bodies(pages_over(App(), [None]), {}, {}) == ["/archive 1", "/archive 2"]


@pytest.mark.parametrize("state", [1, None])
def test_of_many_who_ask_at_once_few_have_it_made(state):
    app = App()
    pages = pages_over(app, [state])

    async def run():
        return await asyncio.gather(*(answered(pages) for _ in range(50)))

    assert {one[0] for one in asyncio.run(run())} == {200}
    # The first was begun before the others had asked; the second serves them all.
    assert app.asked <= 2


def test_nobody_is_given_what_was_begun_before_they_asked_and_has_changed_since():
    state = [1]

    class Changing(App):
        async def __call__(self, scope, receive, send):
            await super().__call__(scope, receive, send)
            state[0] += 1

    assert bodies(pages_over(Changing(), state), {}, {}) == ["/archive 1", "/archive 2"]


def test_each_language_and_each_page_has_an_answer_of_its_own():
    asks = ({}, {"accept_language": "cy"}, {"path": "/archive/a"}, {}, {"accept_language": "cy"})
    assert bodies(pages_over(App(), [1]), *asks) == [
        "/archive 1",
        "/archive 2",
        "/archive/a 3",
        "/archive 1",
        "/archive 2",
    ]


def test_only_so_many_answers_are_kept_those_asked_for_last():
    app = App()
    pages = pages_over(app, [1])
    bodies(pages, *({"path": f"/archive/{number}"} for number in range(100)))
    bodies(pages, *({"path": f"/archive/{number}"} for number in range(99, 35, -1)))
    assert app.asked == 100
    bodies(pages, {"path": "/archive/0"})
    assert app.asked == 101


@pytest.mark.parametrize(
    ("status", "ask"),
    [
        (404, {}),
        (200, {"path": "/archive/a/b/made"}),
        (200, {"path": "/archived"}),
        (200, {"method": "POST"}),
    ],
)
def test_refusals_and_everything_else_are_not_kept(status, ask):
    app = App(status)
    bodies(pages_over(app, [1]), ask, ask)
    assert app.asked == 2


def test_who_has_the_page_already_is_told_that_it_has_not_changed(public):
    first = public.get("/archive/staggers")
    again = public.get("/archive/staggers", **{"If-None-Match": first.headers["etag"]})
    assert (again.status, again.raw) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    kept = ("content-security-policy", "cache-control", "referrer-policy", "vary")
    assert [again.headers[name] for name in kept] == [first.headers[name] for name in kept]
    other = public.get("/archive/staggers", **{"If-None-Match": '"of-another"'})
    assert (other.status, other.body) == (200, first.body)


def test_the_second_answer_is_the_first_one_to_the_letter(public):
    for path in ("/archive", f"/archive/staggers/{public.edition}", "/archive/staggers/feed.xml"):
        one, two = public.get(path), public.get(path)
        times = {"date"}
        assert one.raw == two.raw
        assert {k: v for k, v in one.headers.items() if k not in times} == {
            k: v for k, v in two.headers.items() if k not in times
        }


def test_a_correction_is_shown_to_the_next_who_asks(public):
    path = f"/archive/staggers/{public.edition}"
    assert "It was Tuesday." not in public.get(path).body
    correction = Correction(
        briefing="staggers",
        edition=public.edition,
        text="It was Tuesday.",
        actor="ed",
        at=public.clock().timestamp(),
    )
    public.desk.store.corrections.add(correction)
    assert "It was Tuesday." in public.get(path).body


def test_what_other_programs_commit_is_seen_and_what_they_roll_back_is_not(public):
    watch, file = public.desk.store.database.watch, public.desk.store.database.file
    before = watch.number()
    assert watch.number() == before
    with closing(sqlite3.connect(file)) as other:
        other.execute("UPDATE mailings SET title = 'x'")
        assert watch.number() == before
        other.rollback()
        assert watch.number() == before
        other.execute("UPDATE mailings SET title = 'x'")
        other.commit()
    assert watch.number() != before
