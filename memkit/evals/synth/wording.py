"""Sayings put into words on a day, with what the words then claim."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from random import Random
from typing import Final

from memkit.evals.synth import whens
from memkit.evals.synth.claims import Claim, Span, Value
from memkit.evals.synth.patterns import Pattern, groups
from memkit.evals.synth.sayings import LATE, Saying

_OPEN: Final = frozenset({"when", "when_since", "since"})


@dataclass(frozen=True, slots=True)
class Worded:
    """A pattern with its blanks filled, and the claims it makes."""

    pattern: Pattern
    text: str
    claims: tuple[Claim, ...]


class Wording:
    """Deals the patterns of each group so that all are used about equally often."""

    def __init__(self, draw: Random) -> None:
        self._draw = draw
        self._decks: dict[str, list[Pattern]] = {}

    def pattern(
        self, group: str, blanks: frozenset[str], needed: frozenset[str] = frozenset(), *,
        recent: bool = False,
    ) -> Pattern:  # fmt: skip
        """The next pattern that asks for no other blanks, and for one of `needed` if any.

        Of what is `recent` none that says it has been so for long.
        """
        for turn in range(2):
            deck = self._decks.setdefault(group, [])
            for place, pattern in enumerate(deck):
                fits = pattern.blanks <= blanks and (not needed or pattern.blanks & needed)
                if fits and not (recent and pattern.lasting):
                    return deck.pop(place)
            if not turn:
                fresh = list(groups()[group])
                self._draw.shuffle(fresh)
                deck.extend(fresh)
        raise LookupError(f"No pattern of {group} can say it with {sorted(blanks)}.")

    def word(self, saying: Saying, said: datetime, style: str = "plain") -> Worded:
        """The saying as it is said at that moment; style `lower` is all in small letters."""
        value = saying.value_on(said.date()) if saying.value_on else saying.value
        assert value is not None
        filled, spans = self._filled(saying, value, said.date())
        late = saying.event is not None and (said.date() - saying.event).days > LATE
        dated = any(each.blanks & _OPEN for each in groups()[saying.group])
        needed = _OPEN if late and dated and saying.form in ("new", "end") else frozenset()
        recent = saying.recent or saying.event is not None
        pattern = self.pattern(saying.group, frozenset(filled), needed, recent=recent)
        if "gerund" in pattern.blanks:
            value = replace(value, text=filled["gerund"], accepted=(value.text,))
        used = {name: spans[name] for name in pattern.blanks & set(spans)}
        claim = Claim(
            saying.subject, saying.attribute, value, said, saying.form, _since(used),
            used.get("until"), saying.old, saying.several,
        )  # fmt: skip
        claims = [claim]
        if saying.relation is not None:
            subject, attribute, relative = saying.relation
            claims.append(Claim(subject, attribute, relative, said, "state",
                                several=attribute not in ("mother", "father")))  # fmt: skip
        write = lowered if style == "lower" else fill
        return Worded(pattern, write(pattern.text, filled), tuple(claims))

    def _filled(
        self, saying: Saying, value: Value, said: date
    ) -> tuple[dict[str, str], dict[str, Span]]:
        """Every blank that can be filled, and what those about time may mean."""
        filled = {**value.shown, **saying.blanks}
        if saying.old is not None and saying.old.text != value.text:
            filled |= {
                "old": saying.old.shown["value"],
                "a_old": saying.old.shown.get("a_value", ""),
            }
        elif saying.form == "end":
            filled["old"] = value.shown["value"]
        times = self._times(saying, said)
        filled |= {name: when.text for name, when in times.items()}
        if value.kind == "date" and saying.event is not None:
            filled["on"], filled["bare"] = whens.appointed(saying.event, said, self._draw)
        return filled, {name: when.span for name, when in times.items()}

    def _times(self, saying: Saying, said: date) -> dict[str, whens.When]:
        event, draw = saying.event, self._draw
        if saying.form in ("past", "span"):
            days = {"since": event, "until": saying.until}
            return {name: _calendar(day, years=saying.years)
                    for name, day in days.items() if day is not None}  # fmt: skip
        if event is None:
            return {}
        if event > said:
            bare = whens.future_bare(event, said, draw)
            return {"when": whens.future(event, said, draw), "since": bare}
        found = {"when": whens.past(event, said, draw)}
        if event < said:
            found["when_since"] = whens.past_bare(event, said, draw)
        return found


def _calendar(day: date, *, years: bool) -> whens.When:
    if years:
        return whens.When(str(day.year), (date(day.year, 1, 1), date(day.year, 12, 31)))
    return whens.When(
        f"{whens.MONTHS[day.month]} {day.year}", whens.whole_month(day.year, day.month)
    )


def _since(used: Mapping[str, Span]) -> Span | None:
    return used.get("when") or used.get("when_since") or used.get("since")


def fill(text: str, blanks: Mapping[str, str]) -> str:
    """The sentence, begun with a capital."""
    made = text.format_map(blanks)
    return made[:1].upper() + made[1:]


def lowered(text: str, blanks: Mapping[str, str]) -> str:
    """The sentence in small letters but for what fills the blanks."""
    parts = []
    for literal, name, _, _ in string.Formatter().parse(text):
        parts.append(literal.lower())
        if name:
            parts.append(blanks[name])
    return "".join(parts)
