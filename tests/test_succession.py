"""Search among facts that change: what holds now stands above what it took the place of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

from memkit import MemoryStore, Scope
from memkit.contracts import Extractor
from memkit.models import Memory, Source, Turn
from memkit.retrieve.fused import FusedRetriever, Weights


class Notes(Extractor):
    """The claims that a turn's metadata lists: `subject | attribute | value | name=text ...`."""

    name: ClassVar[str] = "notes"
    deferred: ClassVar[bool] = False

    def extract(self, turns: Sequence[Turn]) -> Iterator[Memory]:
        for turn in turns:
            for told in turn.metadata.get("claims", ()):
                subject, attribute, value, *rest = (part.strip() for part in told.split(" | "))
                fields: dict[str, Any] = dict(part.split("=", 1) for part in rest)
                fields |= {"subject": subject, "attribute": attribute, "value": value}
                source = Source(turn.id, 0, len(turn.text))
                yield Memory("triple", value, (source,), metadata=fields)


def say(scope: Scope, day: str, said: str) -> None:
    """Add the words before the first "#", with the claims behind each."""
    text, *claims = said.split(" # ")
    scope.add({"content": text, "metadata": {"claims": claims}}, now=day)


def opened(path: Path | str = ":memory:") -> MemoryStore:
    return MemoryStore(path, embedder=None, extractors=[Notes()])


def filled(scope: Scope) -> Scope:
    """Ten days of notes, among which Ana moves twice and says so in other words each time."""
    for day, text in enumerate(
        [
            "Ana lives in a flat in Porto # Ana | home | Porto",
            "The weather was grey all day",
            "Ana works as a nurse # Ana | job | nurse",
            "Off to the coast with two vans # Ana | home | Lisbon",
            "Rui lives in a flat in Braga # Rui | home | Braga",
            "Bica slept on the sofa",
            "Boxes again, Faro this time # Ana | home | Faro",
            "Ana lives on soup these days",
        ],
        start=1,
    ):
        say(scope, f"2024-01-{day:02d}", text)
    scope.maintain(now="2024-01-10")
    return scope


def found(scope: Scope, query: str, **more: Any) -> list[str]:
    return [hit.id for hit in scope.search(query, 20, now="2024-02-01", **more)]


def test_what_holds_now_stands_right_above_what_no_longer_does() -> None:
    ids = found(filled(opened().scope(user="ana")), "Ana lives in a flat")
    assert ids.index("t7") < ids.index("t4") < ids.index("t1")
    assert ids[ids.index("t1") - 2 : ids.index("t1") + 1] == ["t7", "t4", "t1"]


def test_what_holds_still_and_what_others_say_stays_where_it_was() -> None:
    scope = filled(opened().scope(user="ana"))
    plain = FusedRetriever(weights=Weights(newer=0.0))
    moved = {"t1", "t4", "t7"}
    ours = [id for id in found(scope, "Ana lives in a flat") if id not in moved]
    theirs = found(scope, "Ana lives in a flat", retriever=plain)
    assert ours == [id for id in theirs if id not in moved]
    assert "t7" not in theirs, "it shares no word with the query"


def test_the_older_turn_keeps_its_score() -> None:
    scope = filled(opened().scope(user="ana"))
    hits = {hit.id: hit for hit in scope.search("Ana lives in a flat", 20, now="2024-02-01")}
    assert set(hits["t7"].why) >= {"newer"}
    assert "newer" not in hits["t1"].why


def test_as_of_a_moment_nothing_said_later_counts() -> None:
    scope = filled(opened().scope(user="ana"))
    ids = found(scope, "Ana lives in a flat", as_of="2024-01-05")
    assert ids.index("t4") == ids.index("t1") - 1
    assert "t7" not in ids
    assert "t4" not in found(scope, "Ana lives in a flat", as_of="2024-01-03")


def test_a_plan_takes_nothing_away_before_its_time() -> None:
    scope = opened().scope(user="ana")
    say(scope, "2024-01-01", "Ana lives in a flat in Porto # Ana | home | Porto")
    say(
        scope, "2024-01-02", "Off to the coast # Ana | home | Lisbon | mood=plan | since=2024-06-01"
    )
    scope.maintain(now="2024-01-03")
    assert found(scope, "Ana lives in a flat") == ["t1"]
    later = [hit.id for hit in scope.search("Ana lives in a flat", now="2024-07-01")]
    assert later == ["t2", "t1"]


def test_a_turn_that_says_something_else_that_holds_does_not_give_way() -> None:
    scope = opened().scope(user="ana")
    say(scope, "2024-01-01", "Ana lives in Porto, a nurse # Ana | home | Porto # Ana | job | nurse")
    say(scope, "2024-01-02", "Off to the coast # Ana | home | Lisbon")
    scope.maintain(now="2024-01-03")
    assert found(scope, "Ana lives in Porto") == ["t1"]
    say(scope, "2024-01-04", "Still a nurse # Ana | job | nurse")
    scope.maintain(now="2024-01-05")
    assert found(scope, "Ana lives in Porto")[:2] == ["t2", "t1"]


def test_forgetting_the_newer_turn_brings_the_older_one_back() -> None:
    store = opened()
    scope = filled(store.scope(user="ana"))
    scope.forget(["t7"])
    ids = found(scope, "Ana lives in a flat")
    assert "t7" not in ids
    assert ids.index("t4") == ids.index("t1") - 1
    scope.erase(["t4"])
    assert "t4" not in found(scope, "Ana lives in a flat")
    assert store.check().problems == ()


def test_a_filter_is_kept_to() -> None:
    scope = filled(opened().scope(user="ana"))
    ids = found(scope, "Ana lives in a flat", filter={"when": {"lt": "2024-01-07"}})
    assert "t7" not in ids
    assert "t1" in ids


def test_the_order_is_the_same_after_opening_again(tmp_path: Path) -> None:
    with opened(tmp_path / "a.mem") as store:
        before = found(filled(store.scope(user="ana")), "Ana lives in a flat")
    with opened(tmp_path / "a.mem") as store:
        assert found(store.scope(user="ana"), "Ana lives in a flat") == before
