"""How a value stands: what tense, denial and times come to for the claim."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from memkit.extract.times import NOWHEN, Bounds
from memkit.extract.verbs import Group

__all__ = ["ANY_MORE", "Standing"]

_PERMANENT: Final = frozenset(("hometown", "birthplace", "birthday", "name"))
_TASTES: Final = frozenset(("like", "dislike"))
_NO_PAST: Final = frozenset(
    ("like", "dislike", "hobby", "owns", "language", "age", "height", "weight")
)
_ONCE: Final = frozenset(("formerly", "previously", "once"))
ANY_MORE: Final = re.compile(
    r"\b(?:any ?more|any longer|no longer|these days|nowadays|after all)\b", re.IGNORECASE
)
_LIFELONG: Final = re.compile(
    r"\b(?:all|my whole|my entire|her whole|his whole) (?:my |his |her )?life\b|\bever since\b|"
    r"\balways\b|\bso far\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A value that was said of an attribute, in these words, at this moment.

    `aspect`: state (holds as the tense says), begins, ends, left (what a change leads away from),
    former. `denied`: the denial is part of what is said ("can't stand").
    """

    attribute: str
    aspect: str
    words: str
    when: datetime | None
    denied: bool = False

    def settle(self, group: Group, times: Bounds) -> tuple[str, Bounds] | None:
        """Mood and times of the claim, or None where nothing is claimed."""
        denied = group.denied and not self.denied
        aspect = self.aspect
        if group.phase == "ends":
            aspect = "ends" if aspect == "state" else ""
        elif group.phase == "begins" and aspect == "state":
            aspect = "begins"
        if aspect == "state":
            return self._denied(group, times) if denied else self._state(group, times)
        if aspect == "begins":
            return self._begins(group, times, denied)
        if denied:
            return None
        if aspect == "ends":
            return self._ends(group, times)
        if aspect == "left":
            past = group.tense in ("past", "perfect")
            return "assertion", self._closed(Bounds(None, None, times.since)) if past else NOWHEN
        return ("assertion", self._closed(times)) if aspect == "former" else None

    def _denied(self, group: Group, times: Bounds) -> tuple[str, Bounds] | None:
        if group.tense not in ("present", "progressive"):
            return None
        if self.attribute in _TASTES and not ANY_MORE.search(self.words):
            return None
        return "negation", _start(times) if times.since and not times.open else NOWHEN

    def _state(self, group: Group, times: Bounds) -> tuple[str, Bounds] | None:
        if self.denied and ANY_MORE.search(self.words):
            return None  # "I don't like it any more" is about the like, not the dislike
        open = times if times.open else NOWHEN
        tense = "past" if group.habit or group.adverbs & _ONCE else group.tense
        if tense in ("present", "progressive"):
            return "assertion", open
        if tense == "perfect":
            return ("assertion", open) if self._goes_on(group, open) else None
        if tense == "future" and self.attribute in _TASTES:
            return "assertion", NOWHEN
        if tense == "future":
            return ("plan", _start(times)) if self._is_ahead(times) else None
        if self.attribute in _PERMANENT:
            return "assertion", NOWHEN
        if self.attribute in _NO_PAST:
            over = group.habit and self.attribute in ("like", "hobby")
            return ("negation", NOWHEN) if over else None
        return "assertion", self._closed(times)

    def _goes_on(self, group: Group, open: Bounds) -> bool:
        """Whether a perfect tells of what still is: "have been living", "have lived for years"."""
        if group.ongoing or group.lemma == "be" or self.attribute in _TASTES | _PERMANENT:
            return True
        return open.since is not None or _LIFELONG.search(self.words) is not None

    def _begins(self, group: Group, times: Bounds, denied: bool) -> tuple[str, Bounds] | None:
        if denied:
            ahead = group.tense in ("progressive", "future")
            return ("negation", NOWHEN) if ahead else None
        if self.attribute in _PERMANENT:
            return "assertion", NOWHEN
        if group.tense in ("past", "perfect"):
            mistaken = times.since is not None and self._is_ahead(times)
            return "assertion", NOWHEN if mistaken else _start(times)
        if group.tense == "progressive" and (group.lemma == "learn" or self.attribute == "hobby"):
            return "assertion", NOWHEN
        if self.attribute in ("visited", *_TASTES):
            return None
        ahead = times.since is not None and self._is_ahead(times)
        if group.tense in ("progressive", "future") or ahead:
            return "plan", _start(times) if ahead else NOWHEN
        return None

    def _ends(self, group: Group, times: Bounds) -> tuple[str, Bounds] | None:
        ahead = times.since is not None and self._is_ahead(times)
        if group.tense in ("past", "perfect"):
            return "negation", NOWHEN if ahead else _start(times)
        if group.tense == "present" and (group.lemma.startswith(("be", "can")) or self.denied):
            return "negation", NOWHEN  # "I'm done with it", "I don't have it any more"
        return ("negation", _start(times)) if ahead else None

    def _is_ahead(self, times: Bounds) -> bool:
        """Whether the times begin after the day of speaking; true where no start is known."""
        if times.since is None or self.when is None:
            return True
        return times.since > self.when.date()

    def _closed(self, times: Bounds) -> Bounds:
        """An interval that has ended by the day of speaking."""
        today = self.when.date() if self.when is not None else None
        if times.open:
            return Bounds(None, None, today, times.phrase)  # it lasted so long, at some time
        until = times.until if times.until is not None else today
        if until is not None and today is not None:
            until = min(until, today)
        since = times.since if times.since and (until is None or times.since < until) else None
        return Bounds(since, None, until, times.phrase)


def _start(times: Bounds) -> Bounds:
    """Only the start of these times: what began then goes on."""
    return Bounds(times.since, times.since_by, None, times.phrase) if times.since else NOWHEN
