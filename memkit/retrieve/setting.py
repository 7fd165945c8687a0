"""In what setting records were said: among people, to an assistant, or as a collection.

All is read off the columns of a few thousand records, because what a framework calls roles and
sessions says little: two people are called user and assistant, passages stand in one session, and
one exchange with an assistant makes no group of friends a chat with one.
"""

from __future__ import annotations

import numpy as np

from memkit.contracts import Layer, View
from memkit.retrieve.sessions import located_share
from memkit.types import Ints

_ASSISTANTS = frozenset({"assistant", "ai", "model", "bot"})
_AT_LENGTH = 1.5
"""At least so many times as long as others' turns an assistant's are; two people's are alike."""
_ANSWERED = 0.25
"""Where half of all records stand in exchanges with an assistant, it says so many of them."""
_KNOWN = 64
"""Of fewer records too little is known to take a role for another than its name says."""
_LOCATED = 0.5
"""Sessions that give less of an address than this are as good as none."""
_ASKED = 0.02
"""Where people talk, so many of their turns at least end with a question."""
_SPOKEN = 1_000_000
"""Microseconds: nothing is said in less."""
_FEW = 8
"""Fewer records than these are no collection."""
_SAMPLE = 4096
"""Of so many records, evenly spread, it is read what most of them are like."""


def voices(which: Ints | slice, turns: Layer) -> Ints:
    """A number for who speaks, of these ordinals: the same for the same speaker in the same role.

    It is 0 for who has neither.
    """
    numbers: Ints = (turns.speakers[which] << 32) + turns.roles[which]
    return numbers


def _sampled(turns: Layer) -> slice:
    return slice(None, None, max(1, turns.size // _SAMPLE))


def _collected(turns: Layer) -> bool:
    """Whether the records were stored in one go, by nobody, without a question, in few sessions.

    They are no talk then but a collection in any order, as of passages.
    """
    some = _sampled(turns)
    between = np.abs(np.diff(turns.when[:_SAMPLE]))
    return bool(
        turns.size >= _FEW
        and np.median(between) < _SPOKEN
        and not turns.speakers[some].any()
        and (turns.roles[some] == turns.roles[0]).all()
        and turns.questions[some].mean() < _ASKED
        and located_share(turns) < _LOCATED
    )


def standing_alone(turns: Layer) -> float:
    """The share of records without a neighbour in their session."""
    if turns.summary(_collected):
        return 1.0
    some = _sampled(turns)
    return float(((turns.previous[some] < 0) & (turns.following[some] < 0)).mean())


def conversing(turns: Layer) -> float:
    """The share of records next to which another voice speaks; one nobody is named for may."""
    if turns.summary(_collected):
        return 0.0
    some = _sampled(turns)
    own = voices(some, turns)
    answered = np.zeros(len(own), np.bool_)
    for beside in (turns.previous[some], turns.following[some]):
        answered |= (beside >= 0) & ((voices(beside, turns) != own) | (own == 0))
    return float(answered.mean())


def among_people(view: View) -> float:
    """The share of records that are part of a conversation; none where an assistant talks."""
    if not view.memories.size or _assistants(view):
        return 0.0
    return view.turns.summary(conversing)


def _assistants(view: View) -> list[int]:
    """The roles of assistants, where they answer most turns and write at length.

    Two people may be called user and assistant by a framework that knows no other roles.
    """
    named = [n for n, name in enumerate(view.role_names) if name.lower() in _ASSISTANTS]
    sizes = view.turns.summary(_sizes_by_role) if named else {}
    theirs = [sizes[n] for n in named if n in sizes]
    others = [size for n, size in sizes.items() if n not in named]
    if not theirs or not others or view.turns.size < _KNOWN:
        return named
    answered = sum(share for share, _ in theirs) >= _ANSWERED
    return named if answered and max(theirs)[1] >= _AT_LENGTH * max(others)[1] else []


def _sizes_by_role(turns: Layer) -> dict[int, tuple[float, float]]:
    """The share of the records that have each role, and their length in the median."""
    some = _sampled(turns)
    roles, lengths = turns.roles[some], turns.lengths[some]
    return {
        int(role): (float((roles == role).mean()), float(np.median(lengths[roles == role])))
        for role in np.unique(roles)
    }


def sides(pool: Ints, view: View) -> Ints | None:
    """0 for users' turns and 1 for assistants', where both talk; else None."""
    assistants = _assistants(view)
    if not assistants:
        return None
    roles = view.turns.roles[pool]
    told: Ints = np.isin(roles, assistants).astype(np.int64)
    return told if told.any() and not told.all() else None
