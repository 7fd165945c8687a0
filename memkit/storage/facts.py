"""What records claim, as columns, and what all claims of a slot say together."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any, Final, NamedTuple

from memkit.dates import to_micros
from memkit.errors import InvalidInput
from memkit.knowledge import DEPENDS, MOODS, Claim, Held, dependents, fold, key, slot
from memkit.storage.records import kept_json
from memkit.trust import rank

TRIPLE: Final = "triple"
"""The kind of the records that make claims."""

_CLAIM: Final = (
    "record", "scope", "slot", "subject", "attribute", "value", "unit", "several", "mood",
    "confidence", "said", "starts", "starts_by", "ends",
)  # fmt: skip
_PAGE: Final = 400


class Columns(NamedTuple):
    """What the fold says of a claim, as the file keeps it."""

    verdict: str
    since: int | None
    until: int | None
    closed: int | None
    leader: int | None
    successor: int | None


class NewFact(NamedTuple):
    """The claim of one record, as the file keeps it."""

    record: int
    scope: int
    slot: str
    subject: str
    attribute: str
    value: str
    unit: str | None
    several: int
    mood: str
    confidence: float
    said: int
    starts: int | None
    starts_by: int | None
    ends: int | None


class FactRow(NamedTuple):
    """One claim with what the fold says of it, and the record that makes it."""

    record: int
    id: str
    subject: str
    attribute: str
    value: str
    unit: str | None
    several: int
    mood: str
    confidence: float
    said: int
    zone: int
    starts: int | None
    starts_by: int | None
    ends: int | None
    origin: str
    archived: int | None
    text: str
    slot: str
    corrects: str
    supported: int
    verdict: str
    since: int | None
    until: int | None
    closed: int | None
    leader: int | None
    successor: int | None

    @property
    def folded(self) -> Columns:
        """What the file says of the claim."""
        return Columns(
            self.verdict, self.since, self.until, self.closed, self.leader, self.successor
        )

    def claim(self) -> Claim:
        """The claim alone, for `fold`."""
        return Claim(
            self.record, key(self.value), self.mood, bool(self.several), self.said,  # type: ignore[arg-type]
            rank(self.origin), self.starts, self.starts_by, self.ends, key(self.corrects),
        )  # fmt: skip


def claimed(record: int, scope: int, at: int, zone: int, metadata: Mapping[str, Any]) -> NewFact:
    """The claim in the metadata of a triple; raises `InvalidInput` naming what is wrong with it."""
    texts = {name: metadata.get(name) for name in ("subject", "attribute", "value")}
    mood = metadata.get("mood", "assertion")
    if mood not in MOODS:
        raise InvalidInput(f"its mood {mood!r} is none of {', '.join(MOODS)}")
    for name, text in texts.items():
        needed = name != "value" or mood not in ("negation", "retraction")
        if not isinstance(text, str) or (needed and not key(text)):
            raise InvalidInput(f"its {name} is {text!r}, not a text")
    unit, confidence = metadata.get("unit"), metadata.get("confidence", 0.9)
    if unit is not None and not isinstance(unit, str):
        raise InvalidInput(f"its unit is {unit!r}, not a text")
    if isinstance(confidence, bool) or not isinstance(confidence, (int, float)):
        raise InvalidInput(f"its confidence is {confidence!r}, not a number")
    if not 0 <= confidence <= 1:
        raise InvalidInput(f"its confidence {confidence} is not in 0..1")
    subject, attribute, value = texts["subject"], texts["attribute"], texts["value"]
    assert subject is not None and attribute is not None and value is not None
    days = [_midnight(metadata.get(name), zone, name) for name in ("since", "since_by", "until")]
    if days[0] is not None and days[2] is not None and days[2] <= days[0]:
        raise InvalidInput("its until is not after its since")
    return NewFact(
        record, scope, slot(subject, attribute), subject, attribute, value, unit,
        int(bool(metadata.get("several"))), mood, float(confidence), at, *days,
    )  # fmt: skip


def _midnight(given: Any, zone: int, name: str) -> int | None:
    if given is None:
        return None
    try:
        day = date.fromisoformat(given)
        where = timezone(timedelta(seconds=zone)) if zone else UTC
        return to_micros(datetime.combine(day, time(), where))
    except (TypeError, ValueError, OverflowError) as error:
        raise InvalidInput(f"its {name} {given!r} is not an ISO date") from error


class Facts:
    """The table of claims. What the fold says is kept beside each, and made again with each change
    of its slot, so that whoever reads the table reads what holds."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def insert(self, claims: Sequence[NewFact]) -> None:
        """Add claims of records whose sources are stored, and fold their slots anew."""
        self._insert(claims)
        for scope in {claim.scope for claim in claims}:
            self.refold(scope, {claim.slot for claim in claims if claim.scope == scope})

    def touched(self, numbers: Iterable[int]) -> set[tuple[int, str]]:
        """The slots, with their scope, of which a claim is or rests on one of these records."""
        found: set[tuple[int, str]] = set()
        for page in _pages(list(numbers)):
            marks = ",".join("?" * len(page))
            found.update(
                self._db.execute(
                    f"SELECT scope, slot FROM facts WHERE record IN ({marks}) UNION"
                    " SELECT f.scope, f.slot FROM facts f JOIN sources s ON s.memory = f.record"
                    f" WHERE s.turn IN ({marks})",
                    (*page, *page),
                )
            )
        return found

    def refold(self, scope: int, slots: Iterable[str]) -> None:
        """Fold these slots anew, and those that rest on them."""
        wanted = set(slots)
        for one in tuple(wanted):
            subject, attribute = _halves(one)
            wanted.update(slot(subject, name) for name in dependents(attribute))
        needed = wanted.union(*map(_bases, wanted))
        rows = [row for one in sorted(needed) for row in self._of_slot(scope, one)]
        found = folded(rows)
        self._store({row.record: found[row.record] for row in rows if row.slot in wanted})

    def rebuild(self, scope: int) -> None:
        """Make the table anew from the records of a scope."""
        self._db.execute("DELETE FROM facts WHERE scope = ?", (scope,))
        self._insert([_claimed(row) for row in self._made(scope)])
        self._store(folded(self.of(scope)))

    def wrong(self, scope: int) -> list[str]:
        """What in the table is not what the records of a scope make it."""
        names = ", ".join(_CLAIM)
        kept = {
            row[0]: row
            for row in self._db.execute(f"SELECT {names} FROM facts WHERE scope = ?", (scope,))
        }
        bad = {row[0] for row in self._made(scope) if kept.pop(row[0], None) != _claimed(row)}
        rows = self.of(scope)
        found = folded(rows)
        bad.update(row.record for row in rows if found[row.record] != row.folded)
        return [
            f"fact of record {record}: not what its record and the others of its slot say"
            for record in sorted(bad | kept.keys())
        ]

    def of(self, scope: int, slots: Sequence[tuple[str, str]] | None = None) -> list[FactRow]:
        """The claims of a scope in the order said; of (subject key, attribute key) patterns, where
        an empty key stands for all, or of everything."""
        if slots is None:
            return self._rows("f.scope = ?", [scope])
        found: dict[int, FactRow] = {}
        for subject, attribute in slots:
            where: list[str] = ["f.scope = ?"]
            values: list[Any] = [scope]
            if subject and attribute:
                where.append("f.slot = ?")
                values.append(f"{subject}\x1f{attribute}")
            elif subject:
                where.append("f.slot >= ? AND f.slot < ?")
                values += [f"{subject}\x1f", f"{subject}\x20"]
            elif attribute:
                where.append("substr(f.slot, instr(f.slot, char(31)) + 1) = ?")
                values.append(attribute)
            found.update((row.record, row) for row in self._rows(" AND ".join(where), values))
        return sorted(found.values(), key=lambda row: (row.said, row.record))

    def subjects(self, scope: int) -> list[str]:
        """Every subject of a scope as first written, in the order of their first claim."""
        rows = self._db.execute(
            "SELECT subject FROM facts WHERE scope = ? GROUP BY subject ORDER BY min(record)",
            (scope,),
        )
        return [subject for (subject,) in rows]

    def attributes(self, scope: int) -> list[str]:
        """Every attribute of a scope, ascending."""
        rows = self._db.execute(
            "SELECT min(attribute) FROM facts WHERE scope = ?"
            " GROUP BY substr(slot, instr(slot, char(31)) + 1)"
            " ORDER BY substr(slot, instr(slot, char(31)) + 1)",
            (scope,),
        )
        return [attribute for (attribute,) in rows]

    def successors(self, scope: int) -> list[tuple[int, int, int]]:
        """(turn, successor, moment): the turns that say nothing any more that holds, each with
        those that gave its claims another value, and from when on; ascending.

        What such a turn says beside, later turns must have said again.
        """
        return self._db.execute(
            "WITH stand AS (SELECT record, leader, successor, closed, said, until FROM facts"
            " WHERE scope = ? AND verdict NOT IN ('mute', 'forgotten')),"
            " last AS (SELECT leader, max(record) AS record FROM stand GROUP BY leader),"
            " gone AS (SELECT s.turn, max(max(coalesce(f.closed, f.said), coalesce(f.until, 0)))"
            " AS since FROM stand f JOIN last l ON l.leader = f.leader"
            " JOIN sources s ON s.memory = f.record GROUP BY s.turn"
            " HAVING sum(f.successor IS NULL AND f.record = l.record) = 0"
            " AND sum(f.successor IS NOT NULL) > 0)"
            " SELECT DISTINCT g.turn, h.turn, g.since FROM gone g"
            " JOIN sources s ON s.turn = g.turn JOIN stand f ON f.record = s.memory"
            " JOIN sources h ON h.memory = f.successor WHERE h.turn != g.turn ORDER BY 1, 2",
            (scope,),
        ).fetchall()

    def _insert(self, claims: Sequence[NewFact]) -> None:
        self._db.executemany(
            f"INSERT INTO facts ({', '.join(_CLAIM)}) VALUES ({', '.join('?' * len(_CLAIM))})",
            claims,
        )

    def _made(self, scope: int) -> list[tuple[Any, ...]]:
        return self._db.execute(
            "SELECT record, scope, at, zone, metadata FROM records WHERE scope = ? AND kind = ?"
            " ORDER BY record",
            (scope, TRIPLE),
        ).fetchall()

    def _of_slot(self, scope: int, one: str) -> list[FactRow]:
        return self._rows("f.scope = ? AND f.slot = ?", [scope, one])

    def _rows(self, where: str, values: Sequence[Any]) -> list[FactRow]:
        rows = self._db.execute(
            "SELECT f.record, r.id, f.subject, f.attribute, f.value, f.unit, f.several, f.mood,"
            " f.confidence, f.said, r.zone, f.starts, f.starts_by, f.ends, r.origin, r.archived,"
            " r.text, f.slot, coalesce(json_extract(r.metadata, '$.corrects'), ''),"
            " EXISTS (SELECT 1 FROM sources s JOIN records t ON t.record = s.turn"
            " WHERE s.memory = f.record AND (t.archived IS NULL OR t.standing != 0)),"
            " f.verdict, f.since, f.until, f.closed, f.leader, f.successor"
            " FROM facts f JOIN records r ON r.record = f.record"
            f" WHERE {where} ORDER BY f.said, f.record",
            values,
        )
        return [FactRow(*row) for row in rows]

    def _store(self, folded: Mapping[int, Columns]) -> None:
        assignments = ", ".join(f"{name} = ?" for name in Columns._fields)
        self._db.executemany(
            f"UPDATE facts SET {assignments} WHERE record = ?",
            [(*columns, record) for record, columns in folded.items()],
        )


