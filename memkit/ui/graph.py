"""The association graph: what is connected with what, and where to draw it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from memkit.models import Memory
from memkit.store import Scope
from memkit.ui.answers import Asked, count

NODES: Final = 60
"""More cannot be told apart."""
_WALKED: Final = 3000
"""So many of the newest records are asked for their links."""
_STEPS: Final = 300
_LABEL: Final = 60
_RESTS: Final = "rests on"
_CALLED: Final = "calls up"
_CALLS: Final = 8
_ASKED: Final = 400
"""So many characters of a record are what it is asked with."""

Bond = tuple[str, str, str, float]
"""Source, target, kind, weight."""
Places = npt.NDArray[np.float64]
Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def graph(scope: Scope, asked: Asked) -> Any:
    """`{"of", "nodes", "edges", "left_out"}`.

    `of` is `things` (whom and what facts are about, bound by their attributes), `records` (what
    links the file keeps) or `around` one record, `focus`: its links, what it rests on and what
    rests on it, two steps far, and what a search for its own words calls up. A node has `id`,
    `label`, `kind` and its place, `x` and `y` in 0..1; an edge `source`, `target`, `kind` and
    `weight`. `left_out` is how many nodes there was no room for. `shape=tall` lays out for a page
    that is higher than wide.
    """
    most = min(count(asked, "most", NODES), 200)
    focus = asked.get("focus") or None
    if focus is not None:
        scope.get(focus)  # raises `NotFound`
        bonds, of = _around(scope, focus, most), "around"
    elif asked.get("of") == "records":
        bonds, of = _kept(scope), "records"
    else:
        bonds, of = _things(scope), "things"
    bonds, left_out = _densest(bonds, most, focus)
    names = list(
        dict.fromkeys([*([focus] if focus else ()), *(end for b in bonds for end in b[:2])])
    )
    labels = _thing_labels(names, bonds) if of == "things" else _record_labels(scope, names)
    number = {id: place for place, id in enumerate(names)}
    wide = 0.75 if asked.get("shape") == "tall" else 1.6
    places = layout(len(names), [(number[b[0]], number[b[1]]) for b in bonds], wide=wide)
    nodes = [
        {"id": id, **labels[id], "x": round(float(x), 4), "y": round(float(y), 4)}
        for id, (x, y) in zip(names, places, strict=True)
    ]
    edges = [
        {"source": source, "target": target, "kind": kind, "weight": round(weight, 3)}
        for source, target, kind, weight in bonds
    ]
    return {"of": of, "focus": focus, "nodes": nodes, "edges": edges, "left_out": left_out}


def layout(size: int, edges: Sequence[tuple[int, int]], *, wide: float = 1.6) -> Places:
    """Places in 0..1 for `size` nodes: float64 [size, 2]; the same for the same graph.

    Each connected part gets a rectangle of a share of the page, `wide` times as wide as high, that
    grows with its size, and is laid out in it by springs.
    """
    at = np.zeros((size, 2))
    parts = _parts(size, edges)
    for part, (left, top, right, bottom) in zip(
        parts, _rectangles([len(part) + 2.0 for part in parts], (0.0, 0.0, wide, 1.0)), strict=True
    ):
        place = {node: number for number, node in enumerate(part)}
        inner = [(place[a], place[b]) for a, b in edges if a in place]
        corner, extent = np.array([left, top]), np.array([right - left, bottom - top])
        at[part] = corner + extent * (0.08 + 0.84 * _springs(len(part), inner))
    found: Places = at / np.array([wide, 1.0])
    return found


def _springs(size: int, edges: Sequence[tuple[int, int]]) -> Places:
    """Places in 0..1 by attraction along edges and repulsion among all, cooling down.

    After Fruchterman and Reingold (1991), from places on a spiral. An edge pulls the less the more
    edges its ends have, or a dense part would be a blot.
    """
    if size == 1:
        return np.full((1, 2), 0.5)
    turn = np.arange(size) * np.pi * (3 - np.sqrt(5))
    radius = np.sqrt((np.arange(size) + 0.5) / size) / 2
    at = np.stack([radius * np.cos(turn), radius * np.sin(turn)], axis=1)
    ends = np.array(edges, dtype=np.int64).reshape(-1, 2)
    degree = np.bincount(ends.ravel(), minlength=size)
    ease = 1 / np.sqrt(np.minimum(degree[ends[:, 0]], degree[ends[:, 1]]))
    ideal = 1 / np.sqrt(size)
    for step in range(_STEPS):
        apart = at[:, None] - at[None]
        far = np.maximum(np.linalg.norm(apart, axis=2), 1e-6)
        push = (apart * (ideal**2 / far**2)[..., None]).sum(axis=1)
        along = at[ends[:, 0]] - at[ends[:, 1]]
        pull = along * (ease * np.linalg.norm(along, axis=1) / ideal)[:, None]
        np.add.at(push, ends[:, 0], -pull)
        np.add.at(push, ends[:, 1], pull)
        length = np.maximum(np.linalg.norm(push, axis=1), 1e-9)
        at = at + push * (np.minimum(length, 0.1 * (1 - step / _STEPS)) / length)[:, None]
    low, high = at.min(axis=0), at.max(axis=0)
    middle, extent = (low + high) / 2, np.maximum(high - low, 1e-6)
    return np.where(extent > 1e-3, (at - middle) / extent, 0.0) + 0.5


def _parts(size: int, edges: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The nodes of each connected part, the largest first."""
    near: dict[int, list[int]] = {node: [] for node in range(size)}
    for a, b in edges:
        near[a].append(b)
        near[b].append(a)
    found, seen = list[list[int]](), set[int]()
    for start in range(size):
        if start not in seen:
            part, seen = [start], seen | {start}
            for node in part:
                fresh = [other for other in dict.fromkeys(near[node]) if other not in seen]
                part += fresh
                seen.update(fresh)
            found.append(sorted(part))
    return sorted(found, key=lambda part: (-len(part), part[0]))


