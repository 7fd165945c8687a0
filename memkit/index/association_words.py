"""Which records share rare terms, and how much that binds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from memkit.index.association_edges import Numbers, Pairs, first_of_groups
from memkit.index.postings import Postings
from memkit.types import Ints, Terms

SHARED_TERM: Final = 2
"""The kind of these edges."""
_LEAST_HOLDING: Final = 2
_MOST_SHARE: Final = 0.05
"""A word in more records than this (a speaker's name) leads everywhere, which is nowhere."""
_FINE: Final = 1024.0
"""Weights of terms are whole 1,024ths: their sums are the same in any order."""


class Holders(NamedTuple):
    """The records that hold rare terms: one row each, sorted by term, then record.

    `holding` is how many records hold the term, of those that count.
    """

    terms: Ints
    records: Ints
    holding: Ints


def most_holders(rare: int, size: int) -> int:
    """Among `size` records, how many may hold a term that binds."""
    return max(_LEAST_HOLDING, min(rare, int(_MOST_SHARE * size)))


def all_holders(postings: Mapping[str, npt.NDArray[Any]], size: int, most: int) -> Holders:
    """Of every term (as in the state of `Postings`) that 2 to `most` of the first records hold."""
    if not postings:
        nobody = np.zeros(0, np.int64)
        return Holders(nobody, nobody, nobody)
    terms = np.repeat(np.arange(len(postings["terms"])), np.diff(postings["bounds"]))
    inside = postings["ordinals"] < size
    terms, records = terms[inside], postings["ordinals"][inside].astype(np.int64)
    holding = np.bincount(terms, minlength=1)[terms]
    rare = (holding >= _LEAST_HOLDING) & (holding <= most)
    return Holders(terms[rare], records[rare], holding[rare])


def first_holders(postings: Postings, terms: Terms, most: int) -> Holders:
    """The first `most` holders of each term, for each of whom only those before it count."""
    held = [postings.of(term)[0][:most] for term in np.unique(terms).tolist()]
    lengths = np.array([len(records) for records in held], np.int64)
    firsts = np.cumsum(lengths) - lengths
    return Holders(
        np.repeat(np.arange(len(held)), lengths),
        np.concatenate([*held, np.zeros(0, np.int64)]).astype(np.int64),
        np.arange(lengths.sum()) - np.repeat(firsts, lengths) + 1,
    )


def sharing(holders: Holders, start: int, lengths: Ints, size: int) -> Pairs:
    """Pairs of a record from `start` on and an earlier one that share rare terms.

    The weight is the sum over shared terms of log((N + 1) / n) / log(N + 1), n of N = `size`
    records holding the term, over the root of the product of both records' `lengths`: rare words
    in common count more, and long texts, which share some by chance, less.
    """
    weights = np.log((size + 1.0) / holders.holding) / np.log(size + 1.0)
    weights = np.rint(np.maximum(weights, 0.0) * _FINE) / _FINE
    ones, others, shared = _paired(holders, start, weights)
    order = np.lexsort((others, ones))
    ones, others = ones[order], others[order]
    firsts = first_of_groups(ones, others)
    if not len(firsts):
        return Pairs.of(ones, others, shared, SHARED_TERM)
    ones, others = ones[firsts], others[firsts]
    sums = np.add.reduceat(shared[order], firsts)
    return Pairs.of(ones, others, sums / np.sqrt(lengths[ones] * lengths[others]), SHARED_TERM)


def _paired(holders: Holders, start: int, weights: Numbers) -> tuple[Ints, Ints, Numbers]:
    """Every two holders of a term, the later one from `start` on."""
    none = np.zeros(0, np.int64)
    found = [(none, none, np.zeros(0))]
    lag = 1
    while True:
        same = holders.terms[lag:] == holders.terms[:-lag]
        if not same.any():
            break
        places = np.flatnonzero(same & (holders.records[lag:] >= start))
        found.append(
            (holders.records[places + lag], holders.records[places], weights[places + lag])
        )
        lag += 1
    ones, others, shared = (np.concatenate(column) for column in zip(*found, strict=True))
    return ones, others, shared
