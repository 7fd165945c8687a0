"""The steps of docs/plugins.md, taken word by word.

    python plugin_steps.py docs/plugins.md

takes them in the environment it runs in, with pip and the package index, all but the upload:
`make smoke` does so. The test runner takes them, too, with stand-ins for what needs an index.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

_BEGIN = "## From nothing to a published plug-in in ten minutes"
_FENCED = re.compile(r"^```(\w+)\n(.*?)^```|^    (\S[^\n]*)$", re.MULTILINE | re.DOTALL)
_MODULE = Path("memkit-promises", "memkit_promises.py")

Run = Callable[[str, Path], str]
"""Runs a line of the page in a folder; what it said."""


def steps(page: str) -> Iterator[tuple[str, str]]:
    """("run", a command), or (the language, the text) of a fenced block, in the page's order."""
    begin = page.index(_BEGIN)
    for found in _FENCED.finditer(page[begin : page.index("\n## ", begin + 1)]):
        language, block, command = found.groups()
        yield ("run", command.strip()) if command else (language, block)


def take(page: str, folder: Path, run: Run) -> list[str]:
    """Take the steps in an empty folder; the commands. Raises `AssertionError`."""
    done: list[str] = []
    blocks: list[str] = []
    said = ""
    for what, text in steps(page):
        if what == "run":
            done.append(text)
            said += run(text, folder)
        elif what == "python":
            blocks.append(text)
            said = ""
        elif what == "toml":
            written = (folder / _MODULE).with_name("pyproject.toml").read_text("utf-8")
            assert text == written, f"the page shows another pyproject.toml:\n{written}"
            (folder / _MODULE).write_text(blocks[0], encoding="utf-8")
        elif what == "text":
            if not said:
                (folder / "so_far.py").write_text("\n".join(blocks), encoding="utf-8")
                said = run("python so_far.py", folder)
            for line in text.splitlines():
                assert _plain(line) in _plain(said), f"{line!r} was not said:\n{said}"
            said = ""
    return done


def _plain(text: str) -> str:
    return " ".join(text.split())


def with_an_index(line: str, folder: Path) -> str:
    """Run a line as it stands; environment and memkit are there, and nothing is uploaded."""
    if line.startswith(("python3 -m venv", ". .venv", "twine upload")):
        return ""
    line = line.replace("pip install memkit-sdk ", "pip install ")
    here = {"PATH": f"{Path(sys.prefix) / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        line, shell=True, cwd=folder, env={**os.environ, **here, "COLUMNS": "100"},
        capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert not done.returncode, f"{line}\n{done.stdout}{done.stderr}"
    return done.stdout


if __name__ == "__main__":
    with TemporaryDirectory() as temporary:
        taken = take(Path(sys.argv[1]).read_text("utf-8"), Path(temporary), with_an_index)
    sys.stdout.write(f"{len(taken)} steps of {sys.argv[1]} taken.\n")
