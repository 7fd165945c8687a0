"""`search`, `trace` and `why_not`: one way of answering, shown in three depths."""

from __future__ import annotations

import heapq
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any

import numpy as np

from memkit import filters
from memkit.contracts import Query, Ranking, Reranker, Retriever
from memkit.dates import from_micros, moment, to_micros
from memkit.errors import CorruptStore, InvalidInput
from memkit.index.cache import CachedScope
from memkit.index.layer import RecordLayer
from memkit.index.scope import ScopeIndex
from memkit.index.view import LayerView, ScopeView
from memkit.models import Expectation, Hit, Stage, Trace
from memkit.storage.ledger import ScopeState
from memkit.storage.records import Row
from memkit.storage.rows import Rows
from memkit.storage.standing import DIGEST, STANDINGS
from memkit.store import rescuing, snapshots
from memkit.store.parts import Parts, require_count
from memkit.store.reasons import Reasons
from memkit.text import require_text, term_ids, terms, words
from memkit.types import Filter, Ints, Mask, When

_DUPLICATE_WORDS = 4
_LETTERS = "".join(chr(c).lower() if chr(c).isalnum() else " " for c in range(128))
"""Each ASCII character in lower case, or a space where it belongs to no word."""
_ROWS_AT_ONCE = 12
_CHOICE = 50
"""Rerankers choose among at least so many hits."""


@dataclass(frozen=True)
class Ask:
    """A search as the caller put it, checked."""

    text: str
    k: int
    filter: Filter | None
    as_of: When | None
    now: datetime
    retriever: Retriever
    rerankers: Sequence[Reranker] = ()
    at: datetime = field(kw_only=True)
    """The moment the answer is for: that of `as_of`, else `now`."""
    archived: bool = False
    """Whether what maintenance has archived is looked at, too."""
    explained: bool = False
    """Whether the stages are to say what was left out."""

    @property
    def depth(self) -> int:
        """How many hits are made ready: more than asked for where rerankers choose among them."""
        return max(self.k, _CHOICE) if self.rerankers else self.k

    @property
    def kinds(self) -> bool:
        """Whether the filter says which kinds of record it wants."""
        return self.filter is not None and filters.mentions(self.filter, "kind")


@dataclass
class Answer:
    """What was found, and everything needed to explain it."""

    ask: Ask
    query: Query
    hits: list[Hit] = field(default_factory=list)
    ranked: list[tuple[RecordLayer, Ranking]] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    records: list[int] = field(default_factory=list)


def ask(
    parts: Parts, text: str, k: int, filter: Filter | None, as_of: When | None,
    now: When | None, retriever: Retriever | None,
) -> Ask:  # fmt: skip
    """Check the arguments of a search."""
    require_text(text, "query")
    if not text.strip():
        raise InvalidInput("The query is empty: there is nothing to look for. Ask something.")
    if retriever is not None and not isinstance(retriever, Retriever):
        raise TypeError(
            f"retriever must be a Retriever object; found {retriever!r}. "
            "Names are for the command line: memkit.registry.create('retrievers', name) makes one."
        )
    if filter is not None:
        filters.compiled(filter, parts.zone)  # an empty scope must refuse a wrong one too
    present = parts.now(now)
    at = present if as_of is None else moment(as_of, parts.zone, "as_of")
    return Ask(
        text, require_count(k, "k"), filter, as_of, present, retriever or parts.retriever,
        parts.rerankers, at=at,
    )  # fmt: skip


def answer(parts: Parts, keys: str, asked: Ask) -> Answer:
    """Answer from one consistent snapshot of the scope."""
    with parts.storage.read() as rows:
        state = rows.scopes.find(keys)
        if state is None or not state.last:
            return Answer(asked, _query(asked, None))
        cached = _cached(parts, rows, state, asked)
        with cached.mutex:
            _refresh(parts, rows, state, cached.index)
            found = _answer(parts, rows, state, cached.index, asked)
    snapshots.write_due(parts, state, cached)
    return found


def _cached(parts: Parts, rows: Rows, state: ScopeState, asked: Ask) -> CachedScope:
    """The index of what is live, or of everything where the question reaches further."""
    latest = rows.standings.latest_dormant(state.scope)
    past = asked.as_of is not None and latest is not None and latest > to_micros(asked.at)
    return parts.cache.get(state.scope, whole=past or (asked.archived and latest is not None))


