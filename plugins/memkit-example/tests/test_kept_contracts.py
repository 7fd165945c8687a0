"""Every class keeps its contract: this is all the testing of contracts that a plug-in needs."""

from __future__ import annotations

import memkit_example as example
import pytest

from memkit import testing

_CLASSES = {
    "embedders": example.SoundEmbedder,
    "extractors": example.ContactExtractor,
    "indexers": example.PhraseIndex,
    "retrievers": example.FreshRetriever,
    "forgetting": example.UnusedPolicy,
    "gates": example.PleasantryGate,
    "consolidators": example.MergeConsolidator,
    "rerankers": example.DiverseReranker,
    "recipes": example.AddressBook,
}


@pytest.mark.parametrize("kind", _CLASSES)
def test_the_class_keeps_its_contract(kind: str) -> None:
    testing.check(kind, _CLASSES[kind])
