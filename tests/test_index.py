"""A scope in memory: grown turn by turn or loaded at once, held or dropped, always the same."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any, ClassVar

import numpy as np
import pytest
from conftest import NOON, MakeStore
from hypothesis import given, settings
from hypothesis import strategies as st

from memkit import Hit, Memory, MemoryStore, Scope, Source, Turn
from memkit.contracts import Embedder, Extractor, Role, TokenEmbedder
from memkit.embed.hashing import HashingEmbedder
from memkit.index.arrays import Growing, best
from memkit.index.cache import ScopeCache
from memkit.index.scope import ScopeIndex
from memkit.index.space import COMPONENT_RECORDS, DenseSpace, Space, TokenSpace, fit_size
from memkit.types import Floats, Ints

_SUBJECTS = ("Ana", "Bo", "the cat", "my sister", "the neighbour")
_VERBS = ("likes", "lost", "painted", "sold", "found", "repaired", "forgot")
_THINGS = (
    "a boat",
    "the violin",
    "marmalade",
    "an old map",
    "the lamp",
    "tea",
    "a bicycle",
    "moss",
)
_QUERIES = ("who lost the violin", "Ana and the boat", "marmalade", "What did my sister paint?")


def messages(count: int, seed: int = 5) -> list[dict[str, Any]]:
    """Turns of two speakers in up to four interleaved sessions."""
    dice = random.Random(seed)
    return [
        {
            "content": f"{dice.choice(_SUBJECTS)} {dice.choice(_VERBS)} {dice.choice(_THINGS)}"
            f"{'?' if dice.random() < 0.2 else '.'} {'Really. ' * dice.randrange(3)}",
            "name": dice.choice(["Ana", "Bo", None]),
            "role": dice.choice(["user", "assistant"]),
            "session": f"s{dice.randrange(4)}",
        }
        for _ in range(count)
    ]


def answers(scope: Scope, **options: Any) -> list[list[Hit]]:
    return [scope.search(query, k=60, now=NOON, **options) for query in _QUERIES]


class Things(Extractor):
    """The last two words of each turn, as a memory."""

    name: ClassVar[str] = "things"

    def extract(self, turns: Sequence[Turn]) -> Iterable[Memory]:
        for turn in turns:
            yield Memory("thing", turn.text[-12:], (Source(turn.id, len(turn.text) - 12,
                                                           len(turn.text)),))  # fmt: skip


class Tokens(TokenEmbedder):
    """One token a word, of which there are 40; the first of them means nothing."""

    identity = "tokens"
    dim = 6
    vocabulary = 40

    def __init__(self) -> None:
        self._table = np.random.default_rng(2).normal(size=(40, 6)).astype(np.float32)
        self._table[0] = 0.0

    def token_ids(self, texts: Sequence[str]) -> list[Ints]:
        return [
            np.array([int(word) % 40 for word in text.split()], dtype=np.int64) for text in texts
        ]

    def token_vectors(self, ids: Ints) -> Floats:
        rows: Floats = self._table[ids]
        return rows


class Numbers(Embedder):
    """The numbers that a text consists of."""

    identity = "numbers"
    dim = 6

    def embed(self, texts: Sequence[str], role: Role = "document") -> Floats:
        rows = np.zeros((len(texts), 6), np.float32)
        for row, text in zip(rows, texts, strict=True):
            found = [float(word) for word in text.split()][:6]
            row[: len(found)] = found
        return rows


# Grown and loaded


def test_a_space_is_fitted_to_the_largest_power_of_the_square_root_of_two() -> None:
    steps = [1, 2, 4, 5, 8, 11, 16, 22, 32]
    assert fit_size(0) == 0
    for records in range(1, 45):
        assert fit_size(records) == max(step for step in steps if step <= records)
    assert fit_size(50_000) == 46340
    assert fit_size(1_000_000) == 65536


@pytest.mark.parametrize("embedder", ["default", HashingEmbedder(24), None])
def test_an_index_grown_turn_by_turn_is_one_loaded_at_once(
    embedder: Any, make_store: MakeStore
) -> None:
    store = make_store(embedder=embedder)
    ana = store.scope(user="ana")
    for size, message in enumerate(messages(46), 1):
        ana.add(message)
        grown = answers(ana)
        if fit_size(size - 1) == fit_size(size) == fit_size(size + 1) and size % 5:
            continue
        held = store._parts.cache
        store._parts.cache = ScopeCache(
            partial(ScopeIndex, store._parts.factories, store._parts.make_space)
        )
        assert answers(ana) == grown, size
        store._parts.cache = held
        assert held.held() == {1: size}


@pytest.mark.parametrize("embedder", ["default", HashingEmbedder(24), None])
@settings(max_examples=12, deadline=None, derandomize=True)
@given(steps=st.lists(st.integers(1, 13), min_size=1, max_size=7), seed=st.integers(0, 99))
def test_memories_and_batches_of_any_size_grow_alike(
    embedder: Any, steps: list[int], seed: int
) -> None:
    options: dict[str, Any] = {"embedder": embedder, "extractors": [Things()]}
    with MemoryStore(":memory:", clock=lambda: NOON, **options) as store:
        ana = store.scope(user="ana")
        said = messages(sum(steps), seed)
        for place, step in enumerate(steps):
            ana.add(said[:step])
            del said[:step]
            if place % 2:
                ana.maintain()
            if place == 3:
                ana.forget(["t1", "t2"])
            answers(ana)
        kinds = {"kind": {"in": ["turn", "thing"]}}
        grown = answers(ana), answers(ana, filter=kinds)
        store._parts.cache.drop()
        assert (answers(ana), answers(ana, filter=kinds)) == grown


def test_what_is_forgotten_restored_or_erased_reaches_a_grown_index(ana: Scope) -> None:
    ana.add(messages(20))
    answers(ana)
    acts = (
        lambda: ana.forget(["t3", "t4"]),
        lambda: ana.undo(ana.journal()[-1].id),
        lambda: ana.erase(["t5", "t20"]),
        lambda: ana.add(messages(3, seed=8)),
    )
    for act in acts:
        act()
        grown = answers(ana)
        ana._parts.cache.drop()
        assert answers(ana) == grown


@pytest.mark.parametrize("one_by_one", [True, False])
def test_interleaved_sessions_keep_their_own_neighbours(one_by_one: bool, ana: Scope) -> None:
    sessions = ["a", "b", "a", None, "b", "b", "a", None]
    said = [{"content": f"tea {n}", "session": session} for n, session in enumerate(sessions)]
    for batch in [[one] for one in said] if one_by_one else [said]:
        ana.add(batch)
        ana.search("tea")
    layer = ana._parts.cache.get(1).index.turns
    assert layer.neighbours.previous.tolist() == [-1, -1, 0, -1, 1, 4, 2, 3]
    assert layer.neighbours.following.tolist() == [2, 4, 6, 7, 5, -1, -1, -1]
    assert layer.records.values.tolist() == list(range(1, 9))
    assert len(set(layer.sessions.values.tolist())) == 3


@pytest.mark.parametrize("one_by_one", [True, False])
@pytest.mark.parametrize("session", ["s1", None])
def test_after_a_night_a_session_without_a_name_begins_anew(
    session: str | None, one_by_one: bool, ana: Scope
) -> None:
    """Turns of different months stood side by side where a chat had no session ids."""
    hours = [0, 1, 8, 17, 17, 0, 3]
    said = [
        {"content": f"tea {n}", "session": session, "timestamp": NOON + timedelta(hours=hour)}
        for n, hour in enumerate(hours)
    ]
    for batch in [[one] for one in said] if one_by_one else [said]:
        ana.add(batch)
        ana.search("tea")
    layer = ana._parts.cache.get(1).index.turns
    if session is None:
        assert layer.neighbours.previous.tolist() == [-1, 0, 1, -1, 3, -1, 5]
        assert layer.sessions.values.tolist() == [0, 0, 0, 1, 1, 2, 2]
    else:
        assert layer.neighbours.previous.tolist() == [-1, 0, 1, 2, 3, 4, 5]
        assert layer.sessions.values.tolist() == [0] * 7


@pytest.mark.parametrize("reopened", [True, False])
def test_a_thread_that_is_never_closed_is_a_session_a_day(
    reopened: bool, make_store: MakeStore
) -> None:
    """A user's only thread counted as one session, which tells nothing of where a turn is."""
    ana = make_store().scope(user="ana")
    days = [0] * 40 + [1] * 40 + [2] * 5 + [3] * 5
    said = [
        {"content": f"tea {n}", "session": "thread", "timestamp": NOON + timedelta(days=day)}
        for n, day in enumerate(days)
    ]
    if reopened:
        ana.add(said[:70])
        layer = ana._parts.cache.get(1).index.turns
        state = layer.state()
        assert state is not None
        layer.restore(state)
        ana.add(said[70:])
    else:
        ana.add(said)
    ana.search("tea")
    layer = ana._parts.cache.get(1).index.turns
    assert layer.sessions.values.tolist() == [0] * 80 + [1] * 5 + [2] * 5
    assert np.flatnonzero(layer.neighbours.previous < 0).tolist() == [0, 80, 85]


