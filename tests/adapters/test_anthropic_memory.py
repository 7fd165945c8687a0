"""Anthropic's memory tool: each rule of its files, and a run of the SDK with scripted replies."""

from __future__ import annotations

import json
import sys
import threading
from typing import Any

import pytest
from conftest import MakeStore

pytest.importorskip("anthropic", reason="the Anthropic SDK is not installed")

from anthropic.lib.tools import BetaAbstractMemoryTool, BetaAsyncAbstractMemoryTool, ToolError

from memkit import MemoryStore, Scope
from memkit.adapters.anthropic_memory import MemkitAsyncMemoryTool, MemkitMemoryTool


@pytest.fixture
def tool(ana: Scope) -> MemkitMemoryTool:
    return MemkitMemoryTool(ana)


def run(tool: MemkitMemoryTool, command: str, path: str | None = None, **given: Any) -> Any:
    """As the SDK hands over what a model asked for."""
    asked = {"command": command, **given, **({"path": path} if path is not None else {})}
    return tool.call(asked)


def write(tool: MemkitMemoryTool, path: str, text: str) -> None:
    answer = run(tool, "create", path, file_text=text)
    assert answer == f"File created successfully at: {path}"


def refused(tool: MemkitMemoryTool, command: str, path: str | None = None, **given: Any) -> str:
    with pytest.raises(ToolError) as caught:
        run(tool, command, path, **given)
    return str(caught.value)


def held(tool: MemkitMemoryTool) -> dict[str, str]:
    return {key: document.data for key, document in tool.files.documents().items()}


def test_it_is_a_memory_tool_of_the_framework(ana: Scope, tool: MemkitMemoryTool) -> None:
    assert isinstance(tool, BetaAbstractMemoryTool)
    assert isinstance(MemkitAsyncMemoryTool(ana), BetaAsyncAbstractMemoryTool)
    assert tool.to_dict() == {"type": "memory_20250818", "name": "memory"}


@pytest.mark.parametrize(
    "path",
    [
        "/", "", "memories/a", "/memory/a", "/memoriesX", "/memories.txt", "/etc/passwd",
        "/memories/..", "/memories/../etc/passwd", "/memories/a/../../b", "/memories/a/..",
        "/memories/%2e%2e/b", "/memories/%2E%2E%2Fb", "/memories/%252e%252e/b",
        "/memories/a%2fb", "/memories/..\\b", "/memories/a\x00b", "/memories/..%5cb",
    ],
)  # fmt: skip
def test_paths_that_lead_elsewhere_are_refused(tool: MemkitMemoryTool, path: str) -> None:
    write(tool, "/memories/a", "kept")
    calls: list[tuple[str, dict[str, Any]]] = [
        ("view", {}), ("create", {"file_text": "x"}), ("delete", {}),
        ("str_replace", {"old_str": "k", "new_str": "x"}),
        ("insert", {"insert_line": 0, "insert_text": "x"}),
    ]  # fmt: skip
    for command, more in calls:
        assert "/memories" in refused(tool, command, path, **more)
    refused(tool, "rename", old_path=path, new_path="/memories/b")
    refused(tool, "rename", old_path="/memories/a", new_path=path)
    assert held(tool) == {"a": "kept"}


def test_a_directory_is_shown_two_levels_deep_without_what_is_hidden(
    tool: MemkitMemoryTool,
) -> None:
    head = "Here're the files and directories up to 2 levels deep in {}, excluding hidden items:\n"
    assert run(tool, "view", "/memories") == head.format("/memories") + "0B\t/memories"
    write(tool, "/memories/b.md", "x" * 1536)
    write(tool, "/memories/a/one.md", "é")
    write(tool, "/memories/a/deep/er/two.md", "22")
    write(tool, "/memories/.hidden/x", "")
    write(tool, "/memories/a/.x", "")
    assert run(tool, "view", "/memories/").splitlines()[1:] == [
        "1.5K\t/memories",
        "4B\t/memories/a/", "2B\t/memories/a/deep/", "2B\t/memories/a/one.md",
        "1.5K\t/memories/b.md",
    ]  # fmt: skip
    assert run(tool, "view", "/memories/a") == head.format("/memories/a") + (
        "4B\t/memories/a\n2B\t/memories/a/deep/\n2B\t/memories/a/deep/er/\n2B\t/memories/a/one.md"
    )
    assert "does not exist" in refused(tool, "view", "/memories/c")


@pytest.mark.parametrize(
    ("view_range", "first", "shown"),
    [
        (None, 1, ["one", "two", "three", ""]), ([2, 3], 2, ["two", "three"]),
        ([2, -1], 2, ["two", "three", ""]), ([0, 1], 1, ["one"]), ([3, 99], 3, ["three", ""]),
    ],
)  # fmt: skip
def test_a_file_is_shown_with_line_numbers(
    tool: MemkitMemoryTool, view_range: list[int] | None, first: int, shown: list[str]
) -> None:
    write(tool, "/memories/a", "one\ntwo\nthree\n")
    more = {"view_range": view_range} if view_range else {}
    lines = [f"{number:>6}\t{line}" for number, line in enumerate(shown, first)]
    assert run(tool, "view", "/memories/a", **more).splitlines() == [
        "Here's the content of /memories/a with line numbers:", *lines,
    ]  # fmt: skip


