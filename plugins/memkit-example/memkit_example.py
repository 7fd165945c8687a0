"""One plug-in of every kind that answers a question, each small and each of use.

Copy this folder, keep the classes you need, and rename. Every class is a constructor with
keyword options and the method or two that its contract in `memkit.contracts` asks for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import ClassVar

import numpy as np

from memkit.contracts import (
    ChangeSet,
    Consolidator,
    Embedder,
    Extractor,
    ForgettingPolicy,
    Indexer,
    IntakeGate,
    Proposal,
    Query,
    Ranking,
    Record,
    Reranker,
    Retriever,
    Role,
    Scored,
    View,
)
from memkit.dates import to_micros
from memkit.models import Hit, Memory, Source, Turn, Verdict
from memkit.recipe import Card, Composition, Recipe
from memkit.text import term_id, words
from memkit.types import Floats, Mask

_SOUNDS = str.maketrans("bfpvcgjkqsxzdtlmnr", "111122222222334556")
_SILENT = re.compile(r"[aeiouyhw\W_]")
_CONTACT = re.compile(r"https?://[^\s<>\"]+[\w/]|[\w.+-]+@[\w-]+\.[\w.-]*\w|\+\d[\d ()-]{6,}\d")
_COURTESIES = frozenset(
    "hello hi hey good morning evening night bye goodbye thanks thank you a lot so much".split()
)
_DAY = 86_400_000_000  # microseconds


class SoundEmbedder(Embedder):
    """Words by their sound (Soundex), hashed: "Katherine" and "Catherine" are near.

    For what was dictated, where names are spelled by chance.
    """

    def __init__(self, dim: int = 128) -> None:
        """`dim` is the number of components."""
        self.dim = dim
        self.identity = f"example-sound-1:{dim}"

    def embed(self, texts: Sequence[str], role: Role = "document") -> Floats:
        """Counts of sounds, hashed."""
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in words(text):
                row[term_id(_sound(word)) % self.dim] += 1.0
        return rows


def _sound(word: str) -> str:
    coded = _SILENT.sub("", word).translate(_SOUNDS)
    return "".join(code for place, code in enumerate(coded) if coded[place - 1 : place] != code)


class ContactExtractor(Extractor):
    """Addresses, e-mail and telephone numbers as records of their own, exactly as written."""

    name: ClassVar[str] = "contacts"
    version: ClassVar[int] = 1

    def extract(self, turns: Sequence[Turn]) -> Iterator[Memory]:
        """One record per mention, with its span."""
        for turn in turns:
            for found in _CONTACT.finditer(turn.text):
                span = Source(turn.id, found.start(), found.end())
                yield Memory("contact", found.group(), (span,), speaker=turn.speaker)


class PhraseIndex(Indexer):
    """Counts the query's terms, and doubly the pairs that stand side by side in both."""

    name: ClassVar[str] = "phrase"

    def __init__(self, pair: float = 2.0) -> None:
        """`pair` is the weight of two terms in a row."""
        self._pair = pair
        self._size = 0
        self._found: dict[tuple[int, ...], list[int]] = defaultdict(list)

    def apply(self, change: ChangeSet) -> None:
        """Note in which records each term and each pair stands."""
        if change.reset:
            self._size = 0
            self._found.clear()
        for place in range(change.count):
            span = change.term_ids[change.offsets[place] : change.offsets[place + 1]]
            for gram in _grams(span.tolist()):
                self._found[gram].append(change.start + place)
        self._size += change.count

    def search(
        self, query: Query, limit: int, *, view: str = "turn", allowed: Mask | None = None
    ) -> Scored:
        """Records by weighted count; rare terms and pairs count more."""
        scores = np.zeros(self._size, dtype=np.float32)
        for gram in _grams(query.term_ids.tolist()):
            holding = self._found.get(gram, [])
            weight = np.log1p(self._size / (1 + len(holding)))
            scores[holding] += weight * (self._pair if len(gram) == 2 else 1.0)
        hidden = ~allowed if allowed is not None else np.zeros(self._size, dtype=np.bool_)
        scores[hidden] = 0.0
        order = np.argsort(-scores, kind="stable")[:limit].astype(np.int64)
        order = order[scores[order] > 0]
        return Scored(order, scores[order])


def _grams(ids: Sequence[int]) -> set[tuple[int, ...]]:
    return {*((one,) for one in ids), *pairwise(ids)}


