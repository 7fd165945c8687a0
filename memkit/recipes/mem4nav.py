"""Mem4Nav: memory by place: the cell one is in, the cells around it, and the way between."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator
from typing import ClassVar

from memkit.errors import InvalidInput, NotFound
from memkit.models import Hit, Turn
from memkit.recipe import Card, Composition, Recipe
from memkit.store import Scope
from memkit.types import Filter, When

_SEPARATOR = "/"


class Mem4Nav(Recipe):
    """Turns carry `metadata["place"]`, a path from the largest cell down: "porto/ribeira/quay".

    It may as well be a repository, a folder and a file, or squares of a grid (`cell`). `recall`
    looks where one is, `route` finds the way over the places that were visited one after the other.
    """

    name: ClassVar[str] = "mem4nav"
    card: ClassVar[Card] = Card(
        paper="Mem4Nav: Boosting Vision-and-Language Navigation in Urban Environments (2025)",
        source="arXiv 2506.19433",
        known_for="two levels of place: cells for where one is, a landmark graph for where one "
        "could go; first what was seen lately, then all that was ever seen",
        kept="a recent store that answers if its best is good enough (.7), else the long-term one; "
        "cells within cells; edges between landmarks weigh what it takes to go, a mean over "
        "visits; Dijkstra on them",
        mended="cells are cut by number whatever lies in them: here they may be named, and the "
        "search goes from a cell to the one around it; the published index overflows after enough "
        "updates, its inverse is inexact, and frequency and age are on different scales: here "
        "nothing is overwritten",
        model="walks, and says what it sees",
        without="all of it",
    )

    def __init__(self, *, recent: int = 128, accept: float = 0.7) -> None:
        """The last `recent` turns are looked at first; a score of `accept` is good enough."""
        self._recent = recent
        self._accept = accept

    def compose(self) -> Composition:
        """Nothing of its own: places are in the metadata, and filters find them."""
        return Composition()

    def recall(
        self, scope: Scope, query: str, place: str, k: int = 5, *, now: When | None = None
    ) -> list[Hit]:
        """What is known of a place: lately and here, then here, then in the cells around it."""
        lately = [turn.id for turn in scope.turns(last=self._recent)
                  if _within(_place(turn), place)]  # fmt: skip
        if lately:
            hits = scope.search(query, k, filter={"id": {"in": lately}}, now=now)
            if hits and hits[0].score >= self._accept:
                return hits
        found: dict[str, Hit] = {}
        for cell in _outwards(place):
            if len(found) < k:
                for hit in scope.search(query, k, filter=_inside(cell), now=now):
                    found.setdefault(hit.id, hit)
        return list(found.values())[:k]

    @staticmethod
    def cell(x: float, y: float, *, size: float = 100.0, depth: int = 16) -> str:
        """The place of a point in a square world of side `size`, as squares within squares.

        Each step halves the side and names the quarter (0 to 3, x first), in Morton's order; what
        shares the first n steps lies in one square of side size / 2^n. Raises `InvalidInput`.
        """
        if not (0 <= x < size and 0 <= y < size and depth >= 1):
            raise InvalidInput(f"({x}, {y}) is not in [0, {size}) twice, or depth={depth} below 1.")
        steps = []
        for _ in range(depth):
            size /= 2
            right, up = x >= size, y >= size
            steps.append(str(right + 2 * up))
            x, y = x - size * right, y - size * up
        return _SEPARATOR.join(steps)

    @staticmethod
    def route(scope: Scope, start: str, goal: str) -> tuple[list[str], float]:
        """The places of the shortest known way, and what it takes.

        An edge lies between places that were visited one after the other in a session; it weighs
        the mean of `metadata["cost"]` of the later turn (1 where none is given), both ways alike.
        Raises `NotFound` where no way is known.
        """
        edges = _edges(scope)
        queue: list[tuple[float, str, list[str]]] = [(0.0, start, [start])]
        done: set[str] = set()
        while queue:
            cost, place, path = heapq.heappop(queue)
            if place == goal:
                return path, cost
            if place not in done:
                done.add(place)
                for other, weight in sorted(edges[place].items()):
                    heapq.heappush(queue, (cost + weight, other, [*path, other]))
        raise NotFound(f"No way from {start!r} to {goal!r} is known; {len(edges)} places are.")


def _edges(scope: Scope) -> dict[str, dict[str, float]]:
    costs: dict[tuple[str, str], list[float]] = defaultdict(list)
    last: dict[str | None, str] = {}
    for turn in scope.turns():
        place = _place(turn)
        before = last.get(turn.session)
        if place is not None:
            if before is not None and before != place:
                costs[before, place].append(float(turn.metadata.get("cost", 1.0)))
            last[turn.session] = place
    edges: dict[str, dict[str, float]] = defaultdict(dict)
    for one, other in sorted({tuple(sorted(pair)) for pair in costs}):
        both = costs[one, other] + costs[other, one]
        edges[one][other] = edges[other][one] = sum(both) / len(both)
    return edges


def _place(turn: Turn) -> str | None:
    place = turn.metadata.get("place")
    return place if isinstance(place, str) and place else None


def _within(place: str | None, cell: str) -> bool:
    return place is not None and (place == cell or place.startswith(cell + _SEPARATOR))


def _inside(cell: str) -> Filter:
    """The turns of a cell and of all cells in it."""
    inner = {"gte": cell + _SEPARATOR, "lt": cell + chr(ord(_SEPARATOR) + 1)}
    return {"or": [{"meta.place": cell}, {"meta.place": inner}]}


def _outwards(place: str) -> Iterator[str]:
    """The place, and the cells around it, from the smallest on."""
    parts = place.split(_SEPARATOR)
    for length in range(len(parts), 0, -1):
        yield _SEPARATOR.join(parts[:length])
