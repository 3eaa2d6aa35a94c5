"""Pieces: what was read and printed, for the inbox, and what looks their words up.

SQLite has FTS5 for that (https://sqlite.org/fts5.html, section 4.4.3: external content tables and
their triggers), PostgreSQL a column of its own type with a GIN index. Both take words as this program
has spelled them, so that both find the same.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

_SQLITE = (
    """CREATE VIRTUAL TABLE piece_words USING fts5(
    words, content='pieces', content_rowid='id', detail=none, tokenize='unicode61 remove_diacritics 0')""",
    """CREATE TRIGGER pieces_added AFTER INSERT ON pieces BEGIN
    INSERT INTO piece_words(rowid, words) VALUES (new.id, new.words); END""",
    """CREATE TRIGGER pieces_gone AFTER DELETE ON pieces BEGIN
    INSERT INTO piece_words(piece_words, rowid, words) VALUES ('delete', old.id, old.words); END""",
    """CREATE TRIGGER pieces_changed AFTER UPDATE ON pieces BEGIN
    INSERT INTO piece_words(piece_words, rowid, words) VALUES ('delete', old.id, old.words);
    INSERT INTO piece_words(rowid, words) VALUES (new.id, new.words); END""",
)
_POSTGRESQL = (
    "CREATE TABLE piece_words (id INTEGER PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX ix_piece_words_words ON piece_words USING gin (words)",
    """CREATE FUNCTION keep_piece_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'DELETE' THEN DELETE FROM piece_words WHERE id = old.id; RETURN NULL; END IF;
    INSERT INTO piece_words VALUES (new.id, array_to_tsvector(string_to_array(new.words, ' ')))
    ON CONFLICT (id) DO UPDATE SET words = excluded.words; RETURN NULL; END $$""",
    """CREATE TRIGGER pieces_kept AFTER INSERT OR UPDATE OR DELETE ON pieces
    FOR EACH ROW EXECUTE FUNCTION keep_piece_words()""",
)


def upgrade() -> None:
    """Make the table and what looks its words up."""
    op.create_table(
        "pieces",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("edition", sa.String(length=100), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=63), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pieces"),
    )
    op.create_index("ix_pieces_edition", "pieces", ["edition", "name"])
    op.create_index("ix_pieces_page", "pieces", ["source", "page"])
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Drop both."""
    op.execute("DROP TABLE piece_words")
    op.drop_table("pieces")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION keep_piece_words()")
