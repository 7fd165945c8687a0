"""How a store of memkit is doing on its disk and inside, as findings."""

from __future__ import annotations

import stat
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from memkit.cli.call import Call
from memkit.cli.environment import Finding
from memkit.cli.printing import counted
from memkit.errors import EmbedderMismatch
from memkit.importing.foreign.hygiene import ORDER, SECRET
from memkit.index.snapshot import Snapshots
from memkit.storage.sqlite import SQLiteStorage
from memkit.store.snapshots import LEAST_RECORDS
from memkit.trust import LOW, rank

_LONG_LOG: Final = 64_000_000
"""Bytes of a write-ahead log that no checkpoint has come to for long."""
_BEHIND: Final = 4
"""A snapshot that misses more than a quarter of its scope spares little."""
_NAMED: Final = 3


def findings(call: Call) -> Iterator[Finding]:
    """The store of a call, from the file's outside to what is written in it."""
    yield _file(call.path)
    yield from _log(call.path)
    yield _embedder(call)
    yield from _check(call)
    yield from _health(call)
    yield from _snapshots(call.path)
    yield from _contents(call)


def _file(path: Path) -> Finding:
    mode = stat.S_IMODE(path.stat().st_mode)
    size = f"{path.stat().st_size / 1e6:,.1f} MB"
    if sys.platform == "win32" or not mode & 0o077:
        return Finding("file", "ok", f"{size}, readable by its owner alone")
    return Finding(
        "file", "bad", f"{size}; its mode {mode:04o} lets other users of this machine in",
        f"chmod 600 {path}*",
    )  # fmt: skip


def _log(path: Path) -> Iterator[Finding]:
    log = path.with_name(f"{path.name}-wal")
    size = log.stat().st_size if log.is_file() else 0
    if size > _LONG_LOG:
        yield Finding(
            "log", "bad",
            f"{size / 1e6:,.1f} MB wait in the write-ahead log: a process may have been reading "
            "for very long",
            "end what holds the store open, then memkit compact",
        )  # fmt: skip
    elif size:
        yield Finding("log", "ok", f"{size / 1e6:,.1f} MB in the write-ahead log")


def _embedder(call: Call) -> Finding:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", EmbedderMismatch)
        found = call.store.stats()
    if caught:
        told = str(caught[0].message)
        return Finding("search", "bad", told, f"memkit reembed {call.path} static")
    if found["embedder"] is None:
        return Finding("search", "note", "by words alone: the store was made without an embedder",
                       f"memkit reembed {call.path} static")  # fmt: skip
    return Finding("search", "ok", f"by words and by vectors of {found['embedder']['identity']}")


def _check(call: Call) -> Iterator[Finding]:
    problems = call.store.check().problems
    if not problems:
        yield Finding("check", "ok", "rows, references, indexes and checksums agree")
    for problem in problems:
        yield Finding("check", "bad", problem, f"memkit check {call.path} --fix")


def _health(call: Call) -> Iterator[Finding]:
    measures = call.store.health().measures
    beyond = [one for one in measures if not one.ok]
    if not beyond:
        judged = sum(one.limit is not None for one in measures)
        yield Finding("health", "ok", f"{counted(judged, 'measure')} within their limits")
    for one in beyond:
        yield Finding(
            one.name, "bad", f"{one.value:,.2f} {one.note}; at most {one.limit:g} is well",
            f"memkit health {call.path}, memkit maintain {call.path}",
        )  # fmt: skip


def _snapshots(path: Path) -> Iterator[Finding]:
    kept, behind, large = Snapshots(path.resolve()), 0, 0
    storage = SQLiteStorage(path, read_only=True)
    try:
        with storage.read() as rows:
            for scope, _ in rows.scopes.list():
                state, stamp = rows.scopes.numbered(scope), kept.stamp(scope)
                last = state.last if state is not None else 0
                large += last >= LEAST_RECORDS
                behind += stamp is not None and stamp.last < last - last // _BEHIND
    finally:
        storage.close()
    if behind:
        yield Finding(
            "snapshots", "note", f"{behind} of {large} are far behind; the first search is slower",
            f"memkit maintain {path}",
        )  # fmt: skip
    elif large:
        yield Finding("snapshots", "ok", f"{kept.size() / 1e6:,.1f} MB; each may be thrown away")


def _contents(call: Call) -> Iterator[Finding]:
    """What should not be in a memory: keys and passwords, and orders from strangers."""
    secret, order = [], []
    for keys in call.store.scopes():
        for turn in call.store.scope(**keys).turns():
            if SECRET.search(turn.text):
                secret.append(turn.id)
            if rank(turn.origin) <= LOW and ORDER.search(turn.text):
                order.append(turn.id)
    if secret:
        yield Finding("secrets", "bad", f"{_told(secret)} what looks like a key or a password",
                      f"memkit erase {call.path} ID --yes")  # fmt: skip
    if order:
        told = f"{_told(order)} orders from tools, the web or a file"
        yield Finding("instructions", "note", told,
                      f"memkit show {call.path} ID")  # fmt: skip
    if not secret and not order:
        yield Finding("contents", "ok", "no keys or passwords, and no orders from strangers")


def _told(ids: list[str]) -> str:
    named = ", ".join(ids[:_NAMED]) + (", ..." if len(ids) > _NAMED else "")
    return f"{counted(len(ids), 'turn')} ({named}) {'holds' if len(ids) == 1 else 'hold'}"
