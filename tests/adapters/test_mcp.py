"""MCP: the tools through real clients, in one process and over the streams of another."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryFile
from typing import Any

import pytest
from conftest import MakeStore

pytest.importorskip("mcp", reason="mcp is not installed")

import anyio
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from starlette.testclient import TestClient
from typer.testing import CliRunner

from memkit import MemoryStore, Scope
from memkit.adapters import mcp as adapter
from memkit.cli.app import app as commands
from memkit.errors import InvalidInput
from memkit.ui.loopback import ADDRESS

_NAMES = ["remember", "recall", "update", "forget", "list"]
_HELLO = {
    "jsonrpc": "2.0", "id": 1, "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18", "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}  # fmt: skip
_READY = {"jsonrpc": "2.0", "method": "notifications/initialized"}
_HOME = Path(__file__).resolve().parents[2]
_ENVIRONMENT = {**os.environ, "PYTHONPATH": str(_HOME)}


def _command(file: Path) -> list[str]:
    return [
        "-m", "memkit.cli", "mcp", str(file), "--user", "ana", "--embedder", "none",
    ]  # fmt: skip


def _call(id: int, name: str, **arguments: Any) -> dict[str, Any]:
    params = {"name": name, "arguments": arguments}
    return {"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": params}


def _text(answer: dict[str, Any]) -> str:
    (block,) = answer["result"]["content"]
    text: str = block["text"]
    return text


# the server


async def _tools(made: Any) -> list[dict[str, Any]]:
    return [tool.model_dump(by_alias=True) for tool in await made.list_tools()]


async def test_the_tools_are_described_and_none_of_them_asks_for_a_scope(ana: Scope) -> None:
    offered = await _tools(adapter.server(ana))
    assert [tool["name"] for tool in offered] == _NAMES
    for tool in offered:
        assert tool["description"] and "Args:" not in tool["description"]
        given = tool["inputSchema"]["properties"]
        assert set(given) <= {"text", "query", "id", "limit"}
        assert all(one["description"] for one in given.values())
    assert offered[2]["inputSchema"]["required"] == ["id", "text"]
    assert "required" not in offered[4]["inputSchema"]
    reads = [tool["name"] for tool in offered if tool["annotations"]["readOnlyHint"]]
    assert reads == ["recall", "list"]


async def test_calls_run_beside_each_other(ana: Scope, monkeypatch: pytest.MonkeyPatch) -> None:
    together = threading.Barrier(2, timeout=20)
    context = type(ana).context

    def slow(*args: Any, **kwargs: Any) -> Any:
        together.wait()
        return context(*args, **kwargs)

    monkeypatch.setattr(type(ana), "context", slow)
    made = adapter.server(ana)
    async with anyio.create_task_group() as tasks:
        for _ in range(2):
            tasks.start_soon(made.call_tool, "recall", {"query": "cat"})


# over standard input and output


@contextmanager
def _started(
    file: Path, *words: str
) -> Iterator[tuple[subprocess.Popen[bytes], Callable[[], bytes]]]:
    """The command, and what it has written to standard error so far."""
    with (
        TemporaryFile() as aside,  # a pipe that nobody reads would hold the server up when full
        subprocess.Popen(
            [sys.executable, *_command(file), *words], env=_ENVIRONMENT,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=aside,
        ) as process,
    ):  # fmt: skip
        try:
            yield process, lambda: os.pread(aside.fileno(), 1 << 20, 0)
        finally:
            process.kill()


def _say(process: subprocess.Popen[bytes], *messages: Any) -> None:
    assert process.stdin is not None
    for one in messages:
        line = one if isinstance(one, bytes) else json.dumps(one).encode()
        process.stdin.write(line + b"\n")
    process.stdin.flush()


def _answer(process: subprocess.Popen[bytes], id: int) -> dict[str, Any]:
    """The answer to a request; every line before it must be a message, too."""
    assert process.stdout is not None
    for line in process.stdout:
        message: dict[str, Any] = json.loads(line)
        assert message["jsonrpc"] == "2.0"
        if message.get("id") == id and ("result" in message or "error" in message):
            return message
    raise AssertionError("the server ended")


async def test_a_client_that_starts_the_command_gets_tools_and_answers(tmp_path: Path) -> None:
    server = StdioServerParameters(
        command=sys.executable, env=_ENVIRONMENT,
        args=_command(tmp_path / "ana.mem"),
    )  # fmt: skip
    async with stdio_client(server) as streams, ClientSession(*streams) as client:
        await client.initialize()
        assert [tool.name for tool in (await client.list_tools()).tools] == _NAMES
        await client.call_tool("remember", {"text": "The cat is called Bica."})
        found = await client.call_tool("recall", {"query": "cat"})
        assert "called Bica" in found.content[0].text
        missing = await client.call_tool("forget", {"id": "t9"})
        assert "no memory with the id t9" in missing.content[0].text
    with MemoryStore(tmp_path / "ana.mem") as store:
        assert store.scopes() == [{"user": "ana"}]
        assert not store.check().problems


_MALFORMED = [
    b"", b"no json", b"[]", b"5", b"null", b'{"jsonrpc":"2.0"', b"\xff\xfe{", b"\x00" * 10,
    b'{"jsonrpc":"1.0","id":3,"method":"ping"}', b'{"jsonrpc":"2.0","id":[],"method":5}',
    b'{"jsonrpc":"2.0","id":77,"method":"nowhere"}', b'{"jsonrpc":"2.0","id":78,"result":{}}',
    b'{"jsonrpc":"2.0","id":79,"method":"tools/call","params":[]}',
    b'{"jsonrpc":"2.0","id":80,"method":"tools/call","params":{"name":"\\ud800"}}',
    b"[" * 100_000, b'"' + b"a" * 5_000_000 + b'"',
    b'[{"jsonrpc":"2.0","id":81,"method":"ping"}]', b'{"jsonrpc":"2.0","method":"notifications/x"}',
    b'{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":4242}}',
    *(Random(n).randbytes(300).replace(b"\n", b" ") for n in range(20)),
]  # fmt: skip


def test_malformed_requests_cost_nothing_but_themselves(tmp_path: Path) -> None:
    with _started(tmp_path / "ana.mem") as (process, _):
        _say(process, _HELLO, _READY)
        assert _answer(process, 1)["result"]["serverInfo"]["name"] == "memkit"
        _say(process, *_MALFORMED)
        _say(process, _call(5, "nothing"), _call(6, "recall", q=1), _call(7, "list", limit="all"))
        for id in (5, 6, 7):
            assert _answer(process, id)["result"]["isError"]
        _say(process, _call(8, "remember", text=""), _call(9, "remember", text="Bica is a cat."))
        assert _text(_answer(process, 8)).startswith("Nothing was done")
        assert "Remembered" in _text(_answer(process, 9))
        for id, params in enumerate([None, {}, {"name": 5}, {"name": "list", "arguments": []}], 10):
            _say(process, {"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": params})
            assert _answer(process, id)["error"]["code"] == -32602
        _say(process, {"jsonrpc": "2.0", "id": 20, "method": "nowhere"})
        assert _answer(process, 20)["error"]
        assert process.stdin and process.stdout
        process.stdin.write(b'{"jsonrpc":"2.0","id":21,"meth')  # the client is gone in mid-word
        process.stdin.close()
        assert all(json.loads(line)["jsonrpc"] == "2.0" for line in process.stdout)
        assert process.wait(timeout=60) == 0


def test_half_a_character_costs_no_answer(tmp_path: Path) -> None:
    with _started(tmp_path / "ana.mem") as (process, _):
        _say(process, _HELLO, _READY)
        said = r"A cat \ud83d, \udc31\ud83d\udc31 and \\ud83d"  # as a model that is cut off has it
        line = json.dumps(_call(2, "remember", text="@")).replace("@", said).encode()
        _say(process, line)
        assert "Remembered" in _text(_answer(process, 2))
        _say(process, _call(3, "list"))
        assert "A cat \ufffd, \ufffd\U0001f431 and \\ud83d" in _text(_answer(process, 3))


_NOISY = """
import os, sys
from memkit import MemoryStore
from memkit.adapters import mcp
from memkit.embed.hashing import HashingEmbedder

