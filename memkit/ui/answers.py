"""What the page asks of a scope, and the answers: records as JSON."""

from __future__ import annotations

import inspect
import json
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final

from memkit import registry
from memkit.contracts import Embedder, ForgettingPolicy
from memkit.dates import moment, utc_now
from memkit.errors import InvalidInput, NotFound, PluginError
from memkit.evals import trying
from memkit.models import Fact, JournalEntry, Memory, Planned, Turn, plain
from memkit.store import MemoryStore, Scope

Asked = Mapping[str, str]
"""What stands in the address of a request."""

_HITS: Final = 10
_MOST_HITS: Final = 100
_TURNS: Final = 200
"""At once."""
_ENTRIES: Final = 200
_PERIODS: Final = {"year": 4, "month": 7, "day": 10}
"""How much of an ISO date names it."""
_ALL: Final = 1_000_000
_PATIENCE_MS: Final = 20_000
_LIVE: Final = ("current", "uncertain", "planned")


def search(scope: Scope, asked: Asked) -> Any:
    """A `Trace`: how the query is answered. Looking is no use, so none is counted."""
    query = asked.get("q", "").strip()
    if not query:
        return None
    limit = min(count(asked, "k", _HITS), _MOST_HITS)
    return plain(scope.trace(query, limit, as_of=asked.get("as_of") or None))


def expectation(scope: Scope, asked: Asked) -> Any:
    """An `Expectation`: why a record is not among the hits of a query."""
    limit = min(count(asked, "k", _HITS), _MOST_HITS)
    found = scope.why_not(needed(asked, "q"), needed(asked, "id"), k=limit)
    return plain(found)


def timeline(scope: Scope, asked: Asked) -> Any:
    """`{"by", "periods"}`: how many turns each period has, those without any left out.

    Without `by`: by day up to a hundred days, by month up to twenty years, else by year.
    """
    by = asked.get("by") or _fitting(scope)
    if by not in _PERIODS:
        raise InvalidInput(f"by={by!r} is no period; there are {', '.join(_PERIODS)}.")
    rows = scope.sql(
        "SELECT substr(said, 1, ?) AS period, count(*), sum(archived) FROM turns"
        " GROUP BY 1 ORDER BY 1",
        [_PERIODS[by]], limit=_ALL, timeout_ms=_PATIENCE_MS,
    )  # fmt: skip
    periods = [{"period": name, "turns": n, "archived": gone} for name, n, gone in rows]
    return {"by": by, "periods": periods}


def turns(scope: Scope, asked: Asked) -> Any:
    """`{"turns", "more"}`: those of a session, or of a period, in the order stored."""
    since, until = _bounds(asked["period"]) if asked.get("period") else (None, None)
    after = count(asked, "after", 0)
    found = scope.turns(session=asked.get("session") or None, since=since, until=until)
    if "session" in asked and not asked["session"]:
        found = (turn for turn in found if turn.session is None)
    shown = list(islice(found, after, after + _TURNS + 1))
    return {"turns": _with_state(scope, shown[:_TURNS]), "more": len(shown) > _TURNS}


def sessions(scope: Scope) -> Any:
    """A list of `SessionInfo`."""
    return plain(scope.sessions())


def record(scope: Scope, asked: Asked) -> Any:
    """One record whole: what it rests on, what rests on it, its links and its history."""
    id = needed(asked, "id")
    found = scope.get(id)
    resting = scope.sql(
        "SELECT DISTINCT m.id, m.kind, m.text FROM sources s JOIN memories m ON m.id = s.memory"
        " WHERE s.turn = ? ORDER BY m.id",
        [id], timeout_ms=_PATIENCE_MS,
    )  # fmt: skip
    is_memory = isinstance(found, Memory)
    links = [
        {**plain(link), "text": _excerpt(scope, link.target if link.source == id else link.source)}
        for link in scope.links(id)
    ]
    return {
        "kind": found.kind if isinstance(found, Memory) else "turn",
        "record": plain(found),
        "archived": id in _archived(scope),
        "rests_on": plain(scope.expand(id)) if is_memory else [],
        "resting": [{"id": id, "kind": kind, "text": text} for id, kind, text in resting],
        "links": links,
        "history": plain(scope.history(id)),
    }


