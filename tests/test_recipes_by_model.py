"""Recipes whose extractors ask a model, against a real server on this machine that misbehaves."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, ClassVar

import pytest
from llm_server import Behave, ModelServer, breaks_off, fails, hangs_up, model_server, says, sends

from memkit import MemoryStore, registry
from memkit.contracts import Extractor
from memkit.errors import InvalidInput
from memkit.llm import LLM
from memkit.models import Memory, Source, Turn
from memkit.recipe import Card, Composition, Recipe
from memkit.recipes.by_model import ByModel, handed_over
from memkit.recipes.hipporag2 import HippoRAG2
from memkit.recipes.lightmem import LightMem
from memkit.testing.samples import NOW

__all__ = ["model_server"]

ASKING = [
    one.name
    for one in registry.available()
    if one.kind == "recipes" and handed_over(registry.create("recipes", one.name))
]
SAID = [
    {"id": "m0", "name": "Ana", "content": "I moved to Lisbon last week with my dog Rex."},
    {"id": "m1", "name": "Bob", "content": "Great! The pastry at the harbour is the best."},
    {"id": "m2", "name": "Ana", "content": "I work at the port as a crane driver now."},
]
INVENTED = "Ana owns a castle in Madrid."


def item(text: str, turn: int, quote: str) -> dict[str, Any]:
    """Something that could be read as a fact, a triple, a summary or a note."""
    return {
        "text": text, "subject": "Ana", "attribute": "home", "value": text, "turn": turn,
        "sentences": [{"text": text, "evidence": [{"turn": turn, "quote": quote}]}],
        "keywords": [text], "tags": [text], "context": text,
        "evidence": [{"turn": turn, "quote": quote}],
    }  # fmt: skip


MISBEHAVES: dict[str, Behave] = {
    "an error": fails(500, "overloaded"),
    "a refusal": says("I am sorry, but I cannot help with that."),
    "half a reply": says('{"items": [{"text": "Ana ow'),
    "no choices": sends(json.dumps({"choices": []}).encode()),
    "no JSON at all": sends(b"<html>502</html>"),
    "cut off": breaks_off,
    "hangs up": hangs_up,
    "an invention": says([item(INVENTED, 1, "I moved to Lisbon last week")]),
    "a quote that nobody said": says([item(INVENTED, 1, "I own a castle in Madrid")]),
    "a turn that is not there": says([item(INVENTED, 99, "I moved to Lisbon")]),
    "things of another shape": says([7, None, "Ana", {"evidence": INVENTED}]),
}


def door(server: ModelServer) -> LLM:
    return LLM(
        "tiny", base_url=server.url, sleep=lambda seconds: None, jitter=lambda: 0.0, timeout=5.0,
        retries=0,
    )  # fmt: skip


@pytest.mark.parametrize("behaviour", MISBEHAVES)
@pytest.mark.parametrize("name", ASKING)
def test_whatever_a_model_replies_the_words_are_found_and_nothing_is_invented(
    name: str, behaviour: str, model_server: ModelServer
) -> None:
    model_server.default = MISBEHAVES[behaviour]
    recipe = ByModel(name, door(model_server))
    with MemoryStore(":memory:", embedder=None, recipe=recipe, clock=lambda: NOW) as store:
        ana = store.scope(user="ana")
        ana.add(SAID)
        report = store.maintain()
        assert model_server.requests
        assert report.errors or ana.quarantined()
        assert not [memory.text for memory in ana.memories() if "castle" in memory.text]
        hits = ana.search("Who moved to Lisbon with a dog?", 10)
        assert "m0" in [source for hit in hits for source in hit.sources]
        assert not [hit.text for hit in hits if "castle" in hit.text]
        assert [turn.text for turn in ana.turns()] == [one["content"] for one in SAID]
        assert store.check().problems == ()


def test_what_a_model_reads_right_is_kept_with_its_words(model_server: ModelServer) -> None:
    quote = "I work at the port as a crane driver"
    fact = {"text": "Ana works at the port.", "evidence": [{"turn": 3, "quote": quote}]}
    model_server.default = says([fact])
    recipe = ByModel(LightMem(), door(model_server))
    with MemoryStore(":memory:", embedder=None, recipe=recipe, clock=lambda: NOW) as store:
        ana = store.scope(user="ana")
        ana.add(SAID)
        store.maintain()
        (kept,) = [one for one in ana.memories() if one.kind == "fact"]
        (source,) = kept.sources
        assert (kept.text, source.turn) == ("Ana works at the port.", "m2")
        assert ana.get("m2").text[source.start : source.end] == quote
        assert store.check().problems == ()


def test_lightmem_asks_once_for_a_buffer_and_the_store_counts_calls_and_tokens(
    model_server: ModelServer,
) -> None:
    model_server.default = says([])
    said = [
        {"id": f"n{n}", "name": "Ana", "content": f"Pier {n} has {n + 10} boats.", "session": "1"}
        for n in range(40)
    ]
    recipe = ByModel(LightMem(), door(model_server))
    with MemoryStore(":memory:", embedder=None, recipe=recipe, clock=lambda: NOW) as store:
        ana = store.scope(user="ana")
        for one in said:
            ana.add(one)
        assert not model_server.requests
        store.maintain()
        (spent,) = store.stats()["models"].values()
        assert spent["calls"] == len(model_server.requests) < len(said) / 5
        assert spent["prompt_tokens"] > 0
        store.maintain()
        assert len(model_server.requests) == spent["calls"]


@pytest.mark.parametrize("reply", [None, "all", [7], [0, 0], [-1], [True], ["0"], {"keep": [0]}])
def test_hipporag2_a_filter_that_misbehaves_keeps_all_and_warns(reply: Any) -> None:
    recipe = HippoRAG2(recognise=lambda question, texts: reply)
    with MemoryStore(":memory:", embedder=None, recipe=recipe, clock=lambda: NOW) as store:
        ana = store.scope(user="ana")
        ana.add(SAID)
        with pytest.warns(UserWarning, match="All hits were kept"):
            hits = ana.search("Who moved to Lisbon?", 3)
        assert "m0" in [source for hit in hits for source in hit.sources]
        assert store.check().problems == ()


def test_a_recipe_that_reads_nothing_for_a_model_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no extractor that could ask a model"):
        ByModel("larimar-needle", LLM("tiny", base_url="https://host/v1"))


def test_extractors_without_a_counterpart_stay() -> None:
    class Shouts(Extractor):
        name: ClassVar[str] = "shouts"
        version: ClassVar[int] = 1

        def extract(self, turns: Sequence[Turn]) -> list[Memory]:
            return [
                Memory("fact", turn.text.upper(), (Source(turn.id, 0, len(turn.text)),))
                for turn in turns
            ]

    class Loud(Recipe):
        name: ClassVar[str] = "loud"
        card: ClassVar[Card] = ByModel.card

        def compose(self) -> Composition:
            return Composition(extractors=(Shouts(), *(LightMem().compose().extractors or ())))

    made = ByModel(Loud(), LLM("tiny", base_url="https://host/v1")).compose()
    names = [each.name for each in made.extractors or ()]
    assert names == ["shouts", "segments", "llm-facts", "llm-triples"]
