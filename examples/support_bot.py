"""A support bot of two companies: customers apart, knowledge shared within a company, erasure.

Run it: python examples/support_bot.py
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from memkit import MemoryStore
from memkit.adapters.tools import tools


def answer(store: MemoryStore, tenant: str, customer: str, question: str) -> None:
    """What the bot may look at: this customer's own memory, and the company's manual."""
    own = store.scope(tenant=tenant, customer=customer)
    manual = store.scope(tenant=tenant, shared="manual")
    hits = store.search(question, k=2, scopes=[own, manual])
    print(f"{tenant}/{customer}: {question}")
    for hit in hits:
        print(f"  [{hit.id}] {hit.text}")
    own.add({"role": "user", "content": question, "session": "ticket-2"})


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "support.mem"
        with MemoryStore(path) as store:
            store.scope(tenant="acme", shared="manual").add(
                ["Routers are reset by holding the button for ten seconds.",
                 "Refunds are paid within five working days."]
            )  # fmt: skip
            store.scope(tenant="globex", shared="manual").add("Refunds are not possible.")
            ana = store.scope(tenant="acme", customer="ana")
            ana.add("My router is an RX-5. My card ends in 4242.")
            store.scope(tenant="acme", customer="ben").add("My router is an old RX-1.")

            answer(store, "acme", "ana", "How do I reset my router?")
            answer(store, "globex", "zoe", "When do I get my refund?")

            print("A model with tools sees the scope it was given, and cannot name another")
            print(f"  {tools(ana).call('recall', {'query': 'router', 'customer': 'ben'})}")

            print("Ana asks to be forgotten")
            receipt = ana.erase()
            print(f"  {receipt.turns} turns erased, verified: {receipt.verified}")
            print(f"  '4242' in the file: {b'4242' in path.read_bytes()}")
            print(f"  left: {[scope for scope in store.scopes() if 'customer' in scope]}")
            print(f"  check: {'ok' if store.check().ok else 'problems'}")


if __name__ == "__main__":
    main()