def people(scope: Scope) -> Any:
    """A list of `{"name", "attributes"}`, whom most is known of first.

    Each attribute has `name`, the facts that hold `now`, and those that did or were taken back,
    `then`.
    """
    known: dict[str, dict[str, list[Fact]]] = {}
    for fact in scope.facts(superseded=True, trust="web"):
        known.setdefault(fact.subject, {}).setdefault(fact.attribute, []).append(fact)
    ranked = sorted(known.items(), key=lambda pair: -sum(map(len, pair[1].values())))
    return [
        {
            "name": name,
            "attributes": [
                {
                    "name": attribute,
                    "now": plain([fact for fact in facts if fact.status in _LIVE]),
                    "then": plain([fact for fact in facts if fact.status not in _LIVE]),
                }
                for attribute, facts in sorted(attributes.items())
            ],
        }
        for name, attributes in ranked
    ]


def journal(scope: Scope, asked: Asked) -> Any:
    """`{"entries", "more"}`: the latest, newest first."""
    limit = count(asked, "limit", _ENTRIES)
    newest = _latest(scope, limit + 1)
    return {"entries": [_entry(one) for one in newest[:limit]], "more": len(newest) > limit}


def undo(scope: Scope, given: Mapping[str, Any]) -> Any:
    """The `JournalEntry` that took one back."""
    number = given.get("entry")
    if not isinstance(number, int) or isinstance(number, bool):
        raise InvalidInput(f"entry must be the number of a journal entry; found {number!r}.")
    return _entry(scope.undo(number))


def policies() -> Any:
    """Those that can be tried by name: `{"name", "about", "options"}`, with their defaults."""
    return [
        {"name": name, "about": _first_line(cls), "options": options}
        for name, cls, options in _tryable()
    ]


def preview(scope: Scope, asked: Asked, file: Path, embedder: Embedder | str | None) -> Any:
    """What a policy would do at a moment: a `Trial` of a copy, with the words it is about.

    Only policies that can be chosen are: a name from a request must never load code.
    """
    name = needed(asked, "policy")
    if name not in [one for one, _, _ in _tryable()]:
        raise NotFound(f"There is no policy {name!r} to try here; `memkit policy try` takes any.")
    at = moment(asked["at"], name="at") if asked.get("at") else utc_now()
    try:  # some policies look at their options only when they reckon with them
        policy = trying.policy_named(name, asked.get("options", "").split())
        found = trying.try_on(file, scope.keys, policy, at, [], embedder)
    except (TypeError, ValueError, ArithmeticError) as error:
        raise InvalidInput(f"{name} does not take {asked.get('options')!r}: {error}") from error
    acts = Counter(dict.fromkeys(("archive", "expire", "compress", "keep"), 0))
    for one in found.planned:
        acts[one.act] += len(one.records)
    return {
        "policy": found.policy, "at": plain(found.at), "live": found.live, "left": found.left,
        "acts": dict(acts), "planned": [_planned(scope, one) for one in found.planned[:_TURNS]],
        "more": max(0, len(found.planned) - _TURNS),
    }  # fmt: skip


def only_scope(store: MemoryStore, keys: Mapping[str, str], asked: Asked) -> Scope:
    """The scope that is asked for, among those that may be; the only one where none is."""
    there = [dict(keys)] if keys else store.scopes()
    if not asked.get("scope") and len(there) == 1:
        return store.scope(**there[0])
    try:
        wanted = json.loads(asked.get("scope", "null"))
    except ValueError as error:
        raise InvalidInput("scope must be the keys of one, as JSON.") from error
    if wanted not in there:
        raise NotFound(f"There is no scope {wanted!r} to look at here.")
    return store.scope(**wanted)


def needed(asked: Asked, name: str) -> str:
    """A value that must be there."""
    if not asked.get(name):
        raise InvalidInput(f"{name} is missing from the request.")
    return asked[name]


