"""What the claims about one slot say together: pure arithmetic on times.

A *slot* is an attribute of a subject; a *claim* is what one record says of it, with the time from
which it holds. Claims are never changed: what holds when follows from all of them together, in
whatever order they arrived, so that forgetting, undoing or erasing one leaves what the others say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

Mood = Literal["assertion", "plan", "correction", "negation", "retraction"]
MOODS: Final = ("assertion", "plan", "correction", "negation", "retraction")

DEPENDS: Final[Mapping[str, tuple[str, ...]]] = {
    "commute": ("home", "employer", "job", "school", "car"),
    "address": ("home",),
    "neighbour": ("home",),
    "landlord": ("home",),
    "rent": ("home",),
    "flatmate": ("home",),
    "roommate": ("home",),
    "gym": ("home",),
    "doctor": ("home",),
    "dentist": ("home",),
    "salary": ("employer", "job"),
    "boss": ("employer", "job"),
    "manager": ("employer", "job"),
    "office": ("employer",),
    "colleague": ("employer",),
    "job": ("employer",),
    "teacher": ("school",),
    "mother-in-law": ("partner",),
    "father-in-law": ("partner",),
    "wedding": ("partner",),
    "anniversary": ("partner",),
}
"""Attributes that are no longer sure when another of the same subject has changed."""

SOME_DAY: Final = 1 << 62
"""The moment of a plan that has no date yet, beyond every date."""

_SPELLINGS: Final = (("favorite", "favourite"), ("color", "colour"), ("neighbor", "neighbour"))

_SPACE: Final = re.compile(r"\s+")
_ARTICLE: Final = re.compile(r"^(?:the|a|an) (?=\S)")
_SEPARATOR: Final = "\x1f"


@dataclass(frozen=True, slots=True)
class Claim:
    """What one record says of a slot. Moments are UTC microseconds.

    `starts` and `ends` are stated times, or None; `starts_by` is the latest moment that the stated
    start may mean. `value` is a key (see `key`); empty for a negation or retraction of whatever it
    was. `rank` is the trust in its origin. `corrects` is the key of the value that a correction
    names as wrong.
    """

    record: int
    value: str
    mood: Mood
    several: bool
    said: int
    rank: int
    starts: int | None = None
    starts_by: int | None = None
    ends: int | None = None
    corrects: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """What a claim comes to beside the others of its slot.

    It holds in [since, until); `closed` is when that was said. `leader` is the record that first
    said what it says again, `successor` the record that took its place.
    """

    verdict: Literal["holds", "retracted", "mute"]
    since: int | None
    until: int | None
    closed: int | None
    leader: int
    successor: int | None


@dataclass(slots=True)
class _Stretch:
    """A value, and the time it holds; `claims` are all that say so."""

    first: Claim
    since: int | None
    until: int | None
    order: int
    claims: list[Claim]
    closed: int | None = None
    successor: int | None = None


def key(text: str) -> str:
    """What two names or values have in common that mean the same: case, accents, space, article."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("\u2019", "'"))
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    return _ARTICLE.sub("", _SPACE.sub(" ", plain).strip(" \t\n.,;:!?\"'"))


def attribute_key(text: str) -> str:
    """The key of an attribute; American and British spellings are one."""
    found = key(text)
    for american, british in _SPELLINGS:
        found = found.replace(american, british)
    return found


def slot(subject: str, attribute: str) -> str:
    """The key of a slot."""
    return f"{key(subject)}{_SEPARATOR}{attribute_key(attribute)}"


def dependents(attribute: str) -> tuple[str, ...]:
    """The attributes that rest on this one."""
    wanted = attribute_key(attribute)
    return tuple(name for name, bases in DEPENDS.items() if wanted in bases)


def fold(claims: Iterable[Claim]) -> dict[int, Held]:
    """What each claim of one slot comes to, by record.

    Values are put in the order of the times they hold from. One that holds from a later time ends
    the one before it, unless the attribute is a set; the same value again confirms. A correction
    takes the place of the claim that was said last before it, as if that had never been said; a
    retraction takes that claim back; a negation ends the value it names. A claim of lower rank
    neither ends nor corrects one of higher rank.
    """
    ordered = sorted(claims, key=lambda claim: (claim.said, claim.record))
    kept, found = _without_withdrawn(ordered)
    stretches = _stretches([claim for claim in kept if claim.mood != "negation"])
    denials = [claim for claim in kept if claim.mood == "negation"]
    for chain in _chains(stretches, denials):
        _close_by_successors(chain)
    for claim in denials:
        _close_by_negation(_naming(claim, stretches), stretches)
        found[claim.record] = Held("mute", None, None, None, claim.record, None)
    for stretch in stretches:
        for claim in stretch.claims:
            found[claim.record] = Held(
                "holds", stretch.since, stretch.until, stretch.closed, stretch.first.record,
                stretch.successor,
            )  # fmt: skip
    return found


def _without_withdrawn(ordered: Sequence[Claim]) -> tuple[list[Claim], dict[int, Held]]:
    """The claims that stand, and what becomes of those that were corrected or taken back."""
    standing: list[Claim] = []
    found: dict[int, Held] = {}
    for claim in ordered:
        if claim.mood not in ("correction", "retraction"):
            standing.append(claim)
            continue
        wrong = _meant(claim, standing)
        successor = claim.record if claim.mood == "correction" else None
        for one in wrong:
            standing.remove(one)
            found[one.record] = Held(
                "retracted", one.starts if one.starts is not None else one.said, None, claim.said,
                one.record, successor,
            )  # fmt: skip
        if claim.mood == "retraction":
            found[claim.record] = Held("mute", None, None, None, claim.record, None)
            continue
        standing.append(_in_place_of(wrong[0], claim) if wrong else claim)
    return standing, found


