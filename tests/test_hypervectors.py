"""Vectors of signs: roles bound to fillers, and a memory of constant size."""

from __future__ import annotations

import numpy as np
import pytest

from memkit.errors import InvalidInput
from memkit.index.hypervectors import Cleanup, Signs, bind, frame, projected, symbol
from memkit.index.sparse_distributed import SparseDistributedMemory

NAMES = [f"thing {number}" for number in range(1000)]


def drawn(count: int, bits: int = 256, seed: int = 1) -> Signs:
    return np.random.default_rng(seed).choice(np.array([-1, 1], np.int8), (count, bits))


def flipped(word: Signs, share: float, seed: int = 2) -> Signs:
    changed = word.copy()
    places = np.random.default_rng(seed).choice(len(word), round(share * len(word)), replace=False)
    changed[places] *= -1
    return changed


def test_a_symbol_is_the_same_on_every_machine_and_in_no_direction_of_another() -> None:
    assert symbol("Ana", 12).tolist() == [1, -1, 1, -1, -1, -1, -1, 1, 1, 1, 1, -1]
    rows = np.stack([symbol(name) for name in NAMES[:200]]).astype(np.float32)
    cosines = (rows @ rows.T)[np.triu_indices(200, 1)] / 1024
    assert abs(float(cosines.mean())) < 0.002
    assert float(cosines.std()) == pytest.approx(1024**-0.5, rel=0.02)


def test_binding_is_its_own_inverse() -> None:
    role, filler = symbol("giver"), symbol("Ana")
    assert np.array_equal(bind(bind(role, filler), role), filler)


def test_a_frame_is_the_sum_of_roles_and_fillers() -> None:
    by_hand = bind(symbol("giver"), symbol("Ana")).astype(int) + bind(
        symbol("taker"), symbol("Rui")
    )
    assert np.array_equal(frame({"giver": "Ana", "taker": "Rui"}), by_hand)


def test_unbinding_who_gives_whoever_did_it() -> None:
    people = Cleanup(["Ana", "Rui", "Eva", "bike", "lend"])
    one = frame({"giver": "Ana", "act": "lend", "taker": "Rui", "thing": "bike"})
    other = frame({"giver": "Rui", "act": "lend", "taker": "Ana", "thing": "bike"})
    assert [people.filler(each, "giver")[0] for each in (one, other)] == ["Ana", "Rui"]
    assert [people.filler(each, "taker")[0] for each in (one, other)] == ["Rui", "Ana"]
    _, cosine = people.filler(one, "giver")
    assert cosine == pytest.approx(0.5, abs=0.06), "four pairs: 1 / sqrt(4)"


@pytest.mark.parametrize(("pairs", "least"), [(5, 1.0), (10, 1.0), (20, 0.98), (40, 0.9)])
def test_what_a_frame_can_hold(pairs: int, least: float) -> None:
    draw, known, right = np.random.default_rng(3), Cleanup(NAMES), 0
    for _ in range(100):
        fillers = [NAMES[n] for n in draw.choice(len(NAMES), pairs, replace=False)]
        held = frame({f"role {place}": name for place, name in enumerate(fillers)})
        right += known.filler(held, "role 0")[0] == fillers[0]
    assert right / 100 >= least


def test_nothing_known_cannot_be_cleaned_up_to() -> None:
    with pytest.raises(InvalidInput, match="at least one known symbol"):
        Cleanup([])


def test_projections_keep_angles() -> None:
    first, second = np.linalg.qr(np.random.default_rng(4).standard_normal((64, 2)))[0].T
    turned = np.stack([first, np.cos(0.6) * first + np.sin(0.6) * second]).astype(np.float32)
    one, other = projected(turned, 20_000)
    assert float((one != other).mean()) == pytest.approx(0.6 / np.pi, abs=0.01)


def test_a_word_comes_back_from_a_fifth_of_its_signs_flipped() -> None:
    memory = SparseDistributedMemory(512)
    words = drawn(12, 512)
    memory.write(words)
    assert all(np.array_equal(memory.recall(flipped(word, 0.2)), word) for word in words)


def test_beyond_its_capacity_recall_fails_and_familiarity_holds() -> None:
    memory, words = SparseDistributedMemory(), drawn(400)
    memory.write(words)
    some, others = words[::20], drawn(20, seed=9)
    assert not any(np.array_equal(memory.recall(flipped(word, 0.2)), word) for word in some)
    known = [memory.familiarity(word) for word in some]
    new = [memory.familiarity(word) for word in others]
    assert np.mean(known) == pytest.approx(1.0, abs=0.03)
    assert np.mean(new) == pytest.approx(0.0, abs=0.03)
    assert min(known) > 0.8 > 0.2 > max(new)


def test_familiarity_is_how_often_it_was_written() -> None:
    """By hand: one location, two words; what both share with the address is left out."""
    memory = SparseDistributedMemory(4, locations=1, active=1)
    word = np.array([1, 1, -1, 1], np.int8)
    memory.write(np.stack([word, word, word]))
    assert memory.familiarity(word) == pytest.approx(3.0)
    assert memory.familiarity(-word) == pytest.approx(-3.0)


def test_nothing_grows_and_counters_stop() -> None:
    memory = SparseDistributedMemory(8, locations=4, active=2)
    before = sum(array.nbytes for array in memory.state().values())
    word = np.ones((1, 8), np.int8)
    memory.write(np.repeat(word, 40_000, axis=0))
    assert sum(array.nbytes for array in memory.state().values()) == before
    assert int(memory.state()["counters"].max()) == (1 << 15) - 1
    assert np.array_equal(memory.read(word[0]), word[0])


def test_an_empty_memory_gives_the_cue_back() -> None:
    cue = drawn(1)[0]
    memory = SparseDistributedMemory()
    assert np.array_equal(memory.recall(cue), cue)
    assert memory.familiarity(cue) == 0.0


def test_a_memory_goes_on_from_its_state() -> None:
    words = drawn(12)
    whole, first, second = (SparseDistributedMemory() for _ in range(3))
    whole.write(words)
    first.write(words[:7])
    second.restore(first.state())
    second.write(words[7:])
    assert second.written == 12
    for name, array in whole.state().items():
        assert np.array_equal(array, second.state()[name])
    with pytest.raises(ValueError, match="of the shape"):
        SparseDistributedMemory(seed=1).restore(first.state())
    with pytest.raises(InvalidInput, match="2 locations"):
        SparseDistributedMemory(256, locations=2, active=3)
