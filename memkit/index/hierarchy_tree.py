"""Domains, topics and episodes over the vectors of a layer, grown as records come.

An *episode* is a stretch of consecutive records of one session that stay on their subject. A
*topic* is a cluster of episodes, a *domain* a cluster of topics. Every node knows the sum of the
vectors beneath it, and its children by their numbers, which are places in the level below.

Records are placed in batches that begin at fixed ordinals, so the tree depends on the records
alone, not on how they came.

What one record costs: a product with its session's latest episode; if it opens an episode,
products with every domain, and with the topics of the 16 nearest, 512 at most; an addition in its
topic and one in its domain; and its share of cutting in two what has outgrown its bound. A cut
takes up to ten products for each child and leaves neither half more than three quarters of them,
so each child pays for some forty. Over 100,000 turns there are some hundred domains: less than a
thousand products a record, a number that rises with the domains alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from memkit.index.arrays import Growing
from memkit.index.hierarchy_levels import Level, halve, lengths
from memkit.types import Floats, Ints, Mask

_NEAR_DOMAINS: Final = 16
"""A new episode is compared with the topics of so many domains."""

Arrays = Mapping[str, npt.NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Shape:
    """The bounds of a tree.

    A record goes on with its session's latest episode when its cosine with the episode's mean is
    at least `likeness`, and the episode holds fewer than `episode` records. A topic holds at most
    `topic` episodes, a domain at most `domain` topics. Records are placed `batch` at a time; those
    of the batch that is not full yet wait outside the tree.
    """

    likeness: float = 0.2
    episode: int = 16
    topic: int = 64
    domain: int = 32
    batch: int = 256

    def __post_init__(self) -> None:
        if min(self.episode, self.batch) < 1 or min(self.topic, self.domain) < 2:
            raise ValueError(
                f"{self} cannot hold anything: an episode and a batch need room for one record, a "
                "topic and a domain for two children."
            )


class Episodes:
    """Stretches of sessions: the lowest level.

    An episode of one record is that record: only longer ones keep a sum and a list of their
    records (`slots` says where, -1 for nowhere). `of` is the episode of each record; for a record
    without vector it is that of the record before it in the session, to which it does not belong.
    """

    def __init__(self, dim: int, most: int) -> None:
        """Of at most so many records each."""
        self._most = most
        self.of = Growing(np.int64)
        self.first = Growing(np.int64)
        self.counts = Growing(np.int64)
        self.slots = Growing(np.int64)
        self.parents = Growing(np.int64)
        self.sums = Growing(np.float32, dim)
        self.lengths = Growing(np.float32)
        self.records = Growing(np.int64, most)

    def __len__(self) -> int:
        return len(self.counts)

    def vectors(self, episodes: Ints, rows: Floats) -> Floats:
        """The sums of the episodes' vectors, float32 [n, dim]."""
        slots = self.slots.values[episodes]
        sums: Floats = rows[self.first.values[episodes]]
        sums[slots >= 0] = self.sums.values[slots[slots >= 0]]
        return sums

    def records_of(self, episodes: Ints) -> Ints:
        """The ordinals of the records of episodes of several, episode by episode."""
        lists = self.records.values[self.slots.values[episodes]]
        found: Ints = lists[lists >= 0]
        return found

    def at(self, episode: int, rows: Floats) -> Stretch:
        """One of the episodes, to go on with."""
        slot, count = self.slots.values[episode], self.counts.values[episode]
        if slot < 0:
            first = int(self.first.values[episode])
            return Stretch(rows[first], 1.0, [first])
        records = self.records.values[slot, :count].tolist()
        return Stretch(self.sums.values[slot].copy(), float(self.lengths.values[slot]), records)

    def keep(self, stretches: Mapping[int, Stretch]) -> None:
        """Write down episodes that are new, or that went on."""
        fresh = [stretches[number] for number in sorted(stretches) if number >= len(self)]
        self.first.extend([stretch.records[0] for stretch in fresh])
        for column, value in ((self.counts, 1), (self.slots, -1), (self.parents, -1)):
            column.extend(np.full(len(fresh), value))
        for number in sorted(stretches):
            if len(stretches[number].records) > 1:
                self._keep_long(number, stretches[number])

    def _keep_long(self, number: int, stretch: Stretch) -> None:
        slot = self.slots.values[number]
        if slot < 0:
            slot = self.slots.values[number] = len(self.sums)
            self.sums.extend(stretch.sum[None, :])
            self.lengths.extend([stretch.length])
            self.records.extend(np.full((1, self._most), -1))
        self.sums.values[slot] = stretch.sum
        self.lengths.values[slot] = stretch.length
        self.records.values[slot, : len(stretch.records)] = stretch.records
        self.counts.values[number] = len(stretch.records)


