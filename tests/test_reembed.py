"""Another embedder: opened by mistake, changed on purpose, cut off half-way."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import pytest
from conftest import MakeStore

from memkit import EmbedderMismatch, MemoryStore
from memkit.embed.hashing import HashingEmbedder
from memkit.errors import InvalidVector
from memkit.store import memory_store


class Failing(HashingEmbedder):
    """Fails after a number of texts."""

    left = 10**9

    def embed(self, texts: Sequence[str], role: Any = "document") -> Any:
        self.left -= len(texts)
        if self.left < 0:
            raise ConnectionError("the model is away")
        return super().embed(texts, role)


def vectors(store: MemoryStore) -> dict[str, int]:
    found = store.stats()["vectors"]
    assert isinstance(found, dict)
    return found


def test_opening_with_another_embedder_warns_and_searches_by_keywords(
    make_store: MakeStore,
) -> None:
    make_store().scope(user="ana").add("tea at noon")
    with pytest.warns(EmbedderMismatch, match=r"hashing-2:32.*hashing-2:16.*reembed"):
        other = make_store(embedder=HashingEmbedder(16))
    ana = other.scope(user="ana")
    assert other.stats()["mode"] == "lexical"
    assert ana.search("tea")[0].id == "t1"
    ana.add("cake at four")
    assert vectors(other) == {"hashing-2:32": 1}
    assert other.stats()["embedder"] == {"identity": "hashing-2:32", "dim": 32}


def test_reembedding_switches_every_vector_at_once(make_store: MakeStore) -> None:
    store = make_store()
    ana = store.scope(user="ana")
    ana.add([f"line {n} of tea" for n in range(700)])
    told: list[tuple[int, int]] = []
    report = store.reembed(
        HashingEmbedder(16), progress=lambda done, total: told.append((done, total))
    )
    assert (report.embedder, report.embedded, report.reused) == ("hashing-2:16", 700, 0)
    assert told == [(512, 700), (700, 700)]
    assert vectors(store) == {"hashing-2:16": 700}
    assert ana.search("line 699")[0].id == "t700"
    ana.add("after the switch")
    assert vectors(store) == {"hashing-2:16": 701}
    assert store.check().ok
    assert make_store(embedder=HashingEmbedder(16)).stats()["mode"] == "hybrid"


def test_a_reembedding_that_was_cut_off_goes_on_where_it_stopped(make_store: MakeStore) -> None:
    store = make_store()
    ana = store.scope(user="ana")
    ana.add([f"line {n} of tea" for n in range(1200)])
    expected = [hit.id for hit in ana.search("line 77 of tea")]
    embedder = Failing(16)
    embedder.left = 1100
    with pytest.raises(ConnectionError):
        store.reembed(embedder)
    assert vectors(store) == {"hashing-2:32": 1200, "hashing-2:16": 1024}
    assert store.stats()["embedder"]["identity"] == "hashing-2:32"
    assert [hit.id for hit in ana.search("line 77 of tea")] == expected, "the old ones still serve"
    report = store.reembed(HashingEmbedder(16))
    assert (report.embedded, report.reused) == (176, 1024)
    assert vectors(store) == {"hashing-2:16": 1200}


def test_another_process_goes_on_by_keywords_and_stores_no_wrong_vector(
    make_store: MakeStore,
) -> None:
    here, there = make_store(), make_store()
    ana = here.scope(user="ana")
    ana.add("tea at noon")
    there.reembed(HashingEmbedder(16))
    with pytest.warns(EmbedderMismatch):
        ana.add("cake at four")
    assert ana.search("cake")[0].id == "t2"
    assert vectors(here) == {"hashing-2:16": 1}
    assert there.check().ok
    there.maintain()
    assert vectors(there) == {"hashing-2:16": 2}


def test_a_turn_embedded_before_a_switch_is_not_stored_as_the_new_embedders(
    make_store: MakeStore,
) -> None:
    """Its vector had the dimension of the old embedder, in the space of the new one."""
    inside, go_on = threading.Event(), threading.Event()

    class Slow(HashingEmbedder):
        def embed(self, texts: Sequence[str], role: Any = "document") -> Any:
            if "slow words" in texts:
                inside.set()
                go_on.wait(10)
            return super().embed(texts, role)

    store = make_store("slow.mem", embedder=Slow(32))
    ana = store.scope(user="ana")
    ana.add("tea at noon")
    adding = threading.Thread(target=ana.add, args=("slow words",))
    adding.start()
    inside.wait(10)
    store.reembed(HashingEmbedder(16))
    go_on.set()
    adding.join(10)
    assert vectors(store) == {"hashing-2:16": 1}
    store.maintain()
    assert vectors(store) == {"hashing-2:16": 2}
    assert ana.search("slow words")[0].id == "t2"


def test_what_was_added_without_an_embedder_is_embedded_by_maintain(make_store: MakeStore) -> None:
    """These records had no vector for ever."""
    make_store().scope(user="ana").add("tea at noon")
    plain = make_store(embedder=None)
    plain.scope(user="ana").add([f"line {n}" for n in range(3)])
    plain.close()
    store = make_store()
    assert vectors(store) == {"hashing-2:32": 1}
    store.maintain(budget_ms=0)
    assert vectors(store) == {"hashing-2:32": 1}
    assert store.maintain().finished
    assert vectors(store) == {"hashing-2:32": 4}


def test_a_wrong_vector_in_the_middle_changes_nothing(make_store: MakeStore) -> None:
    class Wrong(HashingEmbedder):
        def embed(self, texts: Sequence[str], role: Any = "document") -> Any:
            return super().embed(texts, role)[:, :5]

    store = make_store()
    ana = store.scope(user="ana")
    ana.add("tea at noon")
    with pytest.raises(InvalidVector):
        store.reembed(Wrong(16))
    assert store.stats()["embedder"]["identity"] == "hashing-2:32"
    assert store.stats()["mode"] == "hybrid"
    assert ana.search("tea")[0].id == "t1"
    assert store.check().ok


def test_two_processes_that_create_one_file_agree_on_an_embedder(
    make_store: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The slower of the two believed the file to be its own."""
    agreed = memory_store._agreed_timezone

    def late(storage: Any, given: Any) -> str:
        monkeypatch.setattr(memory_store, "_agreed_timezone", agreed)
        make_store("race.mem", embedder=HashingEmbedder(16), timezone="Asia/Tokyo")
        return agreed(storage, given)

    monkeypatch.setattr(memory_store, "_agreed_timezone", late)
    with pytest.warns(EmbedderMismatch):
        slower = make_store("race.mem", embedder=HashingEmbedder(32))
    assert slower.stats()["mode"] == "lexical"
    assert slower.stats()["timezone"] == "Asia/Tokyo"