@pytest.mark.parametrize("wrong", [[1], [1, 2, 3], ["a", 2], [None, None], [1.5, 2], "12", 5])
def test_a_range_that_is_no_range_is_told_so(tool: MemkitMemoryTool, wrong: Any) -> None:
    write(tool, "/memories/a", "one\ntwo")
    assert "two line numbers" in refused(tool, "view", "/memories/a", view_range=wrong)


def test_a_file_of_too_many_lines_is_refused(tool: MemkitMemoryTool) -> None:
    write(tool, "/memories/a", "\n" * 999_998)
    assert run(tool, "view", "/memories/a", view_range=[999_999, -1]).endswith("999999\t")
    write(tool, "/memories/b", "\n" * 999_999)
    assert "999,999 lines" in refused(tool, "view", "/memories/b")


def test_create_overwrites_nothing(tool: MemkitMemoryTool) -> None:
    write(tool, "/memories/a/b", "kept")
    for path in ("/memories/a/b", "/memories/a//b", "/memories/a", "/memories"):
        assert "already exists" in refused(tool, "create", path, file_text="x")
    assert "is a file" in refused(tool, "create", "/memories/a/b/c", file_text="x")
    assert held(tool) == {"a/b": "kept"}


def test_a_text_is_replaced_where_it_stands_once(tool: MemkitMemoryTool) -> None:
    write(tool, "/memories/a", "1\n2\n3\ncat\n5\n6\n7\ncats")
    path, edit = "/memories/a", {"old_str": "\ncat\n", "new_str": "\nBica\n"}
    assert run(tool, "str_replace", path, **edit) == (
        "The memory file has been edited. Here is the snippet showing the change (with line "
        "numbers):\n     1\t1\n     2\t2\n     3\t3\n     4\tBica\n     5\t5"
    )
    assert held(tool)["a"] == "1\n2\n3\nBica\n5\n6\n7\ncats"
    assert "verbatim" in refused(tool, "str_replace", path, old_str="dog", new_str="")
    assert "verbatim" in refused(tool, "str_replace", path, old_str="", new_str="x")
    write(tool, "/memories/b", "x\naaa\nx")
    assert "lines: 1, 3." in refused(tool, "str_replace", "/memories/b", old_str="x", new_str="")
    assert "lines: 2, 2." in refused(tool, "str_replace", "/memories/b", old_str="aa", new_str="")
    assert held(tool)["b"] == "x\naaa\nx"


@pytest.mark.parametrize(
    ("text", "line", "after"),
    [
        ("a\nb\n", 0, "new\na\nb\n"), ("a\nb\n", 1, "a\nnew\nb\n"), ("a\nb\n", 2, "a\nb\nnew\n"),
        ("a\nb", 2, "a\nb\nnew\n"), ("", 0, "new\n"), ("a\r\nb", 1, "a\r\nnew\nb\n"),
    ],
)  # fmt: skip
def test_lines_are_inserted(tool: MemkitMemoryTool, text: str, line: int, after: str) -> None:
    write(tool, "/memories/a", text)
    path, new = "/memories/a", {"insert_text": "new\n"}
    assert run(tool, "insert", path, insert_line=line, **new) == f"The file {path} has been edited."
    assert held(tool)["a"] == after
    for wrong in (-1, 9, "x", None):
        assert "range [0, " in refused(tool, "insert", path, insert_line=wrong, **new)
    assert held(tool)["a"] == after


def test_what_is_deleted_is_gone_and_can_be_brought_back(tool: MemkitMemoryTool) -> None:
    for path in ("/memories/a/b", "/memories/a/c", "/memories/ab"):
        write(tool, path, path)
    assert "itself" in refused(tool, "delete", "/memories")
    assert run(tool, "delete", "/memories/a") == "Successfully deleted /memories/a"
    assert list(held(tool)) == ["ab"]
    assert "does not exist" in refused(tool, "delete", "/memories/a")
    assert tool.clear_all_memory() == "All memory cleared"
    assert held(tool) == {}


def test_files_and_directories_are_renamed_and_hide_nothing(tool: MemkitMemoryTool) -> None:
    for path in ("/memories/a/b", "/memories/a/c/d", "/memories/e"):
        write(tool, path, path)

    def rename(old: str, new: str) -> Any:
        return run(tool, "rename", old_path=old, new_path=new)

    assert (
        rename("/memories/a", "/memories/x/y")
        == "Successfully renamed /memories/a to /memories/x/y"
    )
    assert held(tool) == {
        "x/y/b": "/memories/a/b", "x/y/c/d": "/memories/a/c/d", "e": "/memories/e",
    }  # fmt: skip
    for old, new, told in [
        ("/memories", "/memories/z", "itself"), ("/memories/e", "/memories/x", "already exists"),
        ("/memories/e", "/memories/e", "already exists"),
        ("/memories/no", "/memories/z", "not exist"),
        ("/memories/x", "/memories/x/z", "into itself"),
        ("/memories/x", "/memories/e/z", "is a file"),
    ]:  # fmt: skip
        assert told in refused(tool, "rename", old_path=old, new_path=new)
    assert len(held(tool)) == 3


