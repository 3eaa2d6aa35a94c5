"""Statements over a line of its own: what arrives is what was said, and what goes wrong is a sentence."""

import asyncio
from contextlib import closing, contextmanager
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import text

from briefing.errors import StoreError
from briefing.store.engine.async_line import AsyncLine
from briefing.store.engine.database import Database
from briefing.store.engine.parameter_text import parameter_text

ECHO = text(
    "SELECT CAST(:whole AS int), CAST(:part AS float8), CAST(:so AS bool), CAST(:said AS text), "
    "CAST(:wholes AS int[]), CAST(:parts AS float8[]), CAST(:sos AS bool[]), CAST(:texts AS text[])"
)
NUMBER = text("SELECT CAST(:number AS int)")
BROKEN = text("SELECT 1 / CAST(:number AS int)")


@contextmanager
def lined(url):
    with closing(Database(url)) as database, closing(AsyncLine(database)) as line:
        yield database, line


def test_every_kind_of_parameter_arrives_as_it_was_said(postgresql_url):
    asked: dict[str, Any] = {
        "whole": -7,
        "part": 0.1,
        "so": True,
        "said": 'a "quoted" {text}, \\ and \0',
        "wholes": [1, None, -2],
        "parts": [1.5, None],
        "sos": [True, False, None],
        "texts": ["", "NULL", None, '"', "\\", "{,}", " ", "naïve ☃", "a\0b"],
    }
    with lined(postgresql_url) as (_, line):
        ((*came,),) = asyncio.run(line.say(ECHO, asked))
    heard = {
        "said": asked["said"].replace("\0", "\ufffd"),
        "texts": [one and one.replace("\0", "\ufffd") for one in asked["texts"]],
    }
    assert dict(zip(asked, came, strict=True)) == {**asked, **heard}


def test_no_parameter_is_null(postgresql_url):
    with lined(postgresql_url) as (_, line):
        assert asyncio.run(line.say(NUMBER, {"number": None})) == [(None,)]


@given(st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"]))))
@example(["NULL", "null", ""])
def test_a_list_of_texts_is_read_back_whatever_is_in_it(texts):
    told = parameter_text(texts)
    assert told is not None
    heard = elements(told.decode())
    assert heard == [one and one.replace("\0", "\ufffd") for one in texts]


def elements(array):
    """The parts of an array's text, by the rules of PostgreSQL's manual."""
    found, at = [], 1
    while array[at] != "}":
        if array[at] == '"':
            part, at = "", at + 1
            while array[at] != '"':
                at += array[at] == "\\"
                part, at = part + array[at], at + 1
            at += 1
        else:
            end = min(place for sign in ",}" if (place := array.find(sign, at)) > 0)
            assert array[at:end] == "NULL"
            part, at = None, end
        found.append(part)
        at += array[at] == ","
    return found


def test_what_fails_is_a_sentence_and_the_line_goes_on(postgresql_url):
    async def talk(line):
        with pytest.raises(StoreError, match="division by zero"):
            await line.say(BROKEN, {"number": 0})
        with pytest.raises(StoreError, match="out of range"):
            await line.say(NUMBER, {"number": 1 << 40})
        return await line.say(NUMBER, {"number": 3})

    with lined(postgresql_url) as (_, line):
        assert asyncio.run(talk(line)) == [(3,)]


def test_a_session_that_the_server_ends_is_a_sentence_whenever_it_is_asked(postgresql_url):
    async def talk(database, line):
        ((number,),) = await line.say(text("SELECT pg_backend_pid()"), {})
        with database.write() as connection:
            connection.execute(text("SELECT pg_terminate_backend(:number)"), {"number": number})
        for _ in range(2):
            with pytest.raises(StoreError):
                await line.say(NUMBER, {"number": 2})

    with lined(postgresql_url) as (database, line):
        asyncio.run(talk(database, line))


def test_what_the_kernel_does_not_take_at_once_follows(postgresql_url):
    length = text("SELECT length(CAST(:said AS text))")
    with lined(postgresql_url) as (_, line):
        assert asyncio.run(line.say(length, {"said": "x" * 20_000_000})) == [(20_000_000,)]


def test_the_loop_goes_on_while_the_server_works(postgresql_url):
    async def talk(line):
        working = asyncio.create_task(line.say(text("SELECT pg_sleep(:long)"), {"long": 0.2}))
        turns = 0
        while not working.done():
            await asyncio.sleep(0)
            turns += 1
        return turns

    with lined(postgresql_url) as (_, line):
        assert asyncio.run(talk(line)) > 10


def test_whoever_does_not_wait_for_the_answer_may_hang_up(postgresql_url):
    async def talk(line):
        asked = asyncio.create_task(line.say(text("SELECT pg_sleep(:long)"), {"long": 30.0}))
        while line._waiting is None:
            await asyncio.sleep(0)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        line.close()

    with lined(postgresql_url) as (_, line):
        asyncio.run(talk(line))
