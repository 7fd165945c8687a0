"""The tables, and the numbered moves that lead to them.

`PRAGMA user_version` holds the number of the last move. A move and its number are one
transaction. Published moves are never edited: a change of the format is a new move.
"""

from __future__ import annotations

import sqlite3
from typing import Final

from memkit.errors import NewerFormat

APPLICATION_ID: Final = 0x6D656D6B  # "memk"

_M001_CREATE: Final = (
    "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    # keys: canonical JSON of the scope. last: newest record. revision: counts changes of records
    # that are there. epoch: counts removals, after which nothing derived may be kept.
    # numbered: the last id memkit made up.
    """CREATE TABLE scopes (
        scope INTEGER PRIMARY KEY AUTOINCREMENT, keys TEXT NOT NULL UNIQUE,
        last INTEGER NOT NULL DEFAULT 0, revision INTEGER NOT NULL DEFAULT 0,
        epoch INTEGER NOT NULL DEFAULT 0, numbered INTEGER NOT NULL DEFAULT 0)""",
    # Turns and derived memories. at, added, archived: UTC microseconds; zone: seconds east.
    # checksum covers what was given; digest finds equal texts; terms are 64-bit term hashes.
    """CREATE TABLE records (
        record INTEGER PRIMARY KEY AUTOINCREMENT,
        scope INTEGER NOT NULL REFERENCES scopes,
        id TEXT NOT NULL, kind TEXT NOT NULL, archived INTEGER, at INTEGER NOT NULL,
        zone INTEGER NOT NULL, added INTEGER NOT NULL, speaker TEXT, role TEXT, session TEXT,
        origin TEXT NOT NULL, extractor TEXT, metadata TEXT, checksum INTEGER NOT NULL,
        digest BLOB NOT NULL, terms BLOB NOT NULL, text TEXT NOT NULL, UNIQUE (scope, id))""",
    "CREATE INDEX records_by_scope ON records (scope)",
    "CREATE INDEX records_by_digest ON records (scope, digest)",
    """CREATE TRIGGER records_are_immutable BEFORE UPDATE OF
        scope, id, kind, at, zone, added, speaker, role, session, origin, metadata, checksum, text
        ON records BEGIN SELECT RAISE(ABORT, 'records are immutable'); END""",
    """CREATE TABLE sources (
        memory INTEGER NOT NULL REFERENCES records, turn INTEGER NOT NULL REFERENCES records,
        start INTEGER NOT NULL, stop INTEGER NOT NULL,
        PRIMARY KEY (memory, turn, start, stop)) WITHOUT ROWID""",
    "CREATE INDEX sources_by_turn ON sources (turn)",
    """CREATE TABLE links (
        source INTEGER NOT NULL REFERENCES records, target INTEGER NOT NULL REFERENCES records,
        kind TEXT NOT NULL, weight REAL NOT NULL,
        PRIMARY KEY (source, target, kind)) WITHOUT ROWID""",
    "CREATE INDEX links_by_target ON links (target)",
    """CREATE TABLE spaces (
        space INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE, dim INTEGER NOT NULL,
        form TEXT NOT NULL)""",
    # data: float32 components, or uint32 token ids, as the space's form says.
    """CREATE TABLE vectors (
        space INTEGER NOT NULL REFERENCES spaces, record INTEGER NOT NULL REFERENCES records,
        data BLOB NOT NULL, PRIMARY KEY (space, record)) WITHOUT ROWID""",
    "CREATE INDEX vectors_by_record ON vectors (record)",
    """CREATE TABLE uses (
        record INTEGER PRIMARY KEY REFERENCES records, retrieved INTEGER NOT NULL DEFAULT 0,
        shown INTEGER NOT NULL DEFAULT 0, useful INTEGER NOT NULL DEFAULT 0,
        useless INTEGER NOT NULL DEFAULT 0, last INTEGER)""",
    # first and last: the range of records an entry appended.
    """CREATE TABLE journal (
        entry INTEGER PRIMARY KEY AUTOINCREMENT, scope INTEGER REFERENCES scopes,
        at INTEGER NOT NULL, action TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '',
        first INTEGER, last INTEGER, undoes INTEGER)""",
    "CREATE INDEX journal_by_scope ON journal (scope, first)",
    "CREATE INDEX journal_by_undoes ON journal (undoes) WHERE undoes IS NOT NULL",
    """CREATE TABLE changes (
        entry INTEGER NOT NULL REFERENCES journal, record INTEGER NOT NULL REFERENCES records,
        field TEXT NOT NULL, before INTEGER, after INTEGER,
        PRIMARY KEY (record, entry, field)) WITHOUT ROWID""",
    "CREATE INDEX changes_by_entry ON changes (entry)",
    """CREATE TABLE cursors (
        scope INTEGER NOT NULL REFERENCES scopes, extractor TEXT NOT NULL,
        version INTEGER NOT NULL, record INTEGER NOT NULL,
        PRIMARY KEY (scope, extractor)) WITHOUT ROWID""",
)

