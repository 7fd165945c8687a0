"""What the claims of a world come to: who has what when, and as known when.

Written apart from `memkit.knowledge`, so that one can be held against the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from memkit.evals.synth.claims import Claim, Value, World

BELIEVED: Final = ("statement", "taken back", "confirmed")
"""The kinds of items that make claims."""
Slot = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A value from a day on until the day before another; `since` None: nobody said."""

    value: Value
    since: date | None
    until: date | None = None
    retracted: bool = False


def slots(world: World) -> dict[Slot, list[Claim]]:
    """The claims of each subject and attribute, in the order said."""
    found: dict[Slot, list[Claim]] = {}
    for item in world.items:
        if item.kind in BELIEVED:
            for claim in item.claims:
                found.setdefault((claim.subject, claim.attribute), []).append(claim)
    return {slot: sorted(claims, key=lambda claim: claim.said) for slot, claims in found.items()}


def fold(claims: Sequence[Claim], as_of: datetime | None = None) -> list[Stretch]:
    """The values of one slot by the time they hold, as known at `as_of`."""
    standing: list[tuple[date, Claim]] = []
    gone: list[Stretch] = []
    for claim in claims:
        if as_of is None or claim.said <= as_of:
            _take(claim, standing, gone)
    if not any(claim.several for claim in claims):
        return _chain(standing) + gone
    values = dict.fromkeys(claim.value.text for _, claim in standing)
    chains = ([pair for pair in standing if pair[1].value.text == text] for text in values)
    return [stretch for chain in chains for stretch in _chain(chain)] + gone


def held(stretches: Iterable[Stretch], at: date) -> list[Value]:
    """What holds on a day."""
    found = {
        each.value.text: each.value for each in stretches
        if not each.retracted and each.since is not None and each.since <= at
        and (each.until is None or at < each.until)
    }  # fmt: skip
    return list(found.values())


def _take(claim: Claim, standing: list[tuple[date, Claim]], gone: list[Stretch]) -> None:
    """Add a claim, or let it take back an earlier one.

    "In March" begins when March ends: what was said to hold within that month held until then.
    """
    start = min(claim.since[1], claim.said.date()) if claim.since else claim.start
    if claim.form == "soon" and claim.since:
        start = claim.since[1]
    if claim.form in ("correction", "retraction") and claim.old is not None:
        wrong = [pair for pair in standing if pair[1].value.text == claim.old.text]
        for pair in wrong if claim.form == "correction" else wrong[-1:]:
            standing.remove(pair)
        if wrong:
            gone.append(Stretch(claim.old, None, retracted=True))
            start = wrong[0][0]
        if claim.form == "retraction":
            return
    standing.append((start, claim))


def _chain(standing: Sequence[tuple[date, Claim]]) -> list[Stretch]:
    """Values one after the other: another one ends the one before, the same one confirms it."""
    found: list[Stretch] = []
    for start, claim in sorted(standing, key=lambda pair: (pair[0], pair[1].said)):
        if claim.form == "past":
            found.insert(0, Stretch(claim.value, None, claim.until and claim.until[0]))
            continue
        last = found[-1] if found else None
        if claim.form == "end":
            found[:] = [_ended(each, claim, start) for each in found]
            continue
        goes_on = last is not None and last.since is not None and last.until is None
        if last is not None and goes_on:
            if last.value.text == claim.value.text:
                continue
            found[-1] = replace(last, until=start)
        found.append(Stretch(claim.value, start, claim.until and claim.until[0]))
    return found


def _ended(stretch: Stretch, claim: Claim, day: date) -> Stretch:
    same = stretch.value.text == claim.value.text and stretch.since is not None
    return replace(stretch, until=day) if same and stretch.until is None else stretch