def _refresh(parts: Parts, rows: Rows, state: ScopeState, index: ScopeIndex) -> None:
    try:
        with ExitStack() as on_error:
            on_error.callback(parts.cache.drop, state.scope)  # Ctrl-C may have left half of it
            snapshots.take_up(parts, rows, state, index)
            index.refresh(rows, state, parts.space_number)
            on_error.pop_all()
    except (TypeError, ValueError) as error:
        broken = rows.records.misshapen(state.scope, parts.space_number)
        if broken is None:
            raise
        raise CorruptStore(
            f"Record {broken} of this scope is not what was stored: the file was damaged. "
            "Run `memkit check` to see how far."
        ) from error


def search(parts: Parts, keys: str, asked: Ask) -> list[Hit]:
    """The hits alone; counts them as retrieved."""
    found = answer(parts, keys, asked)
    parts.uses.note("retrieved", found.records)
    return found.hits


def rescue(parts: Parts, keys: str, asked: Ask) -> list[Hit]:
    """The hits that only a search among what was archived finds; counts them as retrieved."""
    found = answer(parts, keys, replace(asked, archived=True))
    back = [place for place, hit in enumerate(found.hits) if hit.archived is not None]
    parts.uses.note("retrieved", [found.records[place] for place in back])
    return [found.hits[place] for place in back]


def trace(parts: Parts, keys: str, asked: Ask) -> Trace:
    """How the query is answered: the stages, and the hits with their signals."""
    began = time.perf_counter()
    found = answer(parts, keys, replace(asked, explained=True))
    return Trace(
        asked.text, asked.now, asked.retriever.name, found.query.terms, tuple(found.stages),
        tuple(found.hits), round((time.perf_counter() - began) * 1000, 3),
    )  # fmt: skip


def why_not(parts: Parts, keys: str, asked: Ask, id: str) -> Expectation:
    """Which stage dropped a record, or that it was returned."""
    require_text(id, "id")
    with parts.storage.read() as rows:
        state = rows.scopes.find(keys)
        row = rows.records.by_ids(state.scope, [id]).get(id) if state is not None else None
        if state is None or row is None:
            return Expectation(id, asked.text, "missing", f"No record {id!r} in this scope.")
        cached = _cached(parts, rows, state, asked)
        with cached.mutex:
            _refresh(parts, rows, state, cached.index)
            found = _answer(parts, rows, state, cached.index, asked)
            return _expectation(parts, rows, state.scope, row, found)


def _query(asked: Ask, index: ScopeIndex | None) -> Query:
    distinct = tuple(dict.fromkeys(terms(asked.text)))
    vector = index.query_vector(asked.text) if index is not None else None
    return Query(asked.text, asked.now, asked.depth, distinct, term_ids(list(distinct)), vector)


def _answer(
    parts: Parts, rows: Rows, state: ScopeState, index: ScopeIndex, asked: Ask
) -> Answer:  # fmt: skip
    scope, found = state.scope, Answer(asked, _query(asked, index))
    passing = _passing(parts, rows, state, index, asked)
    allowed = (
        _allowed(parts, index.turns, asked, passing),
        _allowed(parts, index.memories, asked, passing),
    )
    total = index.turns.evidence.values.size + index.memories.evidence.values.size
    kept = sum(int(np.count_nonzero(mask)) for mask in allowed)
    found.stages.append(Stage("allowed", total, kept, "live, not echoes, passing the filter"))
    for layer, view in _views(rows, scope, index, allowed, asked):
        if view.turns.allowed.any():
            ranking = _checked(asked.retriever, asked.retriever.retrieve(found.query, view), view)
            found.ranked.append((layer, ranking))
            found.stages += ranking.notes
            note = f"{asked.retriever.name} over {view.turns.size} records"
            found.stages.append(
                Stage(
                    "candidates", int(np.count_nonzero(view.turns.allowed)),
                    len(ranking.ordinals), note,
                )
            )  # fmt: skip
    _collect(rows, scope, found)
    if asked.rerankers:
        _rerank(found)
    if asked.explained and not asked.archived:
        _explain(rows, scope, index, found)
    return found


def _explain(rows: Rows, scope: int, index: ScopeIndex, found: Answer) -> None:
    places = index.turns.ordinals(np.array(found.records, np.int64))
    every = LayerView(index.turns, index.turns.evidence.values, rows.records)
    stage = rescuing.left_out(rows, scope, every, found.query.term_ids, places[places >= 0])
    if stage is not None:
        found.stages.append(stage)


