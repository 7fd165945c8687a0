"""Gates that go by vectors: surprise, orthogonal novelty, familiarity; and what they learn."""

from __future__ import annotations

import gc
import math
import random
import sqlite3
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from conftest import NOON, MakeStore
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from memkit import MemoryStore, Scope, Turn
from memkit.contracts import Embedder, IntakeGate, Role
from memkit.embed.hashing import HashingEmbedder
from memkit.embed.keys import Keys
from memkit.errors import InvalidInput
from memkit.forget.familiarity import FamiliarityGate
from memkit.forget.novelty import Basis, OrthogonalGate
from memkit.forget.surprise import SurpriseGate
from memkit.testing import check_gate
from memkit.types import Floats

KNOWN = "river boat house tree walk bread music cloud road kite".split()
SAID = "I love the garden behind the house."
TALK = [
    "boats were drifting past slowly", "music fills every room", "fresh bread smells wonderful",
    "rivers rise after heavy rain", "paper burns rather quickly", "horses like apples most",
    "clouds gather above hills", "chess takes patience and care", "strong coffee keeps me awake",
    "old maps show lost roads", "that film made everybody laugh", "roses need plenty of water",
    "flat stones skip best", "trains are often late here", "new shoes hurt my heels",
    "lamps flicker during storms", "songs stay with you forever", "birds wake us too early",
    "cakes should cool before icing", "sailors tie clever knots", "drums can be heard downtown",
    "kites want a steady wind",
]  # fmt: skip


class Compass(Embedder):
    """The vector that a text names: "word 3 4" is (3, 4)."""

    identity = "compass"
    dim = 2

    def embed(self, texts: Sequence[str], role: Role = "document") -> Floats:
        rows = [[float(part) for part in text.split()[-2:]] for text in texts]
        return np.array(rows, np.float32).reshape(-1, 2)


Make = Callable[[], IntakeGate]


def scope_with(make_store: MakeStore, gate: IntakeGate) -> Scope:
    return make_store(gate=gate, extractors=[]).scope(user="ana")


def live(scope: Scope) -> list[str]:
    return [turn.id for turn in scope.turns(archived=False)]


def turns(*texts: str) -> list[Turn]:
    return [Turn(f"t{place}", text) for place, text in enumerate(texts, 1)]


def hashed() -> IntakeGate:
    return FamiliarityGate(embedder=HashingEmbedder())


def by_words() -> IntakeGate:
    return SurpriseGate(embedder=None)


GATES = [SurpriseGate, OrthogonalGate, hashed]


@pytest.mark.parametrize("make", GATES)
def test_what_was_said_is_held_back_and_nothing_else(make: Make) -> None:
    check_gate(make, turns(*TALK[:19], SAID, SAID))


@pytest.mark.parametrize("make", [*GATES, by_words])
def test_what_could_matter_passes(make: Make, make_store: MakeStore) -> None:
    ana = scope_with(make_store, make())
    ana.add([*TALK, SAID])
    before = len(live(ana))
    ana.add(
        [
            "I love the 2 gardens behind the house.",
            "I do not love the garden behind the house.",
            "On Monday I love the garden behind the house.",
            "Marta, I love the garden behind the house.",
            "yes",
            "yes",
        ]
    )
    assert len(live(ana)) == before + 6
    ana.add({"name": "Rui", "content": SAID})
    assert len(live(ana)) == before + 7, "another speaker says it for the first time"


@pytest.mark.parametrize("make", GATES)
def test_what_is_held_back_is_kept_named_and_comes_back(make: Make, make_store: MakeStore) -> None:
    ana = scope_with(make_store, make())
    ana.add([*TALK, SAID])
    ana.add(SAID, now=NOON + timedelta(hours=1))
    entry = ana.journal()[-1]
    assert (entry.action, entry.records) == ("judge", ("t24",))
    assert "t24" in entry.reason
    assert ana.get("t24").text == SAID
    ana.undo(entry.id)
    assert "t24" in live(ana)


