"""The records memkit hands out: frozen, plain, comparable.

Every moment is an aware `datetime` that keeps the offset it was given with. `Turn.id` and
`Memory.id` share one name space inside a scope.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

__all__ = [
    "Block",
    "CheckReport",
    "Expectation",
    "Fact",
    "Health",
    "Hit",
    "JournalEntry",
    "Link",
    "MaintainReport",
    "Measure",
    "Memory",
    "Planned",
    "Profile",
    "Quarantined",
    "Reading",
    "Receipt",
    "ReembedReport",
    "Rejected",
    "SessionInfo",
    "Source",
    "Spending",
    "Stage",
    "Table",
    "Trace",
    "Turn",
    "Verdict",
    "plain",
]

Origin = Literal["user", "assistant", "tool", "system", "web", "import", "echo"]
Status = Literal["current", "planned", "superseded", "ended", "retracted", "uncertain"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation, or one document, exactly as it was given.

    `origin` tells where the words came from: `user`, `assistant`, `tool`, `system`, `web`,
    `import`, or `echo` for text that `context` had handed out and that came back.
    """

    id: str
    text: str
    speaker: str | None = None
    role: str | None = None
    session: str | None = None
    when: datetime | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    origin: str = "user"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a memory comes from: the characters [start, end) of one turn's text."""

    turn: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Memory:
    """A derived record: a window, segment, fact, summary... and the words it rests on."""

    kind: str
    text: str
    sources: tuple[Source, ...]
    id: str | None = None
    speaker: str | None = None
    session: str | None = None
    when: datetime | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that was proposed and does not hold, with the reason and the turns it was for."""

    kind: str
    text: str
    reason: str
    turns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A rejected record as the store keeps it: to be looked at, never found by a search."""

    id: int
    kind: str
    text: str
    reason: str
    extractor: str
    when: datetime
    turns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """What was said of one attribute of a subject, and when it holds.

    `since` and `until` bound the time it holds ([since, until), None: not known, not ended);
    `said` is when it was first said, `recorded_until` when it was said that it is no longer, or
    never was, so. `superseded_by` is the id of the fact that took its place. `status` is how it
    stands at the moment asked about; `uncertain` when what it rests on has changed since.
    `confidence` is in 0..1 and rises as it is said again. `sources` are all the words for it.
    """

    id: str
    subject: str
    attribute: str
    value: str
    unit: str | None
    text: str
    since: datetime | None
    until: datetime | None
    said: datetime
    recorded_until: datetime | None
    superseded_by: str | None
    status: Status
    confidence: float
    origin: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of one person now, prompt-ready; `str(profile)` is the text."""

    person: str
    text: str
    tokens: int
    budget: int
    facts: tuple[Fact, ...]

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Table:
    """The answer of a query: column names and rows; `cut` when there were more rows than asked."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    cut: bool = False

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.rows)


@dataclass(frozen=True, slots=True)
class Spending:
    """What calls of a language model have cost; `cost` is in US dollars."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Link:
    """A typed, weighted edge between two records of one scope."""

    source: str
    target: str
    kind: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A ranked result.

    `score` is in 0..1, higher is better, comparable within one query. `why` maps each signal of
    the retriever to what it contributed. `sources` are turn ids, best first; `turns` are those
    turns in full. `archived` is when it was archived, for a search that looks there too.
    """

    id: str
    text: str
    score: float
    sources: tuple[str, ...]
    session: str | None
    speaker: str | None
    when: datetime | None
    kind: str
    why: Mapping[str, float]
    turns: tuple[Turn, ...]
    archived: datetime | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A prompt-ready text of remembered turns; `str(block)` is the text."""

    text: str
    tokens: int
    budget: int
    hits: tuple[Hit, ...]
    counter: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer composed from hits without a model.

    `score` is in 0..1: how likely it is that the hits hold an answer at all. `abstained` when it
    is too low, and `answer` then says that nothing is known. `sources` are the turns the answer
    rests on, best first; `kind` is what was answered with: `time`, `duration`, `count`, `list`,
    `yes-no`, `choice`, `name`, `place`, `number`, `reason`, `span`, or `none`.
    """

    answer: str
    score: float
    abstained: bool
    sources: tuple[str, ...]
    kind: str

    def __str__(self) -> str:
        return self.answer


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """One session of a scope, in numbers."""

    id: str | None
    turns: int
    speakers: tuple[str, ...]
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One act that changed a scope. `records` are the ids it touched and that still exist."""

    id: int
    when: datetime
    action: str
    reason: str
    records: tuple[str, ...]
    undoes: int | None = None
    undone_by: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a forgetting policy decides for one record, and why."""

    id: str
    action: Literal["keep", "archive", "compress", "expire"]
    reason: str
    strength: float | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of answering a query: how many records came in and stayed."""

    name: str
    entered: int
    kept: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """How a query was answered: its terms, the stages, and the hits with their signals."""

    query: str
    now: datetime
    retriever: str
    terms: tuple[str, ...]
    stages: tuple[Stage, ...]
    hits: tuple[Hit, ...]
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Expectation:
    """Why a record is or is not among the hits of a query.

    `stage` names the step that dropped it, or `returned`. `rank` counts from 1 among the ranked
    candidates; `needed` is the score of the last hit that was returned.
    """

    id: str
    query: str
    stage: Literal[
        "returned", "rank", "candidates", "filter", "as_of", "forgotten", "echo", "missing"
    ]
    reason: str
    rank: int | None = None
    score: float | None = None
    needed: float | None = None
    why: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of an erasure.

    `probes` is the number of erased texts that were searched for, byte by byte, in `files`
    after the erasure; `residue` the number that was still found. `verified` holds when every
    probe was searched in every file and none was found.
    """

    when: datetime
    ids: tuple[str, ...]
    turns: int
    memories: int
    journal_entries: int
    files: tuple[str, ...]
    probes: int
    residue: int
    verified: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What `check` found; `fixed` lists what it mended."""

    problems: tuple[str, ...]
    fixed: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """No problem is left."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a store's health; `limit` is the most that is well, or None."""

    name: str
    value: float
    limit: float | None
    note: str

    @property
    def ok(self) -> bool:
        """Whether it is within its limit."""
        return self.limit is None or self.value <= self.limit


@dataclass(frozen=True, slots=True)
class Health:
    """How a store is doing."""

    measures: tuple[Measure, ...]

    @property
    def ok(self) -> bool:
        """Every measure is within its limit."""
        return all(measure.ok for measure in self.measures)


@dataclass(frozen=True, slots=True)
class Planned:
    """What a dry run of `maintain` would do with some records, and why.

    `act` is `extract`, `consolidate`, `archive`, `expire`, `compress`, or `keep` for turns that
    would be compressed if a summary could stand for them.
    """

    act: str
    records: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class MaintainReport:
    """What one `maintain` run did, per extractor, consolidator and policy.

    `finished` is false when the budget ran out first; the next run goes on from there. `planned`
    is what a dry run would have done.
    """

    finished: bool
    extracted: Mapping[str, int]
    rejected: Mapping[str, int]
    consolidated: Mapping[str, int]
    archived: int
    expired: int
    errors: tuple[str, ...]
    milliseconds: float
    compressed: int = 0
    planned: tuple[Planned, ...] = ()


@dataclass(frozen=True, slots=True)
class ReembedReport:
    """The end of a `reembed`: how many records got a vector, how many had one already."""

    embedder: str
    embedded: int
    reused: int


def plain(value: Any) -> Any:
    """The record as JSON-ready values: dicts, lists, strings, numbers; datetimes as ISO 8601."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value