class Noisy(HashingEmbedder):
    def embed(self, *given, **named):
        print("a stray line")
        os.write(1, b"and another\\n")
        return super().embed(*given, **named)

with MemoryStore(":memory:", embedder=Noisy(32)) as store:
    mcp.serve_stdio(mcp.server(store.scope(user="ana")))
print("ended")
"""


def test_what_is_printed_meanwhile_goes_to_standard_error() -> None:
    sent = b"".join(
        json.dumps(one).encode() + b"\n"
        for one in (_HELLO, _READY, _call(2, "remember", text="Bica is a cat."))
    )
    with subprocess.Popen(
        [sys.executable, "-c", _NOISY], env=_ENVIRONMENT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdin and process.stdout and process.stderr
        process.stdin.write(sent)
        process.stdin.flush()
        assert "Remembered" in _text(_answer(process, 2))
        process.stdin.close()
        rest, aside = process.stdout.read(), process.stderr.read()
    assert rest == b"ended\n" and process.returncode == 0
    assert b"a stray line" in aside and b"and another" in aside


@pytest.mark.skipif(os.name == "nt", reason="signals to a process are sent otherwise there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_while_it_waits_for_input(tmp_path: Path, number: int) -> None:
    with _started(tmp_path / "ana.mem") as (process, aside):
        _say(process, _HELLO, _READY, _call(2, "remember", text="Bica is a cat."))
        assert "Remembered" in _text(_answer(process, 2))
        process.send_signal(number)
        assert process.wait(timeout=60) == 0
        assert process.stdout and process.stdout.read() == b""
        assert b"Traceback" not in aside()
    with MemoryStore(tmp_path / "ana.mem") as store:
        assert [turn.text for turn in store.scope(user="ana").turns()] == ["Bica is a cat."]
        assert not store.check().problems


def test_a_new_file_needs_a_name_and_nothing_reaches_the_client(tmp_path: Path) -> None:
    result = CliRunner().invoke(commands, ["mcp", str(tmp_path / "new.mem")])
    assert result.exit_code and result.stdout == ""
    assert "--user" in result.stderr and not (tmp_path / "new.mem").exists()


# over HTTP


_ACCEPT = {"Accept": "application/json, text/event-stream"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 200), ({"Host": "evil.example"}, 421), ({"Origin": "http://evil.example"}, 403)],
)
def test_only_what_asks_this_machine_is_answered(
    ana: Scope, headers: dict[str, str], status: int
) -> None:
    app = adapter.server(ana).streamable_http_app()
    with TestClient(app, base_url=f"http://{ADDRESS}:8765") as client:
        answer = client.post("/mcp", json=_HELLO, headers={**_ACCEPT, **headers})
        assert answer.status_code == status
        assert client.post("/mcp", content=b"no json", headers=_ACCEPT).status_code >= 400


_CLIENT = """
import asyncio, sys
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

