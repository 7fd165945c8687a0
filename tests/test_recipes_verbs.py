"""Recipes with verbs of their own: what each is known for, and its rule on a worked example."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from memkit import MemoryStore, Scope
from memkit.contracts import Record
from memkit.errors import InvalidInput, NotFound
from memkit.forget.decay import LifespanPolicy
from memkit.recipe import Recipe
from memkit.recipes.chatdb import ChatDB
from memkit.recipes.coat import CoAT, Reasoning
from memkit.recipes.mem4nav import Mem4Nav
from memkit.recipes.memalpha import MemAlpha
from memkit.recipes.memoria import Memoria, counts
from memkit.recipes.olagpt import OlaGPT, signature
from memkit.recipes.r3mem import R3Mem
from memkit.recipes.ram import RAM
from memkit.recipes.salm import SALM
from memkit.testing.samples import NOW

DAY = timedelta(days=1)


@contextmanager
def opened(recipe: Recipe) -> Iterator[Scope]:
    with MemoryStore(":memory:", recipe=recipe, clock=lambda: NOW) as store:
        yield store.scope(user="ana")
        assert store.check().problems == ()


def said(scope: Scope, **messages: str) -> None:
    scope.add([{"id": id, "name": "Ana", "content": text} for id, text in messages.items()])


def test_coat_recalls_between_steps_what_only_the_thought_makes_relevant() -> None:
    recipe = CoAT()
    with opened(recipe) as scope:
        said(
            scope,
            a="Our ferry leaves from pier nine.",
            b="The harbour office closes pier nine for repairs in June.",
            c="Grandmother's soup needs celery.",
        )
        state = Reasoning("Where does our ferry leave from?")
        first = recipe.recall_step(scope, state, "I need to find the ferry.")
        assert [hit.id for hit in first][:1] == ["a"]
        second = recipe.recall_step(scope, state, "Is something known of repairs in the harbour?")
        assert "b" in {hit.id for hit in state.held}
        assert not {hit.id for hit in first} & {hit.id for hit in second}


def test_coat_tells_nothing_twice_and_gives_up_after_two_empty_steps() -> None:
    recipe = CoAT(patience=2)
    with opened(recipe) as scope:
        said(scope, a="The tortoise is called Bolt.", b="Bolt is what the tortoise is called.")
        state = Reasoning("What is the tortoise called?")
        assert len(recipe.recall_step(scope, state, "Look for it.")) == 1
        assert recipe.recall_step(scope, state, "The tortoise, called Bolt?") == []
        assert recipe.recall_step(scope, state, "Bolt, the tortoise.") == []
        said(scope, c="Zanzibar has giant tortoises on an island.")
        assert recipe.recall_step(scope, state, "What of Zanzibar?") == []
        assert state.empty == 2


@pytest.mark.parametrize(
    ("error", "tool", "expected"),
    [
        ("KeyError: 'user_17' not in cache", "lookup", "lookup|KeyError|user not in"),
        ("KeyError: 'user_905' not in cache", "lookup", "lookup|KeyError|user not in"),
        ("HTTP error 404: no such page 12", "", "|404|http error no"),
        ("Traceback:\n  x\nValueError: bad date 2024-01-01", "", "|ValueError|bad date"),
    ],
)  # fmt: skip
def test_olagpt_signature_masks_what_changes_from_time_to_time(
    error: str, tool: str, expected: str
) -> None:
    assert signature(error, tool) == expected


def test_olagpt_mends_the_next_failure_of_the_kind_and_drops_what_does_not_help() -> None:
    """Utility is (s + 1) / (s + f + 2)."""
    with opened(OlaGPT()) as scope:
        good = OlaGPT.note(scope, "KeyError: 'user_1' not in cache", "warm the cache", tool="run")
        bad = OlaGPT.note(scope, "KeyError: 'user_2' not in cache", "retry", tool="run")
        OlaGPT.note(scope, "TimeoutError: no answer from db", "raise the limit", tool="run")
        for _ in range(2):
            OlaGPT.outcome(scope, good, worked=True)
            OlaGPT.outcome(scope, bad, worked=False)
        found = OlaGPT.lookup(scope, "KeyError: 'user_77' not in cache", tool="run")
        assert found[0].fix == "warm the cache"
        assert found[0].exact
        assert found[0].utility == pytest.approx(3 / 4)
        assert bad not in {note.id for note in found}


def test_olagpt_forgets_an_outcome_that_is_undone() -> None:
    with opened(OlaGPT()) as scope:
        note = OlaGPT.note(scope, "KeyError: 'user_1' not in cache", "warm the cache")
        OlaGPT.outcome(scope, note, worked=False)
        assert OlaGPT.lookup(scope, "KeyError: 'user_2' not in cache") == []
        scope.undo(scope.journal()[-1].id)
        (again,) = OlaGPT.lookup(scope, "KeyError: 'user_2' not in cache")
        assert again.utility == pytest.approx(1 / 2)


def test_ram_verdict_hint_and_answer_each_change_what_is_found() -> None:
    with opened(RAM()) as scope:
        said(
            scope, a="The meeting is at the mill.", b="The meeting is at the barn.", c="It rained."
        )
        first = [hit.id for hit in scope.search("Where is the meeting?")][:2]
        wrong, right = first
        for _ in range(3):
            RAM.judge(scope, [scope.search("meeting", filter={"id": wrong})[0]], right=False)
            RAM.judge(scope, [scope.search("meeting", filter={"id": right})[0]], right=True)
        assert scope.search("Where is the meeting?")[0].id == right
        helped = scope.search("rained", 1)[0]
        RAM.hint(scope, helped, "precipitation on Tuesday")
        assert "It rained." in scope.search("precipitation", 1)[0].text
        assert scope.search("precipitation", 1)[0].turns[0].metadata["key_of"] == "c"
        RAM.answer(scope, scope.search("meeting", 1), "The meeting is at the chapel.")
        assert "chapel" in " ".join(hit.text for hit in scope.search("Where is the meeting?", 3))
        assert {turn.id for turn in scope.turns()} >= {"a", "b", "c"}


def test_ram_utility_moves_by_three_tenths_and_an_undo_takes_it_back() -> None:
    with opened(RAM()) as scope:
        said(scope, a="The gate is green.")
        RAM.judge(scope, scope.search("gate"), right=True)
        assert RAM.utility(scope, "a") == pytest.approx(0.5 + 0.3 * 0.5)
        last = RAM.judge(scope, scope.search("gate"), right=False)
        assert RAM.utility(scope, "a") == pytest.approx(0.65 - 0.3 * 0.65)
        scope.undo(last.id)
        assert RAM.utility(scope, "a") == pytest.approx(0.65)
        with pytest.raises(InvalidInput, match="no hits"):
            RAM.judge(scope, [], right=True)
        with pytest.raises(InvalidInput, match="needs words"):
            RAM.hint(scope, scope.search("gate")[0], "  ")


def test_ram_answer_supersedes_the_slot_and_no_unrelated_record() -> None:
    """The published reflection overwrites whatever is most similar."""
    with opened(RAM()) as scope:
        said(scope, a="I live in Porto.", b="I work in Porto as a baker.")
        RAM.answer(scope, scope.search("Where do I live?", 1), "Ana lives in Lisbon.")
        scope.maintain(now=NOW + DAY)
        assert scope.get("b").text == "I work in Porto as a baker."
        homes = scope.facts("Ana", "home", superseded=True)
        assert [(one.value, one.status) for one in homes] == [
            ("Porto", "superseded"), ("Lisbon", "current"),
        ]  # fmt: skip
        assert [fact.value for fact in scope.facts("Ana", "job")] == ["baker"]


def test_chatdb_runs_a_chain_whose_steps_use_earlier_results() -> None:
    with opened(ChatDB()) as scope:
        said(scope, a="My sister Clara lives in Porto.", b="My brother Rui lives in Faro.")

        def planner(question: str, schema: str) -> list[tuple[str, str]]:
            assert "facts(" in schema
            assert question == "Where do my siblings live?"
            return [
                ("kin", "SELECT value FROM facts WHERE attribute IN ('sister', 'brother')"),
                ("homes", "SELECT subject, value FROM facts WHERE attribute = 'home' AND subject "
                          "IN (<kin>) ORDER BY subject"),
                ("many", "SELECT count(*) FROM facts WHERE value IN (<homes>)"),
            ]  # fmt: skip

        scope.maintain(now=NOW + DAY)
        steps = ChatDB.run(scope, "Where do my siblings live?", planner)
        assert [step.name for step in steps] == ["kin", "homes", "many"]
        assert steps[1].rows is not None
        assert list(steps[1].rows) == [("Clara", "Porto"), ("Rui", "Faro")]
        assert steps[2].rows is not None
        assert list(steps[2].rows) == [(2,)]
        assert ChatDB.answer(scope, "Where does my sister live?")[-1].value == "Porto"


def test_chatdb_walks_a_chain_of_closed_queries_and_follows_what_changes() -> None:
    with opened(ChatDB()) as scope:
        said(scope, a="My sister Clara lives in Porto.", b="Clara is married to Rui.",
             c="Rui works as a baker.")  # fmt: skip
        question = "Where does the husband of my sister work?"
        path = ChatDB.answer(scope, question)
        assert [(one.subject, one.attribute, one.value) for one in path] == [
            ("Ana", "sister", "Clara"), ("Clara", "partner", "Rui"), ("Rui", "job", "baker"),
        ]  # fmt: skip
        scope.add({"name": "Ana", "content": "Clara moved to Lisbon."}, now=NOW + DAY)
        moves = [(NOW, "Porto"), (NOW + 2 * DAY, "Lisbon")]
        for at, place in moves:
            assert ChatDB.answer(scope, "Where does my sister live?", at=at)[-1].value == place
            (row,) = scope.query("as of", subject="Clara", attribute="home", at=at)
            assert place in row


@pytest.mark.parametrize(
    ("plan", "message"),
    [
        ([], "1 to 12 steps"),
        ([("a", "SELECT 1")] * 13, "1 to 12 steps"),
        ([("a", "DELETE FROM facts")], "cannot be run"),
        ([("a", "SELECT 1; DROP TABLE records")], "one"),
        ([("a", "SELECT value FROM facts WHERE value IN (<later>)")], "no earlier step"),
        (None, "1 to 12 steps"),
        ("SELECT 1", "1 to 12 steps"),
        ({"a": "SELECT 1"}, "1 to 12 steps"),
        (["ab"], "a name and a SELECT"),
        ([("a", "SELECT 1", "b")], "a name and a SELECT"),
        ([("a", None)], "a name and a SELECT"),
        ([(7, "SELECT 1")], "a name and a SELECT"),
    ],
)
def test_chatdb_a_misbehaving_planner_changes_nothing(plan: Any, message: str) -> None:
    with opened(ChatDB()) as scope:
        said(scope, a="I live in Porto.")
        with pytest.raises(InvalidInput, match=message):
            ChatDB.run(scope, "?", lambda _, __: plan)
        assert [turn.text for turn in scope.turns()] == ["I live in Porto."]


def test_r3mem_every_summary_opens_to_the_exact_source() -> None:
    words = "We bought {n} kilos of figs at the market in Tavira, and a crate of lemons from Olga."
    texts = {f"m{n}": words.format(n=n + 20) for n in range(6)}
    with opened(R3Mem(most_bytes=300)) as scope:
        said(scope, **texts)
        scope.maintain(now=NOW + 40 * DAY)
        summaries = [memory for memory in scope.memories() if memory.kind in ("summary", "digest")]
        assert summaries
        for memory in summaries:
            back = R3Mem.reconstruct(scope, str(memory.id))
            assert back.text == "\n".join(texts[id] for id in back.turns)
            assert back.stands == (not back.lost and back.covered >= 0.6)
        whole = R3Mem.reconstruct(scope, "m0")
        assert (whole.text, whole.lost) == (texts["m0"], ())
        assert whole.covered == pytest.approx(1.0)


def test_memoria_calls_up_what_fired_together() -> None:
    """P(j | i) is cofire / fire."""
    recipe = Memoria()
    with opened(recipe) as scope:
        said(
            scope,
            a="The greenhouse needs a new pane.",
            b="Call the glazier on Rua Nova.",
            c="Olives are picked in November.",
        )
        pane = scope.search("greenhouse pane", filter={"id": "a"})
        glazier = scope.search("glazier", filter={"id": "b"})
        Memoria.fire(scope, [*pane, *glazier])
        Memoria.fire(scope, pane)
        fired, together = counts(scope)
        assert (fired["a"], together["a", "b"]) == (2, 1)
        hits, engrams = recipe.remind(scope, "greenhouse", 1)
        assert [hit.id for hit in hits] == ["a"]
        assert [(one.record.id, one.by, one.share) for one in engrams] == [("b", "a", 0.5)]
        Memoria.fire(scope, [])
        for entry in scope.journal():
            if entry.action == "feedback":
                scope.undo(entry.id)
        assert recipe.remind(scope, "greenhouse", 1)[1] == []


def test_memoria_lifespan_is_nine_steps_and_eight_for_each_recall() -> None:
    def record(retrieved: int = 0) -> Record:
        return Record("a", "turn", NOW, None, retrieved, shown=0, useful=0, useless=0, size=40)

    policy = LifespanPolicy(step=1.0)
    assert policy.strength(record(), NOW + 4 * DAY) == pytest.approx(5.0)
    assert policy.judge([record()], NOW + 9 * DAY)[0].action == "keep"
    assert policy.judge([record()], NOW + 9.5 * DAY)[0].action == "archive"
    assert policy.judge([record(retrieved=1)], NOW + 16 * DAY)[0].action == "keep"


def walked(scope: Scope, session: str, *steps: tuple[str, str, float]) -> None:
    scope.add(
        [
            {"content": text, "session": session, "metadata": {"place": place, "cost": cost}}
            for place, text, cost in steps
        ]
    )


def test_mem4nav_finds_the_shortest_way_over_places_that_were_visited() -> None:
    with opened(Mem4Nav()) as scope:
        walked(scope, "1", ("quay", "Boats.", 1), ("bridge", "Iron.", 5), ("church", "Bells.", 5))
        walked(scope, "2", ("quay", "Gulls.", 1), ("lift", "Queue.", 2), ("church", "Blue.", 3))
        walked(scope, "3", ("bridge", "Wind.", 1), ("quay", "Sun.", 7), ("mill", "Flour.", 9))
        assert Mem4Nav.route(scope, "quay", "church") == (["quay", "lift", "church"], 5.0)
        assert Mem4Nav.route(scope, "church", "quay") == (["church", "lift", "quay"], 5.0)
        assert Mem4Nav.route(scope, "quay", "bridge") == (["quay", "bridge"], 6.0)
        assert Mem4Nav.route(scope, "mill", "mill") == (["mill"], 0.0)
        with pytest.raises(NotFound, match="No way from"):
            Mem4Nav.route(scope, "quay", "moon")


def test_mem4nav_a_grid_is_squares_within_squares_in_mortons_order() -> None:
    """(60, 30) of 100 is right below: 1; then (10, 30) of 50 left above: 2; then of 25: 0."""
    assert Mem4Nav.cell(60.0, 30.0, size=100.0, depth=3) == "1/2/0"
    assert Mem4Nav.cell(0.0, 0.0, depth=2) == "0/0"
    with pytest.raises(InvalidInput, match="is not in"):
        Mem4Nav.cell(100.0, 3.0)
    recipe = Mem4Nav(recent=1)
    with opened(recipe) as scope:
        for x, y in ((10, 10), (12, 10), (90, 90)):
            place = Mem4Nav.cell(x, y, depth=4)
            scope.add({"content": f"A kiosk at {x}, {y}.", "metadata": {"place": place}})
        near = recipe.recall(scope, "kiosk", Mem4Nav.cell(11, 11, depth=4), 2)
        assert {hit.text for hit in near} == {"A kiosk at 10, 10.", "A kiosk at 12, 10."}


def test_mem4nav_looks_in_the_cell_and_then_in_those_around_it() -> None:
    recipe = Mem4Nav(recent=2)
    with opened(recipe) as scope:
        walked(
            scope, "1", ("repo/ui/button", "The width is wrong in the button.", 1),
            ("repo/ui/menu", "The width is computed in the layout.", 1),
            ("repo/db", "The width of the index column is 8.", 1),
            ("other", "The width of the road is 4 metres.", 1),
        )  # fmt: skip
        found: list[Any] = recipe.recall(scope, "width", "repo/ui/button", 3)
        places = [hit.turns[0].metadata["place"] for hit in found]
        assert places == ["repo/ui/button", "repo/ui/menu", "repo/db"]
        assert recipe.recall(scope, "width", "nowhere") == []


def test_mem4nav_what_was_seen_lately_answers_alone_if_it_is_good_enough() -> None:
    with opened(Mem4Nav()) as scope:
        walked(scope, "1", ("quay", "The kiosk sells figs and lemons.", 1), ("mill", "Dust.", 1))
        walked(scope, "2", ("quay", "The kiosk is closed for repairs.", 1))
        lately = Mem4Nav(recent=1, accept=0.1).recall(scope, "kiosk", "quay", 5)
        assert [hit.text for hit in lately] == ["The kiosk is closed for repairs."]
        ever = Mem4Nav(recent=1, accept=1.0).recall(scope, "kiosk", "quay", 5)
        assert {hit.text for hit in ever} == {
            "The kiosk is closed for repairs.", "The kiosk sells figs and lemons.",
        }  # fmt: skip


def test_salm_tells_what_each_operation_did() -> None:
    recipe = SALM()
    with opened(recipe) as scope:
        said(scope, a="I live in Porto.", b="It rained on the roof.")
        first = {stage.operation: stage for stage in SALM.cycle(scope, now=NOW + DAY)}
        assert list(first) == ["consolidate", "update", "index", "forget", "retrieve", "compress"]
        assert first["retrieve"].touched == 0
        assert first["consolidate"].touched > 0
        scope.add({"content": "I moved to Lisbon.", "name": "Ana"}, now=NOW + DAY)
        second = {stage.operation: stage for stage in SALM.cycle(scope, now=NOW + 2 * DAY)}
        assert second["update"].touched == 1
        (found,) = SALM.retrieve(scope, "Where does Ana live?", 1, now=NOW + 2 * DAY)
        assert found.text == "I moved to Lisbon."
        scope.feedback([found.id], useful=True, now=NOW + 2 * DAY)
        judged = {stage.operation: stage for stage in SALM.cycle(scope, now=NOW + 2 * DAY)}
        assert judged["retrieve"].how == "weights learned from 1 useful"
        late = {stage.operation: stage for stage in SALM.cycle(scope, now=NOW + 3000 * DAY)}
        assert late["forget"].touched > 0
        assert len(list(scope.turns())) == 3


def test_mem_alpha_writes_updates_and_deletes_by_tools() -> None:
    with opened(MemAlpha()) as scope:
        assert MemAlpha.act(
            scope, {"tool": "insert", "part": "semantic", "content": "I live in Faro."}
        )
        assert "says the same" in MemAlpha.insert(scope, "semantic", "I live in Faro. ")
        (kept,) = scope.turns()
        told = MemAlpha.update(scope, "semantic", "I live in Porto.", kept.id)
        assert told.startswith("Wrote")
        assert [hit.text for hit in scope.search("Where do I live?")] == ["I live in Porto."]
        (new,) = scope.turns(archived=False)
        assert "undone" in MemAlpha.delete(scope, "semantic", new.id)
        assert scope.search("Where do I live?") == []
        scope.undo(scope.journal()[-1].id)
        assert scope.search("Where do I live?")


def test_mem_alpha_an_update_that_cannot_be_written_leaves_what_was_there() -> None:
    with opened(MemAlpha()) as scope:
        MemAlpha.insert(scope, "semantic", "I live in Faro.")
        MemAlpha.update(scope, "core", "Ana, baker.")
        (kept,) = scope.turns(filter={"meta.alpha": "semantic"})
        for part, id in (("semantic", kept.id), ("core", None)):
            for content in ("a\x00b", "  "):
                assert MemAlpha.update(scope, part, content, id).startswith("Nothing was")
        assert MemAlpha.core(scope) == "Ana, baker."
        assert "I live in Faro." in [hit.text for hit in scope.search("Where do I live?")]


def test_mem_alpha_core_is_one_text_within_its_tokens() -> None:
    with opened(MemAlpha()) as scope:
        MemAlpha.update(scope, "core", "Ana, baker, allergic to nuts.")
        MemAlpha.update(scope, "core", "Ana, baker in Faro, allergic to nuts.")
        assert MemAlpha.core(scope) == "Ana, baker in Faro, allergic to nuts."
        assert "512 tokens" in MemAlpha.update(scope, "core", "word " * 2000)
        assert MemAlpha.core(scope) == "Ana, baker in Faro, allergic to nuts."


@pytest.mark.parametrize(
    "call",
    [
        {},
        {"tool": "drop"},
        {"tool": "insert"},
        {"tool": "insert", "part": "core", "content": "x"},
        {"tool": "insert", "part": "semantic", "content": 7},
        {"tool": "insert", "part": "semantic", "content": "a\x00b"},
        {"tool": "update", "part": "semantic", "content": "x", "id": "t99"},
        {"tool": "update", "part": "soul", "content": "x"},
        {"tool": "delete", "part": "episodic", "id": "../../etc"},
        {"tool": "delete", "part": "episodic", "id": "t1", "force": "yes"},
        {"tool": ["insert"], "part": "semantic", "content": "x"},
        {"tool": "insert", "scope": "ben", "part": "semantic", "content": "x"},
        {1: "x", "tool": "insert"},
        None,
        "insert",
        [{"tool": "insert"}],
    ],
)
def test_mem_alpha_a_misbehaving_model_gets_sentences_and_changes_nothing(
    call: Any,
) -> None:
    with opened(MemAlpha()) as scope:
        scope.add("I live in Faro.")
        before = scope.journal()
        assert MemAlpha.act(scope, call).startswith("Nothing was")
        assert scope.journal() == before


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("We flew to Oslo.", "episodic"),
        ("The concert is tomorrow.", "episodic"),
        ("I live in Faro.", "semantic"),
        ("I prefer window seats.", "semantic"),
    ],
)
def test_mem_alpha_routes_what_happened_and_what_holds(text: str, part: str) -> None:
    assert MemAlpha.route(text, now=NOW) == part
