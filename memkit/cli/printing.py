"""What the commands print with: tables and bars for people, JSON for programs."""

from __future__ import annotations

import json
import re
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from rich.console import Console
from rich.padding import Padding
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table
from rich.text import Text

from memkit.cli import paging
from memkit.cli.times import minute, told
from memkit.models import Hit, JournalEntry, Turn, plain
from memkit.text import stem, terms, words
from memkit.types import Progress as Advance

__all__ = [
    "NARROW", "bar", "console", "counted", "minute", "note", "one_line", "print_entries",
    "print_hit", "print_json", "print_signals", "print_turns", "progress", "table", "told",
    "visible", "working",
]  # fmt: skip

NARROW: Final = 80
"""Below this many columns, tables leave out what can be had from `show`."""
_PATIENCE_S: Final = 0.5
_LEAST_REST: Final = 16
"""The column that takes what is left has so many characters, whatever the others ask for."""
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_EIGHTHS: Final = " ▏▎▍▌▋▊▉"


class _Output(Console):
    """Rich's console, but a reader who has left is told to the edge, not answered with exit 1."""

    def on_broken_pipe(self) -> None:
        """Called by rich on a `BrokenPipeError`."""
        self.quiet = True
        raise BrokenPipeError


def console(*, stderr: bool = False) -> Console:
    """A console as wide as the terminal, without colours where none are wanted."""
    page = None if stderr else paging.page()
    return _Output(
        stderr=stderr, file=page, force_terminal=True if page is not None else None,
        highlight=False, markup=False, emoji=False, soft_wrap=False,
    )  # fmt: skip


def print_json(value: Any) -> None:
    """A record, or anything of records, as one JSON document."""
    ascii_only = (sys.stdout.encoding or "ascii").lower().replace("-", "") != "utf8"
    sys.stdout.write(json.dumps(plain(value), ensure_ascii=ascii_only, indent=2) + "\n")


def note(text: str) -> None:
    """A line for the person at the terminal, on standard error."""
    sys.stderr.write(f"memkit: {one_line(text)}\n")


def visible(text: str) -> str:
    """Stored text without the characters that would command the terminal it is shown on."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """Stored text in one line."""
    return visible(" ".join(text.split()))


def counted(number: int, noun: str) -> str:
    """`1 turn`, `2 turns`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def table(*columns: str, right: Sequence[str] = (), rest: str | None = None) -> Table:
    """A table without lines; the column `rest` takes what the others leave, cut at its end."""
    made = Table(box=None, pad_edge=False, header_style="bold", expand=rest is not None)
    for name in columns:
        made.add_column(
            name, justify="right" if name in right else "left", no_wrap=True,
            overflow="ellipsis", ratio=1 if name == rest else None,
            width=_LEAST_REST if name == rest else None,
        )  # fmt: skip
    return made


def bar(share: float, width: int, *, ascii_only: bool = False) -> str:
    """A bar as long as `share` (0..1) of `width` characters."""
    eighths = round(max(0.0, min(1.0, share)) * width * 8)
    if ascii_only:
        return "#" * round(eighths / 8)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def print_turns(out: Console, turns: Sequence[Turn]) -> None:
    """One row per turn."""
    wide = out.width >= NARROW
    names = ("id", "when", "speaker", *(("session",) if wide else ()), "text")
    made = table(*names, rest="text")
    for turn in turns:
        session = (_cell(turn.session or "", 16),) if wide else ()
        made.add_row(
            _cell(turn.id, 24 if wide else 14), told(turn.when, short=not wide),
            _cell(turn.speaker or turn.role or "", 14 if wide else 10), *session,
            Text(one_line(turn.text)[:400]),
        )  # fmt: skip
    out.print(made)


def print_hit(out: Console, rank: int, hit: Hit, *, full: bool, query: str = "") -> None:
    """A hit's place, score and origin on one line, its words below, with those asked for marked."""
    said_by = [one_line(part) for part in (hit.speaker, told(hit.when), hit.session) if part]
    head = Text(f"{rank:>2}  ", style="dim")
    head.append(f"{hit.score:.2f}", style="bold green")
    ids = hit.sources[:3] if hit.kind == "turn" else (hit.id,)
    head.append(f"  {one_line(', '.join(ids))}", style="cyan")
    said_by += [f"archived {told(hit.archived)}"] if hit.archived is not None else []
    head.append(f"  {' · '.join(said_by)}", style="dim")
    out.print(head, no_wrap=True, overflow="ellipsis")
    text = visible(hit.text).strip()
    asked = frozenset(terms(query))
    if not full and len(text) > _excerpt(out):
        text = _around(text, asked, _excerpt(out))
    out.print(Padding(marked(text, asked), (0, 0, 0, 4)))


