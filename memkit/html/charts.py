"""Plots inside a page: curves, and bars with their intervals; they follow its light and dark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from memkit import plot
from memkit.evals.measures import Interval
from memkit.html.page import Markup, tag

_WIDTH: Final = 380
_ROW: Final = 16
MOST: Final = len(plot.COLOURS)
"""More curves than there are colours are not drawn."""


def curves(
    title: str, of: Mapping[str, Sequence[plot.Point]], x: plot.Axis, *, note: str = ""
) -> Markup:
    """Shares (0..1) by name over an axis."""
    drawn = [plot.Curve(name, mark, points)
             for mark, (name, points) in enumerate(list(of.items())[:MOST])]  # fmt: skip
    every = [share for curve in drawn for _, share in curve.points]
    panel = plot.Panel("", drawn, x, plot.shares([*every, 1.0]), 9)
    return figure(title, plot.svg([panel], title, width=_WIDTH), note)


def bars(
    title: str, rows: Sequence[tuple[str, Mapping[str, Interval]]], *, note: str = "",
    most: float = 1.0, unit: str = "",
) -> Markup:  # fmt: skip
    """For each row its name, and below it one bar for each of its names, with its interval.

    `most` is the value that a bar as long as the plot stands for.
    """
    names = list(dict.fromkeys(name for _, values in rows for name in values))[:MOST]
    parts, legend_end = _legend(names)
    top = legend_end
    for label, values in rows:
        n = max((one.n for one in values.values()), default=0)
        counted = f" ({n:,})" if n else ""
        parts.append(f'<text x="4" y="{top + 13}">{escape(_cut(label))}{counted}</text>')
        top += 20
        for mark, name in enumerate(names):
            if name in values:
                parts.append(_bar(values[name], mark, top, most, unit))
                top += _ROW
        top += 8
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top}" width="{_WIDTH}" '
        f'height="{top}" font-size="13" role="img"><title>{escape(title)}</title>\n'
        + "\n".join(parts) + "</svg>"
    )  # fmt: skip
    return figure(title, drawn, note)


def figure(title: str, drawn: str, note: str = "") -> Markup:
    """A drawing with what it shows above it, and how to read it below."""
    below = tag("p", note, class_="quiet small") if note else ""
    return tag("figure", tag("figcaption", title), Markup(drawn), below)


def _bar(value: Interval, mark: int, top: int, most: float, unit: str) -> str:
    room = _WIDTH - 80

    def x(share: float) -> float:
        return round(4 + room * max(0.0, min(1.0, share / (most or 1.0))), 1)

    middle, colour = top + 6, plot.COLOURS[mark]
    long = round(max(x(value.mean) - 4, 1), 1)
    digits = 0 if value.mean >= 100 else 1
    shown = f"{value.mean:,.{digits}f}{unit}".rstrip() if unit else f"{value.mean:.3f}"
    parts = [
        f'<rect class="bar c{mark}" x="4" y="{top}" width="{long}" height="12" fill="{colour}"/>',
        f'<text x="{_WIDTH - 4}" y="{top + 11}" text-anchor="end">{shown}</text>',
    ]
    if value.high > value.low:
        low, high = x(value.low), x(value.high)
        parts.append(
            f'<path class="whisker" d="M{low} {middle}H{high}M{low} {middle - 4}v8M{high} '
            f'{middle - 4}v8"/>'
        )
    return "".join(parts)


def _legend(names: Sequence[str]) -> tuple[list[str], int]:
    """Names beside their colours; where the bars begin."""
    if len(names) < 2:
        return [], 4
    parts, along, top = [], 4, 10
    for mark, name in enumerate(names):
        wide = 24 + 8 * len(name)
        if along > 4 and along + wide > _WIDTH:
            along, top = 4, top + 20
        colour = plot.COLOURS[mark]
        parts.append(f'<circle class="c{mark}" fill="{colour}" cx="{along + 5}" cy="{top}" r="5"/>')
        parts.append(f'<text x="{along + 14}" y="{top + 5}">{escape(name)}</text>')
        along += wide
    return parts, top + 16


def _cut(label: str) -> str:
    return label if len(label) <= 44 else label[:43] + "…"
