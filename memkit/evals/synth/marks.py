"""What became of each item, and shares with intervals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from memkit.evals.measures import Interval, bootstrap, wilson

Verdict = Literal["correct", "omission", "hallucination", "other"]
HIDDEN: Final = "(held out)"


@dataclass(frozen=True, slots=True)
class Mark:
    """One measured item.

    `ok` is None where nothing could be measured: what ends was never read. `read` is false where
    what the answer rests on was not extracted. `text` are the words, not shown for patterns that
    are held out. `cluster` names the life it belongs to: items of one are not independent.
    """

    measure: str
    id: str
    cluster: str
    attribute: str
    ok: bool | None
    pattern: str = ""
    held_out: bool = False
    read: bool = True
    verdict: Verdict | None = None
    expected: str = ""
    found: str = ""
    text: str = ""

    def line(self) -> dict[str, Any]:
        """As a line of JSON, without the words of held-out patterns."""
        shown = self.masked()
        return {name: getattr(shown, name) for name in Mark.__dataclass_fields__}

    def masked(self) -> Mark:
        """The same for the eyes of whoever builds what is measured."""
        return replace(self, text=HIDDEN) if self.held_out and self.text else self


def share(marks: Iterable[Mark]) -> Interval:
    """The share that is right, with 95 %: a bootstrap over lives, Wilson's for fewer than three."""
    counted = [mark for mark in marks if mark.ok is not None]
    values = [float(bool(mark.ok)) for mark in counted]
    clusters = [mark.cluster for mark in counted]
    if len(set(clusters)) < 3:
        return wilson(sum(values), len(values))
    return bootstrap(values, clusters)


def of(marks: Sequence[Mark], measure: str) -> list[Mark]:
    """The marks of one measure."""
    return [mark for mark in marks if mark.measure == measure]
