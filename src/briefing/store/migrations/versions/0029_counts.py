"""Counts: how many letters and readers stand how, kept as rows change instead of counted when asked."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

_COUNTED = (
    """
    INSERT INTO letter_counts (mailing, state, writer, count, doubtful)
    SELECT mailing, state, 0, count(*), sum(CASE WHEN doubtful THEN 1 ELSE 0 END)
    FROM deliveries GROUP BY mailing, state
    """,
    """
    INSERT INTO reader_counts (list, standing, writer, count)
    SELECT list, standing, 0, count(*) FROM subscribers GROUP BY list, standing
    """,
)
#: SQLite knows triggers of rows alone. Most changes of a delivery are of its state, which two rows of
#: counts tell; a change of anything else calls nothing.
_FILE = (
    """
    CREATE TRIGGER letters_change AFTER UPDATE OF state, doubtful ON deliveries
    WHEN old.state <> new.state OR old.doubtful <> new.doubtful BEGIN
        INSERT INTO letter_counts (mailing, state, writer, count, doubtful)
        VALUES (old.mailing, old.state, 0, -1, -old.doubtful),
            (new.mailing, new.state, 0, 1, new.doubtful)
        ON CONFLICT (mailing, state, writer) DO UPDATE
        SET count = count + excluded.count, doubtful = doubtful + excluded.doubtful;
    END
    """,
    """
    CREATE TRIGGER letters_go AFTER DELETE ON deliveries BEGIN
        UPDATE letter_counts SET count = count - 1, doubtful = doubtful - old.doubtful
        WHERE mailing = old.mailing AND state = old.state AND writer = 0;
    END
    """,
    """
    CREATE TRIGGER readers_change AFTER UPDATE OF list, standing ON subscribers
    WHEN old.standing <> new.standing OR old.list <> new.list BEGIN
        INSERT INTO reader_counts (list, standing, writer, count)
        VALUES (old.list, old.standing, 0, -1), (new.list, new.standing, 0, 1)
        ON CONFLICT (list, standing, writer) DO UPDATE SET count = count + excluded.count;
    END
    """,
    """
    CREATE TRIGGER readers_go AFTER DELETE ON subscribers BEGIN
        UPDATE reader_counts SET count = count - 1
        WHERE list = old.list AND standing = old.standing AND writer = 0;
    END
    """,
)
#: What a statement changed, put together once: a sender's commit is of twenty letters, an archive's
#: of twenty thousand.
_COUNT_LETTERS = """
    INSERT INTO letter_counts AS kept (mailing, state, writer, count, doubtful)
    SELECT mailing, state, pg_backend_pid(), sum(sign), sum(sign * doubtful::int) FROM ({changed}) AS changed
    GROUP BY mailing, state HAVING sum(sign) <> 0 OR sum(sign * doubtful::int) <> 0
    ON CONFLICT (mailing, state, writer) DO UPDATE
    SET count = kept.count + excluded.count, doubtful = kept.doubtful + excluded.doubtful;
"""
_COUNT_READERS = """
    INSERT INTO reader_counts AS kept (list, standing, writer, count)
    SELECT list, standing, pg_backend_pid(), sum(sign) FROM ({changed}) AS changed
    GROUP BY list, standing HAVING sum(sign) <> 0
    ON CONFLICT (list, standing, writer) DO UPDATE SET count = kept.count + excluded.count;
"""
_OLD, _NEW = "SELECT *, -1 AS sign FROM gone", "SELECT *, 1 AS sign FROM come"
_OF_TABLE = {"letters": ("deliveries", _COUNT_LETTERS), "readers": ("subscribers", _COUNT_READERS)}


def _tell_server() -> None:
    for name, (table, counting) in _OF_TABLE.items():
        for which, event, told, changed in (
            ("change", "UPDATE", "OLD TABLE AS gone NEW TABLE AS come", f"{_OLD} UNION ALL {_NEW}"),
            ("go", "DELETE", "OLD TABLE AS gone", _OLD),
        ):
            op.execute(
                f"CREATE FUNCTION count_{name}_that_{which}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN {counting.format(changed=changed)} RETURN NULL; END $$"
            )
            op.execute(
                f"CREATE TRIGGER {name}_{which} AFTER {event} ON {table} REFERENCING {told} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION count_{name}_that_{which}()"
            )


def upgrade() -> None:
    """Make the tables, count what is there, and let triggers keep it from now on."""
    op.create_table(
        "letter_counts",
        sa.Column("mailing", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("writer", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("doubtful", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("mailing", "state", "writer", name="pk_letter_counts"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reader_counts",
        sa.Column("list", sa.String(length=63), nullable=False),
        sa.Column("standing", sa.String(length=12), nullable=False),
        sa.Column("writer", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("list", "standing", "writer", name="pk_reader_counts"),
        sqlite_with_rowid=False,
    )
    for statement in _COUNTED:
        op.execute(statement)
    if op.get_bind().dialect.name == "sqlite":
        for statement in _FILE:
            op.execute(statement)
    else:
        _tell_server()


def downgrade() -> None:
    """Drop them; an older program counts the rows."""
    is_file = op.get_bind().dialect.name == "sqlite"
    for name, (table, _) in _OF_TABLE.items():
        for which in ("change", "go"):
            op.execute(f"DROP TRIGGER {name}_{which}" + ("" if is_file else f" ON {table}"))
            if not is_file:
                op.execute(f"DROP FUNCTION count_{name}_that_{which}()")
    op.drop_table("reader_counts")
    op.drop_table("letter_counts")