def test_surprise_lasts() -> None:
    """s = 1 - max cos; S_t = .5 S_{t-1} + .5 s_t: by hand."""
    gate = SurpriseGate(embedder=Compass(), last=10)
    gate.learn(turns("east 1 0", "north 0 1", "between 3 4"))
    # s: 1 (the first), 1 - 0 = 1, 1 - .8 = .2; S: .5, .75, .475
    after = gate.judge(Turn("t4", "all the way due 1 0"), [])
    assert after.strength is None, "digits always pass"
    words = "somewhere between both of them"
    named = {words: [0.6, 0.8], "a b c d": [1.0, 0.0]}

    class Named(Compass):
        def embed(self, texts: Sequence[str], role: Role = "document") -> Floats:
            return np.array([named[text] for text in texts], np.float32)

    gate = SurpriseGate(embedder=Named(), last=10)
    gate.learn(turns("a b c d", words))  # s: 1, .4; S: .5, .45
    assert gate.judge(Turn("t3", words), []).strength == pytest.approx(0.225, abs=1e-6)


def test_surprise_by_words_is_the_mean_of_their_bits() -> None:
    gate = SurpriseGate(embedder=None, momentum=0.0)
    gate.learn(turns("red red blue green"))
    # N = 4 words, V = 3 different: p = (n + 1) / 8, so red 3/8, blue 2/8, gold 1/8, grey 1/8
    bits = (-math.log2(3 / 8) - math.log2(2 / 8) + 3 + 3) / 4
    assert gate.judge(Turn("t2", "red blue gold grey"), []).strength == pytest.approx(bits)


def test_words_are_counted_over_the_latest_turns_alone() -> None:
    gate = SurpriseGate(embedder=None, momentum=0.0, last=2)
    gate.learn(turns("red red red red", "blue green", "blue gold"))
    # N = 4 words, V = 3: p = (n + 1) / 8, so red 1/8, blue 3/8, gold and green 2/8
    bits = (3 - math.log2(3 / 8) + 2 + 2) / 4
    assert gate.judge(Turn("t4", "red blue gold green"), []).strength == pytest.approx(bits)


def test_the_least_surprising_share_is_held_back(make_store: MakeStore) -> None:
    ana = scope_with(make_store, SurpriseGate(embedder=HashingEmbedder(), momentum=0.0))
    known = TALK[:20]
    ana.add([*known, *(f"{line} and so on" for line in known[::2]), "an owl sat in our chimney"])
    held = {turn.id for turn in ana.turns()} - set(live(ana))
    assert held == {f"t{place}" for place in range(21, 31)}
    assert "t21 is no surprise after t1" in ana.journal()[-1].reason


def test_what_was_forgotten_by_the_window_is_news_again() -> None:
    gate = SurpriseGate(embedder=HashingEmbedder(), last=22, momentum=0.0)
    gate.learn(turns(SAID, *TALK))
    assert gate.judge(Turn("t99", SAID), []).action == "keep"


def test_novelty_is_the_share_that_is_orthogonal() -> None:
    basis = Basis(3)
    assert basis.novelty(np.array([0, 0, 2], np.float32)) == 1.0
    assert basis.add(np.array([2, 0, 0], np.float32))
    assert basis.add(np.array([1, 1, 0], np.float32))
    assert basis.novelty(np.array([3, 0, 4], np.float32)) == pytest.approx(0.8)
    assert not basis.add(np.array([5, -7, 0], np.float32)), "it adds nothing"
    assert basis.rank == 2
    assert basis.novelty(np.zeros(3, np.float32)) == 0.0


@settings(max_examples=60, deadline=None)
@given(
    arrays.arrays(
        np.float32, (12, 6),
        elements=st.floats(-1.0, 1.0, width=32) | st.sampled_from([0.0, 1e-6, 1.0]),
    )
)  # fmt: skip
def test_a_basis_stays_orthonormal_whatever_is_added(rows: Floats) -> None:
    basis = Basis(6, most=4)
    for row in rows:
        basis.add(row)
    assert basis.rank <= 4
    assert np.allclose(basis.rows @ basis.rows.T, np.eye(basis.rank), atol=1e-12)
    assert all(0.0 <= basis.novelty(row) <= 1.0 for row in rows)


def test_what_others_add_up_to_is_no_news(make_store: MakeStore) -> None:
    """Each half is known: the whole is a duplicate, though it is near to neither half."""
    halves = ["boats boats sail gladly", "horses horses run quickly"]
    whole = "boats boats sail gladly horses horses run quickly"
    gate = OrthogonalGate(embedder=HashingEmbedder(), least=0.15)
    verdict = gate.judge(Turn("t3", whole), turns(*halves))
    assert verdict.action == "archive"
    assert gate.judge(Turn("t3", whole), turns(halves[0])).action == "keep"


