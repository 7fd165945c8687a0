"""The same run gives the same file, on sets of three kinds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from memkit.embed.hashing import HashingEmbedder
from memkit.errors import InvalidInput
from memkit.evals import invented, loaders, runner
from memkit.evals.data import Dataset
from memkit.evals.readers import Extractive
from memkit.retrieve.fused import FusedRetriever
from memkit.retrieve.single import KeywordRetriever, RandomRetriever

STORY = """\
1 Mary moved to the bathroom.
2 John went to the hallway.
3 Where is Mary? \tbathroom\t1
4 Daniel went back to the hallway.
5 Where is John? \thallway\t2
"""


def of_babi(folder: Path) -> Dataset:
    path = folder / "qa1_single-supporting-fact_test.txt"
    path.write_text(STORY * 3, "utf-8")
    return loaders.load("babi", path)


def of_lives(_: Path) -> Dataset:
    return invented.load((5,), years=1, people=1).for_reading().limited(8)


def of_harbour(_: Path) -> Dataset:
    return loaders.load("harbour").for_reading().limited(4)


@pytest.mark.parametrize("make", [of_babi, of_lives, of_harbour])
def test_two_runs_are_the_same_bytes(tmp_path: Path, make: Callable[[Path], Dataset]) -> None:
    for name in ("one", "two"):
        runner.run(
            make(tmp_path), embedder=HashingEmbedder(32), out=tmp_path / f"{name}.jsonl",
            retrievers={"fused": FusedRetriever(), "keyword": KeywordRetriever(),
                        "random": RandomRetriever()},
            plan=runner.Plan((200, 1000), None, Extractive(), ("keyword", "random")),
        )  # fmt: skip
    one, two = ((tmp_path / f"{name}.jsonl").read_bytes() for name in ("one", "two"))
    assert one == two and one.count(b"\n") > 3


def test_a_reader_that_is_exchanged_makes_another_run(tmp_path: Path) -> None:
    """A file of rankings alone is not continued by a run that reads."""
    dataset = of_babi(tmp_path)
    arms = {"keyword": KeywordRetriever()}
    out = tmp_path / "out.jsonl"
    runner.run(dataset, retrievers=arms, embedder=None, out=out)
    with pytest.raises(InvalidInput, match="different reader"):
        runner.run(
            dataset, retrievers=arms, embedder=None, out=out, plan=runner.Plan(reader=Extractive())
        )
