"""The kit for retrievers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from memkit.contracts import Query, Ranking, Retriever
from memkit.testing.rules import Rule, require_name
from memkit.testing.tables import Table, queries, table
from memkit.testing.views import SampleView, layer
from memkit.types import Mask

_NONE = Table((), None, np.zeros(0, dtype=np.int64))


def check_retriever(make: Callable[[], Retriever]) -> None:
    """Raise `BrokenRule` unless what `make` gives keeps the contract of `Retriever`."""
    retriever = make()
    require_name(retriever)
    for records, view in _views():
        for asked in queries(records) if records.size else queries(table()):
            ranking = _ranked(retriever, asked, view)
            _check_allowed(ranking, view)
            _check_order(ranking)
            _check_signals(ranking)
            with Rule("the same query and view give the same ranking, of every retriever"):
                _require_same(_ranked(retriever, asked, view), ranking)
                _require_same(_ranked(make(), asked, view), ranking)
    _check_finding(retriever)


def _views() -> Iterator[tuple[Table, SampleView]]:
    """With memories and without, with vectors and without, all allowed, few, one and none."""
    memories = layer(table(30, seed=2), np.ones(30, dtype=np.bool_))
    nothing = layer(_NONE, np.zeros(0, dtype=np.bool_))
    for records in (table(), table(vectors=False), table(1)):
        for share in (1.0, 0.2, 0.0):
            allowed: Mask = np.random.default_rng(9).random(records.size) < share
            yield records, SampleView(layer(records, allowed), nothing)
    full = table()
    few: Mask = np.arange(full.size) % 4 == 0
    yield full, SampleView(layer(full, few), memories)
    yield full, SampleView(layer(full, np.arange(full.size) == 3), memories)
    yield _NONE, SampleView(nothing, nothing)


def _ranked(retriever: Retriever, asked: Query, view: SampleView) -> Ranking:
    with Rule("any query and any view can be ranked, without changing the view"):
        found = retriever.retrieve(asked, view)
    with Rule("a ranking is int64 ordinals and float32 scores, as many of both"):
        assert isinstance(found, Ranking), f"a {type(found).__name__}"
        assert found.ordinals.dtype == np.int64, f"ordinals of {found.ordinals.dtype}"
        assert found.scores.dtype == np.float32, f"scores of {found.scores.dtype}"
        assert found.ordinals.shape == found.scores.shape == (len(found.scores),), (
            f"shapes {found.ordinals.shape} and {found.scores.shape}"
        )
    return found


def _check_allowed(ranking: Ranking, view: SampleView) -> None:
    ordinals = ranking.ordinals
    with Rule("only turns that the view allows are ranked, each once"):
        assert len(np.unique(ordinals)) == len(ordinals), "an ordinal twice"
        inside = (ordinals >= 0) & (ordinals < view.turns.size)
        assert inside.all(), f"the ordinals {ordinals[~inside].tolist()} of {view.turns.size}"
        hidden = ordinals[~view.turns.allowed[ordinals]]
        assert not len(hidden), f"{hidden.tolist()}, which are not allowed"


def _check_order(ranking: Ranking) -> None:
    with Rule("scores are in 0..1 and the best come first"):
        scores = ranking.scores
        assert np.isfinite(scores).all(), "NaN or infinity"
        assert not len(scores) or float(scores.min()) >= 0.0, f"the score {scores.min()}"
        assert not len(scores) or float(scores.max()) <= 1.0, f"the score {scores.max()}"
        assert (np.diff(scores) <= 0).all(), f"the scores {scores[:8].tolist()}"
    with Rule("ties are in ascending order of ordinals"):
        tied = np.diff(ranking.scores) == 0
        assert (np.diff(ranking.ordinals)[tied] > 0).all(), f"{ranking.ordinals[:12].tolist()}"


def _check_signals(ranking: Ranking) -> None:
    with Rule("each signal has a name and one finite float32 per candidate"):
        for name, values in ranking.signals.items():
            assert isinstance(name, str), f"the name {name!r}"
            assert name, "an empty name"
            assert values.dtype == np.float32, f"{name} of {values.dtype}"
            assert values.shape == ranking.scores.shape, f"{name} of shape {values.shape}"
            assert np.isfinite(values).all(), f"{name} holds NaN or infinity"


def _check_finding(retriever: Retriever) -> None:
    records = table()
    everything = np.ones(records.size, dtype=np.bool_)
    nothing = layer(_NONE, np.zeros(0, dtype=np.bool_))
    with Rule("a query in the words of a turn finds something"):
        view = SampleView(layer(records, everything), nothing)
        assert len(_ranked(retriever, queries(records)[0], view).ordinals), "nothing"


def _require_same(found: Ranking, expected: Ranking) -> None:
    assert np.array_equal(found.ordinals, expected.ordinals), "another order"
    assert np.array_equal(found.scores, expected.scores), "other scores"
    assert set(found.signals) == set(expected.signals), "other signals"
    for name, values in expected.signals.items():
        assert np.array_equal(found.signals[name], values), f"another {name}"
