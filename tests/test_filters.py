"""The filter grammar: SQL against a plain evaluator, and what is refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from conftest import MakeStore
from hypothesis import example, given, settings
from hypothesis import strategies as st

from memkit import Scope
from memkit.errors import InvalidInput
from memkit.filters import compiled, mentions
from memkit.index.cache import CachedScope, ScopeCache
from memkit.index.passing import Passing
from memkit.storage.records import metadata_json
from memkit.storage.rows import Rows
from memkit.store.intake import storable_metadata
from memkit.text import digest

texts = st.sampled_from(["", "a", "A", "b", "ab", "á", "%", "_", "1", "true", "null", "\U0001f600"])
scalars = st.one_of(
    texts, st.none(), st.booleans(), st.integers(-3, 3), st.integers(-(2**63) + 1, 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False), st.sampled_from([0.0, -0.0, 1.0, 2.0**53]),
)  # fmt: skip
paths = st.sampled_from(["a", "b", "a.b", "a.b.c", "x y", "á", "a[0]", "$", "0"])
nested = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.dictionaries(st.sampled_from(["b", "c", "0"]), inner)
    ),
    max_leaves=4,
)
metadata = st.dictionaries(st.sampled_from(["a", "b", "x y", "á", "a[0]", "$", "0"]), nested)
moments = st.integers(0, 5).map(lambda n: datetime(2024, 1, 1 + n, tzinfo=UTC))
records = st.fixed_dictionaries(
    {
        "speaker": st.none() | texts, "role": st.none() | texts, "session": st.none() | texts,
        "kind": st.sampled_from(["turn", "fact"]), "id": texts, "origin": st.just("user"),
        "text": texts, "when": moments, "metadata": metadata,
    }
)  # fmt: skip


def _comparisons(values: st.SearchStrategy[Any], ordered: st.SearchStrategy[Any]) -> Any:
    operators = st.fixed_dictionaries(
        {},
        optional={
            "eq": values, "ne": values, "in": st.lists(values, max_size=3),
            "lt": ordered, "lte": ordered, "gt": ordered, "gte": ordered,
        },
    )  # fmt: skip
    return values | operators.filter(bool)


names = st.sampled_from(["speaker", "role", "session", "kind", "id", "origin", "text"])
leaves = st.one_of(
    st.dictionaries(names, _comparisons(st.none() | texts, texts), min_size=1, max_size=2),
    st.dictionaries(st.just("when"), _comparisons(moments, moments), min_size=1),
    st.dictionaries(
        paths.map(lambda path: f"meta.{path}"),
        _comparisons(
            scalars, scalars.filter(lambda v: v is not None and not isinstance(v, bool))
        ),
        min_size=1, max_size=2,
    ),
)  # fmt: skip
filters = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.fixed_dictionaries({"not": inner}),
        st.dictionaries(
            st.sampled_from(["and", "or"]), st.lists(inner, min_size=1, max_size=3), min_size=1
        ),
    ),
    max_leaves=5,
)


def passes(given: Mapping[str, Any], record: Mapping[str, Any]) -> bool:
    """The grammar in plain Python."""
    return all(_part(key, value, record) for key, value in given.items())


def _part(key: str, value: Any, record: Mapping[str, Any]) -> bool:
    if key == "and":
        return all(passes(item, record) for item in value)
    if key == "or":
        return any(passes(item, record) for item in value)
    if key == "not":
        return not passes(value, record)
    held = _held(key, record)
    operators = value if isinstance(value, Mapping) else {"eq": value}
    return all(_compared(held, op, wanted) for op, wanted in operators.items())


def _held(key: str, record: Mapping[str, Any]) -> Any:
    if not key.startswith("meta."):
        return record[key]
    found: Any = record["metadata"]
    for part in key[5:].split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _compared(held: Any, op: str, wanted: Any) -> bool:
    if op == "in":
        return any(_same(held, item) for item in wanted)
    if op in ("eq", "ne"):
        return _same(held, wanted) == (op == "eq")
    if _type(held) != _type(wanted):
        return False
    return bool({"lt": held < wanted, "lte": held <= wanted,
                 "gt": held > wanted, "gte": held >= wanted}[op])  # fmt: skip


def _same(held: Any, wanted: Any) -> bool:
    return _type(held) == _type(wanted) and bool(held == wanted)


def _type(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return type(value).__name__
    return "number"


def by_sql(given: Mapping[str, Any], rows: list[dict[str, Any]]) -> list[int]:
    db = sqlite3.connect(":memory:")
    columns = "id, kind, at, speaker, role, session, origin, metadata, text, digest"
    db.execute(f"CREATE TABLE records (n, {columns})")
    for n, row in enumerate(rows):
        at = (row["when"] - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1_000_000
        db.execute(
            "INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (n, row["id"], row["kind"], int(at), row["speaker"], row["role"], row["session"],
             row["origin"], storable_metadata(row["metadata"], "metadata"), row["text"],
             digest(row["text"])),
        )  # fmt: skip
    where, values = compiled(given, UTC)
    found = db.execute(f"SELECT n FROM records WHERE {where} ORDER BY n", values).fetchall()
    db.close()
    return [n for (n,) in found]


@settings(max_examples=500, deadline=None)
@given(filters, st.lists(records, min_size=1, max_size=6))
@example(
    {"meta.a": {"ne": 1}},
    [
        {
            "speaker": None,
            "role": None,
            "session": None,
            "kind": "turn",
            "id": "a",
            "origin": "user",
            "text": "a",
            "when": datetime(2024, 1, 1, tzinfo=UTC),
            "metadata": {},
        }
    ],
)
def test_sql_and_plain_python_agree(given: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    assert by_sql(given, rows) == [n for n, row in enumerate(rows) if passes(given, row)]


def test_a_filter_narrows_every_call_that_takes_one(ana: Scope) -> None:
    ana.add(
        [
            {"content": "tea at nine", "speaker": "Ana", "session": "s1",
             "timestamp": "2024-01-01"},
            {"content": "tea at ten", "speaker": "Bo", "session": "s1", "timestamp": "2024-01-02"},
            {"content": "tea at noon", "speaker": "Ana", "role": "user", "session": "s2",
             "timestamp": "2024-01-03", "metadata": {"topic": {"name": "tea"}, "n": 3}},
        ]
    )  # fmt: skip
    for filter, expected in (
        ({"speaker": "Ana"}, ["t1", "t3"]),
        ({"when": {"gte": "2024-01-02"}}, ["t2", "t3"]),
        ({"when": {"gt": 1704153600, "lt": datetime(2024, 1, 4, tzinfo=UTC)}}, ["t3"]),
        ({"session": {"in": ["s1", "s9"]}, "speaker": {"ne": "Ana"}}, ["t2"]),
        ({"meta.topic.name": "tea"}, ["t3"]),
        ({"meta.n": {"lte": 3.0}}, ["t3"]),
        ({"meta.n": None}, ["t1", "t2"]),
        ({"not": {"or": [{"id": "t1"}, {"role": "user"}]}}, ["t2"]),
        ({"id": {"in": []}}, []),
    ):
        assert [turn.id for turn in ana.turns(filter=filter)] == expected
        assert sorted(hit.id for hit in ana.search("tea", filter=filter)) == expected
        assert ana.erasable(filter=filter) == expected
    assert sorted(ana.forget(filter={"speaker": "Ana"}).records) == ["t1", "t3"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "empty filter"),
        ({"colour": "red"}, "Unknown field 'colour'.*speaker"),
        ({"meta.": 1}, "Unknown field 'meta.'"),
        ({"meta.a..b": 1}, "Unknown field"),
        ({"meta": 1}, "Unknown field"),
        ({5: 1}, "Unknown field 5"),
        ({"speaker": {"like": "a%"}}, "Unknown operator 'like'.*eq, ne"),
        ({"speaker": {"$eq": "a"}}, "Unknown operator"),
        ({"speaker": {}}, "no operator"),
        ({"speaker": 5}, "'speaker' is text; found 5"),
        ({"speaker": {"lt": None}}, "order"),
        ({"meta.a": {"gt": True}}, "order"),
        ({"meta.a": [1]}, r"found \[1\]"),
        ({"speaker": {"in": "ana"}}, "'in' .*list.*'ana'"),
        ({"speaker": {"in": 5}}, "takes a list"),
        ({"and": []}, "'and' takes a list"),
        ({"or": {"speaker": "a"}}, "'or' takes a list"),
        ({"or": "speaker"}, "'or' takes a list"),
        ({"not": {}}, "empty filter"),
        ({"when": "soon"}, "'soon' is not an ISO"),
        ({"meta.a": 2**63}, "beyond 64 bits"),
        ({"meta.a": float("nan")}, "nan"),
        ({"meta.a": {"lt": float("inf")}}, "inf"),
        ({"speaker": "a\x00b"}, "NUL"),
        ({"meta.a": {"in": ["ok", "\ud800"]}}, "surrogate"),
        ({'meta.a"b': 1}, "quote"),
        ({"meta.a\\b": 1}, "backslash"),
        ({"meta.a\nb": 1}, "control"),
        ({"meta.a\x00": 1}, "NUL"),
    ],
)
def test_a_wrong_filter_is_named_and_nothing_is_forgotten(
    given: Any, message: str, ana: Scope
) -> None:
    ana.add({"content": "tea", "metadata": {"a\\b": 1}})
    for call in (ana.forget, ana.erase, partial(ana.search, "tea")):
        with pytest.raises(InvalidInput, match=f"(?s){message}"):
            call(filter=given)
    assert [hit.id for hit in ana.search("tea")] == ["t1"]


@pytest.mark.parametrize(
    "given", ["speaker", 5, ["speaker"], {"not": 5}, {"and": [5]}, {"when": None}]
)
def test_a_filter_of_the_wrong_type_is_a_type_error(given: Any, ana: Scope) -> None:
    ana.add("tea")
    with pytest.raises(TypeError):
        ana.search("tea", filter=given)


def test_a_list_of_many_thousand_values_is_one_condition(ana: Scope) -> None:
    """SQLite's limit on nested expressions made this fail at 1,000."""
    ana.add([f"line {n}" for n in range(3)])
    ids = [f"t{n}" for n in range(2, 5_000)]
    assert [turn.id for turn in ana.turns(filter={"id": {"in": ids}})] == ["t2", "t3"]
    many = {"or": [{"id": f"t{n}"} for n in range(2, 2_000)]}
    assert [turn.id for turn in ana.turns(filter=many)] == ["t2", "t3"]
    with pytest.raises(InvalidInput, match="the most is 30,000"):
        ana.search("line", filter={"or": [{"id": f"t{n}"} for n in range(30_001)]})


