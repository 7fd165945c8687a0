"""Curves over a logarithmic size, in characters for a terminal and as SVG for a page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Final

from rich.text import Text

Point = tuple[float, float]

_MARKS: Final = "●▲◆■○△◇□"
_ASCII_MARKS: Final = "o^x#@+%="
_SEVERAL: Final = "*"
_STYLES: Final = ("cyan", "yellow", "magenta", "green", "red", "blue", "white", "bright_black")
COLOURS: Final = (
    "#0b7285", "#b35900", "#8b2fa8", "#2b7a2b", "#b3261e", "#3d5a98", "#7a6200", "#5c6066",
)  # fmt: skip
"""A colour for each mark; a page has its own, light and dark, by the classes `c0`, `c1`..."""
_GUTTER: Final = 9
_WIDE: Final = 500
"""From so many pixels on, a drawing has room for long numbers beside it."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A name, a place among the marks and colours, and points in ascending order of x."""

    name: str
    mark: int
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Axis:
    """Numbers to 0..1, from the lowest to the highest of `ticks`; powers of ten if `powers`."""

    ticks: Sequence[tuple[float, str]]
    powers: bool = True

    def place(self, value: float) -> float:
        """Where a number stands."""
        low, high = self._on(self.ticks[0][0]), self._on(self.ticks[-1][0])
        return (self._on(value) - low) / (high - low) if high > low else 0.5

    def _on(self, value: float) -> float:
        return math.log10(value) if self.powers else value


@dataclass(frozen=True, slots=True)
class Panel:
    """Curves over one pair of axes, and how many lines of text they get."""

    title: str
    curves: Sequence[Curve]
    x: Axis
    y: Axis
    lines: int


def sizes_axis(sizes: Sequence[int]) -> Axis:
    """An axis with a tick at each size."""
    return Axis([(size, _short(size)) for size in sorted(sizes)])


def decades(values: Sequence[float], unit: str) -> Axis:
    """An axis of powers of ten around these numbers."""
    low = math.floor(math.log10(min(values)))
    high = max(low + 1, math.ceil(math.log10(max(values))))
    return Axis([(10.0**power, f"{10.0**power:g} {unit}") for power in range(low, high + 1)])


def shares(values: Sequence[float]) -> Axis:
    """An axis up to 1 that begins at the last tenth, half or twentieth below these numbers."""
    low = next(low for low in (0.95, 0.9, 0.8, 0.5, 0.0) if low <= min(values))
    return Axis([(each, f"{each:g}") for each in (low, (1 + low) / 2, 1.0)], powers=False)


def drawn(panel: Panel, width: int, *, ascii_only: bool = False) -> Text:
    """The panel in characters, `width` of them a line."""
    columns, rows = max(10, width - _GUTTER - 3), panel.lines
    cells: dict[tuple[int, int], tuple[str, str]] = {}
    marks = _ASCII_MARKS if ascii_only else _MARKS
    placed = [
        [
            (round(panel.x.place(x) * (columns - 1)), round(panel.y.place(y) * (rows - 1)))
            for x, y in curve.points
        ]
        for curve in panel.curves
    ]
    for curve, points in zip(panel.curves, placed, strict=True):
        for cell in _line(points):
            cells[cell] = ("." if ascii_only else "·", _STYLES[curve.mark])
    taken: set[tuple[int, int]] = set()
    for curve, points in zip(panel.curves, placed, strict=True):
        for cell in points:
            shown = (_SEVERAL, "bold") if cell in taken else (marks[curve.mark], "bold")
            cells[cell] = (shown[0], f"{shown[1]} {_STYLES[curve.mark]}")
            taken.add(cell)
    lines = [Text(panel.title, style="bold"), *_body(panel, cells, columns, ascii_only=ascii_only)]
    return Text("\n").join([*lines, *_legend(panel, marks, placed, width)])


