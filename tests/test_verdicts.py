"""What becomes of records that a policy lets go: archived, expired, or summed up; never lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from conftest import NOON, MakeStore

from memkit import Memory, MemoryStore, Scope, Turn, Verdict
from memkit.consolidate.compression import coverage
from memkit.contracts import ForgettingPolicy, Record
from memkit.errors import NotFound
from memkit.evals import loaders
from memkit.marks import dates, denies, marks, names, numbers

TALK = (
    ("Ana", "I finally started pottery at the studio by the harbour, it is a lot of fun."),
    ("Rui", "Oh nice, how do you like it so far?"),
    ("Ana", "I love it. The pottery teacher is called Marta and she is very patient with us."),
    ("Rui", "That sounds lovely, I should try it as well some time."),
    ("Ana", "You should. I made 3 bowls and a vase for my mother."),
    ("Rui", "Wow, bowls! I am really impressed, that is so cool."),
    ("Ana", "Thank you! I might bring you one the next time we meet."),
    ("Rui", "Please do, that would be so nice of you."),
)


class Sentence(ForgettingPolicy):
    """One verdict for some ids, or for all; and the others are kept."""

    name = "sentence"

    def __init__(self, action: str, *ids: str) -> None:
        self.action, self.ids = action, ids

    def judge(self, records: Sequence[Record], now: datetime) -> list[Verdict]:
        return [
            Verdict(one.id, self.action if one.id in self.ids or not self.ids else "keep", "said")  # type: ignore[arg-type]
            for one in records
        ]


def talking(make_store: MakeStore, policy: ForgettingPolicy) -> tuple[MemoryStore, Scope]:
    store = make_store(forgetting=policy, extractors=[])
    ana = store.scope(user="ana")
    for place, (name, text) in enumerate(TALK):
        when = NOON + timedelta(minutes=place)
        ana.add({"content": text, "name": name, "session": "s1", "timestamp": when})
    return store, ana


def found(scope: Scope, query: str = "pottery bowls") -> set[str]:
    return {hit.id for hit in scope.search(query, k=50)}


def test_what_expires_is_archived_and_told_apart(make_store: MakeStore) -> None:
    class Mixed(ForgettingPolicy):
        name = "mixed"

        def judge(self, records: Sequence[Record], now: datetime) -> list[Verdict]:
            fates = {"t1": "archive", "t2": "expire", "t3": "expire"}
            return [Verdict(r.id, fates.get(r.id, "keep"), "so") for r in records]  # type: ignore[arg-type]

    store, ana = talking(make_store, Mixed())
    report = ana.maintain()
    assert (report.archived, report.expired, report.compressed) == (1, 2, 0)
    acts = {entry.action: entry.records for entry in ana.journal() if entry.action != "add"}
    assert acts == {"judge": ("t1",), "expire": ("t2", "t3")}
    assert store.stats()["standing"] == {"archived": 1, "expired": 2}
    assert "expired by maintenance" in ana.why_not("patient", "t3").reason
    assert ana.get("t2").text == TALK[1][1]


def test_a_stretch_is_summed_up_and_its_turns_stay_readable(make_store: MakeStore) -> None:
    store, ana = talking(make_store, Sentence("compress"))
    before = found(ana)
    report = ana.maintain(now=NOON + timedelta(days=1))
    assert report.compressed == 8
    (hit,) = ana.search("pottery bowls")
    assert hit.kind == "digest"
    assert hit.sources == tuple(f"t{n}" for n in range(1, 9))
    assert [turn.text for turn in ana.expand(hit.id)] == [text for _, text in TALK]
    assert [turn.text for turn in hit.turns] == [text for _, text in TALK]
    assert len(hit.text) < 0.8 * sum(len(text) for _, text in TALK)
    assert all(word in hit.text for word in ("3 bowls", "Marta"))
    assert hit.id in str(ana.context("pottery bowls"))
    assert store.stats()["standing"] == {"compressed": 8}
    entry = ana.journal()[-1]
    assert entry.action == "compress"
    ana.undo(entry.id)
    assert found(ana) == before
    assert ana.search("pottery", filter={"kind": "digest"}) == []


def test_what_is_summed_up_is_not_summed_up_again(make_store: MakeStore) -> None:
    _, ana = talking(make_store, Sentence("compress"))
    ana.maintain()
    entries = len(ana.journal())
    assert ana.maintain().compressed == 0
    assert len(ana.journal()) == entries
    assert len(list(ana.memories())) == 1


def test_turns_that_a_summary_cannot_stand_for_are_kept(make_store: MakeStore) -> None:
    store = make_store(forgetting=Sentence("compress"), extractors=[])
    ana = store.scope(user="ana")
    ana.add(
        [f"On {day} May I paid {day * 7} euros to Mr Tallack." for day in range(1, 11)],
        now=NOON,
    )
    (planned,) = ana.maintain(dry_run=True).planned
    assert (planned.act, len(planned.records)) == ("keep", 10)
    assert "digest would have" in planned.reason
    assert ana.maintain().compressed == 0
    assert len(list(ana.turns(archived=False))) == 10


def test_a_table_divides_a_stretch_and_is_kept(make_store: MakeStore) -> None:
    _, ana = talking(make_store, Sentence("compress"))
    table = "| tide | 04:12 |\n| moon | 87 % |"
    ana.add({"content": table, "name": "Ana", "session": "s1"}, now=NOON + timedelta(minutes=9))
    ana.maintain()
    assert [turn.id for turn in ana.turns(archived=False)] == ["t9"]


@pytest.mark.parametrize("budget", [0.0, 1e6])
def test_summing_up_goes_on_where_the_budget_ended_it(budget: float, make_store: MakeStore) -> None:
    store = make_store(forgetting=Sentence("compress"), extractors=[])
    ana = store.scope(user="ana")
    for session in "abcd":
        ana.add([{"content": text, "name": name, "session": session} for name, text in TALK])
    for _ in range(4):
        ana.maintain(budget_ms=budget or 0.01)
    ana.maintain()
    assert not list(ana.turns(archived=False))
    assert len(list(ana.memories())) == 4


def test_a_summary_goes_with_a_turn_that_is_forgotten_and_the_others_come_back(
    make_store: MakeStore,
) -> None:
    _, ana = talking(make_store, Sentence("compress"))
    ana.maintain()
    entry = ana.forget("t3", reason="private")
    assert found(ana) >= {"t1", "t5"}
    assert not any(hit.kind == "digest" or hit.id == "t3" for hit in ana.search("Marta", k=50))
    ana.undo(entry.id)
    assert [hit.kind for hit in ana.search("pottery")] == ["digest"]


def test_a_summary_is_erased_with_a_turn_and_the_others_come_back(make_store: MakeStore) -> None:
    store, ana = talking(make_store, Sentence("compress"))
    ana.maintain()
    receipt = ana.erase("t3")
    assert receipt.verified
    assert len(receipt.ids) == 2
    assert found(ana) >= {"t1", "t5"}
    assert len(list(ana.turns(archived=False))) == 7
    assert store.check().ok


def test_a_turn_that_is_of_use_comes_back_beside_its_summary(make_store: MakeStore) -> None:
    _, ana = talking(make_store, Sentence("compress"))
    ana.maintain()
    entry = ana.feedback("t5", useful=True)
    assert "t5" in found(ana)
    ana.undo(entry.id)
    assert "t5" not in found(ana)


def test_what_is_archived_comes_back_when_it_is_of_use(make_store: MakeStore) -> None:
    _, ana = talking(make_store, Sentence("expire", "t5"))
    ana.maintain()
    assert "t5" not in found(ana)
    ana.feedback("t5", useful=False)
    assert "t5" not in found(ana)
    entry = ana.feedback("t5", useful=True)
    assert "t5" in found(ana)
    assert [e.action for e in ana.history("t5")] == ["add", "expire", "feedback", "feedback"]
    ana.undo(entry.id)
    assert "t5" not in found(ana)
    assert ana.why_not("bowls", "t5").reason.startswith("It was expired")


def test_what_was_forgotten_by_request_stays_so_when_it_is_of_use(make_store: MakeStore) -> None:
    _, ana = talking(make_store, Sentence("archive", "t5"))
    ana.maintain()
    ana.forget("t5")
    ana.feedback("t5", useful=True)
    assert "t5" not in found(ana)


def test_what_is_known_does_not_fade_with_the_words(make_store: MakeStore) -> None:
    store = make_store(forgetting=Sentence("archive"))
    ana = store.scope(user="ana")
    ana.add(["I live in Porto.", "I moved to Lisbon."], now="2024-01-01")
    ana.facts()
    ana.maintain(now="2026-01-01")
    assert not ana.search("Lisbon")
    (home,) = ana.facts("user", "home")
    assert (home.value, home.status) == ("Lisbon", "current")
    ana.forget("t2")
    (home,) = ana.facts("user", "home")
    assert home.status == "uncertain"


def test_extractors_read_what_has_faded_meanwhile(make_store: MakeStore) -> None:
    with make_store(forgetting=Sentence("archive"), extractors=[]) as store:
        ana = store.scope(user="ana")
        ana.add(["I live in Porto.", "I work as a baker."])
        ana.forget("t2")
        ana.maintain()
    facts = make_store().scope(user="ana").facts()
    assert [fact.value for fact in facts] == ["Porto"]


def test_every_summary_of_a_conversation_keeps_its_numbers_dates_and_names() -> None:
    conversation = loaders.load("harbour").conversations[0]
    policy = Sentence("compress")
    with MemoryStore(":memory:", embedder=None, forgetting=policy, extractors=[]) as store:
        ana = store.scope(user="ana")
        ana.add(conversation.messages)
        ana.maintain()
        digests = list(ana.memories(filter={"kind": "digest"}))
        assert len(digests) > 30
        for digest in digests:
            assert isinstance(digest, Memory)
            assert digest.id is not None
            turns = ana.expand(digest.id)
            assert [turn.id for turn in turns] == [source.turn for source in digest.sources]
            assert coverage([turn.text for turn in turns], digest.text).stands


def test_a_turn_is_its_own_expansion(make_store: MakeStore) -> None:
    _, ana = talking(make_store, Sentence("keep"))
    turn = ana.get("t1")
    assert isinstance(turn, Turn)
    assert ana.expand("t1") == [turn]
    with pytest.raises(NotFound):
        ana.expand("t99")


def test_marks_are_numbers_dates_and_names_in_any_place() -> None:
    text = "On Monday Marta paid 1,250.50 euros for twelve chairs. The weather was fine last week."
    assert numbers(text) == {"1250.50", "twelve"}
    assert dates(text) == {"monday", "last week"}
    assert names(text) >= {"marta"}
    assert marks("You may go. He will march on.") == frozenset()
    assert dates("We met in May and in March.") == {"may", "march"}
    assert dates("we met in may, and may meet last spring") == {"may", "spring"}
    assert numbers("twenty-one of them, three-quarters, the third") == {"twenty", "three", "third"}
    assert numbers("a well-known state-of-the-art tool") == frozenset()


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("I don't like tea.", True), ("Ich habe kein Auto.", True), ("我不喝茶", True),
        ("We no longer live there.", True), ("I like tea.", False), ("A knot in a note.", False),
        ("i dont like tea", True), ("it isnt so", True), ("I hardly eat meat.", True),
        ("He refused the tea.", True), ("non mi piace", True), ("não gosto", True),
        ("я не люблю чай", True), ("ik drink geen thee", True), ("He wants an antenna.", False),
        ("Non-fiction is what I like.", False), ("They went on.", False),
    ],
)  # fmt: skip
def test_denials_are_noticed(text: str, denied: bool) -> None:
    assert denies(text) is denied


def test_a_dry_run_changes_nothing_and_says_what_would(make_store: MakeStore) -> None:
    store, ana = talking(make_store, Sentence("archive", "t2", "t4"))
    before = len(ana.journal())
    report = store.maintain(dry_run=True)
    assert [(one.act, one.records) for one in report.planned] == [
        ("archive", ("t2",)),
        ("archive", ("t4",)),
    ]
    assert report.planned[0].reason == "policy sentence: said"
    assert report.archived == 0
    assert len(ana.journal()) == before
    assert ana.maintain().archived == 2
