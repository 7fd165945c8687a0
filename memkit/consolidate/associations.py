"""Records that are called up together belong together: clusters of the graph of their recall."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar, Final

from memkit.consolidate.labels import Labels
from memkit.contracts import LinkConsolidator, Proposal
from memkit.models import Link, Memory, Source

KIND: Final = "association"
RECALLED: Final = "recalled"
"""The kind of a link that says how often two turns were judged useful at once."""
_ROUNDS: Final = 20
_BEFORE_ALL: Final = datetime.min.replace(tzinfo=UTC)

Graph = Mapping[str, Mapping[str, float]]
Said = Mapping[str, tuple[Source, Memory]]


class AssociationConsolidator(LinkConsolidator):
    """One record for each group of turns that are recalled together, or linked.

    A turn is tied to another by how often both were judged useful at once, and by the weights of
    the links between records that rest on them first of all. A tie c counts c / sqrt(d d'), d and
    d' being the sums of both turns' ties, so that what goes with everything goes with nothing.
    Groups are found by label propagation (Raghavan, Albert and Kumara 2007): each turn, the oldest
    first, takes the label that weighs most among those it is tied to, until none changes. The
    record's text is the group's key terms, its sources what was said; `metadata["turns"]` are the
    ids. A group that stays as it is keeps its record.
    """

    name: ClassVar[str] = "associations"
    version: ClassVar[int] = 1

    def __init__(self, *, least: int = 3, links: float = 0.5, terms: int = 5) -> None:
        """Groups of `least` turns or more; `links` is what a link's weight counts beside recall."""
        self._least = least
        self._links = links
        self._terms = terms

    def gather(
        self, memories: Sequence[Memory], links: Sequence[Link], now: datetime
    ) -> Iterator[Proposal]:
        """A proposal for each group that is new or other than it was, one for those that went."""
        standing = {
            frozenset(one.metadata["turns"]): str(one.id)
            for one in memories if one.kind == KIND and one.id
        }  # fmt: skip
        given = [one for one in memories if one.kind != KIND and one.id and one.sources]
        said = _said(given)
        groups = [one for one in propagated(self._ties(given, links, said))
                  if len(one) >= self._least]  # fmt: skip
        now_there = {frozenset(group) for group in groups}
        left = {turns: id for turns, id in standing.items() if turns not in now_there}
        labels = Labels(
            [memory.text for _, memory in said.values()],
            [memory.speaker for _, memory in said.values()],
        )
        places = {turn: place for place, turn in enumerate(said)}
        for group in groups:
            terms = labels.of([places[turn] for turn in group], self._terms)
            if frozenset(group) in standing or not terms:
                continue
            gone = [turns for turns in left if turns & set(group)]
            reason = f"{len(group)} turns that are recalled together"
            record = _record([said[turn] for turn in group], terms)
            yield Proposal((record,), (), tuple(left.pop(turns) for turns in gone), reason)
        if left:
            yield Proposal((), (), tuple(left.values()), "no longer recalled together")

    def _ties(self, given: Sequence[Memory], links: Sequence[Link], said: Said) -> Graph:
        """The ties of each turn, in the order of the turns."""
        turn_of = {str(memory.id): memory.sources[0].turn for memory in given}
        ties: dict[str, dict[str, float]] = {turn: defaultdict(float) for turn in said}
        for link in links:
            one, other = (turn_of.get(end, end) for end in (link.source, link.target))
            if one != other and one in said and other in said and link.weight > 0.0:
                weight = link.weight * (1.0 if link.kind == RECALLED else self._links)
                ties[one][other] += weight
                ties[other][one] += weight
        return ties


def propagated(ties: Graph) -> list[list[str]]:
    """The groups of a graph in which every tie stands at both of its ends; each node is in one.

    In the order of the first node of each. A node keeps its label among equals, and else takes the
    one of the earliest node, so the same graph always gives the same groups.
    """
    degrees = {node: math.sqrt(sum(others.values())) for node, others in ties.items()}
    order = {node: place for place, node in enumerate(ties)}
    labels = dict(order)
    for _ in range(_ROUNDS):
        changed = False
        for node, others in ties.items():
            weights: dict[int, float] = defaultdict(float)
            for other in sorted(others, key=order.__getitem__):
                weights[labels[other]] += others[other] / (degrees[node] * degrees[other])
            most = max(weights.values(), default=0.0)
            best = [label for label, weight in weights.items() if math.isclose(weight, most)]
            if best and labels[node] not in best:
                labels[node] = min(best)
                changed = True
        if not changed:
            break
    groups: dict[int, list[str]] = defaultdict(list)
    for node, label in labels.items():
        groups[label].append(node)
    return list(groups.values())


def _said(given: Sequence[Memory]) -> Said:
    """Of each turn the longest span that a record rests on, with that record; the oldest first."""
    found: dict[str, tuple[Source, Memory]] = {}
    for memory in sorted(given, key=lambda memory: memory.when or _BEFORE_ALL):
        for source in memory.sources:
            held = found.get(source.turn)
            if held is None or source.end - source.start > held[0].end - held[0].start:
                found[source.turn] = (source, memory)
    return found


def _record(group: Sequence[tuple[Source, Memory]], terms: Sequence[str]) -> Memory:
    sources = tuple(source for source, _ in group)
    metadata: dict[str, Any] = {
        "terms": list(terms), "turns": [source.turn for source in sources],
    }  # fmt: skip
    times = [memory.when for _, memory in group if memory.when is not None]
    when = max(times, default=None)
    return Memory(KIND, ", ".join(terms), sources, when=when, metadata=metadata)
