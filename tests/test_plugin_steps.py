"""Whoever follows docs/plugins.md has a plug-in: the steps, with stand-ins for pip and twine."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

from plugin_steps import take

_HOME = Path(__file__).parent.parent
_ABSENT = (
    "python3 -m venv .venv", ". .venv/bin/activate", "pip install memkit-sdk pytest",
    "pip install build twine", "python -m build memkit-promises",
    "twine check memkit-promises/dist/*", "twine upload memkit-promises/dist/*",
)  # fmt: skip
"""What only `make smoke` does for real."""


def _installed(plugin: Path, site: Path) -> None:
    """What `pip install` makes of it: its modules, and what its metadata declares."""
    project = tomllib.loads((plugin / "pyproject.toml").read_text("utf-8"))
    about = project["project"]
    info = site / f"{about['name'].replace('-', '_')}-{about['version']}.dist-info"
    info.mkdir(parents=True)
    for name in project["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]:
        (site / name).write_bytes((plugin / name).read_bytes())
    head = f"Metadata-Version: 2.4\nName: {about['name']}\nVersion: {about['version']}\n"
    (info / "METADATA").write_text(head, encoding="utf-8")
    groups = about["entry-points"].items()
    points = [
        f"[{group}]\n" + "".join(f"{name} = {target}\n" for name, target in entries.items())
        for group, entries in groups
    ]
    (info / "entry_points.txt").write_text("\n".join(points), encoding="utf-8")


def _run(line: str, folder: Path) -> str:
    site = folder / "site"
    if line in _ABSENT:
        return ""
    if line == "pip install ./memkit-promises":
        _installed(folder / "memkit-promises", site)
        return ""
    program, *words = shlex.split(line)
    before = {"memkit": ["-m", "memkit.cli"], "python": []}[program]
    done = subprocess.run(
        [sys.executable, *before, *words], cwd=folder, capture_output=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": f"{site}{os.pathsep}{_HOME}", "COLUMNS": "100"},
        timeout=120,
    )  # fmt: skip
    assert not done.returncode, f"{line}\n{done.stdout}{done.stderr}"
    return done.stdout


def test_the_steps_of_the_page_lead_to_a_plug_in(tmp_path: Path) -> None:
    page = (_HOME / "docs" / "plugins.md").read_text("utf-8")
    taken = take(page, tmp_path, _run)
    assert set(_ABSENT) < set(taken)
    assert (tmp_path / "memkit-promises" / "README.md").exists()