def test_two_changes_of_embedder_at_once_end_with_one_of_them(make_store: MakeStore) -> None:
    """The vectors of the slower one were stored in a space that was gone: a raw error."""
    here, there = make_store(), make_store()
    here.scope(user="ana").add([f"line {n} of tea" for n in range(600)])
    other_began: list[bool] = []

    def meanwhile(done: int, total: int) -> None:
        if not other_began:
            other_began.append(True)
            there.reembed(HashingEmbedder(24))

    report = here.reembed(HashingEmbedder(16), progress=meanwhile)
    assert report.embedder == "hashing-2:16"
    assert vectors(here) == {"hashing-2:16": 600}
    assert here.check().ok


def test_writers_who_never_pause_do_not_keep_a_reembedding_busy_for_ever(
    make_store: MakeStore,
) -> None:
    """It went on until no record lacked a vector, and there was always one more."""
    store = make_store()
    ana = store.scope(user="ana")
    ana.add([f"line {n} of tea" for n in range(20)])

    def meanwhile(done: int, total: int) -> None:
        if done == total:
            ana.add([f"line {total} and {n} more" for n in range(600)])

    report = store.reembed(HashingEmbedder(16), progress=meanwhile)
    assert report.embedder == "hashing-2:16"
    assert store.stats()["turns"] > 600
    store.maintain()
    assert vectors(store) == {"hashing-2:16": store.stats()["turns"]}
    assert store.check().ok


def test_reembedding_an_empty_store_is_a_switch(make_store: MakeStore) -> None:
    store = make_store()
    report = store.reembed(HashingEmbedder(16))
    assert (report.embedded, report.reused) == (0, 0)
    store.scope(user="ana").add("tea")
    assert vectors(store) == {"hashing-2:16": 1}
    for wrong in (None, "hashing", 5):
        with pytest.raises(TypeError):
            store.reembed(wrong)  # type: ignore[arg-type]
