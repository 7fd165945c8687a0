"""Updates, questions and profiles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from memkit.evals.synth import matching
from memkit.evals.synth.asking import Question, questions
from memkit.evals.synth.claims import Claim, Item, Value
from memkit.evals.synth.exam import Exam, listed, row
from memkit.evals.synth.marks import Mark, Verdict
from memkit.models import Fact

PROFILE_BUDGET: Final = 6000
"""Tokens: room for everything."""


def updates(exam: Exam) -> Iterator[Mark]:
    """One mark for each change: the new value holds as soon as it is said, the old one is history.

    What was corrected must be told from what was so once.
    """
    for item in exam.believed:
        for claim in item.claims if item.kind == "statement" else ():
            if claim.form in ("new", "correction") and claim.old is not None:
                yield _update(exam, item, claim, claim.old)


def _update(exam: Exam, item: Item, claim: Claim, old: Value) -> Mark:
    now = exam.current(claim.subject, claim.attribute, at=claim.said, as_of=claim.said)
    if claim.value.kind == "date":
        now = [fact for fact in exam.scope.facts(claim.subject, as_of=claim.said, at=claim.said)
               if matching.same_attribute(claim.attribute, fact.attribute)]  # fmt: skip
    kept = [fact for fact in exam.scope.history(claim.subject, _known_as(claim, now))
            if _gives(fact, old)]  # fmt: skip
    new = [fact for fact in now if _gives(fact, claim.value)]
    stale = [fact for fact in now if _gives(fact, old)]
    others = [] if claim.several else [fact for fact in now if fact not in (*new, *stale)]
    over = [fact for fact in kept if fact.status in _over(claim)]
    verdict = _verdict(new, stale, others, over)
    return Mark(
        "update", f"{item.id}/{claim.attribute}", exam.cluster(item.person),
        row(claim.attribute, item), verdict == "correct", item.pattern, item.held_out,
        read=exam.read[item.id] and _was_known(exam, claim, old), verdict=verdict,
        expected=f"{claim.value.text}, before {old.text}", text=exam.words(item),
        found=f"now {listed(now) or 'nothing'}; before {listed(kept) or 'nothing'}",
    )  # fmt: skip


def _known_as(claim: Claim, now: Sequence[Fact]) -> str:
    """The name under which the store has the attribute."""
    return now[0].attribute if now else claim.attribute


def _over(claim: Claim) -> tuple[str, ...]:
    return ("retracted",) if claim.form == "correction" else ("superseded", "ended")


def _verdict(
    new: Sequence[Fact], stale: Sequence[Fact], others: Sequence[Fact], over: Sequence[Fact]
) -> Verdict:
    if others or (new and stale):
        return "hallucination"
    if not new:
        return "omission"
    return "correct" if over else "other"


def _was_known(exam: Exam, claim: Claim, old: Value) -> bool:
    """Whether the value that is replaced was read from a message before."""
    return any(
        exam.read[item.id]
        for item in exam.believed
        for each in item.claims
        if each.said < claim.said
        and (each.subject, each.attribute) == (claim.subject, claim.attribute)
        and each.value.text == old.text
    )


def answers(exam: Exam) -> Iterator[Mark]:
    """One mark for each question, answered by comparing slots."""
    for question in questions(exam.world):
        yield _answer(exam, question)


def _answer(exam: Exam, question: Question) -> Mark:
    found = _found(exam, question)
    right = [value for value in question.expected if any(_gives(fact, value) for fact in found)]
    wrong = [fact for fact in found if not any(_gives(fact, each) for each in question.expected)]
    if question.kind == "count":
        enough = len({matching.bare(fact.value) for fact in found}) - len(question.expected)
        verdict: Verdict = (
            "correct" if not enough else "hallucination" if enough > 0 else "omission"
        )
    elif question.kind == "stale":
        return _staleness(exam, question, found)
    else:
        missing = len(right) < len(question.expected)
        verdict = "hallucination" if wrong else "omission" if missing else "correct"
    return _mark(exam, question, verdict, found)


def _gives(fact: Fact, value: Value) -> bool:
    return matching.same_value(value, fact.value, fact.unit)


def _found(exam: Exam, question: Question) -> list[Fact]:
    subjects = [question.subject]
    if question.kind == "two hops":
        subjects = _led_to(exam, question)
    found: dict[str, Fact] = {}
    for subject in subjects:
        known = exam.current(subject, question.attribute, at=question.at, as_of=question.as_of)
        found |= {fact.id: fact for fact in known}
    return list(found.values())


def _led_to(exam: Exam, question: Question) -> list[str]:
    """The subjects that the first hop leads to."""
    if question.via is None:
        owner, mark, rest = question.subject.partition("'s ")
        person = next(each for each in exam.world.people if each.name == question.owner)
        known = [owner, *(["user"] if person.is_user else [])] if mark else [question.subject]
        return [f"{each}'s {rest}" if mark else each for each in known]
    relation, value = question.via
    return [fact.value for fact in exam.current(question.owner, relation)
            if matching.same_value(value, fact.value)]  # fmt: skip


def _staleness(exam: Exam, question: Question, found: Sequence[Fact]) -> Mark:
    """After a move a commute is uncertain; where nothing has changed it is not."""
    moved = bool(question.expected)
    wanted = "uncertain" if moved else "current"
    ok = bool(found) and all(fact.status == wanted for fact in found)
    verdict: Verdict = "correct" if ok else "other" if found else "omission"
    return _mark(exam, question, verdict, found)


def _mark(exam: Exam, question: Question, verdict: Verdict, found: Sequence[Fact]) -> Mark:
    when = f" at {question.at:%Y-%m-%d}" if question.at else ""
    known = f" known by {question.as_of:%Y-%m-%d}" if question.as_of else ""
    expected = ", ".join(value.text for value in question.expected) or "nothing"
    if question.kind == "stale":
        expected = "uncertain" if question.expected else "certain"
    return Mark(
        question.kind, question.id, exam.cluster(question.owner), row(question.attribute),
        verdict == "correct", read=exam.all_read(question.needs), verdict=verdict,
        expected=f"{question.subject}'s {question.attribute}{when}{known}: {expected}",
        found=listed(found),
    )  # fmt: skip


def profiles(exam: Exam) -> Iterator[Mark]:
    """Whether a card holds each current value that was read, and no value that is forbidden."""
    cards = {
        person.name: str(exam.scope.profile(person.name, PROFILE_BUDGET))
        for person in exam.world.people
    }
    for question in questions(exam.world):
        if question.kind == "current" and question.subject in cards:
            (value,) = question.expected[:1]
            if value.kind == "text":
                ok = matching.holds_word(cards[question.subject], value)
                yield Mark(
                    "profile", question.id, exam.cluster(question.subject),
                    row(question.attribute), ok, read=exam.all_read(question.needs),
                    expected=value.text,
                )  # fmt: skip
    for item in exam.world.items:
        for value in item.forbidden if item.kind != "echo" else ():
            ok = not matching.holds_word(cards[item.person], value)
            yield Mark(
                "clean profile", item.id, exam.cluster(item.person), item.kind, ok, item.pattern,
                item.held_out, expected=f"not {value.text}",
            )  # fmt: skip