def test_familiarity_outlasts_any_window(make_store: MakeStore) -> None:
    ana = scope_with(make_store, FamiliarityGate(embedder=HashingEmbedder()))
    ana.add([SAID, *(f"{line} {n}" for n in range(20) for line in TALK)])
    ana.add(SAID)
    reason = ana.journal()[-1].reason
    assert reason.startswith("gate familiarity: t442 is familiar: as if said 1.")
    assert "t442" not in live(ana)


@pytest.mark.parametrize("make", [SurpriseGate, FamiliarityGate])
def test_a_store_that_is_opened_again_judges_as_it_did(make: Make, tmp_path: Path) -> None:
    lines = [*TALK, *TALK[:6], SAID, "an owl sat in our chimney", SAID, *TALK[3:9]]

    def told(path: Path, cuts: Sequence[int]) -> list[str]:
        bounds = [0, *cuts, len(lines)]
        for start, end in pairwise(bounds):
            with MemoryStore(path, gate=make(), extractors=[]) as store:
                store.scope(user="ana").add(lines[start:end], now=NOON)
        with MemoryStore(path) as store:
            assert list(store.check().problems) == []
            return live(store.scope(user="ana"))

    whole = told(tmp_path / "one.mem", [])
    assert len(whole) < len(lines)
    assert told(tmp_path / "more.mem", [5, 23, 27, 30]) == whole


def test_scopes_do_not_know_what_others_have_said(make_store: MakeStore) -> None:
    store = make_store(gate=FamiliarityGate(embedder=HashingEmbedder()), extractors=[])
    store.scope(user="ana").add(SAID)
    store.scope(user="rui").add(SAID)
    assert live(store.scope(user="rui")) == ["t1"]
    store.scope(user="rui").add(SAID)
    assert live(store.scope(user="rui")) == ["t1"]


def test_what_was_erased_is_news_again(make_store: MakeStore) -> None:
    ana = scope_with(make_store, FamiliarityGate(embedder=HashingEmbedder()))
    ana.add([SAID, "the boat has a leak in the hull again"])
    ana.erase("t1")
    ana.add(SAID)
    assert live(ana) == ["t2", "t3"]


def test_two_processes_learn_from_each_other(tmp_path: Path) -> None:
    path = tmp_path / "shared.mem"
    make = FamiliarityGate
    with (
        MemoryStore(path, gate=make(), extractors=[]) as one,
        MemoryStore(path, gate=make(), extractors=[]) as other,
    ):
        one.scope(user="ana").add("an owl sat in our chimney")
        other.scope(user="ana").add(SAID)
        one.scope(user="ana").add(SAID)
        assert live(one.scope(user="ana")) == ["t1", "t2"]


def test_what_scopes_have_learned_is_bounded_in_memory(make_store: MakeStore) -> None:
    """Beyond 32 scopes the least recently used gate is let go, and learns again from the file."""
    store = make_store(gate=FamiliarityGate(embedder=HashingEmbedder()), extractors=[])
    for user in range(34):
        store.scope(user=str(user)).add([*TALK[:3], SAID])
    store.scope(user="0").add([SAID, "an owl sat in our chimney"])
    assert live(store.scope(user="0")) == ["t1", "t2", "t3", "t4", "t6"]


def test_threads_that_add_to_one_scope_lose_nothing(make_store: MakeStore) -> None:
    ana = scope_with(make_store, FamiliarityGate(embedder=HashingEmbedder()))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(ana.add, TALK * 2))
    assert len(live(ana)) == len(TALK)
    assert sorted(ana.get(id).text for id in live(ana)) == sorted(TALK)


def test_only_the_latest_texts_are_held() -> None:
    keys = Keys(HashingEmbedder())
    keys.of([f"text {n}" for n in range(1100)])
    rows = keys.of(["text 3", "text 1099", "text 3"])
    assert np.array_equal(rows[0], rows[2])
    assert rows.shape == (3, 256)


def test_what_has_no_words_in_common_with_anything_passes() -> None:
    """Without an embedder the nearest is told by words: none shared, none named."""
    gate = SurpriseGate(embedder=None, share=1.0)
    gate.learn(turns(*TALK))
    assert gate.judge(Turn("t99", "qu vu wu xu"), turns(*TALK)).action == "keep"


def test_threads_may_ask_for_the_vectors_of_more_texts_than_are_held() -> None:
    """A gate that one store asks in several threads: none takes from another what it needs."""
    keys = Keys(HashingEmbedder(8), most=2)
    before, switch = list(map(str, range(40))), sys.getswitchinterval()
    expected = Keys(HashingEmbedder(8)).of(before)
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(keys.of, [before] * 200))
    finally:
        sys.setswitchinterval(switch)
    assert all(np.array_equal(rows, expected) for rows in found)


