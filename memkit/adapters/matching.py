"""Filters over JSON values, as stores of agent frameworks have them.

A bare value asks for equality, a dict with `$eq`, `$ne`, `$gt`, `$gte`, `$lt`, `$lte` for all of
these, another dict for its keys in turn, a list for the same length and elements. A field is looked
up by its literal name first, then along its dots. Nothing a value holds can make a filter fail:
what cannot be compared does not match.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

_ORDERED: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "$gt": operator.gt, "$gte": operator.ge, "$lt": operator.lt, "$lte": operator.le,
}  # fmt: skip
_OPERATORS: Final = ("$eq", "$ne", *_ORDERED)
_FIELD: Final = re.compile(r"[\w.-]+(?: [\w.-]+)*")
_MISSING: Final = object()


def require_filter(given: Mapping[str, Any]) -> None:
    """Raise `ValueError` for a field name or an operator that no value could match."""
    for field, wanted in given.items():
        if not isinstance(field, str) or not _FIELD.fullmatch(field):
            raise ValueError(
                f"Invalid filter key: {field!r}. A key is made of letters, digits, underscores, "
                "hyphens, dots and single spaces."
            )
        _require_wanted(wanted)


def matches(value: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    """Whether a value meets every condition of a filter."""
    return all(_agrees(_field(value, field), wanted) for field, wanted in given.items())


def _require_wanted(wanted: object) -> None:
    if not isinstance(wanted, Mapping):
        return
    if not _is_operators(wanted):
        for inner in wanted.values():
            _require_wanted(inner)
        return
    for name in wanted:
        if name not in _OPERATORS:
            raise ValueError(
                f"Unsupported operator: {name!r}. The operators are {', '.join(_OPERATORS)}."
            )


def _is_operators(wanted: Mapping[Any, Any]) -> bool:
    return any(isinstance(name, str) and name.startswith("$") for name in wanted)


def _field(value: object, field: str) -> Any:
    if isinstance(value, Mapping):
        if field in value:
            return value[field]
        head, dot, rest = field.partition(".")
        while dot:
            if head in value:
                return _field(value[head], rest)
            more, dot, rest = rest.partition(".")
            head = f"{head}.{more}"
    return _MISSING


def _agrees(found: Any, wanted: Any) -> bool:
    if isinstance(wanted, Mapping):
        if _is_operators(wanted):
            return all(_holds(found, name, operand) for name, operand in wanted.items())
        return isinstance(found, Mapping) and matches(found, wanted)
    if isinstance(wanted, (list, tuple)):
        return (
            isinstance(found, (list, tuple))
            and len(found) == len(wanted)
            and all(map(_agrees, found, wanted))
        )
    return _same(found, wanted)


def _holds(found: Any, name: str, operand: Any) -> bool:
    if name == "$eq":
        return _agrees(found, operand)
    if name == "$ne":
        return not _agrees(found, operand)
    if not (_is_number(found) and _is_number(operand)) and not (
        isinstance(found, str) and isinstance(operand, str)
    ):
        return False
    return bool(_ORDERED[name](found, operand))


def _same(found: Any, wanted: Any) -> bool:
    if wanted is None:
        return found is None or found is _MISSING
    if _is_number(found) and _is_number(wanted):
        return bool(found == wanted)
    return type(found) is type(wanted) and bool(found == wanted)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
