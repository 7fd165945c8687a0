"""What `add` takes, and what it refuses without changing anything."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import NOON, MakeStore

from memkit import MemkitError, MemoryStore, Scope, Turn
from memkit.embed.hashing import HashingEmbedder
from memkit.errors import ConflictingTurn, InvalidInput, InvalidVector, ScopeRequired

Lines = Callable[[], str]


@pytest.fixture
def lines(store: MemoryStore, tmp_path: Path) -> Lines:
    def read() -> str:
        store.export(tmp_path / "lines.jsonl")
        return (tmp_path / "lines.jsonl").read_text()

    return read


def test_text_dict_and_turn_are_stored_as_they_were_given(ana: Scope) -> None:
    when = dt.datetime(2024, 3, 1, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    turn = Turn("own", "a turn", "Ana", "user", "s1", when, {"a": [1, {"b": None}]}, "tool")
    message = {
        "text": "  spaces kept \n", "speaker": "Bo", "role": "assistant", "session": "s2",
        "id": "x/1", "timestamp": "2024-03-01T09:30:00+02:00", "metadata": {"k": "ü"},
    }  # fmt: skip
    plain, own, dictated = ana.add(["just text", turn, message])
    assert plain == Turn("t1", "just text", when=plain.when, origin="user")
    assert own == turn
    assert own.when is not None
    assert own.when.utcoffset() == dt.timedelta(hours=2)
    assert (dictated.text, dictated.speaker, dictated.origin) == (
        "  spaces kept \n", "Bo", "assistant",
    )  # fmt: skip
    assert dictated.when == when
    assert [ana.get(turn.id) for turn in (plain, own, dictated)] == [plain, own, dictated]


def test_a_generator_is_one_batch_and_an_empty_one_is_nothing(ana: Scope) -> None:
    assert [turn.id for turn in ana.add(f"line {n}" for n in range(3))] == ["t1", "t2", "t3"]
    assert ana.add([]) == []
    assert len(ana.journal()) == 1


def test_a_stored_message_given_again_is_passed_over(ana: Scope) -> None:
    message: dict[str, Any] = {
        "id": "m/1",
        "content": "the same",
        "name": "Ana",
        "metadata": {"a": 1},
    }
    first = ana.add(message)
    assert ana.add([message, message]) == [*first, *first]
    dated: dict[str, Any] = {**message, "timestamp": first[0].when}
    assert ana.add(dated) == first
    assert len(ana.journal()) == 1


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"content": "another"}, "content"), ({"name": "Bo"}, "name"), ({"role": "tool"}, "role"),
        ({"session": "s9"}, "session"), ({"metadata": {"a": 2}}, "metadata"),
        ({"timestamp": "1999-01-01"}, "timestamp"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("at_once", [False, True])
def test_an_id_with_other_content_is_refused_and_its_whole_call_too(
    changed: dict[str, Any], named: str, at_once: bool, ana: Scope, lines: Lines
) -> None:
    first = {"id": "d1", "content": "one", "metadata": {"a": 1}, "timestamp": "2020-01-01"}
    if not at_once:
        ana.add(first)
    before = lines()
    with pytest.raises(ConflictingTurn, match=f"another {named}"):
        ana.add([*([first] if at_once else []), "innocent", {**first, **changed}])
    assert lines() == before


def test_made_up_ids_keep_clear_of_given_ones(ana: Scope) -> None:
    turns = ana.add(["a", {"id": "t2", "content": "b"}, "c", {"id": "t9", "content": "d"}, "e"])
    assert [turn.id for turn in turns] == ["t10", "t2", "t11", "t9", "t12"]


def test_a_hash_without_letters_is_no_number(ana: Scope) -> None:
    """An import of thousands held one, and what was added next was called t8908590273887862."""
    turns = ana.add([{"id": "m8908590273887861", "content": "a"}, "b"])
    assert [turn.id for turn in turns] == ["m8908590273887861", "t1"]


BAD: list[tuple[Any, type[Exception], str]] = [
    (None, TypeError, "NoneType"),
    (5, TypeError, "int"),
    (b"bytes", TypeError, "bytes"),
    ([["nested"]], TypeError, "message 0 must be.*list"),
    (["fine", 7], TypeError, "message 1 must be.*int"),
    ({}, InvalidInput, "no content"),
    ({"content": None}, InvalidInput, "content.*None"),
    ({"content": 5}, InvalidInput, "content.*found 5"),
    ({"content": b"x"}, InvalidInput, "content"),
    ("", InvalidInput, "empty"),
    (" \n\t", InvalidInput, "empty"),
    ({"content": "x", "texts": "y", "user": "z"}, InvalidInput, "'texts'.*'user'"),
    ({"content": "x", "text": "y"}, InvalidInput, "'text'"),
    ({"content": "x", "name": 3}, InvalidInput, "name.*found 3"),
    ({"content": "x", "role": ["a"]}, InvalidInput, "role"),
    ({"content": "x", "id": 7}, InvalidInput, "id.*found 7"),
    ({"content": "x", "id": ""}, InvalidInput, "id of message 0 is empty"),
    ("nul \x00 here", InvalidInput, "NUL character at position 4"),
    ("half \ud83d here", InvalidInput, "lone surrogate at position 5"),
    ({"content": "x", "session": "a\x00"}, InvalidInput, "session.*NUL"),
    ({"content": "x", "id": "\udc00"}, InvalidInput, "id.*surrogate"),
    ({"content": "x", "name": "\ud800"}, InvalidInput, "name.*surrogate"),
    ("x" * 10_000_000, InvalidInput, "10,000,000 bytes; the most is 4,194,304"),
    ("é" * 3_000_000, InvalidInput, "6,000,000 bytes"),
    ({"content": "x", "metadata": "tag"}, InvalidInput, "metadata"),
    ({"content": "x", "metadata": {"a": {1, 2}}}, InvalidInput, "metadata.*not JSON"),
    ({"content": "x", "metadata": {"a": float("nan")}}, InvalidInput, "metadata.*not JSON"),
    ({"content": "x", "metadata": {"a": {1: 2}}}, InvalidInput, "metadata.*found int"),
    ({"content": "x", "metadata": {"a": "\ud800"}}, InvalidInput, "metadata.*surrogate"),
    ({"content": "x", "metadata": {"a": ["b\x00c"]}}, InvalidInput, "metadata.*NUL"),
    ({"content": "x", "metadata": {"a\x00": 1}}, InvalidInput, "metadata.*NUL"),
    ({"content": "x", "timestamp": "yesterday"}, InvalidInput, "'yesterday' is not an ISO"),
    ({"content": "x", "timestamp": ""}, InvalidInput, "timestamp"),
    ({"content": "x", "timestamp": "2024-13-45"}, InvalidInput, "2024-13-45"),
    ({"content": "x", "timestamp": True}, InvalidInput, "timestamp"),
    ({"content": "x", "timestamp": dt.date(2024, 1, 1)}, InvalidInput, "timestamp"),
    ({"content": "x", "timestamp": float("nan")}, InvalidInput, "nan"),
    ({"content": "x", "timestamp": float("inf")}, InvalidInput, "inf"),
    ({"content": "x", "timestamp": 1714564800000}, InvalidInput, "divide milliseconds"),
    ({"content": "x", "timestamp": 10**400}, InvalidInput, "beyond the year 9999"),
    ({"content": "x", "timestamp": -(10**11)}, InvalidInput, "before the year 1"),
    ({"content": "x", "timestamp": "0001-01-01T00:00+14:00"}, InvalidInput, "years 1 to 9999"),
    ({"content": "x", "timestamp": "9999-12-31T23:00-05:00"}, InvalidInput, "years 1 to 9999"),
    (Turn("a", "x", origin="rumour"), InvalidInput, "origin.*rumour"),
    (Turn("a", 5), InvalidInput, "content.*found 5"),  # type: ignore[arg-type]
    (Turn("a", "x", metadata=[1]), InvalidInput, "metadata"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("given", "error", "message"), BAD, ids=[str(n) for n in range(len(BAD))])
def test_bad_input_is_named_and_changes_nothing(
    given: Any, error: type[Exception], message: str, ana: Scope, lines: Lines
) -> None:
    ana.add("here before")
    before = lines()
    batch: Any = given if given is None or isinstance(given, list) else [given, "fine"]
    with pytest.raises(error, match=f"(?s){message}") as raised:
        ana.add(batch)
    assert len(str(raised.value)) < 600
    assert lines() == before
    assert ana.add("still usable")[0].id == "t2"


def test_metadata_may_not_be_nested_so_deep_that_a_filter_would_fail_on_it(ana: Scope) -> None:
    deep: Any = 1
    for _ in range(32):
        deep = {"a": deep}
    with pytest.raises(InvalidInput, match="nested deeper than 32"):
        ana.add({"content": "x", "metadata": {"deep": deep}})
    ana.add({"content": "y", "metadata": deep})
    assert ana.search("y", filter={"meta.a": 1}) == []


def test_the_longest_message_is_stored_whole(store: MemoryStore) -> None:
    text = "word " * (4_194_304 // 5)
    scope = store.scope(user="writer")
    assert scope.add(text)[0].text == text
    assert scope.get("t1") == next(scope.turns())


def test_naive_times_are_in_the_time_zone_of_the_store(make_store: MakeStore) -> None:
    store = make_store("lisbon.mem", timezone="Europe/Lisbon")
    ana = store.scope(user="ana")
    naive = dt.datetime(2024, 7, 1, 12)
    for stamp in (naive, "2024-07-01T12:00", "2024-07-01 12:00:00"):
        turn = ana.add({"content": f"noon as {stamp!r}", "timestamp": stamp})[0]
        assert turn.when == dt.datetime(2024, 7, 1, 11, tzinfo=dt.UTC)
        assert turn.when.isoformat().endswith("+01:00")
    winter = ana.add({"content": "winter", "timestamp": "2024-01-01"})[0]
    assert winter.when == dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    since = list(ana.turns(since="2024-07-01T12:00", until="2024-07-01T12:01"))
    assert len(since) == 3


def test_the_time_zone_belongs_to_the_file(make_store: MakeStore) -> None:
    make_store("lisbon.mem", timezone="Europe/Lisbon").close()
    with pytest.raises(MemkitError, match=r"Europe/Lisbon.*Asia/Tokyo"):
        make_store("lisbon.mem", timezone="Asia/Tokyo")
    assert make_store("lisbon.mem").stats()["timezone"] == "Europe/Lisbon"


@pytest.mark.parametrize("name", ["Nowhere/Atlantis", "America", "../../etc/passwd"])
def test_an_unknown_time_zone_is_refused_before_a_file_is_made(name: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="not a known IANA name"):
        MemoryStore(tmp_path / "new.mem", embedder=None, timezone=name)
    assert not list(tmp_path.iterdir())


def test_a_wrong_embedder_is_refused_before_a_file_is_made(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="embedder must be"):
        MemoryStore(tmp_path / "new.mem", embedder="no-such-name")
    assert not list(tmp_path.iterdir())


def test_epoch_seconds_and_microseconds_are_kept(ana: Scope) -> None:
    stamps = [0, -1, 1714564800, 1714564800.25, -62135596800, 253402300799]
    turns = ana.add([{"content": f"at {s}", "timestamp": s} for s in stamps])
    assert [turn.when.timestamp() for turn in turns if turn.when] == stamps


def test_a_clock_without_a_zone_is_read_in_that_of_the_store(make_store: MakeStore) -> None:
    store = make_store("naive.mem", clock=lambda: NOON.replace(tzinfo=None))
    assert store.scope(user="ana").add("x")[0].when == NOON


def test_progress_tells_of_every_part_of_a_batch_and_of_the_end(store: MemoryStore) -> None:
    told: list[tuple[int, int]] = []
    store.scope(user="ana").add(
        (f"line {n}" for n in range(1200)), progress=lambda done, total: told.append((done, total))
    )
    assert told == [(512, 1200), (1024, 1200), (1200, 1200)]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (lambda n: np.zeros((n, 9)), r"returned shape \(2, 9\); expected \(2, 8\)"),
        (lambda n: np.zeros((n + 1, 8)), r"shape \(3, 8\)"),
        (lambda n: np.zeros(8), r"shape \(8,\)"),
        (lambda n: np.full((n, 8), np.nan), "NaN or infinity for text 0 of 2"),
        (lambda n: np.full((n, 8), np.inf), "NaN or infinity"),
    ],
)
def test_a_wrong_vector_stores_nothing(
    rows: Callable[[int], Any], message: str, make_store: MakeStore
) -> None:
    class Wrong(HashingEmbedder):
        right = True

        def embed(self, texts: Sequence[str], role: Any = "document") -> Any:
            return super().embed(texts, role) if self.right else rows(len(texts))

    embedder = Wrong(8)
    ana = make_store("wrong.mem", embedder=embedder).scope(user="ana")
    ana.add("before")
    embedder.right = False
    with pytest.raises(InvalidVector, match=message):
        ana.add(["one", "two"])
    embedder.right = True
    assert [turn.text for turn in ana.turns()] == ["before"]
    assert ana.add("after")[0].id == "t2"


def test_a_function_that_does_not_give_rows_of_numbers_is_no_embedder(tmp_path: Path) -> None:
    answers: list[Any] = ["text", [[]], [1.0]]
    for answer in answers:

        def embed(texts: Sequence[str], answer: Any = answer) -> Any:
            return answer

        with pytest.raises(InvalidVector):
            MemoryStore(tmp_path / "new.mem", embedder=embed)
    assert not list(tmp_path.iterdir())


def test_an_iterable_that_breaks_off_stores_nothing(ana: Scope, lines: Lines) -> None:
    def broken() -> Iterator[str]:
        yield "one"
        raise KeyError("the source failed")

    before = lines()
    with pytest.raises(KeyError, match="the source failed"):
        ana.add(broken())
    assert lines() == before


@pytest.mark.parametrize("call", ["get", "history"])
@pytest.mark.parametrize(
    ("id", "error"), [(5, TypeError), (None, TypeError), ("a\x00", InvalidInput),
                      ("\ud800", InvalidInput), ("nobody", LookupError)]
)  # fmt: skip
def test_asking_for_a_wrong_id_says_so(
    call: str, id: Any, error: type[Exception], ana: Scope
) -> None:
    ana.add({"id": "5", "content": "five"})
    with pytest.raises(error):
        getattr(ana, call)(id)


def test_wrong_arguments_of_search_are_refused_even_where_nothing_is_stored(ana: Scope) -> None:
    wrong: list[tuple[dict[str, Any], type[Exception]]] = [
        ({"query": ""}, InvalidInput), ({"query": 5}, TypeError), ({"query": "\ud800"}, ValueError),
        ({"query": "a\x00b"}, InvalidInput), ({"k": 0}, InvalidInput), ({"k": True}, TypeError),
        ({"k": 2.5}, TypeError), ({"filter": {"colour": "red"}}, InvalidInput),
        ({"filter": {"speaker": {"like": "a"}}}, InvalidInput), ({"filter": "x"}, TypeError),
        ({"as_of": "soon"}, InvalidInput), ({"now": []}, TypeError),
        ({"retriever": "fused"}, TypeError),
    ]  # fmt: skip
    for arguments, error in wrong:
        with pytest.raises(error):
            ana.search(**{"query": "tea", **arguments})


@pytest.mark.parametrize(
    ("keys", "error"),
    [
        ({}, ScopeRequired), ({"user": ""}, ScopeRequired), ({"user": "  "}, ScopeRequired),
        ({"": "ana"}, ScopeRequired), ({"user": None}, TypeError), ({"user": 5}, TypeError),
        ({"user": "a\x00"}, InvalidInput), ({"user": "\ud800"}, InvalidInput),
        ({"user": "ana", "agent": ""}, ScopeRequired),
    ],
)  # fmt: skip
def test_a_scope_without_an_owner_is_refused(
    keys: dict[str, Any], error: type[Exception], store: MemoryStore
) -> None:
    with pytest.raises(error):
        store.scope(**keys)
    assert store.scopes() == []


def test_a_message_of_every_kind_of_character_comes_back_unchanged(ana: Scope) -> None:
    texts = [f"x{chr(n)} {chr(n + 1)}" for n in (1, 0x7F, 0x85, 0x2028, 0xFFFD, 0x10FFFD, 0x1F600)]
    texts += ["a\r\nb", "\ufeffx", "e\u0301 é", json.dumps({"a": "\\u0000"})]
    ana.add(texts)
    assert [turn.text for turn in ana.turns()] == texts
