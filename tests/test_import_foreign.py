"""`memkit import` of other libraries' stores: whose, when, and that twice is once."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import foreign_stores as made
import pytest
from typer.testing import CliRunner, Result

from memkit import MemoryStore, Turn, importing
from memkit.cli.app import app
from memkit.errors import InvalidInput
from memkit.importing import foreign

_ANA: dict[str, Any] = {"user_id": "ana", "created_at": "2024-01-05T08:00:00Z"}


def run(*words: object, code: int = 0) -> Result:
    env = {"COLUMNS": "100", "MEMKIT_STORE": None}
    result = CliRunner().invoke(app, [str(word) for word in words], env=env)
    assert result.exit_code == code, (result.output, result.stderr, result.exception)
    return result


def asked(*words: object) -> Any:
    options = ("--json", "--embedder", "none", "--now", "2024-06-01")
    return json.loads(run("import", *words, *options).stdout)


def turns(path: Path, **keys: str) -> list[Turn]:
    with MemoryStore(path, embedder=None) as store:
        assert store.check().ok
        return list(store.scope(**keys).turns())


def test_chroma_goes_to_the_scopes_of_its_owners(tmp_path: Path) -> None:
    source = made.chroma(
        tmp_path / "chroma",
        [("a", "I live in Lisbon.", {**_ANA, "topic": "home", "tags": ["x", "y"]}),
         ("b", "Tea, please.", {"user_id": "bob", "agent_id": "butler", "role": "user"}),
         ("c", "Whose is it?", {}), ("d", None, _ANA)],
    )  # fmt: skip
    store = tmp_path / "s.mem"
    report = asked(store, source)
    assert report == {
        "format": "chroma", "read": 4, "added": 2, "present": 0, "sessions": 0, "dry_run": False,
        "dropped": {"nothing says whose they are": 1, "no words": 1}, "unreadable": [],
        "scopes": [{"keys": {"user": "ana"}, "added": 1, "present": 0},
                   {"keys": {"agent": "butler", "user": "bob"}, "added": 1, "present": 0}],
    }  # fmt: skip
    (ana,) = turns(store, user="ana")
    assert (ana.id, ana.text, ana.origin) == ("chroma/memories/a", "I live in Lisbon.", "import")
    assert ana.when == datetime(2024, 1, 5, 8, tzinfo=UTC)
    assert ana.metadata == {**_ANA, "topic": "home", "tags": ["x", "y"]}
    (bob,) = turns(store, user="bob", agent="butler")
    assert (bob.role, bob.origin) == ("user", "user")
    assert bob.when == datetime(2024, 3, 2, 10, tzinfo=UTC)
    before = store.read_bytes()
    again = asked(store, source)
    assert (again["added"], again["present"], again["dropped"]) == (0, 2, report["dropped"])
    assert turns(store, user="ana") == [ana]
    assert store.read_bytes() == before


def test_a_named_user_gets_all_of_it(tmp_path: Path) -> None:
    source = made.chroma(tmp_path / "chroma", [("a", "One.", _ANA), ("b", "Two.", {})])
    store = tmp_path / "s.mem"
    assert asked(store, source, "--from", "chroma", "--user", "eve")["added"] == 2
    assert [one.text for one in turns(store, user="eve")] == ["One.", "Two."]


def test_a_store_named_as_another_s_is_refused(tmp_path: Path) -> None:
    """It used to be an import of nothing, and no error."""
    source = made.chroma(tmp_path / "chroma", [("a", "I live in Lisbon.", _ANA)])
    shown = run("import", tmp_path / "s.mem", source, "--from", "mem0", code=2)
    assert "holds nothing of mem0" in shown.stderr
    assert not (tmp_path / "s.mem").exists()


def test_what_names_no_owner_at_all_is_asked_for_and_makes_no_store(tmp_path: Path) -> None:
    source = made.chroma(tmp_path / "chroma", [("a", "One.", {})])
    said = run("import", tmp_path / "s.mem", source, code=2).stderr
    assert "says whose memory it is" in said
    assert "--user ana" in said
    assert asked(tmp_path / "s.mem", source, "-u", "ana", "--dry-run")["added"] == 1
    assert not (tmp_path / "s.mem").exists()


def test_mem0_keeps_runs_as_sessions_and_tells_what_it_dropped(tmp_path: Path) -> None:
    rows = [
        ("m1", "I am a nurse.", {**_ANA, "run_id": "r1"}),
        ("m2", "Parking ticket.", {**_ANA, "expiration_date": "2024-02-01"}),
    ]
    source = made.mem0(tmp_path / "qdrant", rows, raw=[b"no pickle"])
    store = tmp_path / "s.mem"
    report = asked(store, source)
    assert report["dropped"] == {"past their time": 1, "cannot be read": 1}
    assert "not a record" in report["unreadable"][0]
    (turn,) = turns(store, user="ana")
    assert (turn.id, turn.session) == ("mem0/mem0/m1", "r1")
    told = " ".join(run("import", store, source, "--now", "2024-06-01").stdout.split())
    assert "(mem0): 3 records in 1 session; 0 added, 1 were there already." in told
    assert "user=ana: 0 added, 1 there already Left out: 2 records." in told
    assert "1 past their time" in told


def test_a_memory_that_changed_there_is_one_more_turn(tmp_path: Path) -> None:
    store = tmp_path / "s.mem"
    for name, text, added in (("a", "In Porto.", 1), ("b", "In Lisbon.", 1), ("c", "In Rome.", 1)):
        more = {**_ANA, "updated_at": "2024-05-01T00:00:00Z"}
        source = made.mem0(tmp_path / name, [("m1", text, more)])
        assert [asked(store, source)["added"] for _ in range(2)] == [added, 0]
    found = turns(store, user="ana")
    assert {one.text for one in found} == {"In Porto.", "In Lisbon.", "In Rome."}
    changed = [one for one in found if "#" in one.id]
    assert {one.when for one in changed} == {datetime(2024, 5, 1, tzinfo=UTC)}
    assert len(changed) == 2


def test_langgraph_namespaces_are_scopes(tmp_path: Path) -> None:
    source = made.langgraph(
        tmp_path / "store.db",
        [("memories.ana", "k1", {"text": "Likes plums."}), ("memories.bob", "k1", {"n": 1}),
         ("memories.bob", "k2", "no json")],
    )  # fmt: skip
    store = tmp_path / "s.mem"
    report = asked(store, source)
    assert (report["added"], report["dropped"]) == (2, {"cannot be read": 1})
    (ana,) = turns(store, namespace="memories.ana")
    assert (ana.id, ana.text) == ("langgraph/memories.ana/k1", "Likes plums.")
    assert asked(store, source)["added"] == 0
    assert asked(store, source, "-u", "eve")["added"] == 2


def _message(id: str, role: str, content: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "role": role, "content": [{"type": "text", "text": content}],
            "created_at": "2025-03-01T10:00:00Z", **more}  # fmt: skip


def _call(name: str, **given: str) -> dict[str, Any]:
    return {"tool_calls": [{"function": {"name": name, "arguments": json.dumps(given)}}]}


LETTA: dict[str, Any] = {
    "agents": [
        {"id": "agent-0", "name": "scout", "block_ids": ["block-0"], "messages": [
            _message("m0", "system", "You are scout."),
            _message("m1", "user", json.dumps({"type": "login", "time": "x"})),
            _message("m2", "user", json.dumps(
                {"type": "user_message", "message": "I am Ana.", "time": "2025-03-01 11:00:00"})),
            _message("m3", "assistant", "She says her name.", **_call("send_message",
                                                                      message="Hello, Ana!")),
            _message("m4", "assistant", "Look it up.", **_call("search", query="Ana")),
            _message("m5", "tool", "nothing"),
            _message("m6", "assistant", "And what do you do?"),
        ]},
    ],
    "blocks": [{"id": "block-0", "label": "human", "value": "Her name is Ana.", "limit": 5000}],
    "files": [], "tools": [], "created_at": "2025-03-02T00:00:00Z",
}  # fmt: skip


def test_letta_gives_blocks_and_what_was_said(tmp_path: Path) -> None:
    source, store = tmp_path / "scout.af", tmp_path / "s.mem"
    source.write_text(json.dumps(LETTA))
    assert foreign.recognise(source) == "letta"
    report = asked(store, source)
    assert report["dropped"] == {
        "of the role system": 1, "events, not said by anyone": 1, "calls of tools": 1,
        "what tools gave": 1,
    }  # fmt: skip
    assert (report["read"], report["added"], report["sessions"]) == (8, 4, 1)
    found = {one.text: one for one in turns(store, agent="scout")}
    assert found["Her name is Ana."].id == "letta/scout/block human"
    assert {text: one.role for text, one in found.items()} == {
        "Her name is Ana.": "import", "I am Ana.": "user", "Hello, Ana!": "assistant",
        "And what do you do?": "assistant",
    }  # fmt: skip
    assert found["I am Ana."].when == datetime(2025, 3, 1, 11, tzinfo=UTC)
    assert found["And what do you do?"].when == datetime(2025, 3, 1, 10, tzinfo=UTC)
    source.write_text(json.dumps(LETTA).replace('"m2"', '"m7"'))  # numbered anew at each export
    again = asked(store, source)
    assert (again["added"], again["present"]) == (0, 4)


def test_letta_s_first_shape_has_one_agent_and_no_ids(tmp_path: Path) -> None:
    said = _message("", "user", "yes")
    del said["id"]
    first = {"agent_type": "memgpt_agent", "name": "scout", "messages": [said, said],
             "core_memory": [{"label": "persona", "value": "I am Scout."}]}  # fmt: skip
    source, store = tmp_path / "a.json", tmp_path / "s.mem"
    source.write_text(json.dumps(first))
    assert asked(store, source, "-u", "ana")["added"] == 3
    assert asked(store, source, "-u", "ana")["added"] == 0


@pytest.mark.parametrize("given", [{}, {"agents": 1}, [1], {"agents": [], "blocks": [{}]}])
def test_what_is_no_agent_file_is_refused(tmp_path: Path, given: Any) -> None:
    source = tmp_path / "a.af"
    source.write_text(json.dumps(given))
    with pytest.raises(InvalidInput, match="not an agent file of Letta"):
        list(foreign.read(source, kind="letta"))


def test_chatgpt_tells_what_it_left_out_and_twice_is_once(tmp_path: Path) -> None:
    def node(id: str, parent: str | None, role: str, text: str, **more: Any) -> dict[str, Any]:
        content = {"content_type": "text", "parts": [text]}
        return {
            "id": id,
            "parent": parent,
            "children": [],
            "message": {"id": id, "author": {"role": role}, "content": content, **more},
        }

    nodes = [
        node("a", None, "system", "Be kind."), node("b", "a", "user", "Hello."),
        node("c", "b", "assistant", "Old answer."), node("d", "b", "assistant", "Hi!"),
        node("e", "d", "assistant", "search()", recipient="browser"), node("f", "e", "user", ""),
    ]  # fmt: skip
    talk = {"id": "t", "current_node": "f", "mapping": {one["id"]: one for one in nodes}}
    source, store = tmp_path / "conversations.json", tmp_path / "s.mem"
    source.write_text(json.dumps([talk]))
    report = asked(store, source, "-u", "ana")
    assert (report["format"], report["added"]) == ("chatgpt", 2)
    assert report["dropped"] == {
        "put or answered again": 1, "of the system": 1, "to a tool": 1, "no words": 1,
    }  # fmt: skip
    assert asked(store, source, "-u", "ana")["added"] == 0
    assert "1 to a tool" in " ".join(run("import", store, source, "-u", "ana").stdout.split())


def test_claude_tells_what_it_left_out_and_twice_is_once(tmp_path: Path) -> None:
    blocks = [{"type": "thinking", "thinking": "Hm."}, {"type": "text", "text": "Hi!"},
              {"type": "tool_use", "name": "x"}]  # fmt: skip
    talk = {"uuid": "t", "name": "T", "chat_messages": [
        {"uuid": "a", "sender": "human", "text": "Hello.", "files": [{"file_name": "cat.png"}],
         "attachments": [{"file_name": "n.txt", "extracted_content": "Notes."}]},
        {"uuid": "b", "sender": "assistant", "content": blocks},
        {"uuid": "c", "sender": "human", "text": ""},
    ]}  # fmt: skip
    source = tmp_path / "conversations.json"
    source.write_text(json.dumps([talk]))
    left = Counter[str]()
    assert len(list(importing.read(source, left=left))) == 3
    assert left == {"thinking": 1, "tool use": 1, "attachment without text": 1, "no words": 1}
    assert asked(tmp_path / "s.mem", source, "-u", "ana")["added"] == 3
    assert asked(tmp_path / "s.mem", source, "-u", "ana")["added"] == 0
