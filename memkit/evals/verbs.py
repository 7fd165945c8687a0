"""The recipes' own ways in and out, where these are not `add` and `search`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np

from memkit.dates import from_micros
from memkit.embed.supplied import SuppliedVectors
from memkit.recipes.coat import Reasoning
from memkit.store import Scope

_START: Final = from_micros(1_600_000_000_000_000)
_DIM: Final = 64

Metadata = Callable[[int, str], dict[str, Any]]
Verb = Callable[[Any, Scope, str], object]
"""A recipe, a scope and a text: what is to be kept, or what is asked."""


def _plain(_place: int, _text: str) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Verbs:
    """What a recipe is written and asked by.

    `metadata` of the turn at a place is what turns carry that are stored by `write`, or that
    `recall` goes by. `ready` is called once, when all are stored.
    """

    write: Verb | None = None
    recall: Verb | None = None
    metadata: Metadata = _plain
    ready: Verb | None = None


def verbs(recipe: str) -> Verbs:
    """Those of a recipe by name; one that has none of its own, or is not built in, has none."""
    return _MAKERS.get(recipe, Verbs)()


def _hippomm() -> Verbs:
    vectors, draw = SuppliedVectors("drawn", _DIM), np.random.default_rng(0)

    def channel(place: int, text: str) -> dict[str, Any]:
        vectors.give(text, draw.standard_normal(_DIM).tolist())
        return {"channel": ("text", "image", "sound")[place % 3]}

    def separate(recipe: Any, scope: Scope, text: str) -> object:
        return recipe.separate(scope, {"content": text, "metadata": channel(0, text)}, vectors)

    return Verbs(separate, lambda r, s, text: r.recall(s, text, channel="text"), channel)


def _in_part(place: int, _text: str) -> dict[str, Any]:
    return {"alpha": ("episodic", "semantic")[place % 2]}


def _in_place(place: int, _text: str) -> dict[str, Any]:
    """Twelve quarters with forty streets each; one moves on every seven turns."""
    return {"place": f"porto/quarter {place // 280 % 12}/street {place // 7 % 40}"}


def _in_cube(place: int, text: str) -> dict[str, Any]:
    return {
        "cube": {
            "key": f"key {place}", "type": "text", "version": 1, "status": "activated",
            "payload": text, "base64": False,
        }
    }  # fmt: skip


def _mistake(place: int, text: str) -> dict[str, Any]:
    return {"note": "mistake", "signature": f"tool|KeyError|kind {place % 300}", "error": text,
            "fix": "none"}  # fmt: skip


def _judge(recipe: Any, scope: Scope, _text: str) -> None:
    for turn in list(scope.turns(last=100)):
        found = recipe.recall(scope, turn.text, 5)
        recipe.judge(scope, found, [found.hits[0].id], useful=True)


def _fire(recipe: Any, scope: Scope, _text: str) -> None:
    for turn in list(scope.turns(last=200)):
        recipe.fire(scope, scope.search(turn.text, 5))


_MAKERS: Final[Mapping[str, Callable[[], Verbs]]] = {
    "assomem": partial(Verbs, recall=lambda r, s, text: r.recall(s, text), ready=_judge),
    "caim": partial(Verbs, recall=lambda r, s, text: r.recall(s, text)),
    "chatdb": partial(Verbs, recall=lambda r, s, text: r.answer(s, text)),
    "coat": partial(Verbs, recall=lambda r, s, text: r.recall_step(s, Reasoning(text), text)),
    "hippomm": _hippomm,
    "larimar-needle": partial(Verbs, lambda r, s, text: r.write(s, text)),
    "mem-alpha": partial(
        Verbs, lambda r, s, text: r.insert(s, r.route(text, now=_START), text), metadata=_in_part
    ),
    "mem4nav": partial(
        Verbs,
        recall=lambda r, s, text: r.recall(s, text, _in_place(997 * len(text), text)["place"]),
        metadata=_in_place,
    ),
    "memoria": partial(Verbs, recall=lambda r, s, text: r.remind(s, text), ready=_fire),
    "memos": partial(
        Verbs,
        lambda r, s, text: r.cube(s).put(text, text),
        lambda r, s, text: r.cube(s).search(text),
        _in_cube,
    ),
    "olagpt": partial(
        Verbs,
        lambda r, s, text: r.note(s, f"KeyError: {text}", text),
        lambda r, s, text: r.lookup(s, f"KeyError: {text}"),
        _mistake,
    ),
    "robomemory": partial(Verbs, recall=lambda r, s, text: r.recall(s, text)),
}
