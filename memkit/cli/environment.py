"""What memkit finds itself in: versions, libraries, plug-ins, and what each is good for."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any, Final, Literal

from memkit import registry
from memkit.cli.call import VARIABLE
from memkit.cli.printing import console, counted
from memkit.embed import static
from memkit.errors import MemkitError
from memkit.tokens import default_counter

_MENDED: Final = (3, 51, 3)
"""The first SQLite whose write-ahead log cannot lose pages when it is reset."""
_DISTRIBUTION: Final = "memkit-sdk"
EXTRAS: Final = {
    "hnsw": ("hnswlib", "an index for more than 100,000 vectors in a scope; needs a C++ compiler"),
    "llm": ("litellm", "language models of any provider, and OpenAI's table of tokens"),
    "ui": ("starlette", "memkit ui: a store as a local page"),
    "adk": ("google-adk", "memory for Google ADK"),
    "agent-framework": ("agent-framework-core", "memory for Microsoft Agent Framework"),
    "anthropic": ("anthropic", "files for Anthropic's memory tool"),
    "crewai": ("crewai", "memory for CrewAI"),
    "langchain": ("langchain", "memory for LangChain"),
    "langgraph": ("langgraph-checkpoint", "a store for LangGraph"),
    "llama-index": ("llama-index-core", "memory for LlamaIndex"),
    "mcp": ("mcp", "memkit mcp: a memory for MCP clients"),
    "openai-agents": ("openai-agents", "sessions for OpenAI Agents"),
    "pydantic-ai": ("pydantic-ai-slim", "memory for Pydantic AI"),
    "strands": ("strands-agents", "memory for Strands"),
}
"""Each extra with the distribution that shows whether it is installed, and what it gives."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a diagnosis; `advice` is what to do about it."""

    name: str
    state: Literal["ok", "off", "note", "bad"]
    detail: str
    advice: str = ""


def findings() -> Iterator[Finding]:
    """The environment, one thing after the other; nothing is fetched, nothing is changed."""
    machine = f"{platform.system()} {platform.machine()}"
    yield Finding("python", "ok", f"{platform.python_version()}, {machine}")
    yield _memkit()
    yield Finding("numpy", "ok", version_of("numpy"))
    yield _sqlite()
    yield _embedder()
    yield _tokens()
    yield from map(_extra, EXTRAS)
    yield from _plugins()
    yield _terminal()
    named = os.environ.get(VARIABLE)
    if named:
        there = Path(named).expanduser().exists()
        yield Finding(
            VARIABLE, "ok" if there else "note", named if there else f"{named} is not there yet"
        )


def _memkit() -> Finding:
    try:
        return Finding("memkit", "ok", version_of(_DISTRIBUTION))
    except PackageNotFoundError:
        return Finding(
            "memkit", "note", "runs from its sources; plug-ins of other distributions are found",
            f"pip install {_DISTRIBUTION}",
        )  # fmt: skip


def _sqlite() -> Finding:
    found = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info >= _MENDED:
        return Finding("sqlite", "ok", found)
    since = ".".join(map(str, _MENDED))
    return Finding(
        "sqlite", "ok",
        f"{found}; before {since} its log could lose pages when two processes meet, which memkit "
        "avoids: one commit or checkpoint at a time, by a lock file. Let no other program write to "
        "a store.",
    )  # fmt: skip


def _embedder() -> Finding:
    try:
        dim = static.shared().embed_checked(["A word."]).shape[1]
    except (MemkitError, OSError, ImportError) as error:
        return Finding("embedder", "bad", str(error), "pip install --force-reinstall wordllama")
    return Finding(
        "embedder", "ok", f"static vectors of wordllama {version_of('wordllama')}, {dim} numbers"
    )


def _tokens() -> Finding:
    counter = default_counter()
    counter.count("A word.")
    if counter.name.startswith("tiktoken"):
        return Finding("tokens", "ok", f"{counter.name}: exact for OpenAI's newer models")
    exact = "exact for Llama 2, near for others" if counter.name == "llama2" else "estimated"
    return Finding(
        "tokens", "note", f"{counter.name}: {exact}",
        f'pip install "{_DISTRIBUTION}[llm]" brings the table of OpenAI\'s newer models',
    )  # fmt: skip


def _extra(name: str) -> Finding:
    distribution, gives = EXTRAS[name]
    try:
        found = version_of(distribution)
    except PackageNotFoundError:
        return Finding(f"extra {name}", "off", gives, f'pip install "{_DISTRIBUTION}[{name}]"')
    return Finding(f"extra {name}", "ok", f"{gives} ({distribution} {found})")


def _plugins() -> Iterator[Finding]:
    found = registry.available(check=True)
    broken = [one for one in found if one.status != "ok"]
    foreign = sorted({one.distribution for one in found if one.distribution != _DISTRIBUTION})
    whose = f", with those of {', '.join(foreign)}" if foreign else ""
    yield Finding("plug-ins", "ok", f"{counted(len(found) - len(broken), 'name')} to choose{whose}")
    for one in broken:
        yield Finding(
            f"plug-in {one.name}", "bad", one.status,
            f"pip install --upgrade {one.distribution}, or remove it",
        )  # fmt: skip


def _terminal() -> Finding:
    out = console()
    colours = out.color_system or "no colours"
    encoding = str(getattr(sys.stdout, "encoding", None) or "ascii")
    shape = f"{out.width} columns" if out.is_terminal else "not a terminal"
    return Finding("output", "ok", f"{shape}, {colours}, {encoding}")


def as_json(found: Finding) -> dict[str, Any]:
    """A finding for programs."""
    return {"name": found.name, "state": found.state, "detail": found.detail,
            "advice": found.advice}  # fmt: skip