def test_a_window_reaches_over_the_other_session_and_not_into_it(make_store: MakeStore) -> None:
    ana = make_store(embedder=None).scope(user="ana")
    ana.add(
        [
            {"content": "Where is the marmalade?", "session": "a"},
            {"content": "The ferry was late.", "session": "b"},
            {"content": "On the top shelf.", "session": "a"},
            {"content": "By two hours.", "session": "b"},
        ]
    )
    assert [hit.id for hit in ana.search("marmalade")] == ["t1", "t3"]
    assert [hit.id for hit in ana.search("ferry")] == ["t2", "t4"]


# Held and dropped


def test_the_least_recently_used_scope_goes_first_and_comes_back_right(
    make_store: MakeStore,
) -> None:
    store = make_store()
    parts = store._parts
    people = [store.scope(user=f"u{n}") for n in range(4)]
    for n, scope in enumerate(people):
        scope.add(messages(10, seed=n))
    expected = [answers(scope) for scope in people]
    parts.cache = ScopeCache(partial(ScopeIndex, parts.factories, parts.make_space), max_records=25)
    dice = random.Random(1)
    used: list[int] = []
    for turn in range(40):
        n = dice.randrange(4)
        assert answers(people[n]) == expected[n]
        used = [*(scope for scope in used if scope != n + 1), n + 1]
        held = parts.cache.held()
        assert list(held) == used[-len(held) :]
        assert min(turn, 1) < len(held) < 4
        assert sum(held.values()) - held[n + 1] <= 25
        if turn == 20:
            people[n].add("A boat with marmalade arrived.")
            expected[n] = answers(people[n])


