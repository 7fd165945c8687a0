"""Every example runs, without a socket, and leaves nothing behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_HOME = Path(__file__).parent.parent
_EXAMPLES = sorted((_HOME / "examples").glob("*.py"))
_WITHOUT_SOCKETS = """
import runpy, socket, sys

def refuse(event, args):
    within = event == "socket.__new__" and args[1] == getattr(socket, "AF_UNIX", None)
    if event.startswith("socket.") and not within:  # an event loop wakes itself through a pair
        raise RuntimeError(f"an example touched the network: {event} {args}")

sys.addaudithook(refuse)
sys.path.insert(0, sys.argv[1])
runpy.run_path(sys.argv[2], run_name="__main__")
"""


@pytest.mark.parametrize("example", _EXAMPLES, ids=lambda example: example.name)
def test_an_example_runs_and_says_something(example: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _WITHOUT_SOCKETS, str(_HOME), str(example)],
        cwd=tmp_path, capture_output=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    assert not done.stderr.strip()
    left = [path.name for path in tmp_path.iterdir() if ".mem" not in path.name]
    assert not left


def test_there_are_examples() -> None:
    assert _EXAMPLES
