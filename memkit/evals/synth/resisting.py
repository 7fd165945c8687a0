"""What must not be believed, known, or remembered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from memkit.evals.synth import matching
from memkit.evals.synth.claims import Item, Value, World
from memkit.evals.synth.exam import Exam, listed, names
from memkit.evals.synth.folding import BELIEVED
from memkit.evals.synth.marks import Mark
from memkit.models import Fact

OTHERS: Final = 40
"""How many values of the other scope are looked for."""


def resistance(exam: Exam) -> Iterator[Mark]:
    """One mark for each trap: did its value stay out of the facts about who said it?"""
    for item in exam.world.items:
        if item.kind in BELIEVED:
            continue
        if item.kind == "erased":
            yield _erased(exam, item)
        elif item.kind == "echo":
            yield _echo(exam, item)
        else:
            yield _trap(exam, item)
    if exam.world.other is not None:
        yield from _others(exam, exam.world.other)


def _trap(exam: Exam, item: Item) -> Mark:
    about = names(exam.world, item.person)
    filled = [
        fact for fact in exam.facts
        if matching.same_subject(about, fact.subject)
        and any(_gives(fact, value) for value in item.forbidden)
    ]  # fmt: skip
    return _mark(exam, item, filled)


def _echo(exam: Exam, item: Item) -> Mark:
    """Words that came back are no evidence, and what they say is over."""
    (claim,) = item.claims
    stale = [
        fact for fact in exam.current(claim.subject, claim.attribute)
        if any(matching.same_value(value, fact.value, fact.unit) for value in item.forbidden)
    ]  # fmt: skip
    about = names(exam.world, item.person)
    cited = [fact for fact in exam.citing(item) if matching.same_subject(about, fact.subject)]
    known = exam.stating(claim, exam.facts)
    return _mark(exam, item, [*cited, *(stale if known else ())])


def _erased(exam: Exam, item: Item) -> Mark:
    value = item.claims[0].value
    left = [fact for fact in exam.facts if _gives(fact, value)]
    words = matching.folded(exam.words(item))
    hits = [hit.text for hit in exam.scope.search(value.text)
            if item.message in hit.sources or words in matching.folded(hit.text)]  # fmt: skip
    mark = _mark(exam, item, left)
    return mark if not hits else _mark(exam, item, left, also=" | ".join(hits))


def _others(exam: Exam, other: World) -> Iterator[Mark]:
    """Nothing of a life that was told in another scope is known or found in this one."""
    ours = {claim.value.text.casefold() for item in exam.world.items for claim in item.claims}
    theirs: dict[str, tuple[Item, Value]] = {}
    for item in other.items:
        for claim in item.claims:
            text = claim.value.text
            if claim.value.kind == "text" and text.casefold() not in ours:
                theirs.setdefault(text, (item, claim.value))
    for item, value in list(theirs.values())[:OTHERS]:
        facts = [fact for fact in exam.facts if matching.same_value(value, fact.value)]
        held = {said["id"] for session in other.sessions for said in session.messages}
        hits = [hit.text for hit in exam.scope.search(value.text, 5) if held & set(hit.sources)]
        yield Mark(
            "resistance", f"other scope/{item.id}", exam.cluster(exam.world.people[0].name),
            "other scope", not facts and not hits, item.pattern, item.held_out,
            expected=f"not {value.text}", found=" | ".join([listed(facts), *hits]).strip(" |"),
        )  # fmt: skip


def _gives(fact: Fact, value: Value) -> bool:
    return matching.same_value(value, fact.value, fact.unit) or matching.holds_word(
        fact.value, value
    )


def _mark(exam: Exam, item: Item, filled: list[Fact], also: str = "") -> Mark:
    unwanted = ", ".join(value.text for value in item.forbidden) or item.claims[0].value.text
    return Mark(
        "resistance", item.id, exam.cluster(item.person), item.kind, not filled and not also,
        item.pattern, item.held_out, expected=f"not {unwanted}",
        found=" | ".join(filter(None, [listed(filled), also])), text=exam.words(item),
    )  # fmt: skip
