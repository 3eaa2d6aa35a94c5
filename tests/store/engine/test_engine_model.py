"""Engines of one database share what was learnt and compiled, and nothing else."""

from contextlib import closing

from sqlalchemy import QueuePool, event, func, select

from briefing.store.engine.database import Database
from briefing.store.schema.core import subscribers

COUNT = select(func.count()).select_from(subscribers)


def asked(database):
    """What the server is asked from the first connection on, to count the readers."""
    said = []

    @event.listens_for(database.engine, "before_cursor_execute")
    def _hear(_connection, _cursor, statement, *_):
        said.append(statement)

    with database.read() as connection:
        connection.execute(COUNT)
        cached = connection.engine.get_execution_options()["compiled_cache"]
    return said, {id(compiled) for compiled in cached.values() if str(compiled) in said}


def test_a_second_engine_of_a_server_asks_nothing_but_its_question(server_url):
    with closing(Database(server_url)) as first, closing(Database(server_url)) as second:
        _, compiled = asked(first)
        said, again = asked(second)
    assert len(said) == 1
    assert compiled
    assert again == compiled


def test_closing_one_of_two_leaves_the_other_s_connections_open(server_url):
    with closing(Database(server_url)) as first:
        with first.read() as kept:
            with closing(Database(server_url)) as second, second.read() as other:
                assert other.connection.dbapi_connection is not kept.connection.dbapi_connection
            assert kept.execute(COUNT).scalar_one() == 0
        assert isinstance(first.engine.pool, QueuePool)
        assert first.engine.pool.checkedin() == 1
