"""Questions over several facts: the path is the proof; without one there is no answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar

import pytest
from test_cli_commands import asked, run

from memkit import MemoryStore, Scope
from memkit.contracts import Embedder, Extractor
from memkit.embed.static import shared
from memkit.errors import InvalidInput
from memkit.extract.frames import frame
from memkit.models import Fact, Memory, Source, Turn


class Frames(Extractor):
    """Each turn one sentence, each sentence one fact of the world, or `a | b | c` outright."""

    name: ClassVar[str] = "frames"
    deferred: ClassVar[bool] = False

    def extract(self, turns: Sequence[Turn]) -> Iterator[Memory]:
        for turn in turns:
            whole = (0, len(turn.text))
            told = frame(turn.text, whole)
            if turn.text.count(" | ") == 2:
                parts = turn.text.split(" | ")
            elif told is not None:
                parts = [turn.text[slice(*told.subject)], told.attribute,
                         turn.text[slice(*told.value)]]  # fmt: skip
            else:
                continue
            fields = dict(zip(("subject", "attribute", "value"), parts, strict=True))
            yield Memory("triple", " | ".join(parts), (Source(turn.id, *whole),), metadata=fields)


WORLD = (
    "The capital of Verdania is Lund.",
    "The capital of Tarn is Port Ellery.",
    "Verdania is located in the continent of Ostria.",
    "Tarn is located in the continent of Westria.",
    "Odo Brandt is a citizen of Verdania.",
    "Mira Sol is a citizen of Tarn.",
    "Ines Vale is a citizen of Verdania.",
    "The author of The Salt Road is Odo Brandt.",
    "The author of The Glass Hill is Mira Sol.",
    "Odo Brandt is married to Mira Sol.",
    "Mira Sol was born in the city of Lund.",
    "Mira Sol died in the city of Port Ellery.",
    "The chief executive officer of Kestrel Works is Ines Vale.",
    "The company that produced the Kestrel 500 is Kestrel Works.",
    "Kestrel Works was founded by Odo Brandt.",
    "Lund F.C. is associated with the sport of sandball.",
    "sandball was created in the country of Tarn.",
    "Odo Brandt speaks the language of Old Tarn.",
)


def told(*more: str, embedder: Embedder | None = None) -> Scope:
    store = MemoryStore(":memory:", embedder=embedder, extractors=[Frames()])
    scope = store.scope(user="ana")
    for day, text in enumerate([*WORLD, *more]):
        scope.add(text, now=f"2024-01-01T{day // 60:02d}:{day % 60:02d}")
    return scope


def answer(scope: Scope, question: str) -> str | None:
    found = scope.chain(question)
    return found[-1].value if found else None


ANSWERS = """\
What is the capital of Verdania? | Lund
Who is the author of The Salt Road? | Odo Brandt
Who wrote "The Salt Road"? | Odo Brandt
What is the country of citizenship of Odo Brandt? | Verdania
Which country does Odo Brandt hold citizenship of? | Verdania
Who founded Kestrel Works? | Odo Brandt
Who is the CEO of Kestrel Works? | Ines Vale
Who is the spouse of Odo Brandt? | Mira Sol
Where did Mira Sol pass away? | Port Ellery
What is the birthplace of Mira Sol? | Lund
Which sport is Lund F.C. associated with? | sandball
What language does Odo Brandt speak? | Old Tarn
What is the capital of the country of citizenship of Odo Brandt? | Lund
Where did the wife of Odo Brandt die? | Port Ellery
Where was the author of The Glass Hill born? | Lund
Which company made the Kestrel 500? | Kestrel Works
Who is the chief executive officer of the maker of the Kestrel 500? | Ines Vale
In which country was the sport of Lund F.C. created? | Tarn
What is the capital of the country where Lund F.C.'s sport originates? | Port Ellery
Which country is the wife of the author of The Salt Road a citizen of? | Tarn
On which continent is the country of citizenship of the founder of Kestrel Works? | Ostria
"""


@pytest.mark.parametrize("line", ANSWERS.splitlines())
@pytest.mark.parametrize("embedder", [None, shared()], ids=["words", "vectors"])
def test_a_question_is_answered_by_a_path_of_facts(line: str, embedder: Embedder | None) -> None:
    question, value = line.split(" | ")
    assert answer(told(embedder=embedder), question) == value


@pytest.mark.parametrize("embedder", [None, shared()], ids=["words", "vectors"])
@pytest.mark.parametrize(
    "question",
    [
        "What is the capital of Atlantis?",
        "Who is the dentist of Odo Brandt?",
        "What is the currency of Verdania?",
        "Who is the author of The Iron Sea?",
        "Where was Odo Brandt born?",
        "Where did Ines Vale die?",
        "Where did the chief executive officer of Kestrel Works die?",
        "Who is married to the chief executive officer of Kestrel Works?",
        "What religion does the author of The Salt Road follow?",
        "Who is the head coach of Lund F.C.?",
        "Who directs the Verdania Opera?",
        "How are you?",
        "?",
    ],
)
def test_where_nothing_says_it_there_is_no_answer(question: str, embedder: Embedder | None) -> None:
    assert told(embedder=embedder).chain(question) == []


def test_words_that_no_table_holds_are_alike_by_their_vectors() -> None:
    question, fact = "Who is the attorney of Odo Brandt?", "Odo Brandt's lawyer is Ines Vale."
    assert answer(told(fact), question) is None
    assert answer(told(fact, embedder=shared()), question) == "Ines Vale"


def test_the_last_word_on_each_fact_counts_whichever_step_it_is() -> None:
    scope = told(
        "The capital of Tarn is Dunmore.",
        "The capital of Verdania is Kell.",
        "Odo Brandt is a citizen of Tarn.",
        "The author of The Salt Road is Mira Sol.",
    )
    assert answer(scope, "What is the capital of Verdania?") == "Kell"
    assert answer(scope, "What is the capital of Odo Brandt's country?") == "Dunmore"
    assert answer(scope, "Where did the author of The Salt Road die?") == "Port Ellery"


def test_the_order_of_arrival_decides_and_not_that_of_the_words() -> None:
    first = told("The capital of Tarn is Dunmore.", "The capital of Tarn is Kell.")
    second = told("The capital of Tarn is Kell.", "The capital of Tarn is Dunmore.")
    assert answer(first, "What is the capital of Tarn?") == "Kell"
    assert answer(second, "What is the capital of Tarn?") == "Dunmore"


def test_what_was_erased_no_longer_leads_anywhere() -> None:
    scope = told("Odo Brandt is a citizen of Tarn.")
    question = "What is the capital of the country of citizenship of Odo Brandt?"
    assert answer(scope, question) == "Port Ellery"
    scope.erase([f"t{len(WORLD) + 1}"])
    assert answer(scope, question) == "Lund"
    scope.erase(["t1"])
    assert answer(scope, question) is None


def test_what_is_not_known_of_one_is_not_told_of_another() -> None:
    scope = told("user | partner | Mira Sol")
    assert answer(scope, "Where was I born?") is None
    assert answer(scope, "Where was my wife born?") == "Lund"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Where does the wife of Ana live?", None),
        ("Where does Ana's dentist live?", None),
        ("Where does the mother of the sister of Ana live?", None),
        ("Where does Ana's sister's husband live?", None),
        ("Where does the sister of Ana live?", "Porto"),
        ("Where does Ana's older sister live?", "Porto"),
        ("Where does Ana live?", "Lisbon"),
    ],
)
def test_one_whom_nothing_is_known_of_does_not_live_where_those_live_who_are_known(
    question: str, answer: str | None
) -> None:
    """The owner's own home was once the answer for a wife whom no fact has."""
    with MemoryStore(":memory:") as store:
        ana = store.scope(user="ana")
        ana.add([{"name": "Ana", "content": "I live in Lisbon. My sister is Clara."},
                 {"name": "Ana", "content": "Clara lives in Porto."}])  # fmt: skip
        path = ana.chain(question)
        assert (path[-1].value if path else None) == answer
        assert store.check().problems == ()