def marked(text: str, asked: frozenset[str]) -> Text:
    """The text with the words whose stems are asked for in bold."""
    shown = Text(text)
    for start, stop in _places(text, asked):
        shown.stylize("bold magenta", start, stop)
    return shown


def _places(text: str, asked: frozenset[str]) -> list[tuple[int, int]]:
    if not asked:
        return []
    return [
        found.span()
        for found in _WORD.finditer(text)
        if any(stem(word) in asked for word in words(found.group()))
    ]


def _around(text: str, asked: frozenset[str], length: int) -> str:
    """So much of a long text, from its beginning, or from where the first word asked for is."""
    places = _places(text, asked)
    start = 0
    if places and places[0][0] > length // 2:
        start = text.rfind(" ", 0, places[0][0] - length // 4) + 1
    cut = text[start : start + length].strip()
    before = "… " if start else ""
    return f"{before}{cut}{' …' if start + length < len(text) else ''}"


def print_signals(out: Console, why: Mapping[str, float]) -> None:
    """What each signal contributed, as bars against the largest."""
    largest = max((abs(value) for value in why.values()), default=0.0) or 1.0
    name_width = max((len(name) for name in why), default=0)
    room = max(8, min(40, out.width - name_width - 16))
    for name, value in sorted(why.items(), key=lambda pair: -abs(pair[1])):
        line = Text(f"    {one_line(name):<{name_width}} {value:>8.3f}  ")
        drawn = bar(abs(value) / largest, room, ascii_only=out.options.ascii_only)
        line.append(drawn, style="green" if value >= 0 else "red")
        out.print(line, no_wrap=True, overflow="crop")


def print_entries(out: Console, entries: Sequence[JournalEntry]) -> None:
    """One row per journal entry."""
    made = table("entry", "when", "action", "what", right=("entry",), rest="what")
    for entry in entries:
        made.add_row(
            str(entry.id), told(entry.when, short=out.width < NARROW), entry.action,
            Text(one_line(_what(entry))),
            style="dim" if entry.undone_by is not None else "",
        )  # fmt: skip
    out.print(made)


@contextmanager
def progress(what: str) -> Iterator[Advance | None]:
    """A bar with a rate on standard error, for long work; nothing where no one is looking."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), _Rate())
    with Progress(*columns, console=console(stderr=True), transient=True) as shown:
        task = shown.add_task(what, total=None, visible=False)

        def advance(done: int, total: int) -> None:
            # Short work calls back once, at its end, and gets no bar.
            long = done < total or shown.tasks[0].visible
            shown.update(task, completed=done, total=total, visible=long)

        yield advance


@contextmanager
def working(what: str) -> Iterator[None]:
    """A sign of life and the time passed, for long work of unknown length; short work has none."""
    if not sys.stderr.isatty():
        yield
        return
    columns = (SpinnerColumn("line"), TextColumn(what), TimeElapsedColumn())
    shown = Progress(*columns, console=console(stderr=True), transient=True)
    shown.add_task(what, total=None)
    begin = threading.Timer(_PATIENCE_S, shown.start)
    begin.daemon = True
    begin.start()
    try:
        yield
    finally:
        begin.cancel()
        begin.join()
        shown.stop()


class _Rate(ProgressColumn):
    """Steps per second."""

    def render(self, task: Task) -> Text:
        """The rate so far."""
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f}/s" if speed else "", style="dim")


def _cell(text: str, most: int) -> Text:
    shown = Text(one_line(text))
    shown.truncate(most, overflow="ellipsis")
    return shown


def _excerpt(out: Console) -> int:
    return 4 * (out.width - 4)


def _what(entry: JournalEntry) -> str:
    shown = ", ".join(entry.records[:3])
    if len(entry.records) > 3:
        shown += f" and {len(entry.records) - 3} more"
    parts = [
        entry.reason,
        f"undoes {entry.undoes}" if entry.undoes is not None else "",
        f"({shown})" if shown else "",
        f"[undone by {entry.undone_by}]" if entry.undone_by is not None else "",
    ]
    return " ".join(filter(None, parts))
