"""Everything in the file that cannot be made again, as JSON lines, and back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from memkit.storage.dumping import TABLES, VERSION, Line, lines_of
from memkit.storage.records import kept_json


class Transfer:
    """Dump and load. Vectors, index terms and checksums are derived, and made anew."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def dump(self) -> Iterator[Line]:
        """One dict per scope, record, source, link, use, journal entry, change and cursor."""
        yield {"type": "memkit", "version": VERSION}
        for scope, keys, numbered in self._db.execute(
            "SELECT scope, keys, numbered FROM scopes ORDER BY scope"
        ):
            yield {"type": "scope", "scope": scope, "keys": kept_json(keys), "numbered": numbered}
        for kind in ("record", *TABLES):
            yield from lines_of(self._db, kind)

    def load(self, lines: Iterable[Line]) -> int:
        """Add what `dump` gave to this file; how many records are new.

        A record that is there already, under its scope and id, must have the same content.
        """
        from memkit.storage.loading import load  # its models of lines: made by the first import

        return load(self._db, lines)
