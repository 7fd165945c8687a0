"""memkit: the embedded memory engine for agents.

One import, one file, no server, no key, no network, no model.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from memkit.adapters.wrapping import wrap
    from memkit.errors import EmbedderMismatch, MemkitError
    from memkit.models import Block, Hit, Link, Memory, Receipt, Source, Trace, Turn, Verdict
    from memkit.registry import register
    from memkit.store import MemoryStore, Scope

_HOMES = {
    "MemoryStore": "memkit.store",
    "Scope": "memkit.store",
    "register": "memkit.registry",
    "wrap": "memkit.adapters.wrapping",
    "EmbedderMismatch": "memkit.errors",
    "MemkitError": "memkit.errors",
    **dict.fromkeys(
        ("Block", "Hit", "Link", "Memory", "Receipt", "Source", "Trace", "Turn", "Verdict"),
        "memkit.models",
    ),
}

__all__ = [
    "Block",
    "EmbedderMismatch",
    "Hit",
    "Link",
    "MemkitError",
    "Memory",
    "MemoryStore",
    "Receipt",
    "Scope",
    "Source",
    "Trace",
    "Turn",
    "Verdict",
    "register",
    "wrap",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("memkit-sdk")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'memkit' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
