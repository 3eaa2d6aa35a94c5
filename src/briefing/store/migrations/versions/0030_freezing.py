"""Freezing: PostgreSQL no longer looks up and locks a reader and a mailing for each delivery that is put in."""

from alembic import op

revision = "0030"
down_revision = "0029"

_OF_TABLE = {"mailings": ("mailing", "number"), "subscribers": ("subscriber", "id")}


def _is_file() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def upgrade() -> None:
    """Let triggers keep what deliveries name; SQLite's references cost little, and stay."""
    if _is_file():
        return
    for table, (column, key) in _OF_TABLE.items():
        op.execute(f"ALTER TABLE deliveries DROP CONSTRAINT fk_deliveries_{column}")
        op.execute(f"""
            CREATE FUNCTION keep_{table}_of_letters() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF EXISTS (SELECT FROM deliveries JOIN gone ON deliveries.{column} = gone.{key}) THEN
                    RAISE foreign_key_violation USING MESSAGE = 'deliveries still name a row of {table}';
                END IF;
                RETURN NULL;
            END $$
        """)
        op.execute(
            f"CREATE TRIGGER letters_keep AFTER DELETE ON {table} REFERENCING OLD TABLE AS gone "
            f"FOR EACH STATEMENT EXECUTE FUNCTION keep_{table}_of_letters()"
        )


def downgrade() -> None:
    """Have each row looked up again."""
    if _is_file():
        return
    for table, (column, key) in _OF_TABLE.items():
        op.execute(f"DROP TRIGGER letters_keep ON {table}")
        op.execute(f"DROP FUNCTION keep_{table}_of_letters()")
        op.create_foreign_key(f"fk_deliveries_{column}", "deliveries", table, [column], [key])
