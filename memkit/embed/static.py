"""The default embedder: WordLlama's static token vectors, read from its wheel."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np

from memkit.contracts import TokenEmbedder
from memkit.errors import PluginError
from memkit.types import Floats, Ints

_WEIGHTS: Final = Path("weights") / "l2_supercat_256.safetensors"
_TOKENIZER: Final = Path("tokenizers") / "l2_supercat_tokenizer_config.json"


class StaticEmbedder(TokenEmbedder):
    """256-d token vectors distilled from language-model embeddings; no torch, no network.

    The wheel's files are read directly, with the libraries that own their formats: importing
    `wordllama` itself loads an HTTP client and takes three times as long as everything else
    that opening a store does. Loaded on first use; safe for threads.
    """

    identity = "wordllama:l2_supercat:256"
    dim = 256

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._loaded: tuple[Any, Any] | None = None

    @property
    def vocabulary(self) -> int:
        """The number of different token ids."""
        return len(self._load()[1])

    def token_ids(self, texts: Sequence[str]) -> list[Ints]:
        """Llama 2 token ids of each text, without the start marker."""
        tokenizer, _ = self._load()
        if len(texts) == 1:  # a batch is handed to other threads, which takes longer
            encoded = [tokenizer.encode(texts[0], add_special_tokens=False)]
        else:
            encoded = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [np.array(one.ids, dtype=np.int64) for one in encoded]

    def token_vectors(self, ids: Ints) -> Floats:
        """The vectors of those tokens."""
        return np.asarray(self._load()[1][ids], dtype=np.float32)

    def _load(self) -> tuple[Any, Any]:
        if self._loaded is None:
            with self._mutex:
                if self._loaded is None:
                    self._loaded = _read_wheel()
        return self._loaded


@lru_cache(maxsize=1)
def shared() -> StaticEmbedder:
    """One for the whole process: its table takes 16 MB and a tenth of a second."""
    return StaticEmbedder()


def _read_wheel() -> tuple[Any, Any]:
    spec = find_spec("wordllama")
    if spec is None or spec.origin is None:
        raise PluginError(
            "The default embedder needs the package 'wordllama', which is not installed. "
            "Run `pip install memkit-sdk` again, or pass another `embedder=`."
        )
    from safetensors import safe_open
    from tokenizers import Tokenizer

    folder = Path(spec.origin).parent
    missing = [str(path) for path in (_TOKENIZER, _WEIGHTS) if not (folder / path).is_file()]
    if missing:
        raise PluginError(
            f"The installed 'wordllama' does not hold {' and '.join(missing)}, which memkit reads. "
            "Install wordllama 0.4, or pass another `embedder=`."
        )
    tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
    with safe_open(folder / _WEIGHTS, framework="numpy") as file:
        weights = file.get_tensor("embedding.weight")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    # It keeps the last 10,000 texts with their tokens, 80 MB, and texts hardly come twice.
    resize = getattr(tokenizer.model, "_resize_cache", None)  # since tokenizers 0.21
    if resize is not None:
        resize(0)
    return tokenizer, weights
