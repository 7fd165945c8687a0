"""The first five minutes: store a chat, ask it, see why, forget and undo, erase.

Run it: python examples/quickstart.py
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from memkit import MemoryStore, Scope

CHAT = [
    {
        "name": "Ana", "role": "user", "session": "spring", "timestamp": "2024-03-02T18:30",
        "content": "I moved from Porto to Lisbon in March.",
    },
    {
        "name": "Bot", "role": "assistant", "session": "spring", "timestamp": "2024-03-02T18:31",
        "content": "How do you like the new flat?",
    },
    {
        "name": "Ana", "role": "user", "session": "spring", "timestamp": "2024-03-02T18:32",
        "content": "It is small, but the kitchen looks out on the river.",
    },
    {
        "name": "Ana", "role": "user", "session": "summer", "timestamp": "2024-07-11T09:00",
        "content": "My cat is called Bica. The vet says she must lose a kilo.",
    },
]  # fmt: skip


def ask(scope: Scope, query: str) -> None:
    print(f"\n{query}")
    for hit in scope.search(query, k=2):
        reasons = sorted(hit.why.items(), key=lambda pair: -pair[1])[:3]
        named = ", ".join(f"{name} {value:+.1f}" for name, value in reasons)
        print(f"  {hit.score:.2f} [{hit.id}] {hit.text}  ({named})")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, MemoryStore(Path(folder) / "ana.mem") as store:
        ana = store.scope(user="ana")
        turns = ana.add(CHAT)
        print(f"stored {len(turns)} turns: {', '.join(turn.id for turn in turns)}")

        ask(ana, "Which city did Ana move to?")
        ask(ana, "What did the vet say about the cat?")

        print("\nFor a prompt:")
        print(ana.context("What did the vet say about the cat?", budget=150))

        entry = ana.forget(turns[2], reason="she moved again")
        print(f"\nforgotten: {ana.why_not('What can Ana see from her kitchen?', 't3').reason}")
        ana.undo(entry.id)
        print(f"back again: {ana.search('What can Ana see from her kitchen?', k=1)[0].text}")

        receipt = ana.erase("t4")
        print(f"\nerased {receipt.turns} turn, verified: {receipt.verified}")
        print(f"check: {'ok' if store.check().ok else 'problems'}")


if __name__ == "__main__":
    main()
