"""Names of data sets to what reads them."""

from __future__ import annotations

import dataclasses
import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from memkit.errors import InvalidInput
from memkit.evals import (
    babi,
    beam,
    consolidation,
    invented,
    lines,
    locomo,
    longmemeval,
    memdaily,
    passages,
    realmembench,
    realtalk,
)
from memkit.evals.data import Dataset, Loader

DEMO: Final = "harbour"
BUNDLED: Final = (DEMO, "tongues")
INVENTED: Final = "synth"

LOADERS: Final[dict[str, tuple[Loader, str]]] = {
    "jsonl": (lines.load, lines.EXPECTED),
    "locomo": (locomo.load, locomo.EXPECTED),
    "realtalk": (realtalk.load, realtalk.EXPECTED),
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
    "babi": (babi.load, babi.EXPECTED),
}
"""Each name's loader and what it expects at the path; the other sets need no path."""
NAMES: Final = (*BUNDLED, INVENTED, *LOADERS)
SOURCES: Final = {
    **dict.fromkeys(BUNDLED, "comes with memkit"),
    INVENTED: "made by memkit",
    "jsonl": "yours",
    "locomo": "github.com/snap-research/locomo, data/locomo10.json",
    "realtalk": "github.com/danny911kr/REALTALK, data/",
    "longmemeval": "github.com/xiaowu0162/LongMemEval",
    "beam": "github.com/mohammadtavakoli78/BEAM",
    "realmembench": "github.com/AvatarMemory/RealMemBench",
    "hotpotqa": "hotpotqa.github.io",
    "2wiki": "github.com/Alab-NII/2wikimultihop",
    "musique": "github.com/StonyBrookNLP/musique",
    "fact_consolidation": "huggingface.co/datasets/ai-hyz/MemoryAgentBench",
    "memdaily": "github.com/nuster1128/MemSim",
    "babi": "research.facebook.com/downloads/babi, tasks_1-20_v1-2/en",
}
"""Where each set is had."""


@dataclass(frozen=True, slots=True)
class Lives:
    """Which lives are invented: one world for each seed."""

    seeds: tuple[int, ...] = (1,)
    years: int = 2
    people: int = 5


def load(
    name: str, path: Path | None = None, *, corrections: Path | None = None,
    lives: Lives | None = None,
) -> Dataset:  # fmt: skip
    """The data set of that name, read from `path`; some of them take none.

    `corrections` is an audit of LoCoMo's key, `lives` are those that are invented.
    """
    if corrections is not None and name != "locomo":
        raise InvalidInput(f"Corrections are of locomo's key; {name} has none.")
    if lives is not None and name != INVENTED:
        raise InvalidInput(f"Seeds, years and people are of {INVENTED}; {name} is as it is.")
    if name in BUNDLED:
        return lines.bundled(name) if path is None else lines.load(path)
    if name == INVENTED:
        if path is not None:
            raise InvalidInput(f"{INVENTED} takes no path: it expects {invented.EXPECTED}.")
        chosen = lives or Lives()
        return invented.load(chosen.seeds, years=chosen.years, people=chosen.people)
    loader, expected = _loader(name)
    if path is None:
        raise InvalidInput(f"{name} comes without data; give the path of {expected}.")
    dataset = locomo.load(path, corrections) if name == "locomo" else loader(path)
    return dataset if name == "jsonl" else dataclasses.replace(dataset, name=name)


def source(name: str) -> str:
    """Where a set is had; of pooled sets, that of the set itself."""
    return SOURCES[name.removesuffix("-pooled")]


def _loader(name: str) -> tuple[Loader, str]:
    if name not in LOADERS:
        close = difflib.get_close_matches(name, NAMES, n=1)
        hint = f" Did you mean {close[0]!r}?" if close else ""
        raise InvalidInput(f"No data set {name!r}; there are {', '.join(NAMES)}.{hint}")
    return LOADERS[name]
