"""Which rules a kit holds, read from its source."""

from __future__ import annotations

import ast
import inspect
from types import ModuleType

from memkit.testing import rules


def rules_of(*kits: ModuleType) -> set[str]:
    """The sentence of every `Rule` of these modules and of the helpers they call."""
    found: set[str] = set()
    for kit in kits:
        tree = ast.parse(inspect.getsource(kit))
        found.update(_sentences(tree))
        called = {node.func.id for node in ast.walk(tree)
                  if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}  # fmt: skip
        if "require_name" in called:
            found.update(_sentences(ast.parse(inspect.getsource(rules.require_name))))
        found.update(
            f"`{node.args[1].value!s}` is a whole number of at least 1"
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "require_whole_number"
            and isinstance(node.args[1], ast.Constant)
        )
    return found


def _sentences(tree: ast.AST) -> set[str]:
    return {
        str(node.args[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Rule"
        and isinstance(node.args[0], ast.Constant)
    }
