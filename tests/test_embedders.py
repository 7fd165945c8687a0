"""Embedders: static vectors from the wheel, hashing, and any function."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from memkit.embed import static
from memkit.embed.callable import CallableEmbedder
from memkit.embed.hashing import HashingEmbedder
from memkit.embed.static import StaticEmbedder
from memkit.errors import InvalidInput, InvalidVector, PluginError
from memkit.evals.years import resident
from memkit.types import Floats

_HOME = Path(__file__).parent.parent


def _cosine(left: Floats, right: Floats) -> float:
    return float(left @ right / (np.linalg.norm(left) * np.linalg.norm(right)))


def test_static_vectors_know_meaning() -> None:
    near, far, other = StaticEmbedder().embed(
        ["The cat sleeps on the sofa.", "A kitten naps on the couch.", "Interest rates rose."]
    )
    assert _cosine(near, far) > _cosine(near, other) + 0.2


def test_static_vectors_come_from_the_wheel_without_its_package() -> None:
    code = (
        "import sys\n"
        f"sys.path.insert(0, {str(_HOME)!r})\n"
        "from memkit.embed.static import StaticEmbedder\n"
        "assert StaticEmbedder().embed(['a cat']).any()\n"
        "print([m for m in ('wordllama', 'httpx', 'requests', 'huggingface_hub') "
        "if m in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8"
    )
    assert done.stdout.strip() == "[]"


def test_static_token_ids_are_not_padded_or_cut() -> None:
    short, long = StaticEmbedder().token_ids(["cat", "cat " * 3000])
    assert len(short) <= 2
    assert len(long) >= 3000


def test_static_texts_are_not_kept_in_memory() -> None:
    """The tokenizer would keep the last 10,000 texts, which takes 80 MB and is of no use."""
    embedder, texts = StaticEmbedder(), [f"{n} {'told at length ' * 8}" for n in range(6000)]
    embedder.token_ids(texts[:100])
    before = resident()
    for place in range(100, len(texts), 100):
        embedder.token_ids(texts[place : place + 100])
    assert resident() - before < 10e6


def test_static_ids_are_those_of_the_text_alone_without_a_start_marker() -> None:
    embedder = StaticEmbedder()
    first, second = embedder.token_ids(["cat", "cat dog"])
    assert first.tolist() == second.tolist()[: len(first)]
    assert 1 not in first.tolist()


def test_a_text_without_tokens_has_a_row_of_zeros() -> None:
    assert not StaticEmbedder().embed([""]).any()


def test_the_weights_are_read_once_by_any_number_of_threads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[int] = []
    original = static._read_wheel

    def counted() -> Any:
        read.append(1)
        return original()

    monkeypatch.setattr(static, "_read_wheel", counted)
    embedder = StaticEmbedder()
    threads = [threading.Thread(target=embedder.embed, args=(["cat"],)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read == [1]


def test_a_missing_wheel_is_reported_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(static, "find_spec", lambda name: None)
    with pytest.raises(PluginError, match="'wordllama', which is not installed"):
        StaticEmbedder().embed(["cat"])


def test_a_wheel_of_another_make_is_reported(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Spec:
        origin = str(tmp_path / "__init__.py")

    monkeypatch.setattr(static, "find_spec", lambda name: Spec)
    with pytest.raises(PluginError, match=r"does not hold tokenizers.*Install wordllama"):
        StaticEmbedder().embed(["cat"])


def test_opening_an_embedder_loads_nothing() -> None:
    assert StaticEmbedder()._loaded is None


def test_hashing_is_the_same_in_every_process() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(_HOME)!r})\n"
        "import hashlib\n"
        "from memkit.embed.hashing import HashingEmbedder\n"
        "rows = HashingEmbedder(64).embed(['I moved to Lisbon', 'Cafés 東京', ''])\n"
        "print(hashlib.sha256(rows.round(5).tobytes()).hexdigest())\n"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8",
            env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        ).stdout.strip()
        for seed in ("0", "42")
    }  # fmt: skip
    rows = HashingEmbedder(64).embed(["I moved to Lisbon", "Cafés 東京", ""])
    assert found == {hashlib.sha256(rows.round(5).tobytes()).hexdigest()}


def test_hashed_rows_are_unit_rows_and_a_text_without_words_has_none() -> None:
    rows = HashingEmbedder(32).embed(["one two", "?!"])
    assert np.linalg.norm(rows, axis=1).tolist() == pytest.approx([1.0, 0.0], abs=1e-6)


def test_hashing_forgives_spelling_and_endings() -> None:
    words = HashingEmbedder(512).embed(["harbours", "harbor", "kitchen", "harbour"])
    assert _cosine(words[0], words[3]) == pytest.approx(1.0, abs=1e-6)
    assert _cosine(words[1], words[3]) > _cosine(words[2], words[3]) + 0.2


def test_too_few_dimensions_are_refused() -> None:
    with pytest.raises(InvalidInput, match="at least 8"):
        HashingEmbedder(7)


def test_the_dimension_is_part_of_the_identity() -> None:
    assert HashingEmbedder(64).identity != HashingEmbedder(128).identity


def _constant(rows: Any) -> Callable[[Sequence[str]], Any]:
    def embed(texts: Sequence[str]) -> Any:
        return [rows for _ in texts]

    return embed


class Model:
    """A callable object."""

    def __call__(self, texts: Sequence[str]) -> Any:
        return np.ones((len(texts), 5))


@pytest.mark.parametrize(
    "function",
    [Model(), _constant([1, 2, 3]), _constant((0.5, 0.5)), lambda texts: np.eye(len(texts), 4)],
)
def test_any_function_from_texts_to_rows_is_an_embedder(function: Callable[..., Any]) -> None:
    embedder = CallableEmbedder(function)
    rows = embedder.embed_checked(["a", "b"])
    assert rows.dtype == np.float32
    assert rows.shape == (2, embedder.dim)
    assert embedder.identity.startswith("callable:") and embedder.identity.endswith(
        f":{embedder.dim}"
    )


def test_a_function_can_be_given_an_identity() -> None:
    assert CallableEmbedder(Model(), "model-3").identity == "model-3"


def test_the_function_is_not_asked_about_nothing() -> None:
    asked: list[int] = []

    def embed(texts: Sequence[str]) -> Any:
        asked.append(len(texts))
        return np.ones((len(texts), 2))

    assert CallableEmbedder(embed).embed([]).shape == (0, 2)
    assert asked == [1]


@pytest.mark.parametrize(
    "function",
    [
        _constant([]), lambda texts: [1.0, 2.0], lambda texts: np.ones((3, 4)), _constant("text"),
        lambda texts: None, lambda texts: [[1.0], [1.0, 2.0]],
    ],
)  # fmt: skip
def test_a_function_that_gives_no_rows_is_refused_at_once(function: Callable[..., Any]) -> None:
    with pytest.raises(InvalidVector, match="The embedder"):
        CallableEmbedder(function)


def test_an_error_of_the_function_itself_reaches_the_caller() -> None:
    def offline(texts: Iterable[str]) -> Any:
        raise ConnectionError("no network")

    with pytest.raises(ConnectionError, match="no network"):
        CallableEmbedder(offline)
