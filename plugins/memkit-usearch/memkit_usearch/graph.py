"""A graph over rows, built and walked by usearch."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, ClassVar, Final

import numpy as np
import numpy.typing as npt

from memkit.errors import PluginError
from memkit.index.links import Arrays, Links, require_sound
from memkit.index.twins import RowsAt
from memkit.types import Floats, Ints

_PORTION: Final = 5
"""A portion is one over two to this power of the records there are: 32 to a doubling."""
_SIZES: Final = np.dtype([("rows", "<u4"), ("bytes", "<u4")])
_HEAD: Final = np.dtype(
    [("kinds", "V17"), ("present", "<u8"), ("deleted", "<u8"), ("dim", "<u8"), ("rest", "V23"),
     ("size", "<u8"), ("m", "<u8"), ("lowest", "<u8"), ("top", "<u8"), ("entry", "<u8")]
)  # fmt: skip
"""What stands between the rows and the nodes of a graph that usearch 2.26 writes down."""


class Graph(Links):
    """usearch's graph, of rows in 16 bits.

    Levels are drawn from a generator that cannot be set, and that begins again when a graph is
    loaded. So every graph is written down and loaded before each portion of records, whether it
    grows in one process or in many, and where portions end depends on the number of records alone.
    """

    ordered: ClassVar[bool] = False

    def __init__(self, dim: int, m: int, ef_construction: int) -> None:
        """An empty one over rows of `dim` components."""
        super().__init__()
        self._dim, self._m = dim, m
        self._index = usearch_module().Index(
            ndim=dim, metric="ip", dtype="f16", connectivity=m, expansion_add=ef_construction,
            enable_key_lookups=False,
        )  # fmt: skip
        self._nothing = bytes(self._index.save())
        self._drawn = False

    def __len__(self) -> int:
        return len(self._index)

    def reach(self, size: int) -> int:
        """As many as fill portions."""
        return size - size % _portion(size)

    def portions(self, size: int) -> Iterator[int]:
        """See `Links.portions`."""
        stop, last = self.covered, self.reach(size)
        while stop < last:
            stop += _portion(stop)
            yield stop

    def link(self, fresh: Ints, rows_at: RowsAt) -> None:
        """See `Links.link`; in one call, for a second could begin to draw anew."""
        if not len(fresh):
            return
        if self._drawn:
            self._index.load(self._index.save())
        self._drawn = True
        self._index.add(fresh, rows_at(fresh), threads=1)

    def walk(self, vector: Floats, width: int) -> Ints:
        """See `Links.walk`."""
        if not len(self):
            return np.zeros(0, np.int64)
        self._index.expansion_search = width
        found: Ints = self._index.search(vector, width, threads=1).keys.astype(np.int64)
        return found

    def resumable(self) -> bool:
        """Not where usearch writes down graphs in a way that is not known here."""
        return _understood()

    def state(self) -> dict[str, npt.NDArray[Any]]:
        """See `Links.state`."""
        written = np.frombuffer(self._index.save(), np.uint8)
        sizes = written[: _SIZES.itemsize].view(_SIZES)[0]
        start = _SIZES.itemsize + int(sizes["rows"]) * int(sizes["bytes"]) + _HEAD.itemsize
        levels = written[start : start + 2 * len(self)].view("<i2").astype(np.int32)
        words = written[start + 2 * len(self) :].view("<u2")
        lowest = self._lowest_of(levels)
        if len(words) != len(lowest):
            raise ValueError("a graph that is written down in a way that is not known here")
        return {
            **self._twins.state(),
            "made": self._made(),
            "lowest": words[lowest].view(self._node())["links"].copy(),
            "levels": levels,
            "upper": words[~lowest].view(np.uint32),
        }

    def restore(self, state: Arrays, ordinals: Ints, rows_at: RowsAt) -> None:
        """See `Links.restore`."""
        labels = self._twins.restore(state, ordinals)
        if not np.array_equal(state["made"], self._made()):
            raise ValueError("a graph made with other parameters, or by another usearch")
        lowest, levels, upper = state["lowest"], state["levels"], state["upper"]
        rows = rows_at(labels)
        if rows.dtype != np.float32 or rows.shape != (len(levels), self._dim):
            raise ValueError("a graph of other rows")
        require_sound(lowest, levels, upper, self._m)
        try:
            self._index.load(self._written(rows, labels, lowest, levels, upper))
        except RuntimeError as error:
            raise ValueError("a graph that usearch does not take") from error
        self._drawn = False

    def _written(
        self, rows: Floats, labels: Ints, lowest: Any, levels: Any, upper: Any
    ) -> npt.NDArray[np.uint8]:
        """The bytes of a graph, as usearch itself would write them."""
        sizes = np.array([(len(rows), 2 * self._dim)], _SIZES)
        head = np.frombuffer(self._nothing[_SIZES.itemsize :], _HEAD).copy()
        head["present"] = head["size"] = len(rows)
        head["m"], head["lowest"] = self._m, 2 * self._m
        head["top"], head["entry"] = levels.max(), levels.argmax()  # the first to reach the top
        nodes = np.zeros(len(rows), self._node())
        nodes["key"], nodes["level"], nodes["links"] = labels, levels, lowest
        places = self._lowest_of(levels)
        words = np.empty(len(places), "<u2")
        words[places], words[~places] = nodes.view("<u2"), upper.view("<u2")
        parts = (sizes, rows.astype("<f2"), head, levels.astype("<i2"), words)
        return np.concatenate([part.reshape(-1).view(np.uint8) for part in parts])

    def _node(self) -> np.dtype[Any]:
        """A node with its list of the lowest layer; those of higher layers follow it."""
        return np.dtype([("key", "<u8"), ("level", "<i2"), ("links", "<u4", (1 + 2 * self._m,))])

    def _lowest_of(self, levels: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
        """Which words of 16 bits of the nodes are not of higher layers' lists."""
        counts = np.empty(2 * len(levels), np.int64)
        counts[::2] = self._node().itemsize // 2
        counts[1::2] = levels * 2 * (1 + self._m)
        return np.repeat(np.tile([True, False], len(levels)), counts)

    def _made(self) -> Ints:
        """What a graph depends on beside its rows; usearch's version among it."""
        kinds = np.frombuffer(self._nothing, np.uint8).astype(np.int64)
        return np.append(kinds, [self._dim, self._m, self._index.expansion_add])


