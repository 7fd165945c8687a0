"""Each rule of the kits for indexers and retrievers catches the class that breaks it."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import numpy as np
import pytest
from kit_rules import rules_of

from memkit.contracts import ChangeSet, Indexer, Query, Ranking, Retriever, Scored, View
from memkit.index.arrays import best
from memkit.testing import BrokenRule, check_indexer, check_retriever, indexers, retrievers
from memkit.types import Mask


class Plain(Indexer):
    """A sound index: a record scores the number of its terms that the query has, and its cosine."""

    name: ClassVar[str] = "plain"

    def __init__(self) -> None:
        self.rows: list[tuple[list[int], Any]] = []

    def apply(self, change: ChangeSet) -> None:
        if change.reset:
            self.rows = []
        for place in range(change.count):
            span = slice(change.offsets[place], change.offsets[place + 1])
            vector = change.vectors[place].copy() if change.vectors is not None else None
            self.rows.append((change.term_ids[span].tolist(), vector))

    def search(
        self, query: Query, limit: int, *, view: str = "turn", allowed: Mask | None = None
    ) -> Scored:
        return best(self.scores(query), limit, allowed)

    def scores(self, query: Query) -> Any:
        asked = set(query.term_ids.tolist())
        found = [self.score(asked, query.vector, *row) for row in self.rows]
        return np.array(found, dtype=np.float32)

    def score(self, asked: set[int], wanted: Any, terms: list[int], vector: Any) -> float:
        shared = len(asked.intersection(terms))
        near = wanted is not None and vector is not None and vector.any()
        if not shared and not near:
            return -np.inf
        return shared + (float(wanted @ vector) if near else 0.0)


def reordered(scored: Scored, order: Any) -> Scored:
    return Scored(scored.ordinals[order], scored.scores[order])


class Spoiled(Plain):
    """A sound index whose answers one function may spoil."""

    def __init__(self, spoil: Callable[[Spoiled, Query, Scored], Scored]) -> None:
        super().__init__()
        self.spoil = spoil

    def search(
        self, query: Query, limit: int, *, view: str = "turn", allowed: Mask | None = None
    ) -> Scored:
        full = self.spoil(self, query, best(self.scores(query), len(self.rows), allowed))
        return Scored(full.ordinals[:limit], full.scores[:limit])


class Named(Plain):
    name: ClassVar[str] = "two words"


class Viewless(Plain):
    views: ClassVar[tuple[str, ...]] = ("window",)


class Refusing(Plain):
    def apply(self, change: ChangeSet) -> None:
        raise NotImplementedError


class Boastful(Plain):
    def search(
        self, query: Query, limit: int, *, view: str = "turn", allowed: Mask | None = None
    ) -> Scored:
        if not self.rows and limit:
            return Scored(np.zeros(1, np.int64), np.ones(1, np.float32))
        return super().search(query, limit, view=view, allowed=allowed)


class Shrinking(Plain):
    def apply(self, change: ChangeSet) -> None:
        super().apply(change)
        if not change.count:
            self.rows.pop()


class OutOfReach(Plain):
    """Gives records without a vector the cosine of a right angle."""

    def score(self, asked: set[int], wanted: Any, terms: list[int], vector: Any) -> float:
        known = vector is not None and wanted is not None
        return float(wanted @ vector) if known else super().score(asked, wanted, terms, vector)


class Greedy(Plain):
    """Returns one more than asked for."""

    def search(
        self, query: Query, limit: int, *, view: str = "turn", allowed: Mask | None = None
    ) -> Scored:
        return super().search(query, limit + 1, view=view, allowed=allowed)


class Wavering(Plain):
    """Tires of a question that is asked for the third time."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: Counter[int] = Counter()

    def scores(self, query: Query) -> Any:
        self.asked[id(query)] += 1
        return super().scores(query) * np.float32(0.5 if self.asked[id(query)] == 3 else 1.0)


class Generous(Plain):
    """Takes a mask of nothing for no mask."""

    def search(
        self, query: Query, limit: int, *, view: str = "turn", allowed: Mask | None = None
    ) -> Scored:
        none = allowed is not None and not allowed.any()
        return super().search(query, limit, view=view, allowed=None if none else allowed)


