"""The house style that a script can hold."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from statistics import median, quantiles

import pytest

_HOME = Path(__file__).parent.parent
_LONGEST_FILE = 600
_LONGEST_FUNCTION = 60
_LONGEST_CLASS = 400
_MOST_METHODS = 20
_MOST_PARAMETERS = 7
_MOST_POSITIONAL = 2
_COMMANDS = "memkit/cli/"
"""Its functions are commands: their parameters are options, typed by name."""
_CATCH_ALL = {
    "memkit/adapters/wrapping.py",  # a memory that fails is logged, and never fails the call
    "memkit/cli/edge.py",  # a user sees one line, not a trace
    "memkit/evals/runner.py",  # one question's failure is its record
}
_RAISED_ANEW = {
    "memkit/adapters/streams.py",  # whatever ends a stream is the caller's
    "memkit/registry.py",  # importing a plug-in's module may raise anything: named, and chained
    "memkit/llm/foreign.py",  # so may other people's clients of language models
}
_BANNED_WORDS = re.compile(r"(Manager|Handler|Engine|Utils?)$|Base[A-Z]\w*Impl|_v\d+$")
_MANY_METHODS = {"Records", "Scope"}
"""The verbs over the table `records`, and the calls an agent makes."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """A file of the library, read and parsed."""

    where: str
    text: str
    tree: ast.Module

    def classes(self) -> Iterator[ast.ClassDef]:
        yield from (node for node in ast.walk(self.tree) if isinstance(node, ast.ClassDef))

    def functions(self) -> Iterator[tuple[Function, ast.AST]]:
        """Every function with what it stands in."""
        for parent in ast.walk(self.tree):
            for node in ast.iter_child_nodes(parent):
                if isinstance(node, Function):
                    yield node, parent

    def public(self) -> Iterator[tuple[Function, ast.AST]]:
        """Functions and methods that others call: none nested, none of a private class."""
        for node, parent in self.functions():
            in_class = isinstance(parent, ast.ClassDef) and not parent.name.startswith("_")
            if (in_class or isinstance(parent, ast.Module)) and not node.name.startswith("_"):
                yield node, parent


@lru_cache(maxsize=1)
def _library() -> tuple[Source, ...]:
    found = []
    for path in sorted((_HOME / "memkit").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        where = path.relative_to(_HOME).as_posix()
        found.append(Source(where, text, ast.parse(text)))
    return tuple(found)


def _length(node: Function | ast.ClassDef) -> int:
    """Lines without decorators and docstring."""
    assert node.end_lineno is not None
    total = node.end_lineno - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node, clean=False) is not None:
        assert first.end_lineno is not None
        total -= first.end_lineno - first.lineno + 1
    return total


def _require_none(faults: list[str]) -> None:
    assert not faults, "\n" + "\n".join(faults)


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    lengths = {source.where: source.text.count("\n") for source in _library()}
    for folder in ("tests", "examples", "plugins"):
        for path in (_HOME / folder).rglob("*.py"):
            lengths[path.relative_to(_HOME).as_posix()] = path.read_text("utf-8").count("\n")
    _require_none([f"{w}: {n} lines" for w, n in lengths.items() if n > _LONGEST_FILE])


def test_functions_are_short() -> None:
    lengths = [_length(node) for source in _library() for node, _ in source.functions()]
    assert median(lengths) <= 10
    assert quantiles(lengths, n=10)[-1] <= 30


def test_no_function_is_long() -> None:
    _require_none(
        [
            f"{source.where}:{node.lineno} {node.name}: {_length(node)} lines"
            for source in _library()
            for node, _ in source.functions()
            if _length(node) > _LONGEST_FUNCTION
        ]
    )


def test_no_class_is_long_or_does_everything() -> None:
    faults = []
    for source in _library():
        for node in source.classes():
            methods = [m.name for m in node.body if isinstance(m, Function) and m.name[0] != "_"]
            if _length(node) > _LONGEST_CLASS:
                faults.append(f"{source.where}:{node.lineno} {node.name}: {_length(node)} lines")
            if len(methods) > _MOST_METHODS and node.name not in _MANY_METHODS:
                faults.append(f"{source.where}:{node.lineno} {node.name}: {len(methods)} methods")
    _require_none(faults)


def test_public_calls_are_narrow() -> None:
    faults = []
    for source in _library():
        for node, parent in source.public():
            positional = [*node.args.posonlyargs, *node.args.args]
            if isinstance(parent, ast.ClassDef) and not _is_static(node):
                positional = positional[1:]
            total = len(positional) + len(node.args.kwonlyargs)
            where = f"{source.where}:{node.lineno} {node.name}"
            if total > _MOST_PARAMETERS and not source.where.startswith(_COMMANDS):
                faults.append(f"{where}: {total} parameters")
            entrance = isinstance(parent, ast.ClassDef) and parent.name in ("MemoryStore", "Scope")
            if entrance and len(positional) > _MOST_POSITIONAL:
                faults.append(f"{where}: {len(positional)} positional")
    _require_none(faults)


def _is_static(node: Function) -> bool:
    return any(isinstance(d, ast.Name) and d.id == "staticmethod" for d in node.decorator_list)


def test_everything_is_annotated() -> None:
    faults = []
    for source in _library():
        for node, parent in source.functions():
            own = node.args
            given = [*own.posonlyargs, *own.args, *own.kwonlyargs]
            if isinstance(parent, ast.ClassDef) and not _is_static(node):
                given = given[1:]
            given += [extra for extra in (own.vararg, own.kwarg) if extra is not None]
            bare = [argument.arg for argument in given if argument.annotation is None]
            if bare or node.returns is None:
                faults.append(f"{source.where}:{node.lineno} {node.name} {', '.join(bare)}")
    _require_none(faults)


def test_what_is_public_says_what_it_is_for() -> None:
    faults = [
        f"{source.where}:{node.lineno} {node.name}"
        for source in _library()
        for node in [*(n for n, _ in source.public()), *source.classes()]
        if not node.name.startswith("_") and not ast.get_docstring(node)
        if not any(ast.unparse(mark) == "overload" for mark in node.decorator_list)
    ]
    faults += [source.where for source in _library()
               if source.text.strip() and not ast.get_docstring(source.tree)]  # fmt: skip
    _require_none(faults)


def test_what_goes_wrong_is_never_swallowed() -> None:
    faults = [
        f"{source.where}:{node.lineno}"
        for source in _library()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler) and _catches_all(node)
        if source.where not in _CATCH_ALL
        if not (source.where in _RAISED_ANEW and isinstance(node.body[-1], ast.Raise))
    ]
    _require_none(faults)


def _catches_all(node: ast.ExceptHandler) -> bool:
    if node.type is None:
        return True
    caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    return any(isinstance(t, ast.Name) and t.id in ("Exception", "BaseException") for t in caught)


def test_the_library_prints_nothing() -> None:
    faults = [
        f"{source.where}:{node.lineno}"
        for source in _library()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("print", "input", "breakpoint")
        and not source.where.startswith("memkit/cli/")
    ]
    _require_none(faults)


def test_things_are_named_for_what_they_are() -> None:
    faults = []
    for source in _library():
        names = [node.name for node in ast.walk(source.tree)
                 if isinstance(node, (ast.ClassDef, Function))]  # fmt: skip
        names.append(Path(source.where).stem)
        faults += [f"{source.where}: {name}" for name in names if _BANNED_WORDS.search(name)]
    _require_none(faults)


@lru_cache(maxsize=1)
def _tracked() -> tuple[tuple[str, str], ...]:
    """Path and text of the files that are published."""
    if not (_HOME / ".git").exists():
        pytest.skip("this is not a working copy of the repository")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=_HOME, capture_output=True, check=True, encoding="utf-8"
    ).stdout.split("\0")
    found = []
    for name in filter(None, listed):
        if (_HOME / name).is_file():
            found.append((name, (_HOME / name).read_bytes().decode("utf-8", "replace")))
    return tuple(found)


_MACHINE = re.compile(
    r"(?<![\w.])/(?:home|Users|root|work|mnt|opt|srv|tmp)/[\w.-]+|[A-Z]:\\Users\\"
    r"|--index-url|--extra-index-url|PIP_INDEX_URL|https?://(?:localhost|127\.|10\.|192\.168\.)"
)
_MACHINE_ALLOWED = {"tests/test_gates.py"}


def test_no_published_file_names_a_machine_or_a_package_index() -> None:
    faults = [
        f"{name}: {match.group()}"
        for name, text in _tracked()
        for match in _MACHINE.finditer(text)
        if name not in _MACHINE_ALLOWED
    ]
    _require_none(faults)


def test_no_published_file_is_huge_or_binary() -> None:
    faults = [name for name, text in _tracked() if len(text) > 1_500_000 or "\0" in text[:1000]]
    _require_none(faults)


def test_exports_are_sorted_and_exist() -> None:
    faults = []
    for source in _library():
        for node in source.tree.body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
                names = ast.literal_eval(node.value)
                if len(set(names)) != len(names):
                    faults.append(f"{source.where}: a name twice in __all__")
    _require_none(faults)
