"""Recipes on the same conversations: what each finds, and what it takes to store and to ask."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from memkit.contracts import Embedder, Retriever
from memkit.evals.asking import UNDATED, Asking, Writing
from memkit.evals.data import Conversation, Dataset
from memkit.evals.outcomes import Outcome
from memkit.recipe import Recipe
from memkit.store import MemoryStore
from memkit.types import Progress

DEFAULT: Final = "(default)"
CONTEXT: Final = 1000
"""Tokens of the context whose evidence and size are measured."""

Makers = Mapping[str, Callable[[], Recipe]]


@dataclass
class Entry:
    """What became of one recipe, or of one baseline in the default's store.

    `seconds` are those of searches for ten hits; `calls` is how often a language model was asked.
    """

    name: str
    baseline: bool = False
    outcomes: list[Outcome] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    writing: Writing = field(default_factory=Writing)
    calls: int = 0


@dataclass(frozen=True, slots=True)
class Contest:
    """A data set, and what each conversation of it is stored and searched with."""

    dataset: Dataset
    recipes: Makers
    embedder: Embedder | None
    baselines: Mapping[str, Retriever]

    def run(self, progress: Progress | None = None) -> list[Entry]:
        """Every question of the default, the baselines, and each recipe, in this order.

        Each conversation has a file of its own for each recipe; the baselines read the default's.
        `progress` is called with (done, total), in answers.
        """
        entries = [Entry(DEFAULT), *(Entry(name, True) for name in self.baselines)]
        entries += [Entry(name) for name in self.recipes]
        total, done = self.dataset.questions * len(entries), 0
        shared = [entry for entry in entries if entry.name == DEFAULT or entry.baseline]
        for together in [shared, *([entry] for entry in entries if entry not in shared)]:
            for conversation in self.dataset.conversations:
                for _ in self._asked(conversation, together):
                    done += 1
                    if progress is not None:
                        progress(done, total)
        return entries

    def _asked(self, conversation: Conversation, entries: list[Entry]) -> Iterator[None]:
        """Every question to every entry; the first one's store is the one they read."""
        first = entries[0]
        with self._opened(first.name) as store:
            scope = store.scope(eval=self.dataset.name)
            asking = Asking(conversation, scope, (CONTEXT,))
            for question in sorted(conversation.questions, key=conversation.visible):
                asking.store_before(question)
                for entry in entries:
                    retriever = self.baselines[entry.name] if entry.baseline else None
                    answer = asking.ask(question, entry.name, retriever)
                    entry.outcomes.append(answer.outcome)
                    entry.seconds.append(answer.seconds)
                    yield
            stats = store.stats()
        asking.writing.bytes = stats["bytes"]
        first.writing.add(asking.writing)
        first.calls += sum(spent["calls"] for spent in stats["models"].values())

    @contextmanager
    def _opened(self, name: str) -> Iterator[MemoryStore]:
        recipe = None if name == DEFAULT else self.recipes[name]()
        with (
            tempfile.TemporaryDirectory(prefix="memkit-") as folder,
            MemoryStore(
                Path(folder) / "recipe.mem", embedder=self.embedder, recipe=recipe,
                clock=lambda: UNDATED,
            ) as store,
        ):  # fmt: skip
            yield store
