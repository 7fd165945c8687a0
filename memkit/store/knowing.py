"""What is known: facts as they stand at a moment, and how they came to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import prod

from memkit import trust as trusting
from memkit.dates import from_micros, moment, to_micros
from memkit.knowledge import DEPENDS, SOME_DAY, attribute_key, key, slot
from memkit.models import Fact, Quarantined, Source, Status
from memkit.names import same_person
from memkit.storage.facts import FactRow, folded
from memkit.storage.ledger import ScopeState
from memkit.storage.rows import Rows
from memkit.store.maintaining import catch_up
from memkit.store.parts import Parts
from memkit.text import require_text
from memkit.types import When

_DAY = 86_400_000_000
"""Microseconds."""

USER = "user"
"""The subject of what was said by nobody who is named."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which facts a caller wants, as given; `every` asks for those that no longer hold too."""

    subject: str | None = None
    attribute: str | None = None
    at: When | None = None
    as_of: When | None = None
    trust: str | None = None
    every: bool = False


def facts(parts: Parts, keys: str, owner: Mapping[str, str], asked: Asked) -> list[Fact]:
    """What holds at a moment, as known at another."""
    for name in ("subject", "attribute"):
        if getattr(asked, name) is not None:
            require_text(getattr(asked, name), name)
    lowest, now = trusting.require_trust(asked.trust), parts.now(None)
    at = to_micros(now if asked.at is None else moment(asked.at, parts.zone, "at"))
    known = None if asked.as_of is None else to_micros(moment(asked.as_of, parts.zone, "as_of"))
    catch_up(parts, keys, now)
    with parts.storage.read() as rows:
        state = rows.scopes.find(keys)
        if state is None:
            return []
        claims = [
            row
            for row in _claims(rows, state, owner, asked)
            if trusting.rank(row.origin) >= lowest and (known is None or row.said <= known)
        ]
        found = _facts(rows, claims, at)
    return [fact for fact, several in found if _is_wanted(fact, several, asked)]


def about(rows: Rows, state: ScopeState, names: Iterable[str], at: int) -> list[Fact]:
    """What holds at a moment (UTC microseconds) of the subjects with exactly these keys, in the
    order said, by the words of those who are trusted."""
    claims = [
        row
        for row in rows.facts.of(state.scope, [(name, "") for name in names])
        if trusting.rank(row.origin) >= trusting.require_trust(None)
    ]
    order = {row.id: place for place, row in enumerate(claims)}
    found = [fact for fact, _ in _facts(rows, claims, at)]
    found.sort(key=lambda fact: order[fact.id])
    return [fact for fact in found if fact.status in ("current", "uncertain")]


def quarantined(parts: Parts, keys: str) -> list[Quarantined]:
    """What was proposed for a scope and did not hold."""
    with parts.storage.read() as rows:
        state = rows.scopes.find(keys)
        return rows.quarantine.of(state.scope) if state is not None else []


def subjects(parts: Parts, keys: str) -> list[str]:
    """Whom and what the facts of a scope are about, in the order of their first claim."""
    catch_up(parts, keys, parts.now(None))
    with parts.storage.read() as rows:
        state = rows.scopes.find(keys)
        return rows.facts.subjects(state.scope) if state is not None else []


def _is_wanted(fact: Fact, several: bool, asked: Asked) -> bool:
    if asked.attribute is not None and attribute_key(fact.attribute) != attribute_key(
        asked.attribute
    ):
        return False  # what it rests on was read along
    # What one day takes the place of something does not hold yet; a plan is there to be kept.
    planned = several and fact.status == "planned" and asked.at is None
    return asked.every or planned or fact.status in ("current", "uncertain")


def _claims(rows: Rows, state: ScopeState, owner: Mapping[str, str], asked: Asked) -> list[FactRow]:
    """The claims about a subject under all its names, and about what the attribute rests on."""
    subject = asked.subject
    names = [""] if subject is None else names_of(rows, state, owner, subject)
    attributes = [""]
    if asked.attribute is not None:
        wanted = attribute_key(asked.attribute)
        attributes = [wanted, *DEPENDS.get(wanted, ())]
    found = rows.facts.of(state.scope, [(name, each) for name in names for each in attributes])
    if subject is None:
        return found
    return [row._replace(slot=slot(subject, row.attribute)) for row in found]


