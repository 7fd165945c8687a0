"""The filter grammar: one small language over a record's columns, read once, run as SQL.

    {"speaker": "Ana"}                                   equality
    {"when": {"gte": "2024-01-01", "lt": "2025-01-01"}}  operators; several are joined by and
    {"session": {"in": ["s1", "s2"]}}
    {"meta.topic": "travel", "kind": "turn"}             several fields are joined by and
    {"or": [{"speaker": "Ana"}, {"not": {"role": "assistant"}}]}

Fields: speaker, role, session, when, kind, id, origin, text (all of it), and `meta.` with a path
into the metadata.
Operators: eq, ne, in, lt, lte, gt, gte. A field that a record does not have equals None; it is
`ne` to every value, and neither less nor greater than any. Text compares by code point, numbers
by value; values of different types are unequal and have no order. A filter is nested at most
16 deep and holds at most 30,000 conditions; a list given to `in` may be of any length.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import tzinfo
from typing import Any, Final

from memkit.dates import moment, to_micros
from memkit.errors import InvalidInput
from memkit.text import digest, require_text
from memkit.types import Filter

Condition = tuple[str, list[Any]]
"""A piece of SQL over the table `records`, and its values."""

_COLUMNS: Final = {
    "speaker": "speaker",
    "role": "role",
    "session": "session",
    "when": "at",
    "kind": "kind",
    "id": "id",
    "origin": "origin",
    "text": "text",
}
_ALWAYS_THERE: Final = ("when", "kind", "id", "origin", "text")
"""Columns that are never null: compared bare, SQLite can use an index on them."""
_ORDER: Final = {"lt": "<", "lte": "<=", "gt": ">", "gte": ">="}
_OPERATORS: Final = ("eq", "ne", "in", *_ORDER)
_SCALARS: Final = (str, int, float, bool, type(None))
_DEEPEST: Final = 16  # SQLite's parser gives up on 100 levels, and each level here adds several
_MOST: Final = 30_000  # and on 32,766 values
_LARGEST: Final = (1 << 63) - 1
# SQLite up to 3.44 compares a name in a path with the name as JSON has escaped it: no match.
_UNSPEAKABLE: Final = re.compile(r'["\\\x00-\x1f]')


def compiled(given: Filter, zone: tzinfo) -> Condition:
    """The filter as SQL; raises `InvalidInput` for an unknown field or operator or a wrong value.

    Naive times are taken to be in `zone`.
    """
    found = _compiled(given, zone, _DEEPEST)
    if len(found[1]) > _MOST:
        raise InvalidInput(
            f"The filter holds {len(found[1]):,} conditions; the most is {_MOST:,}. "
            "Many values of one field are one condition with 'in'."
        )
    return found


def _compiled(given: Filter, zone: tzinfo, depth: int) -> Condition:
    if not isinstance(given, Mapping):
        raise TypeError(f"A filter is a dict; found {type(given).__name__}.")
    if not given:
        raise InvalidInput("An empty filter says nothing; leave it out, or name a field.")
    if not depth:
        raise InvalidInput(f"The filter is nested deeper than {_DEEPEST} levels; flatten it.")
    return _joined(" AND ", [_part(key, value, zone, depth - 1) for key, value in given.items()])


def _part(key: str, value: Any, zone: tzinfo, depth: int) -> Condition:
    if key in ("and", "or"):
        if not isinstance(value, Sequence) or isinstance(value, str) or not value:
            raise InvalidInput(f"{key!r} takes a list of filters; found {value!r}.")
        return _joined(f" {key.upper()} ", [_compiled(item, zone, depth) for item in value])
    if key == "not":
        sql, values = _compiled(value, zone, depth)
        return f"NOT ({sql})", values
    column = _field(key)
    operators = value if isinstance(value, Mapping) else {"eq": value}
    if not operators:
        raise InvalidInput(f"{key!r} has no operator; use one of {', '.join(_OPERATORS)}.")
    return _joined(
        " AND ", [_compared(key, column, op, item, zone) for op, item in operators.items()]
    )


def _field(key: str) -> Callable[[], Condition]:
    if key in _COLUMNS:
        return lambda: (_COLUMNS[key], [])
    path = key.removeprefix("meta.") if isinstance(key, str) else ""
    if path != key and path and all(path.split(".")):
        pointer = "$" + "".join(f".{_quoted(part)}" for part in path.split("."))
        return lambda: ("json_extract(metadata, ?)", [pointer])
    raise InvalidInput(
        f"Unknown field {key!r} in a filter; the fields are {', '.join(_COLUMNS)}, "
        "meta.<name>, and the words and, or, not."
    )


def _quoted(part: str) -> str:
    if _UNSPEAKABLE.search(require_text(part, "a metadata name in a filter")):
        raise InvalidInput(
            "A metadata name in a filter cannot hold a quote, a backslash or a control "
            f"character; found {part!r}."
        )
    return f'"{part}"'


def _compared(
    key: str, column: Callable[[], Condition], op: str, value: Any, zone: tzinfo
) -> Condition:
    if op not in _OPERATORS:
        raise InvalidInput(
            f"Unknown operator {op!r} for {key!r}; the operators are {', '.join(_OPERATORS)}."
        )
    if op == "in":
        if isinstance(value, str) or not isinstance(value, (Sequence, set, frozenset)):
            raise InvalidInput(f"'in' for {key!r} takes a list; found {value!r}.")
        return _within(key, column, [_checked(key, item, zone) for item in value])
    value = _checked(key, value, zone)
    if op == "eq":
        return _equal(key, column, value)
    if op == "ne":
        sql, values = _equal(key, column, value)
        return f"NOT ({sql})", values
    if value is None or isinstance(value, bool):
        raise InvalidInput(f"{op!r} for {key!r} needs a value that has an order; found {value!r}.")
    return _ordered(key, column, _ORDER[op], value)


def _checked(key: str, value: Any, zone: tzinfo) -> Any:
    if key == "when":
        return to_micros(moment(value, zone, "when"))
    if not isinstance(value, _SCALARS):
        raise InvalidInput(
            f"{key!r} is compared with text, a number, true, false or None; found {value!r}."
        )
    if isinstance(value, str):
        require_text(value, f"the value of {key!r} in a filter")
    if isinstance(value, int) and abs(value) > _LARGEST:
        raise InvalidInput(f"{key!r} is compared with {value}, which is beyond 64 bits.")
    if isinstance(value, float) and not math.isfinite(value):
        raise InvalidInput(f"{key!r} is compared with {value}, which no record can hold.")
    if key in _COLUMNS and not isinstance(value, (str, type(None))):
        raise InvalidInput(f"{key!r} is text; found {value!r}.")
    return value


def _types(key: str, column: Callable[[], Condition], value: Any) -> Condition | None:
    """A guard that a metadata value has the type of the one it is compared with."""
    if key in _COLUMNS or value is None:
        return None
    _, pointer = column()
    marks = ", ".join(f"'{name}'" for name in _json_types(value))
    return f"coalesce(json_type(metadata, ?), '') IN ({marks})", pointer


def _json_types(value: Any) -> tuple[str, ...]:
    if isinstance(value, bool):
        return ("true", "false")
    return ("text",) if isinstance(value, str) else ("integer", "real")


def _within(key: str, column: Callable[[], Condition], items: Iterable[Any]) -> Condition:
    """One condition per type of value, whatever the number of values."""
    by_type: dict[tuple[str, ...], list[Any]] = {}
    parts: list[Condition] = []
    for item in items:
        if item is None:
            parts = [_equal(key, column, None)]
        else:
            by_type.setdefault(_json_types(item), []).append(item)
    for same in by_type.values():
        sql, values = column()
        test = _definite(key, f"{sql} IN (SELECT value FROM json_each(?))")
        inside = (test, [*values, json.dumps(same, ensure_ascii=False)])
        guard = _types(key, column, same[0])
        parts.append(_joined(" AND ", [guard, inside]) if guard else inside)
    return _joined(" OR ", parts) if parts else ("0", [])


def _equal(key: str, column: Callable[[], Condition], value: Any) -> Condition:
    sql, values = column()
    if value is None:
        return f"{sql} IS NULL", values
    if key == "text":
        return f"digest = ? AND {sql} = ?", [digest(value), value]
    same = (_definite(key, f"{sql} = ?"), [*values, value])
    guard = _types(key, column, value)
    if guard is None:
        return same
    tests = [guard, same]
    if isinstance(value, str):
        # Metadata is canonical JSON: to look for the written value first takes a third of the time.
        written = json.dumps(value, ensure_ascii=False)
        tests.insert(0, ("coalesce(instr(metadata, ?), 0) > 0", [written]))
    return _joined(" AND ", tests)


def _ordered(key: str, column: Callable[[], Condition], sign: str, value: Any) -> Condition:
    sql, values = column()
    test = (_definite(key, f"{sql} {sign} ?"), [*values, value])
    guard = _types(key, column, value)
    return _joined(" AND ", [guard, test]) if guard else test


def _definite(key: str, test: str) -> str:
    """The test, false where the field is missing."""
    return test if key in _ALWAYS_THERE else f"coalesce({test}, 0)"


def _joined(word: str, parts: Sequence[Condition]) -> Condition:
    values = [value for _, values in parts for value in values]
    return _balanced(word, [f"({part})" for part, _ in parts]), values


def _balanced(word: str, parts: Sequence[str]) -> str:
    # a AND b AND c nests one level for each word; halves within halves nest by the logarithm
    if len(parts) <= _DEEPEST:
        return word.join(parts)
    half = len(parts) // 2
    return f"({_balanced(word, parts[:half])}){word}({_balanced(word, parts[half:])})"


def mentions(given: Filter, field: str) -> bool:
    """Whether a filter looks at a field anywhere."""
    for key, value in given.items():
        if key == field:
            return True
        nested = value if key in ("and", "or") else [value] if key == "not" else []
        if any(isinstance(item, Mapping) and mentions(item, field) for item in nested):
            return True
    return False
