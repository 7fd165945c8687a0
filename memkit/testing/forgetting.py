"""The kit for forgetting policies."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, get_args, get_type_hints

from memkit.contracts import ForgettingPolicy, Record
from memkit.models import Verdict
from memkit.testing.rules import Rule, require_name
from memkit.testing.samples import NOW, SHIFTS


def check_forgetting(make: Callable[[], ForgettingPolicy]) -> None:
    """Raise `BrokenRule` unless what `make` gives keeps the contract of `ForgettingPolicy`."""
    policy = make()
    require_name(policy)
    with Rule("`forgets` is True or False"):
        assert isinstance(policy.forgets, bool), f"forgets is {policy.forgets!r}"
    with Rule("no records give no verdicts"):
        assert list(policy.judge([], NOW)) == [], "verdicts on nothing"
    records = _records()
    with Rule("records of any age and use can be judged"):
        verdicts = list(policy.judge(records, NOW))
    _check_verdicts(policy, records, verdicts)
    _check_pure(policy, make, records, verdicts)


def _records() -> list[Record]:
    drawn = random.Random(20240601)  # noqa: S311 - the same records in every run
    ages = [0.0, 1e-6, 0.04, 0.5, 1, 2, 6.9, 7, 7.1, 30, 31, 89, 90, 180, 364, 366, 1000, 36500, -2]
    records = []
    for place, age in enumerate(ages * 2):
        created = NOW - timedelta(days=age)
        used = drawn.random() < 0.6
        records.append(
            Record(
                f"r{place}", drawn.choice(["turn", "fact", "summary"]), created,
                created + (NOW - created) * drawn.random() if used else None,
                drawn.randrange(40), drawn.randrange(20) if used else 0,
                drawn.choice([0, 0, 1, 5]) if used else 0, drawn.choice([0, 0, 3]),
                drawn.choice([0, 1, 80, 5000, 4_000_000]),
            )
        )  # fmt: skip
    return records


def _check_verdicts(
    policy: ForgettingPolicy, records: Sequence[Record], verdicts: Sequence[Verdict]
) -> None:
    with Rule("there is one verdict per record, in the order of the records"):
        found = [verdict.id for verdict in verdicts]
        assert found == [record.id for record in records], f"verdicts on {found[:5]}..."
    hints: dict[str, Any] = get_type_hints(Verdict)
    for verdict in verdicts:
        with Rule("a verdict is to keep, archive, compress or expire, with a reason"):
            assert verdict.action in get_args(hints["action"]), f"the action {verdict.action!r}"
            assert verdict.reason.strip(), f"no reason for {verdict.id!r}"
        with Rule("a strength is a finite number, or None"):
            strength = verdict.strength
            assert strength is None or math.isfinite(strength), f"{strength!r}"
    with Rule("a policy that does not forget keeps every record"):
        others = {verdict.action for verdict in verdicts} - {"keep"}
        assert policy.forgets or not others, f"verdicts to {', '.join(sorted(others))}"


def _check_pure(
    policy: ForgettingPolicy,
    make: Callable[[], ForgettingPolicy],
    records: Sequence[Record],
    verdicts: Sequence[Verdict],
) -> None:
    with Rule("the same records and moment give the same verdicts, of every policy made alike"):
        assert list(policy.judge(records, NOW)) == verdicts, "others in a second call"
        assert list(make().judge(tuple(records), NOW)) == verdicts, "others from a second policy"
    with Rule("a verdict does not depend on the order of the records"):
        for seed in range(3):
            shuffled = list(records)
            random.Random(seed).shuffle(shuffled)  # noqa: S311
            found = {verdict.id: verdict for verdict in policy.judge(shuffled, NOW)}
            changed = [v.id for v in verdicts if found.get(v.id) != v]
            assert not changed, f"other verdicts on {', '.join(changed[:5])}"
    with Rule("no clock is read: records and moment moved together get the same verdicts"):
        expected = [verdict.action for verdict in verdicts]
        for shift in SHIFTS:
            moved = [_moved(record, shift) for record in records]
            found_actions = [verdict.action for verdict in policy.judge(moved, NOW + shift)]
            assert found_actions == expected, f"others when all is moved by {shift.days} days"


def _moved(record: Record, shift: timedelta) -> Record:
    last: datetime | None = record.last_used
    return replace(
        record,
        created=record.created + shift,
        last_used=last + shift if last is not None else None,
    )