def _line(points: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The cells between the points, without gaps."""
    found = []
    for (x, y), (to_x, to_y) in pairwise(points):
        steps = max(abs(to_x - x), abs(to_y - y), 1)
        for step in range(steps + 1):
            found.append(
                (x + round((to_x - x) * step / steps), y + round((to_y - y) * step / steps))
            )
    return found


def _body(
    panel: Panel, cells: dict[tuple[int, int], tuple[str, str]], columns: int, *, ascii_only: bool
) -> list[Text]:
    upright, tick, corner, along, below = "|++-+" if ascii_only else "│┤└─┬"
    names = {round(panel.y.place(at) * (panel.lines - 1)): name for at, name in panel.y.ticks}
    lines = []
    for row in reversed(range(panel.lines)):
        line = Text(f"{names.get(row, ''):>{_GUTTER}} ", style="dim")
        line.append(tick if row in names else upright, style="dim")
        for column in range(columns):
            line.append(*cells.get((column, row), (" ", "")))
        line.rstrip()
        lines.append(line)
    ticks = {round(panel.x.place(at) * (columns - 1)): name for at, name in panel.x.ticks[::-1]}
    axis = "".join(below if column in ticks else along for column in range(columns))
    lines.append(Text(" " * (_GUTTER + 1) + corner + axis, style="dim"))
    lines.append(Text(" " * (_GUTTER + 2) + _spread(ticks, columns), style="dim"))
    return lines


def _spread(ticks: dict[int, str], columns: int) -> str:
    """Names under their ticks; one that would touch another is left out."""
    line = ""
    for column, name in sorted(ticks.items()):
        start = max(0, min(column - len(name) // 2, columns - len(name)))
        if not line or start > len(line):
            line = line.ljust(start) + name
    return line


def _legend(
    panel: Panel, marks: str, placed: Sequence[Sequence[tuple[int, int]]], width: int
) -> list[Text]:
    names = [(marks[curve.mark], curve.name, _STYLES[curve.mark]) for curve in panel.curves]
    cells = [cell for points in placed for cell in set(points)]
    if len(cells) != len(set(cells)):
        names.append((_SEVERAL, "several", ""))
    lines = [Text()]
    for mark, name, style in names:
        if len(lines[-1]) and len(lines[-1]) + len(name) + 5 > width:
            lines.append(Text())
        lines[-1].append(f"{'   ' if len(lines[-1]) else ''}{mark}", style=f"bold {style}")
        lines[-1].append(f" {name}")
    return lines


def svg(panels: Sequence[Panel], title: str, *, width: int = 720) -> str:
    """The panels, one below the other, as an SVG document that needs nothing else.

    What is drawn has classes besides its colours, so that a page can give it others.
    """
    left, right = (84, 24) if width >= _WIDE else (56, 16)
    parts, top = [], 20
    for panel in panels:
        if panel.title:
            shown = escape(panel.title)
            parts.append(f'<text x="{left}" y="{top}" font-weight="bold">{shown}</text>')
        legend, below = _svg_legend(panel, (left, top + 18 if panel.title else top), width)
        parts += [*legend, _svg_panel(panel, (left, below), (width - left - right, _high(panel)))]
        top = below + _high(panel) + 46
    height = top - 10
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" font-family="sans-serif" font-size="13" role="img">\n'
        f"<title>{escape(title)}</title>\n"
        f'<rect class="ground" width="{width}" height="{height}" fill="#ffffff"/>\n'
        + "\n".join(parts) + "\n</svg>\n"
    )  # fmt: skip


def _high(panel: Panel) -> int:
    return panel.lines * 20


def _svg_legend(panel: Panel, at: tuple[int, int], width: int) -> tuple[list[str], int]:
    """Names beside their colours, in as many rows as they need; and where the plot begins."""
    (left, top), parts = at, []
    along = left
    for curve in panel.curves:
        wide = 32 + 8 * len(curve.name)
        if along > left and along + wide > width:
            along, top = left, top + 20
        fill = f'class="c{curve.mark}" fill="{COLOURS[curve.mark]}"'
        parts.append(f'<circle {fill} cx="{along + 5}" cy="{top}" r="5"/>')
        parts.append(f'<text x="{along + 15}" y="{top + 5}">{escape(curve.name)}</text>')
        along += wide
    return parts, top + 18


def _svg_panel(panel: Panel, at: tuple[int, int], size: tuple[int, int]) -> str:
    (left, top), (width, height) = at, size

    def x(value: float) -> float:
        return round(left + panel.x.place(value) * width, 1)

    def y(value: float) -> float:
        return round(top + (1 - panel.y.place(value)) * height, 1)

    grid, parts = 'class="grid" stroke="#d0d0d0"', []
    for value, name in panel.y.ticks:
        parts.append(f'<path {grid} d="M{left} {y(value)}H{left + width}"/>')
        parts.append(f'<text x="{left - 8}" y="{y(value) + 4}" text-anchor="end">{name}</text>')
    for value, name in panel.x.ticks:
        parts.append(f'<path {grid} d="M{x(value)} {top}v{height + 5}"/>')
        parts.append(
            f'<text x="{x(value)}" y="{top + height + 20}" text-anchor="middle">{name}</text>'
        )
    for curve in panel.curves:
        mark, colour = f'class="c{curve.mark}"', COLOURS[curve.mark]
        path = " ".join(f"{x(each)},{y(value)}" for each, value in curve.points)
        parts.append(
            f'<polyline {mark} points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        )
        parts += [
            f'<circle {mark} cx="{x(each)}" cy="{y(value)}" r="4" fill="{colour}"/>'
            for each, value in curve.points
        ]
    return "\n".join(parts)


def _short(size: int) -> str:
    for unit, name in ((1_000_000, "M"), (1000, "k")):
        if size >= unit:
            return f"{size / unit:.4g}{name}"
    return str(size)
