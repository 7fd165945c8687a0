"""Names to classes.

Code passes objects; names serve the command line and settings. A name is looked up among the
classes registered in this process, then read as `package.module:Class`, then among the built-in
ones and the installed plug-ins' entry points. Only the class that is named is loaded, and a broken
plug-in fails when it is chosen, never before.
"""

from __future__ import annotations

import difflib
import importlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Final, TypeVar

from memkit import contracts
from memkit.errors import PluginError
from memkit.recipe import Recipe

KINDS: Final[dict[str, type]] = {
    "embedders": contracts.Embedder,
    "extractors": contracts.Extractor,
    "indexers": contracts.Indexer,
    "retrievers": contracts.Retriever,
    "forgetting": contracts.ForgettingPolicy,
    "gates": contracts.IntakeGate,
    "consolidators": contracts.Consolidator,
    "rerankers": contracts.Reranker,
    "storages": contracts.Storage,
    "recipes": Recipe,
}

BUILT_IN: Final[dict[str, dict[str, str]]] = {
    "embedders": {
        "static": "memkit.embed.static:StaticEmbedder",
        "hashing": "memkit.embed.hashing:HashingEmbedder",
    },
    "extractors": {
        "entities": "memkit.extract.entities:EntityExtractor",
        "llm-facts": "memkit.extract.model_facts:ModelFacts",
        "llm-notes": "memkit.extract.model_notes:ModelNotes",
        "llm-summaries": "memkit.extract.model_summaries:ModelSummaries",
        "llm-triples": "memkit.extract.model_triples:ModelTriples",
        "facts": "memkit.extract.facts:FactExtractor",
        "notes": "memkit.extract.notes:NoteExtractor",
        "segments": "memkit.extract.segments:SegmentExtractor",
        "summaries": "memkit.extract.summaries:SummaryExtractor",
        "triples": "memkit.extract.triples:TripleExtractor",
    },
    "indexers": {
        "association": "memkit.index.association:AssociationIndex",
        "keyword": "memkit.index.keyword:KeywordIndex",
        "vector": "memkit.index.vector:VectorIndex",
        "exact": "memkit.index.exact:ExactIndex",
        "hnsw": "memkit.index.hnsw:HNSWIndex",
        "hierarchy": "memkit.index.hierarchy:HierarchyIndex",
    },
    "retrievers": {
        "fused": "memkit.retrieve.fused:FusedRetriever",
        "keyword": "memkit.retrieve.single:KeywordRetriever",
        "vector": "memkit.retrieve.single:VectorRetriever",
        "recency": "memkit.retrieve.single:RecencyRetriever",
        "random": "memkit.retrieve.single:RandomRetriever",
        "reciprocal": "memkit.retrieve.reciprocal:ReciprocalRetriever",
        "multi-granularity": "memkit.retrieve.granular:MultiGranularRetriever",
        "fact-graph": "memkit.retrieve.facts:FactGraphRetriever",
        "graph": "memkit.retrieve.graph:GraphRetriever",
        "spreading": "memkit.retrieve.graph:SpreadingRetriever",
        "iterative": "memkit.retrieve.iterative:IterativeRetriever",
        "associated": "memkit.retrieve.associated:AssociatedRetriever",
        "associative": "memkit.retrieve.associative:AssociativeRetriever",
        "roles": "memkit.retrieve.roles:RoleRetriever",
        "multi-signal": "memkit.retrieve.multisignal:MultiSignalRetriever",
        "time-aware": "memkit.retrieve.timed:TimeAwareRetriever",
        "keyed": "memkit.retrieve.keyed:KeyedRetriever",
        "hierarchical": "memkit.retrieve.routing:HierarchicalRetriever",
    },
    "forgetting": {
        "never": "memkit.forget.never:NeverForget",
        "activation": "memkit.forget.decay:ActivationPolicy",
        "all": "memkit.forget.combined:AllPolicy",
        "any": "memkit.forget.combined:AnyPolicy",
        "budget": "memkit.forget.combined:BudgetPolicy",
        "ebbinghaus": "memkit.forget.decay:EbbinghausPolicy",
        "fsrs": "memkit.forget.decay:FSRSPolicy",
        "heat": "memkit.forget.decay:HeatPolicy",
        "importance": "memkit.forget.decay:ImportancePolicy",
        "lifespan": "memkit.forget.decay:LifespanPolicy",
        "lfu": "memkit.forget.simple:LeastFrequentPolicy",
        "lru": "memkit.forget.simple:LeastRecentPolicy",
        "potentiation": "memkit.forget.decay:PotentiationPolicy",
        "ttl": "memkit.forget.simple:TimeToLivePolicy",
        "weighted": "memkit.forget.combined:WeightedPolicy",
    },
    "gates": {
        "novelty": "memkit.forget.novelty:NoveltyGate",
        "orthogonal": "memkit.forget.novelty:OrthogonalGate",
        "surprise": "memkit.forget.surprise:SurpriseGate",
        "familiarity": "memkit.forget.familiarity:FamiliarityGate",
    },
    "consolidators": {
        "associations": "memkit.consolidate.associations:AssociationConsolidator",
        "conflicts": "memkit.consolidate.conflicts:ConflictConsolidator",
        "daily": "memkit.consolidate.rollups:DailyConsolidator",
        "duplicates": "memkit.consolidate.duplicates:DuplicateConsolidator",
        "monthly": "memkit.consolidate.rollups:MonthlyConsolidator",
        "evolution": "memkit.consolidate.evolution:EvolutionConsolidator",
        "neighbours": "memkit.consolidate.neighbours:NeighbourConsolidator",
        "topics": "memkit.consolidate.topics:TopicConsolidator",
        "yearly": "memkit.consolidate.rollups:YearlyConsolidator",
    },
    "rerankers": {
        "diverse": "memkit.retrieve.reordering:DiversityReranker",
        "recency": "memkit.retrieve.reordering:RecencyReranker",
        "cross-encoder": "memkit.retrieve.reordering:CrossEncoderReranker",
        "llm-filter": "memkit.retrieve.reordering:ModelFilter",
    },
    "storages": {"sqlite": "memkit.storage.sqlite:SQLiteStorage"},
    "recipes": {
        "a-mem": "memkit.recipes.amem:AMem",
        "assomem": "memkit.recipes.assomem:AssoMem",
        "caim": "memkit.recipes.caim:CAIM",
        "chatdb": "memkit.recipes.chatdb:ChatDB",
        "coat": "memkit.recipes.coat:CoAT",
        "h-mem": "memkit.recipes.hmem:HMem",
        "hippomm": "memkit.recipes.hippomm:HippoMM",
        "hipporag2": "memkit.recipes.hipporag2:HippoRAG2",
        "larimar-needle": "memkit.recipes.larimar:Larimar",
        "lightmem": "memkit.recipes.lightmem:LightMem",
        "mem-alpha": "memkit.recipes.memalpha:MemAlpha",
        "mem4nav": "memkit.recipes.mem4nav:Mem4Nav",
        "memgas": "memkit.recipes.memgas:MemGAS",
        "memoria": "memkit.recipes.memoria:Memoria",
        "memorybank": "memkit.recipes.memorybank:MemoryBank",
        "memoryos": "memkit.recipes.memoryos:MemoryOS",
        "memos": "memkit.recipes.memos:MemOS",
        "olagpt": "memkit.recipes.olagpt:OlaGPT",
        "r3mem": "memkit.recipes.r3mem:R3Mem",
        "ram": "memkit.recipes.ram:RAM",
        "robomemory": "memkit.recipes.robomemory:RoboMemory",
        "salm": "memkit.recipes.salm:SALM",
        "structural": "memkit.recipes.structural:Structural",
        "xmem": "memkit.recipes.xmem:XMem",
    },
}