def _portion(size: int) -> int:
    """How many records are linked together among so many: a power of two."""
    return 1 << max(0, size.bit_length() - 1 - _PORTION)


@lru_cache(maxsize=1)
def _understood() -> bool:
    """Whether a graph taken up is, and becomes, to the bit the one that was written down."""
    rows = np.random.default_rng(0).standard_normal((160, 8)).astype(np.float32)
    known = np.ones(160, np.bool_)
    whole, resumed = Graph(8, 2, 8), Graph(8, 2, 8)
    whole.cover(known[:128], rows.__getitem__)
    try:
        resumed.restore(whole.state(), np.arange(128), rows.__getitem__)
    except ValueError:
        return False
    if resumed._index.save() != whole._index.save():
        return False
    resumed.covered = 128
    for graph in (whole, resumed):
        graph.cover(known, rows.__getitem__)
    return bool(resumed._index.save() == whole._index.save())


def usearch_module() -> Any:
    """`usearch.index`, imported where an index is made; raises `PluginError` where it cannot be."""
    try:
        from usearch import index
    except ImportError as error:
        raise PluginError(
            f"UsearchIndex needs the package 'usearch', which cannot be imported ({error}). Run "
            "`pip install --force-reinstall usearch`, or use the default index, which needs no "
            "package."
        ) from error
    return index
