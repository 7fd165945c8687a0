"""`import memkit` costs nothing and does nothing."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import memkit

_HEAVY = (
    "hnswlib", "httpx", "huggingface_hub", "litellm", "requests", "rich", "safetensors",
    "snowballstemmer", "tiktoken", "tokenizers", "typer", "urllib3", "wordllama",
)  # fmt: skip
_FRAMEWORKS = (
    "agent_framework", "agents", "anthropic", "crewai", "google", "langchain", "langchain_core",
    "langgraph", "llama_index", "mcp", "openai", "pydantic_ai", "strands",
)  # fmt: skip
_WATCHED = """
import json, sys, threading
seen = []

def watch(event, args):
    if event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
        seen.append(f"opened {args[0]}")
    if event.startswith(("socket.", "subprocess.", "os.mkdir", "os.rename", "os.remove")):
        seen.append(event)
    if event == "_thread.start_new_thread":
        seen.append(event)

sys.dont_write_bytecode = True
sys.addaudithook(watch)
%s
print(json.dumps({"seen": seen, "modules": sorted(sys.modules),
                  "threads": threading.active_count()}))
"""


def _watched(code: str, folder: Path) -> dict[str, Any]:
    """What a fresh interpreter did and loaded while it ran the code."""
    home = str(Path(memkit.__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, "-c", _WATCHED % f"sys.path.insert(0, {home!r})\n{code}"],
        cwd=folder, capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    "code",
    [
        "import memkit",
        "from memkit import MemoryStore",
        "from memkit import *",
        "import memkit.testing, memkit.aio, memkit.registry",
    ],
)
def test_importing_does_nothing_and_loads_nothing_heavy(code: str, tmp_path: Path) -> None:
    found = _watched(code, tmp_path)
    assert found["seen"] == []
    assert found["threads"] == 1
    assert [name for name in _HEAVY if name in found["modules"]] == []
    assert list(tmp_path.iterdir()) == []


def test_the_bare_import_loads_no_part_of_the_library(tmp_path: Path) -> None:
    loaded = _watched("import memkit", tmp_path)["modules"]
    assert [name for name in loaded if name.split(".")[0] in ("memkit", "numpy")] == ["memkit"]


def test_frameworks_are_imported_by_their_adapters_alone() -> None:
    home = Path(memkit.__file__).parent
    imported = {
        path.relative_to(home).as_posix(): used
        for path in home.rglob("*.py")
        if (used := _imported(path) & set(_FRAMEWORKS))
    }
    assert all(name.startswith("adapters/") for name in imported), imported
    for path in (home / "adapters").glob("*.py"):
        if path.relative_to(home).as_posix() in imported:
            assert "with needs(" in path.read_text(encoding="utf-8"), f"{path.name} names no extra"


def _imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add((node.module or "").partition(".")[0])
    return found


def test_a_store_opens_and_answers_without_a_socket_or_a_network_client(tmp_path: Path) -> None:
    code = (
        "from memkit import MemoryStore\n"
        "with MemoryStore('a.mem') as store:\n"
        "    ana = store.scope(user='ana')\n"
        "    ana.add('I moved to Lisbon.')\n"
        "    assert ana.search('Where does Ana live?') and ana.context('Lisbon', 100).tokens\n"
    )
    found = _watched(code, tmp_path)
    assert [event for event in found["seen"] if not event.startswith(("opened", "os."))] == []
    clients = ("httpx", "litellm", "requests", "huggingface_hub", "wordllama")
    assert [name for name in clients if name in found["modules"]] == []


def test_every_public_name_resolves() -> None:
    assert {getattr(memkit, name).__name__ for name in memkit.__all__} == set(memkit.__all__)
    assert set(memkit.__all__) < set(dir(memkit))


def test_public_names_are_sorted_and_typed() -> None:
    assert memkit.__all__ == sorted(memkit.__all__)
    assert (Path(memkit.__file__).parent / "py.typed").exists()


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Manager'"):
        _ = memkit.Manager


def test_the_version_is_that_of_the_distribution() -> None:
    metadata = pytest.importorskip("importlib.metadata")
    try:
        installed = metadata.version("memkit-sdk")
    except metadata.PackageNotFoundError:
        pytest.skip("memkit-sdk runs from its folder, and is not installed")
    assert memkit.__version__ == installed