def test_what_is_always_asked_for_across_another_need_not_be_said() -> None:
    """A player has a position, a position a sport: "the sport of" a player goes by both."""
    players = [f"{name} plays the position of {place}." for name, place in
               (("Kit Ode", "hull"), ("Lea Fox", "keel"), ("Max Orr", "mast"))]  # fmt: skip
    sports = [f"{place} is associated with the sport of {sport}." for place, sport in
              (("hull", "sandball"), ("keel", "netting"), ("mast", "rowing"))]  # fmt: skip
    assert answer(told(*players, *sports), "Which sport does Lea Fox play?") == "netting"
    question = "In which country was the sport of Kit Ode created?"
    assert answer(told(*players, *sports), question) == "Tarn"
    assert answer(told(*players[:2], *sports[:2]), question) is None


def test_the_path_is_connected_and_opens_to_the_words() -> None:
    scope = told()
    found = scope.chain("What is the capital of the country of citizenship of the author "
                        "of The Salt Road?")  # fmt: skip
    assert [fact.subject for fact in found] == ["The Salt Road", "Odo Brandt", "Verdania"]
    assert [one.value for one in found[:-1]] == [one.subject for one in found[1:]]
    assert [words(scope, fact) for fact in found] == [WORLD[7], WORLD[4], WORLD[0]]


