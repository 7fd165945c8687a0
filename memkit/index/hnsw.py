"""Approximate vector search along a graph, for scopes of very many records: needs hnswlib.

Malkov and Yashunin 2018, "Efficient and robust approximate nearest neighbor search using
Hierarchical Navigable Small World graphs", as hnswlib builds and walks them.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar, Final

import numpy as np
import numpy.typing as npt

from memkit.contracts import ChangeSet, Query, Scored
from memkit.errors import PluginError
from memkit.index.arrays import best
from memkit.index.exact import ExactIndex
from memkit.types import Floats, Ints, Mask

Arrays = Mapping[str, npt.NDArray[Any]]

EXACT_BELOW: Final = 10_000
"""Comparing so many rows of 256 components takes as long as a walk that is `EF_SEARCH` wide."""
EF_SEARCH: Final = 200
WIDENING: Final = 0.35
"""A walk of one width finds less in a larger graph, so it widens with this power of the size."""
_DEPTH: Final = 4
"""The last of the records asked for is found as surely as the first when a walk is this much wider
than their number, and what neighbours say of windows reaches as deep."""
_SCATTERED: Final = 4
"""Rows from all over memory take this much longer to compare than rows that lie together."""
_AT_ONCE: Final = 1024
_PREFIX: Final = "graph."


class HNSWIndex(ExactIndex):
    """Cosines like `ExactIndex`, of records that a walk along a graph finds.

    For scopes of hundreds of thousands of records that are searched often and grow seldom: linking
    a record takes as long as a search, and its vector is kept twice. Whatever a walk would be no
    quicker for is answered exactly, as in `ExactIndex`: small scopes, large limits, and masks that
    leave little; so is what a walk does not find enough for. A filter never loses a hit.

    The view `window` is approximate in one more way: its candidates are the records found for the
    view `turn` and their neighbours, so a window of three records none of which is near is missed.
    """

    name: ClassVar[str] = "vector"

    _graph: Graph | None
    _walked: tuple[Floats, int, Ints] | None  # the last query vector, the width, what was found

    def __init__(
        self, *, m: int = 24, ef_construction: int = 200, ef_search: int = EF_SEARCH,
        exact_below: int = EXACT_BELOW,
    ) -> None:  # fmt: skip
        """Links for a record (`m`, twice that in the lowest layer), and the widths of walks.

        A walk to link a record is `ef_construction` wide; one to answer a query `ef_search`, at
        `exact_below` records, and wider among more. Raises `PluginError` without hnswlib.
        """
        _hnswlib()
        self._m, self._ef_construction = m, ef_construction
        self._ef_search, self._exact_below = ef_search, exact_below
        self._mutex = threading.Lock()
        super().__init__()

    def apply(self, change: ChangeSet) -> None:
        """Take in one change set; the next walk links its records."""
        with self._mutex:
            self._walked = None
            super().apply(change)

    def search(
        self, query: Query, limit: int, *, view: str = "turn", allowed: Mask | None = None
    ) -> Scored:
        """The nearest records; scores are cosines."""
        with self._mutex:
            if query.vector is None or self._rows is None:
                return super().search(query, limit, view=view, allowed=allowed)
            searchable = self._searchable(view, allowed)
            left = len(self._known) if searchable is None else int(np.count_nonzero(searchable))
            near = self._near(query.vector, limit, view, searchable, left)
            if near is None and searchable is not None and left * _SCATTERED < len(self._known):
                near = np.flatnonzero(searchable)
            if near is None:
                return super().search(query, limit, view=view, allowed=allowed)
            return self._nearest(query.vector, near, limit, view)

    def state(self) -> Arrays:
        """Those of `ExactIndex`, and the links of a scope that is walked, all of them made now.

        Without links where a graph taken up could not go on as if it had never been written down,
        because hnswlib draws its numbers in a way that is not known here: it is then made anew.
        """
        with self._mutex:
            exact = super().state()
            if len(self._known) < self._exact_below or self._rows is None or _per_draw() is None:
                return exact
            links = self._linked().state()
            return {**exact, **{_PREFIX + name: array for name, array in links.items()}}

    def restore(self, state: Arrays) -> None:
        """See `Indexer.restore`."""
        links = {name: array for name, array in state.items() if name.startswith(_PREFIX)}
        with self._mutex:
            super().restore({name: state[name] for name in state if name not in links})
            per_draw = _per_draw()
            if not links or per_draw is None:
                return
            if self._rows is None or self._rows.values.ndim != 2:
                raise ValueError("a graph without rows")
            graph, known = self._empty_graph(), np.flatnonzero(self._known.values)
            plain = {name.removeprefix(_PREFIX): array for name, array in links.items()}
            graph.restore(plain, self._rows_at(known), known, per_draw)
            graph.covered = len(self._known)
            self._graph = graph

    def _start_over(self) -> None:
        super()._start_over()
        self._graph = self._walked = None

    def _width(self, limit: int, left: int) -> int | None:
        """How wide to walk for `limit` of the `left` records; None where comparing all is quicker.

        The records left out lie in the way like any other, so a mask widens the walk.
        """
        if not limit or left < self._exact_below:
            return None
        size = len(self._known)
        usual = self._ef_search * (size / self._exact_below) ** WIDENING
        width = math.ceil(max(usual, _DEPTH * limit * size / left))
        return width if width * self._exact_below <= self._ef_search * left else None

    def _near(
        self, vector: Floats, limit: int, view: str, searchable: Mask | None, left: int
    ) -> Ints | None:
        """Ordinals of what is worth comparing, ascending; None where that is everything."""
        width = self._width(limit, left)
        if width is None:
            return None
        found = self._walk(vector, width)
        if view == "window":
            columns = (self._neighbours.previous, self._neighbours.following)
            found = np.unique(np.concatenate([found, *(column[found] for column in columns)]))
            found = found[found >= 0]
        near = found if searchable is None else found[searchable[found]]
        # A mask that takes most of what is near leaves what is not, and the walk went past that.
        expected = len(found) * left / len(self._known)
        return near if len(near) >= max(limit, expected / 2) else None

    def _walk(self, vector: Floats, width: int) -> Ints:
        if self._walked is None or self._walked[0] is not vector or self._walked[1] != width:
            self._walked = (vector, width, self._linked().walk(vector, width))
        return self._walked[2]

    def _linked(self) -> Graph:
        """The graph with every record in it that has a vector."""
        graph, size = self._graph or self._empty_graph(), len(self._known)
        if graph.covered < size:
            self._graph = None  # one that was interrupted is not gone on with
            fresh = graph.covered + np.flatnonzero(self._known.values[graph.covered :])
            graph.reserve(len(fresh))
            for start in range(0, len(fresh), _AT_ONCE):
                part = fresh[start : start + _AT_ONCE]
                graph.add(self._rows_at(part), part)
            graph.covered = size
            self._graph = graph
        return graph

    def _empty_graph(self) -> Graph:
        assert self._rows is not None
        return Graph(self._rows.values.shape[1], self._m, self._ef_construction)

    def _rows_at(self, ordinals: Ints) -> Floats:
        rows = self.vectors(ordinals)
        assert rows is not None
        return rows

    def _nearest(self, vector: Floats, ordinals: Ints, limit: int, view: str) -> Scored:
        """The best of these records, which are in ascending order, by their cosines."""
        scores = self._products_at(vector, ordinals)
        if view == "window":
            for column in (self._neighbours.previous, self._neighbours.following):
                beside = column[ordinals]
                scores[beside >= 0] += self._products_at(vector, beside[beside >= 0])
            scores /= self._norms.values[ordinals]
        found = best(scores, limit)
        return Scored(ordinals[found.ordinals], found.scores)

    def _products_at(self, vector: Floats, ordinals: Ints) -> Floats:
        products = np.empty(len(ordinals), np.float32)
        for start in range(0, len(ordinals), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            # einsum, not BLAS: equal rows get equal products wherever they stand
            np.einsum("ij,j->i", self._rows_at(ordinals[part]), vector, out=products[part])
        return products


class Graph:
    """hnswlib's graph over unit rows, each labelled with its ordinal.

    One thread links the rows in the order of their ordinals, so the links depend on the rows alone.
    `covered` is the number of records looked at so far, those without a vector among them.
    """

    _SEED: ClassVar[int] = 100

    def __init__(self, dim: int, m: int, ef_construction: int) -> None:
        """An empty one over rows of `dim` components."""
        self.covered = 0
        self._dim, self._m, self._ef_construction = dim, m, ef_construction
        self._index = self._sized(0)

    def __len__(self) -> int:
        return int(self._index.get_current_count())

    def reserve(self, count: int) -> None:
        """Make room for so many more rows; hnswlib raises where there is none."""
        needed, room = len(self) + count, int(self._index.get_max_elements())
        if needed > room:
            self._index.resize_index(max(needed, 2 * room))

    def add(self, rows: Floats, labels: Ints) -> None:
        """Link rows for which room was made."""
        self._index.add_items(rows, labels, num_threads=1)

    def walk(self, vector: Floats, width: int) -> Ints:
        """The labels of about the `width` nearest, ascending; none where links lead to fewer."""
        count = min(width, len(self))
        if not count:
            return np.zeros(0, np.int64)
        self._index.set_ef(width)
        try:
            labels, _ = self._index.knn_query(vector, k=count, num_threads=1)
        except RuntimeError:  # hnswlib gives all that were asked for, or nothing
            return np.zeros(0, np.int64)
        return np.sort(labels[0].astype(np.int64))

    def state(self) -> dict[str, npt.NDArray[Any]]:
        """The links without the rows, and what they were made with."""
        held = self._index.__getstate__()[0]
        rows = held["data_level0"].reshape(-1, held["size_data_per_element"])
        return {
            "made": self._made(held),
            "lowest": np.ascontiguousarray(rows[:, : held["offset_data"]]).view(np.uint32),
            "levels": held["element_levels"][: len(rows)].copy(),
            "upper": held["link_lists"].view(np.uint32),
        }

    def restore(self, state: Arrays, rows: Floats, labels: Ints, per_draw: int) -> None:
        """Take up the links between these rows, all that there were; raises `ValueError`."""
        held = self._sized(len(rows)).__getstate__()[0]
        if not np.array_equal(state["made"], self._made(held)):
            raise ValueError("a graph made with other parameters")
        lowest, levels, upper = state["lowest"], state["levels"], state["upper"]
        if rows.dtype != np.float32 or rows.shape != (len(levels), self._dim):
            raise ValueError("a graph of other rows")
        _require_sound(lowest, levels, upper, self._m)
        data = np.zeros((len(rows), held["size_data_per_element"]), np.uint8)
        data[:, : held["offset_data"]] = lowest.view(np.uint8)
        data[:, held["offset_data"] : held["label_offset"]] = rows.view(np.uint8)
        data[:, held["label_offset"] :] = labels.astype(np.uint64)[:, None].view(np.uint8)
        held |= {
            "ep_added": True,
            "cur_element_count": len(rows),
            "max_level": int(levels.max()),
            "enterpoint_node": int(levels.argmax()),  # the first that reached the top
            "label_lookup_external": labels.astype(np.uint64),
            "label_lookup_internal": np.arange(len(rows), dtype=np.uint32),
            "element_levels": levels,
            "data_level0": data.view(np.int8).ravel(),
            "link_lists": upper.view(np.int8),
            "seed": self._SEED * pow(per_draw, len(rows), _MODULUS) % _MODULUS,
        }
        self._index = _hnswlib().Index(held)

    def _sized(self, room: int) -> Any:
        index = _hnswlib().Index("ip", self._dim)
        index.init_index(
            room, M=self._m, ef_construction=self._ef_construction, random_seed=self._SEED
        )
        return index

    def _made(self, held: Mapping[str, Any]) -> Ints:
        """What a graph depends on beside its rows; hnswlib numbers its format."""
        parameters = [self._dim, self._m, self._ef_construction, self._SEED]
        return np.array([held["ser_version"], held["size_data_per_element"], *parameters], np.int64)


_MODULUS: Final = 2**31 - 1
_MULTIPLIERS: Final = (16807, 48271)
"""Those of `std::default_random_engine` in the libraries of GCC and of Clang (Lehmer 1951, Park and
Miller 1988, and Park, Miller and Stockmeyer 1993)."""


@lru_cache(maxsize=1)
def _per_draw() -> int | None:
    """What drawing one level multiplies the state of hnswlib's generator by; None if unknown.

    hnswlib writes down with which seed its generator began, not how far it has come. The generator
    is a multiplication modulo 2**31 - 1, and so its state after any number of draws is a seed
    that goes on from there. That is tried out: half a graph, gone on with, must be the whole one.
    """
    rows = np.linspace(0.0, 1.0, 128, dtype=np.float32)[:, None]
    labels, half = np.arange(128), 64

    def grown(graph: Graph, start: int, stop: int) -> Graph:
        graph.reserve(stop - start)
        graph.add(rows[start:stop], labels[start:stop])
        return graph

    whole, begun = (grown(Graph(1, 2, 8), 0, stop).state() for stop in (len(rows), half))
    for multiplier in _MULTIPLIERS:
        per_draw = pow(multiplier, 2, _MODULUS)  # a level takes two numbers of 31 bits
        resumed = Graph(1, 2, 8)
        resumed.restore(begun, rows[:half], labels[:half], per_draw)
        if np.array_equal(grown(resumed, half, len(rows)).state()["levels"], whole["levels"]):
            return per_draw
    return None


def _require_sound(lowest: Any, levels: Any, upper: Any, m: int) -> None:
    """Raise `ValueError` where following the links would lead outside the graph.

    hnswlib follows them without looking. Its lists are a count, and then room for so many numbers
    of elements as may be linked: one list of 2m in the lowest layer, one of m in each above.
    """
    kinds = [(lowest, np.uint32, 2), (levels, np.int32, 1), (upper, np.uint32, 1)]
    if any(array.dtype != kind or array.ndim != axes for array, kind, axes in kinds):
        raise ValueError("a graph of other numbers")
    if lowest.shape != (len(levels), 1 + 2 * m) or not len(levels) or levels.min() < 0:
        raise ValueError("a graph that is not whole")
    if len(upper) != int(levels.sum(dtype=np.int64)) * (1 + m):
        raise ValueError("a graph that is not whole")
    first = np.cumsum(levels) - levels
    layers = 1 + np.arange(len(upper) // (1 + m)) - np.repeat(first, levels)
    _require_inside(lowest, np.zeros(len(lowest), np.int64), levels)
    _require_inside(upper.reshape(-1, 1 + m), layers, levels)


def _require_inside(lists: Any, layers: Ints, levels: Any) -> None:
    """Every element that a list names must reach up to the list's layer."""
    for start in range(0, len(lists), 1 << 16):
        part = lists[start : start + (1 << 16)]
        counts, numbers = part[:, 0], part[:, 1:]
        if int(counts.max()) > numbers.shape[1]:
            raise ValueError("a graph with a list that is too long")
        named = numbers[np.arange(numbers.shape[1]) < counts[:, None]]
        if len(named) and int(named.max()) >= len(levels):
            raise ValueError("a graph with a link that leads outside")
        if (levels[named] < np.repeat(layers[start : start + (1 << 16)], counts)).any():
            raise ValueError("a graph with a link that leads to another layer")


def _hnswlib() -> Any:
    try:
        import hnswlib
    except ImportError as error:
        raise PluginError(
            "HNSWIndex needs the package 'hnswlib', which cannot be imported "
            f'({error}). Run `pip install "memkit-sdk[hnsw]"`, which needs a C++ compiler, or '
            "use the default index, which needs no package."
        ) from error
    return hnswlib