@dataclass(slots=True)
class Stretch:
    """An episode while records are placed: the sum of its vectors, its length, the ordinals."""

    sum: Floats
    length: float
    records: list[int]

    def likes(self, row: Floats, likeness: float) -> bool:
        """Whether the mean of its vectors has at least that cosine with a unit vector."""
        return float(np.dot(self.sum, row)) >= likeness * self.length

    def take(self, ordinal: int, row: Floats) -> None:
        """Go on with a record."""
        self.sum = self.sum + row
        self.length = float(lengths(self.sum[None, :])[0])
        self.records.append(ordinal)


class Tree:
    """The three levels, and how many of the layer's records they cover."""

    def __init__(self, dim: int, shape: Shape) -> None:
        self._shape = shape
        self.episodes = Episodes(dim, shape.episode)
        self.topics = Level(dim)
        self.domains = Level(dim)

    @property
    def covered(self) -> int:
        """How many records, counted from the first, are placed or have no vector."""
        return len(self.episodes.of)

    def grow(self, rows: Floats, known: Mask, previous: Ints) -> None:
        """Place every full batch of records that are not covered yet.

        `rows` are the layer's unit vectors [n, dim], `known` says which records have one, and
        `previous` which record comes before each in its session.
        """
        batch = self._shape.batch
        while self.covered + batch <= len(rows):
            start = self.covered
            opened = len(self.episodes)
            self._stretch(start, start + batch, rows, known, previous)
            fresh = np.arange(opened, len(self.episodes))
            self._attach(fresh, rows)
            placed = start + np.flatnonzero(known[start : start + batch])
            topics = self.episodes.parents.values[self.episodes.of.values[placed]]
            if len(placed):
                self.topics.add(topics, rows[placed])
                self.domains.add(self.topics.parents.values[topics], rows[placed])
            self._divide(np.unique(topics).tolist(), rows)

    def state(self) -> dict[str, npt.NDArray[Any]]:
        """The bounds, each node's parent, and the sums of clusters."""
        return {
            "shape": np.array(astuple(self._shape), np.float64),
            "episodes": self.episodes.of.values,
            "topics": self.episodes.parents.values,
            "domains": self.topics.parents.values,
            "topic_sums": self.topics.sums.values,
            "domain_sums": self.domains.sums.values,
        }

    def restore(self, state: Arrays, rows: Floats, known: Mask) -> None:
        """Be, in a new tree, what gave this state over these rows; raises `ValueError`."""
        of, topics, domains = state["episodes"], state["topics"], state["domains"]
        placed = np.flatnonzero(known[: len(of)])
        if not np.array_equal(state["shape"], np.array(astuple(self._shape), np.float64)):
            raise ValueError("a tree of other bounds")
        if (
            len(of) > len(rows) or len(of) % self._shape.batch
            or not _is_cover(of[placed], len(topics), self._shape.episode)
            or not _is_cover(topics, len(domains), self._shape.topic)
            or not _is_cover(domains, len(state["domain_sums"]), self._shape.domain)
            or state["topic_sums"].shape != (len(domains), rows.shape[1])
        ):  # fmt: skip
            raise ValueError("a tree that does not fit its records")
        self._restore_episodes(of, placed, rows)
        self.episodes.parents.values[:] = topics
        _restore(self.topics, topics, domains, self.episodes.counts.values, state["topic_sums"])
        above = np.full(len(state["domain_sums"]), -1)
        _restore(self.domains, domains, above, self.topics.counts.values, state["domain_sums"])

    def _restore_episodes(self, of: Ints, placed: Ints, rows: Floats) -> None:
        stretches: dict[int, Stretch] = {}
        for ordinal, number in zip(placed.tolist(), of[placed].tolist(), strict=True):
            if number in stretches:
                stretches[number].take(ordinal, rows[ordinal])
            else:
                stretches[number] = Stretch(rows[ordinal], 1.0, [ordinal])
        self.episodes.keep(stretches)
        self.episodes.of.extend(of)

    def _stretch(self, start: int, stop: int, rows: Floats, known: Mask, previous: Ints) -> None:
        """Cut a batch into episodes, some of which were begun before it."""
        touched: dict[int, Stretch] = {}
        opened, before = len(self.episodes), previous[start:stop].tolist()
        self.episodes.of.extend(np.full(stop - start, -1))
        of = self.episodes.of.values
        for ordinal, earlier in enumerate(before, start):
            number = int(of[earlier]) if earlier >= 0 else -1
            if known[ordinal]:
                if number >= 0 and number not in touched:
                    touched[number] = self.episodes.at(number, rows)
                if number < 0 or not self._goes_on(touched[number], rows[ordinal]):
                    number, opened = opened, opened + 1
                    touched[number] = Stretch(rows[ordinal], 1.0, [ordinal])
                else:
                    touched[number].take(ordinal, rows[ordinal])
            of[ordinal] = number
        self.episodes.keep(touched)

    def _goes_on(self, stretch: Stretch, row: Floats) -> bool:
        room = len(stretch.records) < self._shape.episode
        return room and stretch.likes(row, self._shape.likeness)

    def _attach(self, fresh: Ints, rows: Floats) -> None:
        """Put new episodes under the topics nearest to them."""
        if not len(fresh):
            return
        if not len(self.topics):
            self.topics.append(fresh[:0], self.domains.append(np.zeros(1, np.int64), -1))
        near = self._nearest(self.episodes.vectors(fresh, rows))
        self.episodes.parents.values[fresh] = near
        self.topics.adopt(fresh, near)

    def _nearest(self, vectors: Floats) -> Ints:
        """The topic nearest to each vector, among those of the domains that are nearest to it."""
        likeness = vectors @ self.domains.vectors(np.arange(len(self.domains))).T
        ranks = np.argsort(-likeness, axis=1, kind="stable")[:, :_NEAR_DOMAINS]
        near = np.full(len(vectors), -1)
        highest = np.full(len(vectors), -np.inf, np.float32)
        for domain in np.unique(ranks).tolist():
            asking = np.flatnonzero((ranks == domain).any(axis=1))
            topics = self.domains.children[domain]
            found = vectors[asking] @ self.topics.vectors(topics).T
            better = found.max(axis=1) > highest[asking]
            highest[asking[better]] = found.max(axis=1)[better]
            near[asking[better]] = topics[found.argmax(axis=1)[better]]
        return near

    def _divide(self, topics: list[int], rows: Floats) -> None:
        """Cut these topics in two until each keeps its bound, and then the domains they are in."""
        episodes, domains = self.episodes, set[int]()
        while topics:
            topic = topics.pop()
            children = self.topics.children[topic]
            if len(children) > self._shape.topic:
                domain = int(self.topics.parents.values[topic])
                sums = episodes.vectors(children, rows)
                other = halve(self.topics, topic, sums, episodes.counts.values, episodes.parents)
                self.domains.adopt(np.array([other]), np.array([domain]))
                topics += [topic, other]
                domains.add(domain)
        waiting = sorted(domains)
        while waiting:
            domain = waiting.pop()
            children = self.domains.children[domain]
            if len(children) > self._shape.domain:
                below = self.topics
                sums = below.sums.values[children]
                other = halve(self.domains, domain, sums, below.counts.values, below.parents)
                waiting += [domain, other]


def _restore(level: Level, below: Ints, parents: Ints, counts: Ints, sums: Floats) -> None:
    """Fill a level; `below` are the parents, and `counts` the counts, of the level below it."""
    order = np.argsort(below, kind="stable")
    bounds = np.searchsorted(below[order], np.arange(len(parents) + 1))
    for node, parent in enumerate(parents.tolist()):
        level.append(order[bounds[node] : bounds[node + 1]], parent)
    level.sums.values[:] = sums
    level.counts.values[:] = np.bincount(below, weights=counts, minlength=len(parents))
    level.measure(np.arange(len(parents)))


def _is_cover(parents: Ints, size: int, bound: int) -> bool:
    """Whether each of `size` parents has a child, and none more than its bound."""
    if parents.dtype != np.int64 or parents.ndim != 1 or not len(parents):
        return parents.dtype == np.int64 and not size
    if int(parents.min()) < 0 or int(parents.max()) != size - 1:
        return False
    counts = np.bincount(parents, minlength=size)
    return bool(counts.min() > 0 and counts.max() <= bound)