def _in_place_of(wrong: Claim, claim: Claim) -> Claim:
    """The correction with the time of what it corrects, and planned if that was."""
    mood = "plan" if wrong.mood == "plan" else claim.mood
    start = claim.starts if claim.starts is not None else wrong.starts
    if start is None and mood != "plan":
        start = wrong.said
    if start is not None and claim.ends is not None and start >= claim.ends:
        start = claim.starts
    return replace(claim, mood=mood, starts=start)


def _meant(claim: Claim, standing: Sequence[Claim]) -> list[Claim]:
    """The claims that a correction or retraction is about: the last one, with its confirmations.

    A correction of an attribute that has one value is about the last other one even where it is
    named in other words; else it is one whose words are among those named, or they among its.
    """
    named = claim.corrects or (claim.value if claim.mood == "retraction" else "")
    open_to = [one for one in standing if one.mood != "negation" and one.rank <= claim.rank]
    exact = [one for one in open_to if one.value == named] if named else []
    if not exact:
        others = [one for one in open_to if one.value != claim.value]
        loose = not named or (claim.mood == "correction" and not claim.several)
        exact = [one for one in others if loose or _akin(one, named)]
    if not exact:
        return []
    last = exact[-1]
    return [each for each in standing if each.value == last.value and each.mood == last.mood]


def _naming(claim: Claim, stretches: Sequence[_Stretch]) -> Claim:
    """A negation with the value it means: what it names in other words, if only one is like it."""
    values = {stretch.first.value: stretch.first for stretch in stretches}
    if not claim.value or claim.value in values:
        return claim
    alike = [value for value, first in values.items() if _akin(first, claim.value)]
    return replace(claim, value=alike[0]) if len(alike) == 1 else claim


def _akin(claim: Claim, named: str) -> bool:
    words, others = set(claim.value.split()), set(named.split())
    return words <= others or others <= words


def _stretches(claims: Iterable[Claim]) -> list[_Stretch]:
    found = []
    for claim in claims:
        past = claim.ends is not None and claim.ends <= claim.said
        since = claim.starts if claim.starts is not None or past else _begins(claim)
        latest = claim.starts_by if claim.starts_by is not None else since
        order = claim.ends - 1 if since is None and claim.ends is not None else since or 0
        if latest is not None and since is not None and since != SOME_DAY:
            order = max(order, min(latest, claim.said))
        found.append(_Stretch(claim, since, claim.ends, order, [claim]))
    return sorted(found, key=lambda one: (one.order, one.first.said, one.first.record))


def _begins(claim: Claim) -> int:
    """Of a claim that states no time: when it was said, and of a plan, some day."""
    return SOME_DAY if claim.mood == "plan" and claim.ends is None else claim.said


def _chains(stretches: list[_Stretch], denials: Sequence[Claim]) -> list[list[_Stretch]]:
    """The stretches that can end one another: all of a slot, or those of one value in a set."""
    chains: dict[str, list[_Stretch]] = {}
    for stretch in stretches:
        chains.setdefault(stretch.first.value if stretch.first.several else "", []).append(stretch)
    merged = [_confirmed(chain, denials) for chain in chains.values()]
    stretches[:] = [stretch for chain in merged for stretch in chain]
    return merged


def _confirmed(chain: Sequence[_Stretch], denials: Sequence[Claim]) -> list[_Stretch]:
    """Neighbours in time of the same value as one; a past told of a value that holds ends it."""
    found: list[_Stretch] = []
    for stretch in chain:
        value = stretch.first.value
        before = next((one for one in reversed(found) if one.first.value == value), None)
        if before is not None and _confirms(stretch, before, before is found[-1], denials):
            before.claims += stretch.claims
            if stretch.until is not None:
                before.until, before.closed = stretch.until, stretch.first.said
        else:
            found.append(stretch)
    return found


def _confirms(stretch: _Stretch, before: _Stretch, is_next: bool, denials: Sequence[Claim]) -> bool:
    if not (is_next or stretch.since is None):
        return False
    if before.until is not None and before.until != stretch.until:
        return False
    return not any(_denied_between(before, claim, stretch) for claim in denials)


def _denied_between(before: _Stretch, denial: Claim, after: _Stretch) -> bool:
    at = denial.starts if denial.starts is not None else denial.said
    return denial.value in ("", before.first.value) and before.order <= at <= after.order


def _close_by_successors(chain: Sequence[_Stretch]) -> None:
    for place, stretch in enumerate(chain):
        for later in chain[place + 1 :]:
            if later.since is None:
                continue
            later.since = max(later.since, stretch.since or later.since)
            if stretch.until is not None and later.since >= stretch.until:
                break
            if later.first.rank >= max(claim.rank for claim in stretch.claims):
                stretch.until, stretch.closed = later.since, later.first.said
                stretch.successor = later.first.record
                break
            later.until, later.successor = later.since, stretch.first.record


def _close_by_negation(claim: Claim, stretches: Iterable[_Stretch]) -> None:
    at = claim.starts if claim.starts is not None else claim.said
    for stretch in stretches:
        meant = claim.value in ("", stretch.first.value) and stretch.first.said <= claim.said
        weaker = claim.rank < max(one.rank for one in stretch.claims)
        begun = stretch.since is None or stretch.since <= at
        lasts = stretch.until is None or at < stretch.until
        if meant and begun and lasts and not weaker:
            stretch.until, stretch.closed, stretch.successor = at, claim.said, None
