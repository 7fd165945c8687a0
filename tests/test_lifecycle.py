"""Random lives of a memory: whatever happens, words stay reachable and undo is exact."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from conftest import NOON
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from memkit import Memory, MemoryStore, Source, Turn, Verdict
from memkit.consolidate.compression import coverage
from memkit.consolidate.conflicts import ConflictConsolidator
from memkit.consolidate.duplicates import DuplicateConsolidator
from memkit.consolidate.neighbours import NeighbourConsolidator
from memkit.consolidate.topics import TopicConsolidator
from memkit.contracts import Extractor, ForgettingPolicy, Record
from memkit.embed.hashing import HashingEmbedder
from memkit.storage.ledger import Use

WORDS = "tea cake boat harbour rain garden piano bread window river".split()
SAID = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(
    lambda words: f"I told you about the {', the '.join(words)} we have at home."
)
CLAIMS = st.builds(
    lambda subject, value, since: (f"{subject} lives in {value}.", subject, value, since),
    st.sampled_from(["Rui", "Eva"]),
    st.sampled_from(["Porto", "Lisbon"]),
    st.sampled_from(["2020-01-01", "2021-01-01", None]),
)
ACTIONS = ("keep", "archive", "expire", "compress")


class Both(Extractor):
    """A claim of each turn that makes one, and a segment of each that does not."""

    name = "both"
    deferred = False

    def extract(self, turns: Sequence[Turn]) -> Iterable[Memory]:
        for turn in turns:
            kind = "triple" if "subject" in turn.metadata else "segment"
            source = Source(turn.id, 0, len(turn.text))
            yield Memory(kind, turn.text, (source,), metadata=dict(turn.metadata))
            yield Memory("fact", turn.text[:40], (Source(turn.id, 0, min(40, len(turn.text))),))


class Lottery(ForgettingPolicy):
    """A verdict by what a record is called, and by how the dice fell."""

    name = "lottery"

    def __init__(self) -> None:
        self.dice = 0

    def judge(self, records: Sequence[Record], now: datetime) -> list[Verdict]:
        return [
            Verdict(one.id, ACTIONS[sum(map(ord, one.id)) * 7 // (self.dice + 1) % 4], "by lot")  # type: ignore[arg-type]
            for one in records
        ]


class Life(RuleBasedStateMachine):
    """Everything that may happen to a memory but erasure."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.seconds = itertools.count()
        self.moved = itertools.count()
        self.words: dict[str, str] = {}
        self.policy = Lottery()
        self.store = self.opened()

    def teardown(self) -> None:
        if hasattr(self, "store"):
            assert self.store.check().problems == ()
            self.store.close()
            shutil.rmtree(self.folder)

    def opened(self) -> MemoryStore:
        embedder = HashingEmbedder(16)
        return MemoryStore(
            self.folder / "life.mem", embedder=embedder, extractors=[Both()],
            forgetting=self.policy, clock=lambda: NOON + timedelta(days=9999),
            consolidators=[
                DuplicateConsolidator(embedder=None), NeighbourConsolidator(embedder=embedder),
                TopicConsolidator(embedder=embedder), ConflictConsolidator(),
            ],
        )  # fmt: skip

    @property
    def ana(self) -> Any:
        return self.store.scope(user="ana")

    def now(self) -> datetime:
        return NOON + timedelta(hours=next(self.seconds))

    def entries(self) -> list[Any]:
        found: list[Any] = self.ana.journal(limit=10**6)
        return found

    def snapshot(self) -> dict[str, Any]:
        """How everything stands, but for the journal."""
        with self.store._parts.storage.read() as rows:
            state = rows.scopes.find('{"user":"ana"}')
            if state is None:
                return {"records": {}, "uses": {}, "links": set()}
            found = rows.records.after(state.scope, 0, -1)
            uses = rows.uses.of(state.scope)
            return {
                "records": {row.id: row.standing for row in found},
                "facts": {row.id: row.folded for row in rows.facts.of(state.scope)},
                "uses": {
                    row.id: _judged(uses[row.record])
                    for row in found
                    if row.record in uses and any(uses[row.record][2:4])
                },
                "links": {edge for row in found for edge in rows.links.of(row.record)},
            }

    def undone(self, before: dict[str, Any], entries: int) -> None:
        """Take back all that came since, newest first; everything is as it was."""
        made = self.entries()[entries:]
        for entry in reversed(made):
            self.ana.undo(entry.id, now=self.now())
        after = self.snapshot()
        fresh = after["records"].keys() - before["records"].keys()
        assert all(after["records"][id].archived is not None for id in fresh)
        for part in ("records", "uses", "facts"):
            assert {k: v for k, v in after.get(part, {}).items() if k not in fresh} == before.get(
                part, {}
            )
        assert after["links"] == before["links"]

    def added(self, messages: list[dict[str, Any]]) -> None:
        for turn in self.ana.add(messages, now=self.now()):
            self.words[turn.id] = turn.text

    @rule(batch=st.lists(SAID, min_size=1, max_size=6), session=st.sampled_from("ab"))
    def add(self, batch: list[str], session: str) -> None:
        self.added([{"content": text, "session": session} for text in batch])

    @rule(claims=st.lists(CLAIMS, min_size=1, max_size=3))
    def claim(self, claims: list[tuple[str, str, str, str | None]]) -> None:
        messages = []
        for text, subject, value, since in claims:
            metadata = {"subject": subject, "attribute": "home", "value": value}
            metadata |= {"since": since} if since else {}
            messages.append({"content": text, "metadata": metadata})
        self.added(messages)

    @precondition(lambda self: self.words)
    @rule(data=st.data(), useful=st.booleans(), back=st.booleans())
    def feedback(self, data: st.DataObject, useful: bool, back: bool) -> None:
        ids = data.draw(st.lists(st.sampled_from(sorted(self.snapshot()["records"])), min_size=1))
        correction = data.draw(st.none() | SAID)
        before, entries = self.snapshot(), len(self.entries())
        entry = self.ana.feedback(ids, useful=useful, correction=correction, now=self.now())
        if correction is not None:
            (said,) = set(entry.records) - set(ids)
            self.words[said] = correction
        if back:
            self.undone(before, entries)

    @precondition(lambda self: self.words)
    @rule(data=st.data(), back=st.booleans())
    def forget(self, data: st.DataObject, back: bool) -> None:
        before, entries = self.snapshot(), len(self.entries())
        ids = data.draw(st.lists(st.sampled_from(sorted(before["records"])), min_size=1))
        self.ana.forget(ids, now=self.now())
        hits = self.ana.search("tea and cake at home", k=50, include_archived=True)
        assert not set(ids) & {hit.id for hit in hits}
        if back:
            self.undone(before, entries)

    @rule(dice=st.integers(0, 9), back=st.booleans(), budget=st.sampled_from([None, 0.01]))
    def maintain(self, dice: int, back: bool, budget: float | None) -> None:
        self.policy.dice = dice
        self.ana.facts()  # what extractors add is no matter of undoing what comes after
        while self.store._parts.extractors and self.behind():
            self.read_all()
        before, entries = self.snapshot(), len(self.entries())
        planned = self.ana.maintain(now=self.now(), dry_run=True).planned
        assert self.snapshot() == before
        assert len(self.entries()) == entries
        report = self.ana.maintain(budget, now=self.now())
        assert report.errors == ()
        if not any(one.act in ("archive", "expire") for one in planned) and budget is None:
            assert report.archived == report.expired == 0 or report.consolidated
        if back:
            self.undone(before, entries)

    def behind(self) -> bool:
        return any(one.act == "extract" for one in self.ana.maintain(dry_run=True).planned)

    def read_all(self) -> None:
        kept, self.store._parts.forgetting = self.store._parts.forgetting, _Never()
        several, self.store._parts.consolidators = self.store._parts.consolidators, ()
        self.ana.maintain(now=self.now())
        self.store._parts.forgetting, self.store._parts.consolidators = kept, several

    @precondition(lambda self: self.words)
    @rule(data=st.data(), back=st.booleans())
    def undo(self, data: st.DataObject, back: bool) -> None:
        open_ones = [entry for entry in self.entries() if entry.undone_by is None]
        entry = data.draw(st.sampled_from([one for one in open_ones if one.action != "move"]))
        before, entries = self.snapshot(), len(self.entries())
        self.ana.undo(entry.id, now=self.now())
        if back:
            self.undone(before, entries)

    @precondition(lambda self: self.words)
    @rule()
    def move_out_and_back(self) -> None:
        before, entries = self.snapshot(), self.entries()
        path = self.folder / f"moved-{next(self.moved)}.jsonl"
        if self.store.compact(path):
            assert self.store.check().problems == ()
            self.store.import_(path)
        assert self.snapshot() == before
        assert [one for one in self.entries() if one.action != "move"] == [
            one for one in entries if one.action != "move"
        ]

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = self.opened()

    @invariant()
    def every_word_is_there_and_every_source_is_reached(self) -> None:
        if not hasattr(self, "store"):
            return
        assert {turn.id: turn.text for turn in self.ana.turns()} == self.words
        for memory in self.ana.memories():
            turns = self.ana.expand(memory.id)
            assert {turn.id for turn in turns} == {source.turn for source in memory.sources}
            for source in memory.sources:
                assert 0 <= source.start < source.end <= len(self.words[source.turn])
            if memory.kind == "digest":
                assert coverage([turn.text for turn in turns], memory.text).stands

    @precondition(lambda self: self.words)
    @rule(word=st.sampled_from(WORDS))
    def search(self, word: str) -> None:
        standings = self.snapshot()["records"]
        live = {id for id, standing in standings.items() if standing.archived is None}
        hits = self.ana.search(word, k=200)
        assert {hit.id for hit in hits} <= live
        held = {id for hit in hits for id in hit.sources}
        assert {id for id in live & self.words.keys() if word in self.words[id]} <= held
        wider = {id for hit in self.ana.search(word, k=200, include_archived=True)
                 for id in (hit.id, *hit.sources)}  # fmt: skip
        faded = {id for id, standing in standings.items() if standing.why}
        assert {id for id in faded & self.words.keys() if word in self.words[id]} <= wider


def _judged(use: Use) -> tuple[Any, ...]:
    """What feedback left: searches count in between, and nobody takes them back."""
    return use.useful, use.useless, [at for at, kind in use.events if kind.startswith("use")]


class _Never(ForgettingPolicy):
    name = "none"
    forgets = False

    def judge(self, records: Sequence[Record], now: datetime) -> list[Verdict]:
        return []


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=30, stateful_step_count=25, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
