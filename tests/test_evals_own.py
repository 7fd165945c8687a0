"""Probes of one's own store: what they ask, what fails them, gates, and that nothing is changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from memkit import MemoryStore, Scope
from memkit.cli.app import app
from memkit.embed.hashing import HashingEmbedder
from memkit.evals import owning, probing
from memkit.evals.probe_words import OTHERWISE, SELDOM, inflected
from memkit.models import Reading, Trace
from memkit.text import stem

ANA = [
    "I live in Porto, in a small house beside the old tram depot.",
    "The carpenter repaired our kitchen cupboard with walnut planks.",
    "My brother bought a second-hand trawler and named it Gaivota.",
    "Yesterday the orchestra rehearsed a difficult Bruckner symphony.",
    "I moved to Lisbon, the flat overlooks a noisy fish market.",
    "Our accountant discovered a mistake in the insurance invoice.",
]
RUI = [
    "The beekeeper harvested eleven jars of chestnut honey.",
    "A thunderstorm flooded the cellar and ruined my violin case.",
    "The mechanic replaced the gearbox of grandfather's tractor.",
    "We photographed flamingos near the salt marshes at dawn.",
]


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "own.mem"
    with MemoryStore(file, embedder=HashingEmbedder(64)) as store:
        for user, told in (("ana", ANA), ("rui", RUI)):
            scope = store.scope(user=user)
            for day, text in enumerate(told, 1):
                scope.add({"content": text, "id": f"{user}{day}", "session": f"s{day}"},
                          now=f"2024-03-0{day}T10:00:00")  # fmt: skip
        store.scope(user="rui").forget(["rui4"], reason="a wish")
    yield file
    with MemoryStore(file, embedder=None) as store:
        assert store.check().ok


def run(*words: object, code: int = 0, width: int = 100) -> Result:
    env = {"COLUMNS": str(width), "NO_COLOR": "1"}
    result = CliRunner().invoke(app, ["eval", "own", *map(str, words)], env=env)
    assert result.exit_code == code, (result.output, result.stderr, result.exception)
    return result


def asked(*words: object, code: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*words, "--json", code=code).stdout)
    return found


def test_what_was_said_is_found_and_what_must_not_be_is_not(path: Path) -> None:
    found = asked(path)
    kinds = found["kinds"]
    assert list(kinds) == list(owning.KINDS)
    assert (found["scopes"], found["turns"]) == (2, 9)
    for kind in ("source", "cloze", "scope", "forgotten", "erased", "updated"):
        assert kinds[kind]["asked"] and kinds[kind]["passed"] == kinds[kind]["asked"], kind
    assert kinds["source"]["asked"] == 9 and kinds["forgotten"]["asked"] == 1
    assert kinds["source"]["low"] < 1.0 == kinds["source"]["high"]
    assert found["passed"] and found["faults"] == []


def test_the_file_is_only_read(path: Path) -> None:
    before = path.read_bytes()
    run(path)
    assert path.read_bytes() == before
    with MemoryStore(path, embedder=None) as store:
        assert len(list(store.scope(user="ana").turns())) == len(ANA)
        actions = {entry.action for entry in store.scope(user="rui").journal()}
    assert "erase" not in actions


def test_the_newest_value_is_asked_for(path: Path) -> None:
    (updated,) = [one for one in asked(path)["probes"] if one["kind"] == "updated"]
    assert (updated["expected"], updated["question"]) == ("Lisbon", "Where do I live now?")


def test_a_paraphrase_says_a_word_otherwise(path: Path) -> None:
    probes = [one for one in asked(path)["probes"] if one["kind"] == "paraphrase"]
    words = {word for one in probes for word in OTHERWISE if OTHERWISE[word] in one["question"]}
    assert probes and words
    for one in probes:
        assert one["question"] not in one["expected"]


def test_the_same_seed_asks_the_same_and_another_asks_others(path: Path) -> None:
    first, again, other = (asked(path, "--seed", seed, "--each", 2) for seed in (1, 1, 2))
    assert first == again
    assert first["probes"] != other["probes"]
    assert all(one["asked"] <= 2 for one in first["kinds"].values())


def test_what_else_is_stored_does_not_change_which_records_are_drawn(path: Path) -> None:
    def sources() -> set[str]:
        return {one["id"] for one in asked(path, "--each", 100)["probes"]
                if one["kind"] == "source"}  # fmt: skip

    before = sources()
    with MemoryStore(path, embedder=HashingEmbedder(64)) as store:
        store.scope(user="ana").add("The glazier measured four broken lighthouse windows.")
    assert before < sources()


def test_one_scope_is_asked_and_the_others_must_keep_silent(path: Path) -> None:
    found = asked(path, "--user", "ana")
    assert found["scopes"] == 1
    assert {one["scope"] for one in found["probes"] if one["kind"] == "scope"} == {"user=rui"}
    assert "there is nothing to ask" in run(path, "--user", "nobody", code=2).stderr


def test_a_leak_fails_whatever_the_gate(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = Scope.trace

    def leaking(self: Scope, query: str, k: int = 10, **options: Any) -> Trace:
        return honest(Scope(self._parts, {"user": "ana"}), query, k, **options)

    monkeypatch.setattr(Scope, "trace", leaking)
    result = run(path, code=3)
    assert "the gate: scope passes" in result.stderr
    assert "leaked: " in result.stdout


def test_what_is_forgotten_and_found_fails(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing, "_rank", lambda hits, wanted: 1)
    assert "forgotten passes 0.000" in run(path, code=3).stderr


def test_an_erasure_that_leaves_the_record_fails(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Scope, "erase", lambda self, ids: None)
    result = run(path, code=3)
    assert "erased passes 0.000" in result.stderr
    assert "the record is there still" in result.stdout


def test_an_erasure_that_leaves_bytes_fails(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = Scope.erase

    def careless(self: Scope, ids: list[str]) -> object:
        words = [record.text for record in map(self.get, ids)]
        kept = Path(self._parts.storage.path).parent / "notes.log"  # type: ignore[attr-defined]
        kept.write_text(" ".join(words))
        return honest(self, ids)

    monkeypatch.setattr(Scope, "erase", careless)
    assert "its bytes are left" in run(path, code=3).stdout


@pytest.fixture
def rash(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that answers everything."""
    reading = Reading("blue", 0.9, False, (), "span")
    monkeypatch.setattr(Scope, "answer", lambda self, question, **more: reading)


