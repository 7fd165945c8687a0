"""Memory as plain functions: what a model sees, and what it is told when it errs."""

from __future__ import annotations

import inspect
import json
import threading
from typing import Any, get_type_hints

import pytest
from conftest import MakeStore

from memkit import MemoryStore, Scope
from memkit.adapters.tools import schemas, tools


def test_what_is_remembered_is_recalled_with_its_id(ana: Scope) -> None:
    own = tools(ana)
    assert own.remember("Ana is allergic to peanuts.") == "Remembered as t1."
    recalled = own.recall("Which allergy does Ana have?")
    assert "[t1]" in recalled and "peanuts" in recalled
    assert recalled.startswith("<memories>")


def test_an_update_takes_the_old_one_out_of_recall_and_keeps_it_in_the_file(ana: Scope) -> None:
    own = tools(ana)
    own.remember("Ana lives in Porto.")
    assert own.update("[t1]", "Ana lives in Lisbon.") == "Updated: t2 stands in the place of t1."
    assert "Porto" not in own.recall("Where does Ana live?")
    assert [entry.reason for entry in ana.history("t1")][-1] == "updated by t2"
    kept, new = ana.get("t1"), ana.get("t2")
    assert kept.text == "Ana lives in Porto." and new.metadata["updates"] == "t1"


def test_what_is_forgotten_can_be_brought_back_by_the_owner(ana: Scope) -> None:
    own = tools(ana)
    own.remember("Ana likes tea.")
    assert own.forget("t1").startswith("Forgot t1:")
    assert own.list() == "Nothing is stored."
    ana.undo(ana.history("t1")[-1].id)
    assert "tea" in own.list()


def test_the_list_shows_the_newest_and_keeps_each_to_a_line(ana: Scope) -> None:
    own = tools(ana)
    for number in range(5):
        own.remember(f"Fact number {number}.\nIts second line. {'x' * 400}")
    shown = own.list(2).splitlines()
    assert [line.split("]")[0] for line in shown] == ["[t4", "[t5"]
    assert all(line.endswith("...") for line in shown)
    assert len(own.list(10_000).splitlines()) == 5


def test_a_model_notes_as_the_assistant_in_the_session_it_is_given(ana: Scope) -> None:
    tools(ana, session="s1").remember("Ana prefers short answers.")
    turn = next(ana.turns())
    assert (turn.role, turn.origin, turn.session) == ("assistant", "assistant", "s1")


def test_recall_stays_in_its_budget(ana: Scope) -> None:
    for number in range(50):
        ana.add(f"Ana saw film number {number}, and liked it well enough to tell of it twice.")
    narrow = tools(ana, budget=120).recall("films")
    assert 0 < len(narrow) < len(tools(ana, budget=1200).recall("films"))


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("forget", {"id": "t99"}, "no memory with the id t99"),
        ("update", {"id": "t99", "text": "x"}, "no memory with the id t99"),
        ("remember", {"text": "   "}, "is empty"),
        ("remember", {"text": 5}, "valid string"),
        ("recall", {"query": None}, "must be text"),
        ("list", {"limit": "many"}, "invalid literal"),
        ("recall", {"user": "bo", "query": "x"}, "recall takes query"),
        ("recall", "{not json", "are not JSON"),
        ("recall", "[1]", "found list"),
        ("erase", {}, "There are remember, recall, update, forget, list"),
    ],
)
def test_what_goes_wrong_is_told_in_words_and_changes_nothing(
    ana: Scope, name: str, arguments: Any, said: str
) -> None:
    ana.add("Ana likes tea.")
    answer = tools(ana).call(name, arguments)
    assert said in answer
    assert answer.startswith(("Nothing was done", "Nothing was changed"))
    assert [turn.text for turn in ana.turns(archived=False)] == ["Ana likes tea."]


def test_a_call_takes_json_text_and_defaults(ana: Scope) -> None:
    own = tools(ana)
    assert own.call("remember", json.dumps({"text": "Ana likes tea."})) == "Remembered as t1."
    assert "tea" in own.call("list", "")
    assert "tea" in own.call("list")


def test_no_tool_lets_a_model_choose_a_scope(store: MemoryStore) -> None:
    store.scope(user="bo").add("Bo's pin is 4711.")
    own = tools(store.scope(user="ana"))
    for function in own:
        assert not {"user", "scope", "user_id"} & set(inspect.signature(function).parameters)
    assert "4711" not in own.recall("pin") + own.list() + own.forget("t1")


def test_signatures_are_what_frameworks_convert(ana: Scope) -> None:
    for function in tools(ana):
        assert inspect.isfunction(function)
        hints = get_type_hints(function, include_extras=True)
        assert hints.pop("return") is str
        documented = inspect.getdoc(function) or ""
        assert "Args:" in documented
        for name, hint in hints.items():
            assert hint.__origin__ in (str, int)
            assert isinstance(hint.__metadata__[0], str)
            assert f"    {name}: {hint.__metadata__[0]}" in documented


@pytest.mark.parametrize("style", ["openai", "anthropic"])
def test_schemas_name_every_function_with_its_parameters(ana: Scope, style: Any) -> None:
    made = schemas(ana, style=style)
    inner = [one.get("function", one) for one in made]
    assert [one["name"] for one in inner] == ["remember", "recall", "update", "forget", "list"]
    shapes = [one.get("parameters", one.get("input_schema")) for one in inner]
    assert shapes[2]["required"] == ["id", "text"]
    assert shapes[4]["properties"]["limit"]["default"] == 20
    assert all(one["description"] and not shape["additionalProperties"]
               for one, shape in zip(inner, shapes, strict=True))  # fmt: skip
    json.dumps(made)


def test_another_style_of_schema_is_refused(ana: Scope) -> None:
    with pytest.raises(ValueError, match="'openai' or 'anthropic'"):
        schemas(ana, style="yaml")  # type: ignore[arg-type]


def test_many_threads_share_the_tools_and_lose_nothing(make_store: MakeStore) -> None:
    store = make_store()
    own = {user: tools(store.scope(user=user)) for user in ("ana", "bo")}
    faults: list[str] = []

    def work(user: str, worker: int) -> None:
        for number in range(5):
            stored = own[user].remember(f"{user} note {worker}-{number}")
            if not stored.startswith("Remembered"):
                faults.append(stored)
            if ("bo" if user == "ana" else "ana") + " note" in own[user].recall("note"):
                faults.append("crossed")

    threads = [
        threading.Thread(target=work, args=(user, n)) for n in range(10) for user in ("ana", "bo")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    for user in ("ana", "bo"):
        assert len({turn.text for turn in store.scope(user=user).turns()}) == 50
