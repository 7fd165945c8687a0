"""`graph`: what hangs together around a record or a name, as a tree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Final, NamedTuple

import typer
from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from memkit.cli.call import Call, on_store
from memkit.cli.printing import console, counted, note, one_line, told
from memkit.errors import NotFound
from memkit.models import Fact, Memory, Turn
from memkit.store import Scope

_NAMES: Final = 12
"""So many names stand below the scope where nothing was asked for."""
_STYLES: Final = {"name": "bold cyan", "fact": "green", "turn": "", "memory": "magenta"}


class Node(NamedTuple):
    """A name, or a record by its id."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Edge:
    """Why one node leads to another, and how strongly, in the unit of its kind."""

    kind: str
    target: Node
    weight: float


class Web:
    """The names, facts, turns and links of one scope, and what is beside what."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def root(self, asked: str | None) -> Node | None:
        """What a word means: a record's id or a name; None for the whole scope."""
        if asked is None:
            return None
        known = self._names.get(asked.casefold())
        if known is not None:
            return Node("name", known)
        try:
            record = self._scope.get(asked)
        except NotFound:
            some = ", ".join(name for name, _ in self.busiest(8)) or "none"
            raise NotFound(
                f"There is no record and no name {asked!r}; names that are known: {some}."
            ) from None
        return self._node(record)

    def busiest(self, count: int) -> list[tuple[str, int]]:
        """The names that most turns and facts are about."""
        return self._mentions.most_common(count)

    def beside(self, node: Node) -> list[Edge]:
        """What a node leads to, the strongest of each kind first."""
        found = self._of_name(node.key) if node.kind == "name" else self._of_record(node.key)
        unique = {(edge.kind, edge.target): edge for edge in found if edge.target != node}
        return sorted(unique.values(), key=lambda edge: (_rank(edge.kind), -edge.weight))

    def text(self, node: Node) -> str:
        """What stands for a node."""
        if node.kind == "name":
            return node.key
        if node.kind == "fact":
            return f"{node.key}: {self._facts[node.key].value}"
        record = self._scope.get(node.key)
        when = f" · {told(record.when, short=True)}" if record.when is not None else ""
        return f"{node.key} {record.speaker or ''}{when}: {record.text}"

    def _of_name(self, name: str) -> Iterator[Edge]:
        folded = name.casefold()
        for fact in self._facts.values():
            if fact.subject.casefold() == folded:
                yield from self._of_fact(fact)
            elif self._names.get(fact.value.casefold()) == name:
                yield Edge(f"{fact.attribute} of", Node("name", self._name(fact.subject)), 2)
        together = Counter(
            other
            for turn in self._turns_of.get(name, ())
            for other in self._names_in[turn]
            if other != name
        )
        for other, count in together.items():
            yield Edge("named with", Node("name", other), count)

    def _of_fact(self, fact: Fact) -> Iterator[Edge]:
        value = self._names.get(fact.value.casefold())
        target = Node("name", value) if value else Node("fact", fact.id)
        yield Edge(fact.attribute, target, 2)

    def _of_record(self, id: str) -> Iterator[Edge]:
        record = self._scope.get(id)
        if isinstance(record, Memory):
            subject = record.metadata.get("subject")
            if isinstance(subject, str):
                yield Edge("about", Node("name", self._name(subject)), 2)
            for source in record.sources:
                yield Edge("rests on", Node("turn", source.turn), 1)
        else:
            for name in self._names_in.get(id, ()):
                yield Edge("names", Node("name", name), 1)
            for memory in self._rests_on.get(id, ()):
                yield Edge("gave", self._node(memory), 1)
            yield from self._alike(record)
        for link in self._scope.links(id):
            other = link.target if link.source == id else link.source
            yield Edge(link.kind, self._node(self._scope.get(other)), link.weight)

    def _alike(self, turn: Turn) -> Iterator[Edge]:
        """What a search for the turn's own words finds."""
        for hit in self._scope.search(turn.text, 6):
            if hit.kind == "turn" and hit.id != turn.id:
                yield Edge("alike", Node("turn", hit.id), hit.score)

    def _node(self, record: Turn | Memory) -> Node:
        if isinstance(record, Turn):
            return Node("turn", record.id)
        if record.kind == "entity":
            return Node("name", self._name(record.text))
        return Node("fact" if record.id in self._facts else "memory", record.id or "")

    def _name(self, given: str) -> str:
        return self._names.get(given.casefold(), given)

    @cached_property
    def _facts(self) -> dict[str, Fact]:
        return {fact.id: fact for fact in self._scope.facts()}

    @cached_property
    def _memories(self) -> list[Memory]:
        return list(self._scope.memories())

    @cached_property
    def _names(self) -> dict[str, str]:
        """Names in small letters, with the way they are written."""
        found: dict[str, str] = {}
        for memory in self._memories:
            if memory.kind == "entity":
                found |= {alias.casefold(): memory.text for alias in _aliases(memory)}
                found[memory.text.casefold()] = memory.text
        for fact in self._facts.values():
            found.setdefault(fact.subject.casefold(), fact.subject)
        for session in self._scope.sessions():
            found |= {name.casefold(): name for name in session.speakers
                      if name.casefold() not in found}  # fmt: skip
        return found

    @cached_property
    def _names_in(self) -> Mapping[str, set[str]]:
        """The names in each turn."""
        found: dict[str, set[str]] = defaultdict(set)
        for memory in self._memories:
            if memory.kind == "entity":
                for source in memory.sources:
                    found[source.turn].add(self._name(memory.text))
        for fact in self._facts.values():
            for source in fact.sources:
                found[source.turn].add(self._name(fact.subject))
        return found

    @cached_property
    def _turns_of(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for turn, names in self._names_in.items():
            for name in names:
                found[name].append(turn)
        return found

    @cached_property
    def _mentions(self) -> Counter[str]:
        counts = Counter({name: len(turns) for name, turns in self._turns_of.items()})
        for name in self._names.values():
            counts[name] += 0
        return counts

    @cached_property
    def _rests_on(self) -> Mapping[str, list[Memory]]:
        found: dict[str, list[Memory]] = defaultdict(list)
        for memory in self._memories:
            for source in memory.sources:
                if memory.kind != "entity":
                    found[source.turn].append(memory)
        return found


@on_store()
def graph(
    call: Call,
    around: Annotated[
        str | None, typer.Argument(metavar="[ID|NAME]", help="A record, or a person or thing.")
    ] = None,
    depth: Annotated[int, typer.Option("--depth", "-d", min=1, max=6, help="Steps away.")] = 2,
    width: Annotated[int, typer.Option("--width", "-w", min=1, help="Most branches of one.")] = 6,
) -> None:
    """Draw what hangs together around a record or a name: facts, names, sources, links.

    Left out, it begins with the names that most is said about. What was drawn already is not
    drawn again.

    With --json: `{"nodes", "edges"}`: lists of `{"kind", "id", "text"}` and of `{"source",
    "target", "kind", "weight"}`.

    Example:

        memkit graph notes.mem Ana --depth 2
    """
    web = Web(call.scope)
    start = web.root(around)
    whole = Node("scope", " ".join(f"{key}={value}" for key, value in call.scope.keys.items()))
    first = start or whole
    branches = _grown(web, first, depth, width)
    call.answer(
        _as_json(web, first, branches), lambda: _print_tree(console(), web, first, branches)
    )
    if not branches[first].shown and start is None:
        note(
            "no names are known yet; `memkit maintain` looks for them, or give the id of a record."
        )


@dataclass(frozen=True, slots=True)
class _Branches:
    """What is drawn below a node, and how much is not."""

    shown: tuple[Edge, ...]
    more: int


def _grown(web: Web, first: Node, depth: int, width: int) -> dict[Node, _Branches]:
    """The branches of every node that is opened, breadth first, each node once."""
    found: dict[Node, _Branches] = {}
    seen, layer = {first}, [first]
    for _ in range(depth):
        below = []
        for node in layer:
            edges = [edge for edge in _leading(web, node) if edge.target not in seen]
            most = _NAMES if node.kind == "scope" else width
            found[node] = _Branches(tuple(edges[:most]), max(len(edges) - most, 0))
            seen |= {edge.target for edge in edges[:most]}
            below += [edge.target for edge in edges[:most]]
        layer = below
    return found


def _leading(web: Web, node: Node) -> list[Edge]:
    if node.kind == "scope":
        return [Edge("", Node("name", name), count) for name, count in web.busiest(1000)]
    return web.beside(node)


def _rank(kind: str) -> int:
    """Facts and sources first, then what is only near."""
    return {"named with": 1, "alike": 2}.get(kind, 0)


def _as_json(web: Web, first: Node, branches: Mapping[Node, _Branches]) -> dict[str, Any]:
    edges = [(node, edge) for node, below in branches.items() for edge in below.shown]
    nodes = dict.fromkeys([first, *(edge.target for _, edge in edges)])
    return {
        "nodes": [
            {"kind": one.kind, "id": one.key,
             "text": one.key if one.kind == "scope" else web.text(one)} for one in nodes
        ],
        "edges": [
            {"source": node.key, "target": edge.target.key, "kind": edge.kind,
             "weight": round(edge.weight, 3)} for node, edge in edges
        ],
    }  # fmt: skip


def _print_tree(out: Console, web: Web, first: Node, branches: Mapping[Node, _Branches]) -> None:
    head = first.key if first.kind == "scope" else one_line(web.text(first))
    top = Tree(Text(head, style="bold", no_wrap=True, overflow="ellipsis"), guide_style="dim")
    _grow(top, web, first, branches)
    out.print(top)


def _grow(tree: Tree, web: Web, node: Node, branches: Mapping[Node, _Branches]) -> None:
    below = branches.get(node)
    if below is None:
        return
    for edge in below.shown:
        line = Text(no_wrap=True, overflow="ellipsis")
        line.append(f"{one_line(edge.kind)} " if edge.kind else "", style="dim")
        line.append(one_line(web.text(edge.target)), style=_STYLES.get(edge.target.kind, ""))
        line.append(_weight(edge), style="dim")
        _grow(tree.add(line), web, edge.target, branches)
    if below.more:
        tree.add(Text(f"... and {below.more:,} more", style="dim"))


def _weight(edge: Edge) -> str:
    if edge.kind == "named with" or not edge.kind:
        return f"  {counted(int(edge.weight), 'turn')}"
    return f"  {edge.weight:.2f}" if edge.weight < 1 else ""


def _aliases(memory: Memory) -> list[str]:
    found = memory.metadata.get("aliases")
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []
