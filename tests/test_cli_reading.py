"""How output reads: times, marks, excerpts, the pager, and the graph as a tree."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from memkit import MemoryStore
from memkit.cli import printing
from memkit.cli.app import app
from memkit.cli.times import ago, told, told_from
from memkit.models import Hit

NOW = "2024-06-01T12:00:00+00:00"
SAID: list[dict[str, Any]] = [
    {"content": "I moved from Porto to Lisbon.", "name": "Ana", "id": "a", "session": "s1",
     "timestamp": "2024-05-29T10:00:00"},
    {"content": "My sister Marta lives in Paris.", "name": "Ana", "id": "b", "session": "s1",
     "timestamp": "2024-05-29T10:01:00"},
    {"content": "I met Marta Lopes at the station in Paris.", "name": "Rui", "id": "c",
     "session": "s2", "timestamp": "2023-05-04T09:00:00"},
    {"content": "I am a nurse.", "name": "Ana", "id": "d", "session": "s1",
     "timestamp": "2024-05-29T10:02:00"},
]  # fmt: skip


def run(*words: object, code: int = 0, env: dict[str, str] | None = None) -> Result:
    given = {"COLUMNS": "100", "MEMKIT_STORE": None, "NO_COLOR": "1", **(env or {})}
    result = CliRunner().invoke(app, [str(word) for word in words], env=given)
    assert result.exit_code == code, (result.output, result.stderr, result.exception)
    return result


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "notes.mem"
    with MemoryStore(file) as store:
        store.scope(user="ana").add(SAID, now=NOW)
    yield file
    with MemoryStore(file, embedder=None) as store:
        assert store.check().ok


@pytest.mark.parametrize(
    ("passed", "expected"),
    [
        (timedelta(0), "just now"), (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59, seconds=59), "59 minutes ago"),
        (timedelta(hours=23), "23 hours ago"), (timedelta(days=1), "1 day ago"),
        (timedelta(days=6, hours=23), "6 days ago"), (timedelta(days=21), "3 weeks ago"),
        (-timedelta(days=3), "in 3 days"),
    ],
)  # fmt: skip
def test_how_long_ago(passed: timedelta, expected: str) -> None:
    assert ago(passed) == expected


def test_times_are_relative_where_that_says_more() -> None:
    now = datetime(2024, 6, 1, 12, tzinfo=UTC)
    with told_from(now, "relative"):
        assert told(now - timedelta(days=3)) == "3 days ago"
        assert told(now - timedelta(days=31)) == "2024-05-01 12:00"
        assert told(now - timedelta(days=31), short=True) == "2024-05-01"
        assert told(None) == ""
    with told_from(now, "auto"):  # no terminal
        assert told(now) == "2024-06-01 12:00"


def test_the_option_and_the_environment_choose_how_times_are_told(path: Path) -> None:
    assert "2024-05-29 10:00" in run("ls", path, "--now", NOW).stdout
    shown = run("ls", path, "--now", NOW, "--times", "relative").stdout
    assert "3 days ago" in shown and "2023-05-04 09:00" in shown
    shown = run("search", path, "Lisbon", "--now", NOW, env={"MEMKIT_TIMES": "relative"}).stdout
    assert "Ana · 3 days ago · s1" in shown
    given = json.loads(run("ls", path, "--json", "--times", "relative", "--now", NOW).stdout)
    assert given[0]["when"] == "2024-05-29T10:00:00+00:00"
    assert "'soon' is not one of" in run("ls", path, "--times", "soon", code=2).stderr


def _shown(hit_text: str, query: str, width: int = 60) -> str:
    hit = Hit("a", hit_text, 0.5, ("a",), None, "Ana", None, "turn", {}, ())
    out = Console(width=width, force_terminal=True, color_system="standard", highlight=False)
    with out.capture() as capture:
        printing.print_hit(out, 1, hit, full=False, query=query)
    return capture.get()


def test_the_words_asked_for_are_marked_in_any_of_their_forms() -> None:
    shown = _shown("She moves to Lisbon, and Lisboa is moving.", "Who moved to Lisbon?")
    for word in ("moves", "Lisbon", "moving"):
        assert f"\x1b[1;35m{word}\x1b[0m" in shown
    assert shown.count("\x1b[1;35m") == 3


def test_a_long_hit_is_shown_from_where_the_words_are() -> None:
    long = "word " * 200 + "the zebra " + "word " * 200
    shown = _shown(long, "zebra")
    assert "zebra" in shown
    assert shown.count("…") == 2
    assert "…" not in _shown("a zebra", "zebra")
    assert _shown(long, "nothing").count("…") == 1


def test_the_graph_of_a_name_holds_its_facts_and_their_sources(path: Path) -> None:
    run("maintain", path, "--extractor", "entities", "--extractor", "facts")
    found = json.loads(run("graph", path, "ana", "--json").stdout)
    assert found["nodes"][0] == {"kind": "name", "id": "Ana", "text": "Ana"}
    edges = {(one["source"], one["kind"], one["target"]) for one in found["edges"]}
    facts = {node["id"]: node["text"] for node in found["nodes"] if node["kind"] == "fact"}
    (job,) = [id for id, text in facts.items() if text.endswith(": nurse")]
    assert {("Ana", "home", "Lisbon"), ("Ana", "job", job), (job, "rests on", "d")} <= edges
    shown = run("graph", path, "Ana").stdout
    assert shown.startswith("Ana\n")
    assert "── home" in shown
    assert "rests on d Ana · 2024-05-29: I am a nurse." in shown


def test_the_graph_of_a_turn_and_of_the_scope(path: Path) -> None:
    run("maintain", path, "--extractor", "entities", "--extractor", "facts")
    assert "names Marta" in run("graph", path, "c", "--depth", 1).stdout
    whole = json.loads(run("graph", path, "--json").stdout)
    assert whole["nodes"][0]["kind"] == "scope"
    assert "Ana" in {edge["target"] for edge in whole["edges"]}
    limited = run("graph", path, "--depth", 1, "--width", 1).stdout
    assert limited.startswith("user=ana\n")
    seen = [
        line for line in run("graph", path, "Ana", "-d", 4).stdout.splitlines() if " c " in line
    ]
    assert len(seen) <= 1  # nothing is drawn twice


def test_the_graph_of_what_is_not_there_names_what_is(path: Path) -> None:
    result = run("graph", path, "Nobody", code=2)
    assert "no name 'Nobody'; names that are known: " in result.stderr
    assert "Ana" in result.stderr


def test_the_store_may_come_from_the_environment_with_a_name_or_without(path: Path) -> None:
    given = {"MEMKIT_STORE": str(path)}
    assert run("graph", env=given).stdout.startswith("user=ana\n")
    assert run("graph", "Ana", env=given).stdout.startswith("Ana\n")
    assert run("graph", path, "Ana", env=given).stdout.startswith("Ana\n")


def _on_terminal(path: Path, *words: str, **env: str) -> str:
    """What a terminal of 100 columns and 10 lines would show."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    given = dict(os.environ, COLUMNS="100", LINES="10", TERM="xterm-256color", **env)
    given.pop("NO_COLOR", None)
    with subprocess.Popen(
        [sys.executable, "-m", "memkit.cli", *words, "--store", str(path)],
        stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs, env=given,
    ) as running:  # fmt: skip
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 4096):
                shown += part
        except OSError:  # Linux says so when the other side has closed
            pass
        running.wait()
    os.close(ours)
    return shown.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals there")
def test_long_output_on_a_terminal_goes_to_the_pager(path: Path, tmp_path: Path) -> None:
    with MemoryStore(path) as store:
        store.scope(user="ana").add([f"Line {n}." for n in range(20)])
    kept = tmp_path / "paged"
    pager = f'sh -c "cat > {kept}"'
    assert "Line 19." not in _on_terminal(path, "ls", PAGER=pager)
    assert "Line 19." in kept.read_text()
    assert "\x1b" not in kept.read_text()  # not every pager lets colours through
    kept.unlink()
    assert "Line 19." in _on_terminal(path, "ls", "--no-pager", PAGER=pager)
    assert "Line 19." in _on_terminal(path, "ls", PAGER="cat")
    assert "Line 19." in _on_terminal(path, "ls", PAGER="no-such-program")
    assert "Line 0." in _on_terminal(path, "ls", "--limit", "5", PAGER=pager)
    assert not kept.exists()
    assert " ago" in _on_terminal(path, "ls", "--now", NOW, PAGER="cat")
