"""What is made of the hits of a question: an answer without a model, or a block for one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from memkit.models import Block, Hit, Reading
from memkit.store import packing, searching
from memkit.store.parts import Parts
from memkit.text import digest


def read(question: str, hits: list[Hit], owner: Mapping[str, str], now: datetime) -> Reading:
    """What the extractive reader makes of the hits."""
    from memkit.read import ExtractiveReader  # at first use: it brings the grammars of time

    return ExtractiveReader().read(question, hits, now=now, owner=owner.get("user"))


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
