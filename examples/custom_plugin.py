"""Classes of your own, used by object: nothing to register, nothing to install.

Run it: python examples/custom_plugin.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import ClassVar

import numpy as np

from memkit import Memory, MemoryStore, Source, Turn, Verdict
from memkit.contracts import Extractor, ForgettingPolicy, Query, Ranking, Record, Retriever, View

CONVERSATION = [
    {"name": "Ana", "timestamp": "2023-02-01", "content": "I live in Porto. I like the river."},
    {"name": "Rui", "timestamp": "2023-02-01", "content": "Good morning!"},
    {"name": "Ana", "timestamp": "2024-03-05", "content": "I moved. I live in Lisbon now."},
    {"name": "Rui", "timestamp": "2024-03-05", "content": "I like Lisbon. How is the harbour?"},
]


class StatementExtractor(Extractor):
    """Sentences in which someone says something of themselves."""

    name: ClassVar[str] = "statements"
    pattern = re.compile(r"\bI (?:live|like|love|work|moved)\b[^.!?]*[.!?]")

    def extract(self, turns: Sequence[Turn]) -> Iterator[Memory]:
        for turn in turns:
            for found in self.pattern.finditer(turn.text):
                span = Source(turn.id, found.start(), found.end())
                yield Memory("statement", found.group(), (span,), speaker=turn.speaker)


class LatestFirst(Retriever):
    """Everything that shares a word with the question, the latest first."""

    name: ClassVar[str] = "latest-first"

    def retrieve(self, query: Query, view: View) -> Ranking:
        found = view.turns.search("keyword", query, view.turns.size).ordinals
        found = found[np.lexsort((found, -view.turns.when[found]))]
        scores = np.linspace(1.0, 0.5, len(found), dtype=np.float32)
        return Ranking(found, scores, {"latest": scores})


class ForgetGreetings(ForgettingPolicy):
    """Short turns are archived after a month; `undo` would bring them back."""

    name: ClassVar[str] = "greetings"

    def judge(self, records: Sequence[Record], now: datetime) -> list[Verdict]:
        return [
            Verdict(record.id, "archive", f"only {record.size} bytes, a month ago")
            if record.kind == "turn" and record.size < 20 and (now - record.created).days > 30
            else Verdict(record.id, "keep", "long or recent")
            for record in records
        ]


def main() -> None:
    with MemoryStore(
        ":memory:",
        extractors=[StatementExtractor()],
        retriever=LatestFirst(),
        forgetting=ForgetGreetings(),
    ) as store:
        ana = store.scope(user="ana")
        ana.add(CONVERSATION)
        report = store.maintain(now="2024-06-01")
        print(f"extracted {report.extracted['statements']} statements, archived {report.archived}")

        print("\nWhere does Ana live?")
        for hit in ana.search("Where does Ana live?", k=2):
            print(f"  {hit.when:%Y-%m-%d} {hit.speaker}: {hit.text}  {dict(hit.why)}")

        print("\nStatements, each with the words it rests on:")
        for hit in ana.search("live in Lisbon", filter={"kind": "statement"}):
            print(f"  {hit.speaker}: {hit.text}  from {hit.sources[0]}")

        print("\nWhy was the greeting not found?")
        print(f"  {ana.why_not('Good morning!', 't2').reason}")


if __name__ == "__main__":
    main()
