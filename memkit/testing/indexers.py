"""The kit for indexers."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from memkit.contracts import ChangeSet, Indexer, Query, Scored
from memkit.testing.rules import Rule, require_name
from memkit.testing.tables import Table, queries, query, table
from memkit.types import Mask

_SESSION: Final = "session"
_CLOSE: Final = 1e-4
_LIMITS: Final = (0, 1, 2, 3, 5, 8, 13, 21, 34, 55)


def check_indexer(make: Callable[[], Indexer]) -> None:
    """Raise `BrokenRule` unless what `make` gives keeps the contract of `Indexer`.

    Answers of the view `session` are taken to be session numbers, those of all others ordinals.
    """
    index = make()
    require_name(index)
    with Rule("`views` names the ways of looking, `turn` among them"):
        assert isinstance(index.views, tuple), f"views is {index.views!r}"
        assert "turn" in index.views, f"views is {index.views!r}"
    for records in (table(), table(vectors=False), table(1)):
        _check_empty(make, records)
        for view in index.views:
            full = _filled(make, records)
            for asked in queries(records):
                _check_order(full, asked, view, records)
                _check_limits(full, asked, view, records)
                _check_allowed(full, asked, view, records)
            _check_arguments(make, records, view)
        _check_splits(make, records)
        _check_reset(make, records)
        _check_state(make, records)
    _check_finding(make)


def _filled(make: Callable[[], Indexer], records: Table, cuts: Sequence[int] = ()) -> Indexer:
    index = make()
    with Rule("change sets are taken in"):
        for change in records.changes(cuts):
            index.apply(change)
    return index


def _ask(index: Indexer, asked: Query, limit: int, view: str, allowed: Mask | None) -> Scored:
    with Rule("an answer is int64 ordinals and float32 scores, as many of both"):
        found = index.search(asked, limit, view=view, allowed=allowed)
        assert isinstance(found, Scored), f"a {type(found).__name__}"
        assert found.ordinals.dtype == np.int64, f"ordinals of {found.ordinals.dtype}"
        assert found.scores.dtype == np.float32, f"scores of {found.scores.dtype}"
        assert found.ordinals.shape == found.scores.shape == (len(found.scores),), (
            f"shapes {found.ordinals.shape} and {found.scores.shape}"
        )
    return found


def _size(records: Table, view: str) -> int:
    return int(records.sessions.max()) + 1 if view == _SESSION else records.size


def _check_empty(make: Callable[[], Indexer], records: Table) -> None:
    for view in make().views:
        for asked in queries(records):
            with Rule("an index that has taken in nothing answers with nothing"):
                assert not len(_ask(make(), asked, 10, view, None).ordinals), "an answer"
            with Rule("a change set without records changes nothing"):
                index = _filled(make, records)
                before = _ask(index, asked, records.size, view, None)
                index.apply(records.change(records.size, records.size))
                _require_same(_ask(index, asked, records.size, view, None), before)


def _check_order(index: Indexer, asked: Query, view: str, records: Table) -> None:
    found = _ask(index, asked, records.size, view, None)
    ordinals, scores = found.ordinals, found.scores
    with Rule("every answer is a record that was taken in, once"):
        assert len(np.unique(ordinals)) == len(ordinals), "an ordinal twice"
        outside = (ordinals < 0) | (ordinals >= _size(records, view))
        assert not outside.any(), f"{ordinals[outside].tolist()}"
    with Rule("scores are finite and the best come first"):
        assert np.isfinite(scores).all(), "NaN or infinity"
        assert (np.diff(scores) <= 0).all(), f"the scores {scores[:8].tolist()}"
    with Rule("ties are in ascending order of ordinals"):
        tied = np.diff(scores) == 0
        assert (np.diff(ordinals)[tied] > 0).all(), f"the ordinals {ordinals[:12].tolist()}"
    with Rule("a record of which the index knows nothing of use is left out"):
        if not len(asked.term_ids) and asked.vector is None:
            assert not len(ordinals), "an answer to a query without terms and vector"
        if records.vectors is not None and view == "turn" and asked.vector is not None:
            wordless = dataclasses.replace(asked, terms=(), term_ids=asked.term_ids[:0])
            blank = np.flatnonzero(~records.vectors.any(axis=1))
            reached = _ask(index, wordless, records.size, view, None).ordinals
            assert not np.isin(blank, reached).any(), "by vector, a record without one"


def _check_limits(index: Indexer, asked: Query, view: str, records: Table) -> None:
    full = _ask(index, asked, records.size, view, None)
    with Rule("the same query gives the same answer"):
        _require_same(_ask(index, asked, records.size, view, None), full)
    with Rule("a smaller limit gives the beginning of the same answer, a larger one all of it"):
        for limit in (*_LIMITS, records.size + 50):
            found = _ask(index, asked, limit, view, None)
            _require_same(found, Scored(full.ordinals[:limit], full.scores[:limit]))


def _check_allowed(index: Indexer, asked: Query, view: str, records: Table) -> None:
    full = _ask(index, asked, records.size, view, None)
    some: Mask = np.random.default_rng(3).random(records.size) < 0.3
    with Rule("nothing is returned where nothing is allowed"):
        none = np.zeros(records.size, dtype=np.bool_)
        assert not len(_ask(index, asked, records.size, view, none).ordinals), "an answer"
    with Rule("all allowed is the same as no mask"):
        everything = np.ones(records.size, dtype=np.bool_)
        _require_same(_ask(index, asked, records.size, view, everything), full)
    found = _ask(index, asked, records.size, view, some).ordinals
    with Rule("only what is allowed is returned"):
        if view == _SESSION:
            assert np.isin(found, records.sessions[some]).all(), "a session without allowed records"
        else:
            assert some[found].all(), f"{found[~some[found]].tolist()}"
    with Rule("the mask is applied before the limit: the best among the allowed are returned"):
        if view != _SESSION:
            expected = full.ordinals[some[full.ordinals]]
            assert np.array_equal(found, expected), (
                f"{found[:8].tolist()}, not {expected[:8].tolist()}"
            )
        first = _ask(index, asked, 3, view, some).ordinals
        assert np.array_equal(first, found[:3]), f"{first.tolist()}, not {found[:3].tolist()}"


def _check_arguments(make: Callable[[], Indexer], records: Table, view: str) -> None:
    expected = [
        _ask(_filled(make, records), asked, records.size, view, None) for asked in queries(records)
    ]
    index = make()
    with Rule("the arrays of a change set are neither changed nor kept"):
        for change in records.changes([records.size // 3]):
            arrays = _arrays(change)
            before = [array.copy() for array in arrays]
            for array in arrays:
                array.flags.writeable = False
            index.apply(change)
            for array, copied in zip(arrays, before, strict=True):
                assert np.array_equal(array, copied), "an array that is another after the call"
                array.flags.writeable = True
                array[...] = 0
        for asked, answer in zip(queries(records), expected, strict=True):
            _require_same(_ask(index, asked, records.size, view, None), answer)
    with Rule("query and mask are not changed"):
        for asked in queries(records):
            asked.term_ids.flags.writeable = False
            if asked.vector is not None:
                asked.vector.flags.writeable = False
            allowed = np.ones(records.size, dtype=np.bool_)
            allowed.flags.writeable = False
            index.search(asked, records.size, view=view, allowed=allowed)


def _check_splits(make: Callable[[], Indexer], records: Table) -> None:
    whole = _filled(make, records)
    several = sorted(np.random.default_rng(5).integers(1, max(records.size, 2), 6).tolist())
    every = list(range(1, records.size))
    with Rule("the answer is the same however records were split into change sets"):
        for cuts in ([records.size // 2], several, every):
            split, asked_between = _filled(make, records, cuts), make()
            for change in records.changes(cuts):
                asked_between.apply(change)
                asked_between.search(queries(records)[0], 5)
            for view in whole.views:
                for asked in queries(records):
                    expected = _ask(whole, asked, records.size, view, None)
                    for other in (split, asked_between):
                        _require_same(_ask(other, asked, records.size, view, None), expected)


def _check_reset(make: Callable[[], Indexer], records: Table) -> None:
    others = table(40, seed=11, vectors=records.vectors is not None)
    fresh, used = _filled(make, records), _filled(make, others)
    with Rule("`reset` makes all that was applied before void"):
        for change in records.changes([records.size // 2]):
            used.apply(change)
        for view in fresh.views:
            for asked in queries(records):
                expected = _ask(fresh, asked, records.size, view, None)
                _require_same(_ask(used, asked, records.size, view, None), expected)


def _check_state(make: Callable[[], Indexer], records: Table) -> None:
    cuts = [records.size // 2]
    begun = make()
    first, *rest = records.changes(cuts)
    begun.apply(first)
    given = begun.state()
    if given is None:
        return
    with Rule("a state is arrays of numbers by name"):
        for name, array in given.items():
            assert isinstance(name, str), f"the name {name!r}"
            assert isinstance(array, np.ndarray), f"{name} is a {type(array).__name__}"
            assert array.dtype.kind in "biuf", f"{name} holds {array.dtype}"
    with Rule("an index that takes up a state answers, and goes on, like the one that gave it"):
        restored = make()
        restored.restore({name: array.copy() for name, array in given.items()})
        for change in (None, *rest):
            if change is not None:
                begun.apply(change)
                restored.apply(change)
            for view in begun.views:
                for asked in queries(records):
                    expected = _ask(begun, asked, records.size, view, None)
                    _require_same(_ask(restored, asked, records.size, view, None), expected)


def _check_finding(make: Callable[[], Indexer]) -> None:
    records = table()
    index = _filled(make, records)
    with Rule("a record is found by its own words and vector"):
        for ordinal in (3, 20, 60):
            assert records.vectors is not None
            own = query(records.words[ordinal], records.vectors[ordinal])
            found = _ask(index, own, records.size, "turn", None).ordinals
            assert ordinal in found, f"{found[:8].tolist()} for record {ordinal}"


def _arrays(change: ChangeSet) -> list[np.ndarray]:
    values = [getattr(change, field.name) for field in dataclasses.fields(change)]
    return [value for value in values if isinstance(value, np.ndarray)]


def _require_same(found: Scored, expected: Scored) -> None:
    assert np.array_equal(found.ordinals, expected.ordinals), (
        f"the ordinals {found.ordinals[:8].tolist()} instead of {expected.ordinals[:8].tolist()}"
    )
    assert np.allclose(found.scores, expected.scores, rtol=_CLOSE, atol=_CLOSE), (
        f"the scores {found.scores[:4].tolist()} instead of {expected.scores[:4].tolist()}"
    )
