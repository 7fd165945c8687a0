"""The examples that need a framework run offline, and say something."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

_PLACE = Path(__file__).resolve().parents[2] / "examples" / "frameworks"
_NEEDS = {
    "crewai_crew": ("crewai.memory.unified_memory",),
    "langgraph_agent": ("langchain.agents", "langgraph.graph"),
    "mcp_client": ("mcp",),
    "openai_agents_session": ("agents.testing",),
}


@pytest.mark.parametrize("name", sorted(_NEEDS))
def test_an_example_with_a_framework_runs(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for module in _NEEDS[name]:
        pytest.importorskip(module, reason=f"{module} is not installed")
    monkeypatch.setenv("PYTHONPATH", str(_PLACE.parents[1]))
    for variable in ("HOME", "XDG_DATA_HOME", "CREWAI_STORAGE_DIR"):  # CrewAI keeps files there
        monkeypatch.setenv(variable, str(tmp_path))
    runpy.run_path(str(_PLACE / f"{name}.py"), run_name="__main__")
    assert "Bica" in capsys.readouterr().out or name == "langgraph_agent"


def test_every_example_is_run() -> None:
    assert {path.stem for path in _PLACE.glob("*.py")} == set(_NEEDS)