def test_a_scope_larger_than_the_cache_is_held_while_it_is_used(make_store: MakeStore) -> None:
    store = make_store()
    parts = store._parts
    ana, bo = store.scope(user="ana"), store.scope(user="bo")
    ana.add(messages(30))
    bo.add(messages(5))
    parts.cache = ScopeCache(partial(ScopeIndex, parts.factories, parts.make_space), max_records=8)
    assert answers(ana) == answers(ana)
    assert parts.cache.held() == {1: 30}
    answers(bo)
    assert parts.cache.held() == {2: 5}
    parts.cache.drop(2)
    assert parts.cache.held() == {}


# Vectors of a scope


def spaces() -> list[tuple[Space, list[bytes | None]]]:
    """Both kinds of space, each with what a file keeps of 3,000 records."""
    dice = random.Random(4)
    dense, tokens = DenseSpace(Numbers()), TokenSpace(Tokens())
    numbers = [" ".join(f"{dice.gauss(1, 1):.3f}" for _ in range(6)) for _ in range(3000)]
    words = [" ".join(str(dice.randrange(1, 40)) for _ in range(dice.randrange(1, 40)))
             for _ in range(3000)]  # fmt: skip
    return [(dense, [*dense.encode(numbers)]), (tokens, [*tokens.encode(words)])]


@pytest.mark.parametrize("which", [0, 1])
def test_rows_are_unit_rows_and_missing_data_a_row_of_zeros(which: int) -> None:
    space, data = spaces()[which]
    data[5] = data[17] = None
    rows = fitted_rows(space, data[:60], 45)
    assert space.fitted == 45
    assert rows.dtype == np.float32
    assert rows.shape == (60, 6)
    lengths = np.linalg.norm(rows, axis=1)
    known = np.array([kept is not None for kept in data[:60]])
    np.testing.assert_allclose(lengths[known], 1.0, atol=1e-5)
    assert not rows[~known].any()
    assert space.project([None, None]).tolist() == np.zeros((2, 6)).tolist()
    assert space.project([]).shape == (0, 6)


@pytest.mark.parametrize("which", [0, 1])
def test_a_row_does_not_depend_on_what_comes_with_it(which: int) -> None:
    space, data = spaces()[which]
    fitted = fitted_rows(space, data, 2048)
    together = space.project(data)
    assert np.array_equal(fitted, together)
    order = np.random.default_rng(0).permutation(len(data))
    assert np.array_equal(space.project([data[n] for n in order]), together[order])
    for size in (1, 2, 7, 100):
        for start in (0, 1, 999, 2900):
            part = space.project(data[start : start + size])
            assert np.array_equal(part, together[start : start + size])


