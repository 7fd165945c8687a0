"""Approximate vector search along a graph, for scopes of very many records: needs hnswlib.

Malkov and Yashunin 2018, "Efficient and robust approximate nearest neighbor search using
Hierarchical Navigable Small World graphs", as hnswlib builds and walks them.
"""

from __future__ import annotations

from memkit.index.hnsw_graph import Graph, hnswlib_module
from memkit.index.walked import EF_SEARCH, EXACT_BELOW, WIDENING, WalkedIndex

__all__ = ["EF_SEARCH", "EXACT_BELOW", "WIDENING", "HNSWIndex"]


class HNSWIndex(WalkedIndex):
    """See `WalkedIndex`: answers are exact wherever a walk would be no quicker.

    For scopes of hundreds of thousands of records that are searched often and grow seldom: linking
    a record takes as long as a search, and its vector is kept twice.
    """

    def __init__(
        self, *, m: int = 24, ef_construction: int = 200, ef_search: int = EF_SEARCH,
        exact_below: int = EXACT_BELOW,
    ) -> None:  # fmt: skip
        """Links for a record (`m`, twice that in the lowest layer), and the widths of walks.

        A walk to link a record is `ef_construction` wide; one to answer a query `ef_search`, at
        `exact_below` records, and wider among more. Raises `PluginError` without hnswlib.
        """
        hnswlib_module()
        self._m, self._ef_construction = m, ef_construction
        super().__init__(ef_search=ef_search, exact_below=exact_below)

    def _empty_graph(self) -> Graph:
        assert self._rows is not None
        return Graph(self._rows.values.shape[1], self._m, self._ef_construction)
