"""Eval reports: HTML pages and per-question files of one folder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from memkit.errors import InvalidInput, NotFound
from memkit.evals.data import read_lines
from memkit.models import plain
from memkit.ui.answers import Asked, needed

POLICY: Final = (
    "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; "
    "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""A report brings its own script and style. It runs as a site of its own: it reaches nothing, not
even the page that opened it."""

_KINDS: Final = {".html": "page", ".jsonl": "questions"}
_EXPECTED: Final = "the JSON lines that `memkit eval run --json` writes"
_SHOWN: Final = 2000
_HITS: Final = 5


def listing(folder: Path | None) -> Any:
    """`{"folder", "files"}`, a file with `name`, `kind` (`page`, `questions`), `bytes`, `when`."""
    return {
        "folder": str(folder) if folder is not None else None,
        "files": [
            {"name": path.name, "kind": _KINDS[path.suffix], "bytes": path.stat().st_size,
             "when": plain(datetime.fromtimestamp(path.stat().st_mtime, UTC))}
            for path in _files(folder)
        ],
    }  # fmt: skip


def find(folder: Path | None, name: str) -> Path:
    """The file of that name among those that are listed; raises `NotFound` for anything else."""
    for path in _files(folder):
        if path.name == name:
            return path
    raise NotFound(f"There is no report {name!r}.")


def questions(folder: Path | None, asked: Asked) -> Any:
    """`{"run", "main", "retrievers", "questions", "more"}` of a per-question file.

    Each question has `text`, `gold`, `category`, and by retriever its `measure` and first `hits`.
    """
    path = find(folder, needed(asked, "name"))
    lines = [line for _, line in read_lines(path, _EXPECTED)]
    if not lines or lines[0].get("type") != "run":
        raise InvalidInput(f"{path.name} has no header; expected {_EXPECTED}.")
    head, rows = lines[0], [line for line in lines[1:] if line.get("type") == "question"]
    main = str(head.get("main", ""))
    return {
        "run": {key: head.get(key) for key in ("dataset", "questions", "embedder", "memkit")},
        "main": main,
        "retrievers": list(head.get("retrievers", ())),
        "means": _means(rows, main),
        "questions": [_question(row, main) for row in rows[:_SHOWN]],
        "more": max(0, len(rows) - _SHOWN),
    }


def _files(folder: Path | None) -> list[Path]:
    """Files of the folder itself; a link may lead anywhere, so none is followed."""
    if folder is None or not folder.is_dir():
        return []
    return sorted(
        path for path in folder.iterdir()
        if path.suffix in _KINDS and path.is_file() and not path.is_symlink()
    )  # fmt: skip


def _means(rows: list[Mapping[str, Any]], main: str) -> dict[str, float]:
    """The mean of the main measure for each retriever, over the questions that have it."""
    found: dict[str, list[float]] = {}
    for row in rows:
        for name, result in row.get("results", {}).items():
            if isinstance(result.get("measures", {}).get(main), (int, float)):
                found.setdefault(name, []).append(result["measures"][main])
    return {name: sum(values) / len(values) for name, values in found.items()}


def _question(row: Mapping[str, Any], main: str) -> dict[str, Any]:
    return {
        "id": f"{row.get('conversation', '')} {row.get('question', '')}".strip(),
        **{key: row.get(key) for key in ("text", "gold", "category", "evidence")},
        "results": {
            name: {
                "measure": result.get("measures", {}).get(main),
                "hits": (result.get("hits") or [])[:_HITS],
                "answer": result.get("answer"),
            }
            for name, result in row.get("results", {}).items()
        },
    }
