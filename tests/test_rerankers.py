"""Rerankers by themselves, and at the end of a search."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest

from memkit import Hit, MemoryStore
from memkit.contracts import Reranker
from memkit.errors import InvalidInput
from memkit.retrieve.reordering import (
    CrossEncoderReranker,
    DiversityReranker,
    ModelFilter,
    RecencyReranker,
    best_first,
    jaccard,
    min_max,
)

_NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


def _hits(*rows: tuple[str, float] | tuple[str, float, int | None]) -> list[Hit]:
    """Hits of (text, score, age in days); ids a, b, c..."""
    found = []
    for place, (text, score, *age) in enumerate(rows):
        days = age[0] if age else 0
        when = None if days is None else _NOON - timedelta(days=days)
        id = "abcdefgh"[place]
        found.append(Hit(id, text, score, (id,), None, None, when, "turn", {"own": score}, ()))
    return found


def _ids(hits: Sequence[Hit]) -> str:
    return "".join(hit.id for hit in hits)


def test_values_are_scaled_before_they_are_mixed() -> None:
    assert min_max([0.2, 0.6, 0.4]) == pytest.approx([0.0, 1.0, 0.5])
    assert min_max([0.3, 0.3]) == [1.0, 1.0]
    assert min_max([]) == []


def test_likeness_is_the_share_of_words_in_both() -> None:
    assert jaccard(frozenset("abc"), frozenset("bcd")) == pytest.approx(0.5)
    assert jaccard(frozenset(), frozenset()) == 0.0


def test_ties_stay_as_they_were() -> None:
    assert best_first([0.5, 0.9, 0.5, 0.9]) == [1, 3, 0, 2]


def test_the_second_hit_says_something_else() -> None:
    given = _hits(
        ("Ana lives in Lisbon", 0.9), ("Ana lives in Lisbon now", 0.89), ("The cat is Bica", 0.6)
    )
    found = DiversityReranker(0.5).rerank("Ana", given)
    assert _ids(found) == "acb"
    assert [hit.score for hit in found] == [0.9, 0.89, 0.6]
    # The words are the same: `in` and `now` are none.
    relevance = math.log(0.89 / 0.6) / math.log(0.9 / 0.6)
    assert found[2].why["diverse"] == pytest.approx(0.5 * relevance - 0.5, abs=1e-3)
    assert _ids(DiversityReranker(1.0).rerank("Ana", given)) == "abc"


def test_of_two_alike_the_later_one_gains() -> None:
    given = _hits(("old", 0.50, 90), ("new", 0.49, 0), ("far", 0.10, 0), ("undated", 0.485, None))
    found = RecencyReranker(weight=0.05, half_life_days=30.0).rerank("x", given)
    assert _ids(found) == "badc"
    span = math.log(0.50 / 0.10)
    assert found[0].why["recency"] == pytest.approx(math.log(4.9) / span + 0.05, abs=1e-4)
    assert found[1].why["recency"] == pytest.approx(1.0 + 0.05 / 8, abs=1e-4)
    assert found[2].why["recency"] == pytest.approx(math.log(4.85) / span, abs=1e-4)
    assert [hit.score for hit in found] == [0.5, 0.49, 0.485, 0.1]


def test_a_model_that_reads_both_decides_the_order() -> None:
    asked = []

    def score(query: str, texts: Sequence[str]) -> list[float]:
        asked.append((query, list(texts)))
        return [float(len(text)) for text in texts]

    found = CrossEncoderReranker(score).rerank("how long?", _hits(("aa", 0.9), ("aaaa", 0.4)))
    assert asked == [("how long?", ["aa", "aaaa"])]
    assert _ids(found) == "ba"
    assert found[0].score == 0.9
    assert found[0].why == {"own": 0.4, "cross-encoder": 4.0}


@pytest.mark.parametrize("scores", [[1.0], [1.0, float("nan")], []])
def test_a_cross_encoder_must_score_every_text(scores: list[float]) -> None:
    with pytest.raises(ValueError, match="given 2 texts"):
        CrossEncoderReranker(lambda _query, _texts: scores).rerank("x", _hits(("a", 1), ("b", 0)))


def test_a_filter_keeps_what_the_model_names_in_the_order_it_was() -> None:
    given = _hits(("a", 0.9), ("b", 0.8), ("c", 0.7))
    assert _ids(ModelFilter(lambda _query, _texts: [2, 0]).rerank("x", given)) == "ac"
    assert ModelFilter(lambda _query, _texts: []).rerank("x", given) == []


@pytest.mark.parametrize("reply", [None, "0, 1", [0, 0], [3], [-1], [True], [0.0], {0: 1}])
def test_an_unusable_reply_changes_nothing_and_is_reported(reply: Any) -> None:
    given = _hits(("a", 0.9), ("b", 0.8), ("c", 0.7))
    with pytest.warns(UserWarning, match="All hits were kept"):
        assert ModelFilter(lambda _query, _texts: reply).rerank("x", given) == given


def test_a_model_is_not_called_for_nothing() -> None:
    def never(query: str, texts: Sequence[str]) -> Any:
        raise AssertionError("called")

    assert CrossEncoderReranker(never).rerank("x", []) == []
    assert ModelFilter(never).rerank("x", []) == []


# At the end of a search

_LINES = [f"The boat number {n} lies in the harbour." for n in range(60)]
MakeStore = Callable[..., MemoryStore]


class Backwards(Reranker):
    """Turns the hits round, keeping how many it saw."""

    name: ClassVar[str] = "backwards"
    seen = 0

    def rerank(self, query: str, hits: Sequence[Hit]) -> list[Hit]:
        self.seen = len(hits)
        turned = zip(reversed(hits), hits, strict=True)
        return [replace(hit, score=other.score) for hit, other in turned]


def test_rerankers_choose_among_more_hits_than_are_asked_for(make_store: MakeStore) -> None:
    backwards = Backwards()
    plain, reranked = make_store("plain.mem"), make_store("turned.mem", rerankers=[backwards])
    for store in (plain, reranked):
        store.scope(user="ana").add(_LINES)
    every = plain.scope(user="ana").search("boat in the harbour", 50)
    found = reranked.scope(user="ana").search("boat in the harbour", 3)
    assert backwards.seen == 50
    assert [hit.id for hit in found] == [hit.id for hit in reversed(every)][:3]


def test_rerankers_work_one_after_the_other_and_show_in_the_trace(make_store: MakeStore) -> None:
    first_two = ModelFilter(lambda _query, _texts: [0, 1])
    ana = make_store(rerankers=[Backwards(), first_two]).scope(user="ana")
    ana.add(_LINES)
    shown = ana.trace("boat in the harbour", 10)
    assert [(stage.note, stage.entered, stage.kept) for stage in shown.stages][-2:] == [
        ("backwards", 50, 50), ("llm-filter", 50, 2),
    ]  # fmt: skip
    assert len(shown.hits) == 2
    assert ana.search("boat in the harbour", 1)[0].id == shown.hits[0].id


def test_what_a_reranker_left_out_is_explained(make_store: MakeStore) -> None:
    ana = make_store(rerankers=[Backwards()]).scope(user="ana")
    turns = ana.add(_LINES[:20])
    hits = ana.search("boat in the harbour", 2)
    assert ana.why_not("boat in the harbour", hits[1].id, k=2).reason == "It is hit 2."
    other = next(turn.id for turn in turns if turn.id not in {hit.id for hit in hits})
    explained = ana.why_not("boat in the harbour", other, k=2)
    assert explained.stage == "rank"
    assert "before reranking; backwards chose 2 others" in explained.reason


def test_what_is_used_is_what_the_rerankers_left(make_store: MakeStore) -> None:
    ana = make_store(rerankers=[ModelFilter(lambda _query, _texts: [1])]).scope(user="ana")
    ana.add(_LINES[:9])
    block = ana.context("boat in the harbour", 500)
    assert len(block.hits) == 1


def test_a_reranker_that_invents_a_hit_is_refused(make_store: MakeStore) -> None:
    class Inventing(Backwards):
        def rerank(self, query: str, hits: Sequence[Hit]) -> list[Hit]:
            return [replace(hits[0], id="t999")]

    ana = make_store(rerankers=[Inventing()]).scope(user="ana")
    ana.add("One line.")
    with pytest.raises(InvalidInput, match="'backwards' returned a hit that it was not given"):
        ana.search("line")


def test_without_hits_nothing_is_reranked_into_being(make_store: MakeStore) -> None:
    ana = make_store(rerankers=[DiversityReranker(), RecencyReranker()]).scope(user="ana")
    assert ana.search("anything") == []
