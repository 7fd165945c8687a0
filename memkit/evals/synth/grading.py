"""Extraction: what was found of what was said, and what was found besides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from memkit.evals.synth import matching, traits
from memkit.evals.synth.claims import Claim, Item, Span
from memkit.evals.synth.exam import STATED, Exam, listed, names, row, shown
from memkit.evals.synth.marks import Mark
from memkit.models import Fact

_OF_OTHERS: Final = ("third party", "quote", "denial", "joke")
"""What speaks of people who are not of the world; what is found about them is not judged."""


def extraction(exam: Exam) -> Iterator[Mark]:
    """One mark for each claim: is there a fact that says it and cites these words?

    Claims that end something or take it back are marked apart, as `endings`: is it no longer
    among the facts that hold, once that was said?
    """
    for item in exam.believed:
        for claim in item.claims:
            yield Mark(
                "recall" if claim.form in STATED else "endings", f"{item.id}/{claim.attribute}",
                exam.cluster(item.person), row(claim.attribute, item), exam.is_taken(claim, item),
                item.pattern, item.held_out, expected=_shown(claim),
                found=listed(exam.citing(item)), text=exam.words(item),
            )  # fmt: skip


def dates(exam: Exam) -> Iterator[Mark]:
    """For each value that was found and was said with a time: does it hold from then?

    What was told twice may hold from either time.
    """
    told = _times(exam)
    for item in exam.believed:
        for claim in item.claims:
            found = exam.stating(claim, exam.citing(item)) if claim.form in STATED else []
            if claim.since is None or not found or item.kind == "taken back":
                continue
            times = told[claim.subject, claim.attribute, claim.value.text]
            ok = any(
                matching.in_span(fact.since, time, slack=3) for fact in found for time in times
            )
            yield Mark(
                "dates", item.id, exam.cluster(item.person), row(claim.attribute, item), ok,
                item.pattern, item.held_out, expected=" to ".join(map(str, claim.since)),
                found=", ".join(str(fact.since) for fact in found), text=exam.words(item),
            )  # fmt: skip


def precision(exam: Exam) -> Iterator[Mark]:
    """One mark for each fact: does the world say so?

    None where the words may be read that way besides ("my dog Rex": who owns a dog), and for what
    a third-party statement says of that third party.
    """
    for fact in exam.facts:
        item = exam.origin(fact)
        ok: bool | None = _is_said(exam, fact)
        if not ok and item is not None and _may_be_read(exam, fact, item):
            ok = None
        yield Mark(
            "precision", fact.id, exam.cluster(item.person if item else "nobody"),
            row(fact.attribute, item), ok, item.pattern if item else "small talk",
            item is not None and item.held_out, found=shown(fact),
            text=exam.words(item) if item else " | ".join(exam.spans(fact)),
        )  # fmt: skip


def grounding(exam: Exam) -> Iterator[Mark]:
    """One mark for each fact: does its value stand in the words it cites?

    A date or number said otherwise ("next Friday", "half an hour") stands there when it is the one
    that is meant.
    """
    for fact in exam.facts:
        cited = [item for source in fact.sources for item in exam.items_at(source.turn)]
        spans = exam.spans(fact)
        meant = any(
            claim.value.kind != "text" and matching.same_value(claim.value, fact.value, fact.unit)
            for item in cited for claim in item.claims
        )  # fmt: skip
        yield Mark(
            "grounding", fact.id, exam.cluster(cited[0].person if cited else "nobody"),
            row(fact.attribute), meant or matching.occurs(fact.value, spans),
            cited[0].pattern if cited else "small talk", any(item.held_out for item in cited),
            found=shown(fact), text=" | ".join(spans),
        )  # fmt: skip


def _times(exam: Exam) -> dict[tuple[str, str, str], list[Span]]:
    """Every time that was said of a value."""
    found: dict[tuple[str, str, str], list[Span]] = {}
    for item in exam.believed:
        for claim in item.claims:
            if claim.since is not None and claim.form in STATED:
                slot = (claim.subject, claim.attribute, claim.value.text)
                found.setdefault(slot, []).append(claim.since)
    return found


def _is_said(exam: Exam, fact: Fact) -> bool:
    """Whether any claim of the world, of the messages cited first of all, says so."""
    cited = [item for source in fact.sources for item in exam.items_at(source.turn)]
    return any(
        exam.stating(claim, [fact])
        for items in (cited, exam.believed)
        for item in items
        for claim in item.claims
    )


def _may_be_read(exam: Exam, fact: Fact, item: Item) -> bool:
    about = names(exam.world, item.person)
    if _names_a_relative(exam, fact, item):
        return True
    if not item.claims:
        return item.kind in _OF_OTHERS and not matching.same_subject(about, fact.subject)
    base = item.group.partition(".")[0]
    if item.kind == "confirmed" or base in ("correction", "retraction"):
        base = row(item.claims[0].attribute)
    allowed = {*item.also, *traits.TOLERATED.get(base, ())}
    return fact.attribute in allowed and matching.occurs(fact.value, [exam.words(item)])


def _names_a_relative(exam: Exam, fact: Fact, item: Item) -> bool:
    """`Ana's sister | name | Clara` says no more than `Ana | sister | Clara`.

    Nor does `Ana's sister | home | Paris` say less than that of Clara.
    """
    owner, mark, _ = fact.subject.partition("'s ")
    about = bool(mark) and matching.same_subject(names(exam.world, item.person), owner)
    return about and any(
        matching.same_value(claim.value, fact.value, fact.unit)
        and (fact.attribute == "name" or matching.same_attribute(claim.attribute, fact.attribute))
        for claim in item.claims
    )


def _shown(claim: Claim) -> str:
    return f"{claim.subject} | {claim.attribute} | {claim.value.text} ({claim.form})"