def words(scope: Scope, fact: Fact) -> str:
    (source,) = fact.sources
    turn = scope.get(source.turn)
    return turn.text[source.start : source.end]


def test_the_longest_name_is_meant() -> None:
    scope = told("Lund Choir was founded by Ines Vale.", "Lund was founded by Mira Sol.")
    assert answer(scope, "Who founded Lund Choir?") == "Ines Vale"
    assert answer(scope, "Who founded Lund?") == "Mira Sol"


def test_the_one_who_asks_is_the_owner() -> None:
    scope = told("user | boss | Odo Brandt", "Odo Brandt | partner | Mira Sol")
    assert answer(scope, "Who is my boss?") == "Odo Brandt"
    assert answer(scope, "Where did the wife of my boss die?") == "Port Ellery"
    assert answer(scope, "Who is Ana's boss?") == "Odo Brandt"


def test_a_path_is_no_longer_than_asked_for() -> None:
    scope = told()
    question = "What is the capital of the country of citizenship of Odo Brandt?"
    assert scope.chain(question, hops=1) == []
    assert len(scope.chain(question, hops=2)) == 2
    with pytest.raises(InvalidInput, match="hops"):
        scope.chain(question, hops=0)


def test_a_path_of_another_time_is_that_of_what_held_then() -> None:
    scope = told()
    scope.add("The capital of Verdania is Kell.", now="2024-05-01")
    question = "What is the capital of the country of citizenship of Odo Brandt?"
    assert answer(scope, question) == "Kell"
    assert scope.chain(question, at="2024-03-01")[-1].value == "Lund"


def test_words_of_strangers_lead_nowhere() -> None:
    scope = told()
    scope.add({"content": "The capital of Verdania is Kell.", "role": "tool"}, now="2024-05-01")
    assert answer(scope, "What is the capital of Verdania?") == "Lund"


def test_an_empty_scope_knows_nothing() -> None:
    assert MemoryStore(":memory:", embedder=None).scope(user="ana").chain("Who is Odo?") == []


def test_the_command_shows_the_facts_that_lead_to_the_answer(tmp_path: Path) -> None:
    path = tmp_path / "world.mem"
    with MemoryStore(path, embedder=None) as store:
        store.scope(user="ana").add(list(WORLD), now="2024-01-01")
    question = "What is the capital of the country of citizenship of Odo Brandt?"
    found = asked("chain", path, question)
    assert [(fact["subject"], fact["value"]) for fact in found] == [
        ("Odo Brandt", "Verdania"),
        ("Verdania", "Lund"),
    ]
    assert "Lund" in run("chain", path, question).stdout
    assert asked("chain", path, "Who is the dentist of Odo Brandt?") == []
