"""One conversation in a scope, filled as far as a question may see, and asked."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Any, Final

from memkit.contracts import Retriever
from memkit.dates import moment
from memkit.evals.data import Conversation, Question
from memkit.evals.measures import DEPTH, distinct, exact, ranking_measures, recall
from memkit.evals.outcomes import Asked, Given, Outcome
from memkit.models import Block, Hit
from memkit.store import Scope
from memkit.tokens import default_counter

HITS: Final = 100
"""How many hits are asked for: enough for the first ten or twenty sessions to appear."""
TIMED_HITS: Final = 10
"""How many hits are asked for when the time is taken."""
KEPT_HITS: Final = 10
"""How many hits are kept for looking at."""
UNDATED: Final = datetime(2024, 1, 1, tzinfo=UTC)
"""When messages without a date are stored, and the store's idea of the present."""
EXCERPT: Final = 200
"""Characters of a text that a per-question file keeps."""
_DAY_S: Final = 86_400.0


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a question, its hits, and the seconds a search for ten of them took.

    `steady` tells whether these ten are the first of the hundred that were measured.
    """

    outcome: Outcome
    seconds: float
    steady: bool
    hits: tuple[Hit, ...] = ()


@dataclass
class Writing:
    """What storing took: turns, seconds of `add` and of `maintain`, and bytes of the stores."""

    turns: int = 0
    add_s: float = 0.0
    maintain_s: float = 0.0
    bytes: int = 0

    def add(self, other: Writing) -> None:
        """Count what storing another conversation took."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))


@lru_cache(maxsize=1 << 17)
def tokens_of(text: str) -> int:
    """The tokens of a text; the same lines are counted for every budget and retriever."""
    return default_counter().count(text)


