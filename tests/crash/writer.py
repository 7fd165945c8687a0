"""The process that is killed: does one kind of act over and over, and says what was acknowledged.

Usage: writer.py PATH ACT SEED. Prints one word per acknowledged record, after the act returned.
"""

from __future__ import annotations

import itertools
import random
import sys
import zlib
from collections.abc import Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from memkit.contracts import Extractor
from memkit.embed.hashing import HashingEmbedder
from memkit.index.association import AssociationIndex
from memkit.index.hierarchy import HierarchyIndex
from memkit.index.hnsw import HNSWIndex
from memkit.index.keyword import KeywordIndex
from memkit.index.layer import IndexerFactory
from memkit.index.vector import VectorIndex
from memkit.models import Memory, Source, Turn
from memkit.store import MemoryStore, Scope, snapshots

BATCH = 5
LEAST_RECORDS = 8
"""So few that these small stores have snapshots."""


class Firsts(Extractor):
    """The first word of each turn, each the next value of one slot."""

    name = "firsts"
    batch = 7

    def extract(self, turns: Sequence[Turn]) -> Iterator[Memory]:
        """One claim per turn."""
        for turn in turns:
            end = turn.text.index(" ")
            claim = {"subject": "lighthouse", "attribute": "keeper", "value": turn.text[:end]}
            yield Memory("triple", turn.text[:end], (Source(turn.id, 0, end),), metadata=claim)


def indexers(path: str) -> list[IndexerFactory]:
    """By the file's name one of the vector indexes, its bound so low that these stores pass it.

    Every second file has an association graph besides.
    """
    kinds: list[IndexerFactory] = [partial(VectorIndex, components=1280), HierarchyIndex]
    if find_spec("hnswlib") is not None:
        kinds.append(partial(HNSWIndex, exact_below=10))
    drawn = zlib.crc32(Path(path).name.encode())
    graphs: list[IndexerFactory] = [AssociationIndex] if drawn >> 8 & 1 else []
    return [KeywordIndex, kinds[drawn % len(kinds)], *graphs]


def opened(path: str) -> MemoryStore:
    """The store as the writer and the test both open it."""
    embedder, extractors = HashingEmbedder(128), [Firsts()]
    return MemoryStore(path, embedder=embedder, extractors=extractors, indexers=indexers(path))


def text_of(name: str) -> str:
    """What a record of that name says: enough to spill over a page now and then."""
    return f"{name} " + "lighthouse keeper " * (random.Random(name).randrange(300))


def say(*words: str) -> None:
    """Acknowledge, in one system call."""
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def add(ana: Scope, fresh: Iterator[str], rng: random.Random) -> None:
    """One turn, or a batch of five."""
    names = list(itertools.islice(fresh, rng.choice([1, 1, BATCH])))
    ana.add([{"id": name, "content": text_of(name), "session": names[0]} for name in names])
    say(*names)


def main(path: str, act: str, seed: str) -> None:
    """Write until killed."""
    vars(snapshots)["LEAST_RECORDS"] = LEAST_RECORDS
    rng = random.Random(seed)
    fresh = (f"{act}-{seed}-{number}" for number in itertools.count())
    if act == "create":
        opened(path).scope(user="ana").add({"id": "first", "content": "the first"})
        say("first")
        return
    store = opened(path)
    ana = store.scope(user="ana")
    say("ready")
    while True:
        add(ana, fresh, rng)
        if act == "erase":
            oldest = next(ana.turns())
            say(f"erasing:{oldest.id}")
            ana.erase([oldest.id])
            say(f"erased:{oldest.id}")
        elif act == "maintain":
            ana.maintain()
        elif act == "reembed":
            store.reembed(HashingEmbedder(rng.choice([8, 12, 16, 20])))
        elif act == "import":
            store.import_(path + ".jsonl")
            say("imported")
        elif act == "undo":
            entry = ana.forget(filter={"kind": "turn"})
            ana.undo(entry.id)
        elif act == "reopen":
            ana.search("lighthouse")
            store.close()
            store = opened(path)
            ana = store.scope(user="ana")


if __name__ == "__main__":
    main(*sys.argv[1:])
