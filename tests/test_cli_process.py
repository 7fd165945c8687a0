"""The program as a shell runs it: pipes, terminals, Ctrl-C, what it loads, and its page."""

from __future__ import annotations

import ast
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import memkit
from memkit import MemoryStore
from memkit.cli import reference

ROOT = Path(memkit.__file__).parents[1]
COLOUR = re.compile(r"\x1b\[(?:\d;)*[34]\d")
MEMKIT = [sys.executable, "-m", "memkit.cli"]


def environment(**more: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items()
            if key not in {"MEMKIT_STORE", "NO_COLOR", "FORCE_COLOR", "COLUMNS"}}  # fmt: skip
    return kept | {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color"} | more


def run(*words: object, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*MEMKIT, *map(str, words)], env=environment(**more), capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def on_terminal(*words: object, **more: str) -> str:
    """What the program writes when its output is a terminal of 80 columns."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*MEMKIT, *map(str, words)], env=environment(COLUMNS="80", **more), stdout=theirs,
        stderr=theirs, stdin=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        os.close(theirs)
        written = b""
        while chunk := _read(ours):
            written += chunk
    os.close(ours)
    assert process.returncode == 0, written
    return written.decode()


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 1 << 16)
    except OSError:  # Linux says so when the other end is closed
        return b""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("process") / "notes.mem"
    with MemoryStore(path, embedder="default") as opened:
        words = [f"Turn {n} about the garden and the harbour." for n in range(1500)]
        opened.scope(user="ana").add(words)
    yield path
    with MemoryStore(path, embedder=None) as opened:
        assert opened.check().ok


def test_a_first_session_at_the_shell(tmp_path: Path) -> None:
    path = tmp_path / "new.mem"
    assert run("add", path, "-u", "ana", "I moved to Lisbon.").returncode == 0
    found = run("search", "Where does Ana live?", MEMKIT_STORE=str(path))
    assert "I moved to Lisbon." in found.stdout
    assert found.stderr == ""
    missing = run("search", tmp_path / "none.mem", "x")
    assert missing.returncode == 2
    assert missing.stderr.count("\n") == 1
    with MemoryStore(path) as opened:
        assert opened.check().ok


@pytest.mark.parametrize("how", [["--json"], ["--limit", "0"]])
def test_a_pipe_closed_early_is_silent(store: Path, how: list[str]) -> None:
    with subprocess.Popen(
        [*MEMKIT, "ls", str(store), *how], env=environment(), stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_ctrl_c_is_one_line_and_130(store: Path) -> None:
    interrupted = (
        "import signal, memkit, memkit.cli; "
        "memkit.MemoryStore.stats = lambda store: signal.raise_signal(signal.SIGINT); "
        "memkit.cli.main()"
    )
    found = subprocess.run(
        [sys.executable, "-c", interrupted, "stats", str(store)], env=environment(),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 130
    said = "memkit: stopped by Ctrl-C; what was not finished was not stored.\n"
    assert (found.stdout, found.stderr) == ("", said)


def test_a_terminal_gets_colours_unless_it_asks_for_none(store: Path) -> None:
    words = ("search", store, "garden", "-k", "1")
    assert COLOUR.search(on_terminal(*words))
    assert not COLOUR.search(on_terminal(*words, NO_COLOR="1"))
    assert "\x1b" not in run(*words).stdout


def test_long_work_shows_a_bar_with_a_rate_on_a_terminal_alone(store: Path) -> None:
    shown = on_terminal("reembed", store, "hashing")
    assert re.search(r"Embedding .*1,?500", shown)
    assert "/s" in shown
    assert run("reembed", store, "static").stderr == ""


def test_output_without_utf_8_is_still_output(store: Path) -> None:
    assert run("add", store, "Größe ☂ 你好", "--id", "x").returncode == 0
    for words in (["show", store, "x"], ["show", store, "x", "--json"], ["timeline", store]):
        found = run(*words, PYTHONIOENCODING="ascii")
        assert (found.returncode, found.stderr) == (0, ""), words
    assert "\\u4f60" in run("show", store, "x", "--json", PYTHONIOENCODING="ascii").stdout


def test_importing_memkit_loads_neither_typer_nor_rich() -> None:
    asked = (
        "import sys, memkit; memkit.MemoryStore; "
        "assert not {'typer', 'rich', 'memkit.cli'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", asked], check=True, env=environment())


def test_click_is_never_imported() -> None:
    for file in (ROOT / "memkit").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert not [name for name in names if name.split(".")[0] == "click"], file


def test_the_page_of_the_command_line_is_current() -> None:
    """Otherwise: python -m memkit.cli.reference > docs/cli.md."""
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert page == reference.page()
    assert "## memkit why-not\n\n`memkit why-not [FILE] QUERY ID [OPTIONS]`\n" in page
