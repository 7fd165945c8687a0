"""Turns and derived memories as rows."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from memkit.dates import from_micros
from memkit.errors import CorruptStore
from memkit.models import Memory, SessionInfo, Source, Turn
from memkit.storage.standing import TURNS, Standing

TURN: Final = "turn"
_COLUMNS: Final = (
    "record, id, kind, archived, at, zone, added, speaker, role, session, origin, extractor, "
    "metadata, scope, checksum, text, standing"
)
_PAGE: Final = 400


class NewRecord(NamedTuple):
    """A record about to be stored."""

    id: str
    kind: str
    at: int
    zone: int
    speaker: str | None
    role: str | None
    session: str | None
    origin: str
    extractor: str | None
    metadata: str | None
    digest: bytes
    terms: bytes
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A record as it lies in the file."""

    record: int
    id: str
    kind: str
    archived: int | None
    at: int
    zone: int
    added: int
    speaker: str | None
    role: str | None
    session: str | None
    origin: str
    extractor: str | None
    metadata: Mapping[str, Any]
    text: str
    why: int = 0

    @property
    def standing(self) -> Standing:
        """Whether it is live, and if not, since when and why."""
        return Standing(self.archived, self.why)

    @property
    def when(self) -> datetime:
        """The moment with the offset it was given in."""
        return from_micros(self.at, self.zone)

    def holds(self, given: NewRecord) -> bool:
        """Whether everything that is given stands in this row."""
        return (
            (given.kind, given.at, given.zone, given.speaker, given.role, given.session)
            == (self.kind, self.at, self.zone, self.speaker, self.role, self.session)
            and (given.origin, given.text) == (self.origin, self.text)
            and given.metadata == metadata_json(self.metadata)
        )

    def turn(self) -> Turn:
        """The row as a `Turn`."""
        return Turn(
            self.id, self.text, self.speaker, self.role, self.session, self.when,
            self.metadata, self.origin,
        )  # fmt: skip

    def memory(self, sources: tuple[Source, ...]) -> Memory:
        """The row as a `Memory` with these sources."""
        return Memory(
            self.kind, self.text, sources, self.id, self.speaker, self.session, self.when,
            self.metadata,
        )  # fmt: skip


def checksum(scope: int, new: NewRecord) -> int:
    """CRC-32 of what was given and whose it is, to notice a damaged row before it is handed out."""
    given = (
        str(scope), new.id, new.kind, str(new.at), str(new.zone), new.speaker or "",
        new.role or "", new.session or "", new.origin, new.metadata or "", new.text,
    )  # fmt: skip
    return zlib.crc32("\x1f".join(given).encode("utf-8"))