@pytest.mark.parametrize("make", [OrthogonalGate, SurpriseGate, FamiliarityGate])
def test_no_gate_holds_what_was_erased(
    make: Callable[..., IntakeGate], make_store: MakeStore
) -> None:
    """Texts were held by their vectors, and by their words, until others took their places."""
    ana = scope_with(make_store, make(embedder=HashingEmbedder()))
    word = "".join(chr(ord("a") + place % 7) for place in range(40))
    for number in "ab":
        ana.add(f"they have told us of {word} and {number} at length")
    assert holders(word)
    ana.erase()
    assert holders(word) == []


def holders(word: str) -> list[type]:
    """What in this process holds a text with that word in it, frames and the word alone apart."""
    gc.collect()
    return [
        type(one) for one in gc.get_objects()
        if any(
            isinstance(part, str) and word in part and " " in part for part in gc.get_referents(one)
        )
    ]  # fmt: skip


def test_echoes_are_none_of_the_turns_that_a_gate_learns_from(tmp_path: Path) -> None:
    """A process that begins with the file and one that goes on come to the same verdicts."""
    with MemoryStore(tmp_path / "one.mem", extractors=[]) as store:
        ana = store.scope(user="ana")
        ana.add(TALK[:4])
        with store._storage.read() as rows:
            state = rows.scopes.find('{"user":"ana"}')
            assert state is not None
            assert rows.records.turn_before(state.scope, state.last, 3) == 1
        ana.add(f"<memories>\n{TALK[2]}\n</memories>")
        with store._storage.read() as rows:
            state = rows.scopes.find('{"user":"ana"}')
            assert state is not None
            assert rows.records.turn_before(state.scope, state.last, 3) == 1


@pytest.mark.parametrize(("embedder", "momentum"), [(None, 0.5), (HashingEmbedder(64), 0.95)])
def test_a_surprise_lasts_through_as_many_reopenings_as_there_are(
    embedder: Embedder | None, momentum: float, tmp_path: Path
) -> None:
    """What lasts of surprises before the window used to be missing where a process began."""
    drawn = random.Random(5)
    lines = [" ".join(drawn.choices(KNOWN, k=5)) for _ in range(200)]

    def told(name: str, cuts: Sequence[int]) -> list[str]:
        for start, end in pairwise([0, *cuts, len(lines)]):
            gate = SurpriseGate(embedder=embedder, last=20, momentum=momentum)
            with MemoryStore(tmp_path / name, gate=gate, extractors=[]) as store:
                store.scope(user="ana").add(lines[start:end], now=NOON)
                found = live(store.scope(user="ana"))
        return found

    whole = told("one.mem", [])
    assert len(whole) < len(lines)
    assert told("more.mem", sorted(drawn.sample(range(1, 200), 40))) == whole


def test_a_momentum_under_which_no_surprise_counts_is_refused() -> None:
    with pytest.raises(InvalidInput, match="momentum"):
        SurpriseGate(embedder=None, momentum=1.0)


class Watched(HashingEmbedder):
    """Notes whether another process could have written while it was asked."""

    def __init__(self, free: Callable[[], bool]) -> None:
        super().__init__(64)
        self.free = free
        self.asked: list[bool] = []

    def embed(self, texts: Sequence[str], role: Role = "document") -> Floats:
        self.asked.append(self.free())
        return super().embed(texts, role)


@pytest.mark.parametrize("make", [OrthogonalGate, SurpriseGate, FamiliarityGate])
def test_no_gate_asks_its_embedder_while_others_wait_to_write(
    make: Callable[..., IntakeGate], tmp_path: Path
) -> None:
    path = tmp_path / "store.mem"

    def free() -> bool:
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as db:
            try:
                db.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return False
            return True

    watched = Watched(free)
    gate = make(embedder=watched)
    with MemoryStore(path, gate=gate, embedder=HashingEmbedder(64), extractors=[]) as store:
        ana = store.scope(user="ana")
        ana.add([f"{line} again" for line in TALK])
        ana.add([*TALK, SAID, *(f"{line} with {word}" for line in TALK for word in KNOWN)])
        ana.add(SAID)
        assert watched.asked
        assert all(watched.asked)
        assert list(store.check().problems) == []