def _claimed(row: Sequence[Any]) -> NewFact:
    record, scope, at, zone, metadata = row
    return claimed(record, scope, at, zone, kept_json(metadata or "{}"))


def _halves(one: str) -> tuple[str, str]:
    subject, _, attribute = one.partition("\x1f")
    return subject, attribute


def _bases(one: str) -> list[str]:
    """The slots that a slot rests on."""
    subject, attribute = _halves(one)
    return [slot(subject, base) for base in DEPENDS.get(attribute, ())]


def folded(rows: Sequence[FactRow]) -> dict[int, Columns]:
    """What the table says of each claim, given all claims of its slot and of those it rests on.

    What holds, but rests on what has changed since it was last said, or on nothing that is not
    forgotten, is uncertain.
    """
    slots: dict[str, list[FactRow]] = {}
    for row in rows:
        slots.setdefault(row.slot, []).append(row)
    found: dict[int, Columns] = {}
    for same in slots.values():
        held = fold(row.claim() for row in same if row.archived is None)
        found.update((row.record, _columns(held.get(row.record), row.record)) for row in same)
    changed = {
        one: max((_changed(found[row.record]) for row in same), default=0)
        for one, same in slots.items()
    }
    for one, same in slots.items():
        changes = max((changed.get(base, 0) for base in _bases(one)), default=0)
        for group in _groups(same, found):
            last = max(row.said for row in group)
            if last < changes or not any(row.supported for row in group):
                for row in group:
                    found[row.record] = found[row.record]._replace(verdict="uncertain")
    return found


def _changed(stands: Columns) -> int:
    """When it was said that a claim no longer holds, or never did; what is planned is not yet."""
    if stands.closed is None or (stands.until is not None and stands.until > stands.closed):
        return 0
    return stands.closed


def _groups(rows: Sequence[FactRow], folded: Mapping[int, Columns]) -> Iterable[list[FactRow]]:
    """The claims that hold with no end, together with those that say the same again."""
    groups: dict[int | None, list[FactRow]] = {}
    for row in rows:
        if folded[row.record].verdict == "holds" and folded[row.record].until is None:
            groups.setdefault(folded[row.record].leader, []).append(row)
    return groups.values()


def _columns(held: Held | None, record: int) -> Columns:
    if held is None:
        return Columns("forgotten", None, None, None, record, None)
    return Columns(held.verdict, held.since, held.until, held.closed, held.leader, held.successor)


def _pages(values: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(values), _PAGE):
        yield values[start : start + _PAGE]
