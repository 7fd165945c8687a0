"""The kit for rerankers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from memkit.contracts import Reranker
from memkit.models import Hit
from memkit.testing.rules import Rule, require_name
from memkit.testing.samples import hits

_QUERY = "Where does Ana live now?"


def check_reranker(make: Callable[[], Reranker]) -> None:
    """Raise `BrokenRule` unless what `make` gives keeps the contract of `Reranker`."""
    reranker = make()
    require_name(reranker)
    with Rule("no hits give no hits"):
        assert list(reranker.rerank(_QUERY, [])) == [], "hits out of nothing"
    for given in (hits(), hits()[:1], hits()[::-1]):
        _check_answer(reranker, given)
    with Rule("the same query and hits give the same answer, of every reranker made alike"):
        first = list(reranker.rerank(_QUERY, hits()))
        assert list(reranker.rerank(_QUERY, hits())) == first, "another in a second call"
        assert list(make().rerank(_QUERY, hits())) == first, "another from a second reranker"


def _check_answer(reranker: Reranker, given: Sequence[Hit]) -> None:
    before = list(given)
    with Rule("any number of hits can be reranked"):
        found = list(reranker.rerank(_QUERY, given))
    with Rule("the hits that were given are not changed"):
        assert list(given) == before, "a list that is another after the call"
    with Rule("no hit is invented or rewritten: all but score and why is as it was given"):
        known = {hit.id: hit for hit in given}
        for hit in found:
            assert hit.id in known, f"the hit {hit.id!r}"
            original = replace(known[hit.id], score=hit.score, why=hit.why)
            assert hit == original, f"another hit under the id {hit.id!r}"
    with Rule("no hit is returned twice"):
        ids = [hit.id for hit in found]
        assert len(set(ids)) == len(ids), f"{ids}"
    with Rule("scores are in 0..1 and fall with the rank"):
        scores = [hit.score for hit in found]
        assert all(0.0 <= score <= 1.0 for score in scores), f"{scores}"
        assert scores == sorted(scores, reverse=True), f"{scores}"
