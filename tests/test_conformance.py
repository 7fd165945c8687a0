"""The built-in classes go through the same kits as everyone's."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from memkit.embed.callable import CallableEmbedder
from memkit.errors import PluginError
from memkit.llm import LLM
from memkit.registry import BUILT_IN, KINDS, create
from memkit.storage.sqlite import SQLiteStorage
from memkit.testing import KITS, BrokenRule, check, check_embedder, check_storage
from memkit.testing.rules import Rule
from memkit.types import Floats

_NAMES = [(kind, name) for kind, table in BUILT_IN.items() for name in table if kind != "storages"]


_DOORS: dict[str, dict[str, Any]] = {
    "cross-encoder": {"score": lambda query, texts: [-len(text) for text in texts]},
    "llm-filter": {"keep": lambda query, texts: list(range(0, len(texts), 2))},
    **{
        name: {"llm": LLM(lambda prompt: '{"items": []}')}
        for name in BUILT_IN["extractors"]
        if name.startswith("llm-")
    },
}
"""What the doors for models are given in the place of one."""
_EXTRAS = {"hnsw": "hnswlib"}


@pytest.mark.parametrize(("kind", "name"), _NAMES)
def test_every_built_in_keeps_its_contract(kind: str, name: str) -> None:
    if name in _EXTRAS:
        pytest.importorskip(_EXTRAS[name])
    check(kind, partial(create, kind, name, **_DOORS.get(name, {})))


def test_the_row_store_keeps_its_contract() -> None:
    check_storage(lambda folder: SQLiteStorage(folder / "kit.mem"))
    assert list(BUILT_IN["storages"]) == ["sqlite"]


def test_a_function_becomes_an_embedder_that_keeps_the_contract() -> None:
    def lengths(texts: Sequence[str]) -> list[list[float]]:
        return [[len(text), text.count(" "), 1.0] for text in texts]

    check_embedder(lambda: CallableEmbedder(lengths))


def test_every_kind_of_plug_in_has_a_kit() -> None:
    assert list(KITS) == list(KINDS)


def test_a_broken_rule_is_named_with_what_was_found() -> None:
    def rows(texts: Sequence[str]) -> Floats:
        return np.full((len(texts), 3), np.nan if "" in texts else 1.0, dtype=np.float32)

    with pytest.raises(BrokenRule, match=r"every row is finite.*NaN or infinity") as caught:
        check_embedder(lambda: CallableEmbedder(rows))
    assert caught.value.rule == "every row is finite, for awkward texts too"
    assert isinstance(caught.value, AssertionError)


def test_an_error_inside_a_rule_is_kept_as_the_cause() -> None:
    with pytest.raises(BrokenRule, match="LookupError: nowhere") as caught, Rule("it can be read"):
        raise LookupError("nowhere")
    assert isinstance(caught.value.__cause__, LookupError)


def test_an_interruption_is_not_taken_for_a_broken_rule() -> None:
    with pytest.raises(KeyboardInterrupt), Rule("it can be read"):
        raise KeyboardInterrupt


def test_the_kits_need_no_test_framework() -> None:
    folder = Path(check.__code__.co_filename).parent
    for module in folder.glob("*.py"):
        assert "pytest" not in module.read_text(encoding="utf-8"), module.name


def test_a_kit_says_which_kinds_there_are() -> None:
    with pytest.raises(KeyError):
        check("wishes", object)
    with pytest.raises(PluginError):
        create("wishes", "any")
