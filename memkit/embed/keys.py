"""Unit vectors of texts, by the default embedder or another one."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

import numpy as np

from memkit.contracts import Embedder
from memkit.embed import static
from memkit.types import Floats

_KEPT: Final = 1024


def unit_rows(texts: Sequence[str], embedder: Embedder | str) -> Floats:
    """A unit row per text, float32 [n, dim]; zeros for a text of which the embedder knows nothing.

    Any text in the place of an embedder means the default one.
    """
    model = static.shared() if isinstance(embedder, str) else embedder
    rows = model.embed_checked(list(texts))
    norms = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    unit: Floats = rows / np.maximum(norms, 1e-9)[:, None]
    return unit


class Keys:
    """Unit vectors of texts that are asked for again and again; the latest are held."""

    def __init__(self, embedder: Embedder | str, *, most: int = _KEPT) -> None:
        """See `unit_rows`; `most` texts are held."""
        self._embedder = embedder
        self._most = most
        self._held: OrderedDict[str, Floats] = OrderedDict()

    def of(self, texts: Sequence[str]) -> Floats:
        """A unit row per text, float32 [n, dim]; at least one text."""
        found = {text: self._held.get(text) for text in dict.fromkeys(texts)}
        missing = [text for text, row in found.items() if row is None]
        if missing:
            fresh = dict(zip(missing, unit_rows(missing, self._embedder), strict=True))
            found |= fresh
            self._held.update(fresh)
        while len(self._held) > self._most:  # another thread may have let go of what it needs
            self._held.popitem(last=False)
        return np.stack([row for text in texts if (row := found[text]) is not None])

    def fresh(self) -> Keys:
        """Of the same embedder, with no text held."""
        return Keys(self._embedder, most=self._most)