class Masked(Plain):
    """Scores otherwise under a mask."""

    def search(
        self, query: Query, limit: int, *, view: str = "turn", allowed: Mask | None = None
    ) -> Scored:
        found = super().search(query, limit, view=view, allowed=allowed)
        return found if allowed is None else Scored(found.ordinals, found.scores * np.float32(2))


class Leaking(Plain):
    """Heeds a mask only where it hides most."""

    def search(
        self, query: Query, limit: int, *, view: str = "turn", allowed: Mask | None = None
    ) -> Scored:
        heeded = allowed is None or not allowed.any() or allowed.all()
        return super().search(query, limit, view=view, allowed=allowed if heeded else None)


class LateMask(Plain):
    """Cuts to the limit, and then applies the mask."""

    def search(
        self, query: Query, limit: int, *, view: str = "turn", allowed: Mask | None = None
    ) -> Scored:
        found = super().search(query, limit, view=view)
        return found if allowed is None else reordered(found, allowed[found.ordinals])


class Keeping(Plain):
    """Keeps the arrays it was given."""

    def apply(self, change: ChangeSet) -> None:
        if change.reset:
            self.rows = []
        for place in range(change.count):
            span = slice(change.offsets[place], change.offsets[place + 1])
            vector = change.vectors[place] if change.vectors is not None else None
            self.rows.append((change.term_ids[span], vector))  # type: ignore[arg-type]


class Sorting(Plain):
    """Sorts the query's terms where they lie."""

    def search(
        self, query: Query, limit: int, *, view: str = "turn", allowed: Mask | None = None
    ) -> Scored:
        query.term_ids.sort()
        return super().search(query, limit, view=view, allowed=allowed)


class Counting(Plain):
    """Likes records less that came in many change sets."""

    def __init__(self) -> None:
        super().__init__()
        self.sets = 0

    def apply(self, change: ChangeSet) -> None:
        super().apply(change)
        self.sets += bool(change.count)

    def scores(self, query: Query) -> Any:
        return super().scores(query) * np.float32(0.5 if self.sets > 4 else 1.0)


class Hoarding(Plain):
    """Overlooks `reset`."""

    def apply(self, change: ChangeSet) -> None:
        super().apply(dataclasses.replace(change, reset=False))


class Talking(Plain):
    """Gives words as its state."""

    def state(self) -> Mapping[str, Any]:
        return {"words": np.array(["tea"])}


class Forgetful(Plain):
    """Gives a state, and takes none of it up."""

    def state(self) -> Mapping[str, Any]:
        return {"size": np.array([len(self.rows)])}

    def restore(self, state: Mapping[str, Any]) -> None:
        self.rows = []


INDEXERS: dict[str, Callable[[], Indexer]] = {
    "`name` is text without white space": Named,
    "`views` names the ways of looking, `turn` among them": Viewless,
    "change sets are taken in": Refusing,
    "an answer is int64 ordinals and float32 scores, as many of both": lambda: Spoiled(
        lambda me, query, found: Scored(found.ordinals.astype(np.int32), found.scores)
    ),
    "an index that has taken in nothing answers with nothing": Boastful,
    "a change set without records changes nothing": Shrinking,
    "every answer is a record that was taken in, once": lambda: Spoiled(
        lambda me, query, found: Scored(found.ordinals + 1, found.scores)
    ),
    "scores are finite and the best come first": lambda: Spoiled(
        lambda me, query, found: reordered(found, slice(None, None, -1))
    ),
    "ties are in ascending order of ordinals": lambda: Spoiled(
        lambda me, query, found: reordered(found, np.lexsort((-found.ordinals, -found.scores)))
    ),
    "a record of which the index knows nothing of use is left out": OutOfReach,
    "a smaller limit gives the beginning of the same answer, a larger one all of it": Greedy,
    "the same query gives the same answer": Wavering,
    "nothing is returned where nothing is allowed": Generous,
    "all allowed is the same as no mask": Masked,
    "only what is allowed is returned": Leaking,
    "the mask is applied before the limit: the best among the allowed are returned": LateMask,
    "the arrays of a change set are neither changed nor kept": Keeping,
    "query and mask are not changed": Sorting,
    "the answer is the same however records were split into change sets": Counting,
    "`reset` makes all that was applied before void": Hoarding,
    "a state is arrays of numbers by name": Talking,
    "an index that takes up a state answers, and goes on, like the one that gave it": Forgetful,
    "a record is found by its own words and vector": lambda: Spoiled(
        lambda me, query, found: reordered(found, slice(0, 0))
    ),
}


