"""The page about the plug-in is true."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import numpy as np
import pytest
from clustered import rows_of
from memkit_usearch import UsearchIndex
from memkit_usearch.graph import Graph, usearch_module

_PAGE = (Path(__file__).parent.parent / "README.md").read_text("utf-8")


def test_the_code_runs(capsys: pytest.CaptureFixture[str]) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", _PAGE, re.MULTILINE | re.DOTALL)
    assert blocks
    for code in blocks:
        exec(compile(code, "README.md", "exec"), {"__name__": "__main__"})
    assert capsys.readouterr().out == "The green boat lies in the harbour.\n"


def test_the_options_are_those_of_the_class() -> None:
    for name, option in inspect.signature(UsearchIndex).parameters.items():
        assert re.search(rf"^\| `{name}` \| {option.default:,} \|", _PAGE, re.MULTILINE)


def test_usearch_does_what_the_page_says() -> None:
    index = usearch_module().Index(ndim=24, metric="ip", dtype="f16")
    rows = rows_of(50)
    assert not len(index.search(rows[0], 5, threads=1).keys)
    index.add(np.arange(50), rows, threads=1)
    assert len(index.search(rows[0], 500, threads=1).keys) == 50
    with pytest.raises(RuntimeError, match=r"[Dd]uplicate"):
        index.add(np.arange(1), rows[:1], threads=1)


def test_rows_are_converted_as_numpy_does_it() -> None:
    rows = rows_of(1024)
    graph = Graph(24, 8, 50)
    graph.cover(np.ones(1024, np.bool_), rows.__getitem__)
    written = np.frombuffer(graph._index.save(), np.uint8)
    assert written[8 : 8 + rows.size * 2].tobytes() == rows.astype("<f2").tobytes()
