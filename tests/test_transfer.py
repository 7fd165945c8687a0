"""`export` and `import_`: lossless, whole or not at all, and idempotent."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from conftest import MakeStore
from hypothesis import given, settings
from hypothesis import strategies as st

from memkit import Link, Memory, MemoryStore, Source, Turn
from memkit.contracts import Consolidator, Extractor, Proposal
from memkit.embed.hashing import HashingEmbedder
from memkit.errors import ConflictingTurn, InvalidInput, NotFound, StorageFailure
from memkit.forget.simple import TimeToLivePolicy


class Facts(Extractor):
    """The first words of each turn."""

    name = "facts"

    def extract(self, turns: Sequence[Turn]) -> Iterator[Memory]:
        for turn in turns:
            yield Memory("fact", turn.text[:9], (Source(turn.id, 0, 9), Source(turn.id, 2, 5)))


class Linking(Consolidator):
    """Links each fact to the one before."""

    name = "linking"

    def propose(self, memories: Sequence[Memory], now: Any) -> Iterator[Proposal]:
        for one, other in pairwise(memories):
            if one.kind == other.kind == "fact":
                yield Proposal(links=(Link(str(one.id), str(other.id), "next", 0.1 + 0.2),))


@pytest.fixture
def rich(make_store: MakeStore) -> MemoryStore:
    """A store with something in every table, and gaps in every numbering."""
    store = make_store("rich.mem", extractors=[Facts()], consolidators=[Linking()])
    gone = store.scope(user="gone")
    gone.add("nothing will be left of this")
    ana, bo = store.scope(user="ana", agent="ü"), store.scope(user="bo")
    for n in range(6):
        ana.add({"content": f"number {n} \u2028 tea", "speaker": "Ana", "role": "user",
                 "timestamp": f"2024-05-0{n + 1}T10:00:00.123456+05:30",
                 "metadata": {"n": n, "x": [None, True, 1.5, "", {"é": "\n"}]}})  # fmt: skip
        bo.add([f"bo says {n} times", f"bo repeats {n} times"])
    store.maintain()
    gone.erase()
    forgotten = ana.forget(["t2", "t3"], reason='why "not"\n')
    ana.undo(forgotten.id)
    bo.forget(filter={"id": {"gt": "t5"}})
    ana.search("tea")
    ana.context("tea", budget=200)
    ana.feedback("t1", useful=False, correction="it was coffee instead")
    bo.erase("t1")
    bo.erase(bo.add("last words of bo"))
    return store


@pytest.fixture
def dump(tmp_path: Path) -> Callable[[MemoryStore], str]:
    def lines(store: MemoryStore) -> str:
        store.export(tmp_path / "dump.jsonl")
        return (tmp_path / "dump.jsonl").read_text(encoding="utf-8")

    return lines


def test_export_import_export_is_the_same_to_the_line(
    rich: MemoryStore, dump: Any, make_store: MakeStore, tmp_path: Path
) -> None:
    count = rich.export(tmp_path / "rich.jsonl")
    before = dump(rich)
    assert count == len(before.strip("\n").split("\n"))
    kinds = {json.loads(line)["type"] for line in before.strip("\n").split("\n")}
    assert kinds == {"memkit", "scope", "record", "source", "link", "use", "entry", "change",
                     "relink", "cursor"}  # fmt: skip
    other = make_store("other.mem")
    assert other.import_(tmp_path / "rich.jsonl") is other
    assert dump(other) == before
    assert other.check().ok


def test_importing_again_changes_nothing(
    rich: MemoryStore, dump: Any, make_store: MakeStore, tmp_path: Path
) -> None:
    """Every further import used to append the whole journal once more."""
    rich.export(tmp_path / "rich.jsonl")
    before = dump(rich)
    other = make_store("other.mem")
    for _ in range(3):
        other.import_(tmp_path / "rich.jsonl")
        assert dump(other) == before
    rich.import_(tmp_path / "rich.jsonl")
    assert dump(rich) == before


def test_history_undo_and_numbering_go_on_after_an_import(
    rich: MemoryStore, make_store: MakeStore, tmp_path: Path
) -> None:
    rich.export(tmp_path / "rich.jsonl")
    other = make_store("other.mem", extractors=[Facts()])
    other.import_(tmp_path / "rich.jsonl")
    keys = {"user": "ana", "agent": "ü"}
    old, new = rich.scope(**keys), other.scope(**keys)
    assert new.journal(limit=999) == old.journal(limit=999)
    assert new.history("t2") == old.history("t2")
    assert list(new.turns()) == list(old.turns())
    assert [m.sources for m in new.memories()] == [m.sources for m in old.memories()]
    assert new.sessions() == old.sessions()
    undone = next(entry for entry in new.journal() if entry.action == "undo")
    new.undo(undone.id)
    assert {"t2", "t3"}.isdisjoint(hit.id for hit in new.search("number tea", k=50))
    added, expected = new.add("after all of it")[0], old.add("after all of it")[0]
    assert added.id == expected.id
    assert [entry.records for entry in new.history(added.id)] == [(added.id,)]
    assert other.maintain().extracted == {"facts": 2}, "the correction and the turn just added"


def test_what_is_archived_and_of_any_origin_is_taken_along(
    make_store: MakeStore, tmp_path: Path
) -> None:
    with make_store(forgetting=TimeToLivePolicy(1), extractors=[]) as store:
        ana = store.scope(user="ana")
        ana.add([{"content": f"tea of {role}", "role": role} for role in ("web", "import", "user")])
        ana.forget("t1")
        ana.maintain(now="2030-01-01")
        store.export(tmp_path / "all.jsonl")
        before = store.stats()["standing"]
    assert before == {"forgotten": 1, "expired": 2}
    other = make_store("other.mem")
    other.import_(tmp_path / "all.jsonl")
    assert other.stats()["standing"] == before
    other.scope(user="ana").feedback(["t1", "t2"], useful=True)
    assert other.stats()["standing"] == {"forgotten": 1, "expired": 1}


def test_an_import_is_found_by_vector_and_by_word(
    rich: MemoryStore, make_store: MakeStore, tmp_path: Path
) -> None:
    rich.export(tmp_path / "rich.jsonl")
    other = make_store("other.mem")
    other.import_(tmp_path / "rich.jsonl")
    assert other.stats()["vectors"] == {"hashing-2:32": sum(other.stats()["records"].values())}
    for query in ("bo repeats 4 times", "coffee instead"):
        for keys in other.scopes():
            assert [hit.id for hit in other.scope(**keys).search(query)] == [
                hit.id for hit in rich.scope(**keys).search(query)
            ]


def test_two_stores_are_merged_by_importing_one_into_the_other(
    rich: MemoryStore, make_store: MakeStore, tmp_path: Path
) -> None:
    rich.export(tmp_path / "rich.jsonl")
    other = make_store("other.mem")
    bo = other.scope(user="bo")
    bo.add({"id": "mine", "content": "bo was here before"})
    entry = bo.forget("mine")
    other.import_(tmp_path / "rich.jsonl")
    ids = [turn.id for turn in bo.turns()]
    assert ids == ["mine", *(turn.id for turn in rich.scope(user="bo").turns())]
    assert bo.undo(entry.id).records == ("mine",)
    assert bo.add({"id": "next", "content": "the next one"})[0].id == "next"
    adds = [entry for entry in bo.journal(limit=999) if entry.action == "add"]
    assert [record for entry in adds for record in entry.records] == [*ids, "next"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("text", "other"), ("speaker", "Bo"), ("role", "tool"), ("session", "s9"), ("kind", "fact"),
     ("when", "2020-01-01T00:00:00+00:00"), ("metadata", {"n": 9}), ("origin", "tool")],
)  # fmt: skip
def test_an_import_that_contradicts_what_is_stored_is_refused_whole(
    field: str, value: Any, rich: MemoryStore, dump: Any, tmp_path: Path
) -> None:
    before = dump(rich)
    lines = [json.loads(line) for line in before.strip("\n").split("\n")]
    record = next(line for line in lines if line["type"] == "record")
    scope = next(line for line in lines if line["type"] == "scope")
    changed = [lines[0], scope, {**record, "id": "new", "record": 9999}, {**record, field: value}]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, changed)), encoding="utf-8")
    with pytest.raises(ConflictingTurn, match="other content"):
        rich.import_(tmp_path / "in.jsonl")
    assert dump(rich) == before


HEADER = {"type": "memkit", "version": 1}
SCOPE = {"type": "scope", "scope": 1, "keys": {"user": "ana"}, "numbered": 1}
RECORD = {"type": "record", "record": 1, "scope": 1, "id": "t1", "kind": "turn", "added": 5,
          "origin": "user", "when": "2024-01-01T00:00:00+00:00", "text": "tea"}  # fmt: skip
ENTRY = {"type": "entry", "entry": 1, "scope": 1, "at": 5, "action": "add", "reason": "",
         "first": 1, "last": 1, "undoes": None}  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([], "empty"),
        ([SCOPE], "no version"),
        ([{**HEADER, "version": 2}], "version 2"),
        ([HEADER, {"type": "poem"}], "'poem'"),
        ([HEADER, {}], "None"),
        ([HEADER, RECORD], "Line 2.*number 1"),
        ([HEADER, {**SCOPE, "keys": {}}], "Line 2.*keys"),
        ([HEADER, {**SCOPE, "keys": {"user": ""}}], "Line 2.*keys"),
        ([HEADER, {**SCOPE, "keys": {"user": 5}}], "Line 2.*keys"),
        ([HEADER, {**SCOPE, "numbered": 2**80}], "numbered"),
        ([HEADER, SCOPE, {**RECORD, "text": 5}], "Line 3.*text"),
        ([HEADER, SCOPE, {**RECORD, "text": " "}], "text"),
        ([HEADER, SCOPE, {**RECORD, "text": "a\x00"}], "NUL"),
        ([HEADER, SCOPE, {**RECORD, "speaker": 5}], "speaker"),
        ([HEADER, SCOPE, {**RECORD, "role": []}], "role"),
        ([HEADER, SCOPE, {**RECORD, "origin": "rumour"}], "origin"),
        ([HEADER, SCOPE, {**RECORD, "metadata": "x"}], "metadata"),
        ([HEADER, SCOPE, {**RECORD, "when": "noon"}], "noon"),
        ([HEADER, SCOPE, {**RECORD, "archived": "soon"}], "archived"),
        ([HEADER, SCOPE, {**RECORD, "added": 2**70}], "added"),
        ([HEADER, SCOPE, {**RECORD, "record": 2**60}], "record"),
        ([HEADER, SCOPE, {**RECORD, "colour": "red"}], "colour"),
        ([HEADER, SCOPE, {"type": "record"}], "Line 3"),
        ([HEADER, SCOPE, RECORD, {"type": "source", "memory": 1, "turn": 7, "start": 0,
                                  "stop": 1}], "number 7"),
        ([HEADER, SCOPE, RECORD, {"type": "link", "source": 1, "target": 0, "kind": "a",
                                  "weight": 1.0}], "target"),
        ([HEADER, SCOPE, RECORD, {"type": "change", "entry": 1, "record": 1, "field": "archived",
                                  "before": None, "after": 1}], "number 1"),
        ([HEADER, SCOPE, RECORD, {**ENTRY, "undoes": 9}], "number 9"),
        ([HEADER, SCOPE, RECORD, ENTRY, {"type": "change", "entry": 1, "record": 1,
                                         "field": "text", "before": 1, "after": 2}], "field"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_named_and_nothing_is_imported(
    lines: list[Any], message: str, store: MemoryStore, dump: Any, tmp_path: Path
) -> None:
    store.scope(user="bo").add("here before")
    before = dump(store)
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    with pytest.raises(InvalidInput, match=message):
        store.import_(tmp_path / "in.jsonl")
    assert dump(store) == before


@pytest.mark.parametrize("data", [b"\xff\xfe{}", b"not json\n", b"[1]\n", b"[" * 100_000, b"\x00"])
def test_a_file_that_is_no_export_is_refused(
    data: bytes, store: MemoryStore, tmp_path: Path
) -> None:
    (tmp_path / "in.jsonl").write_bytes(data)
    with pytest.raises(InvalidInput):
        store.import_(tmp_path / "in.jsonl")
    assert store.scopes() == []


def test_files_that_are_missing_or_folders_are_named(store: MemoryStore, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="there is no file"):
        store.import_(tmp_path / "nowhere.jsonl")
    with pytest.raises(StorageFailure, match="Importing"):
        store.import_(tmp_path)
    for path in (tmp_path, tmp_path / "no" / "x.jsonl"):
        with pytest.raises(StorageFailure, match="Exporting"):
            store.export(path)
    assert not list(tmp_path.glob("**/*.partial"))


def test_a_failed_export_leaves_the_old_file_and_nothing_beside_it(
    store: MemoryStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "dump.jsonl"
    target.write_text("old")
    store.scope(user="ana").add("tea")
    monkeypatch.setattr("os.fsync", _fails)
    with pytest.raises(StorageFailure, match="No space left"):
        store.export(target)
    monkeypatch.undo()
    with store._storage.write() as rows:
        rows.records._db.execute("UPDATE records SET terms = x'00'")
        rows.records._db.execute("DROP TABLE links")
    with pytest.raises(Exception, match="no such table"):
        store.export(target)
    with store._storage.write() as rows:
        rows.records._db.execute(
            "CREATE TABLE links (source INTEGER, target INTEGER, kind TEXT, weight REAL)"
        )
    assert store.check(fix=True).ok
    assert target.read_text() == "old"
    assert not list(tmp_path.glob("*.partial"))


def test_an_export_is_readable_by_its_owner_alone(store: MemoryStore, tmp_path: Path) -> None:
    store.export(tmp_path / "dump.jsonl")
    assert (tmp_path / "dump.jsonl").stat().st_mode & 0o777 == 0o600


def test_a_store_is_made_from_an_export_in_one_call(make_store: MakeStore, tmp_path: Path) -> None:
    make_store("a.mem").scope(user="ana").add("tea at noon")
    make_store("a.mem").export(tmp_path / "a.jsonl")
    with MemoryStore.import_(tmp_path / "a.jsonl") as store:
        assert [turn.text for turn in store.scope(user="ana").turns()] == ["tea at noon"]
    with MemoryStore.import_(tmp_path / "a.jsonl", into=tmp_path / "b.mem"):
        pass
    assert make_store("b.mem", embedder=None).scopes() == [{"user": "ana"}]
    with pytest.raises(TypeError, match="into"):
        make_store("b.mem", embedder=None).import_(tmp_path / "a.jsonl", into="c.mem")


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)  # fmt: skip
messages = st.fixed_dictionaries(
    {"content": texts.filter(lambda text: bool(text.strip()))},
    optional={
        "speaker": texts, "role": texts, "session": texts,
        "metadata": st.dictionaries(texts, json_values, max_size=3),
        "timestamp": st.datetimes(timezones=st.timezones()).filter(
            lambda when: 3 < when.year < 9990
        ),
    },
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(given_messages=st.lists(messages, min_size=1, max_size=5))
def test_whatever_was_stored_comes_back_through_an_export(
    given_messages: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("trip") / "trip.jsonl"
    embedder = HashingEmbedder(8)
    with MemoryStore(":memory:", embedder=embedder) as one:
        stored = one.scope(user="ana").add(given_messages)
        assert [turn.text for turn in stored] == [given["content"] for given in given_messages]
        for turn, message in zip(stored, given_messages, strict=True):
            assert turn.when is not None
            # In UTC: in an hour that a zone skips or repeats, PEP 495 calls equal moments unequal.
            assert "timestamp" not in message or turn.when.astimezone(UTC) == message[
                "timestamp"
            ].astimezone(UTC)
            assert turn.metadata == message.get("metadata", {})
        one.export(path)
        first = path.read_bytes()
        with MemoryStore(":memory:", embedder=embedder) as other:
            other.import_(path)
            assert list(other.scope(user="ana").turns()) == stored
            other.export(path)
    assert path.read_bytes() == first


def _fails(*_: Any) -> None:
    raise OSError(28, "No space left on device")
