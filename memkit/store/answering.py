"""Answers composed from the hits of a question, without a model."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from memkit.models import Hit, Reading


def read(question: str, hits: list[Hit], owner: Mapping[str, str], now: datetime) -> Reading:
    """What the extractive reader makes of the hits."""
    from memkit.read import ExtractiveReader  # at first use: it brings the grammars of time

    return ExtractiveReader().read(question, hits, now=now, owner=owner.get("user"))
