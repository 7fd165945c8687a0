"""The filter grammar: one small language over a record's columns, read once, run as SQL.

    {"speaker": "Ana"}                                   equality
    {"when": {"gte": "2024-01-01", "lt": "2025-01-01"}}  operators; several are joined by and
    {"session": {"in": ["s1", "s2"]}}
    {"meta.topic": "travel", "kind": "turn"}             several fields are joined by and
    {"or": [{"speaker": "Ana"}, {"not": {"role": "assistant"}}]}

Fields: speaker, role, session, when, kind, id, origin, and `meta.` with a path into the metadata.
Operators: eq, ne, in, lt, lte, gt, gte. A field that a record does not have equals None; it is
`ne` to every value, and neither less nor greater than any. Text compares by code point, numbers
by value; values of different types are unequal and have no order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from typing import Any, Final

from memkit.dates import moment, to_micros
from memkit.errors import InvalidInput
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
}
_ORDER: Final = {"lt": "<", "lte": "<=", "gt": ">", "gte": ">="}
_OPERATORS: Final = ("eq", "ne", "in", *_ORDER)
_SCALARS: Final = (str, int, float, bool, type(None))


def compiled(given: Filter, zone: tzinfo) -> Condition:
    """The filter as SQL; raises `InvalidInput` for an unknown field or operator or a wrong value.

    Naive times are taken to be in `zone`.
    """
    if not isinstance(given, Mapping):
        raise TypeError(f"A filter is a dict; found {type(given).__name__}.")
    if not given:
        raise InvalidInput("An empty filter says nothing; leave it out, or name a field.")
    return _joined(" AND ", [_part(key, value, zone) for key, value in given.items()])


def _part(key: str, value: Any, zone: tzinfo) -> Condition:
    if key in ("and", "or"):
        if not isinstance(value, Sequence) or isinstance(value, str) or not value:
            raise InvalidInput(f"{key!r} takes a list of filters; found {value!r}.")
        return _joined(f" {key.upper()} ", [compiled(item, zone) for item in value])
    if key == "not":
        sql, values = compiled(value, zone)
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
    if '"' in part:
        raise InvalidInput(f"A metadata name in a filter cannot hold a quote: {part!r}.")
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
        parts = [_compared(key, column, "eq", item, zone) for item in value]
        return _joined(" OR ", parts) if parts else ("0", [])
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
    if key in _COLUMNS and not isinstance(value, (str, type(None))):
        raise InvalidInput(f"{key!r} is text; found {value!r}.")
    return value


def _types(key: str, column: Callable[[], Condition], value: Any) -> Condition | None:
    """A guard that a metadata value has the type of the one it is compared with."""
    if key in _COLUMNS or value is None:
        return None
    _, pointer = column()
    names = {bool: ("true", "false"), str: ("text",)}.get(type(value), ("integer", "real"))
    marks = ", ".join(f"'{name}'" for name in names)
    return f"coalesce(json_type(metadata, ?), '') IN ({marks})", pointer


def _equal(key: str, column: Callable[[], Condition], value: Any) -> Condition:
    sql, values = column()
    if value is None:
        return f"{sql} IS NULL", values
    same = (f"coalesce({sql} = ?, 0)", [*values, value])
    guard = _types(key, column, value)
    return _joined(" AND ", [guard, same]) if guard else same


def _ordered(key: str, column: Callable[[], Condition], sign: str, value: Any) -> Condition:
    sql, values = column()
    test = (f"coalesce({sql} {sign} ?, 0)", [*values, value])
    guard = _types(key, column, value)
    return _joined(" AND ", [guard, test]) if guard else test


def _joined(word: str, parts: Sequence[Condition]) -> Condition:
    sql = word.join(f"({part})" for part, _ in parts)
    return sql, [value for _, values in parts for value in values]


def mentions(given: Filter, field: str) -> bool:
    """Whether a filter looks at a field anywhere."""
    for key, value in given.items():
        if key == field:
            return True
        nested = value if key in ("and", "or") else [value] if key == "not" else []
        if any(isinstance(item, Mapping) and mentions(item, field) for item in nested):
            return True
    return False