class Records:
    """Rows of one transaction. Every method takes the scope, so none can forget it."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def insert(
        self, scope: int, new: Sequence[NewRecord], added: int, first: int | None = None
    ) -> int:
        """Append rows; returns the number of the first, the others follow without a gap.

        `first` asks for a number that was never given out.
        """
        if first is None:
            newest = self._db.execute(
                "SELECT seq FROM sqlite_sequence WHERE name = 'records'"
            ).fetchone()
            first = (newest[0] if newest else 0) + 1
        self._db.executemany(
            "INSERT INTO records (record, scope, id, kind, at, zone, added, speaker, role, session,"
            " origin, extractor, metadata, checksum, digest, terms, text)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (number, scope, r.id, r.kind, r.at, r.zone, added, r.speaker, r.role, r.session,
                 r.origin, r.extractor, r.metadata,
                 checksum(scope, r), r.digest, r.terms, r.text)
                for number, r in enumerate(new, first)
            ],
        )  # fmt: skip
        return first

    def by_ids(self, scope: int, ids: Iterable[str]) -> dict[str, Row]:
        """The rows with these ids, by id; unknown ids are left out."""
        found: dict[str, Row] = {}
        for page in _pages(list(ids)):
            rows = self._db.execute(
                f"SELECT {_COLUMNS} FROM records WHERE scope = ? AND id IN ({_marks(page)})",
                (scope, *page),
            )
            found.update((row.id, row) for row in map(_row, rows))
        return found

    def by_numbers(self, scope: int, numbers: Iterable[int]) -> dict[int, Row]:
        """The rows with these record numbers, by number; unknown numbers are left out."""
        found: dict[int, Row] = {}
        for page in _pages(list(numbers)):
            rows = self._db.execute(
                f"SELECT {_COLUMNS} FROM records WHERE +scope = ? AND record IN ({_marks(page)})",
                (scope, *page),
            )
            found.update((row.record, row) for row in map(_row, rows))
        return found

    def after(
        self, scope: int, record: int, limit: int, where: str = "1", values: Sequence[Any] = ()
    ) -> list[Row]:
        """Up to `limit` rows beyond `record` that meet the condition, in the order stored."""
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM records WHERE scope = ? AND record > ? AND ({where})"
            " ORDER BY record LIMIT ?",
            (scope, record, *values, limit),
        )
        found = [_row(row) for row in rows]
        require_ascending([row.record for row in found], record)
        return found

    def newest(
        self, scope: int, count: int, where: str = "1", values: Sequence[Any] = ()
    ) -> list[Row]:
        """The last rows that meet the condition, in the order stored."""
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM records WHERE scope = ? AND ({where})"
            " ORDER BY record DESC LIMIT ?",
            (scope, *values, min(count, (1 << 63) - 1)),
        )
        return [_row(row) for row in rows][::-1]

    def highest(self, scope: int, first: str, beyond: str, *, live: bool = False) -> Row | None:
        """The (live) row with the highest id in [first, beyond), by code points, or None."""
        row = self._db.execute(
            f"SELECT {_COLUMNS} FROM records WHERE scope = ? AND id >= ? AND id < ?"
            f"{' AND archived IS NULL' if live else ''} ORDER BY id DESC LIMIT 1",
            (scope, first, beyond),
        ).fetchone()
        return _row(row) if row is not None else None

    def numbers(self, scope: int, where: str, values: Sequence[Any]) -> list[int]:
        """The numbers of all rows that meet the condition, ascending."""
        rows = self._db.execute(
            f"SELECT record FROM records WHERE scope = ? AND ({where}) ORDER BY record",
            (scope, *values),
        )
        return [row[0] for row in rows]

    def columns(
        self, scope: int, after: int, space: int, *, turns: bool, dormant: bool = False
    ) -> Iterator[tuple[Any, ...]]:
        """What an index needs of each row beyond `after`: (record, session, speaker, role, at,
        live and not an echo, terms, vector data or None), in the order stored.

        With `dormant`, of those too that are mostly left out.
        """
        return self._db.execute(
            # CAST: damage can change a column's type; indexes may rely on names being text.
            "SELECT r.record, CAST(r.session AS TEXT), CAST(r.speaker AS TEXT),"
            " CAST(r.role AS TEXT), r.at, r.origin != 'echo', r.terms,"
            " v.data FROM records r LEFT JOIN vectors v ON v.space = ? AND v.record = r.record"
            " WHERE r.scope = ? AND r.record > ?"
            f" AND {'' if turns else 'NOT '}r.{TURNS}{'' if dormant else ' AND r.dormant = 0'}"
            " ORDER BY r.record",
            (space, scope, after),
        )

    def vector_data(
        self, scope: int, space: int, limit: int, *, dormant: bool = False
    ) -> Iterator[bytes | None]:
        """What the file keeps of the vectors of the first `limit` turns, in the order stored."""
        found = self._db.execute(
            "SELECT v.data FROM records r LEFT JOIN vectors v ON v.space = ?"
            f" AND v.record = r.record WHERE r.scope = ? AND r.{TURNS}"
            f"{'' if dormant else ' AND r.dormant = 0'} ORDER BY r.record LIMIT ?",
            (space, scope, limit),
        )
        return (data for (data,) in found)

    def turns_after(self, scope: int, after: int, *, dormant: bool = False) -> int:
        """How many turns of the scope are newer than a record."""
        return int(
            self._db.execute(
                f"SELECT count(*) FROM records WHERE scope = ? AND {TURNS} AND record > ?"
                f"{'' if dormant else ' AND dormant = 0'}",
                (scope, after),
            ).fetchone()[0]
        )

    def latest_turns(self, scope: int, before: int, count: int) -> list[Row]:
        """The last live turns below a record number, echoes apart, in the order stored."""
        live = "record < ? AND kind = 'turn' AND archived IS NULL AND origin != 'echo'"
        return self.newest(scope, count, live, [before])

    def turn_before(self, scope: int, record: int, count: int) -> int:
        """The number of the turn that so many come after, up to `record`; 0 if not so many do.

        Echoes are none of them.
        """
        found = self._db.execute(
            "SELECT record FROM records WHERE scope = ? AND kind = 'turn' AND record <= ?"
            " AND origin != 'echo' ORDER BY record DESC LIMIT 1 OFFSET ?",
            (scope, record, count),
        ).fetchone()
        return found[0] if found else 0

    def sessions_of_turns(self, scope: int) -> list[tuple[int, str | None]]:
        """(record, session) of every turn, archived or not, in the order stored."""
        return self._db.execute(
            "SELECT record, session FROM records WHERE scope = ? AND kind = 'turn' ORDER BY record",
            (scope,),
        ).fetchall()

    def terms(self, numbers: Iterable[int]) -> dict[int, bytes]:
        """The term hashes of these records, uint64, by number; unknown numbers are left out."""
        found: dict[int, bytes] = {}
        for page in _pages(list(numbers)):
            found.update(
                self._db.execute(
                    f"SELECT record, terms FROM records WHERE record IN ({_marks(page)})", page
                )
            )
        return found

    def digest(self, scope: int, record: int) -> bytes:
        """The digest of one record's text; empty for one that is gone."""
        found = self._db.execute(
            "SELECT digest FROM records WHERE scope = ? AND record = ?", (scope, record)
        ).fetchone()
        return found[0] if found else b""

    def misshapen(self, scope: int, space: int) -> int | None:
        """A record whose columns have another type or length than was stored, if there is one."""
        found: tuple[int] | None = self._db.execute(
            "SELECT r.record FROM records r LEFT JOIN vectors v ON v.space = ?"
            " AND v.record = r.record LEFT JOIN spaces s ON s.space = v.space"
            " WHERE r.scope = ? AND (typeof(r.at) != 'integer' OR typeof(r.terms) != 'blob'"
            " OR length(r.terms) % 8 OR typeof(r.origin) != 'text'"
            " OR typeof(r.archived) NOT IN ('integer', 'null')"
            " OR v.space IS NOT NULL AND (s.space IS NULL OR typeof(v.data) != 'blob'"
            " OR length(v.data) % 4 OR s.form = 'dense' AND length(v.data) != 4 * s.dim)) LIMIT 1",
            (space, scope),
        ).fetchone()
        return found[0] if found else None

    def shown_digests(self, scope: int, digests: Sequence[bytes]) -> set[bytes]:
        """Which of these text digests belong to a turn that `context` has handed out."""
        found: set[bytes] = set()
        for page in _pages(list(digests)):
            rows = self._db.execute(
                "SELECT r.digest FROM records r JOIN uses u ON u.record = r.record"
                f" WHERE r.scope = ? AND r.digest IN ({_marks(page)}) AND u.shown > 0",
                (scope, *page),
            )
            found.update(row[0] for row in rows)
        return found

    def sessions(self, scope: int) -> list[SessionInfo]:
        """The sessions of a scope in the order of their first turn, archived turns included."""
        spans = self._db.execute(
            "SELECT session, count(*), min(at), max(at), min(record) FROM records"
            " WHERE scope = ? AND kind = 'turn' GROUP BY session ORDER BY min(record)",
            (scope,),
        ).fetchall()
        speakers: dict[str | None, list[str]] = {}
        for session, speaker in self._db.execute(
            "SELECT session, speaker FROM records WHERE scope = ? AND kind = 'turn'"
            " AND speaker IS NOT NULL GROUP BY session, speaker ORDER BY min(record)",
            (scope,),
        ):
            speakers.setdefault(session, []).append(speaker)
        return [
            SessionInfo(
                session, count, tuple(speakers.get(session, ())), kept_moment(first),
                kept_moment(last),
            )
            for session, count, first, last, _ in spans
        ]  # fmt: skip

    def add_sources(self, sources: Iterable[tuple[int, int, int, int]]) -> None:
        """Store (memory, turn, start, stop) record numbers and character spans."""
        self._db.executemany("INSERT OR IGNORE INTO sources VALUES (?, ?, ?, ?)", sources)

    def sources(self, memories: Iterable[int]) -> dict[int, list[tuple[int, Source]]]:
        """By memory number: (turn number, source) in the order of the turns."""
        found: dict[int, list[tuple[int, Source]]] = {}
        for page in _pages(list(memories)):
            rows = self._db.execute(
                "SELECT s.memory, s.turn, r.id, s.start, s.stop FROM sources s"
                f" JOIN records r ON r.record = s.turn WHERE s.memory IN ({_marks(page)})"
                " ORDER BY s.memory, s.turn, s.start",
                page,
            )
            for memory, turn, id, start, stop in rows:
                found.setdefault(memory, []).append((turn, Source(id, start, stop)))
        return found

    def derived_from(self, numbers: Iterable[int]) -> set[int]:
        """The memories that rest on any of these records."""
        found: set[int] = set()
        for page in _pages(list(numbers)):
            rows = self._db.execute(
                f"SELECT DISTINCT memory FROM sources WHERE turn IN ({_marks(page)})", page
            )
            found.update(row[0] for row in rows)
        return found

    def derived_by(
        self, scope: int, author: str, digests: Sequence[bytes]
    ) -> set[tuple[str, bytes, frozenset[tuple[int, int, int]]]]:
        """(kind, digest, spans) of what an author has stored with one of these text digests."""
        spans: dict[tuple[int, str, bytes], list[tuple[int, int, int]]] = {}
        for page in _pages(list(digests)):
            rows = self._db.execute(
                "SELECT r.record, r.kind, r.digest, s.turn, s.start, s.stop FROM records r"
                " JOIN sources s ON s.memory = r.record"
                f" WHERE r.scope = ? AND r.digest IN ({_marks(page)}) AND r.extractor = ?",
                (scope, *page, author),
            )
            for record, kind, text_digest, *span in rows:
                spans.setdefault((record, kind, text_digest), []).append(tuple(span))
        return {(kind, found, frozenset(every)) for (_, kind, found), every in spans.items()}

    def any_holds(self, piece: str) -> bool:
        """Whether the text of any record of any scope holds this piece."""
        return (
            self._db.execute(
                "SELECT 1 FROM records WHERE instr(text, ?) LIMIT 1", (piece,)
            ).fetchone()
            is not None
        )

    def delete(self, numbers: Sequence[int]) -> None:
        """Remove rows and everything in the file that refers to them, journal ranges apart."""
        for page in _pages(list(numbers)):
            marks = _marks(page)
            for table, column in (
                ("sources", "memory"), ("sources", "turn"), ("links", "source"),
                ("links", "target"), ("vectors", "record"), ("uses", "record"),
                ("changes", "record"), ("link_changes", "source"), ("link_changes", "target"),
                ("facts", "record"), ("records", "record"),
            ):  # fmt: skip
                self._db.execute(f"DELETE FROM {table} WHERE {column} IN ({marks})", page)

    def counts(self, scope: int | None = None) -> dict[str, int]:
        """Records by kind, and the archived ones among them under `archived`."""
        where, values = ("scope = ?", (scope,)) if scope is not None else ("1", ())
        rows = self._db.execute(
            f"SELECT kind, count(*), count(archived) FROM records WHERE {where} GROUP BY kind",
            values,
        ).fetchall()
        counts = {kind: total for kind, total, _ in rows}
        counts["archived"] = sum(archived for _, _, archived in rows)
        return counts


