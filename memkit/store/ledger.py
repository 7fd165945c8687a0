"""Where extractors that call models keep replies, and what they spend."""

from __future__ import annotations

from dataclasses import astuple

from memkit.contracts import Ledger
from memkit.dates import to_micros
from memkit.models import Spending
from memkit.store.parts import Parts


class StoreLedger(Ledger):
    """Replies and spending in the store's own file, each in a transaction of its own.

    What was paid for survives a crash of whoever asked.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._asked: dict[bytes, str] = {}

    def reply(self, key: bytes) -> str | None:
        """The reply kept under this key."""
        with self._parts.storage.read() as rows:
            found = rows.replies.get(key)
            if found is None:
                self._asked[key] = rows.replies.cleared()
            return found

    def keep(self, key: bytes, reply: str) -> None:
        """Keep a reply under a key, unless something was erased while the model was asked."""
        at = to_micros(self._parts.now(None))
        with self._parts.storage.write() as rows:
            asked = self._asked.pop(key, None)
            if asked is None or asked == rows.replies.cleared():
                rows.replies.put(key, reply, at)

    def spent(self) -> Spending:
        """What has been spent by this file's extractors, in all."""
        with self._parts.storage.read() as rows:
            every = rows.expenses.all().values()
        return Spending(*(sum(column) for column in zip(*map(astuple, every), strict=True)))

    def spend(self, model: str, more: Spending) -> None:
        """Add to what a model has cost."""
        with self._parts.storage.write() as rows:
            rows.expenses.add(model, more)
