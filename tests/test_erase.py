"""Erased means erased: not a byte is left, in the file or beside it."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import MakeStore

from memkit import Memory, MemoryStore, Receipt, Scope, Source, Turn
from memkit.contracts import Consolidator, Extractor, Proposal
from memkit.errors import NotFound
from memkit.storage import connections
from memkit.text import indexed_text, term_ids, terms

SECRETS = [f"zyxxy{n}quark the velvet{n}marble elephant number {n} zorble{n}" for n in range(6)]


def traces(folder: Path, text: str, speaker: str | None = None) -> list[str]:
    """Where any part of a text can still be read, as bytes or as its index terms."""
    needles = [text.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    needles += [word.encode(code) for word in text.split() if len(word) > 8
                for code in ("utf-8", "utf-16-le", "utf-16-be")]  # fmt: skip
    ids = term_ids(terms(indexed_text(text, speaker)))
    needles += [ids.tobytes(), ids.astype(">u8").tobytes(), ids[:3].tobytes()]
    return [
        f"{path.name}: {needle[:20]!r}"
        for path in folder.iterdir()
        for needle in needles
        if needle in path.read_bytes()
    ]


class Facts(Extractor):
    """The text of each turn again."""

    name = "facts"

    def extract(self, turns: Sequence[Turn]) -> Iterator[Memory]:
        for turn in turns:
            yield Memory("fact", turn.text, (Source(turn.id, 0, len(turn.text)),))


class Quoting(Consolidator):
    """Gives the words themselves as its reason."""

    name = "quoting"

    def propose(self, memories: Sequence[Memory], now: Any) -> Iterator[Proposal]:
        for memory in memories:
            if memory.kind == "fact":
                again = Memory("summary", f"sum {memory.text}", memory.sources)
                yield Proposal((again,), reason=f"because {memory.text}")


@pytest.fixture
def full(make_store: MakeStore) -> MemoryStore:
    store = make_store("full.mem", extractors=[Facts()], consolidators=[Quoting()])
    ana = store.scope(user="ana")
    for secret in SECRETS:
        ana.add(
            {"content": secret, "speaker": "Ana", "metadata": {"note": f"meta {secret}"},
             "session": f"session {secret}", "role": "user"}
        )  # fmt: skip
    store.maintain()
    ana.forget("t1", reason=f"she said {SECRETS[0]}")
    ana.search(SECRETS[0])
    ana.context(SECRETS[1])
    ana.feedback("t1", useful=False, correction="nothing of the kind was said")
    store.scope(user="bo").add("bo keeps bees in the orchard")
    return store


def test_an_erased_turn_leaves_no_trace_and_takes_what_was_derived_from_it(
    full: MemoryStore, tmp_path: Path
) -> None:
    ana = full.scope(user="ana")
    assert traces(tmp_path, SECRETS[0], "Ana"), "the scan finds what is there"
    doomed = ana.erasable("t1")
    receipt = ana.erase("t1")
    assert traces(tmp_path, SECRETS[0], "Ana") == []
    assert receipt.ids == tuple(doomed)
    assert (receipt.turns, receipt.memories) == (1, 2)
    assert receipt.verified
    assert receipt.probes >= 1
    assert (receipt.residue, receipt.note) == (0, "")
    assert str(tmp_path / "full.mem") in receipt.files
    assert receipt.journal_entries >= 2
    for id in doomed:
        with pytest.raises(NotFound):
            ana.get(id)
    assert traces(tmp_path, SECRETS[1], "Ana"), "the others stay"
    assert SECRETS[0] not in repr([*ana.journal(), *ana.turns(), *ana.memories()])
    assert len(ana.search("velvet marble elephant", k=50)) == 6


def test_turns_are_erased_by_filter(full: MemoryStore, tmp_path: Path) -> None:
    ana = full.scope(user="ana")
    receipt = ana.erase(filter={"id": {"in": ["t2", "t3"]}})
    assert (receipt.turns, receipt.memories, receipt.verified) == (2, 4, True)
    for secret in SECRETS[1:3]:
        assert traces(tmp_path, secret, "Ana") == []
    assert ana.erase(filter={"id": "t2"}).ids == ()


def test_a_whole_scope_goes_with_its_keys_and_its_journal(
    full: MemoryStore, tmp_path: Path
) -> None:
    owner = full.scope(user="wilhelmina-tuppence")
    owner.add(["one thing she said", "another thing she said"])
    entries = len(full.scope(user="ana").journal(limit=1000))
    receipt = full.scope(user="ana").erase()
    assert (receipt.turns, receipt.memories) == (7, 12)
    assert receipt.journal_entries == entries
    assert full.scopes() == [{"user": "bo"}, {"user": "wilhelmina-tuppence"}]
    for secret in SECRETS:
        assert traces(tmp_path, secret, "Ana") == []
    owner.erase()
    data = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"wilhelmina" not in data
    assert [hit.text for hit in full.scope(user="bo").search("bees")] == [
        "bo keeps bees in the orchard"
    ]
    assert full.scope(user="ana").add("a new beginning")[0].id == "t1"


def test_the_journal_keeps_no_quote_of_what_was_erased(full: MemoryStore) -> None:
    """The reasons of consolidations, which may quote the words, were left in the journal."""
    ana = full.scope(user="ana")
    ana.erase("t4")
    assert SECRETS[3] not in repr(ana.journal(limit=1000))
    assert any(SECRETS[4] in entry.reason for entry in ana.journal(limit=1000))


def test_maintaining_after_an_erasure_derives_nothing_twice(full: MemoryStore) -> None:
    """An extractor that lost a record read the whole scope again, and stored all of it twice."""
    ana = full.scope(user="ana")
    ana.maintain()
    facts = [memory.text for memory in ana.memories(filter={"kind": "fact"})]
    ana.erase("t1")
    ana.maintain()
    assert [memory.text for memory in ana.memories(filter={"kind": "fact"})] == facts[1:]


def test_what_other_turns_still_support_is_derived_again(make_store: MakeStore) -> None:
    class Whole(Extractor):
        """One summary over all turns of a batch, and one of each."""

        name = "whole"

        def extract(self, turns: Sequence[Turn]) -> Iterator[Memory]:
            for turn in turns:
                yield Memory("fact", turn.text, (Source(turn.id, 0, 3),))
            yield Memory("summary", "all", tuple(Source(turn.id, 0, 3) for turn in turns))

    ana = make_store("whole.mem", extractors=[Whole()]).scope(user="ana")
    ana.add(["one thing", "two things", "three things"])
    ana.maintain()
    ana.erase("t2")
    assert [memory.kind for memory in ana.memories()] == ["fact", "fact"]
    assert ana.maintain().extracted == {"whole": 1}
    summary = next(iter(ana.memories(filter={"kind": "summary"})))
    assert [source.turn for source in summary.sources] == ["t1", "t3"]
    assert ana.maintain().extracted == {}


def test_an_erased_memory_whose_turn_stays_is_not_derived_again(full: MemoryStore) -> None:
    ana = full.scope(user="ana")
    ana.maintain()
    fact = next(iter(ana.memories(filter={"kind": "fact"})))
    assert ana.erase(fact).memories == 1
    assert ana.maintain().extracted == {}


def test_erasing_while_another_process_holds_the_file_open(
    full: MemoryStore, tmp_path: Path
) -> None:
    script = """
        import sys
        from memkit import MemoryStore
        store = MemoryStore(sys.argv[1], embedder=None)
        ana = store.scope(user="ana")
        print(len(ana.search("elephant", k=50)), flush=True)
        sys.stdin.readline()
        print(len(ana.search("elephant", k=50)), sorted(t.id for t in ana.turns()), flush=True)
        sys.stdin.readline()
        ana.add("words of the other process")
        store.close()
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), str(tmp_path / "full.mem")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip
        assert other.stdin is not None
        assert other.stdout is not None
        assert int(other.stdout.readline()) > 0
        receipt = full.scope(user="ana").erase(filter={"id": {"in": ["t1", "t2", "t3", "t4"]}})
        assert receipt.verified
        for secret in SECRETS[:4]:
            assert traces(tmp_path, secret, "Ana") == []
        other.stdin.write("\n")
        other.stdin.flush()
        assert other.stdout.readline() == "2 ['t19', 't5', 't6']\n"
        other.stdin.write("\n")
        other.stdin.flush()
    assert other.returncode == 0
    for secret in SECRETS[:4]:
        assert traces(tmp_path, secret, "Ana") == []


