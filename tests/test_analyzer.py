"""A file indexed by another version of the analysis is indexed once more on opening."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from memkit import MemoryStore


def test_terms_of_another_analyzer_are_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "old.mem"
    with MemoryStore(path, embedder=None) as store:
        store.scope(user="ana").add("My cat is called Bica.")
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE records SET terms = x'0000000000000000'")
        db.execute("UPDATE settings SET value = 'memkit-0' WHERE name = 'analyzer'")
        db.commit()
    with MemoryStore(path, embedder=None) as store:
        assert store.scope(user="ana").search("cat")[0].text == "My cat is called Bica."
        assert store.check().ok


def test_words_of_scripts_with_vowel_marks_stay_whole(tmp_path: Path) -> None:
    with MemoryStore(tmp_path / "hindi.mem", embedder=None) as store:
        ana = store.scope(user="ana")
        hindi = "\u0939\u093f\u0928\u094d\u0926\u0940"
        ana.add([f"\u092e\u0941\u091d\u0947 {hindi} \u092a\u0938\u0902\u0926", "Nothing of it."])
        found = ana.search(hindi)
        assert [hit.id for hit in found[:1]] == ["t1"]
        assert store.check().ok


def test_as_many_hits_come_back_as_were_asked_for_though_many_turns_repeat() -> None:
    with MemoryStore(":memory:", embedder=None) as store:
        ana = store.scope(user="ana")
        ana.add(["the boat is in the old harbour"] * 100)
        ana.add(["a boat was sold last week", "we painted the boat in green"])
        assert len(ana.search("boat", k=3)) == 3
