"""Needles in a haystack, and a memory that is written in one shot and unlearns one fact."""

from __future__ import annotations

import json
from itertools import islice

from typer.testing import CliRunner

from memkit import MemoryStore
from memkit.cli.app import app
from memkit.evals import needle
from memkit.recipes.larimar import Larimar


def test_needles_stand_at_every_depth_and_hay_says_nothing_of_them() -> None:
    hidden = needle.needles(3)
    assert sorted({one.depth for one in hidden}) == list(needle.DEPTHS)
    assert len({one.key for one in hidden}) == len({one.question for one in hidden}) == len(hidden)
    said = " ".join(islice(needle.hay(3), 500))
    assert not [one for one in hidden if one.key in said]
    assert "pass key" not in said
    assert needle.needles(3) == hidden != needle.needles(4)


def test_every_needle_is_found_by_words_alone_and_the_same_way_each_time() -> None:
    def ranks() -> list[tuple[int, float, int, bool]]:
        found = needle.search([2000, 500], seed=1, embedder=None)
        return [(one.tokens, one.depth, one.rank, one.in_context) for one in found]

    first = ranks()
    assert [tokens for tokens, *_ in first] == [500] * 10 + [2000] * 10
    assert all(rank == 1 and held for *_, rank, held in first)
    assert ranks() == first


def test_the_command_prints_depths_and_json_and_names_a_wrong_size() -> None:
    run = CliRunner()
    words = ["eval", "needle", "--tokens", "300,1k", "--embedder", "none"]
    shown = run.invoke(app, words, env={"COLUMNS": "80"})
    assert shown.exit_code == 0, shown.output
    assert "1,000" in shown.stdout
    assert "2/2" in shown.stdout
    narrow = run.invoke(app, words, env={"COLUMNS": "60"}).stdout
    assert "1,000   2/2  2/2  2/2  2/2   2/2  1.00 (.722 to 1.00)" in narrow
    found = json.loads(run.invoke(app, [*words, "--recipe", "larimar-needle", "--json"]).stdout)
    assert {each["tokens"] for each in found} == {300, 1000}
    wrong = run.invoke(app, ["eval", "needle", "--tokens", "1g"])
    assert wrong.exit_code == 2 or "1g" in str(wrong.exception)


def test_larimar_writes_in_one_shot_and_unlearns_one_fact_and_no_other() -> None:
    with MemoryStore(":memory:", recipe=Larimar()) as store:
        scope = store.scope(user="ana")
        code = Larimar.write(scope, "The code of the shed is 1734.")
        Larimar.write(scope, "The code of the barn is 9021.")
        assert scope.search("code of the shed", 1)[0].text == code.text
        receipt = Larimar.unlearn(scope, code.id)
        assert receipt.ids == (code.id,)
        assert [hit.text for hit in scope.search("code of the shed")] == [
            "The code of the barn is 9021."
        ]
        assert store.check().problems == ()