async def main():
    async with streamable_http_client(sys.argv[1]) as streams:
        async with ClientSession(*streams[:2]) as client:
            await client.initialize()
            await client.call_tool("remember", {"text": "The cat is called Bica."})
            print((await client.call_tool("recall", {"query": "cat"})).content[0].text)

asyncio.run(main())
"""


@pytest.mark.skipif(os.name == "nt", reason="signals to a process are sent otherwise there")
def test_a_client_over_http_is_answered_until_ctrl_c(tmp_path: Path) -> None:
    with _started(tmp_path / "ana.mem", "--http", "0", "--json") as (process, aside):
        assert process.stdout is not None
        address = json.loads(b"".join(iter(process.stdout.readline, b"}\n")) + b"}")["address"]
        assert address.startswith(f"http://{ADDRESS}:") and address.endswith("/mcp")
        asked = subprocess.run(
            [sys.executable, "-c", _CLIENT, address], env=_ENVIRONMENT,
            capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert "called Bica" in asked.stdout, asked.stderr
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0
        assert process.stdout.read() == b""
        assert b"KeyboardInterrupt" not in aside()


def test_a_port_that_is_taken_is_told(make_store: MakeStore) -> None:
    made = adapter.server(make_store().scope(user="ana"))
    with adapter.LocalServer(made) as first:
        port = first._socket.getsockname()[1]
        with pytest.raises(InvalidInput, match=f"Port {port} .*--http"):
            adapter.LocalServer(made, port)
