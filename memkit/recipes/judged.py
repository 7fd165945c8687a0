"""What was said of records so far: the judgements in a scope's journal that still stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from memkit.models import JournalEntry
from memkit.store import Scope

_PAGE: Final = 500


def judgements(scope: Scope) -> Iterator[JournalEntry]:
    """Every entry of `feedback` that was not undone, oldest first; its reason is the verdict."""
    last = 0
    while entries := scope.journal(after=last, limit=_PAGE):
        last = entries[-1].id
        for entry in entries:
            if entry.action == "feedback" and entry.undone_by is None:
                yield entry
