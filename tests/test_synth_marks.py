"""The measures of the synthetic benchmark: a store that knows all is right, others are not."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import pytest
import synth_stores as stores

from memkit.errors import InvalidInput
from memkit.evals.synth import reporting
from memkit.evals.synth.claims import World
from memkit.evals.synth.marks import Mark, of, share
from memkit.evals.synth.running import examine
from memkit.evals.synth.world import world

MEASURES = tuple(measure for measure, _ in reporting.MEASURES)


@lru_cache(maxsize=2)
def small(seed: int = 4) -> World:
    return world(seed, years=2, people=3)


def marks(store: type[stores.ByHeart]) -> tuple[Mark, ...]:
    return _marks(store.__name__)


@lru_cache(maxsize=16)
def _marks(name: str) -> tuple[Mark, ...]:
    return tuple(examine(small(), getattr(stores, name)(small())))


@pytest.mark.parametrize("measure", MEASURES)
def test_who_knows_the_world_by_heart_is_right_in_everything(measure: str) -> None:
    found = of(marks(stores.ByHeart), measure)
    wrong = [(mark.id, mark.expected, mark.found) for mark in found if mark.ok is False]
    assert not wrong
    assert all(mark.read for mark in found)
    assert any(mark.ok for mark in found)


WRONG = {
    stores.HalfDeaf: ("recall",),
    stores.Inventive: ("precision", "grounding", "current", "list", "count", "two hops"),
    stores.Stubborn: ("endings", "update", "as of", "current", "list", "count", "resistance"),
    stores.Gullible: ("resistance", "clean profile"),
    stores.Prophetic: ("known then",),
    stores.Timeless: ("dates", "update"),
    stores.Trusting: ("stale",),
    stores.Mute: ("recall", "current", "list", "count", "two hops", "profile", "as of", "stale"),
    stores.Everywhere: ("absent",),
}


@pytest.mark.parametrize(
    ("store", "measure"), [(store, each) for store, every in WRONG.items() for each in every]
)
def test_each_measure_can_fail(store: type[stores.ByHeart], measure: str) -> None:
    assert share(of(marks(store), measure)).mean < 1.0


def test_every_measure_is_made_to_fail_by_some_store() -> None:
    assert {measure for every in WRONG.values() for measure in every} == set(MEASURES)


def test_what_was_not_read_is_told_from_what_was_got_wrong() -> None:
    found = of(marks(stores.HalfDeaf), "current")
    assert any(mark.ok is False and not mark.read for mark in found)
    assert share(mark for mark in found if mark.read).mean == 1.0
    assert all(mark.ok is None for mark in of(marks(stores.Mute), "endings"))


def test_halumems_stages_tell_an_omission_from_a_hallucination() -> None:
    def ratios(store: type[stores.ByHeart], stage: str) -> dict[str, float]:
        found = {each.name: each.ratios for each in reporting.stages(marks(store))}
        return {name: round(each, 3) for name, each in found[stage].items()}

    perfect = ratios(stores.ByHeart, "extraction")
    assert perfect == {"recall": 1.0, "precision": 1.0, "F1": 1.0, "resistance": 1.0}
    assert ratios(stores.ByHeart, "questions")["correct"] == 1.0
    assert ratios(stores.Mute, "update") == {
        "correct": 0.0, "hallucination": 0.0, "omission": 1.0, "other": 0.0,
    }  # fmt: skip
    assert ratios(stores.Stubborn, "update")["hallucination"] > 0.9
    assert ratios(stores.Inventive, "questions")["hallucination"] > 0.5


def test_words_of_held_out_patterns_are_never_shown(tmp_path: Path) -> None:
    found = marks(stores.HalfDeaf)
    held = [mark for mark in found if mark.held_out and mark.text]
    assert held
    shown = reporting.failures(found, 10_000)
    assert {mark.text for mark in shown if mark.held_out} <= {"", "(held out)"}
    reporting.write_lines(tmp_path / "deep" / "marks.jsonl", {"seeds": [5]}, found)
    lines = (tmp_path / "deep" / "marks.jsonl").read_text("utf-8").splitlines()
    assert json.loads(lines[0]) == {"type": "run", "seeds": [5]}
    assert len(lines) == len(found) + 1
    for line in map(json.loads, lines[1:]):
        assert not line["held_out"] or line["text"] in ("", "(held out)")


def test_failures_of_every_measure_and_attribute_come_by_turns() -> None:
    shown = reporting.failures(marks(stores.Stubborn), 12)
    assert len(shown) == 12
    assert len({(mark.measure, mark.attribute) for mark in shown}) == 12
    assert not reporting.failures(marks(stores.ByHeart), 5)


def test_the_tables_hold_every_measure_attribute_and_trap() -> None:
    found = marks(stores.HalfDeaf)
    rows = {row.name: row for row in reporting.summary(found)}
    assert {name for _, name in reporting.MEASURES} <= set(rows)
    assert rows["extraction recall"].every.n == len(of(found, "recall"))
    both = rows["  patterns shown"].every.n + rows["  patterns held out"].every.n
    assert both == len(of(found, "precision"))
    attributes = {row.attribute for row in reporting.by_attribute(found)}
    assert {"home", "pet", "favourite", "appointment", "price", "sibling"} <= attributes
    traps = {row.name for row in reporting.by_trap(found)}
    assert {"third party", "joke", "poison", "erased", "echo", "other scope"} <= traps
    worst = reporting.by_group(found)
    assert worst == sorted(worst, key=lambda row: (row.every.mean, row.name))


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be written"):
        reporting.write_lines(tmp_path, {}, [])
