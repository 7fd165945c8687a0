"""On the structural memory of agents: five forms of memory, three ways to search each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar, Final, Literal

from memkit.contracts import Extractor, Reranker, Retriever
from memkit.errors import InvalidInput
from memkit.extract.facts import FactExtractor
from memkit.extract.summaries import SummaryExtractor
from memkit.extract.triples import TripleExtractor
from memkit.recipe import Card, Composition, Recipe
from memkit.retrieve.iterative import IterativeRetriever
from memkit.retrieve.keyed import KeyedRetriever
from memkit.retrieve.reordering import CrossEncoderReranker, DiversityReranker

Form = Literal["chunks", "triples", "facts", "summaries", "mixed"]
Search = Literal["single-step", "rerank", "iterative"]
Scorer = Callable[[str, Sequence[str]], Sequence[float]]

_FACTS: Final = partial(FactExtractor, which="all")
_EXTRACTORS: Final[Mapping[Form, tuple[Callable[[], Extractor], ...]]] = {
    "chunks": (),
    "triples": (TripleExtractor,),
    "facts": (_FACTS,),
    "summaries": (SummaryExtractor,),
    "mixed": (TripleExtractor, _FACTS, SummaryExtractor),
}
SEARCHES: Final[tuple[Search, ...]] = ("single-step", "rerank", "iterative")
FORMS: Final = tuple(_EXTRACTORS)


class Structural(Recipe):
    """One of the fifteen cells: a form of memory and a way to search it."""

    name: ClassVar[str] = "structural"
    card: ClassVar[Card] = Card(
        paper="On the Structural Memory of LLM Agents (2024)",
        source="arXiv 2412.15266",
        known_for="which form of memory suits which task: chunks, triples, facts, summaries, or "
        "all of them, each searched in one step, with reranking, or in rounds",
        kept="all five forms and three searches, `Structural(form=..., search=...)`; the default "
        "is the pair that did best in most cells, mixed and iterative; whatever the form, what "
        "comes back are the turns it was made of",
        mended="a search that asks for a hundred units hides how precise it is: here it is k, as "
        "everywhere; forms are made by one set of rules, so cells differ in form alone",
        model="extracts the forms, scores hits for the reranking, thinks aloud between rounds",
        without="rules extract the forms; reranking is by relevance and diversity (MMR), or by "
        "your `score`; each round asks with the weightiest new words of the first hits",
    )

    def __init__(
        self, *, form: Form = "mixed", search: Search = "iterative", score: Scorer | None = None
    ) -> None:
        """`score` has a model rerank: a question and texts to as many numbers.

        Scores of another number, or that are none, make the search raise `ValueError`.
        """
        if form not in FORMS or search not in SEARCHES:
            raise InvalidInput(
                f"There is no cell {form!r}, {search!r}; forms are {', '.join(FORMS)}, "
                f"searches {', '.join(SEARCHES)}."
            )
        self._form: Form = form
        if score is not None and search != "rerank":
            raise InvalidInput(f"A scorer is for search='rerank'; found {search!r}.")
        self._search: Search = search
        self._score = score

    def compose(self) -> Composition:
        """The extractors of the form, and a retriever that looks at nothing else."""
        keys = {"chunks": ("turn", "window"), "mixed": ("turn", "window", "memory")}
        single = KeyedRetriever(keys.get(self._form, ("memory",)))
        retriever: Retriever = single
        if self._search == "iterative":
            retriever = IterativeRetriever(single)
        reranker: Reranker = DiversityReranker()
        if self._score is not None:
            reranker = CrossEncoderReranker(self._score)
        return Composition(
            extractors=tuple(make() for make in _EXTRACTORS[self._form]),
            retriever=retriever,
            rerankers=(reranker,) if self._search == "rerank" else (),
        )
