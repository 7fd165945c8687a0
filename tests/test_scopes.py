"""A scope sees itself only, whatever its keys look like."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import MakeStore
from hypothesis import example, given, settings
from hypothesis import strategies as st

from memkit import MemoryStore, Scope
from memkit.embed.hashing import HashingEmbedder
from memkit.errors import InvalidInput, NotFound

LOOK_ALIKES = [
    "ana", "Ana", "ANA", "an", "anaa", "ana ", " ana", "an_", "a%", "%", "_", "___", "*", "a?a",
    "\u0430na", "an\u0430", "ana\u200b", "a\u0301na", "\xe1na", "ANA\u0130", "\ufb01", "fi", "an'a",
    'an"a', "ana\n", "ana\\", "{\"user\":\"ana\"}", "ana;--", "0", "00", "1e3", "1000", "true",
    "null", "None", "x" * 20_000, "x" * 20_001, "\U0001f600", "\U0001f601",
]  # fmt: skip
NAMES = ["user", "User", "use", "agent", "app", "us_er", "%", "us%", "\u0443ser", "keys", "scope"]

values = st.one_of(
    st.sampled_from(LOOK_ALIKES),
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=5
    ).filter(lambda text: bool(text.strip())),
)
keys = st.dictionaries(st.sampled_from(NAMES), values, min_size=1, max_size=3)


def everything_of(scope: Scope) -> set[str]:
    """All that any call of a scope hands out, as texts."""
    found = {turn.text for turn in scope.turns()}
    found |= {hit.text for hit in scope.search("secret tea of number", k=100)}
    found |= {hit.text for hit in scope.trace("secret", k=100).hits}
    found |= {
        turn.text for hit in scope.search("tea", k=50, as_of="2099-01-01") for turn in hit.turns
    }
    found |= {id for entry in scope.journal() for id in entry.records if not id.startswith("t")}
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(keys, min_size=2, max_size=6, unique_by=lambda k: tuple(sorted(k.items()))))
@example([{"user": "a%"}, {"user": "ana"}, {"user": "a_a"}])
@example([{"user": "ana"}, {"user": "ana", "agent": "x"}, {"agent": "x"}])
@example([{"a": 'x","b":"y'}, {"a": "x", "b": "y"}])
def test_no_call_of_a_scope_hands_out_what_another_one_holds(owners: list[dict[str, str]]) -> None:
    with MemoryStore(":memory:", embedder=HashingEmbedder(16)) as store:
        for number, owner in enumerate(owners):
            store.scope(**owner).add([f"secret number {number}", f"tea of number {number}"])
        assert store.scopes() == owners
        for number, owner in enumerate(owners):
            mine = {f"secret number {number}", f"tea of number {number}"}
            assert everything_of(store.scope(**owner)) == mine
        store.scope(**owners[0]).erase()
        assert store.scopes() == owners[1:]
        assert everything_of(store.scope(**owners[1])) == {"secret number 1", "tea of number 1"}


def test_every_look_alike_is_an_owner_of_its_own(store: MemoryStore) -> None:
    for name in LOOK_ALIKES:
        store.scope(user=name).add(f"secret of {name[:40]!r} {len(name)}")
    for name in LOOK_ALIKES:
        assert everything_of(store.scope(user=name)) == {f"secret of {name[:40]!r} {len(name)}"}
    assert len(store.scopes()) == len(LOOK_ALIKES)


def test_the_order_of_keys_does_not_matter_and_their_names_do(store: MemoryStore) -> None:
    store.scope(user="ana", agent="bot").add("one")
    assert [turn.text for turn in store.scope(agent="bot", user="ana").turns()] == ["one"]
    for other in (
        {"user": "bot", "agent": "ana"},
        {"user": "ana"},
        {"User": "ana", "agent": "bot"},
    ):
        assert list(store.scope(**other).turns()) == []


def test_keys_given_to_a_scope_cannot_be_changed_from_outside(store: MemoryStore) -> None:
    ana = store.scope(user="ana")
    ana.keys["user"] = "bo"
    assert ana.keys == {"user": "ana"}


@pytest.mark.parametrize(
    "act",
    [
        lambda scope, hers: scope.get(hers),
        lambda scope, hers: scope.history(hers),
        lambda scope, hers: scope.forget(hers),
        lambda scope, hers: scope.erase(hers),
        lambda scope, hers: scope.erasable(hers),
        lambda scope, hers: scope.feedback(hers, useful=True),
        lambda scope, hers: scope.undo(1),
    ],
)
def test_an_id_of_another_scope_is_not_found(act: Any, store: MemoryStore) -> None:
    ana, bo = store.scope(user="ana"), store.scope(user="bo")
    ana.add({"id": "hers", "content": "only ana knows"})
    bo.add("bo knows nothing")
    with pytest.raises(NotFound, match=r"in this scope|Scope"):
        act(bo, "hers")
    assert bo.why_not("ana", "hers").stage == "missing"
    assert ana.get("hers") == next(ana.turns())
    assert len(ana.journal()) == 1


def test_the_same_id_in_two_scopes_is_two_turns(store: MemoryStore) -> None:
    ana, bo = store.scope(user="ana"), store.scope(user="bo")
    ana.add({"id": "d1", "content": "of ana"})
    bo.add({"id": "d1", "content": "of bo"})
    ana.forget("d1")
    assert [hit.text for hit in bo.search("of", k=5)] == ["of bo"]
    bo.erase("d1")
    assert ana.get("d1") == next(ana.turns())


def test_an_echo_is_only_one_in_the_scope_that_was_shown_it(store: MemoryStore) -> None:
    ana, bo = store.scope(user="ana"), store.scope(user="bo")
    words = "the lighthouse keeper paints the door green every spring"
    ana.add(words)
    ana.context("lighthouse door")
    assert bo.add(words)[0].origin == "user"
    assert ana.add(words)[0].origin == "echo"


def test_a_search_over_several_scopes_sees_those_alone(store: MemoryStore) -> None:
    people = {name: store.scope(user=name) for name in ("ana", "bo", "cy")}
    for name, scope in people.items():
        scope.add([f"{name} likes tea", f"{name} likes boats"])
    found = store.search("who likes tea", 10, scopes=[people["ana"], people["bo"], people["ana"]])
    assert {hit.text.split()[0] for hit in found} == {"ana", "bo"}
    assert len(found) == len({hit.text for hit in found}) == 4
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
    assert store.search("tea", scopes=[]) == []


def test_counts_of_one_scope_leave_the_others_alone(make_store: MakeStore) -> None:
    store = make_store(":memory:")
    ana, bo = store.scope(user="ana"), store.scope(user="bo")
    ana.add(["a", "b"])
    bo.add("c")
    ana.forget("t1")
    per_scope = {str(found["keys"]): found for found in store.stats()["scopes"]}
    assert per_scope["{'user': 'ana'}"]["archived"] == 1
    assert per_scope["{'user': 'bo'}"]["archived"] == 0


def test_the_last_turns_are_the_newest_ones_oldest_first(ana: Scope) -> None:
    ana.add([{"content": f"Turn {n}.", "session": "ab"[n % 2]} for n in range(6)])
    ana.forget("t6")
    assert [turn.id for turn in ana.turns(last=2)] == ["t5", "t6"]
    assert [turn.id for turn in ana.turns(session="b", archived=False, last=2)] == ["t2", "t4"]
    assert [turn.id for turn in ana.turns(last=100)] == [turn.id for turn in ana.turns()]
    with pytest.raises(InvalidInput, match="last=0"):
        next(ana.turns(last=0))