_registered: dict[tuple[str, str], type] = {}

T = TypeVar("T", bound=type)


@dataclass(frozen=True, slots=True)
class Plugin:
    """One thing that can be chosen by name. `status` is `ok`, `not loaded`, or an error."""

    kind: str
    name: str
    distribution: str
    version: str
    target: str
    status: str


def register(kind: str, name: str) -> Callable[[T], T]:
    """A decorator that gives a class of this process a name."""
    _require_kind(kind)

    def keep(cls: T) -> T:
        if name in BUILT_IN[kind]:
            raise PluginError(f"{name!r} is the name of a built-in of {kind}; choose another.")
        validate(kind, cls, f"{cls.__module__}:{cls.__qualname__}")
        _registered[kind, name] = cls
        return cls

    return keep


def load(kind: str, name: str) -> type:
    """The class of that name; raises `PluginError` saying what there is instead."""
    _require_kind(kind)
    if (kind, name) in _registered:
        return _registered[kind, name]
    if ":" in name:
        return validate(kind, _import(name, name), name)
    if name in BUILT_IN[kind]:
        target = BUILT_IN[kind][name]
        return validate(kind, _import(target, name), target)
    return _load_installed(kind, name)


def create(kind: str, name: str, **options: Any) -> Any:
    """An instance of the class of that name."""
    return load(kind, name)(**options)


