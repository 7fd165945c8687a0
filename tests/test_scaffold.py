"""`memkit plugins new`: what it writes is a plug-in as it stands."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from memkit import registry
from memkit.cli import scaffold
from memkit.cli.app import app
from memkit.testing import KITS, check


def run(*words: object, code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["plugins", *map(str, words)], env={"COLUMNS": "100"})
    assert result.exit_code == code, (result.output, result.stderr, result.exception)
    return result


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_every_kind_of_one_class_can_be_begun() -> None:
    assert set(scaffold.kinds()) == set(KITS) - {"storages"}


@pytest.mark.parametrize("kind", scaffold.kinds())
def test_each_kind_keeps_its_contract_as_written(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"memkit-my-{kind}"
    files = json.loads(run("new", name, "--kind", kind, "--json").stdout)["files"]
    root = tmp_path / name
    assert {str(Path(one).resolve()) for one in files} == {
        str(path.resolve()) for path in root.rglob("*") if path.is_file()
    }
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    ((entry, target),) = project["entry-points"][f"memkit.{kind}"].items()
    assert (project["name"], entry) == (name, f"my-{kind}")
    monkeypatch.syspath_prepend(root)
    importlib.invalidate_caches()
    check(kind, registry.load(kind, target))


def test_its_own_test_runs(tmp_path: Path) -> None:
    run("new", "promises", "--kind", "extractors")
    root = tmp_path / "memkit-promises"
    path = {"PYTHONPATH": f"{root}:{Path(__file__).parent.parent}", "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"],
        cwd=root, env=path, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert "1 passed" in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("new",), "NAME is missing"),
        (("new", "My Plug"), "is no name for a plug-in"),
        (("new", "x", "--kind", "storages"), "cannot be begun"),
        (("new", "keyword", "--kind", "retrievers"), "the name of a built-in"),
        (("old", "x"), "'old' is not understood"),
    ],
)
def test_what_cannot_be_begun_writes_nothing(
    tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    assert said in " ".join(run(*words, code=2).stderr.split())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "memkit-x").mkdir()
    assert "is there already" in run("new", "x", code=2).stderr
    assert list((tmp_path / "memkit-x").iterdir()) == []