def _rectangles(weights: Sequence[float], whole: Rectangle) -> list[Rectangle]:
    """A rectangle for each weight, of that share of the whole: halved by weight, the long way."""
    if len(weights) <= 1:
        return [whole] * len(weights)
    sums = np.cumsum(weights)
    cut = int(np.clip(np.searchsorted(sums, sums[-1] / 2) + 1, 1, len(weights) - 1))
    share = float(sums[cut - 1] / sums[-1])
    left, top, right, bottom = whole
    if right - left >= bottom - top:
        at = left + share * (right - left)
        halves = (left, top, at, bottom), (at, top, right, bottom)
    else:
        at = top + share * (bottom - top)
        halves = (left, top, right, at), (left, at, right, bottom)
    return [*_rectangles(weights[:cut], halves[0]), *_rectangles(weights[cut:], halves[1])]


def _things(scope: Scope) -> list[Bond]:
    return [
        (fact.subject, fact.value, fact.attribute, fact.confidence)
        for fact in scope.facts(trust="web")
        if fact.subject != fact.value
    ]


def _kept(scope: Scope) -> list[Bond]:
    ids = [record.id for record in islice(scope.memories(), _WALKED) if record.id]
    ids += [turn.id for turn in islice(scope.turns(archived=False), _WALKED)]
    return list(dict.fromkeys(bond for id in ids for bond in _links(scope, id)))


def _links(scope: Scope, id: str) -> list[Bond]:
    return [(link.source, link.target, link.kind, link.weight) for link in scope.links(id)]


def _around(scope: Scope, focus: str, most: int) -> list[Bond]:
    found = dict.fromkeys(_called_up(scope, focus))
    seen, ring = {focus, *(bond[1] for bond in found)}, [focus]
    for _ in range(2):
        bonds = [*(bond for id in ring for bond in _links(scope, id)), *_rests(scope, ring)]
        further: dict[str, None] = {}
        for bond in sorted(bonds, key=lambda bond: -bond[3]):
            fresh = [end for end in bond[:2] if end not in seen]
            if len(seen) + len(fresh) <= most:
                found[bond] = None
                further.update(dict.fromkeys(fresh))
                seen.update(fresh)
        ring = list(further)
    return list(found)


def _called_up(scope: Scope, id: str) -> list[Bond]:
    """What a search for the record's own words finds besides it, by the score."""
    words = scope.get(id).text[:_ASKED]
    hits = scope.trace(words, _CALLS + 1).hits if words.strip() else ()
    return [(id, hit.id, _CALLED, hit.score) for hit in hits if hit.id != id and hit.score > 0]


def _rests(scope: Scope, ids: Sequence[str]) -> list[Bond]:
    """What these rest on, and what rests on them."""
    found: list[Bond] = []
    for id in ids:
        one = scope.get(id)
        if isinstance(one, Memory):
            turns = dict.fromkeys(source.turn for source in one.sources)
            found += [(id, turn, _RESTS, 1.0) for turn in turns]
    marks = ", ".join("?" * len(ids))
    rows = scope.sql(
        f"SELECT DISTINCT memory, turn FROM sources WHERE turn IN ({marks})",
        ids, timeout_ms=20_000,
    )  # fmt: skip
    return [*found, *((memory, turn, _RESTS, 1.0) for memory, turn in rows)]


def _densest(bonds: list[Bond], most: int, focus: str | None) -> tuple[list[Bond], int]:
    """The bonds among the nodes that have most of them, and how many nodes are left out."""
    degree: dict[str, int] = {focus: len(bonds) + 1} if focus else {}
    for bond in bonds:
        for end in bond[:2]:
            degree[end] = degree.get(end, 0) + 1
    near: dict[str, int] = {}
    for source, target, _, _ in bonds:  # a leaf stays with the busiest node it hangs on
        near[source] = max(near.get(source, 0), degree[target])
        near[target] = max(near.get(target, 0), degree[source])
    order = sorted(degree, key=lambda name: -max(degree[name], near.get(name, 0)))
    kept = set(order[:most])
    return [bond for bond in bonds if {*bond[:2]} <= kept], len(degree) - len(kept)


def _thing_labels(names: list[str], bonds: list[Bond]) -> dict[str, dict[str, str]]:
    subjects = {bond[0] for bond in bonds}
    return {
        name: {"label": name[:_LABEL], "kind": "subject" if name in subjects else "value"}
        for name in names
    }


def _record_labels(scope: Scope, names: list[str]) -> dict[str, dict[str, str]]:
    found = {}
    for id in names:
        one = scope.get(id)
        kind = one.kind if isinstance(one, Memory) else "turn"
        said = f"{one.speaker}: {one.text}" if one.speaker and kind == "turn" else one.text
        found[id] = {"label": " ".join(said.split())[:_LABEL], "kind": kind}
    return found
