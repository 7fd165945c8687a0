"""The indexer `usearch`."""

from __future__ import annotations

from memkit.index.walked import EF_SEARCH, EXACT_BELOW, WalkedIndex
from memkit_usearch.graph import Graph, usearch_module


class UsearchIndex(WalkedIndex):
    """See `WalkedIndex`: answers are exact wherever a walk would be no quicker.

    The newest records, at most one in 32, are compared: they are linked together once they are
    enough. The graph keeps the vectors once more, in 16 bits.
    """

    def __init__(
        self, *, m: int = 16, ef_construction: int = 200, ef_search: int = EF_SEARCH,
        exact_below: int = EXACT_BELOW,
    ) -> None:  # fmt: skip
        """Links for a record (`m`, twice that in the lowest layer), and the widths of walks.

        A walk to link a record is `ef_construction` wide; one to answer a query `ef_search`, at
        `exact_below` records, and wider among more. Raises `PluginError` where usearch cannot be
        imported.
        """
        usearch_module()
        self._m, self._ef_construction = m, ef_construction
        super().__init__(ef_search=ef_search, exact_below=exact_below)

    def _empty_graph(self) -> Graph:
        assert self._rows is not None
        return Graph(self._rows.values.shape[1], self._m, self._ef_construction)