def fitted_rows(space: Space, data: Sequence[bytes | None], size: int) -> Floats:
    space.fit(data, size)
    return space.project(data)


@pytest.mark.parametrize("which", [0, 1])
def test_a_fit_depends_on_the_first_records_alone(which: int) -> None:
    (space, data), (other, _) = spaces()[which], spaces()[which]
    first = fitted_rows(space, data[:40], 32)
    second = fitted_rows(other, data[:32] + data[100:400], 32)
    assert np.array_equal(first[:32], second[:32])
    other.fit(data[:500], 362)
    assert not np.array_equal(other.project(data[:32]), first[:32])
    assert np.array_equal(fitted_rows(other, data[:40], 32), first)


@pytest.mark.parametrize("which", [0, 1])
def test_a_query_is_treated_like_a_record(which: int) -> None:
    space, data = spaces()[which]
    space.fit(data[:64], 64)
    text = ("1.5 0.25 -2 0.5 3 1", "7 3 3 21 39")[which]
    np.testing.assert_allclose(space.query(text), space.project([*space.encode([text])])[0],
                               atol=1e-6)  # fmt: skip
    assert not space.query(("0 0 0", "")[which]).any()


def test_records_without_data_do_not_move_the_mean() -> None:
    space, data = spaces()[0]
    rows = fitted_rows(space, data[:20], 20)
    other = DenseSpace(Numbers())
    with_holes = [kept for pair in zip(data[:20], [None] * 20, strict=True) for kept in pair]
    assert np.array_equal(fitted_rows(other, with_holes, 40)[::2], rows)


def test_a_scope_of_nothing_but_missing_data_has_no_mean() -> None:
    for space, data in spaces():
        assert not fitted_rows(space, [None, None, None], 3).any()
        assert np.linalg.norm(space.project(data[:1])[0]) == pytest.approx(1.0, abs=1e-5)


def test_what_all_records_share_is_taken_out() -> None:
    """The mean of a dense space; of a token space the first component as well, once it is known."""
    dense = DenseSpace(Numbers())
    data: list[bytes | None] = [*dense.encode([f"9 {n % 7} {n % 3} 0 0 0" for n in range(1, 200)])]
    raw = dense.project(data)
    assert (raw @ raw.T).mean() > 0.7
    rows = fitted_rows(dense, data, len(data))
    assert abs((rows @ rows.T).mean()) < 0.2
    tokens, kept = spaces()[1]
    few = fitted_rows(tokens, kept[: COMPONENT_RECORDS - 1], COMPONENT_RECORDS - 1)
    many = fitted_rows(tokens, kept[:COMPONENT_RECORDS], COMPONENT_RECORDS)
    assert np.linalg.matrix_rank(few, tol=1e-3) == 6
    assert np.linalg.matrix_rank(many, tol=1e-3) == 5


def test_common_tokens_count_less() -> None:
    tokens = Tokens()
    space = TokenSpace(tokens)
    space.fit([*space.encode(["1 1 1 1 1 2"] * 400)], 400)
    mixed, common, rare = space._raw([*space.encode(["1 2", "1", "2"])])
    assert mixed @ rare > mixed @ common


# Arrays


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    scores=st.lists(st.sampled_from([-1.0, 0.0, 0.5, 0.5, 2.0]), max_size=30),
    limit=st.integers(0, 12), seed=st.integers(0, 9),
)  # fmt: skip
def test_the_best_are_those_that_sorting_gives(scores: list[float], limit: int, seed: int) -> None:
    values = np.array(scores, np.float32)
    allowed = np.random.default_rng(seed).random(len(values)) < 0.7
    found = best(values, limit, allowed, floor=-0.5)
    every = sorted((-v, n) for n, v in enumerate(scores) if allowed[n] and v > -0.5)
    assert found.ordinals.tolist() == [n for _, n in every[:limit]]
    assert found.scores.tolist() == [-v for v, _ in every[:limit]]


@pytest.mark.parametrize("width", [None, 3])
def test_a_growing_array_holds_what_was_put_in(width: int | None) -> None:
    growing, expected = Growing(np.float32, width), list[Any]()
    for size in (0, 1, 5, 64, 0, 200):
        rows = np.random.default_rng(size).random((size, *([width] if width else [])))
        growing.extend(rows.astype(np.float32))
        expected += rows.astype(np.float32).tolist()
        assert growing.values.tolist() == expected
        assert len(growing) == len(expected)
