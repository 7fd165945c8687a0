"""Years of daily use within a byte budget: does a store stay small, quick and right?

A life is simulated day by day: talk on topics that come back, and now and then something that will
be asked for again, with feedback. Every four weeks `maintain` lets the weakest turns go; when the
files near the budget, what is archived is moved out of them. At the end of each year the store is
asked beside a fresh one that holds the same live turns and nothing else. No extractor runs: what
they make is measured elsewhere, and takes most of the time.
"""

from __future__ import annotations

import gc
import random
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import numpy as np

from memkit.contracts import Embedder
from memkit.evals.bench import Figure
from memkit.evals.years_talk import BEGAN, Talk
from memkit.forget.combined import BudgetPolicy
from memkit.forget.decay import ImportancePolicy
from memkit.models import Turn
from memkit.store import MemoryStore, Scope
from memkit.types import Progress

SLOWER: Final = 1.5
"""How many times the median search of a fresh store of the same live size a search may take."""
YEAR: Final = 365.25
CUT: Final = 10
_TENDED_DAYS: Final = 28
_LIVE_SHARE: Final = 1 / 300
"""Of the budget, for the text that search sees. With terms, vectors and indexes a turn of 120 bytes
takes some 600 in the file, 1,600 in the snapshot and 4,000 in memory, where Python, the libraries
and the embedder take 120 MB."""
_NEAR: Final = 0.3
"""Of the budget, beyond which what is archived is moved out; while it is, the log grows, too."""
_ASKED_A_DAY: Final = 2
_RECENT: Final = 40
_RACES: Final = 60
_TURNS: Final = 4
"""Each of so many questions is asked so many times in both stores."""
_LOOK_SECONDS: Final = 0.02


@dataclass(frozen=True, slots=True)
class Life:
    """What is simulated. `budget` is in bytes; one in `told_every` turns is worth asking for."""

    years: float = 10.0
    turns_a_day: int = 83
    budget: float = 256e6
    told_every: int = 100
    seed: int = 0

    @property
    def days(self) -> int:
        """At least one."""
        return max(1, round(self.years * YEAR))

    @property
    def live_bytes(self) -> float:
        """The most bytes of text that search is to see."""
        return self.budget * _LIVE_SHARE


@dataclass(frozen=True, slots=True)
class Year:
    """How the store stood at the end of a year.

    `live`, `archived` and `moved` are turns, and together all that were said. `disk` is the most
    bytes in the year of the file, its log and what lies beside it; `memory` the most that the
    whole process took (0 where the system does not tell). `here` and `fresh` are median
    milliseconds of a search. `found` is how many of the
    `reinforced` turns are among the first ten hits for their question.
    """

    year: float
    said: int
    live: int
    archived: int
    moved: int
    disk: int
    memory: int
    here: float
    fresh: float
    reinforced: int
    found: int
    problems: int

    @property
    def ratio(self) -> float:
        """How many times as long as in the fresh store a search takes."""
        return self.here / self.fresh if self.fresh else 1.0


def live_on(
    life: Life, embedder: Embedder | str | None = "default", progress: Progress | None = None
) -> Iterator[Year]:
    """Each year of a life as it ends. `progress` is called with (days lived, days)."""
    with tempfile.TemporaryDirectory(prefix="memkit-") as folder:
        yield from _Living(life, Path(folder), embedder).years(progress)


def verdicts(life: Life, lived: Sequence[Year]) -> list[Figure]:
    """What the years come to, each figure with its limit; the worst year counts."""
    said, last = lived[-1].said, lived[-1]
    memory = max(year.memory for year in lived)
    budget = life.budget / 1e6
    lost = max(year.reinforced - year.found for year in lived)
    missing = said - last.live - last.archived - last.moved
    found = [
        Figure("files, at most", said, max(year.disk for year in lived) / 1e6, "MB", budget),
        Figure("memory, at most", said, memory / 1e6, "MB", budget),
        Figure("search, beside a fresh store", said, max(y.ratio for y in lived), "times", SLOWER),
        Figure("reinforced, not found", said, lost, "", 0),
        Figure("turns unaccounted for", said, missing, "", 0),
        Figure("problems that check finds", said, max(y.problems for y in lived), "", 0),
    ]
    return [figure for figure in found if memory or figure.act != "memory, at most"]


