"""Per-question files as tests write them: a header, and what each retriever found."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


def question(
    number: int, results: Mapping[str, float | Mapping[str, Any]], *, conversation: str = "c1",
    category: str = "one", **more: Any,
) -> dict[str, Any]:  # fmt: skip
    """A line; of each retriever its recall@10, or all that it found."""
    found = {
        name: {"measures": {"turn.recall@10": given, "turn.mrr": given / 2}}
        if isinstance(given, (int, float)) else given
        for name, given in results.items()
    }  # fmt: skip
    return {
        "type": "question", "conversation": conversation, "question": f"q{number}",
        "category": category, "level": "turn", "text": f"What of {number}?", "gold": f"It {number}",
        "results": found, **more,
    }  # fmt: skip


def written(path: Path, lines: Sequence[Mapping[str, Any]], **config: Any) -> Path:
    """The file of a header with this configuration, and these questions."""
    named = dict.fromkeys((name for line in lines for name in line["results"]), "made.up:Class")
    header = {
        "type": "run", "format": 2, "dataset": "made", "data": "d1", "main": "turn.recall@10",
        "retrievers": named, "asked": list(named)[:1], "embedder": "static", "seeds": {}, **config,
    }  # fmt: skip
    path.write_text("".join(json.dumps(line) + "\n" for line in [header, *lines]), "utf-8")
    return path
