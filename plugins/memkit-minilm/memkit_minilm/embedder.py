"""The embedder `minilm`."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import numpy as np

from memkit.contracts import Embedder, Role
from memkit.errors import InvalidInput
from memkit.types import Floats
from memkit_minilm import folder as folders
from memkit_minilm.bert import Encoder
from memkit_minilm.blas import OneThread

_TOGETHER: Final = 512
"""How many tokens are computed side by side: more than fits the caches gains nothing."""


class MiniLMEmbedder(Embedder):
    """all-MiniLM-L6-v2 (384 numbers), or another BERT with mean pooling, computed in numpy.

    The vectors are those of sentence-transformers, of unit length, to the last digits of float32.
    A text is cut after as many tokens as the model says: 256 for all-MiniLM-L6-v2. A text has the
    same row, to the bit, whatever else is in the batch. The model is loaded on first use; safe
    for threads. While vectors are computed, BLAS uses one thread in the whole process.
    """

    def __init__(
        self, folder: str | os.PathLike[str] | None = None, *, max_tokens: int | None = None,
        threads: int | None = None,
    ) -> None:  # fmt: skip
        """`folder` holds a model as sentence-transformers writes it; None for the installed one.

        `max_tokens` cuts texts sooner than the model does, `threads` is how many compute a batch
        (None for all processors). Raises `PluginError` where there is no model, or one of another
        kind. Reads the weights once, for the identity.
        """
        path = Path(folder).expanduser() if folder is not None else folders.installed()
        self._model = folders.read(path)
        longest = self._model.longest if max_tokens is None else max_tokens
        if not 3 <= longest <= self._model.longest:
            raise InvalidInput(
                f"max_tokens={longest} is not in 3 to {self._model.longest}, which is what the "
                f"model in {path} can read."
            )
        if threads is not None and threads < 1:
            raise InvalidInput(f"threads={threads}; give 1 or more.")
        self._longest = longest
        self._threads = threads or _processors()
        self.dim = self._model.dim
        self.identity = self._model.identity(longest)
        self._mutex = threading.Lock()
        self._loaded: tuple[Any, Encoder] | None = None

    def embed(self, texts: Sequence[str], role: Role = "document") -> Floats:
        """Unit rows; queries and documents alike."""
        rows: Floats = np.zeros((len(texts), self.dim), dtype=np.float32)
        if not len(texts):
            return rows
        tokenizer, encoder = self._load()
        ids = [one.ids for one in tokenizer.encode_batch_fast(list(texts))]

        def fill(places: list[int]) -> None:
            rows[places] = encoder.rows(np.array([ids[place] for place in places]))

        parts = list(_parts([len(one) for one in ids]))
        threads = min(self._threads, len(parts))
        with OneThread():
            if threads == 1:
                for part in parts:
                    fill(part)
            else:
                with ThreadPoolExecutor(threads) as pool:
                    list(pool.map(fill, parts))
        return rows

    def _load(self) -> tuple[Any, Encoder]:
        if self._loaded is None:
            with self._mutex:
                if self._loaded is None:
                    self._loaded = self._model.tokenizer(self._longest), self._model.encoder()
        return self._loaded


def _parts(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places of texts of one length, few enough to be computed side by side; the longest first.

    The longest first, so that at the end no thread is left with a long one.
    """
    order = sorted(range(len(lengths)), key=lambda place: -lengths[place])
    for length, same in groupby(order, key=lambda place: lengths[place]):
        places, step = list(same), max(1, _TOGETHER // length)
        yield from (places[start : start + step] for start in range(0, len(places), step))


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
