"""The store: where the parts meet."""

from memkit.store.memory_store import MemoryStore
from memkit.store.scope import Scope

__all__ = ["MemoryStore", "Scope"]
