"""How well a ranking holds the evidence, and how sure the mean of it is."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from memkit.text import words

CUTS: Final = (1, 5, 10, 20, 50)
DEPTH: Final = max(CUTS)
"""Ranks beyond this one count as not found."""
_ARTICLES: Final = frozenset(("a", "an", "the"))
RESAMPLES: Final = 2000
SEED: Final = 20240229


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean and the bounds that hold it with 95 % confidence, over `n` values."""

    mean: float
    low: float
    high: float
    n: int


def recall(ranked: Sequence[str], evidence: Collection[str], k: int) -> float:
    """The share of the evidence among the first `k`."""
    return len(set(ranked[:k]) & set(evidence)) / len(set(evidence))


def reciprocal_rank(ranked: Sequence[str], evidence: Collection[str]) -> float:
    """1 / the rank of the first evidence, 0 when none is ranked."""
    for rank, id in enumerate(ranked, 1):
        if id in evidence:
            return 1.0 / rank
    return 0.0


def ndcg(ranked: Sequence[str], evidence: Collection[str], k: int) -> float:
    """Gain of the first `k`, 1 / log2(rank + 1) each, as a share of the best order's."""
    wanted = set(evidence)
    gain = sum(1.0 / math.log2(rank + 1) for rank, id in enumerate(ranked[:k], 1) if id in wanted)
    best = sum(1.0 / math.log2(rank + 1) for rank in range(1, min(len(wanted), k) + 1))
    return gain / best


def ranking_measures(ranked: Sequence[str], evidence: Collection[str]) -> dict[str, float]:
    """Every measure of one ranking: recall, any and all of it and nDCG at each cut, and MRR."""
    found = {f"recall@{k}": recall(ranked, evidence, k) for k in CUTS}
    for k in CUTS:
        found[f"any@{k}"] = float(found[f"recall@{k}"] > 0)
        found[f"all@{k}"] = float(found[f"recall@{k}"] == 1.0)
        found[f"ndcg@{k}"] = ndcg(ranked, evidence, k)
    found["mrr"] = reciprocal_rank(ranked[:DEPTH], evidence)
    return found


def normalised(text: str) -> str:
    """An answer as it is compared: without case, accents, punctuation and articles."""
    return " ".join(word for word in words(text) if word not in _ARTICLES)


def exact(answer: str | None, accepted: Iterable[str]) -> float:
    """1 where the answer is one of those accepted, else 0; no answer is none."""
    return float(answer is not None and normalised(answer) in set(map(normalised, accepted)))


def distinct(ids: Sequence[str], of: Mapping[str, str]) -> list[str]:
    """What each id belongs to, once, in order of first appearance."""
    return list(dict.fromkeys(of.get(id, id) for id in ids))


def wilson(successes: float, n: int) -> Interval:
    """The score interval of a share (Wilson 1927), z = 1.96.

    For a mean of values in 0..1 it is conservative: no such values vary more than yes and no.
    """
    if n == 0:
        return Interval(0.0, 0.0, 0.0, 0)
    z, share = 1.96, successes / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    spread = share * (1 - share) / n + z * z / (4 * n * n)
    half = z * math.sqrt(max(spread, 0.0)) / (1 + z * z / n)
    return Interval(share, max(0.0, middle - half), min(1.0, middle + half), n)


def bootstrap(values: Sequence[float], clusters: Sequence[Any]) -> Interval:
    """The mean and its 95 % percentile interval when whole clusters are drawn anew.

    Questions about one conversation are not independent, so conversations are what is drawn. Of
    fewer than three conversations nothing can be learnt that way; then questions are drawn.
    """
    if not len(values):
        return Interval(0.0, 0.0, 0.0, 0)
    sums, counts = _by_cluster(values, clusters)
    drawn = np.random.default_rng(SEED).integers(0, len(sums), (RESAMPLES, len(sums)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return Interval(float(np.mean(values)), float(low), float(high), len(values))


def paired_bootstrap(
    ours: Sequence[float], theirs: Sequence[float], clusters: Sequence[Any]
) -> Interval:
    """The mean of `ours` - `theirs`, question by question, with its clustered interval."""
    if len(ours) != len(theirs):
        raise ValueError(f"{len(ours)} values cannot be paired with {len(theirs)}.")
    pairs = zip(ours, theirs, strict=True)
    return bootstrap([one - other for one, other in pairs], clusters)


def _by_cluster(values: Sequence[float], clusters: Sequence[Any]) -> tuple[Any, Any]:
    places = {cluster: place for place, cluster in enumerate(dict.fromkeys(clusters))}
    if len(places) < 3:
        return np.asarray(values, float), np.ones(len(values))
    sums, counts = np.zeros(len(places)), np.zeros(len(places))
    for value, cluster in zip(values, clusters, strict=True):
        sums[places[cluster]] += value
        counts[places[cluster]] += 1
    return sums, counts