def metadata_json(metadata: Mapping[str, Any]) -> str | None:
    """Canonical JSON, or None for an empty mapping."""
    if not metadata:
        return None
    return json.dumps(metadata, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def require_ascending(numbers: Sequence[int], after: int) -> None:
    """Raise `CorruptStore` unless record numbers rise, as they do in a sound tree.

    A page that stands in the place of another would have readers of pages go round in circles.
    """
    if any(b <= a for a, b in zip((after, *numbers), numbers, strict=False)):
        raise CorruptStore(
            "The records are out of order: the file was damaged. Run `memkit check` on it."
        )


def kept_json(text: str) -> dict[str, Any]:
    """The JSON object in a column; raises `CorruptStore` for what is none."""
    try:
        found = json.loads(text)
    except (TypeError, ValueError) as error:
        raise CorruptStore(
            f"The file holds {text!r} where JSON was stored: it was damaged. "
            "Run `memkit check` on it."
        ) from error
    if not isinstance(found, dict):
        raise CorruptStore(f"The file holds {text!r} where names and values were stored.")
    return found


def kept_moment(micros: int) -> datetime:
    """The moment in UTC; raises `CorruptStore` for what is none."""
    try:
        return from_micros(micros)
    except (TypeError, OverflowError) as error:
        raise CorruptStore(
            f"A moment in the file is {micros!r}: the file was damaged. Run `memkit check` on it."
        ) from error


def _row(columns: tuple[Any, ...]) -> Row:
    (
        record, id, kind, archived, at, zone, added, speaker, role, session, origin, extractor,
        metadata, scope, expected, text, why,
    ) = columns  # fmt: skip
    given = NewRecord(
        id, kind, at, zone, speaker, role, session, origin, extractor, metadata, b"", b"", text
    )
    if not is_sound(scope, given, expected):
        raise damaged_record(record, id)
    return Row(
        record, id, kind, archived, at, zone, added, speaker, role, session, origin, extractor,
        json.loads(metadata) if metadata else {}, text, why,
    )  # fmt: skip


def damaged_record(record: int, id: str) -> CorruptStore:
    """What to raise for a row that is not sound."""
    return CorruptStore(
        f"Record {record} ({id!r}) does not match its checksum: the file was damaged. "
        "Run `memkit check` to see how far."
    )


def is_sound(scope: int, found: NewRecord, expected: int) -> bool:
    """Whether a row still is what was stored."""
    try:
        return checksum(scope, found) == expected
    except TypeError:  # damage can change a column's type
        return False


def _pages(values: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(values), _PAGE):
        yield values[start : start + _PAGE]


def _marks(values: Sequence[Any]) -> str:
    return ",".join("?" * len(values))
