"""Imports point downwards, and siblings do not know each other."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

_PACKAGE = Path(__file__).parent.parent / "memkit"
_FLOORS = {
    0: ("models", "contracts", "recipe", "types", "errors"),
    1: (
        "storage",
        "registry",
        "tokens",
        "text",
        "dates",
        "periods",
        "filters",
        "names",
        "keywords",
        "gist",
        "trust",
        "knowledge",
        "marks",
        "plot",
    ),
    2: ("index",),
    3: ("embed", "llm"),
    4: ("extract", "forget", "retrieve", "consolidate", "read"),
    5: ("store",),
    6: ("cli", "adapters", "evals", "testing", "aio", "cube", "importing", "recipes", "html", "ui"),
}
_FLOOR_OF = {part: floor for floor, parts in _FLOORS.items() for part in parts}
_SIBLINGS = frozenset(_FLOORS[4])
_ROOT = "__init__"
_UPWARDS = {
    # `store.aio` and `scope.aio` give a proxy that forwards to themselves.
    ("store/memory_store.py", "aio"),
    ("store/scope.py", "aio"),
}


def _modules() -> list[Path]:
    return sorted(_PACKAGE.rglob("*.py"))


def _part(module: Path) -> str:
    return module.relative_to(_PACKAGE).parts[0].removesuffix(".py")


def _is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)


def _imports(tree: ast.AST) -> list[tuple[int, str]]:
    """(line, dotted module) of every import that runs, those inside functions too."""
    found: list[tuple[int, str]] = []
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.If) and _is_type_checking(node):
            pending.extend(node.orelse)
            continue
        if isinstance(node, ast.Import):
            found.extend((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            found.extend((node.lineno, f"{base}.{alias.name}") for alias in node.names)
        pending.extend(ast.iter_child_nodes(node))
    return sorted(found)


def _parts_imported(source: str) -> list[tuple[int, str]]:
    """(line, part of memkit) of every import of memkit; an empty part is the root itself."""
    found = []
    for line, name in _imports(ast.parse(source)):
        steps = name.split(".")
        if steps[0] == "memkit":
            known = len(steps) > 1 and steps[1] in _FLOOR_OF
            found.append((line, steps[1] if known else ""))
        elif not steps[0]:
            found.append((line, "relative"))
    return found


def _faults(module: Path) -> list[str]:
    own, where = _part(module), module.relative_to(_PACKAGE).as_posix()
    faults = []
    for line, part in _parts_imported(module.read_text(encoding="utf-8")):
        if part == "relative":
            faults.append(f"{where}:{line} imports relatively")
        elif not part:
            faults.append(f"{where}:{line} imports from the package root")
        elif own != part and own != _ROOT and (where, part) not in _UPWARDS:
            if _FLOOR_OF[part] > _FLOOR_OF[own]:
                faults.append(f"{where}:{line} reaches up to {part}")
            if {own, part} <= _SIBLINGS:
                faults.append(f"{where}:{line} knows its sibling {part}")
    return faults


def test_every_module_stands_on_a_floor() -> None:
    homeless = {_part(module) for module in _modules()} - {*_FLOOR_OF, _ROOT}
    assert not homeless


@pytest.mark.parametrize("part", sorted({_part(module) for module in _modules()}))
def test_imports_point_downwards(part: str) -> None:
    faults = [fault for module in _modules() if _part(module) == part for fault in _faults(module)]
    assert not faults, "\n".join(faults)


def test_the_walker_sees_imports_inside_functions_and_passes_over_those_for_types() -> None:
    source = (
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    from memkit.store import MemoryStore\n"
        "def late():\n    import memkit.cli.edge\n    from memkit import evals, MemoryStore\n"
        "    from . import near\n"
    )
    assert _parts_imported(source) == [(5, "cli"), (6, ""), (6, "evals"), (7, "relative")]


def test_the_exceptions_are_still_needed() -> None:
    for where, part in _UPWARDS:
        source = (_PACKAGE / where).read_text(encoding="utf-8")
        assert part in [found for _, found in _parts_imported(source)], where
