"""Counting model tokens without the network.

Order of preference: tiktoken, when its table is on disk (its own cache, or the copy inside an
installed litellm, found without importing that); the tokenizer that comes with the default
embedder; an estimate from characters. The counter in use reports its name.
"""

from __future__ import annotations

import hashlib
import math
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

_ENCODING: Final = "o200k_base"
_TABLE: Final = "fb374d419588a4632f3f557e76b4b70aebbca790"
# tiktoken names a cached table by the SHA-1 of the address it was published at.
_LITELLM_FOLDER: Final = Path("litellm_core_utils") / "tokenizers"


@dataclass(frozen=True, slots=True)
class Counter:
    """A way to count tokens; `name` says which."""

    name: str
    count: Callable[[str], int]


def default_counter() -> Counter:
    """The best counter on this machine; never touches the network."""
    return _tiktoken_counter() or _static_counter() or Counter("estimate", estimate)


def estimate(text: str) -> int:
    """About four bytes of UTF-8 a token, never less than one token per four characters."""
    return math.ceil(len(text.encode("utf-8", "replace")) / 4)


def _tiktoken_counter() -> Counter | None:
    folder = _table_folder()
    if folder is None or find_spec("tiktoken") is None:
        return None
    return Counter(f"tiktoken:{_ENCODING}", lambda text: _tiktoken_length(text, folder))


def _tiktoken_length(text: str, folder: str) -> int:
    return len(_encoding(folder).encode_ordinary(text))  # type: ignore[attr-defined]


@lru_cache(maxsize=1)
def _encoding(folder: str) -> object:
    import tiktoken

    before = os.environ.get("TIKTOKEN_CACHE_DIR")
    os.environ["TIKTOKEN_CACHE_DIR"] = folder
    try:
        return tiktoken.get_encoding(_ENCODING)
    finally:
        if before is None:
            del os.environ["TIKTOKEN_CACHE_DIR"]
        else:
            os.environ["TIKTOKEN_CACHE_DIR"] = before


def _table_folder() -> str | None:
    folders = [
        os.environ.get("TIKTOKEN_CACHE_DIR"),
        os.environ.get("DATA_GYM_CACHE_DIR"),
        str(Path(tempfile.gettempdir()) / "data-gym-cache"),
    ]
    spec = find_spec("litellm")
    if spec is not None and spec.origin is not None:
        folders.append(str(Path(spec.origin).parent / _LITELLM_FOLDER))
    for folder in folders:
        if folder and _is_table(Path(folder) / _TABLE):
            return folder
    return None


def _is_table(path: Path) -> bool:
    # tiktoken deletes a table whose hash is wrong and fetches another: leave such a file alone.
    if not path.is_file():
        return False
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    return found == "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"


def _static_counter() -> Counter | None:
    spec = find_spec("wordllama")
    if spec is None or spec.origin is None or find_spec("tokenizers") is None:
        return None
    path = Path(spec.origin).parent / "tokenizers" / "l2_supercat_tokenizer_config.json"
    if not path.is_file():
        return None
    return Counter("llama2", lambda text: _static_length(text, str(path)))


def _static_length(text: str, path: str) -> int:
    return len(_tokenizer(path).encode(text, add_special_tokens=False).ids)  # type: ignore[attr-defined]


@lru_cache(maxsize=1)
def _tokenizer(path: str) -> object:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(path)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
