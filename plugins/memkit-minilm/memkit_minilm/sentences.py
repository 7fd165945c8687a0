"""A door to sentence-transformers, for any model that it can load."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from memkit.contracts import Embedder, Role
from memkit.errors import InvalidInput, PluginError
from memkit.types import Floats

_PROMPTS = {"query": ("query",), "document": ("document", "passage", "corpus")}
"""Under which names models keep the words to put before a text."""


class SentenceTransformerEmbedder(Embedder):
    """Any model of sentence-transformers, which comes with torch and is imported when one is made.

    Queries and documents get the prompts that the model keeps for them, unless others are given.
    """

    def __init__(
        self, model: str | Path | Any, *, identity: str | None = None,
        query_prompt: str | None = None, document_prompt: str | None = None,
        batch_size: int = 32, download: bool = False,
    ) -> None:  # fmt: skip
        """`model` is a folder, a name, or a `SentenceTransformer` made already.

        A name is looked up in what was downloaded before; only `download=True` goes to the
        network. `identity` must be given with an object; else it is made of the name, or of a
        digest of the folder's weights, with the prompts and the length that is read.
        """
        if batch_size < 1:
            raise InvalidInput(f"batch_size={batch_size}; give 1 or more.")
        self._model: Any = model
        if isinstance(model, (str, Path)):
            self._model = _load(model, download=download)
        elif identity is None:
            raise InvalidInput(
                f"A model object ({type(model).__name__}) does not tell its name; give identity=."
            )
        self._batch_size = batch_size
        given = {"query": query_prompt, "document": document_prompt}
        kept = getattr(self._model, "prompts", None) or {}
        self._prompts = {role: _prompt(given[role], kept, names)
                         for role, names in _PROMPTS.items()}  # fmt: skip
        self.dim = int(_dimension(self._model))
        self.identity = identity or self._described(model)
        self._mutex = threading.Lock()  # its tokenizers are not safe for threads

    def embed(self, texts: Sequence[str], role: Role = "document") -> Floats:
        """Unit rows."""
        if not len(texts):
            return np.zeros((0, self.dim), dtype=np.float32)
        with self._mutex:
            rows = self._model.encode(
                list(texts), prompt=self._prompts[role], batch_size=self._batch_size,
                normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False,
            )  # fmt: skip
        return np.asarray(rows, dtype=np.float32)

    def _described(self, model: str | Path) -> str:
        folder = Path(model).expanduser()
        name = f"folder-{_digest(folder)}" if folder.is_dir() else str(model)
        length = getattr(self._model, "max_seq_length", None)
        said = "".join(f":{role}={prompt!r}" for role, prompt in self._prompts.items() if prompt)
        return f"sentence-transformers:{name}:{length}{said}"


def _load(model: str | Path, *, download: bool) -> Any:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise PluginError(
            "SentenceTransformerEmbedder needs the package 'sentence-transformers': run "
            "`pip install 'memkit-minilm[sentence-transformers]'`."
        ) from error
    folder = Path(model).expanduser()
    where = str(folder if folder.is_dir() else model)
    try:
        return SentenceTransformer(where, local_files_only=not download)
    except (OSError, ValueError) as error:
        hint = "" if download else " Without download=True only what is on this machine is found."
        raise PluginError(f"sentence-transformers cannot load {where!r}: {error}.{hint}") from error


def _prompt(given: str | None, kept: dict[str, str], names: Sequence[str]) -> str:
    return given if given is not None else next((kept[name] for name in names if name in kept), "")


def _dimension(model: Any) -> Any:
    """Its name has changed once."""
    for name in ("get_embedding_dimension", "get_sentence_embedding_dimension"):
        if hasattr(model, name):
            return getattr(model, name)()
    raise InvalidInput(f"{type(model).__name__} is no SentenceTransformer: it has no dimension.")


def _digest(folder: Path) -> str:
    """Of all weights in the folder, those of further steps included."""
    hashed = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".safetensors", ".bin") and path.is_file():
            hashed.update(path.relative_to(folder).as_posix().encode() + b"\0")
            with path.open("rb") as file:
                hashed.update(hashlib.file_digest(file, "sha256").digest())
    return hashed.hexdigest()[:16]
