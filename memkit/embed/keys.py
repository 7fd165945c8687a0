"""Unit vectors of texts, by the default embedder or another one."""

from __future__ import annotations

import threading
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
        self._ahead = threading.local()

    def of(self, texts: Sequence[str]) -> Floats:
        """A unit row per text, float32 [n, dim]; at least one text."""
        ahead: dict[str, Floats] = getattr(self._ahead, "rows", {})
        rows = {
            text: row for text in texts
            if (row := self._held.get(text, ahead.get(text))) is not None
        }  # fmt: skip
        missing = [text for text in dict.fromkeys(texts) if text not in rows]
        if missing:
            rows |= zip(missing, unit_rows(missing, self._embedder), strict=True)
        self._held.update(rows)
        while len(self._held) > self._most:
            self._held.popitem(last=False)
        return np.stack([rows[text] for text in texts])  # another thread may have let go of some

    def foresee(self, texts: Sequence[str]) -> None:
        """Hold the rows of these texts for this thread, however many, until it is told of others.

        So a model that takes long is asked while nobody waits.
        """
        self._ahead.rows = dict(zip(texts, self.of(texts), strict=True)) if texts else {}

    def fresh(self) -> Keys:
        """Of the same embedder, with no text held but those that this thread foresees."""
        made = Keys(self._embedder, most=self._most)
        made._ahead = self._ahead
        return made
