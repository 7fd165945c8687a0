"""Invented lives as a data set: what `memkit.evals.synth` tells, with questions in words."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from memkit.errors import InvalidInput
from memkit.evals.data import Conversation, Dataset, Question
from memkit.evals.qa import Rule
from memkit.evals.synth import asking
from memkit.evals.synth.claims import Value, World
from memkit.evals.synth.world import world

EXPECTED: Final = "nothing: lives are invented from --seed, the same for the same seed"
IN_WORDS: Final = {
    "home": "Where does {who} live", "hometown": "Where is {who} from",
    "birthplace": "Where was {who} born", "birthday": "When is {who}'s birthday",
    "job": "What does {who} do for a living", "employer": "Which company does {who} work for",
    "school": "Where does {who} study", "car": "What car does {who} drive",
    "commute": "How long is {who}'s commute", "diet": "What diet does {who} follow",
    "email": "What is {who}'s email address", "phone": "What is {who}'s phone number",
    "marital status": "What is {who}'s marital status", "partner": "Who is {who}'s partner",
    "religion": "What religion does {who} follow", "nationality": "What nationality is {who}",
    "height": "How tall is {who}", "weight": "How much does {who} weigh",
    "salary": "How much does {who} earn", "name": "What is {who}'s full name",
    "allergy": "What is {who} allergic to", "dislike": "What does {who} dislike",
    "like": "What does {who} like", "owns": "What does {who} own",
    "visited": "Which countries has {who} visited", "hobby": "What are {who}'s hobbies",
    "language": "Which languages does {who} speak", "friend": "Who is a friend of {who}",
    "instrument": "Which instruments does {who} play", "pet": "What are {who}'s pets called",
    "child": "What are {who}'s children called", "sibling": "What are {who}'s siblings called",
}  # fmt: skip
"""How one asks for an attribute as it stands now."""
_THEN: Final = {
    "home": "Where did {who} live", "job": "What did {who} do for a living",
    "employer": "Which company did {who} work for", "school": "Where did {who} study",
    "car": "What car did {who} drive", "commute": "How long was {who}'s commute",
    "diet": "What diet did {who} follow", "partner": "Who was {who}'s partner",
}  # fmt: skip
_COUNTS: Final = {
    "pet": "pets does {who} have", "language": "languages does {who} speak",
    "allergy": "allergies does {who} have", "hobby": "hobbies does {who} have",
    "instrument": "instruments does {who} play", "child": "children does {who} have",
    "sibling": "siblings does {who} have",
}  # fmt: skip
_STALE: Final = "stale"
"""Asks whether a fact is still sure: no words answer it."""


def load(seeds: Sequence[int], *, years: int = 2, people: int = 5) -> Dataset:
    """One conversation for each seed: its messages, and what is asked about its people.

    Evidence is, of each value that is asked for, the last message that says it.
    """
    if not seeds:
        raise InvalidInput("No seed was given: lives are invented from at least one.")
    worlds = [world(seed, years=years, people=people) for seed in dict.fromkeys(seeds)]
    whole = tuple(_conversation(each) for each in worlds)
    kept = tuple(
        Conversation(each.id, each.messages, tuple(q for q in each.questions if q.evidence))
        for each in whole
    )
    chosen = ", ".join(map(str, dict.fromkeys(seeds)))
    note = f"Seeds {chosen}; {years} years of {people} people each"
    skipped = sum(len(a.questions) - len(b.questions) for a, b in zip(whole, kept, strict=True))
    return Dataset("synth", kept, skipped, (note,), 5, whole)


def _conversation(told: World) -> Conversation:
    """What comes back from `context` is left out: it is made by the store that is told."""
    messages = [
        _message(told, said)
        for session in told.sessions
        for said in session.messages
        if "echo_of" not in said
    ]
    teller = _Asker(told, messages)
    return Conversation(f"seed {told.seed}", tuple(messages), tuple(teller.questions()))


def _message(told: World, said: dict[str, Any]) -> dict[str, Any]:
    """The message, under the user's name where an assistant is talked to."""
    if said.get("role") == "user":
        return {**said, "name": told.people[0].name}
    return said


