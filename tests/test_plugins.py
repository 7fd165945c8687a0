"""The plug-ins: what the template declares is there, documented, and keeps its contracts."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from memkit import registry
from memkit.testing import KITS, check

_PLUGINS = Path(__file__).parent.parent / "plugins"
_EXAMPLE = _PLUGINS / "memkit-example"


def _project(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))
    return found["project"]  # type: ignore[no-any-return]


def _points(folder: Path) -> list[tuple[str, str, str]]:
    """(kind, name, target) of every entry point."""
    groups = _project(folder)["entry-points"]
    return [
        (group.removeprefix("memkit."), name, target)
        for group, points in groups.items()
        for name, target in points.items()
    ]


@pytest.fixture(autouse=True)
def _on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(_EXAMPLE)


@pytest.mark.parametrize(("kind", "name", "target"), _points(_EXAMPLE))
def test_every_entry_point_leads_to_a_class_that_keeps_its_contract(
    kind: str, name: str, target: str
) -> None:
    loaded = registry.load(kind, target)
    assert getattr(loaded, "name", name) == name
    check(kind, loaded)


def test_the_template_shows_every_kind_but_the_row_store() -> None:
    assert {kind for kind, _, _ in _points(_EXAMPLE)} == set(KITS) - {"storages"}


def test_no_entry_point_has_the_name_of_a_built_in() -> None:
    for folder in _PLUGINS.iterdir():
        if (folder / "pyproject.toml").exists():
            taken = [(k, n) for k, n, _ in _points(folder) if n in registry.BUILT_IN[k]]
            assert not taken, f"{folder.name}: {taken}"


def test_the_pages_name_every_plug_in_and_every_class() -> None:
    for project in _PLUGINS.glob("*/pyproject.toml"):
        page = (project.parent / "README.md").read_text("utf-8")
        for _, name, target in _points(project.parent):
            assert f"`{name}`" in page
            assert f"`{target.partition(':')[2]}`" in page
    overview = (_PLUGINS / "README.md").read_text("utf-8")
    for folder in _PLUGINS.iterdir():
        assert not folder.is_dir() or folder.name in overview
    for kind in registry.KINDS:
        assert f"`memkit.{kind}`" in overview


def test_the_template_declares_what_it_imports() -> None:
    tree = ast.parse((_EXAMPLE / "memkit_example.py").read_text("utf-8"))
    imported = {
        (node.module or "").split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    } | {a.name.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    outside = imported - set(sys.stdlib_module_names)
    assert outside == {"memkit", "numpy"}
    declared = " ".join(_project(_EXAMPLE)["dependencies"])
    assert "memkit-sdk" in declared
    assert "numpy" in declared


def test_importing_the_template_loads_no_embedder_of_the_core() -> None:
    code = (
        f"import sys; sys.path[:0] = [{str(_EXAMPLE)!r}, {str(_PLUGINS.parent)!r}]\n"
        "import memkit_example\n"
        "print([m for m in ('tokenizers', 'safetensors', 'litellm') if m in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8"
    )
    assert done.stdout.strip() == "[]"
