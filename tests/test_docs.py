"""The pages are true: their Python runs, and nothing public goes unmentioned."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import re
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import memkit
from memkit import MemoryStore, Scope
from memkit.errors import __all__ as errors
from memkit.registry import BUILT_IN

_HOME = Path(__file__).parent.parent
_PAGES = [_HOME / "README.md", *sorted((_HOME / "docs").glob("*.md"))]
_EXAMPLE = _HOME / "plugins" / "memkit-example"
_PAGES += [_HOME / "plugins" / "README.md", _EXAMPLE / "README.md"]
_BLOCK = re.compile(r"^```python[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


@pytest.fixture(autouse=True)
def _away_from_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder of its own, and no socket."""

    def refuse(*args: Any, **kwargs: Any) -> Any:
        raise AssertionError("an example in the documentation opened a socket")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.syspath_prepend(_EXAMPLE)
    yield
    sys.modules.pop("memkit_example", None)


def _blocks(page: Path) -> Iterator[tuple[int, str]]:
    """(first line, code) of every fenced Python block."""
    text = page.read_text("utf-8")
    for found in _BLOCK.finditer(text):
        yield text[: found.start(1)].count("\n") + 1, found.group(1)


def _written() -> list[Path]:
    return [page for page in _PAGES if page.exists()]


@pytest.mark.parametrize("page", _written(), ids=lambda page: page.relative_to(_HOME).as_posix())
def test_every_python_block_of_a_page_runs(page: Path) -> None:
    names: dict[str, Any] = {"__name__": "__main__"}
    for line, code in _blocks(page):
        # Padded, so that a trace shows the line of the page.
        exec(compile("\n" * (line - 1) + code, str(page), "exec"), names)
    for value in names.values():
        if isinstance(value, MemoryStore):
            value.close()


def _modules() -> list[str]:
    found = pkgutil.walk_packages(memkit.__path__, "memkit.")
    return ["memkit", *(module.name for module in found if not module.name.endswith("__main__"))]


def _loaded(name: str) -> ModuleType:
    """The module; a test of an adapter is skipped where its framework is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        if name.startswith("memkit.adapters.") and "memkit-sdk[" in str(error):
            pytest.skip(str(error))
        raise


@pytest.mark.parametrize("name", _modules())
def test_examples_in_docstrings_are_true(name: str) -> None:
    found = doctest.testmod(
        _loaded(name),
        optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE,
    )
    assert not found.failed


@pytest.mark.parametrize("page", _written(), ids=lambda page: page.relative_to(_HOME).as_posix())
def test_links_inside_the_repository_lead_somewhere(page: Path) -> None:
    for target in _LINK.findall(page.read_text("utf-8")):
        if not re.match(r"[a-z]+:", target):
            path = target.partition("#")[0]
            assert not path or (page.parent / path).exists(), f"{page.name}: {target}"


def _public(owner: type) -> list[str]:
    return [name for name, _ in inspect.getmembers(owner) if not name.startswith("_")]


def _unmentioned(names: list[str], pattern: str) -> list[str]:
    text = "\n".join(page.read_text("utf-8") for page in _written())
    return [name for name in names if not re.search(pattern.format(re.escape(name)), text)]


@pytest.mark.parametrize("owner", [MemoryStore, Scope])
def test_every_public_method_is_documented(owner: type) -> None:
    """Mentioned as a call, `name(`, or in backquotes."""
    missing = _unmentioned(_public(owner), r"\b{0}\(|`[\w.]*\b{0}`|\.{0}\b")
    assert not missing, f"{owner.__name__}: {', '.join(missing)} in no page of README.md or docs/"


@pytest.mark.parametrize("kind", [kind for kind, names in BUILT_IN.items() if names])
def test_every_built_in_name_is_documented(kind: str) -> None:
    missing = _unmentioned(list(BUILT_IN[kind]), r"[`\"']{0}[`\"']")
    assert not missing, f"{kind}: {', '.join(missing)} in no page of README.md or docs/"


def test_every_error_is_documented() -> None:
    missing = _unmentioned(list(errors), r"`{0}`")
    assert not missing, f"{', '.join(missing)} in no page of README.md or docs/"


def test_every_public_name_is_documented() -> None:
    missing = _unmentioned(list(memkit.__all__), r"\b{0}\b")
    assert not missing, f"{', '.join(missing)} in no page of README.md or docs/"


def test_public_methods_of_the_store_that_do_things_carry_an_example() -> None:
    shown: list[Any] = [MemoryStore, MemoryStore.check, Scope.add, Scope.search, Scope.context]
    bare = [one.__qualname__ for one in shown if ">>>" not in (inspect.getdoc(one) or "")]
    assert not bare


def test_the_first_screen_shows_code_and_leads_to_the_limits() -> None:
    readme = (_HOME / "README.md").read_text("utf-8")
    assert "```python" in "\n".join(readme.splitlines()[:50])
    assert "limits" in readme.lower()