def names_of(rows: Rows, state: ScopeState, owner: Mapping[str, str], subject: str) -> list[str]:
    """The keys of everything that this subject is called in the scope."""
    wanted = key(subject)
    owners = {key(value) for value in owner.values()}
    told = [
        (key(row.subject), key(row.value))
        for row in rows.facts.of(state.scope, [("", "name")])
        if row.verdict == "holds"
    ]
    found = {wanted}
    people = [key(name) for name in rows.facts.subjects(state.scope)]
    alike = [
        name
        for name in people
        if "'" not in wanted + name and (same_person(wanted, name) or same_person(name, wanted))
    ]
    if len(alike) == 1 and wanted not in people:
        found.update(alike)
    if wanted in owners:
        found.add(USER)
    if wanted == USER:
        found |= owners & set(people)
    for one, called in told:
        if one in found or called in found:
            found |= {one, called}
    return sorted(found)


def _facts(rows: Rows, claims: Sequence[FactRow], asked: int) -> list[tuple[Fact, bool]]:
    """The facts that these claims come to, those of one slot side by side, oldest first.

    With each, whether its attribute is a set.
    """
    columns = folded(claims)
    groups: dict[tuple[str, int | None], list[FactRow]] = {}
    for claim in claims:
        stands = columns[claim.record]
        if stands.verdict in ("holds", "uncertain", "retracted"):
            groups.setdefault((claim.slot, stands.leader), []).append(
                claim._replace(**stands._asdict())
            )
    sources = rows.records.sources(claim.record for claim in claims)
    ids = {claim.record: claim.id for claim in claims}
    first: dict[str, int] = {}
    found: list[tuple[int, Fact, bool]] = []
    for (where, _), group in groups.items():
        place = first.setdefault(where, len(first))
        found.append((place, _fact(group, sources, ids, asked), bool(group[0].several)))
    found.sort(key=lambda one: (one[0], one[1].since or one[1].said, one[1].said))
    return [(fact, several) for _, fact, several in found]


def _fact(
    group: Sequence[FactRow], sources: Mapping[int, Sequence[tuple[int, Source]]],
    ids: Mapping[int, str], asked: int,
) -> Fact:  # fmt: skip
    first = group[0]
    best = max(group, key=lambda claim: trusting.rank(claim.origin))
    return Fact(
        id=first.id, subject=first.subject, attribute=first.attribute, value=first.value,
        unit=first.unit, text=first.text,
        since=_moment(first.since, first.zone), until=_moment(first.until, first.zone),
        said=from_micros(first.said, first.zone),
        recorded_until=_moment(first.closed, first.zone),
        superseded_by=ids.get(first.successor) if first.successor is not None else None,
        status=_status(first, asked),
        confidence=round(1.0 - prod(1.0 - claim.confidence for claim in group), 6),
        origin=best.origin,
        sources=tuple(
            dict.fromkeys(source for claim in group for _, source in sources.get(claim.record, ()))
        ),
    )  # fmt: skip


def _of_old(claim: FactRow) -> bool:
    """Whether it is known only to have been so some time before it was said."""
    return claim.since is None and claim.until is not None and claim.said - claim.until < _DAY


def _moment(micros: int | None, zone: int) -> datetime | None:
    return None if micros is None or micros >= SOME_DAY else from_micros(micros, zone)


def _status(claim: FactRow, asked: int) -> Status:
    if claim.verdict == "retracted":
        return "retracted"
    if claim.until is not None and (claim.until <= asked or _of_old(claim)):
        return "superseded" if claim.successor is not None else "ended"
    if claim.since is not None and claim.since > asked:
        return "planned"
    return "uncertain" if claim.verdict == "uncertain" else "current"