class _Watch:
    """The largest that files and process were, looked at all the time from a thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.disk = self.memory = 0
        self.paused = False

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._stop.set()
        self._thread.join()

    def look(self) -> None:
        """Note how large both are now."""
        self.disk = max(self.disk, _disk(self._path))
        if not self.paused:
            self.memory = max(self.memory, resident())

    def year(self) -> tuple[int, int]:
        """The most on disk and in memory, and begin anew."""
        self.look()
        found = self.disk, self.memory
        self.disk = self.memory = 0
        return found

    def _run(self) -> None:
        while not self._stop.wait(_LOOK_SECONDS):
            self.look()


def resident() -> int:
    """The bytes of memory that this process takes; 0 where the system does not tell."""
    try:
        status = Path("/proc/self/status").read_text("ascii", "replace")
    except OSError:
        return 0
    return next(
        (int(line.split()[1]) * 1024 for line in status.splitlines() if line[:6] == "VmRSS:"), 0
    )


def _disk(path: Path) -> int:
    """The bytes of the file and of everything beside it that bears its name."""
    total = 0
    for one in path.parent.glob(f"{path.name}*"):
        try:
            total += one.stat().st_size
        except FileNotFoundError:  # a log or a cache that was replaced just now
            continue
    return total


@dataclass(slots=True)
class _Living:
    """One life in a folder."""

    life: Life
    folder: Path
    embedder: Embedder | str | None
    talk: Talk = field(init=False)
    draw: random.Random = field(init=False)
    moved: int = 0
    said: int = 0

    def __post_init__(self) -> None:
        life = self.life
        self.talk = Talk(life.turns_a_day, life.told_every, life.seed)
        self.draw = random.Random(life.seed + 1)  # noqa: S311

    def years(self, progress: Progress | None) -> Iterator[Year]:
        """See `live_on`."""
        policy = BudgetPolicy(self.life.live_bytes, unit="bytes", by=ImportancePolicy())
        path = self.folder / "years.mem"
        with (
            MemoryStore(path, embedder=self.embedder, forgetting=policy, extractors=[]) as store,
            _Watch(path) as watch,
        ):
            for day in range(self.life.days):
                self._day(store, day)
                if progress is not None:
                    progress(day + 1, self.life.days)
                if (day + 1) % YEAR < 1 or day + 1 == self.life.days:
                    yield self._year(store, watch, day)

    def _day(self, store: MemoryStore, day: int) -> None:
        scope, said = store.scope(user="carys"), list(self.talk.day(day))
        for _, session in groupby(said, key=itemgetter("session")):
            turns = list(session)
            scope.add(turns, now=turns[-1]["timestamp"])
        self.said += len(said)
        evening = BEGAN + timedelta(days=day, hours=15)
        self._ask(scope, evening)
        if day % _TENDED_DAYS == _TENDED_DAYS - 1 or day + 1 == self.life.days:
            store.maintain(now=evening)
            if _disk(self.folder / "years.mem") > _NEAR * self.life.budget:
                self._move_out(store, evening)

    def _ask(self, scope: Scope, now: datetime) -> None:
        """Ask for something that was told lately, and for something told at any time."""
        wanted = [one for one in self.talk.told if one.reinforced]
        fresh = [one for one in wanted[-_RECENT:] if not one.confirmed]
        for place in range(_ASKED_A_DAY):
            pool = fresh if place == 0 and fresh else wanted
            if pool:
                one = self.draw.choice(pool)
                hits = scope.search(one.question, CUT, now=now)
                if any(one.id in hit.sources for hit in hits):
                    scope.feedback(one.id, useful=True, now=now)
                    one.confirmed += 1

    def _move_out(self, store: MemoryStore, now: datetime) -> None:
        path = self.folder / "moved.jsonl"
        if store.compact(path, before=now + timedelta(seconds=1)):
            with path.open(encoding="utf-8") as lines:
                self.moved += sum('"kind": "turn"' in line for line in lines)
            path.unlink()  # somebody keeps it elsewhere

    def _year(self, store: MemoryStore, watch: _Watch, day: int) -> Year:
        scope = store.scope(user="carys")
        disk, memory = watch.year()
        live = list(scope.turns(archived=False))
        confirmed = [one for one in self.talk.told if one.confirmed]
        now = BEGAN + timedelta(days=day, hours=16)
        found = sum(
            any(one.id in hit.sources for hit in scope.trace(one.question, CUT, now=now).hits)
            for one in confirmed
        )
        watch.paused = True
        here, fresh = self._race(scope, live)
        gc.collect()
        watch.paused = False
        counts = store.stats()
        return Year(
            round((day + 1) / YEAR, 2), self.said, len(live), counts["turns"] - len(live),
            self.moved, disk, memory, here, fresh, len(confirmed), found,
            len(store.check().problems),
        )  # fmt: skip

    def _race(self, scope: Scope, live: list[Turn]) -> tuple[float, float]:
        """Median milliseconds of the processor here and in a fresh store, asked in turn.

        Each first as often, and the quickest of some turns. By the clock, whatever else the machine
        has to do counts as well, for the one or the other.
        """
        asked = [one.question for one in self.talk.told] or ["Where is the boat?"]
        questions = self.draw.choices(asked, k=_RACES)
        path = self.folder / "fresh.mem"
        with MemoryStore(path, embedder=self.embedder, extractors=[]) as store:
            fresh = store.scope(user="carys")
            fresh.add([_message(turn) for turn in live])
            times: dict[Scope, list[float]] = {scope: [], fresh: []}
            for one in times:
                one.search(asked[0])
            for question in questions:
                taken: dict[Scope, list[float]] = {scope: [], fresh: []}
                for turn in range(_TURNS):
                    for one in (scope, fresh) if turn % 2 else (fresh, scope):
                        began = time.process_time()
                        one.search(question)
                        taken[one].append(time.process_time() - began)
                for one in times:
                    times[one].append(min(taken[one]))
        for beside in self.folder.glob("fresh.mem*"):
            beside.unlink()
        return float(np.median(times[scope])) * 1000, float(np.median(times[fresh])) * 1000


def _message(turn: Turn) -> dict[str, Any]:
    return {
        "id": turn.id, "content": turn.text, "name": turn.speaker, "session": turn.session,
        "timestamp": turn.when,
    }  # fmt: skip
