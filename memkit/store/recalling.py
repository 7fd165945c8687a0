"""What a chat is reminded of: `context`, for those who stand between an agent and its model."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from memkit.models import Block
from memkit.store import answering, packing, searching
from memkit.store.scope import Scope
from memkit.text import digest

LONGEST_QUERY: Final = 2000
"""Characters of a message that are looked for: its end, where questions stand."""


def recall(scope: Scope, query: str, budget: int, *, without: Collection[str] = ()) -> Block:
    """`Scope.context` for a chat: nothing that its messages (`without`) say already."""
    parts = scope._parts
    text = query.replace("\x00", " ").strip()[-LONGEST_QUERY:]
    asked = searching.ask(parts, text, packing.CANDIDATES, None, None, None, None)
    return answering.context(parts, scope._key, asked, budget, {digest(said) for said in without})
