"""A ledger that lives as long as its object: for a door used without a store."""

from __future__ import annotations

import threading

from memkit.models import Spending


def total(one: Spending, more: Spending) -> Spending:
    """Both together."""
    return Spending(
        one.calls + more.calls,
        one.prompt_tokens + more.prompt_tokens,
        one.completion_tokens + more.completion_tokens,
        one.cost + more.cost,
    )


def less(one: Spending, taken: Spending) -> Spending:
    """What is left of one without the other; may be below zero, to correct an account."""
    return total(one, Spending(
        -taken.calls, -taken.prompt_tokens, -taken.completion_tokens, -taken.cost
    ))  # fmt: skip


class MemoryLedger:
    """Replies and counters in memory; keeps the contract of `memkit.contracts.Ledger`."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._replies: dict[bytes, str] = {}
        self._spent: dict[str, Spending] = {}

    def reply(self, key: bytes) -> str | None:
        """The reply kept under this key."""
        with self._mutex:
            return self._replies.get(key)

    def keep(self, key: bytes, reply: str) -> None:
        """Keep a reply under a key."""
        with self._mutex:
            self._replies[key] = reply

    def spent(self) -> Spending:
        """What has been spent on all models."""
        with self._mutex:
            sums = Spending()
            for one in self._spent.values():
                sums = total(sums, one)
            return sums

    def spend(self, model: str, more: Spending) -> None:
        """Add to what a model has cost."""
        with self._mutex:
            self._spent[model] = total(self._spent.get(model, Spending()), more)

    def by_model(self) -> dict[str, Spending]:
        """What has been spent on each model."""
        with self._mutex:
            return dict(self._spent)
