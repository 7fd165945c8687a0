"""Conformance kits: does a class keep every sentence of its contract?

A kit is a function that takes a way to make the object and raises `BrokenRule`, an
`AssertionError` that names the rule, at the first sentence that does not hold:

    from memkit.testing import check_retriever

    def test_my_retriever_keeps_the_contract() -> None:
        check_retriever(MyRetriever)

The kits need no test framework, no network and no files of yours; the built-in classes run
through the same ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from memkit.testing.consolidators import check_consolidator
from memkit.testing.embedders import check_embedder
from memkit.testing.extractors import check_extractor
from memkit.testing.forgetting import check_forgetting
from memkit.testing.gates import check_gate
from memkit.testing.indexers import check_indexer
from memkit.testing.recipes import check_recipe
from memkit.testing.rerankers import check_reranker
from memkit.testing.retrievers import check_retriever
from memkit.testing.rules import BrokenRule
from memkit.testing.storages import check_storage

KITS: Final[Mapping[str, Callable[..., None]]] = {
    "embedders": check_embedder,
    "extractors": check_extractor,
    "indexers": check_indexer,
    "retrievers": check_retriever,
    "forgetting": check_forgetting,
    "gates": check_gate,
    "consolidators": check_consolidator,
    "rerankers": check_reranker,
    "storages": check_storage,
    "recipes": check_recipe,
}
"""The kit of each kind of plug-in."""


def check(kind: str, make: Callable[..., Any]) -> None:
    """Run the kit of that kind, as `memkit.registry.KINDS` names them."""
    KITS[kind](make)


__all__ = [
    "KITS",
    "BrokenRule",
    "check",
    "check_consolidator",
    "check_embedder",
    "check_extractor",
    "check_forgetting",
    "check_gate",
    "check_indexer",
    "check_recipe",
    "check_reranker",
    "check_retriever",
    "check_storage",
]