def test_a_reader_in_the_way_is_told_of_and_the_next_compact_finishes_the_work(
    make_store: MakeStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = connections.connect

    def impatient(target: str, timeout: float, *, uri: bool) -> sqlite3.Connection:
        return plain(target, 0.05, uri=uri)

    monkeypatch.setattr(connections, "connect", impatient)
    store = make_store("busy.mem")
    ana = store.scope(user="ana")
    ana.add([SECRETS[0], "another one"])
    reader = sqlite3.connect(tmp_path / "busy.mem", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM records").fetchone()
    receipt = ana.erase("t1")
    assert not receipt.verified
    assert "compact() again" in receipt.note
    assert [turn.id for turn in ana.turns()] == ["t2"]
    reader.close()
    store.compact()
    assert traces(tmp_path, SECRETS[0]) == []


def test_a_copy_of_the_words_elsewhere_is_not_called_residue(ana: Scope, tmp_path: Path) -> None:
    ana.add([SECRETS[0], SECRETS[0] + " and more", "short"])
    receipt = ana.erase(["t1", "t3"])
    assert (receipt.probes, receipt.residue, receipt.verified) == (0, 0, True)
    assert isinstance(receipt, Receipt)
    assert ana.erase("t2").probes == 1
    assert traces(tmp_path, SECRETS[0]) == []


def test_every_kind_of_text_leaves_no_trace(ana: Scope, tmp_path: Path) -> None:
    long = "".join(f"piece{n} of a long story about okapis, " for n in range(4000))
    wide = "\u6771\u4eac\u306e\u731f\u5e08 \U0001f9a9\U0001f9a9 z\u0308\u0142\xf3ty " * 4
    ana.add([long, wide, "stays"])
    ana.erase(["t1", "t2"])
    for text in (wide, long, long[50_000:50_100], long[-60:]):
        assert traces(tmp_path, text) == []


def test_vectors_and_token_ids_go_with_the_words(make_store: MakeStore, tmp_path: Path) -> None:
    store = make_store("vectors.mem")
    ana = store.scope(user="ana")
    ana.add([SECRETS[0], SECRETS[1]])
    with store._storage.query_only() as db:
        gone = bytes(db.execute("SELECT data FROM vectors WHERE record = 1").fetchone()[0])
    ana.erase("t1")
    assert all(gone not in path.read_bytes() for path in tmp_path.iterdir())


def test_counters_of_other_scopes_survive_an_erasure(store: MemoryStore) -> None:
    """Uses that were not yet written used to be thrown away for every scope."""
    ana, bo = store.scope(user="ana"), store.scope(user="bo")
    ana.add(["tea", "cake"])
    bo.add("bread")
    bo.search("bread")
    ana.erase("t1")
    with store._storage.query_only() as db:
        assert db.execute("SELECT record, retrieved FROM uses").fetchall() == [(3, 1)]


def test_a_backup_made_before_still_has_the_words(ana: Scope, tmp_path: Path) -> None:
    """The limit of erasing: copies are the caller's."""
    ana.add(SECRETS[0])
    (tmp_path / "backup").mkdir()
    for path in tmp_path.glob("store.mem*"):
        shutil.copy(path, tmp_path / "backup" / path.name)
    ana.erase()
    assert traces(tmp_path / "backup", SECRETS[0]) != []


def test_a_store_in_memory_erases_too(make_store: MakeStore) -> None:
    ana = make_store(":memory:").scope(user="ana")
    ana.add(SECRETS[:2])
    assert ana.erase("t1").turns == 1
    assert [turn.id for turn in ana.turns()] == ["t2"]