def available(*, check: bool = False) -> list[Plugin]:
    """Everything that can be chosen by name; with `check`, each is loaded and validated."""
    found = [
        Plugin(kind, name, "memkit-sdk", "", target, "ok" if not check else _status(kind, name))
        for kind, table in BUILT_IN.items()
        for name, target in table.items()
    ]
    for (kind, name), cls in _registered.items():
        target = f"{cls.__module__}:{cls.__qualname__}"
        found.append(Plugin(kind, name, "(this process)", "", target, "ok"))
    for kind in KINDS:
        for point in _installed(kind):
            status = _status_of(kind, point) if check else "not loaded"
            found.append(Plugin(kind, point.name, *_origin(point), point.value, status))
    return sorted(found, key=lambda p: (list(KINDS).index(p.kind), p.name, p.distribution))


def validate(kind: str, cls: Any, where: str) -> type:
    """`cls` if it keeps the contract of its kind, else `PluginError`."""
    contract = KINDS[kind]
    if not isinstance(cls, type) or not issubclass(cls, contract):
        # `memkit.contracts`, whichever of its pages the contract stands on
        home = ".".join(contract.__module__.split(".")[:2])
        raise PluginError(
            f"{where} is meant to be one of {kind}, but is {cls!r}; "
            f"expected a subclass of {home}.{contract.__name__}."
        )
    if inspect.isabstract(cls):
        missing = ", ".join(sorted(getattr(cls, "__abstractmethods__", ())))
        raise PluginError(f"{where} does not define {missing}.")
    return cls


def _require_kind(kind: str) -> None:
    if kind not in KINDS:
        raise PluginError(f"There is no kind {kind!r}; the kinds are {', '.join(KINDS)}.")


def _load_installed(kind: str, name: str) -> type:
    points = [point for point in _installed(kind) if point.name == name]
    if not points:
        names = [*BUILT_IN[kind], *(point.name for point in _installed(kind))]
        names += [known for of, known in _registered if of == kind]
        close = difflib.get_close_matches(name, names, n=1)
        hint = f" Did you mean {close[0]!r}?" if close else ""
        raise PluginError(
            f"No {kind} named {name!r}; there are: {', '.join(sorted(names)) or 'none'}.{hint}"
        )
    if len(points) > 1:
        owners = " and ".join(" ".join(_origin(point)) for point in points)
        raise PluginError(
            f"{kind} named {name!r} come from {owners}; name the class instead, "
            f"for example {points[0].value!r}."
        )
    point = points[0]
    where = f"{name!r} of {' '.join(_origin(point))} ({point.value})"
    return validate(kind, _import(point.value, where), where)


def _import(target: str, where: str) -> Any:
    module_name, _, attribute = target.partition(":")
    try:
        found: Any = importlib.import_module(module_name)
        for part in attribute.split("."):
            found = getattr(found, part)
    except Exception as error:  # a plug-in's module may raise anything
        raise PluginError(f"Loading {where} failed: {type(error).__name__}: {error}.") from error
    return found


def _status(kind: str, name: str) -> str:
    try:
        load(kind, name)
    except PluginError as error:
        return str(error)
    return "ok"


def _status_of(kind: str, point: EntryPoint) -> str:
    if point.name in BUILT_IN[kind]:
        return f"hidden by the built-in {point.name!r}; name its class instead: {point.value}"
    return _status(kind, point.name)


@lru_cache(maxsize=len(KINDS))
def _installed(kind: str) -> tuple[EntryPoint, ...]:
    return tuple(entry_points(group=f"memkit.{kind}"))


def _origin(point: EntryPoint) -> tuple[str, str]:
    if point.dist is None:
        return "unknown", ""
    return point.dist.name, point.dist.version
