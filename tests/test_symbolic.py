"""SQL over one scope, and the closed queries."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_facts import opened

from memkit.errors import InvalidInput
from memkit.models import Table
from memkit.store.scope import Scope


def told() -> Scope:
    store = opened()
    ana = store.scope(user="ana")
    ana.add("Ana | home | Porto", now="2024-01-10")
    ana.add("Ana | home | Lisbon", now="2024-03-02")
    ana.add("Ana | pet | Rex | several=", now="2024-03-03")
    ana.add("Ana | pet | Bica | several=", now="2024-03-04")
    store.scope(user="bob").add("Bob | home | Berlin", now="2024-03-02")
    return ana


def test_facts_are_rows_with_the_time_they_hold() -> None:
    table = told().sql(
        "select value, since, until, status from facts where attribute = ? order by since", ["home"]
    )
    assert table == Table(
        ("value", "since", "until", "status"),
        (
            ("Porto", "2024-01-10T00:00:00Z", "2024-03-02T00:00:00Z", "superseded"),
            ("Lisbon", "2024-03-02T00:00:00Z", None, "current"),
        ),
    )


def test_parameters_may_have_names_and_are_never_code() -> None:
    ana = told()
    query = "select count(*) from facts where value = :value"
    assert ana.sql(query, {"value": "Rex"}).rows == ((1,),)
    assert ana.sql(query, {"value": "Rex' or '1'='1"}).rows == ((0,),)


def test_facts_lead_to_their_words() -> None:
    rows = told().sql(
        "select t.text, s.start, s.stop from facts f join sources s on s.memory = f.id"
        " join turns t on t.id = s.turn where f.value = 'Lisbon'"
    )
    assert rows.rows == (("Ana | home | Lisbon", 0, 19),)


@pytest.mark.parametrize(
    "query",
    [
        "select * from records",
        "select * from main.facts",
        "select count(*) from main.facts",
        "select 1 from main.facts",
        "select text from main.records",
        "with facts as (select count(*) c from records) select * from facts",
        "with facts as (select text from main.records) select * from facts",
        "with turns as (select 1 from records) select count(*) from turns",
        "with recursive facts(a) as (select id from main.records union select a from facts)"
        " select * from facts",
        "select * from facts where exists (select 1 from records)",
        "select (select group_concat(text) from records)",
        "select * from sqlite_master",
        "select * from sqlite_temp_master",
        "select * from temp.sqlite_master",
        "select sql from sqlite_schema",
        "select * from pragma_table_list",
        "select * from pragma_database_list",
        "select * from dbstat",
        "pragma database_list",
        "pragma query_only = off",
        "delete from turns",
        "delete from records",
        "update facts set value = 'x'",
        "insert into facts values (1)",
        "drop table records",
        "drop view facts",
        "create table x (a)",
        "create temp table x as select * from facts",
        "create temp view x as select * from records",
        "attach ':memory:' as x",
        "attach database 'x.db' as x",
        "detach main",
        "vacuum into 'x.db'",
        "begin",
        "commit",
        "rollback",
        "savepoint x",
        "select load_extension('x')",
        "explain select * from facts; delete from records",
        "select 1; select 2",
        "select zeroblob(1 << 30)",
        "select * from facts join records",
        "select text from (select * from records) as turns",
        "select * from facts union all select * from records",
        "values (1), ((select count(*) from records))",
        "select (with facts as (select text from records) select text from facts)",
        "",
        "-- nothing",
        "selec 1",
    ],
)
def test_everything_else_is_refused_and_changes_nothing(query: str) -> None:
    ana = told()
    before = ana.sql("select * from turns").rows
    with pytest.raises(InvalidInput):
        ana.sql(query)
    assert ana.sql("select * from turns").rows == before
    assert len(before) == 4, "and nothing of the other scope is there"


def test_a_query_that_takes_too_long_is_stopped() -> None:
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select sum(i) from n"
    with pytest.raises(InvalidInput, match="took longer than 20 ms"):
        told().sql(endless, timeout_ms=20)


def test_rows_beyond_the_limit_are_cut_and_said_to_be() -> None:
    table = told().sql("select id from turns order by id", limit=2)
    assert (len(table.rows), table.cut) == (2, True)
    assert list(table) == [("t1",), ("t2",)]


@pytest.mark.parametrize(
    ("query", "called"), [("select 1", "1"), ("select count(*)", "count(*)"), ("select 1 x", "x")]
)
def test_a_column_is_called_what_the_query_calls_it(query: str, called: str) -> None:
    """One without a name used to end in the mark that the query carries."""
    assert told().sql(query).columns == (called,)


def test_rows_of_a_with_are_counted_by_a_column() -> None:
    rows = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 5)"
    assert told().sql(f"{rows} select count(i) from n").rows == ((5,),)
    with pytest.raises(InvalidInput, match=r"counted by a column, not by \*"):
        told().sql(f"{rows} select count(*) from n")


def test_only_a_name_that_is_not_there_is_answered_with_those_that_are() -> None:
    with pytest.raises(InvalidInput, match=r"no such column: x\. The views are facts\("):
        told().sql("select x from facts")
    with pytest.raises(InvalidInput, match=r"one statement at a time\.$"):
        told().sql("select 1; select 2")


def test_a_scope_without_anything_has_empty_views() -> None:
    nobody = opened().scope(user="nobody")
    assert nobody.sql("select * from facts").rows == ()


def test_the_door_closes_behind_the_query(tmp_path: Path) -> None:
    with opened(tmp_path / "a.mem") as store:
        ana, bob = store.scope(user="ana"), store.scope(user="bob")
        ana.add("Ana | home | Porto", now="2024-01-10")
        bob.add("Bob | home | Berlin", now="2024-01-10")
        query = "select value from facts"
        assert [scope.sql(query).rows for scope in (ana, bob, ana)] == [
            (("Porto",),), (("Berlin",),), (("Porto",),),
        ]  # fmt: skip
        ana.add("Ana | home | Lisbon", now="2024-03-02")
        assert store.check().problems == ()


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_text_is_more_than_refused(query: str) -> None:
    try:
        table = told().sql(query.replace("\x00", ""))
    except (InvalidInput, TypeError):
        return
    assert "Berlin" not in str(table.rows)


def test_closed_queries() -> None:
    ana = told()
    home = {"subject": "Ana", "attribute": "home"}

    def values(template: str, **fields: object) -> list[object]:
        return [row[2] for row in ana.query(template, **fields)]

    assert values("latest", **home) == ["Lisbon"]
    assert values("as of", **home, at="2024-02-01") == ["Porto"]
    assert values("first", **home) == ["Porto"]
    assert values("last", **home) == ["Lisbon"]
    assert values("before", **home, at="2024-02-01") == ["Porto"]
    assert values("after", **home, at="2024-02-01") == ["Lisbon"]
    pets = {"subject": "ana", "attribute": "pet"}
    assert values("list", **pets) == ["Rex", "Bica"]
    assert ana.query("count", **pets).rows == ((2,),)
    assert ana.query("count", **pets, at="2024-03-03").rows == ((1,),)
    between = {"other_subject": "Ana", "other_attribute": "home", "other_value": "lisbon"}
    assert ana.query("days between", **home, **between).rows == ((52,),)


def test_a_closed_query_says_what_it_takes() -> None:
    ana = told()
    with pytest.raises(InvalidInput, match="No closed query 'oldest'; there are latest"):
        ana.query("oldest")
    with pytest.raises(InvalidInput, match="takes subject, attribute, at; missing: at"):
        ana.query("as of", subject="Ana", attribute="home")
    with pytest.raises(InvalidInput, match="not: colour"):
        ana.query("latest", subject="Ana", attribute="home", colour="red")
