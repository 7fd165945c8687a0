"""The kit for storages."""

from __future__ import annotations

import inspect
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from memkit.contracts import Storage
from memkit.errors import ClosedStore
from memkit.storage.rows import Rows
from memkit.testing.rules import Rule

_THREADS: Final = 4
_STEPS: Final = 5


class _Stop(Exception):
    """Raised by the kit inside a transaction."""


def check_storage(make: Callable[[Path], Storage[Any]]) -> None:
    """Raise `BrokenRule` unless what `make` gives keeps the contract of `Storage`.

    `make` opens the store kept in a folder, and creates it when there is none yet.
    """
    with TemporaryDirectory(prefix="memkit-kit-") as folder:
        storage, other = make(Path(folder)), make(Path(folder))
        try:
            _check_rows(storage)
            _check_commit(storage, other)
            _check_rollback(storage, other)
            _check_snapshot(storage, other)
            _check_serial(storage, other)
            _check_clean(storage)
        finally:
            other.close()
            storage.close()
        _check_reopened(make, Path(folder))
        _check_closed(storage)


def _check_rows(storage: Storage[Any]) -> None:
    with (
        Rule("rows have every table, and every table every method, of `memkit.storage.rows`"),
        storage.read() as rows,
    ):
        for name, table in _tables().items():
            given = getattr(rows, name, None)
            assert given is not None, f"no {name}"
            missing = [m for m in table if not callable(getattr(given, m, None))]
            assert not missing, f"{name} without {', '.join(missing)}"


def _tables() -> dict[str, list[str]]:
    db = sqlite3.connect(":memory:")
    try:
        return {
            name: [m for m, _ in inspect.getmembers(table, callable) if not m.startswith("_")]
            for name, table in vars(Rows(db)).items()
        }
    finally:
        db.close()


def _check_commit(storage: Storage[Any], other: Storage[Any]) -> None:
    with Rule("what a write stored is there when it has ended, for every opener"):
        with storage.write() as rows:
            rows.settings.set("kit", "1")
            rows.scopes.ensure('{"user":"kit"}')
        for opener in (storage, other):
            assert _setting(opener) == "1", f"{_setting(opener)!r} instead of '1'"
            with opener.read() as rows:
                assert rows.scopes.find('{"user":"kit"}') is not None, "no scope"


def _check_rollback(storage: Storage[Any], other: Storage[Any]) -> None:
    with Rule("an error inside a write reaches the caller, and nothing of the write is stored"):
        try:
            with storage.write() as rows:
                rows.settings.set("kit", "lost")
                raise _Stop
        except _Stop:
            pass
        else:
            raise AssertionError("an error that was swallowed")
        for opener in (storage, other):
            assert _setting(opener) == "1", f"{_setting(opener)!r} instead of '1'"


def _check_snapshot(storage: Storage[Any], other: Storage[Any]) -> None:
    with Rule("a read sees one snapshot, whatever is written meanwhile"):
        with storage.read() as rows:
            before = rows.settings.get("kit")
            with other.write() as writing:
                writing.settings.set("kit", "2")
            assert rows.settings.get("kit") == before, "what was written after the read began"
        assert _setting(storage) == "2", f"{_setting(storage)!r} in the next read"


def _check_serial(storage: Storage[Any], other: Storage[Any]) -> None:
    with other.write() as rows:
        rows.settings.set("kit", "0")
    with Rule("writes of several threads and openers follow one another, and none is lost"):

        def step(place: int) -> None:
            for _ in range(_STEPS):
                with (storage if place % 2 else other).write() as rows:
                    rows.settings.set("kit", str(int(rows.settings.get("kit")) + 1))

        with ThreadPoolExecutor(_THREADS) as threads:
            list(threads.map(step, range(_THREADS)))
        assert _setting(storage) == str(_THREADS * _STEPS), f"{_setting(storage)} writes"


def _check_clean(storage: Storage[Any]) -> None:
    with Rule("a sound store checks clean, and mending it mends nothing"):
        for fix in (False, True):
            report = storage.check(fix)
            assert report.ok, f"{report.problems}"
            assert not report.fixed, f"{report.fixed}"


def _check_reopened(make: Callable[[Path], Storage[Any]], folder: Path) -> None:
    with Rule("what was stored is there after closing and opening again"):
        storage = make(folder)
        try:
            found = _setting(storage)
        finally:
            storage.close()
        assert found == str(_THREADS * _STEPS), f"{found!r}"


def _check_closed(storage: Storage[Any]) -> None:
    with Rule("a closed storage says so with `ClosedStore`"):
        try:
            _setting(storage)
        except ClosedStore:
            return
        raise AssertionError("an answer")


def _setting(storage: Storage[Any]) -> str | None:
    with storage.read() as rows:
        found: str | None = rows.settings.get("kit")
        return found