_M002_KNOWLEDGE: Final = (
    # What is archived is read again after every change of a scope, and is mostly little of it.
    """CREATE INDEX records_archived ON records (scope, record, archived)
        WHERE archived IS NOT NULL""",
    # A claim that a record makes about a slot (subject and attribute), and what all claims of the
    # slot together say of it: see memkit.knowledge. Times are UTC microseconds. leader: the record
    # that first said what this one says again. successor: the record that took its place.
    """CREATE TABLE facts (
        record INTEGER PRIMARY KEY REFERENCES records, scope INTEGER NOT NULL REFERENCES scopes,
        slot TEXT NOT NULL, subject TEXT NOT NULL, attribute TEXT NOT NULL, value TEXT NOT NULL,
        unit TEXT, several INTEGER NOT NULL, mood TEXT NOT NULL, confidence REAL NOT NULL,
        said INTEGER NOT NULL, starts INTEGER, starts_by INTEGER, ends INTEGER,
        verdict TEXT NOT NULL DEFAULT 'holds', since INTEGER, until INTEGER, closed INTEGER,
        leader INTEGER, successor INTEGER)""",
    "CREATE INDEX facts_by_slot ON facts (scope, slot)",
    "CREATE INDEX facts_by_leader ON facts (leader)",
    """CREATE TABLE quarantine (
        item INTEGER PRIMARY KEY AUTOINCREMENT, scope INTEGER NOT NULL REFERENCES scopes,
        at INTEGER NOT NULL, extractor TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
        reason TEXT NOT NULL, UNIQUE (scope, extractor, kind, text, reason))""",
    """CREATE TABLE quarantine_turns (
        item INTEGER NOT NULL REFERENCES quarantine, turn INTEGER NOT NULL REFERENCES records,
        PRIMARY KEY (item, turn)) WITHOUT ROWID""",
    "CREATE INDEX quarantine_by_turn ON quarantine_turns (turn)",
    # recent: the latest uses, each as its moment (a sign and 19 digits) and the letter of its kind.
    "ALTER TABLE uses ADD COLUMN recent TEXT NOT NULL DEFAULT ''",
    # What models answered; digest covers the prompt and everything else that shapes the reply.
    """CREATE TABLE replies (
        digest BLOB PRIMARY KEY, at INTEGER NOT NULL, reply TEXT NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE spending (
        model TEXT PRIMARY KEY, calls INTEGER NOT NULL, prompt_tokens INTEGER NOT NULL,
        completion_tokens INTEGER NOT NULL, cost REAL NOT NULL) WITHOUT ROWID""",
)

_M003_STANDING: Final = (
    # standing: why a record is archived, see memkit.storage.standing. dormant: archived, and left
    # out of the indexes in memory, so that these are as large as what is live.
    "ALTER TABLE records ADD COLUMN standing INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE records ADD COLUMN dormant INTEGER NOT NULL DEFAULT 0",
    "DROP INDEX records_archived",
    """CREATE INDEX records_archived ON records (scope, record, archived, standing)
        WHERE archived IS NOT NULL AND dormant = 0""",
    "CREATE INDEX records_dormant ON records (scope, archived, standing) WHERE dormant = 1",
    "CREATE INDEX records_awake ON records (scope) WHERE dormant = 0",
    # What an entry did to edges, to take it back; a weight of NULL: there was, or is, no such edge.
    """CREATE TABLE link_changes (
        entry INTEGER NOT NULL REFERENCES journal, source INTEGER NOT NULL REFERENCES records,
        target INTEGER NOT NULL REFERENCES records, kind TEXT NOT NULL, before REAL, after REAL,
        PRIMARY KEY (entry, source, target, kind)) WITHOUT ROWID""",
    "CREATE INDEX link_changes_by_source ON link_changes (source)",
    "CREATE INDEX link_changes_by_target ON link_changes (target)",
    # revision: of the scope when a consolidator last found nothing to do.
    "ALTER TABLE cursors ADD COLUMN revision INTEGER NOT NULL DEFAULT -1",
)

_M004_LATEST: Final = (
    # The latest turns are read with every turn that passes a gate, and by chats; what is derived
    # of a long scope stands behind them.
    "CREATE INDEX records_turns ON records (scope) WHERE kind = 'turn'",
)

MIGRATIONS: Final[tuple[tuple[str, ...], ...]] = (
    _M001_CREATE, _M002_KNOWLEDGE, _M003_STANDING, _M004_LATEST,
)  # fmt: skip
FORMAT: Final = len(MIGRATIONS)


def format_of(db: sqlite3.Connection) -> int:
    """The number of the last move made on this file; 0 for an empty one."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def refuse_newer(found: int, path: str) -> None:
    """Raise `NewerFormat` for a file whose format this memkit does not know."""
    if found > FORMAT:
        raise NewerFormat(
            f"{path} has file format {found}; this memkit reads formats up to {FORMAT}. "
            "Upgrade memkit-sdk; the file was not touched."
        )


def migrate(db: sqlite3.Connection) -> None:
    """Make the moves that are still to be made, each in a transaction of its own."""
    for number in range(format_of(db) + 1, FORMAT + 1):
        db.execute("BEGIN IMMEDIATE")
        try:
            for statement in MIGRATIONS[number - 1]:
                db.execute(statement)
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {number}")
            db.execute("COMMIT")
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")
