"""The door to sentence-transformers, with a stand-in for that library."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

import numpy as np
import pytest
from memkit_minilm import SentenceTransformerEmbedder

from memkit import testing
from memkit.errors import InvalidInput, PluginError
from memkit.types import Floats


class Fake:
    """Counts letters; says what it was asked."""

    known: ClassVar[set[str]] = {"letters"}
    calls: ClassVar[list[dict[str, Any]]] = []
    max_seq_length = 99

    def __init__(self, model: str, **options: Any) -> None:
        if model not in self.known and not Path(model).is_dir() and options["local_files_only"]:
            raise OSError("nothing of that name is kept here")
        self.prompts: Mapping[str, str] = {"query": "query: "} if model == "letters" else {}

    def get_sentence_embedding_dimension(self) -> int:
        return 26

    def encode(self, texts: Sequence[str], *, prompt: str, **options: Any) -> Floats:
        self.calls.append({"prompt": prompt, **options})
        found = [[(prompt + text).count(chr(97 + i)) + 1.0 for i in range(26)] for text in texts]
        rows: Floats = np.array(found, dtype=np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows


@pytest.fixture(autouse=True)
def _library(monkeypatch: pytest.MonkeyPatch) -> None:
    library = ModuleType("sentence_transformers")
    library.SentenceTransformer = Fake  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sentence_transformers", library)
    Fake.calls.clear()


def test_it_keeps_the_contract() -> None:
    testing.check("embedders", partial(SentenceTransformerEmbedder, "letters"))


def test_the_models_own_prompts_are_used_unless_others_are_given() -> None:
    own = SentenceTransformerEmbedder("letters")
    own.embed(["a"], "query")
    own.embed(["a"], "document")
    given = SentenceTransformerEmbedder("letters", query_prompt="", document_prompt="text: ")
    given.embed(["a"], "query")
    given.embed(["a"], "document")
    assert [call["prompt"] for call in Fake.calls] == ["query: ", "", "", "text: "]
    assert own.identity == "sentence-transformers:letters:99:query='query: '"
    assert given.identity == "sentence-transformers:letters:99:document='text: '"


def test_rows_come_as_unit_vectors_without_a_bar() -> None:
    SentenceTransformerEmbedder("letters", batch_size=7).embed(["a"])
    call = Fake.calls[0]
    assert (call["normalize_embeddings"], call["show_progress_bar"]) == (True, False)
    assert call["batch_size"] == 7


def test_only_when_asked_it_goes_to_the_network() -> None:
    with pytest.raises(PluginError, match="download=True"):
        SentenceTransformerEmbedder("unknown")
    assert SentenceTransformerEmbedder("unknown", download=True).dim == 26


def test_a_folder_is_known_by_its_weights(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(b"one")
    first = SentenceTransformerEmbedder(folder).identity
    assert str(tmp_path) not in first
    moved = folder.rename(tmp_path / "moved")
    assert SentenceTransformerEmbedder(moved).identity == first
    (moved / "model.safetensors").write_bytes(b"two")
    assert SentenceTransformerEmbedder(moved).identity != first


def test_an_object_must_be_named() -> None:
    made = Fake("letters")
    with pytest.raises(InvalidInput, match="identity="):
        SentenceTransformerEmbedder(made)
    embedder = SentenceTransformerEmbedder(made, identity="letters-2")
    assert (embedder.identity, embedder.dim) == ("letters-2", 26)
    with pytest.raises(InvalidInput, match="no SentenceTransformer"):
        SentenceTransformerEmbedder(object(), identity="nothing")


def test_without_the_library_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(PluginError, match=r"memkit-minilm\[sentence-transformers\]"):
        SentenceTransformerEmbedder("letters")