def test_what_is_answered_and_was_never_said_fails(path: Path, rash: None) -> None:
    kinds = asked(path)["kinds"]
    assert kinds["abstain"]["rate"] == 0.0 and kinds["answered"]["rate"] == 1.0


def test_the_gate_by_rate(path: Path, rash: None) -> None:
    run(path, "--min", "source=1", "--min", "cloze=0.9")
    assert "abstain passes" in run(path, "--min", "abstain=1", code=3).stderr
    run(path, "--min", "0.1", "--min", "abstain=0")
    for wrong in ("source=2", "nothing=1", "much", "source="):
        assert "--min" in run(path, "--min", wrong, code=2).stderr


def test_the_gate_by_an_earlier_run(path: Path, tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    found = asked(path)
    baseline.write_text(json.dumps(found))
    run(path, "--baseline", baseline)
    found["kinds"]["abstain"] |= {"asked": 10, "rate": found["kinds"]["abstain"]["rate"] + 0.1}
    baseline.write_text(json.dumps(found))
    assert "in the baseline" in run(path, "--baseline", baseline, code=3).stderr
    run(path, "--baseline", baseline, "--slack", 0.11)
    baseline.write_text("{}")
    assert "baseline.json" in run(path, "--baseline", baseline, code=2).stderr
    assert "no file" in run(path, "--baseline", tmp_path / "none.json", code=2).stderr


@pytest.mark.parametrize("width", [60, 100])
def test_lines_fit_the_terminal(path: Path, width: int, rash: None) -> None:
    shown = run(path, width=width).stdout
    assert max(map(len, shown.splitlines())) <= width
    assert "abstain:" in shown and "seed 1" in shown


def test_other_files_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.mem"
    other.write_text("no store at all, but some text")
    assert "not a memkit store" in run(other, code=1).stderr
    assert "does not exist" in run(tmp_path / "none.mem", code=2).stderr
    with MemoryStore(tmp_path / "empty.mem", embedder=None):
        pass
    assert "Nothing is stored" in run(tmp_path / "empty.mem", code=2).stderr


def test_texts_that_cannot_be_asked_about_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "odd.mem"
    with MemoryStore(path, embedder=None) as store:
        scope = store.scope(user="x")
        scope.add(["ok", "…", "我昨天在里斯本的旧电车站旁边买了一张木桌子。"])
        scope.add("$(a+b)* [c] \\d ____ *&^ plank gearbox walnut honey")
        scope.add("<memories>\nquoted\n</memories>")
    found = asked(path)
    assert found["kinds"]["source"]["passed"] == found["kinds"]["source"]["asked"] > 0
    assert found["kinds"]["scope"]["asked"] == 0
    with MemoryStore(path, embedder=None) as store:
        assert store.check().ok


def test_words_of_the_tables_are_words_of_their_own() -> None:
    assert all(stem(word) != stem(other) for word, other in OTHERWISE.items())
    assert len({stem(thing) for thing in SELDOM}) == len(SELDOM)
    given = ("boats", "walking", "letting", "glass", "early", "木桌")
    assert [*map(inflected, given)] == ["boat", "walk", "let", "glasses", "early", "木桌"]
