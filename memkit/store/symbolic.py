"""Exact questions: SQL over one scope, and the closed queries that need none.

The closed queries are those that a table of dated facts answers by itself (ChatDB, Hu et al. 2023,
chains such steps): what it is now, what it was, the first and the last, how many, which, before or
after a moment, and how long between two.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from memkit.dates import moment, to_micros
from memkit.errors import InvalidInput, StorageFailure
from memkit.models import Fact, Table
from memkit.storage import selecting
from memkit.storage.sqlite import SQLiteStorage
from memkit.store import knowing
from memkit.store.maintaining import catch_up
from memkit.store.parts import Parts, require_count
from memkit.text import require_text
from memkit.types import When

_NOWHERE: Final = -1
_COLUMNS: Final = ("subject", "attribute", "value", "unit", "since", "until", "status", "id")


def sql(
    parts: Parts, keys: str, query: str, values: Sequence[Any] | Mapping[str, Any],
    *, most: int, timeout_ms: float,
) -> Table:  # fmt: skip
    """The rows of a query over the views of one scope, after the extractors have caught up."""
    require_text(query, "query")
    require_count(most, "limit")
    if not timeout_ms > 0:
        raise InvalidInput(f"timeout_ms={timeout_ms!r} leaves no time; give more than 0.")
    storage, now = parts.storage, parts.now(None)
    if not isinstance(storage, SQLiteStorage):
        raise StorageFailure("This storage is no SQLite file, and answers no SQL.")
    catch_up(parts, keys, now)
    with parts.storage.read() as rows:
        state = rows.scopes.find(keys)
    with storage.query_only() as db:
        return selecting.select(
            db, state.scope if state is not None else _NOWHERE, to_micros(now), query, values,
            most=most, milliseconds=timeout_ms,
        )  # fmt: skip


def closed(
    parts: Parts, keys: str, owner: Mapping[str, str], template: str, fields: Mapping[str, Any]
) -> Table:
    """The answer of a closed query; see `TEMPLATES` for their names and fields."""
    if template not in TEMPLATES:
        raise InvalidInput(f"No closed query {template!r}; there are {', '.join(TEMPLATES)}.")
    answer, needed, optional = TEMPLATES[template]
    missing = [name for name in needed if fields.get(name) is None]
    unknown = [name for name in fields if name not in (*needed, *optional)]
    if missing or unknown:
        raise InvalidInput(
            f"The closed query {template!r} takes {', '.join((*needed, *optional))}; "
            + (f"missing: {', '.join(missing)}." if missing else f"not: {', '.join(unknown)}.")
        )
    for name, given in fields.items():
        if name != "at" and given is not None:
            require_text(given, name)

    def facts(subject: str, attribute: str, at: When | None = None, **more: bool) -> list[Fact]:
        asked = knowing.Asked(subject, attribute, at, every=more.get("every", False))
        return knowing.facts(parts, keys, owner, asked)

    return answer(_Question(facts, parts, dict(fields)))


class _Question:
    """What a closed query may use: the facts, and the fields it was given."""

    def __init__(
        self, facts: Callable[..., list[Fact]], parts: Parts, fields: dict[str, Any]
    ) -> None:
        self._facts = facts
        self._parts = parts
        self.fields = fields

    def now(self) -> list[Fact]:
        """What holds at the moment given, or now."""
        return self._facts(self.fields["subject"], self.fields["attribute"], self.fields.get("at"))

    def ever(self, prefix: str = "") -> list[Fact]:
        """Every value that was not taken back, by the time it holds from."""
        subject = self.fields[f"{prefix}subject"]
        found = self._facts(subject, self.fields[f"{prefix}attribute"], every=True)
        wanted = self.fields.get(f"{prefix}value")
        return sorted(
            (
                fact
                for fact in found
                if fact.status != "retracted"
                and (wanted is None or fact.value.casefold() == wanted.casefold())
            ),
            key=_beginning,
        )

    def at(self) -> datetime:
        """The moment given."""
        return moment(self.fields["at"], self._parts.zone, "at")


def _beginning(fact: Fact) -> datetime:
    return fact.since or fact.said


def _latest(asked: _Question) -> Table:
    return _table(asked.now()[-1:])


def _list(asked: _Question) -> Table:
    return _table(asked.now())


def _count(asked: _Question) -> Table:
    return Table(("count",), ((len(asked.now()),),))


def _first(asked: _Question) -> Table:
    return _table(asked.ever()[:1])


def _last(asked: _Question) -> Table:
    return _table(asked.ever()[-1:])


def _before(asked: _Question) -> Table:
    return _table([fact for fact in asked.ever() if _beginning(fact) < asked.at()])


def _after(asked: _Question) -> Table:
    return _table([fact for fact in asked.ever() if _beginning(fact) >= asked.at()])


def _days_between(asked: _Question) -> Table:
    """Whole days from the beginning of one fact to that of another."""
    ends = asked.ever()[:1], asked.ever("other_")[:1]
    if not ends[0] or not ends[1]:
        return Table(("days",), ())
    days = (_beginning(ends[1][0]) - _beginning(ends[0][0])).days
    return Table(("days",), ((days,),))


def _table(facts: Sequence[Fact]) -> Table:
    return Table(
        _COLUMNS,
        tuple(
            (
                fact.subject, fact.attribute, fact.value, fact.unit, _iso(fact.since),
                _iso(fact.until), fact.status, fact.id,
            )
            for fact in facts
        ),
    )  # fmt: skip


def _iso(when: datetime | None) -> str | None:
    return when.isoformat() if when is not None else None


_SLOT: Final = ("subject", "attribute")
_OTHER: Final = ("other_subject", "other_attribute")

TEMPLATES: Final[
    Mapping[str, tuple[Callable[[_Question], Table], tuple[str, ...], tuple[str, ...]]]
] = {
    "latest": (_latest, _SLOT, ()),
    "as of": (_list, (*_SLOT, "at"), ()),
    "first": (_first, _SLOT, ("value",)),
    "last": (_last, _SLOT, ("value",)),
    "count": (_count, _SLOT, ("at",)),
    "list": (_list, _SLOT, ("at",)),
    "before": (_before, (*_SLOT, "at"), ()),
    "after": (_after, (*_SLOT, "at"), ()),
    "days between": (_days_between, (*_SLOT, *_OTHER), ("value", "other_value")),
}
"""Each closed query by name: what answers it, the fields it needs, and those it may be given."""
