"""Vectors that an adapter keeps beside its documents, and their cosine with a query's."""

from __future__ import annotations

import base64
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from memkit.errors import InvalidVector
from memkit.types import Floats

Name = TypeVar("Name", bound=Hashable)


@dataclass
class Vectors:
    """What an embedder made of the texts and queries of one call."""

    documents: dict[str, Sequence[float]] = field(default_factory=dict)
    queries: dict[str, Sequence[float]] = field(default_factory=dict)


def packed(vectors: Sequence[Sequence[float]]) -> dict[str, Any]:
    """Vectors as JSON: their number and their components, float32 little-endian in base 64."""
    rows = np.asarray(vectors, dtype="<f4")
    if rows.ndim != 2 or not rows.shape[1] or not np.isfinite(rows).all():
        raise InvalidVector(
            f"The embedder of this index returned shape {rows.shape} or numbers that are not "
            "finite; expected one row of numbers for each text. Nothing was stored."
        )
    return {"rows": len(rows), "data": base64.b64encode(rows.tobytes()).decode("ascii")}


def kept(stored: dict[str, Any]) -> Floats:
    """The vectors again, float32 [rows, dim]."""
    data = np.frombuffer(base64.b64decode(stored["data"]), dtype="<f4")
    return data.reshape(stored["rows"], -1)


def best_cosine(query: Sequence[float], named: Iterable[tuple[Name, Floats]]) -> dict[Name, float]:
    """The highest cosine among the vectors of each name; 0 for a vector without length."""
    asked = np.asarray(query, dtype=np.float32)
    scores: dict[Name, float] = {}
    for name, rows in named:
        if rows.shape[1] != len(asked):
            raise InvalidVector(
                f"The query's vector has {len(asked)} components, an item's has {rows.shape[1]}: "
                "they come from different embedders. Put the items again with this one."
            )
        lengths = np.linalg.norm(rows, axis=1) * np.linalg.norm(asked)
        products = rows @ asked
        scores[name] = float(
            np.max(np.where(lengths > 0, products / np.where(lengths, lengths, 1), 0))
        )
    return scores
