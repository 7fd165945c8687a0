"""How well whole sessions match a query, and which sessions tell of the same things."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from memkit.contracts import Layer, Query, View
from memkit.retrieve.scaling import z_scaled
from memkit.types import Floats, Ints, Terms

_FIRST = 3
"""Sessions whose own words are looked for in the others."""
_TURNS_READ = 6
"""Turns read of each, the best ones."""
_TERMS_WEIGHED = 32
_TERMS_SOUGHT = 12
_COMMON = 0.1
"""A word that a larger share of all turns holds tells no session from another."""
_PAIRS = 1024
_OF_ONE_MATTER = 0.75
"""Standard deviations by which turns of a session on one matter are more alike than others."""


def session_scores(
    query: Query, pool: Ints, kinds: Sequence[Floats], view: View, alike: float
) -> Floats:
    """The score of each candidate's session, in standard deviations over the candidates' sessions.

    It is the sum, over the `kinds` of evidence, of the most that any turn of the session has of
    that kind, and the words the session holds, both z-scaled. To it comes, times `alike`, what
    the session shares with the first ones; the sum is not scaled again, so that sessions for
    which both speak stand out further.
    """
    numbers, places = np.unique(view.turns.sessions[pool], return_inverse=True)
    if len(numbers) < 2:
        return np.zeros(len(pool), np.float32)
    score = z_scaled(_strongest(kinds, places, len(numbers)))
    if "keyword" in view.turns.indexes():
        score = z_scaled(score + z_scaled(_holding(query, numbers, view)))
        if alike and len(numbers) > _FIRST:
            first = np.argsort(-score, kind="stable")[:_FIRST]
            base: Floats = np.sum(kinds, axis=0, dtype=np.float32)
            best = _best_turns(first, places, pool, base)
            shared = _shared(query, first, score, best, numbers, view)
            together: Floats = score + np.float32(alike) * z_scaled(shared)
            return together[places]
    scores: Floats = z_scaled(score)[places]
    return scores


def located_share(turns: Layer) -> float:
    """ln(sessions) / ln(turns): the share of a turn's address that its session gives.

    Among few long sessions, to know the right one is to know little of where the turn is.
    """
    return min(math.log(turns.summary(_sessions)) / math.log(max(turns.size, 2)), 1.0)


def held_together(turns: Layer) -> float:
    """0 where what is said in one session is on any matter, 1 where it is on one.

    Turns two apart in a session, so that often one voice said both, are compared with turns of
    other sessions: by how many standard deviations of these they are more alike, up to three
    quarters of one, which are as good as any more. Without vectors sessions are believed.
    """
    later = np.arange(turns.size)[:: max(1, turns.size // _PAIRS)]
    between = turns.previous[later]
    earlier = np.where(between >= 0, turns.previous[between], -1)
    later, earlier = later[earlier >= 0], earlier[earlier >= 0]
    vectors = turns.vectors(np.concatenate([later, earlier]))
    if vectors is None:
        return 1.0
    mine, theirs = vectors[: len(later)], vectors[len(later) :]
    half = len(later) // 2
    elsewhere = turns.sessions[later] != np.roll(turns.sessions[later], half)
    apart = np.einsum("nd,nd->n", mine, np.roll(theirs, half, axis=0))[elsewhere]
    deviation = float(apart.std()) if apart.size else 0.0
    if not deviation:
        return 1.0
    more = float(np.einsum("nd,nd->n", mine, theirs).mean() - apart.mean()) / deviation
    return min(max(more / _OF_ONE_MATTER, 0.0), 1.0)


def _sessions(turns: Layer) -> int:
    """How many sessions there are, and at least one."""
    return 1 + int(turns.sessions.max(initial=0))


def _strongest(kinds: Sequence[Floats], places: Ints, sessions: int) -> Floats:
    """The best of each kind in each session, summed: several turns may speak for one session."""
    total = np.zeros(sessions, np.float32)
    for values in kinds:
        best = np.full(sessions, -np.inf, np.float32)
        np.maximum.at(best, places, values)
        total += best
    return total


def _holding(query: Query, numbers: Ints, view: View) -> Floats:
    """The BM25 score of those sessions."""
    found = view.turns.search("keyword", query, view.turns.size, "session")
    scores = np.zeros(view.turns.summary(_sessions), np.float32)
    scores[found.ordinals] = found.scores
    return scores[numbers]


def _best_turns(first: Ints, places: Ints, pool: Ints, base: Floats) -> list[Ints]:
    turns = []
    for session in first.tolist():
        inside = np.flatnonzero(places == session)
        turns.append(pool[inside[np.argsort(-base[inside], kind="stable")[:_TURNS_READ]]])
    return turns


def _shared(
    query: Query, first: Ints, score: Floats, turns: list[Ints], numbers: Ints, view: View
) -> Floats:
    """How much of the first sessions' telling words each session holds.

    Relevance feedback with the first hits taken for relevant (Lavrenko and Croft 2001), a session
    being the document: sessions on one matter share its names, which no single query holds. The
    first sessions hold their own words of course: they get no more than the best of the others.
    """
    sought = _telling(turns, np.exp(score[first] - score[first[0]]), view)
    if not len(sought):
        return np.zeros(len(numbers), np.float32)
    feedback = replace(query, terms=(), term_ids=sought, vector=None)
    held = _holding(feedback, numbers, view)
    others = np.ones(len(numbers), np.bool_)
    others[first] = False
    held[first] = np.minimum(held[first], held[others].max())
    return held


def _telling(turns: list[Ints], shares: Floats, view: View) -> Terms:
    """The words of those turns with the greatest share * ln(1 + count) * ln(turns / holding)."""
    said = view.turns.terms(np.concatenate(turns))
    terms, places = np.unique(np.concatenate(said), return_inverse=True)
    owner = np.repeat(np.arange(len(turns)), [len(own) for own in turns])
    session = np.repeat(owner, [len(held) for held in said])
    counts = np.bincount(session * len(terms) + places, minlength=len(turns) * len(terms))
    weight = shares @ np.log1p(counts.reshape(len(turns), -1)).astype(np.float32)
    often = np.argsort(-weight, kind="stable")[:_TERMS_WEIGHED]
    terms, weight = terms[often], weight[often]
    holding = view.turns.holding(terms)
    rare = (holding >= 2) & (holding <= _COMMON * view.turns.size)
    terms = terms[rare]
    value = weight[rare] * np.log(view.turns.size / holding[rare])
    sought: Terms = terms[np.argsort(-value, kind="stable")[:_TERMS_SOUGHT]]
    return sought
