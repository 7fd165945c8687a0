"""A graph over rows, built and walked by hnswlib."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar, Final

import numpy as np
import numpy.typing as npt

from memkit.errors import PluginError
from memkit.index.links import Arrays, Links, require_sound
from memkit.index.twins import RowsAt
from memkit.types import Floats, Ints

_AT_ONCE: Final = 1024
_MODULUS: Final = 2**31 - 1
_MULTIPLIERS: Final = (16807, 48271)
"""Those of `std::default_random_engine` in the libraries of GCC and of Clang: Park and Miller 1988,
"Random number generators: good ones are hard to find", and their remarks of 1993."""


class Graph(Links):
    """hnswlib's graph; all records are linked."""

    _SEED: ClassVar[int] = 100

    def __init__(self, dim: int, m: int, ef_construction: int) -> None:
        """An empty one over rows of `dim` components."""
        super().__init__()
        self._dim, self._m, self._ef_construction = dim, m, ef_construction
        self._index = self._sized(0)

    def __len__(self) -> int:
        return int(self._index.get_current_count())

    def link(self, fresh: Ints, rows_at: RowsAt) -> None:
        """See `Links.link`. Room is made before, in doublings: without, hnswlib raises."""
        needed, room = len(self) + len(fresh), int(self._index.get_max_elements())
        if needed > room:
            self._index.resize_index(max(needed, 2 * room))
        for start in range(0, len(fresh), _AT_ONCE):
            part = fresh[start : start + _AT_ONCE]
            self.add(rows_at(part), part)

    def add(self, rows: Floats, labels: Ints) -> None:
        """Link rows for which there is room."""
        self._index.add_items(rows, labels, num_threads=1)

    def walk(self, vector: Floats, width: int) -> Ints:
        """See `Links.walk`; none where links lead to fewer."""
        count = min(width, len(self))
        if not count:
            return np.zeros(0, np.int64)
        self._index.set_ef(width)
        try:
            labels, _ = self._index.knn_query(vector, k=count, num_threads=1)
        except RuntimeError:  # hnswlib gives all that were asked for, or nothing
            return np.zeros(0, np.int64)
        found: Ints = labels[0].astype(np.int64)
        return found

    def state(self) -> dict[str, npt.NDArray[Any]]:
        """The links without the rows, and what they were made with."""
        held = self._index.__getstate__()[0]
        rows = held["data_level0"].reshape(-1, held["size_data_per_element"])
        return {
            **self._twins.state(),
            "made": self._made(held),
            "lowest": np.ascontiguousarray(rows[:, : held["offset_data"]]).view(np.uint32),
            "levels": held["element_levels"][: len(rows)].copy(),
            "upper": held["link_lists"].view(np.uint32),
        }

    def resumable(self) -> bool:
        """Not where hnswlib draws its numbers in a way that is not known here."""
        return per_draw() is not None

    def restore(self, state: Arrays, ordinals: Ints, rows_at: RowsAt) -> None:
        """See `Links.restore`."""
        step = per_draw()
        if step is None:
            raise ValueError("a graph that could not be gone on with")
        self.resume(state, ordinals, rows_at, step)

    def resume(self, state: Arrays, ordinals: Ints, rows_at: RowsAt, step: int) -> None:
        """Take up links, to draw from then on as if `step` were what `per_draw` gives."""
        labels = self._twins.restore(state, ordinals)
        rows = rows_at(labels)
        held = self._sized(len(rows)).__getstate__()[0]
        if not np.array_equal(state["made"], self._made(held)):
            raise ValueError("a graph made with other parameters")
        lowest, levels, upper = state["lowest"], state["levels"], state["upper"]
        if rows.dtype != np.float32 or rows.shape != (len(levels), self._dim):
            raise ValueError("a graph of other rows")
        require_sound(lowest, levels, upper, self._m)
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
            "seed": self._SEED * pow(step, len(rows), _MODULUS) % _MODULUS,
        }
        self._index = hnswlib_module().Index(held)

    def _sized(self, room: int) -> Any:
        index = hnswlib_module().Index("ip", self._dim)
        index.init_index(
            room, M=self._m, ef_construction=self._ef_construction, random_seed=self._SEED
        )
        return index

    def _made(self, held: Mapping[str, Any]) -> Ints:
        """What a graph depends on beside its rows; hnswlib numbers its format."""
        parameters = [self._dim, self._m, self._ef_construction, self._SEED]
        return np.array([held["ser_version"], held["size_data_per_element"], *parameters], np.int64)


@lru_cache(maxsize=1)
def per_draw() -> int | None:
    """What drawing one level multiplies the state of hnswlib's generator by; None if unknown.

    hnswlib writes down with which seed its generator began, not how far it has come. The generator
    is a multiplication modulo 2**31 - 1, and so its state after any number of draws is a seed
    that goes on from there. That is tried out: half a graph, gone on with, must be the whole one.
    """
    rows = np.linspace(0.0, 1.0, 128, dtype=np.float32)[:, None]
    whole, begun = (_grown(Graph(1, 2, 8), rows, 0, stop) for stop in (128, 64))
    for multiplier in _MULTIPLIERS:
        step = pow(multiplier, 2, _MODULUS)  # a level takes two numbers of 31 bits
        resumed = Graph(1, 2, 8)
        resumed.resume(begun.state(), np.arange(64), rows.__getitem__, step)
        _grown(resumed, rows, 64, 128)
        if np.array_equal(resumed.state()["levels"], whole.state()["levels"]):
            return step
    return None


def _grown(graph: Graph, rows: Floats, start: int, stop: int) -> Graph:
    graph.grow(np.arange(start, stop), rows.__getitem__)
    return graph


def hnswlib_module() -> Any:
    """hnswlib, which is imported where an index is made; raises `PluginError` without it."""
    try:
        import hnswlib
    except ImportError as error:
        raise PluginError(
            "HNSWIndex needs the package 'hnswlib', which cannot be imported "
            f'({error}). Run `pip install "memkit-sdk[hnsw]"`, which needs a C++ compiler, or '
            "use the default index, which needs no package."
        ) from error
    return hnswlib