@pytest.mark.parametrize("word", ["not", "and", "or"])
def test_a_filter_may_be_nested_and_says_how_deep(word: str, ana: Scope) -> None:
    ana.add("line")
    given: Any = {"meta.a": {"in": [1, "x", None]}, "speaker": {"ne": "Bo"}}
    for _ in range(14):
        given = {word: given} if word == "not" else {word: [{"id": {"gt": "a"}}, given]}
    assert [hit.id for hit in ana.search("line", filter=given)] == ["t1"]
    for _ in range(2000):
        given = {"not": given}
    with pytest.raises(InvalidInput, match="nested deeper"):
        ana.search("line", filter=given)


def test_filters_cannot_smuggle_sql_in(make_store: MakeStore) -> None:
    store = make_store()
    ana, bo = store.scope(user="ana"), store.scope(user="bo")
    ana.add("of ana")
    bo.add("of bo")
    for sly in (
        {"speaker": "x' OR 1=1 --"}, {"meta.a') OR 1=1 --": "x"}, {"session": {"gt": "') OR 1 --"}},
        {"id": {"in": ["x') OR scope = 2 --"]}},
    ):  # fmt: skip
        assert list(ana.turns(filter=sly)) == []
    everything = {"or": [{"id": {"ne": "x"}}, {"id": "x"}]}
    assert [turn.text for turn in ana.turns(filter=everything)] == ["of ana"]


