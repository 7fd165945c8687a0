"""`context`: what a search finds, packed for a prompt and noted as shown."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from memkit.models import Block
from memkit.store import packing, searching
from memkit.store.parts import Parts
from memkit.text import digest

if TYPE_CHECKING:
    from memkit.store.scope import Scope

LONGEST_QUERY: Final = 2000
"""Characters of a message that are looked for: its end, where questions stand."""


def context(
    parts: Parts, keys: str, asked: searching.Ask, budget: int, without: Collection[bytes] = ()
) -> Block:
    """A block of what is found, at most `budget` tokens; no text whose digest is in `without`."""
    found = searching.answer(parts, keys, asked)
    pairs = [
        (hit, record)
        for hit, record in zip(found.hits, found.records, strict=True)
        if not without or digest(hit.text) not in without
    ]
    block = packing.pack(asked.text, [hit for hit, _ in pairs], budget, parts.counter)
    chosen = {hit.id for hit in block.hits}
    parts.uses.note("shown", [record for hit, record in pairs if hit.id in chosen])
    return block


def recall(scope: Scope, query: str, budget: int, *, without: Collection[str] = ()) -> Block:
    """`Scope.context` for a chat: nothing that its messages (`without`) say already."""
    parts = scope._parts
    text = query.replace("\x00", " ").strip()[-LONGEST_QUERY:]
    asked = searching.ask(parts, text, packing.CANDIDATES, None, None, None, None)
    return context(parts, scope._key, asked, budget, {digest(said) for said in without})
