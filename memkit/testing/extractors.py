"""The kit for extractors."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence

from memkit.contracts import Extractor
from memkit.models import Memory, Rejected, Turn
from memkit.store import MemoryStore
from memkit.testing.rules import Rule, require_name, require_whole_number
from memkit.testing.samples import NOW, conversation


def check_extractor(make: Callable[[], Extractor], turns: Sequence[Turn] | None = None) -> None:
    """Raise `BrokenRule` unless what `make` gives keeps the contract of `Extractor`.

    Give `turns` in which it finds something, where a chat about towns and families holds nothing
    for it.
    """
    given = list(turns) if turns is not None else conversation()
    untouched = copy.deepcopy(given)
    extractor = make()
    require_name(extractor)
    require_whole_number(extractor, "version")
    require_whole_number(extractor, "batch")
    with Rule("`ready` says how many of the turns, from the first on, may be extracted"):
        for count in (0, 1, len(given)):
            settled = extractor.ready(given[:count], NOW)
            assert isinstance(settled, int), f"{settled!r} of {count}"
            assert 0 <= settled <= count, f"{settled} of {count}"
    with Rule("no turns give no records"):
        assert not list(extractor.extract([])), "records out of nothing"
    found = _extracted(extractor, given)
    if turns is not None:
        with Rule("the turns that were given to the kit yield a record"):
            assert found, "none"
    _check_records(found, given)
    with Rule("the turns that were given are not changed"):
        assert given == untouched, "turns that are others after the call"
    _check_repeatable(make, given, found)
    _check_in_store(make, given)


def _extracted(extractor: Extractor, turns: Sequence[Turn]) -> list[Memory]:
    with Rule("every batch of turns can be read"):
        given = list(extractor.extract(turns))
    found: list[Memory] = []
    with Rule("every record is a `Memory`, or `Rejected`"):
        for one in given:
            assert isinstance(one, (Memory, Rejected)), f"a {type(one).__name__}"
            if isinstance(one, Memory):
                found.append(one)
    return found


def _check_records(found: Sequence[Memory], turns: Sequence[Turn]) -> None:
    texts = {turn.id: turn.text for turn in turns}
    for memory in found:
        with Rule("a record has a kind of its own and a text"):
            assert memory.kind, "no kind"
            assert memory.kind != "turn", "the kind 'turn'"
            assert memory.text.strip(), f"a {memory.kind} without text"
        with Rule("a record names at least one source"):
            assert memory.sources, f"none for {memory.text[:40]!r}"
        with Rule("every source is a span of characters inside a turn that was given"):
            for source in memory.sources:
                assert source.turn in texts, f"the turn {source.turn!r}"
                span, length = (source.start, source.end), len(texts[source.turn])
                assert 0 <= span[0] < span[1] <= length, f"{span} in a turn of {length} characters"


def _check_repeatable(
    make: Callable[[], Extractor], turns: Sequence[Turn], found: Sequence[Memory]
) -> None:
    with Rule("the same turns give the same records, of every extractor made alike"):
        assert _extracted(make(), turns) == list(found), "other records from a second one"
    half = len(turns) // 2
    with Rule("a batch gives the same records after a restart as without one"):
        going_on = make()
        _extracted(going_on, turns[:half])
        assert _extracted(going_on, turns[half:]) == _extracted(make(), turns[half:]), (
            "records that depend on the batches before"
        )


def _check_in_store(make: Callable[[], Extractor], turns: Sequence[Turn]) -> None:
    with MemoryStore(":memory:", embedder=None, extractors=[make()]) as store:
        store.scope(user="kit").add(turns)
        with Rule("the store takes every record, and a second run finds nothing new"):
            report = store.maintain(now=NOW)
            assert not any(report.rejected.values()), "; ".join(report.errors)
            again = store.maintain(now=NOW)
            assert not any(again.extracted.values()), f"{dict(again.extracted)} in a second run"
            assert store.check().ok, str(store.check().problems)
