"""`memkit bench`: what is measured, printed and drawn. No figure itself is judged here."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from memkit import MemoryStore, plot
from memkit.cli import bench as command
from memkit.cli.app import app
from memkit.contracts import Scored
from memkit.evals import bench, nearest
from memkit.evals.bench import NEAREST, RECALL, SEARCH, Figure

_INDEXES = ("default", "exact", "HNSW")


def figures(sizes: tuple[int, ...] = (1000, 10_000, 100_000), graph: bool = True) -> list[Figure]:
    """A run that nobody waited for."""
    found = [Figure("import memkit", 0, 0.2, "s", 0.25)]
    for size in sizes:
        found.append(Figure(SEARCH, size, 1.0 + size / 10_000, "ms", 8.0, False, 3.0, "products"))
        for index in _INDEXES[: 3 if graph else 2]:
            found.append(Figure(NEAREST.format(index), size, size / 10_000, "ms"))
            if index != "exact":
                share = Figure(RECALL.format(index), size, 0.991, "", 0.98, higher_is_better=True)
                found.append(share)
    return found


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, ...]]:
    """Puts `figures` in the place of measuring; the sizes that were asked for."""
    asked: list[tuple[int, ...]] = []

    def instead(sizes: tuple[int, ...]) -> list[Figure]:
        asked.append(sizes)
        return figures(sizes)

    monkeypatch.setattr(bench, "bench", instead)
    return asked


def invoke(*args: str) -> Result:
    return CliRunner().invoke(app, ["bench", *args])


# Measuring


@pytest.fixture(scope="module")
def run() -> list[Figure]:
    """A real one, of two small scopes."""
    return list(bench.bench((300, 40)))


def test_everything_is_measured_at_every_size_smallest_first(run: list[Figure]) -> None:
    acts = [figure.act for figure in run]
    per_size = [
        "add, batches", "add, one by one", "open without a snapshot", "open and answer",
        SEARCH, "search, p95", "file", NEAREST.format("default"), RECALL.format("default"),
        NEAREST.format("exact"),
    ]  # fmt: skip
    if find_spec("hnswlib") is not None:
        per_size += [NEAREST.format("HNSW"), RECALL.format("HNSW"), "build, HNSW"]
    for act in per_size:
        assert [figure.size for figure in run if figure.act == act] == [40, 300], act
    assert set(acts) <= {"import memkit", "bare SQLite insert", "memory, at most", *per_size}
    assert all(np.isfinite(figure.value) and figure.value > 0 for figure in run)


def test_small_scopes_are_searched_exactly_by_every_index(run: list[Figure]) -> None:
    recalls = [figure.value for figure in run if figure.act.startswith("recall")]
    assert recalls == [1.0] * len(recalls)


def test_without_hnswlib_the_graph_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "find_spec", lambda name: None)
    columns = nearest.Collected(
        np.eye(4, dtype=np.float32), np.zeros(4, np.int64), np.arange(-1, 3), [], [], [0.1]
    )
    oracle = nearest.Measured("exact", 1.0, 1.0, None, [])
    assert [one.name for one in nearest.beside(columns, oracle)] == ["default", "exact"]


def test_a_fresh_process_tells_how_much_memory_it_took(tmp_path: Path) -> None:
    path = tmp_path / "bench.mem"
    with MemoryStore(path, embedder=None) as store:
        store.scope(user="bench").add("The boat is kept in the shed.")
    peak = bench.peak_megabytes(path)
    assert peak == 0 or 10 < peak < 5000


def test_what_ties_with_the_tenth_is_as_good_as_the_tenth() -> None:
    def scored(ordinals: list[int], scores: list[float]) -> Scored:
        return Scored(np.array(ordinals, np.int64), np.array(scores, np.float32))

    best = [scored([1, 2, 3, 4], [0.9, 0.8, 0.7, 0.6])]
    assert nearest.recall(best, best) == 1.0
    assert nearest.recall([scored([1, 2, 3, 9], [0.9, 0.8, 0.7, 0.6])], best) == 1.0
    assert nearest.recall([scored([1, 2, 3, 9], [0.9, 0.8, 0.7, 0.5])], best) == 0.75
    assert nearest.recall([scored([], [])], best) == 0.0


def test_messages_are_the_same_for_a_seed_and_made_as_they_are_asked_for() -> None:
    first = bench.synthetic(10**12, 3)
    again = bench.synthetic(5, 3)
    assert [next(first) for _ in range(5)] == list(again)


def test_a_budget_is_that_of_the_next_size_named() -> None:
    budgets = ((10, 1.0), (100, 2.0))
    assert [bench._budget(budgets, size) for size in (5, 10, 11, 101)] == [1.0, 1.0, 2.0, None]
    assert Figure("a", 1, 2.0, "s", 2.0).met
    assert Figure("a", 1, 2.0, "s", 3.0, higher_is_better=True).met is False
    assert Figure("a", 1, 2.0, "s").met is None


# Printing


def test_sizes_are_joined_by_commas_and_taken_in_order(measured: list[tuple[int, ...]]) -> None:
    assert invoke("--n", "10_000,1000,10000").exit_code == 0
    assert measured == [(1000, 10_000)]


@pytest.mark.parametrize("sizes", ["many", "", "10,", "0", "10,-1"])
def test_sizes_that_are_none_are_refused(sizes: str, measured: list[tuple[int, ...]]) -> None:
    result = invoke("--n", sizes)
    assert result.exit_code == 2 and "--n" in result.output
    assert not measured


@pytest.mark.parametrize("width", [60, 100])
def test_the_table_and_the_curves_fit_the_line(
    width: int, measured: list[tuple[int, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    lines = invoke("--n", "1000,10000,100000").stdout.splitlines()
    assert max(map(len, lines)) <= width
    assert sum(line.startswith("nearest 10, HNSW") for line in lines) == 3
    assert any("Median time of a search" in line for line in lines)
    (axis, *_) = [line for line in lines if line.split() == ["1k", "10k", "100k"]]
    assert axis.index("1k") == 11 and len(axis.rstrip()) >= width - 4


def test_one_size_is_not_drawn(measured: list[tuple[int, ...]]) -> None:
    result = invoke("--n", "1000")
    assert "nearest 10, exact" in result.stdout and "Median time of" not in result.stdout


def test_json_is_the_figures_and_nothing_else(measured: list[tuple[int, ...]]) -> None:
    result = invoke("--n", "1000,10000", "--json")
    found = json.loads(result.stdout)
    assert len(found) == len(figures((1000, 10_000)))
    last: dict[str, Any] = found[-1]
    assert (last["act"], last["size"], last["met"]) == (RECALL.format("HNSW"), 10_000, True)
    assert result.stderr == ""


def test_the_plot_is_a_picture_that_needs_nothing_else(
    tmp_path: Path, measured: list[tuple[int, ...]]
) -> None:
    path = tmp_path / "curves.svg"
    assert invoke("--n", "1000,10000,100000", "--plot", str(path)).exit_code == 0
    text = path.read_text("utf-8")
    root = ET.fromstring(text)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    curves = [one.attrib["points"].split() for one in root.iter() if "points" in one.attrib]
    assert [len(points) for points in curves] == [3] * 6
    assert "href" not in text and "<style" not in text and "nan" not in text
    words = " ".join(root.itertext())
    assert all(word in words for word in ("whole search", "vectors, HNSW", "100k", "10 ms"))


def test_a_plot_into_a_folder_that_is_not_there_is_refused_before_measuring(
    tmp_path: Path, measured: list[tuple[int, ...]]
) -> None:
    result = invoke("--plot", str(tmp_path / "none" / "curves.svg"))
    assert result.exit_code == 2 and "folder" in result.output
    assert not measured


# Drawing


def panel(*curves: Sequence[plot.Point], lines: int = 5) -> plot.Panel:
    values = [y for points in curves for _, y in points]
    sizes = sorted({int(x) for points in curves for x, _ in points})
    return plot.Panel(
        "Title",
        [plot.Curve(f"curve {place}", place, points) for place, points in enumerate(curves)],
        plot.sizes_axis(sizes), plot.decades(values, "ms"), lines,
    )  # fmt: skip


def test_points_stand_where_their_logarithms_do() -> None:
    drawn = plot.drawn(panel([(10, 1.0), (100, 10.0), (1000, 100.0)]), 33)
    assert [line.rstrip() for line in drawn.plain.splitlines()] == [
        "Title",
        "   100 ms ┤                  ··●",
        "          │             ·····",
        "    10 ms ┤        ··●··",
        "          │   ·····",
        "     1 ms ┤●··",
        "          └┬─────────┬─────────┬",
        "           10       100       1k",
        "● curve 0",
    ]


def test_points_on_one_another_are_shown_as_several() -> None:
    one, other = [(10, 1.0), (100, 10.0)], [(10, 1.0), (100, 1.0)]
    drawn = plot.drawn(panel(one, other), 40).plain
    assert drawn.count("*") == 2 and "* several" in drawn
    apart = plot.drawn(panel(one, [(10, 3.0), (100, 1.0)]), 40).plain
    assert "several" not in apart and apart.count("▲") == 3


def test_a_terminal_without_such_characters_gets_others() -> None:
    for each in (panel([(10, 1.0), (100, 50.0)]), *command._panels(figures())):
        assert plot.drawn(each, 60, ascii_only=True).plain.isascii()
    shown = StringIO()
    Console(width=60, file=shown).print(command._table(figures(), wide=False, ascii_only=True))
    assert shown.getvalue().isascii() and ">= 0.98" in shown.getvalue()


def test_axes_hold_what_they_are_made_for() -> None:
    times = plot.decades([0.03, 70.0], "ms")
    assert [name for _, name in times.ticks] == ["0.01 ms", "0.1 ms", "1 ms", "10 ms", "100 ms"]
    assert [name for _, name in plot.decades([1.0], "ms").ticks] == ["1 ms", "10 ms"]
    for lowest, first in ((1.0, 0.95), (0.97, 0.95), (0.93, 0.9), (0.2, 0.0)):
        axis = plot.shares([1.0, lowest])
        assert axis.ticks[0][0] == first and axis.place(1.0) == 1.0
    assert [name for _, name in plot.sizes_axis([900, 12_500, 3_000_000]).ticks] == [
        "900", "12.5k", "3M",
    ]  # fmt: skip


def test_names_below_an_axis_do_not_touch() -> None:
    points = [(float(size), 1.0) for size in (100_000, 101_000, 102_000, 900_000)]
    below = plot.drawn(panel(points), 50).plain.splitlines()[-2]
    assert below.split() == ["100k", "900k"]
