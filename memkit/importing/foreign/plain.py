"""Pickles of plain data, read without running what they name.

Qdrant's local mode keeps each point as a pickle. Loading a pickle calls whatever it names, so here
nothing can be named but Qdrant's own records, and in their place stands a class that only holds
fields. What names anything else is refused.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any, Final

from memkit.errors import InvalidInput

_RECORDS: Final = "qdrant_client."
_CLASSES: Final[Mapping[tuple[str, str], Any]] = {
    ("datetime", "datetime"): datetime,
    ("datetime", "date"): date,
    ("datetime", "timedelta"): timedelta,
    ("datetime", "timezone"): timezone,
}
"""What data may hold besides; making one has no effect."""


class _Fields:
    """What stands for a record: made of anything, it only keeps its state."""

    state: object = None

    def __init__(self, *_: object) -> None: ...

    def __setstate__(self, state: object) -> None:
        self.state = state


class _Plain(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Called for every name in a pickle."""
        if module.startswith(_RECORDS) and name.isidentifier():
            return _Fields
        if (module, name) in _CLASSES:
            return _CLASSES[module, name]
        raise InvalidInput(f"it names {module}.{name}, which is not plain data")


def fields(data: bytes) -> dict[str, Any]:
    """The fields of the one record in a pickle; raises `InvalidInput` for anything else."""
    try:
        found = _Plain(io.BytesIO(data)).load()
    except (
        pickle.UnpicklingError, EOFError, ValueError, TypeError, KeyError, IndexError,
        AttributeError, OverflowError, MemoryError, RecursionError, ImportError,
    ) as error:  # fmt: skip
        reason = str(error) if isinstance(error, InvalidInput) else f"not a record ({error})"
        raise InvalidInput(reason) from error
    state = found.state if isinstance(found, _Fields) else None
    values = state.get("__dict__", state) if isinstance(state, dict) else None
    if not isinstance(values, dict):
        raise InvalidInput("not a record")
    return values
