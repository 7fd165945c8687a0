"""The times of a statement, resolved by code against the moment it was said."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from memkit.extract.evidence import Evidence
from memkit.periods import Phrase, phrases

_DAY: Final = timedelta(days=1)


def times_of(evidence: Evidence) -> dict[str, str]:
    """`since`, `until` (the first day after) and `phrase` of the one time that was named."""
    found = evidence.ground().times()
    if len({(one.since, one.until) for one in found}) != 1:
        return {}
    [one] = found[:1]
    known = {"since": one.since, "until": one.until}
    return {
        "phrase": one.text,
        **{name: day.isoformat() for name, day in known.items() if day is not None},
    }


def dated(text: str, evidence: Evidence) -> str:
    """The statement with the days meant behind each time that depends on when it was said."""
    when = evidence.holding()[0].turn.when
    if when is None:
        return text
    meant = {one.text.casefold(): one for one in evidence.ground().times()}
    for phrase in reversed(phrases(text, when)):
        said = meant.get(phrase.text.casefold())
        if said is not None and not _is_absolute(said):
            text = f"{text[: phrase.end]} ({_days(said)}){text[phrase.end :]}"
    return text


def _is_absolute(phrase: Phrase) -> bool:
    """Whether the phrase names its year itself, or says too little to be resolved."""
    if phrase.since is None or phrase.until is None:
        return True
    return str(phrase.since.year) in phrase.text


def _days(phrase: Phrase) -> str:
    assert phrase.since is not None
    assert phrase.until is not None
    first, last = phrase.since, phrase.until - _DAY
    around = "about " if phrase.approximate else ""
    if first == last:
        return f"{around}{first}"
    if (first.day, first.month, last) == (1, 1, date(first.year, 12, 31)):
        return f"{around}{first.year}"
    if first.day == 1 and (last + _DAY).day == 1 and (last - first).days < 31:
        return f"{around}{first:%Y-%m}"
    return f"{around}{first} to {last}"
