"""FactConsolidation (MemoryAgentBench, Hu et al. 2025): numbered facts, of which later ones win."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from memkit.evals.data import (
    SHAPE_ERRORS,
    Conversation,
    Dataset,
    Question,
    made,
    read_json,
    wrong_file,
)
from memkit.text import words

EXPECTED: Final = (
    "a FactConsolidation file (JSON list): records with 'context' (numbered facts), 'questions', "
    "'answers' and metadata.source, such as factconsolidation_mh_6k"
)
_FACT: Final = re.compile(r"^\d+\. (.+)$", re.MULTILINE)
_SOURCE: Final = re.compile(r"(?P<hops>[sm])h_(?P<size>\w+)\Z")
_HOPS: Final = {"s": "single-hop", "m": "multi-hop"}


def load(path: Path) -> Dataset:
    """Each list of facts a conversation, each fact a message, in order.

    Records over the same facts share a conversation. The answers of all questions are judged; of
    single-hop questions the fact that decides is known too, and counts as evidence.
    """
    records = read_json(path, EXPECTED)
    if not isinstance(records, list):
        raise wrong_file(path, EXPECTED, "no list", records)
    found: dict[str, tuple[str, list[str], list[Question]]] = {}
    try:
        for record in records:
            context = record["context"]
            name, category = _named(record, len(found))
            _, facts, questions = found.setdefault(context, (name, _FACT.findall(context), []))
            questions += _questions(record, category, facts)
    except SHAPE_ERRORS as error:
        raise wrong_file(path, EXPECTED, error, records) from error
    conversations = [
        Conversation(name, _messages(facts), tuple(questions))
        for name, facts, questions in found.values()
    ]
    return made("fact_consolidation", path, EXPECTED, conversations, cut=1)


def deciding(facts: Sequence[str], question: str, answers: Sequence[str]) -> int | None:
    """The place of the fact that answers a single-hop question; None where none does.

    Of the facts that end with the answer the one whose other words the question has most of, rare
    words counting more; of equals the last. Nothing of memkit's own reading takes part.
    """
    split = [words(fact) for fact in facts]
    holding = Counter(word for fact in split for word in set(fact))
    asked = set(words(question))
    best: tuple[float, int] | None = None
    for place, fact in enumerate(split):
        for answer in map(words, answers):
            rest = fact[: len(fact) - len(answer)]
            if answer and rest and fact[len(rest) :] == answer:
                score = sum(
                    math.log1p(len(facts) / holding[word]) * (1.0 if word in asked else -0.5)
                    for word in set(rest)
                )
                best = max(best or (score, place), (score, place))
    return best[1] if best is not None else None


def _named(record: dict[str, Any], place: int) -> tuple[str, str]:
    """Conversation and category of a record; of one that does not say, by its place."""
    source = _SOURCE.search(str((record.get("metadata") or {}).get("source", "")))
    if source is None:
        return f"facts {place + 1}", "all"
    return source["size"], f"{_HOPS[source['hops']]} {source['size']}"


def _questions(record: dict[str, Any], category: str, facts: Sequence[str]) -> list[Question]:
    found = []
    for number, (text, answers) in enumerate(
        zip(record["questions"], record["answers"], strict=True)
    ):
        accepted = tuple([answers] if isinstance(answers, str) else map(str, answers))
        one = None if category.startswith("multi") else deciding(facts, text, accepted)
        evidence = (_id(one),) if one is not None else ()
        found.append(
            Question(
                f"{category} {number}",
                text,
                evidence,
                category,
                accepted[0],
                accepted=accepted,
                chained=True,
            )
        )
    return found


def _messages(facts: Sequence[str]) -> tuple[dict[str, Any], ...]:
    return tuple({"content": fact, "id": _id(place)} for place, fact in enumerate(facts))


def _id(place: int) -> str:
    return f"f{place:05d}"