def _views(
    rows: Rows, scope: int, index: ScopeIndex, allowed: tuple[Mask, Mask], asked: Ask
) -> Iterator[tuple[RecordLayer, ScopeView]]:
    uses = partial(rows.uses.of, scope)
    view = ScopeView(index, *allowed, rows.records, uses, at=to_micros(asked.at))
    yield index.turns, view
    if asked.kinds:
        yield index.memories, view.of_memories()


def _passing(
    parts: Parts, rows: Rows, state: ScopeState, index: ScopeIndex, asked: Ask
) -> Ints | None:  # fmt: skip
    """The numbers of the records that pass the filter; None without one."""
    if asked.filter is None:
        return None
    condition = filters.compiled(asked.filter, parts.zone)
    return index.passing.numbers(rows, state.scope, condition, state.last)


def _allowed(parts: Parts, layer: RecordLayer, asked: Ask, passing: Ints | None) -> Mask:
    as_of = to_micros(moment(asked.as_of, parts.zone, "as_of")) if asked.as_of is not None else None
    mask = layer.live(as_of, archived=asked.archived)
    if passing is not None:
        places = layer.ordinals(passing)
        inside = np.zeros(len(mask), bool)
        inside[places[places >= 0]] = True
        mask &= inside
    return mask


def _checked(retriever: Retriever, ranking: Ranking, view: ScopeView) -> Ranking:
    ordinals = ranking.ordinals
    if len(ordinals) and not (
        int(ordinals.min()) >= 0
        and int(ordinals.max()) < view.turns.size
        and bool(view.turns.allowed[ordinals].all())
    ):
        raise InvalidInput(
            f"Retriever {retriever.name!r} returned a record that this query may not see. "
            "Use only ordinals where view.turns.allowed is true."
        )
    return ranking


def _collect(rows: Rows, scope: int, found: Answer) -> None:
    """Turn the best candidates into hits, merging repeated words of one speaker."""
    by_words: dict[tuple[str | None, bytes | str], int] = {}
    merged = 0
    reasons = [Reasons(ranking) for _, ranking in found.ranked]
    for which, place, row, sources in _best_first(rows, scope, found):
        key = (row.speaker, _sameness(row))
        if key in by_words:
            merged += 1
            first = found.hits[by_words[key]]
            found.hits[by_words[key]] = _with_source(first, row)
            continue
        if len(found.hits) >= found.ask.depth:
            break
        by_words[key] = len(found.hits)
        score = round(float(found.ranked[which][1].scores[place]), 6)
        found.hits.append(_hit(row, score, reasons[which].at(place), sources))
        found.records.append(row.record)
    found.stages.append(
        Stage("hits", sum(len(r.ordinals) for _, r in found.ranked), len(found.hits),
              f"the best {found.ask.depth}, {merged} repeated merged")
    )  # fmt: skip


def _rerank(found: Answer) -> None:
    """Let the rerankers order and drop the hits, in turn; then keep as many as were asked for."""
    records = dict(zip((hit.id for hit in found.hits), found.records, strict=True))
    for reranker in found.ask.rerankers:
        entered, found.hits = len(found.hits), list(reranker.rerank(found.ask.text, found.hits))
        if not records.keys() >= {hit.id for hit in found.hits}:
            raise InvalidInput(
                f"Reranker {reranker.name!r} returned a hit that it was not given. Reorder or "
                "drop hits, and change nothing of them but score and why."
            )
        found.stages.append(Stage("rerank", entered, len(found.hits), reranker.name))
    del found.hits[found.ask.k :]
    found.records = [records[hit.id] for hit in found.hits]


def _best_first(rows: Rows, scope: int, found: Answer) -> Iterator[tuple[int, int, Row, list[Row]]]:
    """Which ranking, the place in it, the row, and the rows it rests on, a turn on itself."""
    order = heapq.merge(*(_falling(which, r) for which, (_, r) in enumerate(found.ranked)))
    while chunk := list(islice(order, _ROWS_AT_ONCE)):
        numbers = [
            int(found.ranked[which][0].records.values[found.ranked[which][1].ordinals[place]])
            for _, which, place in chunk
        ]
        held = rows.records.by_numbers(scope, numbers)
        sources = _source_rows(rows, scope, [n for n in numbers if not _is_turn(held.get(n))])
        for number, (_, which, place) in zip(numbers, chunk, strict=True):
            if number in held:
                yield which, place, held[number], sources.get(number, [held[number]])


def _falling(which: int, ranking: Ranking) -> Iterator[tuple[float, int, int]]:
    for place, score in enumerate(ranking.scores.tolist()):
        yield -score, which, place


def _is_turn(row: Row | None) -> bool:
    return row is not None and row.kind == "turn"


