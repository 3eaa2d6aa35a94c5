"""The tables of the editors' desk; times as in `schema`."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from briefing.store.schema.core import metadata

#: An edition as it was made from its sources, each time it was.
bases = Table(
    "bases",
    metadata,
    Column("edition", String(100), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("briefing", String(63), nullable=False),
    Column("content", Text, nullable=False),
    Column("at", Double, nullable=False),
    Index("ix_bases_briefing", "briefing"),
)

#: Every state an edition has had: a base and the changes made to it. No row is ever changed.
versions = Table(
    "versions",
    metadata,
    Column("edition", String(100), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("base", Integer, nullable=False),
    Column("changes", Text, nullable=False),
    #: What was done, in a sentence.
    Column("said", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Double, nullable=False),
    ForeignKeyConstraint(["edition", "base"], ["bases.edition", "bases.number"]),
)

#: The email an edition was rendered to last.
emails = Table(
    "emails",
    metadata,
    Column("edition", String(100), primary_key=True),
    #: SHA-256 of the edition it shows: an edition that changed since is not rendered.
    Column("shows", String(64), nullable=False),
    Column("content", Text, nullable=False),
)

#: Pictures that editors put to stories, as readers get them. A row is never changed.
pictures = Table(
    "pictures",
    metadata,
    #: SHA-256 of the content.
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("at", Double, nullable=False),
)

#: What an edition, its email and its letters were made from and with, as JSON.
manifests = Table(
    "manifests",
    metadata,
    Column("edition", String(100), primary_key=True),
    #: draft, email or letters.
    Column("made", String(10), primary_key=True),
    #: SHA-256 of what was made: the base, the edition that an email shows, or the email sent.
    Column("hash", String(64), primary_key=True),
    Column("content", Text, nullable=False),
)

#: What somebody approved: the very bytes, by their fingerprint. A newer row rules over an older.
approvals = Table(
    "approvals",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("edition", String(100), nullable=False, index=True),
    #: As in `mailings.hash`.
    Column("hash", String(64), nullable=False),
    #: False when it was rejected.
    Column("approved", Boolean, nullable=False),
    Column("actor", Text, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Column("at", Double, nullable=False),
    #: SHA-256 of each variant that they let through besides, one a line.
    Column("variants", Text, nullable=False, server_default=""),
)

#: Who speaks in a piece, as an editor decided; a newer row rules over an older.
rulings = Table(
    "rulings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("fingerprint", String(72), nullable=False),
    Column("headline", Text, nullable=False),
    Column("verdict", String(10), nullable=False),
    Column("sponsor", Text, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    #: What the program had thought of it: verdict and points.
    Column("thought", String(10), nullable=False),
    Column("score", Integer, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Double, nullable=False),
    #: When it was taken back.
    Column("withdrawn", Double),
    #: Names and numbers of the piece, as JSON.
    Column("telling", Text, nullable=False, server_default="[]"),
)

#: What editors joined and told apart; `piece` and `other` as JSON.
event_rulings = Table(
    "event_rulings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("joined", Boolean, nullable=False),
    Column("piece", Text, nullable=False),
    Column("other", Text, nullable=False),
    Column("edition", String(100), nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Double, nullable=False),
    #: When it was taken back.
    Column("withdrawn", Double),
)

editors = Table(
    "editors",
    metadata,
    Column("name", String(63), primary_key=True),
    Column("role", String(10), nullable=False),
    #: As argon2 writes it: parameters, salt and hash.
    Column("password", Text, nullable=False),
    Column("since", Double, nullable=False),
    CheckConstraint("role IN ('viewer', 'editor', 'approver', 'ops')", name="role"),
)

#: Where an editor is reached who has lost a password.
editor_addresses = Table(
    "editor_addresses",
    metadata,
    Column("actor", String(63), primary_key=True),
    Column("email", String(320), nullable=False),
)

#: Links that let an editor choose another password, once.
password_links = Table(
    "password_links",
    metadata,
    #: SHA-256 of what the link holds, so that a stolen table opens nothing.
    Column("mark", String(64), primary_key=True),
    Column("actor", String(63), nullable=False, index=True),
    Column("at", Double, nullable=False),
)

#: What editors sign in and sign with: ids and keys as base64url, without padding.
passkeys = Table(
    "passkeys",
    metadata,
    #: At most 1,023 bytes (WebAuthn level 3, section 4).
    Column("credential", String(1400), primary_key=True),
    Column("actor", String(63), nullable=False, index=True),
    Column("title", String(80), nullable=False),
    #: As COSE has it (RFC 9052).
    Column("public_key", Text, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("since", Double, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    #: SHA-256 of what the browser holds, so that a stolen table opens nothing.
    Column("mark", String(64), primary_key=True),
    Column("actor", String(63), nullable=False, index=True),
    Column("role", String(10), nullable=False),
    Column("made", Double, nullable=False),
    Column("used", Double, nullable=False),
    Column("browser", Text, nullable=False, server_default=""),
)

#: Passwords that were wrong, kept as long as the limits look back.
failures = Table(
    "failures",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Double, nullable=False, index=True),
    #: A mark of account and network.
    Column("mark", String(64), nullable=False),
)

#: Who did what to which bytes. Rows are only added.
deeds = Table(
    "deeds",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Double, nullable=False),
    Column("actor", Text, nullable=False),
    Column("verb", String(20), nullable=False),
    Column("edition", String(100), nullable=False, server_default="", index=True),
    Column("hash", String(64), nullable=False, server_default=""),
    Column("detail", Text, nullable=False, server_default=""),
    #: SHA-256 over this row and the one before; empty in rows older than the chain.
    Column("chain", String(64), nullable=False, server_default=""),
)

#: Where test letters went last.
testers = Table(
    "testers",
    metadata,
    Column("email", String(320), primary_key=True),
    Column("at", Double, nullable=False),
)

#: What was wrong in an edition that was sent.
corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("briefing", String(63), nullable=False, index=True),
    Column("edition", String(100), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Double, nullable=False),
    #: The edition whose readers were told.
    Column("printed_in", String(100)),
)

#: What editors say to each other next to a story, or of the edition as a whole.
comments = Table(
    "comments",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("edition", String(100), nullable=False, index=True),
    #: Empty for the edition as a whole.
    Column("item", Text, nullable=False, server_default=""),
    Column("text", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("resolved_by", Text),
    Column("resolved_at", Double),
)

#: Where the links of an edition lead when clicks are counted.
links = Table(
    "links",
    metadata,
    Column("edition", String(100), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("url", Text, nullable=False),
)

#: How often a link was followed in an hour, by people and by machines; by whom is not known.
clicks = Table(
    "clicks",
    metadata,
    Column("edition", String(100), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    #: Hours since 1970 in UTC.
    Column("hour", Integer, primary_key=True, autoincrement=False),
    Column("machine", Boolean, primary_key=True),
    Column("count", Integer, nullable=False),
)

#: How many readers said that an edition was worth their time, or was not; who is not known.
opinions = Table(
    "opinions",
    metadata,
    Column("edition", String(100), primary_key=True),
    Column("good", Boolean, primary_key=True),
    Column("count", Integer, nullable=False),
)