def test_a_filter_asked_again_sees_what_came_since_and_not_what_went(ana: Scope) -> None:
    def found() -> list[str]:
        return sorted(hit.id for hit in ana.search("tea", filter={"meta.of": "green"}))

    green: dict[str, Any] = {"content": "green tea at nine", "metadata": {"of": "green"}}
    ana.add(["tea at eight", green])
    assert found() == ["t2"]
    ana.add(dict(green, content="more green tea at ten"))
    assert found() == ["t2", "t3"]
    entry = ana.forget(["t2"])
    assert found() == ["t3"]
    ana.undo(entry.id)
    assert found() == ["t2", "t3"]
    ana.erase(["t3"])
    assert found() == ["t2"]
    ana.add(dict(green, content="green tea again at noon"))
    assert found() == ["t2", "t4"]


@pytest.mark.parametrize("asked", [None, {"id": {"ne": "none"}}])
def test_a_reader_that_began_before_another_sets_nothing_back(
    asked: dict[str, Any] | None, make_store: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = make_store().scope(user="ana")
    ana.add(["tea at eight", "tea at nine"])
    passing, taken = {"id": {"ne": "none"}}, ScopeCache.get

    def overtaken(cache: ScopeCache, scope: int, *, whole: bool = False) -> CachedScope:
        monkeypatch.undo()
        with ThreadPoolExecutor(1) as other:
            other.submit(ana.add, "tea at ten").result()
            assert len(other.submit(ana.search, "tea", filter=asked).result()) == 3
        return taken(cache, scope, whole=whole)

    monkeypatch.setattr(ScopeCache, "get", overtaken)
    assert {hit.id for hit in ana.search("tea", filter=passing)} == {"t1", "t2"}
    for narrowed in (None, passing):
        found = ana.search("tea", filter=narrowed)
        assert sorted(hit.sources for hit in found) == [("t1",), ("t2",), ("t3",)]


def test_filters_that_are_another_each_time_do_not_pile_up() -> None:
    passing = Passing()
    with sqlite3.connect(":memory:") as db:
        db.execute("CREATE TABLE records (record INTEGER PRIMARY KEY, scope INTEGER, at INTEGER)")
        db.execute("INSERT INTO records VALUES (1, 1, 5)")
        for since in range(3000):
            found = passing.numbers(Rows(db), 1, ("at > ?", [since]), 1)
            assert found.tolist() == ([1] if since < 5 else [])
        assert len(passing) <= 256
        ids = "x" * 4_000_000
        for many in range(10):
            passing.numbers(Rows(db), 1, ("at = ?", [f"{ids}{many}"]), 1)
        assert len(passing) <= 4


def test_a_text_is_found_by_all_of_it_as_written(ana: Scope) -> None:
    ana.add(["Tea at nine.", "tea at nine.", "Tea at nine. Or ten."])
    assert [turn.id for turn in ana.turns(filter={"text": "Tea at nine."})] == ["t1"]
    assert [turn.id for turn in ana.turns(filter={"text": {"ne": "Tea at nine."}})] == ["t2", "t3"]


def test_every_condition_is_made_of_placeholders() -> None:
    sql, values = compiled({"speaker": "zebra", "meta.okapi": {"in": ["gnu", 4711]}}, UTC)
    assert not {"zebra", "okapi", "gnu", "4711"} & set(sql.replace('"', " ").split())
    assert sql.count("?") == len(values)


def test_a_filter_is_searched_for_a_field_at_every_depth() -> None:
    assert mentions({"not": {"or": [{"id": "a"}, {"kind": "fact"}]}}, "kind")
    assert not mentions({"and": [{"speaker": "kind"}]}, "kind")


def test_metadata_is_kept_as_canonical_json() -> None:
    assert metadata_json({"b": 1, "a": "ü"}) == '{"a":"ü","b":1}'
    assert metadata_json({}) is None
