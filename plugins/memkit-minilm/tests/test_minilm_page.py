"""The page about the plug-in is true."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
import tiny
from memkit_minilm import folder

_PAGE = (Path(__file__).parent.parent / "README.md").read_text("utf-8")


@tiny.needs_weights
def test_the_code_runs(capsys: pytest.CaptureFixture[str]) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", _PAGE, re.MULTILINE | re.DOTALL)
    assert blocks
    for code in blocks:
        exec(compile(code, "README.md", "exec"), {"__name__": "__main__"})
    assert capsys.readouterr().out == "A kitten naps on the couch.\n"


@tiny.needs_weights
def test_the_weights_are_those_of_the_page() -> None:
    weights = (folder.installed() / folder.WEIGHTS).read_bytes()
    assert hashlib.sha256(weights).hexdigest() in _PAGE
