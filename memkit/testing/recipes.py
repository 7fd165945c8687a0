"""The kit for recipes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import timedelta
from typing import Any

from memkit.models import Hit
from memkit.recipe import Card, Composition, Recipe
from memkit.store import MemoryStore
from memkit.testing.rules import Rule, require_name
from memkit.testing.samples import NOW

_ROUNDS = 4
_LATER = timedelta(days=1)
_SAID = (
    ("Ana", "I moved from Porto to Lisbon in March."),
    ("Ben", "Nice! My sister Clara lives in Lisbon too."),
    ("Ana", "My dog Rex loves the beach there."),
    ("Ben", "Clara has a beehive on her roof and sells honey."),
    ("Ana", "On Friday I start at the bakery on Rua Augusta."),
)


def check_recipe(make: Callable[[], Recipe]) -> None:
    """Raise `BrokenRule` unless what `make` gives keeps the contract of `Recipe`.

    A store is opened with it, filled, maintained twice and searched: every word must come back as
    it was said, maintenance must come to rest, and nothing of another scope be found.
    """
    recipe = make()
    require_name(recipe)
    with Rule("the card has a text in every field"):
        assert isinstance(recipe.card, Card), f"a {type(recipe.card).__name__}"
        empty = [each.name for each in fields(Card) if not getattr(recipe.card, each.name).strip()]
        assert not empty, ", ".join(empty)
    with Rule("`compose` gives a `Composition` of fresh parts each time"):
        first, second = recipe.compose(), recipe.compose()
        assert isinstance(first, Composition), f"a {type(first).__name__}"
        shared = [id(part) for part in _objects(first) if part in _objects(second)]
        assert not shared, "parts that two stores would share"
    with MemoryStore(":memory:", recipe=recipe, clock=lambda: NOW) as store:
        _check_store(store)


def _objects(parts: Composition) -> list[Any]:
    several = [*(parts.extractors or ()), *(parts.consolidators or ()), *(parts.rerankers or ())]
    single = [parts.retriever, parts.forgetting, parts.gate]
    return several + [part for part in single if part is not None]


def _check_store(store: MemoryStore) -> None:
    scope, other = store.scope(user="ana"), store.scope(user="ben")
    messages = [
        {"id": f"m{place}", "name": name, "content": text, "session": f"s{place // 3}"}
        for place, (name, text) in enumerate(_SAID)
    ]
    scope.add(messages)
    other.add({"id": "x", "name": "Zoe", "content": "Clara keeps bees in Oslo."})
    with Rule("maintenance comes to rest"):
        for _ in range(_ROUNDS):
            report = store.maintain(now=NOW + _LATER)
        done = {**report.extracted, **report.consolidated, "archived": report.archived}
        still = [name for name, count in done.items() if count]
        assert not still, f"changes in round {_ROUNDS} with nothing new: {', '.join(still)}"
    with Rule("what was said is found, with its source, before and after maintenance"):
        hits = scope.search("Who has a beehive?", 5)
        assert "m3" in [source for hit in hits for source in hit.sources], "not among the first 5"
    with Rule("nothing of another scope is found"):
        assert not [hit for hit in hits if "x" in hit.sources], "words of another scope"
    with Rule("every word stays as it was said"):
        assert [turn.text for turn in scope.turns()] == [text for _, text in _SAID], "others"
    with Rule("scores are 0..1, best first"):
        _check_scores(hits)
    with Rule("the store is whole"):
        found = store.check()
        assert found.ok, "; ".join(map(str, found.problems))


def _check_scores(hits: list[Hit]) -> None:
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True), "not in order"
    assert all(0 <= score <= 1 for score in scores), "out of range"