def _source_rows(rows: Rows, scope: int, memories: Sequence[int]) -> dict[int, list[Row]]:
    if not memories:
        return {}
    found = rows.records.sources(memories)
    turns = rows.records.by_numbers(scope, {turn for pairs in found.values() for turn, _ in pairs})
    return {
        memory: [turns[turn] for turn in dict.fromkeys(turn for turn, _ in pairs)]
        for memory, pairs in found.items()
    }


def _sameness(row: Row) -> str:
    """Equal for turns that say the same word for word; short ones are the same as none."""
    if row.kind == DIGEST:
        return f"\x00{row.id}"
    every = row.text.translate(_LETTERS).split() if row.text.isascii() else words(row.text)
    return " ".join(every) if len(every) >= _DUPLICATE_WORDS else f"\x00{row.id}"


def _hit(row: Row, score: float, why: dict[str, float], sources: Sequence[Row]) -> Hit:
    turns = tuple(source.turn() for source in sources)
    when = turns[0].when if turns and sources[0] is row else row.when
    return Hit(
        row.id, row.text, score, tuple(turn.id for turn in turns), row.session, row.speaker, when,
        row.kind, why, turns, None if row.archived is None else from_micros(row.archived),
    )  # fmt: skip


def _with_source(hit: Hit, row: Row) -> Hit:
    return replace(hit, sources=(*hit.sources, row.id), turns=(*hit.turns, row.turn()))


def _expectation(parts: Parts, rows: Rows, scope: int, row: Row, found: Answer) -> Expectation:
    asked = found.ask
    dropped = _dropped_before_ranking(parts, rows, scope, row, asked)
    if dropped is not None:
        return Expectation(row.id, asked.text, *dropped)
    needed = found.hits[-1].score if found.hits else None
    for layer, ranking in found.ranked:
        ordinal = int(layer.ordinals(np.array([row.record]))[0])
        places = np.flatnonzero(ranking.ordinals == (ordinal if ordinal >= 0 else -2))
        if len(places):
            return _ranked_expectation(row, found, ranking, int(places[0]), needed)
    shared = set(found.query.terms) & set(terms(row.text))
    reason = (
        f"It is in none of the candidate lists: it shares {len(shared)} terms with the query"
        f"{' (' + ', '.join(sorted(shared)) + ')' if shared else ''}, and others were nearer."
    )
    return Expectation(row.id, asked.text, "candidates", reason, needed=needed)


def _ranked_expectation(
    row: Row, found: Answer, ranking: Ranking, place: int, needed: float | None
) -> Expectation:
    score = round(float(ranking.scores[place]), 6)
    why = {name: round(float(values[place]), 4) for name, values in ranking.signals.items()}
    for rank, hit in enumerate(found.hits, 1):
        if row.id in hit.sources or row.id == hit.id:
            return Expectation(
                row.id, found.ask.text, "returned", f"It is hit {rank}.", place + 1, score,
                needed, why,
            )  # fmt: skip
    reason = f"It ranks {place + 1}, and k={found.ask.k} hits were asked for."
    if found.ask.rerankers:
        names = ", ".join(reranker.name for reranker in found.ask.rerankers)
        reason = f"It ranks {place + 1} before reranking; {names} chose {len(found.hits)} others."
    return Expectation(row.id, found.ask.text, "rank", reason, place + 1, score, needed, why)


def _dropped_before_ranking(
    parts: Parts, rows: Rows, scope: int, row: Row, asked: Ask
) -> tuple[Any, str] | None:
    if row.origin == "echo":
        return "echo", "It is an echo of what context() had handed out, not evidence of its own."
    as_of = to_micros(moment(asked.as_of, parts.zone, "as_of")) if asked.as_of is not None else None
    if row.archived is not None and (as_of is None or row.archived <= as_of):
        if row.why:
            why = STANDINGS[row.why]
            return "forgotten", f"It was {why} by maintenance; search with include_archived=True."
        return "forgotten", "It was forgotten; see history(id), and undo(journal_id)."
    if as_of is not None and row.at > as_of:
        return "as_of", f"It was said at {row.when.isoformat()}, after as_of."
    if asked.filter is not None:
        where, values = filters.compiled(asked.filter, parts.zone)
        if not rows.records.numbers(scope, f"record = ? AND ({where})", [row.record, *values]):
            return "filter", f"It does not pass the filter {asked.filter!r}."
    elif row.kind not in ("turn", DIGEST):
        return "filter", f"It is a {row.kind}; ask with filter={{'kind': {row.kind!r}}}."
    return None