class _Asker:
    """Puts the questions about one world into words."""

    def __init__(self, told: World, messages: Sequence[dict[str, Any]]) -> None:
        self._world = told
        self._places = {said["id"]: place for place, said in enumerate(messages)}
        times = [datetime.fromisoformat(said["timestamp"]) for said in messages]
        self._latest = [max(times[: place + 1]) for place in range(len(times))]
        self._items = {item.id: item for item in told.items}

    def questions(self) -> Iterator[Question]:
        """Those whose answer can be told in words, and those that have none."""
        for asked in asking.questions(self._world):
            absent = asked.kind == "absent"
            if asked.kind == _STALE or not (asked.expected or absent):
                continue
            after = self._stored_by(asked.as_of)
            evidence = self._evidence(asked, len(self._places) if after is None else after)
            if evidence is not None:
                yield self._question(asked, evidence, after)

    def _question(
        self, asked: asking.Question, evidence: tuple[str, ...], after: int | None
    ) -> Question:
        gold = [_shown(value) for value in asked.expected]
        plain = [value.text for value in asked.expected]
        answer, others = ", ".join(gold), (", ".join(plain), *_accepted(asked.expected))
        if asked.kind == "count":
            answer, others = str(len(gold)), ()
        return Question(
            asked.id, self._words(asked), evidence, asked.kind, answer, after=after,
            when=asked.as_of or self._world.end, accepted=others,
            rule=_rule(asked),
        )  # fmt: skip

    def _words(self, asked: asking.Question) -> str:
        who = asked.subject
        if asked.via is not None:
            who = f"{asked.owner}'s {asked.via[0]}"
        if asked.kind == "count":
            return f"How many {_COUNTS[asked.attribute].format(who=who)}?"
        if asked.kind == "as of":
            assert asked.at is not None
            generic = f"What was {who}'s {asked.attribute}"
            day = f"{asked.at.day} {asked.at:%B %Y}"
            return f"{_THEN.get(asked.attribute, generic).format(who=who)} on {day}?"
        if asked.attribute.startswith("price of "):
            return f"How much did {who} pay for {asked.attribute.removeprefix('price of ')}?"
        generic = f"What is {who}'s {asked.attribute}"
        if asked.attribute in ("mother", "father"):
            generic = f"What is the name of {who}'s {asked.attribute}"
        return f"{IN_WORDS.get(asked.attribute, generic).format(who=who)}?"

    def _stored_by(self, moment: datetime | None) -> int | None:
        """How many messages are stored by then; sessions that come in late are not."""
        return None if moment is None else bisect.bisect_right(self._latest, moment)

    def _evidence(self, asked: asking.Question, stored: int) -> tuple[str, ...] | None:
        """None where something that is needed is not among the messages."""
        wanted = [value.text for value in asked.expected]
        if asked.via is not None:
            wanted.append(asked.via[1].text)
        last: dict[str, str] = {}
        for id in asked.needs:
            item = self._items[id]
            for claim in item.claims:
                place = self._places.get(item.message, stored)
                if claim.value.text in wanted and place < stored:
                    last[claim.value.text] = item.message
        if set(wanted) - set(last):
            return None
        return tuple(dict.fromkeys(last.values()))


def _rule(asked: asking.Question) -> Rule:
    if asked.kind == "absent":
        return "unanswerable"
    return "list" if len(asked.expected) > 1 and asked.kind != "count" else "plain"


def _shown(value: Value) -> str:
    return value.shown.get("value", value.text)


def _accepted(expected: Sequence[Value]) -> tuple[str, ...]:
    return expected[0].accepted if len(expected) == 1 else ()