class FreshRetriever(Retriever):
    """Scores of an index that halve with age: for news, prices, plans, whatever goes stale."""

    name: ClassVar[str] = "fresh"

    def __init__(self, half_life_days: float = 30.0, index: str = "keyword") -> None:
        """`half_life_days` is the age at which a turn counts half; `index` gives the scores."""
        self._half_life = half_life_days * _DAY
        self._index = index

    def retrieve(self, query: Query, view: View) -> Ranking:
        """Turns by relevance times freshness."""
        found = view.turns.search(self._index, query, view.turns.size)
        relevance = found.scores / (found.scores + 5.0)
        ages = np.maximum(to_micros(query.now) - view.turns.when[found.ordinals], 0)
        freshness = np.exp2(-ages / self._half_life).astype(np.float32)
        scores = (relevance * freshness).astype(np.float32)
        order = np.lexsort((found.ordinals, -scores))
        signals = {"relevance": relevance[order], "freshness": freshness[order]}
        return Ranking(found.ordinals[order], scores[order], signals)


class UnusedPolicy(ForgettingPolicy):
    """Archives what nobody has needed for long; what was useful once stays."""

    name: ClassVar[str] = "unused"

    def __init__(self, days: float = 365.0) -> None:
        """`days` without use, counted from the last one, or from the beginning."""
        self._days = days

    def judge(self, records: Sequence[Record], now: datetime) -> list[Verdict]:
        """Archive or keep, with the days as the reason."""
        return [self._verdict(record, now) for record in records]

    def _verdict(self, record: Record, now: datetime) -> Verdict:
        idle = (now - (record.last_used or record.created)).total_seconds() / 86_400
        if record.useful or idle <= self._days:
            return Verdict(record.id, "keep", f"useful {record.useful} times, idle {idle:.0f} days")
        return Verdict(record.id, "archive", f"not needed for {idle:.0f} days")


class PleasantryGate(IntakeGate):
    """Archives at once what is nothing but courtesy: "Good morning!", "Thanks a lot"."""

    name: ClassVar[str] = "pleasantry"

    def __init__(self, last: int = 1) -> None:
        """`last` is how many of the latest turns it is shown; this one looks at none."""
        self.last = last

    def judge(self, turn: Turn, recent: Sequence[Turn]) -> Verdict:
        """Archive, or keep what says a word more."""
        said = set(words(turn.text))
        if said and said <= _COURTESIES:
            return Verdict(turn.id, "archive", f"{turn.id} is a courtesy")
        return Verdict(turn.id, "keep", "it says something")


class MergeConsolidator(Consolidator):
    """Records of one kind with the same words become one, resting on all their sources."""

    name: ClassVar[str] = "merge-repeated"

    def propose(self, memories: Sequence[Memory], now: datetime) -> Iterable[Proposal]:
        """One proposal per group of equals."""
        groups: dict[tuple[str, str], list[Memory]] = defaultdict(list)
        for memory in memories:
            groups[memory.kind, " ".join(words(memory.text)) or memory.text].append(memory)
        for same in groups.values():
            if len(same) > 1:
                sources = dict.fromkeys(source for memory in same for source in memory.sources)
                one = Memory(same[0].kind, same[0].text, tuple(sources), when=same[-1].when)
                gone = tuple(memory.id for memory in same if memory.id is not None)
                yield Proposal((one,), (), gone, f"the same words {len(same)} times")


class DiverseReranker(Reranker):
    """Drops hits that say little beyond a better one."""

    name: ClassVar[str] = "fresh"

    def __init__(self, overlap: float = 0.8) -> None:
        """`overlap` is the share of a hit's words, 0 to 1, that a better hit may have said."""
        self._overlap = overlap

    def rerank(self, query: str, hits: Sequence[Hit]) -> list[Hit]:
        """The best hits first, without those that repeat one."""
        kept: list[tuple[Hit, set[str]]] = []
        for hit in sorted(hits, key=lambda hit: -hit.score):
            own = set(words(hit.text))
            if all(len(own & other) <= self._overlap * len(own) for _, other in kept if own):
                kept.append((hit, own))
        return [hit for hit, _ in kept]


class AddressBook(Recipe):
    """The classes above, put together: contacts are found, and said once."""

    name: ClassVar[str] = "address-book"
    card: ClassVar[Card] = Card(
        paper="No paper: the recipe of the template", source="memkit-example",
        known_for="addresses and numbers out of talk, each once",
        kept="contacts as records of their own, merged where they repeat",
        mended="nothing", model="nothing", without="all of it",
    )  # fmt: skip

    def compose(self) -> Composition:
        """Fresh parts for one store."""
        return Composition(
            extractors=(ContactExtractor(),), consolidators=(MergeConsolidator(),),
            rerankers=(DiverseReranker(),),
        )  # fmt: skip
