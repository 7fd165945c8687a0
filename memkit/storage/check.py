"""Does the file agree with itself?"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from typing import Final

import numpy as np

from memkit.models import CheckReport
from memkit.storage.facts import Facts
from memkit.storage.records import NewRecord, is_sound
from memkit.storage.standing import STANDINGS
from memkit.text import digest, record_terms

_MOST: Final = 100

Finding = tuple[str, Callable[[], None] | None]
"""A problem, and what mends it."""


def check_rows(db: sqlite3.Connection, fix: bool) -> CheckReport:
    """Look everywhere; with `fix`, mend what is derived and can be made again.

    Damage to what was given (text, sources of truth) is reported and left alone.
    """
    problems: list[str] = []
    fixed: list[str] = []
    for look in (_pages, _references, _contents, _standings, _journal, _names, _counters,
                 _vectors, _facts):  # fmt: skip
        for problem, mend in _looked(look, db):
            if fix and mend is not None:
                mend()
                fixed.append(problem)
            else:
                problems.append(problem)
        if look is _pages and problems:
            break  # what a broken b-tree tells about its rows is not worth reading
    return CheckReport(tuple(problems[:_MOST]), tuple(fixed))


def _looked(
    look: Callable[[sqlite3.Connection], list[Finding]], db: sqlite3.Connection
) -> list[Finding]:
    try:
        return look(db)
    except sqlite3.DatabaseError as error:
        return [(f"file: {error}", None)]


def _pages(db: sqlite3.Connection) -> list[Finding]:
    found = [row[0] for row in db.execute(f"PRAGMA integrity_check({_MOST})")]

    def mend() -> None:
        db.execute("REINDEX")

    return [(f"file: {text}", mend if "index" in text else None) for text in found if text != "ok"]


def _references(db: sqlite3.Connection) -> list[Finding]:
    findings: list[Finding] = []
    for table, _, parent, _ in db.execute("PRAGMA foreign_key_check").fetchall():
        findings.append((f"{table}: a row points to a missing row of {parent}", None))
    findings.extend(_dangling(db))
    return findings


def _dangling(db: sqlite3.Connection) -> list[Finding]:
    findings: list[Finding] = []
    spans = db.execute(
        "SELECT m.record, m.id, r.id FROM sources s JOIN records r ON r.record = s.turn"
        " JOIN records m ON m.record = s.memory"
        " WHERE s.start < 0 OR s.stop > length(r.text) OR s.start >= s.stop"
        " OR r.scope != m.scope OR r.kind != 'turn'"
    ).fetchall()
    for _, memory, turn in spans:
        findings.append((f"memory {memory!r}: its span is not in turn {turn!r}", None))
    orphans = db.execute(
        "SELECT id FROM records WHERE kind != 'turn'"
        " AND NOT EXISTS (SELECT 1 FROM sources WHERE memory = record)"
    ).fetchall()
    findings.extend((f"memory {id!r}: has no source", None) for (id,) in orphans)
    return findings


def _contents(db: sqlite3.Connection) -> list[Finding]:
    findings: list[Finding] = []
    rows = db.execute(
        "SELECT record, scope, checksum, id, kind, at, zone, speaker, role, session, origin,"
        " extractor, metadata, digest, terms, text FROM records ORDER BY record"
    )
    for record, scope, kept, *columns in rows:
        row = NewRecord(*columns)
        if not is_sound(scope, row, kept):
            findings.append((f"record {row.id!r}: content does not match its checksum", None))
            continue
        expected = record_terms(row.text, row.speaker)
        if row.terms != expected or row.digest != digest(row.text):
            findings.append(
                (f"record {row.id!r}: index terms do not match its text",
                 _rewrite(db, record, expected, digest(row.text)))
            )  # fmt: skip
    return findings


def _rewrite(
    db: sqlite3.Connection, record: int, blob: bytes, text_digest: bytes
) -> Callable[[], None]:
    def mend() -> None:
        db.execute(
            "UPDATE records SET terms = ?, digest = ? WHERE record = ?",
            (blob, text_digest, record),
        )
        db.execute(
            "UPDATE scopes SET epoch = epoch + 1"
            " WHERE scope = (SELECT scope FROM records WHERE record = ?)",
            (record,),
        )

    return mend


def _journal(db: sqlite3.Connection) -> list[Finding]:
    rows = db.execute(
        "SELECT entry FROM journal WHERE typeof(at) != 'integer' OR typeof(action) != 'text'"
        " OR typeof(reason) != 'text' OR abs(at) > 1 << 58"
    )
    return [(f"journal entry {entry}: not what was stored", None) for (entry,) in rows]


def _names(db: sqlite3.Connection) -> list[Finding]:
    rows = db.execute(
        "SELECT 'scope ' || scope, keys FROM scopes"
        " UNION ALL SELECT 'setting ' || name, value FROM settings WHERE name = 'embedder'"
    ).fetchall()
    return [
        (f"{what}: not the JSON that was stored", None)
        for what, text in rows
        if not _is_object(text)
    ]


def _is_object(text: object) -> bool:
    try:
        return isinstance(text, str) and isinstance(json.loads(text), dict)
    except ValueError:
        return False


def _standings(db: sqlite3.Connection) -> list[Finding]:
    rows = db.execute(
        "SELECT record, id FROM records WHERE archived IS NULL AND (standing != 0 OR dormant != 0)"
        f" OR standing NOT BETWEEN 0 AND {len(STANDINGS) - 1} OR dormant NOT IN (0, 1)"
    ).fetchall()

    def mend() -> None:
        db.execute("UPDATE records SET standing = 0 WHERE archived IS NULL AND standing != 0")
        db.execute(f"UPDATE records SET standing = 0 WHERE standing NOT BETWEEN 0 AND"
                   f" {len(STANDINGS) - 1}")  # fmt: skip
        db.execute("UPDATE records SET dormant = 0 WHERE archived IS NULL OR dormant NOT IN (0, 1)")
        db.execute("UPDATE scopes SET epoch = epoch + 1")

    return [(f"record {id!r}: why it is archived is not known", mend) for _, id in rows]


def _counters(db: sqlite3.Connection) -> list[Finding]:
    findings: list[Finding] = []
    rows = db.execute(
        "SELECT s.scope, s.last, coalesce(max(r.record), 0) FROM scopes s"
        " LEFT JOIN records r ON r.scope = s.scope GROUP BY s.scope"
    ).fetchall()
    for scope, last, newest in rows:
        if last < newest:

            def mend(scope: int = scope, newest: int = newest) -> None:
                db.execute("UPDATE scopes SET last = ? WHERE scope = ?", (newest, scope))

            findings.append((f"scope {scope}: newest record is {newest}, noted {last}", mend))
    return findings


def _vectors(db: sqlite3.Connection) -> list[Finding]:
    findings: list[Finding] = []
    rows = db.execute(
        "SELECT v.space, v.record, s.form, s.dim, v.data FROM vectors v"
        " JOIN spaces s ON s.space = v.space"
    )
    for space, record, form, dim, data in rows:
        if _vector_is_sound(form, dim, data):
            continue

        def mend(space: int = space, record: int = record) -> None:
            db.execute("DELETE FROM vectors WHERE space = ? AND record = ?", (space, record))

        findings.append((f"vector of record {record}: not a sound {form} of {dim}", mend))
    return findings


def _facts(db: sqlite3.Connection) -> list[Finding]:
    facts, findings = Facts(db), list[Finding]()
    for (scope,) in db.execute("SELECT scope FROM scopes ORDER BY scope").fetchall():

        def mend(scope: int = scope) -> None:
            facts.rebuild(scope)

        findings += [(problem, mend) for problem in facts.wrong(scope)]
    return findings


def _vector_is_sound(form: str, dim: int, data: object) -> bool:
    if not isinstance(data, bytes):
        return False
    if form == "tokens":
        return len(data) % 4 == 0
    return len(data) == 4 * dim and bool(np.isfinite(np.frombuffer(data, dtype=np.float32)).all())
