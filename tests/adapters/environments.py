"""One environment for each framework, at the oldest and the newest version that is supported.

`make test-adapters` runs all of them; `python tests/adapters/environments.py mcp --newest` some. An
environment is made once, under .venv-adapters, and again when what it needs has changed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
import time
import venv
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from xml.etree import ElementTree

_HOME = Path(__file__).resolve().parents[2]
_PLACE = _HOME / ".venv-adapters"
_EXAMPLE = "test_framework_examples.py::test_an_example_with_a_framework_runs"
_TESTED_WITH = ("pytest>=8.3", "pytest-timeout>=2.4", "pytest-asyncio>=1.2", "hypothesis>=6.120")
_STORE_TESTS = ("test_langgraph.py", "test_langgraph_graphs.py")


class Framework(NamedTuple):
    """What to install, the same at its floor, more that tests need, and their files."""

    newest: tuple[str, ...]
    floor: tuple[str, ...]
    tests: tuple[str, ...]
    more: tuple[str, ...] = ()


FRAMEWORKS = {
    "langgraph": Framework(
        ("langgraph-checkpoint>=3.0,<5", "langgraph"),
        ("langgraph-checkpoint==3.0.0", "langgraph"),
        (*_STORE_TESTS, "test_soak.py"),
    ),
    "langchain": Framework(
        ("langchain>=1.2.13,<2",),
        ("langchain==1.2.13",),
        ("test_langchain.py", *_STORE_TESTS, "test_framework_examples.py"),
        ("langchain-tests",),
    ),
    "openai-agents": Framework(
        ("openai-agents>=0.20",),
        ("openai-agents==0.20.0",),
        ("test_openai_agents.py", "test_soak.py", "test_framework_examples.py"),
    ),
    "mcp": Framework(
        ("mcp>=1.26,<3",),
        ("mcp==1.26.0",),
        ("test_mcp.py", "test_framework_examples.py"),
    ),
    "clients": Framework(
        ("openai>=1.60", "anthropic>=0.84"),
        ("openai==1.60.0", "anthropic==0.84.0"),
        ("test_clients.py", "test_anthropic_memory.py"),
    ),
    "litellm": Framework(
        ("litellm>=1.80",),
        ("litellm==1.80.0",),
        ("test_clients.py", "../test_llm_litellm.py"),
    ),
    "llama-index": Framework(
        ("llama-index-core>=0.12.35",), ("llama-index-core==0.12.35",), ("test_llama_index.py",)
    ),
    "pydantic-ai": Framework(
        ("pydantic-ai-slim>=2.0",), ("pydantic-ai-slim==2.0.0",), ("test_pydantic_ai.py",)
    ),
    "strands": Framework(
        ("strands-agents>=1.44",), ("strands-agents==1.44.0",), ("test_strands.py",)
    ),
    "adk": Framework(("google-adk>=1.25",), ("google-adk==1.25.0",), ("test_adk.py",)),
    "crewai": Framework(
        ("crewai>=1.12.1",),
        ("crewai==1.12.1",),
        ("test_crewai.py", "test_soak.py", f"{_EXAMPLE}[crewai_crew]"),
    ),
    "agent-framework": Framework(
        ("agent-framework-core>=1.0",),
        ("agent-framework-core==1.0.0",),
        ("test_agent_framework.py",),
    ),
}


def _run(*command: str | Path) -> int:
    environment = {
        **os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "MEMKIT_SOAK_SECONDS": os.environ.get("MEMKIT_SOAK_SECONDS", "30"),
    }  # fmt: skip
    return subprocess.run([str(part) for part in command], cwd=_HOME, env=environment).returncode


def _made(name: str, needed: Iterable[str]) -> Path | None:
    """The interpreter of an environment with these requirements; None if it cannot be made."""
    folder = _PLACE / name
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    wanted = [*needed, *_TESTED_WITH]
    stamp, told = folder / ".made-of", hashlib.sha256("\n".join(wanted).encode()).hexdigest()
    if not stamp.exists() or stamp.read_text() != told:
        venv.create(folder, clear=True, with_pip=True)
        if _run(python, "-m", "pip", "install", "-q", "--editable", ".", *wanted):
            return None
        stamp.write_text(told)
    return python


def _tested(name: str, framework: Framework, *, newest: bool) -> str:
    """`passed`, `failed`, or why the tests could not be run."""
    version = "newest" if newest else "floor"
    needed = (framework.newest if newest else framework.floor) + framework.more
    python = _made(f"{name}-{version}", needed)
    if python is None:
        return "could not be installed"
    folder = Path("tests/adapters")
    with TemporaryDirectory() as place:
        results = Path(place) / "results.xml"
        failed = _run(
            python, "-m", "pytest", "-q", "-c", folder / "frameworks.ini", "--rootdir", ".",
            "--confcutdir", ".", "--junitxml", results,
            *(folder / test for test in framework.tests),
        )  # fmt: skip
        idle = [] if failed else _idle(results, framework.tests)
    if idle:
        return f"failed, because nothing ran of {', '.join(idle)}"
    return f"{'failed' if failed else 'passed'} with {_versions(python, framework.floor)}"


def _idle(results: Path, tests: Iterable[str]) -> list[str]:
    """The files of whose tests every one was skipped, as when an import is not found."""
    ran = {
        part
        for case in ElementTree.parse(results).iter("testcase")
        if case.find("skipped") is None
        for part in case.get("classname", "").split(".")
    }
    return [test for test in tests if Path(test.partition("::")[0]).stem not in ran]


def _versions(python: Path, needed: Iterable[str]) -> str:
    names = [re.split("[=<>]", one)[0] for one in needed]
    code = "import sys; from importlib.metadata import version as v\n" + (
        "print(', '.join(f'{name} {v(name)}' for name in sys.argv[1:]))"
    )
    return subprocess.check_output([python, "-c", code, *names], text=True).strip()


def main() -> int:
    """Test what was asked for; 0 if all of it passed."""
    parser = argparse.ArgumentParser(description=__doc__, prog="environments")
    parser.add_argument("names", nargs="*", help=f"of {', '.join(FRAMEWORKS)}; all, if none")
    parser.add_argument("--newest", action="store_true", help="leave the floors out")
    asked = parser.parse_args()
    unknown = set(asked.names) - set(FRAMEWORKS)
    if unknown:
        parser.error(
            f"no framework {', '.join(sorted(unknown))}; there are {', '.join(FRAMEWORKS)}"
        )
    outcomes = {}
    for name in asked.names or FRAMEWORKS:
        for newest in (True,) if asked.newest else (False, True):
            label = f"{name} at its {'newest' if newest else 'floor'}"
            print(f"== {label}", flush=True)
            begun = time.monotonic()
            outcome = _tested(name, FRAMEWORKS[name], newest=newest)
            outcomes[label] = f"{outcome} ({time.monotonic() - begun:.0f} s)"
    print("\n".join(f"{label}: {outcome}" for label, outcome in outcomes.items()))
    return int(any(not outcome.startswith("passed") for outcome in outcomes.values()))


if __name__ == "__main__":
    sys.exit(main())
