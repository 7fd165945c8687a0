"""Every example of the commands that measure runs as it stands; for the others see the commands."""

from __future__ import annotations

import json
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from memkit import MemoryStore
from memkit.cli.app import app
from memkit.cli.reference import commands

_LOCOMO = [
    {
        "sample_id": "conv-1",
        "conversation": {
            "speaker_a": "Ana", "speaker_b": "Rui",
            "session_1_date_time": "1:56 pm on 8 May, 2023",
            "session_1": [
                {"speaker": "Ana", "dia_id": "D1:1", "text": "I sold my bicycle to Bo."},
                {"speaker": "Rui", "dia_id": "D1:2", "text": "The boat needs a plank."},
            ],
        },
        "qa": [
            {"question": "Who has the bicycle?", "answer": "Bo", "evidence": ["D1:1"],
             "category": 1},
            {"question": "What does the boat need?", "answer": "a plank", "evidence": ["D1:2"],
             "category": 4},
        ],
    }
]  # fmt: skip
_SLOW = {"memkit demo", "memkit bench", "memkit eval years", "memkit eval synth",
         "memkit eval forget", "memkit eval compare", "memkit policy try"}  # fmt: skip


def _measuring() -> Iterator[object]:
    for name, command in commands():
        if len(name.split()) > 2 or name in _SLOW:
            lines = tuple(example(command.help or ""))
            yield pytest.param(lines, id=name, marks=pytest.mark.slow if name in _SLOW else ())


def example(text: str) -> list[str]:
    """The lines below the last "Example:" of a help text."""
    _, _, below = text.rpartition("Example:")
    return [line.strip() for line in below.splitlines() if line.strip()]


def run(line: str) -> None:
    words = shlex.split(line)
    target = words[words.index(">") + 1] if ">" in words else None
    given = words[1 : words.index(">")] if target else words[1:]
    env = {"COLUMNS": "100", "MEMKIT_STORE": None, "NO_COLOR": "1"}
    result = CliRunner().invoke(app, given, env=env)
    # A year on a busy machine may be slower than it should be; that is an answer, and no failure.
    fine = (0, 1) if line.startswith("memkit eval years") else (0,)
    assert result.exit_code in fine, (line, result.output, result.stderr, result.exception)
    if target:
        Path(target).write_text(result.stdout, "utf-8")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the examples speak of."""
    folder = tmp_path_factory.mktemp("examples")
    (folder / "locomo10.json").write_text(json.dumps(_LOCOMO), "utf-8")
    with MemoryStore(folder / "notes.mem") as store:
        said = [f"I keep {n} spoons in drawer {n}, said Marta Lopes." for n in range(12)]
        store.scope(user="ana").add([*said, "I live in Lisbon.", "My cat is called Bica."])
        assert store.check().ok
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        run("memkit eval run harbour --limit 8 --json results.jsonl")
    for name in ("before.jsonl", "after.jsonl"):
        shutil.copy(folder / "results.jsonl", folder / name)
    return folder


@pytest.mark.parametrize("lines", list(_measuring()))
def test_the_examples_run(
    prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: tuple[str, ...]
) -> None:
    shutil.copytree(prepared, tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")
    if any("eval run" in line for line in lines):
        Path("results.jsonl").unlink()
    assert lines
    for line in lines:
        assert line.startswith("memkit ")
        run(line)


def test_every_command_has_an_example_that_names_it() -> None:
    for name, command in commands():
        assert any(line.startswith(f"{name} ") or line == name
                   for line in example(command.help or "")), name  # fmt: skip


def test_every_command_speaks_json() -> None:
    silent = {
        name for name, command in commands()
        if not any("--json" in parameter.opts for parameter in command.params)
    }  # fmt: skip
    assert not silent
