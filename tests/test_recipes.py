"""Published systems by name: what a recipe brings, what is given beside it, and its page."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import pytest

from memkit import MemoryStore
from memkit.cli import recipes as page_of
from memkit.consolidate.rollups import MonthlyConsolidator
from memkit.errors import PluginError
from memkit.forget.never import NeverForget
from memkit.recipe import Card, Composition, Recipe, composed
from memkit.recipes.memorybank import MemoryBank
from memkit.registry import BUILT_IN
from memkit.retrieve.single import KeywordRetriever
from memkit.testing import BrokenRule, check_recipe
from memkit.testing.samples import NOW

_CARD = Card("A paper", "a place", "something", "all", "nothing", "nothing", "all of it")


class Words(Recipe):
    name: ClassVar[str] = "words"
    card: ClassVar[Card] = _CARD

    def compose(self) -> Composition:
        return Composition(retriever=KeywordRetriever(), consolidators=(MonthlyConsolidator(),))


def test_a_store_opens_with_a_recipe_or_its_name_and_refuses_others() -> None:
    with MemoryStore(":memory:", recipe=Words()) as store:
        ana = store.scope(user="ana")
        ana.add("The boat is in Faro.")
        assert [hit.text for hit in ana.search("boat")] == ["The boat is in Faro."]
    with pytest.raises(PluginError, match="Did you mean 'memgas'"):
        MemoryStore(":memory:", recipe="memgass")
    with pytest.raises(TypeError, match="must be a Recipe"):
        MemoryStore(":memory:", recipe=Words)  # type: ignore[arg-type]


def test_a_recipe_that_is_unknown_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(PluginError):
        MemoryStore(tmp_path / "a.mem", recipe="nothing")
    assert not list(tmp_path.iterdir())


def test_what_is_given_takes_the_place_of_the_recipes_own() -> None:
    own = NeverForget()
    parts = composed(Words(), forgetting=own, consolidators=(), retriever=None)
    assert parts.forgetting is own
    assert parts.consolidators == ()
    assert isinstance(parts.retriever, KeywordRetriever)
    assert composed(None, retriever=None) == Composition()


def test_a_file_made_with_a_recipe_opens_without_one(tmp_path: Path) -> None:
    with MemoryStore(tmp_path / "a.mem", recipe="memorybank", clock=lambda: NOW) as store:
        store.scope(user="ana").add({"content": "I live in Porto.", "name": "Ana"})
        store.maintain(now=NOW + timedelta(days=1))
    with MemoryStore(tmp_path / "a.mem", clock=lambda: NOW) as store:
        assert store.scope(user="ana").search("Porto")
        assert store.check().ok


def test_the_kit_names_what_a_recipe_breaks() -> None:
    class Sharing(Words):
        _one = KeywordRetriever()

        def compose(self) -> Composition:
            return Composition(retriever=self._one)

    class Silent(Words):
        card: ClassVar[Card] = Card("A paper", "", "something", "all", "nothing", "no", "yes")

    check_recipe(Words)
    with pytest.raises(BrokenRule, match="parts that two stores would share"):
        check_recipe(Sharing)
    with pytest.raises(BrokenRule, match="source"):
        check_recipe(Silent)


def test_the_page_of_recipes_is_current() -> None:
    """Otherwise: python -m memkit.cli.recipes > docs/recipes.md."""
    page = (Path(__file__).parent.parent / "docs" / "recipes.md").read_text("utf-8")
    assert page == page_of.page()


@pytest.mark.parametrize("name", sorted(BUILT_IN["recipes"]))
def test_every_verb_of_a_recipe_is_told_of(name: str) -> None:
    cls = page_of.loaded([name])[name]
    assert page_of.called(cls).startswith(f"memkit.recipes.{cls.__module__.split('.')[2]}.")
    assert all(does.endswith(".") for does in page_of.verbs(cls).values())
    assert not any(verb.startswith(("compose", "card", "_")) for verb in page_of.verbs(cls))


def test_a_recipe_s_verbs_are_called_as_they_are_told() -> None:
    assert list(page_of.verbs(page_of.loaded(["olagpt"])["olagpt"])) == [
        "lookup(scope, error, *, tool='', k=2)", "note(scope, error, fix, *, tool='', now=None)",
        "outcome(scope, note, *, worked, now=None)",
    ]  # fmt: skip


def test_memorybank_keeps_a_diary_and_archives_only_what_nobody_recalls() -> None:
    """Its published code has it the wrong way round: what was recalled faded faster."""
    began = NOW
    with MemoryStore(":memory:", recipe=MemoryBank(days=1), clock=lambda: began) as store:
        ana = store.scope(user="ana")
        ana.add(
            [
                {"id": "a", "name": "Ana", "content": "My bike is a red Gazelle.", "session": "1"},
                {"id": "b", "name": "Ana", "content": "It rained on the market.", "session": "1"},
            ]
        )
        store.maintain(now=began + timedelta(hours=20))
        levels = {memory.metadata.get("level") for memory in ana.memories()}
        assert {"session", "day"} <= levels
        for day in (1, 2, 3):
            ana.feedback(["a"], useful=True, now=began + timedelta(days=day))
        later = began + timedelta(days=6)
        store.maintain(now=later)
        everything = ana.search("market rain Gazelle bike", now=later)
        assert {source for hit in everything for source in hit.sources} == {"a"}
        assert ana.rescue("market rain", now=later)[0].sources == ("b",)
        assert [turn.id for turn in ana.turns()] == ["a", "b"]
        assert store.check().problems == ()
