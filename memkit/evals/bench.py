"""How fast, beside what the machine can do at all: one run, one table, ratios.

Machines differ and drift, so every figure stands beside a bare one of the same run: a durable
SQLite insert for `add`, an exact matrix product for `search`.
"""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np

from memkit.evals import loaders, nearest
from memkit.evals.data import Conversation
from memkit.store import MemoryStore
from memkit.store.snapshots import beside

IMPORT_BUDGET_S: Final = 0.25
ADD_BUDGET: Final = 2000.0
BATCH_BUDGET: Final = 8000.0
SEARCH_BUDGET_MS: Final = ((10_000, 2.0), (100_000, 8.0), (1_000_000, 25.0))
OPEN_BUDGET_S: Final = ((100_000, 0.5), (1_000_000, 2.0))
MEMORY_BUDGET_MB: Final = ((1_000_000, 1500.0),)
RECALL_BUDGET: Final = 0.98
SEARCH: Final = "search, p50"
NEAREST: Final = "nearest 10, {}"
RECALL: Final = "recall@10, {}"
BEGAN: Final = datetime(2020, 1, 1, tzinfo=UTC)
"""The moment of the first synthetic message; the others follow by the minute."""

_SESSION: Final = 30
_SINGLE_ADDS: Final = 400
_QUERIES: Final = 200
_BATCH: Final = 20_000
_QUESTION: Final = "Where is the boat kept?"
_OPENING: Final = """
import sys
from memkit import MemoryStore
with MemoryStore(sys.argv[1]) as store:
    store.scope(user="bench").search(sys.argv[2])
    try:
        with open("/proc/self/status") as status:
            peak = next(int(line.split()[1]) * 1024 for line in status if line[:6] == "VmHWM:")
    except OSError:  # not Linux, whose figure below counts in what the parent held at the fork
        try:
            import resource
        except ImportError:
            peak = 0
        else:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(peak)
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement. `ratio` compares with a bare act of the same run; `met` with the budget."""

    act: str
    size: int
    value: float
    unit: str
    budget: float | None = None
    higher_is_better: bool = False
    ratio: float | None = None
    against: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the budget was kept; None without one."""
        if self.budget is None:
            return None
        return self.value >= self.budget if self.higher_is_better else self.value <= self.budget


def bench(sizes: tuple[int, ...], seed: int = 0) -> Iterator[Figure]:
    """Figures as they are measured, smallest size first."""
    yield Figure("import memkit", 0, import_seconds(), "s", IMPORT_BUDGET_S)
    with tempfile.TemporaryDirectory() as folder:
        bare = _bare_inserts(Path(folder) / "bare.db")
        yield Figure("bare SQLite insert", 0, bare, "/s")
        for size in sorted(sizes):
            yield from _measure(Path(folder) / f"{size}.mem", size, seed, bare)


def import_seconds(runs: int = 5) -> float:
    """The median time of `from memkit import MemoryStore` in a fresh interpreter."""
    code = (
        "import time; t = time.perf_counter(); from memkit import MemoryStore; "
        "print(time.perf_counter() - t)"
    )
    command = [sys.executable, "-c", code]
    times = [
        float(subprocess.run(command, check=True, capture_output=True).stdout)  # noqa: S603
        for _ in range(runs)
    ]
    return float(np.median(times))


def synthetic(size: int, seed: int) -> Iterator[dict[str, Any]]:
    """`size` messages in the manner of the bundled conversation, with invented names in them."""
    draw = random.Random(seed)  # noqa: S311
    said = [str(message["content"]).split() for message in _bundled().messages]
    syllables = ["ba", "de", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "ze"]
    for place in range(size):
        words = list(draw.choice(said))
        other = draw.choice(said)
        words[len(words) // 2 :] = other[len(other) // 2 :]
        name = "".join(draw.choice(syllables) for _ in range(4)).capitalize()
        words.insert(draw.randrange(len(words) + 1), name)
        yield {
            "content": " ".join(words),
            "name": draw.choice(("Carys", "Lennart", "Halima", "Wilf")),
            "session": f"s{place // _SESSION}",
            "timestamp": BEGAN + timedelta(minutes=place),
        }


def _measure(path: Path, size: int, seed: int, bare: float) -> Iterator[Figure]:
    with MemoryStore(path) as store:
        yield from _adds(store.scope(user="bench"), size, seed, bare)
    snapshots = beside(path)
    assert snapshots is not None
    snapshots.drop()
    opened, _ = _opened(path)
    yield Figure("open without a snapshot", size, opened, "s")
    opened, bytes_on_disk = _opened(path)
    yield Figure("open and answer", size, opened, "s", _budget(OPEN_BUDGET_S, size))
    if peak := peak_megabytes(path):
        yield Figure("memory, at most", size, peak, "MB", _budget(MEMORY_BUDGET_MB, size))
    with MemoryStore(path) as store:
        scope = store.scope(user="bench")
        scope.search(_QUESTION)
        yield from _searches(scope, size, seed)
        yield Figure("file", size, bytes_on_disk / 1e6, "MB")
        if kept := snapshots.size():
            yield Figure("snapshot", size, kept / 1e6, "MB")
        collected = nearest.collect(scope, queries(seed, distinct=True))
    yield from _vector_indexes(collected, size)


def _adds(scope: Any, size: int, seed: int, bare: float) -> Iterator[Figure]:
    """Messages are made a batch at a time: a million of them at once would fill the memory."""
    messages = synthetic(size + _SINGLE_ADDS, seed)
    scope.add("warm up")
    seconds = 0.0
    for start in range(0, size, _BATCH):
        batch = list(islice(messages, min(_BATCH, size - start)))
        seconds += _timed(partial(scope.add, batch))
    yield Figure(
        "add, batches", size, size / seconds, "/s", BATCH_BUDGET, True,
        size / seconds / bare, "bare inserts",
    )  # fmt: skip
    singles = list(messages)
    rate = len(singles) / _timed(lambda: [scope.add(one) for one in singles])
    yield Figure("add, one by one", size, rate, "/s", ADD_BUDGET, True, rate / bare, "bare inserts")


def _opened(path: Path) -> tuple[float, int]:
    """Seconds until the first answer, and the bytes of the file."""
    began = time.perf_counter()
    with MemoryStore(path) as store:
        store.scope(user="bench").search(_QUESTION)
        return time.perf_counter() - began, store.stats()["bytes"]


def peak_megabytes(path: Path) -> float:
    """The most memory that a fresh process holds which opens the scope and searches it, in MB.

    0 where the system does not tell.
    """
    command = [sys.executable, "-c", _OPENING, str(path), _QUESTION]
    done = subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    return int(done.stdout) / 1e6


def _searches(scope: Any, size: int, seed: int) -> Iterator[Figure]:
    times = [_timed(partial(scope.search, query)) for query in queries(seed)]
    product = _bare_product(size)
    median = float(np.median(times)) * 1000
    yield Figure(
        SEARCH, size, median, "ms", _budget(SEARCH_BUDGET_MS, size), False,
        median / product, "exact products",
    )  # fmt: skip
    yield Figure("search, p95", size, float(np.percentile(times, 95)) * 1000, "ms")


def _vector_indexes(collected: nearest.Collected, size: int) -> Iterator[Figure]:
    """The default vector index beside the exact one, and where it can be made the graph."""
    exact = nearest.exact(collected)
    for found in nearest.beside(collected, exact):
        against = (found.milliseconds / exact.milliseconds, "exact")
        name = NEAREST.format(found.name)
        if found is exact:
            yield Figure(name, size, found.milliseconds, "ms")
            continue
        yield Figure(name, size, found.milliseconds, "ms", None, False, *against)
        yield Figure(
            RECALL.format(found.name), size, found.recall, "", RECALL_BUDGET, higher_is_better=True
        )
        if found.build_seconds is not None:
            yield Figure(f"build, {found.name}", size, found.build_seconds, "s")


def queries(seed: int, *, distinct: bool = False) -> list[str]:
    """200 questions of the bundled conversation; new messages among them, if all shall differ."""
    asked = [question.text for question in _bundled().questions]
    if distinct:
        fresh = synthetic(_QUERIES - len(asked), seed + 2)
        return [*asked, *(str(message["content"]) for message in fresh)]
    draw = random.Random(seed + 1)  # noqa: S311
    return [draw.choice(asked) for _ in range(_QUERIES)]


def _budget(table: tuple[tuple[int, float], ...], size: int) -> float | None:
    """The budget of the smallest size in the table that is not below this one."""
    return next((budget for limit, budget in table if size <= limit), None)


def _bare_inserts(path: Path, runs: int = 400) -> float:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT, data BLOB)")
    text, data = "x" * 100, b"x" * 200

    def insert() -> None:
        for _ in range(runs):
            db.execute("BEGIN IMMEDIATE")
            db.execute("INSERT INTO t (text, data) VALUES (?, ?)", (text, data))
            db.execute("COMMIT")

    seconds = _timed(insert)
    db.close()
    return runs / seconds


def _bare_product(size: int, runs: int = 20) -> float:
    rows = np.random.default_rng(0).standard_normal((min(size, 200_000), 256), dtype=np.float32)
    query, out = rows[0].copy(), np.empty(len(rows), np.float32)

    def multiply() -> None:
        for start in range(0, len(rows), 1024):
            np.dot(rows[start : start + 1024], query, out=out[start : start + 1024])

    multiply()
    times = [_timed(multiply) for _ in range(runs)]
    return float(np.median(times)) * 1000 * size / len(rows)


def _timed(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _bundled() -> Conversation:
    return loaders.load(loaders.DEMO).conversations[0]