@pytest.mark.parametrize("rule", INDEXERS)
def test_an_indexer_that_breaks_a_rule_is_caught(rule: str) -> None:
    with pytest.raises(BrokenRule) as caught:
        check_indexer(INDEXERS[rule])
    assert caught.value.rule == rule


def test_the_sound_index_passes() -> None:
    check_indexer(Plain)


def test_every_rule_for_indexers_has_one_that_breaks_it() -> None:
    assert set(INDEXERS) == rules_of(indexers)


Change = Callable[["Latest", Ranking, View], Ranking]


class Latest(Retriever):
    """A sound retriever, the last turns first, whose ranking one function may spoil."""

    name: ClassVar[str] = "latest"
    calls = 0

    def __init__(self, spoil: Change = lambda me, found, view: found) -> None:
        self.spoil = spoil

    def retrieve(self, query: Query, view: View) -> Ranking:
        self.calls += 1
        ordinals = np.flatnonzero(view.turns.allowed)[::-1]
        scores = (1 / (1 + np.arange(len(ordinals)))).astype(np.float32)
        return self.spoil(self, Ranking(ordinals, scores, {"latest": scores}), view)


class Unnamed(Latest):
    name: ClassVar[str] = ""


def scored(found: Ranking, scores: Any) -> Ranking:
    return Ranking(found.ordinals, scores, found.signals)


def signalled(found: Ranking, signals: Mapping[str, Any]) -> Ranking:
    return Ranking(found.ordinals, found.scores, signals)


def sorting(found: Ranking, view: View) -> Ranking:
    view.turns.sessions.sort()
    return found


def empty(found: Ranking) -> Ranking:
    return Ranking(found.ordinals[:0], found.scores[:0])


RETRIEVERS: dict[str, list[Change]] = {
    "any query and any view can be ranked, without changing the view": [
        lambda me, found, view: sorting(found, view),
        lambda me, found, view: scored(found, found.scores / found.scores[0]),
    ],
    "a ranking is int64 ordinals and float32 scores, as many of both": [
        lambda me, found, view: scored(found, found.scores.astype(np.float64)),
        lambda me, found, view: scored(found, found.scores[:, None]),
    ],
    "only turns that the view allows are ranked, each once": [
        lambda me, found, view: Ranking(found.ordinals + 1, found.scores),
        lambda me, found, view: Ranking(found.ordinals // 2, found.scores),
        lambda me, found, view: Ranking(
            np.arange(view.turns.size), np.zeros(view.turns.size, np.float32)
        ),
    ],
    "scores are in 0..1 and the best come first": [
        lambda me, found, view: scored(found, found.scores * np.float32(1.5)),
        lambda me, found, view: scored(found, found.scores - np.float32(0.5)),
        lambda me, found, view: scored(found, found.scores[::-1]),
    ],
    "ties are in ascending order of ordinals": [
        lambda me, found, view: scored(found, np.ones(len(found.scores), np.float32)),
    ],
    "each signal has a name and one finite float32 per candidate": [
        lambda me, found, view: signalled(found, {"": found.scores}),
        lambda me, found, view: signalled(found, {"short": found.scores[1:]}),
        lambda me, found, view: signalled(found, {"holes": found.scores * np.float32(np.nan)}),
    ],
    "the same query and view give the same ranking, of every retriever": [
        lambda me, found, view: scored(found, found.scores / np.float32(me.calls)),
    ],
    "a query in the words of a turn finds something": [lambda me, found, view: empty(found)],
}


@pytest.mark.parametrize(
    ("rule", "spoil"), [(rule, spoil) for rule, broken in RETRIEVERS.items() for spoil in broken]
)
def test_a_retriever_that_breaks_a_rule_is_caught(rule: str, spoil: Change) -> None:
    with pytest.raises(BrokenRule) as caught:
        check_retriever(lambda: Latest(spoil))
    assert caught.value.rule == rule


def test_a_retriever_needs_a_name() -> None:
    with pytest.raises(BrokenRule, match="name is empty"):
        check_retriever(Unnamed)


def test_the_sound_retriever_passes() -> None:
    check_retriever(Latest)


def test_every_rule_for_retrievers_has_one_that_breaks_it() -> None:
    assert {*RETRIEVERS, "`name` is text without white space"} == rules_of(retrievers)
