"""What a recipe is: a published system as a composition of parts that already exist."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from memkit.contracts import (
    Consolidator,
    Extractor,
    ForgettingPolicy,
    Indexer,
    IntakeGate,
    Reranker,
    Retriever,
)


@dataclass(frozen=True, slots=True)
class Card:
    """What there is to know of a recipe before it is used; the docs are made of it.

    `paper` is the title, `source` where it is found (arXiv or venue), `known_for` what the system
    adds to plain retrieval. `kept` and `mended` say what of it is as published and what is not,
    with the reason; `model` what a language model does in it, and `without` what stands in.
    """

    paper: str
    source: str
    known_for: str
    kept: str
    mended: str
    model: str
    without: str


@dataclass(frozen=True, slots=True)
class Composition:
    """The parts a store is to be opened with; None is the store's own.

    Each field is the keyword of `MemoryStore` with that name.
    """

    indexers: Sequence[Callable[[], Indexer]] | None = None
    extractors: Sequence[Extractor] | None = None
    consolidators: Sequence[Consolidator] | None = None
    retriever: Retriever | None = None
    rerankers: Sequence[Reranker] | None = None
    forgetting: ForgettingPolicy | None = None
    gate: IntakeGate | None = None


class Recipe(ABC):
    """A named, documented composition with a published system's structure and parameters.

    Options of the system are keywords of the constructor, with the published values as defaults;
    all of them must have one. What a system does besides storing and searching, its own verbs, are
    methods that take a scope.
    """

    name: ClassVar[str]
    card: ClassVar[Card]

    @abstractmethod
    def compose(self) -> Composition:
        """Fresh parts for one store: they may keep state, and no two stores share them."""


def composed(recipe: Recipe | None, **given: Any) -> Composition:
    """A recipe's parts, with those that were given (the fields of `Composition`) in their place."""
    own = recipe.compose() if recipe is not None else Composition()
    chosen = {name: value for name, value in given.items() if value is not None}
    several = ("indexers", "extractors", "consolidators", "rerankers")
    for name in several:
        if name in chosen:
            chosen[name] = tuple(chosen[name])
    return replace(own, **chosen)
