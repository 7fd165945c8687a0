"""What feedback teaches a ranking: how much, in which direction, and for whom."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from memkit import MemoryStore, Scope
from memkit.contracts import Query, Ranking, Retriever, Uses, View
from memkit.index.association import AssociationIndex
from memkit.index.exact import ExactIndex
from memkit.index.keyword import KeywordIndex
from memkit.retrieve.fused import FusedRetriever
from memkit.retrieve.learning import (
    balanced,
    binned,
    correlation,
    learned,
    mutual_information,
)
from memkit.retrieve.multisignal import MultiSignalRetriever, Priors
from memkit.retrieve.scaling import ranked
from memkit.storage import ledger

_NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)


class Level(Retriever):
    """Ranks every allowed turn alike; or by the given scores, in the order stored."""

    name: ClassVar[str] = "level"

    def __init__(self, *scores: float) -> None:
        self._scores = scores

    def retrieve(self, query: Query, view: View) -> Ranking:
        pool = np.flatnonzero(view.turns.allowed)
        scores = np.full(len(pool), 0.5, np.float32)
        scores[: len(self._scores)] = self._scores
        return ranked(pool, scores, {})


class Looking(Retriever):
    """Notes what a view shows of uses and what would be learned from them."""

    name: ClassVar[str] = "looking"
    uses: Uses
    weights: dict[str, float]

    def retrieve(self, query: Query, view: View) -> Ranking:
        self.uses = view.turns.uses
        self.weights = MultiSignalRetriever().weights(query, view)
        return Level().retrieve(query, view)


def _seen(scope: Scope) -> Looking:
    looking = Looking()
    scope.search("anything", retriever=looking, now=_NOW)
    return looking


def _ids(scope: Scope, retriever: Retriever, asked: str = "anything") -> list[str]:
    return [hit.id for hit in scope.search(asked, 100, retriever=retriever, now=_NOW)]


@pytest.fixture
def ana() -> Any:
    with MemoryStore(":memory:", embedder=None) as store:
        yield store.scope(user="ana")


# Mutual information


def test_mutual_information_agrees_with_the_sum_over_cells() -> None:
    # Two equally likely rows, of which 8 in 10 and 2 in 10 are useful: ln 2 - H(.8).
    table = np.array([[2.0, 8.0], [8.0, 2.0]])
    plain = math.log(2.0) + 0.8 * math.log(0.8) + 0.2 * math.log(0.2)
    assert mutual_information(table) == pytest.approx(plain - 1 / 40)
    assert mutual_information(100 * table) == pytest.approx(plain - 1 / 4000)


def test_a_table_of_three_rows() -> None:
    table = np.array([[30.0, 0.0], [15.0, 15.0], [0.0, 30.0]])
    # H(useful) = ln 2, and half of it remains in the middle third.
    assert mutual_information(table) == pytest.approx(math.log(2.0) * 2 / 3 - 2 / 180)


@pytest.mark.parametrize(
    "table",
    [np.zeros((3, 2)), np.array([[9.0, 0.0], [5.0, 0.0]]), np.array([[4.0, 4.0], [0.0, 0.0]])],
    ids=["nothing", "one verdict", "one row"],
)
def test_what_does_not_vary_tells_nothing(table: np.ndarray) -> None:
    assert mutual_information(table) == 0.0


@given(st.lists(st.lists(st.integers(0, 40), min_size=2, max_size=2), min_size=2, max_size=5))
def test_information_is_never_negative_nor_more_than_a_verdict_holds(rows: list[list[int]]) -> None:
    assert 0.0 <= mutual_information(np.array(rows, np.float64)) <= math.log(2.0) + 1e-12


def test_values_fall_into_thirds_and_equal_ones_together() -> None:
    assert binned(np.array([9.0, 1.0, 5.0, 2.0, 6.0, 8.0])).tolist() == [2, 0, 1, 0, 1, 2]
    assert set(binned(np.full(7, 3.0)).tolist()) == {0}
    assert binned(np.array([0.0] * 8 + [1.0])).tolist() == [0] * 8 + [2]


def test_correlation_has_the_direction_and_linfoot_s_strength() -> None:
    values = np.repeat([1.0, 2.0, 3.0], 30)
    useful = np.array([0.0] * 30 + [0.0, 1.0] * 15 + [1.0] * 30)
    information = math.log(2.0) * 2 / 3 - 2 / 180
    strength = math.sqrt(1.0 - math.exp(-2.0 * information))
    assert correlation(values, useful) == pytest.approx(strength)
    assert correlation(-values, useful) == pytest.approx(-strength)
    assert correlation(values, np.ones(90)) == 0.0
    assert correlation(np.zeros(0), np.zeros(0)) == 0.0


def test_a_signal_without_bearing_is_not_trusted() -> None:
    drawn = np.random.default_rng(4)
    found = [
        abs(correlation(drawn.random(60), (drawn.random(60) < 0.3).astype(float)))
        for _ in range(200)
    ]
    assert float(np.median(found)) < 0.15
    assert float(np.mean(np.array(found) == 0.0)) > 0.3


def test_a_weight_goes_from_the_prior_to_what_was_learned() -> None:
    assert learned(-0.1, 0.8, 0, 0.5) == -0.1
    assert learned(-0.1, 0.8, 50, 0.5) == pytest.approx((-0.1 + 0.4) / 2)
    assert learned(-0.1, 0.8, 10**9, 0.5) == pytest.approx(0.4)


def test_praise_alone_is_worth_no_judgement() -> None:
    assert balanced(np.ones(40)) == 0.0
    assert balanced(np.array([1.0] * 3 + [0.0] * 40)) == 6.0
    assert balanced(np.array([0.5, 0.5])) == 2.0


# What a view shows of uses


def test_uses_are_counted_by_turn(ana: Scope) -> None:
    ana.add(["One.", "Two.", "Three."])
    ana.feedback("t2", useful=True)
    ana.feedback(["t2", "t3"], useful=False)
    ana.context("Two", retriever=Level())
    ana.search("two", 2, retriever=Level())
    ana.add("Four.")  # what was only read is written with the next act that writes
    uses = _seen(ana).uses
    assert uses.useful.tolist() == [0, 1, 0, 0]
    assert uses.useless.tolist() == [0, 1, 1, 0]
    assert uses.shown.tolist() == [1, 1, 1, 0]
    assert uses.retrieved.tolist() == [1, 1, 0, 0]


def test_uses_are_per_scope() -> None:
    with MemoryStore(":memory:", embedder=None) as store:
        ana, rui = store.scope(user="ana"), store.scope(user="rui")
        for scope in (ana, rui):
            scope.add(["One.", "Two."])
        rui.feedback("t1", useful=True)
        assert _seen(ana).uses.useful.tolist() == [0, 0]
        assert _seen(rui).uses.useful.tolist() == [1, 0]
        assert _seen(store.scope(user="anA")).__dict__ == {}  # nothing stored: nothing asked


def test_uses_of_memories_are_theirs(ana: Scope) -> None:
    ana.add(["One.", "Two."])
    ana.feedback("t2", useful=True)

    class Both(Looking):
        def retrieve(self, query: Query, view: View) -> Ranking:
            assert view.memories.uses.useful.tolist() == []
            return super().retrieve(query, view)

    ana.search("one", retriever=Both())


def test_uses_are_read_only_when_asked_for_and_once(
    ana: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []

    def counted(self: ledger.Uses, scope: int) -> dict[int, ledger.Use]:
        read.append(scope)
        return {}

    monkeypatch.setattr(ledger.Uses, "of", counted)
    ana.add(["One.", "Two."])
    ana.search("one", retriever=FusedRetriever())
    assert read == []
    ana.search("one", retriever=MultiSignalRetriever())
    assert len(read) == 1


# What feedback does


def test_without_feedback_the_ranking_is_the_base_s() -> None:
    with MemoryStore(":memory:", embedder=None) as store:
        ana = store.scope(user="ana")
        ana.add([f"Talk number {n} about rain{n % 5}." for n in range(30)])
        base, multi = (
            ana.search("What about rain3?", 30, retriever=each, now=_NOW)
            for each in (FusedRetriever(), MultiSignalRetriever())
        )
        assert multi == base


def test_a_prior_counts_before_there_is_feedback() -> None:
    indexers = (KeywordIndex, ExactIndex, AssociationIndex)
    with MemoryStore(":memory:", embedder=None, indexers=indexers) as store:
        ana = store.scope(user="ana")
        ana.add([{"text": text, "session": "s"} for text in ("One.", "Two.", "Three.")])
        fan = MultiSignalRetriever(Level(), priors=Priors(links=-0.1))
        assert _ids(ana, fan) == ["t1", "t3", "t2"]
        assert _ids(ana, MultiSignalRetriever(Level())) == ["t1", "t2", "t3"]


def test_a_verdict_moves_the_turn_itself(ana: Scope) -> None:
    ana.add(["One.", "Two.", "Three."])
    multi = MultiSignalRetriever(Level())
    ana.feedback("t2", useful=True)
    assert _ids(ana, multi) == ["t2", "t1", "t3"]
    entry = ana.feedback("t1", useful=False)
    assert _ids(ana, multi) == ["t2", "t3", "t1"]
    ana.undo(entry.id)
    assert _ids(ana, multi) == ["t2", "t1", "t3"]


def test_one_verdict_does_not_bury_an_exact_match(ana: Scope) -> None:
    ana.add([f"Talk number {n} about rain and wind{n}." for n in range(40)])
    ana.add("The spare key hangs behind the blue door.")
    asked = "Where does the spare key hang? Behind the blue door?"
    ana.feedback("t41", useful=False)
    assert _ids(ana, MultiSignalRetriever(), asked)[0] == "t41"


def test_no_number_of_verdicts_outweighs_relevance_without_bound(ana: Scope) -> None:
    ana.add([f"Turn {n}." for n in range(40)])
    for _ in range(60):
        ana.feedback("t40", useful=True)
        ana.feedback("t1", useful=False)
    found = ana.search("x", 40, retriever=MultiSignalRetriever(Level(0.9)), now=_NOW)
    assert found[0].id == "t1"
    assert all(abs(hit.why.get("evidence", 0.0)) <= 1.0 for hit in found)


def _with_ages(scope: Scope) -> None:
    start = _NOW - timedelta(days=60)
    scope.add([
        {"text": f"Note {n}.", "timestamp": start + timedelta(days=n)} for n in range(60)
    ])  # fmt: skip


@pytest.mark.parametrize("newer", [True, False])
def test_what_was_useful_is_learned_for_turns_that_were_never_judged(
    ana: Scope, newer: bool
) -> None:
    _with_ages(ana)
    for n in range(0, 60, 3):
        ana.feedback(f"t{n + 1}", useful=(n >= 30) == newer)
    weights = _seen(ana).weights
    assert weights["length"] == weights["links"] == 0.0
    assert math.copysign(1.0, weights["recency"]) == (1.0 if newer else -1.0)
    assert 0.05 < abs(weights["recency"]) < 0.5 * 20 / 70
    order = _ids(ana, MultiSignalRetriever(Level()))
    place = {id: order.index(id) for id in ("t2", "t59")}
    assert (place["t59"] < place["t2"]) == newer


def test_few_verdicts_teach_little(ana: Scope) -> None:
    _with_ages(ana)
    found = []
    for n in (0, 3, 6, 9, 12, 15, 18, 21):
        ana.feedback(f"t{n + 1}", useful=False)
        ana.feedback(f"t{59 - n}", useful=True)
        found.append(_seen(ana).weights["recency"])
    assert 0.0 <= found[0] < 0.02
    assert found == sorted(found)
    assert found[-1] < 0.5 * 16 / 66


def test_one_turn_is_one_judgement_however_often_it_was_judged(ana: Scope) -> None:
    _with_ages(ana)
    for n in (1, 11, 21, 31, 41, 51):
        ana.feedback(f"t{n}", useful=n > 30)
    once = _seen(ana).weights
    for _ in range(30):
        ana.feedback("t1", useful=False)
    assert _seen(ana).weights == pytest.approx(once)


def test_learning_can_be_switched_off(ana: Scope) -> None:
    _with_ages(ana)
    for n in range(0, 60, 3):
        ana.feedback(f"t{n + 1}", useful=n >= 30)
    still = MultiSignalRetriever(Level(), confirmed=0.0, learning=0.0)
    assert _ids(ana, still) == _ids(ana, Level())


def test_weights_and_signals_are_shown_with_each_hit(ana: Scope) -> None:
    _with_ages(ana)
    for n in range(0, 60, 3):
        ana.feedback(f"t{n + 1}", useful=n >= 30)
    weights = _seen(ana).weights
    hit = ana.search("x", 1, retriever=MultiSignalRetriever(Level()), now=_NOW)[0]
    assert hit.why["recency weight"] == pytest.approx(weights["recency"], abs=1e-4)
    assert hit.why["evidence"] == pytest.approx(
        sum(hit.why.get(name, 0.0) for name in ("recency", "ignored", "confirmed")), abs=1e-3
    )


def test_recency_halves_with_the_half_life(ana: Scope) -> None:
    when = [_NOW, _NOW - timedelta(days=10), _NOW - timedelta(days=20), _NOW + timedelta(days=5)]
    ana.add([{"text": f"Note {n}.", "timestamp": at} for n, at in enumerate(when)])

    class Signals(Level):
        def retrieve(self, query: Query, view: View) -> Ranking:
            multi = MultiSignalRetriever(half_life_days=10.0)
            found = multi._signals(np.arange(4), query, view)["recency"]
            assert found.tolist() == pytest.approx([1.0, 0.5, 0.25, 1.0])
            return super().retrieve(query, view)

    ana.search("x", retriever=Signals(), now=_NOW)


def test_erasing_takes_the_influence_along(ana: Scope) -> None:
    _with_ages(ana)
    for n in range(0, 60, 3):
        ana.feedback(f"t{n + 1}", useful=n >= 30)
    assert _seen(ana).weights["recency"] > 0.0
    ana.erase([f"t{n + 1}" for n in range(0, 60, 3)])
    looking = _seen(ana)
    assert not (looking.uses.useful + looking.uses.useless).any()
    assert set(looking.weights.values()) == {0.0}


def test_the_same_file_gives_the_same_ranking(
    make_store: Callable[..., MemoryStore], tmp_path: Path
) -> None:
    store = make_store("one.mem", embedder=None)
    scope = store.scope(user="ana")
    _with_ages(scope)
    for n in range(0, 60, 3):
        scope.feedback(f"t{n + 1}", useful=n >= 30)
    first = scope.search("Note 7", 60, retriever=MultiSignalRetriever(), now=_NOW)
    again = make_store("one.mem", embedder=None).scope(user="ana")
    assert again.search("Note 7", 60, retriever=MultiSignalRetriever(), now=_NOW) == first
