"""`memkit bench --recipes`: what each recipe costs, beside the default."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from rich.table import Table
from rich.text import Text

from memkit.cli import printing, tables
from memkit.evals import pace
from memkit.evals.pace import ACTS, Pace
from memkit.evals.recipes import DEFAULT
from memkit.models import plain
from memkit.recipe import Recipe

_NARROW: Final = (pace.ADD, pace.MAINTAIN, pace.SEARCH, pace.RECALL)
_MEANING: Final = (
    f"Times the default's, which stands first, in milliseconds, by the processor's time in a race "
    f"of the two; beyond {pace.WITHIN:g} marked."
)
_MEANINGS: Final = {
    pace.ADD: "all turns, in batches",
    pace.FIRST: "the first search, which makes the indexes",
    pace.MAINTAIN: "of all turns",
    pace.ONE: "a turn by itself",
    pace.AGAIN: "maintain after a session more",
    pace.SEARCH: "median",
    pace.WRITE: "the recipe's own verb, beside one",
    pace.RECALL: "the recipe's own verb, beside search",
}


def measured(
    recipes: dict[str, type[Recipe]], sizes: Sequence[int], runs: int, *, told: bool
) -> list[Pace]:
    """Every recipe at every size; each is told of on standard error as it is done."""
    found = []
    for size in sizes:
        for one in pace.races(recipes, size, runs=runs):
            found.append(one)
            if told:
                acts = ", ".join(f"{name} {act.ratio:.2g}" for name, act in one.acts.items())
                printing.note(f"{one.recipe} {size}: {acts}")
    return found


def show(found: Sequence[Pace]) -> None:
    """A table for each size."""
    out = tables.console()
    for size in dict.fromkeys(one.turns for one in found):
        out.print(_table([one for one in found if one.turns == size], out.width))
        out.print()
    told = [f"{act}: {_MEANINGS[act]}." for act in _acts(out.width)]
    out.print(Text(" ".join([_MEANING, *told]), style="dim"))


def document(found: Sequence[Pace]) -> list[dict[str, Any]]:
    """One object per recipe and size, JSON-ready."""
    return [{**plain(one), "beyond": list(one.beyond)} for one in found]


def _acts(width: int) -> tuple[str, ...]:
    return ACTS if width >= printing.NARROW else _NARROW


def _table(found: Sequence[Pace], width: int) -> Table:
    acts = _acts(width)
    made = printing.table(f"{found[0].turns:,} turns", *acts, right=acts)
    made.add_row(DEFAULT, *(_default(found, act) for act in acts), style="bold")
    for one in found:
        made.add_row(printing.one_line(one.recipe), *(_times(one, act) for act in acts))
    return made


def _default(found: Sequence[Pace], act: str) -> str:
    """The middle one of the default's figures, in milliseconds."""
    known = sorted(one.acts[act].default for one in found if act in one.acts)
    own = act in (pace.WRITE, pace.RECALL)
    return f"{known[len(known) // 2]:,.2f}" if known and not own else ""


def _times(one: Pace, act: str) -> Text:
    if act not in one.acts:
        return Text("")
    return Text(f"{one.acts[act].ratio:.1f}", style="red" if act in one.beyond else "")
