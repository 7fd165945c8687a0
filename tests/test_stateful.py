"""A store against a model of it in plain Python, over random lives."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import NOON
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from memkit import MemoryStore, Scope
from memkit.embed.hashing import HashingEmbedder
from memkit.errors import ConflictingTurn, InvalidInput, NotFound

OWNERS = ("ana", "ana%")
WORDS = ["tea", "cake", "boat", "harbour", "rain"]
owners = st.sampled_from(OWNERS)
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)


@dataclass
class Kept:
    """A turn as the model knows it."""

    text: str
    archived: int | None = None


@dataclass
class Entry:
    """A journal entry as the model knows it: added, archived or restored, and rated records."""

    id: int
    added: list[str] = field(default_factory=list)
    changes: dict[str, tuple[int | None, int | None]] = field(default_factory=dict)
    rated: list[str] = field(default_factory=list)
    undone: bool = False
    final: bool = False


@dataclass
class Owned:
    """One scope as the model knows it."""

    turns: dict[str, Kept] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    numbered: int = 0

    def erase(self, id: str) -> None:
        """A later turn may take the id, but not the past, of an erased one."""
        del self.turns[id]
        for entry in self.entries:
            entry.added = [one for one in entry.added if one != id]
            entry.rated = [one for one in entry.rated if one != id]
            entry.changes.pop(id, None)

    def live(self) -> set[str]:
        return {id for id, kept in self.turns.items() if kept.archived is None}


class Life(RuleBasedStateMachine):
    """Everything a caller can do, in any order."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.files = (self.folder / f"{n}.mem" for n in itertools.count())
        self.seconds = itertools.count()
        self.model = {owner: Owned() for owner in OWNERS}
        self.path = next(self.files)
        self.store = self.opened()

    def teardown(self) -> None:
        if hasattr(self, "store"):
            assert self.store.check().problems == ()
            self.store.close()
            shutil.rmtree(self.folder)

    def opened(self) -> MemoryStore:
        return MemoryStore(self.path, embedder=HashingEmbedder(16))

    def scope(self, owner: str) -> Scope:
        return self.store.scope(user=owner)

    def now(self) -> Any:
        return NOON + timedelta(seconds=next(self.seconds))

    @rule(owner=owners, batch=st.lists(texts, min_size=1, max_size=3))
    def add(self, owner: str, batch: list[str]) -> None:
        of, now = self.model[owner], self.now()
        turns = self.scope(owner).add(batch, now=now)
        expected = [f"t{of.numbered + n}" for n in range(1, len(batch) + 1)]
        assert [turn.id for turn in turns] == expected
        of.numbered += len(batch)
        of.turns.update((turn.id, Kept(turn.text)) for turn in turns)
        self.note(owner, expected)

    @rule(owner=owners, name=st.sampled_from(["a", "b", "c"]), text=texts)
    def add_with_an_id(self, owner: str, name: str, text: str) -> None:
        of, scope = self.model[owner], self.scope(owner)
        message = {"id": name, "content": text}
        known = of.turns.get(name)
        if known is not None and known.text != text:
            with pytest.raises(ConflictingTurn):
                scope.add(["never stored", message], now=self.now())
            return
        assert scope.add(message, now=self.now())[0].id == name
        if known is None:
            of.turns[name] = Kept(text)
            self.note(owner, [name])

    def note(self, owner: str, added: list[str], **changed: Any) -> Entry:
        of = self.model[owner]
        newest = self.scope(owner).journal(limit=10**6)[-1]
        entry = Entry(newest.id, added, **changed)
        of.entries.append(entry)
        assert set(newest.records) == {*added, *entry.changes, *entry.rated} & set(of.turns)
        return entry

    @rule(owner=owners, data=st.data())
    def forget(self, owner: str, data: st.DataObject) -> None:
        of = self.model[owner]
        ids = data.draw(st.lists(st.sampled_from([*of.turns, "nobody"]), min_size=1, max_size=3))
        now = self.now()
        if "nobody" in ids or not of.turns:
            with pytest.raises(NotFound):
                self.scope(owner).forget(ids, now=now)
            return
        self.scope(owner).forget(ids, now=now)
        at = int(now.timestamp() * 1_000_000)
        gone = [id for id in dict.fromkeys(ids) if of.turns[id].archived is None]
        for id in gone:
            of.turns[id].archived = at
        self.note(owner, [], changes=dict.fromkeys(gone, (None, at)))

    @precondition(lambda self: any(of.entries for of in self.model.values()))
    @rule(owner=owners, data=st.data())
    def undo(self, owner: str, data: st.DataObject) -> None:
        of, now = self.model[owner], self.now()
        if not of.entries:
            return
        entry = data.draw(st.sampled_from(of.entries), label="entry")
        if entry.undone or entry.final:
            with pytest.raises(InvalidInput):
                self.scope(owner).undo(entry.id, now=now)
            return
        self.scope(owner).undo(entry.id, now=now)
        at = int(now.timestamp() * 1_000_000)
        changes: dict[str, tuple[int | None, int | None]] = {}
        for id in entry.added:
            if id in of.turns and of.turns[id].archived is None:
                changes[id] = (None, at)
        changes.update(
            (id, (of.turns[id].archived, before))
            for id, (before, _) in entry.changes.items()
            if id in of.turns and of.turns[id].archived != before
        )
        for id, (_, after) in changes.items():
            of.turns[id].archived = after
        entry.undone = True
        undoing = self.note(owner, [], changes=changes, rated=entry.rated)
        found = {e.id: e for e in self.scope(owner).journal(limit=10**6)}
        assert found[undoing.id].undoes == entry.id
        assert found[entry.id].undone_by == undoing.id

    @precondition(lambda self: any(of.turns for of in self.model.values()))
    @rule(owner=owners, data=st.data())
    def erase(self, owner: str, data: st.DataObject) -> None:
        of = self.model[owner]
        if not of.turns:
            return
        ids = data.draw(st.lists(st.sampled_from(list(of.turns)), min_size=1, max_size=2))
        receipt = self.scope(owner).erase(ids, now=self.now())
        assert set(receipt.ids) == set(ids)
        assert receipt.verified
        for id in dict.fromkeys(ids):
            of.erase(id)
        of.entries.append(Entry(self.scope(owner).journal(limit=10**6)[-1].id, final=True))

    @precondition(lambda self: any(of.entries for of in self.model.values()))
    @rule(owner=owners)
    def erase_the_scope(self, owner: str) -> None:
        if self.model[owner].entries:
            assert set(self.scope(owner).erase(now=self.now()).ids) == set(self.model[owner].turns)
            self.model[owner] = Owned()

    @precondition(lambda self: any(of.turns for of in self.model.values()))
    @rule(owner=owners, useful=st.booleans(), data=st.data())
    def feedback(self, owner: str, useful: bool, data: st.DataObject) -> None:
        of = self.model[owner]
        if not of.turns:
            return
        id = data.draw(st.sampled_from(list(of.turns)))
        correction = data.draw(st.none() | texts)
        self.scope(owner).feedback(id, useful=useful, correction=correction, now=self.now())
        added = []
        if correction is not None:
            of.numbered += 1
            added = [f"t{of.numbered}"]
            of.turns[added[0]] = Kept(correction)
        self.note(owner, added, rated=[id])

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = self.opened()

    @rule()
    def move_to_a_new_file(self) -> None:
        self.store.export(self.folder / "all.jsonl")
        before = (self.folder / "all.jsonl").read_bytes()
        self.store.close()
        self.path = next(self.files)
        self.store = self.opened()
        self.store.import_(self.folder / "all.jsonl")
        self.store.export(self.folder / "all.jsonl")
        assert (self.folder / "all.jsonl").read_bytes() == before

    @rule(owner=owners, word=st.sampled_from(WORDS))
    def search(self, owner: str, word: str) -> None:
        of = self.model[owner]
        hits = self.scope(owner).search(word, k=200, now=self.now())
        found = [id for hit in hits for id in hit.sources]
        assert len(found) == len(set(found))
        assert set(found) <= of.live()
        assert {id for id in of.live() if word in of.turns[id].text} <= set(found)
        assert all(hit.text == of.turns[hit.id].text for hit in hits)

    @invariant()
    def both_scopes_hold_what_the_model_holds(self) -> None:
        if not hasattr(self, "store"):
            return
        for owner, of in self.model.items():
            scope = self.scope(owner)
            every = {turn.id: turn.text for turn in scope.turns()}
            assert list(every.items()) == [(id, kept.text) for id, kept in of.turns.items()]
            assert {turn.id for turn in scope.turns(archived=False)} == of.live()
            assert [entry.id for entry in scope.journal(limit=10**6)] == [e.id for e in of.entries]


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=45, stateful_step_count=30, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
