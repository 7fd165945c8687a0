"""Any recipe, with a language model reading what its own extractors read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from memkit import registry
from memkit.contracts import Extractor
from memkit.errors import InvalidInput
from memkit.llm.door import LLM
from memkit.recipe import Card, Composition, Recipe


class ByModel(Recipe):
    """A recipe whose extractors give way to those that ask a model, where there are such.

    `facts` gives way to `llm-facts`, and so on by that rule for `triples`, `summaries`, `notes` and
    what plug-ins bring; the others stay. What a model proposes is checked against the words it
    cites, as everywhere. Keep the recipe itself for its own verbs.
    """

    name: ClassVar[str] = "by-model"
    card: ClassVar[Card] = Card(
        paper="that of the recipe it is given",
        source="there",
        known_for="what the recipe is known for, with extraction by a model as in the paper",
        kept="indexers, retriever, consolidators and forgetting are the recipe's",
        mended="a model's words stand only where the source bears them out",
        model="reads facts, triples, summaries or notes out of what was said, in `maintain`",
        without="use the recipe as it is",
    )

    def __init__(self, recipe: Recipe | str, llm: LLM | str) -> None:
        """`recipe` or its name; `llm` is a door, or a name that litellm knows.

        Raises `InvalidInput` for a recipe none of whose extractors could ask a model.
        """
        self._recipe: Recipe = (
            registry.create("recipes", recipe) if isinstance(recipe, str) else recipe
        )
        self._llm = LLM(llm) if isinstance(llm, str) else llm
        if not handed_over(self._recipe):
            raise InvalidInput(
                f"The recipe {self._recipe.name!r} has no extractor that could ask a model; open "
                "the store with the recipe alone."
            )

    def compose(self) -> Composition:
        """The recipe's parts, the extractors exchanged."""
        parts = self._recipe.compose()
        own = parts.extractors or ()
        asking = _asking(own)
        exchanged: list[Extractor] = [
            registry.create("extractors", f"llm-{each.name}", llm=self._llm)
            if each.name in asking else each
            for each in own
        ]  # fmt: skip
        return replace(parts, extractors=tuple(exchanged))


def handed_over(recipe: Recipe) -> list[str]:
    """The names of a recipe's extractors that `ByModel` exchanges."""
    return _asking(recipe.compose().extractors or ())


def _asking(extractors: Sequence[Extractor]) -> list[str]:
    known = {one.name for one in registry.available() if one.kind == "extractors"}
    return [each.name for each in extractors if f"llm-{each.name}" in known]
