"""Names of data sets to what reads them."""

from __future__ import annotations

import dataclasses
import difflib
from pathlib import Path
from typing import Final

from memkit.errors import InvalidInput
from memkit.evals import (
    beam,
    consolidation,
    lines,
    locomo,
    longmemeval,
    memdaily,
    passages,
    realmembench,
)
from memkit.evals.data import Dataset, Loader

BUNDLED: Final = "harbour"

LOADERS: Final[dict[str, tuple[Loader, str]]] = {
    "jsonl": (lines.load, lines.EXPECTED),
    "locomo": (locomo.load, locomo.EXPECTED),
    "longmemeval": (longmemeval.load, longmemeval.EXPECTED),
    "beam": (beam.load, beam.EXPECTED),
    "realmembench": (realmembench.load, realmembench.EXPECTED),
    "hotpotqa": (passages.load, passages.EXPECTED),
    "hotpotqa-pooled": (passages.load_pooled, passages.EXPECTED),
    "2wiki": (passages.load, passages.EXPECTED),
    "2wiki-pooled": (passages.load_pooled, passages.EXPECTED),
    "musique": (passages.load, passages.EXPECTED),
    "fact_consolidation": (consolidation.load, consolidation.EXPECTED),
    "memdaily": (memdaily.load, memdaily.EXPECTED),
    "memdaily-pooled": (memdaily.load_pooled, memdaily.EXPECTED),
}
"""Each name's loader and what it expects at the path; the bundled set needs no path."""


def load(name: str, path: Path | None = None) -> Dataset:
    """The data set of that name, read from `path`; the bundled one takes none."""
    if name == BUNDLED:
        return lines.bundled() if path is None else lines.load(path)
    if name not in LOADERS:
        names = [BUNDLED, *LOADERS]
        close = difflib.get_close_matches(name, names, n=1)
        hint = f" Did you mean {close[0]!r}?" if close else ""
        raise InvalidInput(f"No data set {name!r}; there are {', '.join(names)}.{hint}")
    loader, expected = LOADERS[name]
    if path is None:
        raise InvalidInput(f"{name} comes without data; give the path of {expected}.")
    dataset = loader(path)
    return dataset if name == "jsonl" else dataclasses.replace(dataset, name=name)
