"""The kit for embedders, those of fixed token vectors included."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, get_args

import numpy as np

from memkit.contracts import Embedder, Role, TokenEmbedder
from memkit.testing.rules import Rule, require_whole_number
from memkit.testing.samples import conversation
from memkit.types import Floats

_AWKWARD: Final = ("", " ", "\n\n", "a", "?!", "\U0001f600", "e\u0301 \u00e9", "x" * 5000)
_CLOSE: Final = 1e-4
"""Batching may change the last digits of a model's arithmetic, no more."""


def check_embedder(make: Callable[[], Embedder]) -> None:
    """Raise `BrokenRule` unless what `make` gives keeps the contract of `Embedder`."""
    embedder = make()
    _check_declarations(embedder, make)
    texts = [turn.text for turn in conversation()]
    for role in get_args(Role):
        _check_rows(embedder, texts, role)
        _check_batches(embedder, texts, role)
    _check_repeatable(embedder, make, texts)
    if isinstance(embedder, TokenEmbedder):
        _check_tokens(embedder, [*texts, *_AWKWARD])


def _check_declarations(embedder: Embedder, make: Callable[[], Embedder]) -> None:
    with Rule("`identity` is text that names the model"):
        assert isinstance(embedder.identity, str), f"identity is {embedder.identity!r}"
        assert embedder.identity.strip(), "identity is empty"
    require_whole_number(embedder, "dim")
    with Rule("two embedders made alike have the same identity and dimension"):
        other = make()
        assert (other.identity, other.dim) == (embedder.identity, embedder.dim), (
            f"{embedder.identity!r}, {embedder.dim} and {other.identity!r}, {other.dim}"
        )


def _check_rows(embedder: Embedder, texts: Sequence[str], role: Role) -> None:
    with Rule("a batch gives one float32 row of `dim` components per text"):
        _require_shape(embedder.embed(texts, role), len(texts), embedder.dim)
    with Rule("an empty batch gives float32 [0, dim]"):
        _require_shape(embedder.embed([], role), 0, embedder.dim)
    with Rule("every row is finite, for awkward texts too"):
        rows = embedder.embed(list(_AWKWARD), role)
        _require_shape(rows, len(_AWKWARD), embedder.dim)
        bad = [text[:20] for text, row in zip(_AWKWARD, rows, strict=True)
               if not np.isfinite(row).all()]  # fmt: skip
        assert not bad, f"NaN or infinity for {bad!r}"
    with Rule("the batch that was given is not changed"):
        given = list(texts)
        embedder.embed(given, role)
        assert given == list(texts), "the list of texts is another after the call"


def _check_batches(embedder: Embedder, texts: Sequence[str], role: Role) -> None:
    whole = embedder.embed(texts, role)
    with Rule("a text has the same row whatever else is in the batch"):
        alone = np.concatenate([embedder.embed([text], role) for text in texts])
        _require_close(alone, whole, "alone and in a batch")
        backwards = embedder.embed(list(texts)[::-1], role)[::-1]
        _require_close(backwards, whole, "in another order")
        twice = embedder.embed([texts[0], *texts, texts[0]], role)
        _require_close(twice[1:-1], whole, "in a larger batch")
        _require_close(twice[[0, -1]], whole[[0, 0]], "given twice")


def _check_repeatable(
    embedder: Embedder, make: Callable[[], Embedder], texts: Sequence[str]
) -> None:
    first = embedder.embed(texts)
    with Rule("the same text has the same row in every call, and of every embedder made alike"):
        _require_close(embedder.embed(texts), first, "in a second call")
        _require_close(make().embed(texts), first, "of a second embedder")
    with Rule("several threads may embed at once"):
        with ThreadPoolExecutor(4) as threads:
            found = list(threads.map(embedder.embed, [texts] * 8))
        for rows in found:
            _require_close(rows, first, "in a thread")


def _check_tokens(embedder: TokenEmbedder, texts: Sequence[str]) -> None:
    found = embedder.token_ids(texts)
    with Rule("`token_ids` gives one int64 array per text, each id below `vocabulary`"):
        assert len(found) == len(texts), f"{len(found)} arrays for {len(texts)} texts"
        for ids in found:
            assert ids.dtype == np.int64, f"ids are {ids.dtype}"
            assert ids.ndim == 1, f"ids have shape {ids.shape}"
            assert not len(ids) or int(ids.min()) >= 0, f"the id {int(ids.min())}"
            assert not len(ids) or int(ids.max()) < embedder.vocabulary, f"the id {int(ids.max())}"
        assert len(embedder.token_ids([])) == 0, "ids for no text"
    with Rule("a text has the same token ids whatever else is in the batch"):
        for text, ids in zip(texts, found, strict=True):
            alone = embedder.token_ids([text])[0]
            assert np.array_equal(alone, ids), f"{text[:30]!r} has other ids alone"
    every = np.unique(np.concatenate(found))
    with Rule("`token_vectors` gives one finite float32 row of `dim` components per id"):
        rows = embedder.token_vectors(every)
        _require_shape(rows, len(every), embedder.dim)
        assert np.isfinite(rows).all(), "NaN or infinity"
        _require_shape(embedder.token_vectors(every[:0]), 0, embedder.dim)
    with Rule("a token has the same vector wherever it stands"):
        again = embedder.token_vectors(every[::-1])[::-1]
        _require_close(again, rows, "in another order")
    with Rule("a text's vector points where the sum of its token vectors does"):
        for text, ids in zip(texts, found, strict=True):
            _require_parallel(embedder.embed([text])[0], embedder.token_vectors(ids).sum(axis=0))


def _require_shape(rows: Floats, count: int, dim: int) -> None:
    assert isinstance(rows, np.ndarray), f"a {type(rows).__name__}"
    assert rows.shape == (count, dim), f"shape {rows.shape} instead of ({count}, {dim})"
    assert rows.dtype == np.float32, f"dtype {rows.dtype} instead of float32"


def _require_close(found: Floats, expected: Floats, when: str) -> None:
    assert found.shape == expected.shape, f"shape {found.shape} instead of {expected.shape} {when}"
    scale = max(1.0, float(np.abs(expected).max(initial=0.0)))
    apart = float(np.abs(found - expected).max(initial=0.0))
    assert apart <= _CLOSE * scale, f"rows that differ by {apart:.2g} {when}"


def _require_parallel(found: Floats, expected: Floats) -> None:
    lengths = float(np.linalg.norm(found)) * float(np.linalg.norm(expected))
    assert not lengths or float(found @ expected) > 0.999 * lengths, "another direction"
