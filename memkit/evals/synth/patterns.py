"""Every way to say a thing, told apart by whether it is held out."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from memkit.evals.synth import (
    held_out,
    held_out_back,
    held_out_changes,
    held_out_traps,
    said_back,
    said_changes,
    said_daily,
    said_people,
    said_self,
    said_traps,
)

TRAPS: Final = tuple(said_traps.SAID)
"""The groups of what is not to be believed, and `confirmed`, which is."""
_LASTING: Final = re.compile(
    r"for (?:years|ages|a few years|six years|a while|ten years|half my life)|always (?:been|have)"
    r"|all my life|all-time|after all these years|since (?:forever|I was|last year)|still do"
    r"|what I still do|together for years|that's still"
)
"""What cannot be said of something that began a month ago."""
_VISIBLE: Final = (said_self, said_daily, said_people, said_changes, said_back, said_traps)
_HELD_OUT: Final = (held_out, held_out_changes, held_out_back, held_out_traps)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to say a thing, with blanks in braces.

    `group` is what is said and, after a dot, in which form. `also` names attributes of which a
    reader may find a fact here besides those of the gold.
    """

    id: str
    group: str
    text: str
    held_out: bool
    also: tuple[str, ...] = ()

    @property
    def lasting(self) -> bool:
        """Says that it has been so for long."""
        return _LASTING.search(self.text) is not None

    @property
    def blanks(self) -> frozenset[str]:
        """The names of the blanks."""
        return frozenset(name for _, name, _, _ in string.Formatter().parse(self.text) if name)


@lru_cache(maxsize=1)
def groups() -> Mapping[str, tuple[Pattern, ...]]:
    """The patterns of each group, those to be seen first."""
    found: dict[str, list[Pattern]] = {}
    for modules, apart in ((_VISIBLE, False), (_HELD_OUT, True)):
        for module in modules:
            for group, text in module.SAID.items():
                lines = text.strip().splitlines()
                made = [_pattern(group, number, line, apart)
                        for number, line in enumerate(lines, 1)]  # fmt: skip
                found.setdefault(group, []).extend(made)
    return {group: tuple(patterns) for group, patterns in found.items()}


def _pattern(group: str, number: int, line: str, held_out: bool) -> Pattern:
    text, _, also = line.partition(" ~ ")
    mark = "h" if held_out else "v"
    return Pattern(
        f"{group}#{mark}{number}", group, text, held_out, tuple(filter(None, also.split(", ")))
    )
