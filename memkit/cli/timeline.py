"""`timeline`: how much was said when, as bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, Final, Literal

import typer
from rich.console import Console
from rich.text import Text

from memkit.cli import printing
from memkit.cli.arguments import FilterOption, filter_of
from memkit.cli.call import Call, on_store
from memkit.cli.printing import console, counted, one_line
from memkit.models import Turn

_Unit = Literal["year", "month", "week", "day", "session"]
By = Literal["auto", "year", "month", "week", "day", "session"]
_SPANS: Final[Sequence[tuple[int, _Unit]]] = ((45, "day"), (400, "week"), (5000, "month"))
"""Up to so many days from the first turn to the last, this is what a bar stands for."""
_MOST_EMPTY: Final = 3
"""So many periods in a row are shown without a turn; of a longer gap, only how long it is."""


@on_store()
def timeline(
    call: Call,
    by: Annotated[
        By, typer.Option(help="What one bar stands for; auto goes by how much time there is.")
    ] = "auto",
    filter: FilterOption = None,
) -> None:
    """Chart how many turns there are per day, week, month, year or session.

    With --json: a list of `{"period", "turns"}`; a week is named by its Monday.

    Example:

        memkit timeline notes.mem --by day
    """
    turns = [turn for turn in call.scope.turns(filter=filter_of(filter)) if turn.when is not None]
    unit = _fitting(turns) if by == "auto" else by
    tally = Counter(_period(turn, unit) for turn in turns)
    # Sessions stay in the order of their first turn.
    periods = list(tally) if unit == "session" else sorted(tally)
    found = [{"period": period, "turns": tally[period]} for period in periods]
    call.answer(found, lambda: _print_chart(console(), unit, {p: tally[p] for p in periods}))


def _fitting(turns: Sequence[Turn]) -> _Unit:
    days = [turn.when.date() for turn in turns if turn.when is not None]
    span = (max(days) - min(days)).days if days else 0
    return next((unit for most, unit in _SPANS if span <= most), "year")


def _period(turn: Turn, unit: _Unit) -> str:
    if unit == "session":
        return turn.session or "(none)"
    assert turn.when is not None
    day = turn.when.date()
    if unit == "week":
        day -= timedelta(days=day.weekday())
    return day.isoformat()[: {"year": 4, "month": 7, "week": 10, "day": 10}[unit]]


def _print_chart(out: Console, unit: _Unit, tally: Mapping[str, int]) -> None:
    if not tally:
        out.print("There are no turns to chart.")
        return
    label = min(max(map(len, tally)), out.width // 3)
    largest = max(tally.values())
    number = len(f"{largest:,}")
    room = max(8, out.width - label - number - 3)
    for period, turns in _with_gaps(unit, tally):
        if turns is None:
            out.print(f"{'':{label}} {'·':>{number}} {period}", style="dim", no_wrap=True)
            continue
        name = Text(one_line(period))
        name.truncate(label, overflow="ellipsis", pad=True)
        name.append(f" {turns:>{number},} ")
        drawn = printing.bar(turns / largest, room, ascii_only=out.options.ascii_only)
        mark = drawn or ("." if out.options.ascii_only else "▏") if turns else ""
        out.print(name.append(mark, style="cyan"), no_wrap=True, overflow="crop")
    total = sum(tally.values())
    mean = f"{total / len(tally):,.1f} a {unit} that has any" if len(tally) > 1 else ""
    told = f"{counted(total, 'turn')} in {counted(len(tally), unit)}"
    out.print(f"{told}; {mean}." if mean else f"{told}.", style="dim")


def _with_gaps(unit: _Unit, tally: Mapping[str, int]) -> Iterator[tuple[str, int | None]]:
    """Every period with its turns, 0 where there are none; long gaps as a note and None."""
    before: str | None = None
    for period, turns in tally.items():
        if before is not None and unit != "session":
            between = list(_between(unit, before, period))
            if len(between) > _MOST_EMPTY:
                yield f"no turn for {counted(len(between), unit)}", None
            else:
                yield from ((empty, 0) for empty in between)
        yield period, turns
        before = period


def _between(unit: _Unit, before: str, after: str) -> Iterator[str]:
    """The periods from one to another, without either."""
    size = len(before)
    day, last = (date.fromisoformat((one + "-01-01")[:10]) for one in (before, after))
    while (day := _next(unit, day)) < last:
        yield day.isoformat()[:size]


def _next(unit: _Unit, day: date) -> date:
    if unit == "year":
        return day.replace(year=day.year + 1)
    if unit == "month":
        return (day + timedelta(days=31)).replace(day=1)
    return day + timedelta(days=7 if unit == "week" else 1)
