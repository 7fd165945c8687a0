"""The embedder keeps its contract, over a small model and, where it is installed, the real one."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
import tiny
from memkit_minilm import MiniLMEmbedder

from memkit import MemoryStore, testing


@pytest.mark.parametrize("threads", [1, 3])
def test_a_small_model_keeps_the_contract(tmp_path: Path, threads: int) -> None:
    folder = tiny.write(tmp_path / "tiny")
    testing.check("embedders", partial(MiniLMEmbedder, folder, threads=threads))


@tiny.needs_weights
def test_the_installed_model_keeps_the_contract() -> None:
    testing.check("embedders", MiniLMEmbedder)


@tiny.needs_weights
def test_a_store_finds_what_is_meant_by_it(tmp_path: Path) -> None:
    path = tmp_path / "ana.mem"
    with MemoryStore(path, embedder=MiniLMEmbedder()) as store:
        ana = store.scope(user="ana")
        ana.add(["A kitten naps on the couch.", "Interest rates rose.", "The shop was closed."])
        assert ana.search("cat asleep on the sofa")[0].sources == ("t1",)
    with MemoryStore(path, embedder=MiniLMEmbedder()) as store:
        assert store.scope(user="ana").search("Are loans more expensive now?")[0].sources == ("t2",)
