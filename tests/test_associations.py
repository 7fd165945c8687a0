"""Groups of what is recalled together, as records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

import pytest
from conftest import NOON, MakeStore

from memkit import Link, Memory, Scope, Source, Turn
from memkit.consolidate.associations import AssociationConsolidator, propagated
from memkit.contracts import Consolidator, Extractor, Proposal
from memkit.testing import check_consolidator

SAID = [
    "The keel of the boat is rotten.", "We painted the hull of the boat.", "The boat needs a mast.",
    "Rye bread wants a sourdough.", "The oven for the bread is hot.", "I sold the bread at noon.",
    "The piano is out of tune.",
]  # fmt: skip
BOAT, BREAD = ["t1", "t2", "t3"], ["t4", "t5", "t6"]


class Verbatim(Extractor):
    """Each turn as one fact."""

    name = "verbatim"

    def extract(self, turns: Sequence[Turn]) -> Iterable[Memory]:
        for turn in turns:
            yield Memory("fact", turn.text, (Source(turn.id, 0, len(turn.text)),), when=turn.when)


def chat(make_store: MakeStore) -> Scope:
    store = make_store(extractors=[Verbatim()], consolidators=[AssociationConsolidator()])
    ana = store.scope(user="ana")
    ana.add(SAID, now=NOON)
    ana.maintain(now=NOON)
    return ana


def tend(scope: Scope, days: int = 1) -> int:
    report = scope.maintain(now=NOON + timedelta(days=days))
    assert report.errors == ()
    return report.consolidated.get("associations", 0)


def groups(scope: Scope) -> list[list[str]]:
    return sorted(one.metadata["turns"] for one in scope.memories(filter={"kind": "association"}))


def ties(*edges: tuple[str, str, float]) -> dict[str, dict[str, float]]:
    made: dict[str, dict[str, float]] = {node: {} for edge in edges for node in edge[:2]}
    made = {node: made[node] for node in sorted(made)}
    for one, other, weight in edges:
        made[one][other] = made[other][one] = weight
    return made


def test_labels_stop_where_ties_are_weak() -> None:
    """Two triangles and a bridge. a: 1/sqrt(2 * 2) = .5 to b; c d: .1/2.1 = .048, below .488."""
    triangles = ties(
        ("a", "b", 1.0), ("a", "c", 1.0), ("b", "c", 1.0), ("c", "d", 0.1),
        ("d", "e", 1.0), ("d", "f", 1.0), ("e", "f", 1.0),
    )  # fmt: skip
    assert propagated(triangles) == [["a", "b", "c"], ["d", "e", "f"]]
    assert propagated({"a": {}, "b": {}}) == [["a"], ["b"]]


def test_what_goes_with_everything_ties_nothing_together() -> None:
    """A hub to which all were tied once does not merge two groups that are tied twice."""
    hub = [("h", node, 1.0) for node in "abcdef"]
    pairs = [("a", "b", 2.0), ("a", "c", 2.0), ("b", "c", 2.0),
             ("d", "e", 2.0), ("d", "f", 2.0), ("e", "f", 2.0)]  # fmt: skip
    found = [set(group) - {"h"} for group in propagated(ties(*pairs, *hub))]
    assert found == [set("abc"), set("def")]


def test_what_helped_together_becomes_one_record(make_store: MakeStore) -> None:
    ana = chat(make_store)
    assert tend(ana) == 0
    ana.feedback(BOAT, useful=True)
    ana.feedback(BREAD, useful=True)
    ana.feedback(["t6", "t7"], useful=False)
    assert tend(ana, 2) == 2
    assert groups(ana) == [BOAT, BREAD]
    (boat,) = [one for one in ana.memories(filter={"kind": "association"}) if "t1" in str(one)]
    assert "boat" in boat.text
    assert [turn.id for turn in ana.expand(boat.id or "")] == BOAT
    assert tend(ana, 3) == 0, "what is grouped stays as it is"


def test_a_group_that_grows_takes_the_place_of_the_smaller_one(make_store: MakeStore) -> None:
    ana = chat(make_store)
    ana.feedback(BOAT, useful=True)
    tend(ana)
    ana.feedback([*BOAT, "t7"], useful=True)
    assert tend(ana, 2) == 1
    assert groups(ana) == [[*BOAT, "t7"]]
    entry = ana.journal()[-1]
    assert (entry.action, entry.reason) == ("consolidate", "4 turns that are recalled together")
    ana.undo(entry.id)
    assert groups(ana) == [BOAT], "the undo brings the smaller one back"


def test_feedback_that_is_undone_ties_no_more(make_store: MakeStore) -> None:
    ana = chat(make_store)
    told = ana.feedback(BOAT, useful=True)
    tend(ana)
    assert groups(ana) == [BOAT]
    taken_back = ana.undo(told.id)
    assert tend(ana, 2) == 1
    assert groups(ana) == []
    again = ana.undo(taken_back.id)
    tend(ana, 3)
    assert groups(ana) == [BOAT], "an undo that is undone brings the ties back"
    ana.undo(again.id)
    tend(ana, 4)
    assert groups(ana) == []


def test_what_was_all_of_use_at_once_ties_nothing(make_store: MakeStore) -> None:
    """Of 20,000 turns there would be two hundred million pairs."""
    ana = chat(make_store)
    ana.add([f"crate {n} holds nails" for n in range(100)], now=NOON)
    ana.feedback({"kind": "turn"}, useful=True)
    tend(ana)
    assert groups(ana) == []
    ana.feedback(BOAT, useful=True)
    tend(ana, 2)
    assert groups(ana) == [BOAT]


def test_what_is_forgotten_leaves_its_group(make_store: MakeStore) -> None:
    ana = chat(make_store)
    ana.feedback([*BOAT, "t7"], useful=True)
    tend(ana)
    ana.forget("t7")
    tend(ana, 2)
    assert groups(ana) == [BOAT]


def test_a_small_budget_gets_through_in_a_few_runs(make_store: MakeStore) -> None:
    ana = chat(make_store)
    ana.feedback(BOAT, useful=True)
    ana.feedback(BREAD, useful=True)
    for day in range(1, 5):
        ana.maintain(budget_ms=0.001, now=NOON + timedelta(days=day))
    assert groups(ana) == [BOAT, BREAD]


class Overtaken(AssociationConsolidator):
    """While it works, another process does the same."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        super().__init__()
        self.meanwhile = meanwhile

    def gather(
        self, memories: Sequence[Memory], links: Sequence[Link], now: datetime
    ) -> Iterator[Proposal]:
        for proposal in super().gather(memories, links, now):
            self.meanwhile()
            yield proposal