def count(asked: Asked, name: str, default: int) -> int:
    """A whole number, or the default."""
    given = asked.get(name) or str(default)
    if not given.isdecimal() or len(given) > 9:
        raise InvalidInput(f"{name}={given!r} is not a whole number.")
    return int(given)


def _fitting(scope: Scope) -> str:
    first, last = scope.sql("SELECT min(said), max(said) FROM turns", timeout_ms=_PATIENCE_MS).rows[
        0
    ]
    if first is None:
        return "day"
    days = (date.fromisoformat(last[:10]) - date.fromisoformat(first[:10])).days
    return "day" if days <= 100 else "month" if days <= 7300 else "year"


def _bounds(period: str) -> tuple[datetime, datetime]:
    """The first moment of a year, month or day and the first after it, in UTC as views are."""
    try:
        first = datetime.fromisoformat((period + "-01-01")[:10]).replace(tzinfo=UTC)
        size = {length: name for name, length in _PERIODS.items()}[len(period)]
        if size == "day":
            return first, first + timedelta(days=1)
        if size == "year":
            return first, first.replace(year=first.year + 1)
        return first, (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    except (ValueError, KeyError, OverflowError) as error:
        raise InvalidInput(f"period={period!r} is not 2024, 2024-05 or 2024-05-01.") from error


def _with_state(scope: Scope, shown: list[Turn]) -> list[dict[str, Any]]:
    gone = _archived(scope)
    return [{**plain(turn), "archived": turn.id in gone} for turn in shown]


def _archived(scope: Scope) -> set[str]:
    rows = scope.sql(
        "SELECT id FROM turns WHERE archived UNION ALL SELECT id FROM memories WHERE archived",
        limit=_ALL, timeout_ms=_PATIENCE_MS,
    )  # fmt: skip
    return {id for (id,) in rows}


def _excerpt(scope: Scope, id: str) -> str:
    return scope.get(id).text[:200]


def _latest(scope: Scope, most: int) -> list[JournalEntry]:
    """The last entries, newest first, without reading all: numbers only grow, so it is halved."""
    low, high = 0, 1
    while scope.journal(after=high, limit=1):
        low, high = high, high * 2
    while low < high:  # the last entry is beyond `low`, and not beyond `high`
        middle = (low + high) // 2
        beyond = bool(scope.journal(after=middle, limit=1))
        low, high = (middle + 1, high) if beyond else (low, middle)
    width = most  # other scopes have numbers in between
    while True:
        found = scope.journal(after=max(0, low - width), limit=width)
        if len(found) >= most or width >= low:
            return found[::-1][:most]
        width *= 4


def _entry(entry: JournalEntry) -> dict[str, Any]:
    """An entry with the first of its records; one import may have a hundred thousand."""
    return {**plain(entry), "records": entry.records[:50], "touched": len(entry.records)}


def _planned(scope: Scope, one: Planned) -> dict[str, Any]:
    first = scope.get(one.records[0]) if one.records else None
    return {
        "act": one.act, "reason": one.reason, "records": one.records[:50],
        "touched": len(one.records), "text": first.text[:300] if first else "",
        "speaker": first.speaker if first else None, "when": plain(first.when) if first else None,
    }  # fmt: skip


def _tryable() -> list[tuple[str, type[ForgettingPolicy], str]]:
    """Built-in and installed policies whose options all have defaults, and what these are."""
    found = []
    for name in dict.fromkeys(p.name for p in registry.available() if p.kind == "forgetting"):
        try:
            cls = registry.load("forgetting", name)
        except PluginError:  # it is broken; `memkit plugins --check` says how
            continue
        given = inspect.signature(cls).parameters.values()
        if all(one.default is not inspect.Parameter.empty for one in given):
            shown = [f"{one.name}={json.dumps(one.default)}" for one in given
                     if isinstance(one.default, (int, float, str))]  # fmt: skip
            found.append((name, cls, " ".join(shown)))
    return found


def _first_line(cls: type) -> str:
    return (inspect.getdoc(cls) or "").partition("\n")[0]