def test_edits_of_what_is_no_file_are_refused(tool: MemkitMemoryTool) -> None:
    write(tool, "/memories/a/b", "x")
    edit = {"old_str": "x", "new_str": "y", "insert_line": 0, "insert_text": "y"}
    for command in ("str_replace", "insert"):
        assert "is not a file" in refused(tool, command, "/memories/a", **edit)
        assert "does not exist" in refused(tool, command, "/memories/c", **edit)


def test_calls_that_lack_something_are_told_so(tool: MemkitMemoryTool) -> None:
    assert "path" in refused(tool, "view")
    assert "file_text" in refused(tool, "create", "/memories/a")
    assert "no command burn" in refused(tool, "burn", "/memories/a")


def test_files_survive_maintenance_and_reopening_as_they_are(make_store: MakeStore) -> None:
    text = "The cat is called Bica.\n\tThe cat is called Bica.\r\n\x00 ☃ "
    first = make_store("kept.mem")
    for name in "abc":
        write(MemkitMemoryTool(first.scope(user="ana")), f"/memories/{name}", text)
    first.maintain()
    assert first.check().problems == ()
    first.close()
    again = make_store("kept.mem")
    tool = MemkitMemoryTool(again.scope(user="ana"))
    assert held(tool) == dict.fromkeys("abc", text)
    assert tool.files.scope.search("cat")[0].session in {"a", "b", "c"}
    assert held(MemkitMemoryTool(again.scope(user="bo"))) == {}


def test_threads_share_a_tool_and_lose_no_line(tool: MemkitMemoryTool) -> None:
    write(tool, "/memories/a", "")

    def work(worker: int) -> None:
        for number in range(5):
            line = {"insert_line": 0, "insert_text": f"{worker}-{number}"}
            run(tool, "insert", "/memories/a", **line)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(held(tool)["a"].split())) == 40


async def test_the_async_tool_does_the_same(store: MemoryStore) -> None:
    ana = store.scope(user="ana")
    tool = MemkitAsyncMemoryTool(ana)
    await tool.call({"command": "create", "path": "/memories/a", "file_text": "one\n"})
    insert = {"command": "insert", "path": "/memories/a", "insert_line": 1, "insert_text": "two"}
    await tool.call(insert)
    shown = await tool.call({"command": "view", "path": "/memories/a", "view_range": [2, 2]})
    assert str(shown).endswith("     2\ttwo")
    with pytest.raises(ToolError, match="would escape"):
        await tool.call({"command": "delete", "path": "/memories/../a"})
    assert held(MemkitMemoryTool(ana)) == {"a": "one\ntwo\n"}
    assert await tool.clear_all_memory() == "All memory cleared"


_USES = [
    {"type": "tool_use", "id": "a", "name": "memory",
     "input": {"command": "create", "path": "/memories/cat.md", "file_text": "Bica"}},
    {"type": "tool_use", "id": "b", "name": "memory",
     "input": {"command": "view", "path": "/memories/../etc"}},
]  # fmt: skip
_TEXT = [{"type": "text", "text": "Noted."}]


def test_the_sdk_runs_it_and_tells_the_model_of_errors(tool: MemkitMemoryTool) -> None:
    anthropic = pytest.importorskip("anthropic")
    own = sys.modules["anthropic._base_client"]
    http: Any = getattr(own, "httpx2", None) or getattr(own, "httpx", None)
    sent: list[Any] = []

    def answered(request: Any) -> Any:
        sent.append(json.loads(request.content))
        last = len(sent) > 1
        reply = {
            "id": "m", "type": "message", "role": "assistant", "model": "m",
            "content": _TEXT if last else _USES, "stop_sequence": None,
            "stop_reason": "end_turn" if last else "tool_use",
            "usage": {"input_tokens": 1, "output_tokens": 1},
        }  # fmt: skip
        return http.Response(200, json=reply)

    transport = http.Client(transport=http.MockTransport(answered))
    client = anthropic.Anthropic(api_key="k", http_client=transport, max_retries=0)
    asked = {"model": "m", "max_tokens": 9, "messages": [{"role": "user", "content": "Bica."}]}
    message = client.beta.messages.tool_runner(tools=[tool], **asked).until_done()
    assert message.content[0].text == "Noted."
    created, escaped = sent[1]["messages"][-1]["content"]
    assert "created successfully" in created["content"] and not created.get("is_error")
    assert "would escape" in str(escaped["content"]) and escaped["is_error"]
    assert held(tool) == {"cat.md": "Bica"}