def test_two_that_maintain_at_once_make_no_group_twice(make_store: MakeStore) -> None:
    """Each applied what it had proposed before the other did, and both records stood for good."""
    ana = chat(make_store)
    ana.feedback(BOAT, useful=True)
    late = make_store(extractors=[Verbatim()], consolidators=[Overtaken(lambda: tend(ana))])
    assert tend(late.scope(user="ana")) == 0
    assert groups(ana) == [BOAT]
    assert tend(ana, 2) == 0


class Tied(Consolidator):
    """The consolidator with the links it would be given."""

    name = "tied"

    def propose(self, memories: Sequence[Memory], now: datetime) -> Iterable[Proposal]:
        recalled = [Link(one, other, "recalled", 1.0)
                    for one, other in (("t1", "t2"), ("t2", "t3"), ("t1", "t3"))]  # fmt: skip
        return AssociationConsolidator().gather(
            memories, [*recalled, Link("m4", "m5", "alike", 0.9), Link("m5", "m6", "alike", 0.9)],
            now,
        )  # fmt: skip


@pytest.mark.parametrize("count", [7, 6])
def test_the_contract_is_kept_where_there_is_something_to_do(count: int) -> None:
    facts = [
        Memory("fact", text, (Source(f"t{n}", 0, len(text)),), f"m{n}", None, "s1", NOON, {})
        for n, text in enumerate(SAID[:count], 1)
    ]
    check_consolidator(Tied, facts)
    found = [one.metadata["turns"] for p in Tied().propose(facts, NOON) for one in p.memories]
    assert found == [BOAT, BREAD], "links between records tie the turns they rest on"
