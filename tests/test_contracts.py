"""What stands on the contracts' bases, and what they refuse."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Sequence

import numpy as np
import pytest

from memkit import contracts
from memkit.contracts import ChangeSet, Embedder, Role, TokenEmbedder
from memkit.errors import InvalidInput, InvalidVector
from memkit.registry import KINDS
from memkit.types import Floats, Ints


class Giving(Embedder):
    """Returns whatever it was made with."""

    identity = "giving"
    dim = 3

    def __init__(self, rows: object) -> None:
        self.rows = rows

    def embed(self, texts: Sequence[str], role: Role = "document") -> Floats:
        return self.rows  # type: ignore[return-value]


class Lengths(TokenEmbedder):
    """One token a word: its length."""

    identity = "lengths"
    dim = 2
    vocabulary = 100

    def token_ids(self, texts: Sequence[str]) -> list[Ints]:
        return [np.array([len(word) for word in text.split()], np.int64) for text in texts]

    def token_vectors(self, ids: Ints) -> Floats:
        return np.stack([ids, np.ones(len(ids))], axis=1).astype(np.float32)


def test_checked_rows_are_float32() -> None:
    rows = Giving([[1, 2, 3]]).embed_checked(["a"])
    assert rows.dtype == np.float32
    assert rows.tolist() == [[1.0, 2.0, 3.0]]


@pytest.mark.parametrize(
    "rows", [[[1.0, 2.0]], [[1.0, 2.0, 3.0], [1.0, 2.0, 3.0]], [1.0, 2.0, 3.0], [[[1.0, 2.0, 3.0]]]]
)
def test_a_wrong_shape_is_refused_with_both_shapes(rows: object) -> None:
    with pytest.raises(InvalidVector, match=r"expected \(1, 3\)\. Nothing was stored"):
        Giving(rows).embed_checked(["a"])


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -float("inf")])
def test_a_value_that_is_no_number_is_refused_naming_the_text(bad: float) -> None:
    with pytest.raises(InvalidVector, match="NaN or infinity for text 1 of 2"):
        Giving([[1.0, 2.0, 3.0], [1.0, bad, 3.0]]).embed_checked(["a", "b"])


def test_a_refused_vector_is_invalid_input_too() -> None:
    assert issubclass(InvalidVector, InvalidInput)
    assert issubclass(InvalidVector, ValueError)


def test_one_text_gives_one_vector() -> None:
    assert Giving([[1, 2, 3]]).embed_one("a").shape == (3,)


def test_a_token_embedder_outside_a_scope_gives_the_mean_of_its_tokens() -> None:
    rows = Lengths().embed(["a bb ccc", "", "dd"])
    assert rows.tolist() == [[2.0, 1.0], [0.0, 0.0], [2.0, 1.0]]
    assert rows.dtype == np.float32


def test_a_change_set_refuses_columns_of_different_length() -> None:
    two = np.zeros(2, np.int64)
    three = np.zeros(3, np.int64)
    good = ChangeSet(0, False, np.zeros(0, np.uint64), three, None, two, two)
    assert good.count == 2
    for offsets, sessions, previous in ((two, two, two), (three, two, three), (three, three, two)):
        with pytest.raises(ValueError, match="columns differ in length"):
            ChangeSet(0, False, np.zeros(0, np.uint64), offsets, None, sessions, previous)


@pytest.mark.parametrize("contract", KINDS.values(), ids=lambda contract: contract.__name__)
def test_a_contract_cannot_be_used_by_itself(contract: type) -> None:
    assert inspect.isabstract(contract)
    with pytest.raises(TypeError, match="abstract"):
        contract()


def test_a_strategy_has_one_method_to_write() -> None:
    """Indexes have two, since one that cannot be fed is none; the row store has four."""
    several = {"Indexer": 2, "Storage": 4}
    for contract in KINDS.values():
        expected = several.get(contract.__name__, 1)
        assert len(contract.__abstractmethods__) == expected  # type: ignore[attr-defined]


def test_everything_a_plug_in_author_needs_is_exported() -> None:
    pages = [
        importlib.import_module(f"{contracts.__name__}.{page.name}")
        for page in pkgutil.iter_modules(contracts.__path__)
    ]
    public = {
        name for page in pages for name, value in vars(page).items()
        if inspect.isclass(value) and value.__module__ == page.__name__ and name[0] != "_"
    }  # fmt: skip
    assert public
    assert public <= set(contracts.__all__)
    assert sorted(contracts.__all__) == sorted(name for page in pages for name in page.__all__)
    assert all(hasattr(contracts, name) for name in contracts.__all__)
