"""Times as a person would tell them, from words said relative to the moment of a message."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from memkit.periods import Phrase, phrases


def told(sentence: str, said: datetime) -> str:
    """When what a sentence tells of was: its own time, else the day it was said."""
    for phrase in phrases(sentence, said):
        if phrase.since is not None and phrase.until is not None:
            return _as_said(phrase, said.date())
    return day_of(said.date())


def day_of(day: date) -> str:
    """As in "7 May 2023"."""
    return f"{day.day} {day:%B %Y}"


def _as_said(phrase: Phrase, said: date) -> str:
    assert phrase.since is not None and phrase.until is not None
    length = phrase.until - phrase.since
    if length <= timedelta(days=1):
        return day_of(phrase.since)
    if length <= timedelta(days=7):
        return f"the week before {day_of(said)}"
    if length <= timedelta(days=31):
        return f"{phrase.since:%B %Y}"
    return f"{phrase.since.year}"
