"""One of many processes over one file: adds, searches, and complains of anything unexpected.

Usage: worker.py PATH NUMBER SECONDS. Prints the ids it added, one JSON list, at the end.
"""

from __future__ import annotations

import json
import random
import sys
import time

from memkit.embed.hashing import HashingEmbedder
from memkit.store import MemoryStore, snapshots

SCOPES = 3
vars(snapshots)["LEAST_RECORDS"] = 8  # so that these small stores have some


def work(
    store: MemoryStore, number: str, rng: random.Random, added: dict[str, list[str]], end: float
) -> None:
    """Add and search with one open store."""
    while time.monotonic() < end:
        owner = f"user{rng.randrange(SCOPES)}"
        scope = store.scope(user=owner)
        mine = added.setdefault(owner, [])
        names = [f"p{number}-{owner}-{len(mine) + n}" for n in range(rng.choice([1, 1, 1, 6]))]
        scope.add([{"id": name, "content": f"word{name.replace('-', '')} tea"} for name in names])
        mine += names
        asked = rng.choice(mine)
        hits = scope.search(f"word{asked.replace('-', '')}", k=3)
        assert hits[0].id == asked, f"{asked} is not found by its writer: {hits}"
        if rng.random() < 0.03:
            entry = scope.forget(asked)
            assert all(hit.id != asked for hit in scope.search("tea", k=50))
            scope.undo(entry.id)
        if rng.random() < 0.02:
            assert scope.get(asked).text
            assert scope.context("tea", budget=200).tokens <= 200


def main(path: str, number: str, seconds: str) -> None:
    """Open, add and search until the time is over; any error ends the process with a traceback."""
    rng = random.Random(int(number))
    added: dict[str, list[str]] = {}
    end = time.monotonic() + float(seconds)
    while time.monotonic() < end:
        with MemoryStore(path, embedder=HashingEmbedder(16)) as store:
            work(store, number, rng, added, min(end, time.monotonic() + 2.0))
    print(json.dumps(added))


if __name__ == "__main__":
    main(*sys.argv[1:])