class Asking:
    """One conversation in a scope, filled as far as the question at hand may see."""

    def __init__(
        self, conversation: Conversation, scope: Scope, budgets: Sequence[int] = (), *,
        stored: int = 0,
    ) -> None:  # fmt: skip
        """`stored` is how many of the messages the scope holds already."""
        self._conversation = conversation
        self._scope = scope
        self._budgets = budgets
        self._sessions = conversation.sessions()
        self._stored = stored
        self.writing = Writing()

    def store_before(self, question: Question) -> None:
        """Store what was said before the question, and what is derived from it."""
        visible = self._conversation.visible(question)
        if visible <= self._stored:
            return
        fresh = self._conversation.messages[self._stored : visible]
        began = time.perf_counter()
        if question.chained:
            for said in fresh:  # as it comes, one at a time; then what it says is known
                self._scope.add(said)
        else:
            self._scope.add(fresh)
        added = time.perf_counter()
        self._scope.maintain(now=self.now(question))
        self.writing.add_s += added - began
        self.writing.maintain_s += time.perf_counter() - added
        self.writing.turns += len(fresh)
        self._stored = visible

    def asked(self, question: Question) -> Asked:
        """The question as the file keeps it, with its evidence and the size of the history."""
        now = self.now(question)
        evidence = tuple(self._evidence(id, now) for id in question.evidence)
        ages = [each["age_days"] for each in evidence if each["age_days"] is not None]
        visible = self._conversation.visible(question)
        return Asked(
            self._conversation.id, question.id, question.category, question.level, question.text,
            question.answer, question.accepted, question.answerable,
            None if now == UNDATED else now.isoformat(), max(ages, default=None), evidence,
            {"turns": visible, "tokens": self._tokens[visible]},
        )  # fmt: skip

    def ask(
        self, question: Question, name: str, retriever: Retriever | None, *, keep: bool = False
    ) -> Answer:
        """The answer of one retriever, or of the store's own, to one question.

        `keep` its first hits in the outcome.
        """
        now = self.now(question)
        hits = self._scope.search(question.text, HITS, now=now, retriever=retriever)
        # The first search after a change builds what is derived from it; this one is timed.
        began = time.perf_counter()
        few = self._scope.search(question.text, TIMED_HITS, now=now, retriever=retriever)
        seconds = time.perf_counter() - began
        ranked = _sources(hits)
        sessions = distinct(ranked, self._sessions)
        measures = self._ranking(question, ranked, sessions) if question.evidence else {}
        given = self._chained(question) if question.chained else None
        if question.chained:
            measures["answer.exact"] = exact(given.text if given else None, question.accepted)
            measures["answer.given"] = float(given is not None)
        measures |= self._within_budgets(question, retriever)
        outcome = Outcome(
            self._conversation.id, question.id, name, question.category, question.level,
            question.evidence, tuple(ranked[:DEPTH]), tuple(sessions[:DEPTH]),
            {measure: round(value, 6) for measure, value in measures.items()},
            tuple(self._kept(question, hit) for hit in hits[:KEPT_HITS] if keep), given,
        )  # fmt: skip
        steady = [hit.id for hit in few] == [hit.id for hit in hits[:TIMED_HITS]]
        return Answer(outcome, seconds, steady, tuple(hits))

    def block(self, question: Question, retriever: Retriever | None, budget: int) -> Block:
        """What a model would be shown for the question."""
        now = self.now(question)
        return self._scope.context(question.text, budget, now=now, retriever=retriever)

    def now(self, question: Question) -> datetime:
        """The moment the question is asked: its own, else that of the last message before it."""
        if question.when is not None:
            return moment(question.when, UTC, "when")
        return self._latest[self._conversation.visible(question)] or UNDATED

    def _within_budgets(self, question: Question, retriever: Retriever | None) -> dict[str, float]:
        found = {}
        for budget in self._budgets if question.evidence else ():
            block = self.block(question, retriever, budget)
            cited = self._at_level(question, _sources(block.hits))
            found[f"budget.recall@{budget}"] = recall(cited, question.evidence, len(cited))
            found[f"budget.tokens@{budget}"] = float(block.tokens)
        return found

    def _chained(self, question: Question) -> Given | None:
        path = self._scope.chain(question.text)
        turns = dict.fromkeys(source.turn for fact in path for source in fact.sources)
        return Given(path[-1].value, False, None, "chain", tuple(turns)) if path else None

    def _ranking(
        self, question: Question, ranked: Sequence[str], sessions: Sequence[str]
    ) -> dict[str, float]:
        held = self._at_level(question, question.evidence)
        found = {}
        if question.level == "turn":
            measured = ranking_measures(ranked, question.evidence)
            found = {f"turn.{name}": value for name, value in measured.items()}
            held = distinct(question.evidence, self._sessions)
        measured = ranking_measures(sessions, held)
        return {**found, **{f"session.{name}": value for name, value in measured.items()}}

    def _at_level(self, question: Question, turns: Sequence[str]) -> Sequence[str]:
        return turns if question.level == "turn" else distinct(turns, self._sessions)

    def _kept(self, question: Question, hit: Hit) -> dict[str, Any]:
        leads_to = set(self._at_level(question, hit.sources))
        return {
            "sources": list(hit.sources),
            "kind": hit.kind,
            "score": round(hit.score, 6),
            "speaker": hit.speaker,
            "when": _iso(hit.when),
            "text": hit.text[:EXCERPT],
            "evidence": not leads_to.isdisjoint(question.evidence),
            "why": {name: round(value, 6) for name, value in hit.why.items()},
        }

    def _evidence(self, id: str, now: datetime) -> dict[str, Any]:
        said = self._said[id]
        when = _when(said)
        return {
            "id": id,
            "speaker": said.get("name") or said.get("role"),
            "when": _iso(when),
            "age_days": None if when is None else round((now - when).total_seconds() / _DAY_S, 2),
            "text": said["content"][:EXCERPT],
        }

    @cached_property
    def _said(self) -> Mapping[str, Mapping[str, Any]]:
        """Messages by their id, and the first one of each session by that of the session."""
        messages = self._conversation.messages
        first = {self._sessions[said["id"]]: said for said in reversed(messages)}
        return {**first, **{said["id"]: said for said in messages}}

    @cached_property
    def _latest(self) -> list[datetime | None]:
        """The latest moment of the first so many messages."""
        times = [None, *(_when(said) for said in self._conversation.messages)]
        return list(accumulate(times, _later))

    @cached_property
    def _tokens(self) -> list[int]:
        """Of the first so many messages, each with who says it."""
        sizes = (
            tokens_of(f"{said.get('name') or said.get('role') or ''}: {said['content']}\n")
            for said in self._conversation.messages
        )
        return list(accumulate(sizes, initial=0))


def _when(said: Mapping[str, Any]) -> datetime | None:
    return moment(said["timestamp"], UTC, "timestamp") if "timestamp" in said else None


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((each for each in (one, other) if each is not None), default=None)


def _iso(when: datetime | None) -> str | None:
    return when.isoformat() if when is not None else None


def _sources(hits: Sequence[Hit]) -> list[str]:
    """The turn ids that hits lead to, best first, each once.

    Repeated words are merged into one hit with several sources; each source takes a rank here.
    """
    return list(dict.fromkeys(source for hit in hits for source in hit.sources))
