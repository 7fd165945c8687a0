"""Each question of a report: its evidence, what was found, by which signals, and the answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from memkit.evals.asking import EXCERPT
from memkit.evals.runs import Asked, Found
from memkit.html.arms import Shown
from memkit.html.page import EMPTY, Markup, fold, joined, marked, tag
from memkit.text import terms, words

_SIGNALS: Final = 8
Key = tuple[str, str]


class Drilldown:
    """The questions of some runs, under one anchor each."""

    def __init__(self, arms: Sequence[Shown], measure: str) -> None:
        self._arms = arms
        self._chief = [arm for arm in arms if arm.chief]
        self._measure = measure
        asked: dict[Key, Asked] = {}
        for arm in arms:
            for question in arm.run.questions:
                asked.setdefault(question.key, question)
        self._asked = list(asked.values())
        self._places = {key: place for place, key in enumerate(asked, 1)}

    def link(self, key: Key, label: object) -> Markup:
        """A link to a question."""
        return tag("a", label, href=f"#q{self._places[key]}")

    def section(self) -> Markup:
        """Every question, by category, those that went worst first."""
        ordered = sorted(self._asked, key=lambda one: (one.category, self._value(one)))
        parts = []
        for category, several in groupby(ordered, key=lambda one: one.category):
            those = list(several)
            missed = sum(self._value(one) < 1 for one in those)
            title = f"{category or 'no category'}: {len(those):,} questions, {missed:,} not whole"
            parts.append(fold(title, *map(self._question, those)))
        note = (
            f"Worst first by {self._measure} of {self._chief[0].label}. Evidence has a green line "
            "where it is among the first ten, a red one where it is not."
        )
        return joined([tag("p", note, class_="quiet"), *parts])

    def _value(self, asked: Asked) -> float:
        """The measure of the first arm; what is not measured counts as whole."""
        found = self._chief[0].found(asked.key)
        return found.measures.get(self._measure, 1.0) if found is not None else 1.0

    def _question(self, asked: Asked) -> Markup:
        chips = joined(joined([chip, " "]) for chip in self._chips(asked))
        title = tag("span", asked.text or f"{asked.conversation} {asked.id}")
        found = [(arm, what) for arm in self._chief
                 if (what := arm.found(asked.key)) is not None]  # fmt: skip
        return fold(
            joined([chips, title]), _told(asked), self._evidence(asked),
            *(_hits(arm, what, asked) for arm, what in found), id=f"q{self._places[asked.key]}",
        )  # fmt: skip

    def _chips(self, asked: Asked) -> Iterator[Markup]:
        for arm in self._chief:
            found = arm.found(asked.key)
            value = found.measures.get(self._measure) if found is not None else None
            if value is not None:
                kind = "good" if value >= 1 else "bad" if value <= 0 else ""
                name = f"{arm.label} " if len(self._chief) > 1 else ""
                yield tag("span", f"{name}{value:.2f}", class_=f"chip {kind}".strip())

    def _evidence(self, asked: Asked) -> Markup:
        if not asked.evidence:
            return tag("p", "No evidence: the answer is not in the conversation.", class_="quiet")
        return joined([tag("h3", "Evidence"), *(self._piece(asked, each)
                                                for each in asked.evidence)])  # fmt: skip

    def _piece(self, asked: Asked, piece: Mapping[str, Any]) -> Markup:
        ranks = [(arm, _rank(what, str(piece.get("id")), asked.level)) for arm in self._arms
                 if (what := arm.found(asked.key)) is not None]  # fmt: skip
        told = " · ".join(f"{arm.label}: {rank or 'not found'}" for arm, rank in ranks)
        near = any(rank is not None and rank <= 10 for arm, rank in ranks if arm.chief)
        head = _origin(piece.get("id"), piece.get("speaker"), _minute(piece.get("when")))
        return tag(
            "div", tag("div", head, class_="small quiet"),
            tag("div", joined(_excerpt(piece)), class_="words"),
            tag("div", f"rank by {told}", class_="small quiet"),
            class_=f"said {'evidence' if near else 'missed'}",
        )  # fmt: skip


def _told(asked: Asked) -> Markup:
    parts = [
        ("gold", asked.gold), ("category", asked.category),
        ("asked", _minute(asked.when)),
        ("oldest evidence", f"{asked.age_days:,.0f} days" if asked.age_days is not None else ""),
        ("conversation", asked.conversation), ("question", asked.id),
        ("answerable", "" if asked.answerable else "no: not in memory is right"),
    ]  # fmt: skip
    shown = [joined([tag("b", f"{name} "), value]) for name, value in parts if value]
    return tag("p", joined([shown[0], *(joined([" · ", one]) for one in shown[1:])])
               if shown else EMPTY, class_="small")  # fmt: skip


def _rank(found: Found, id: str, level: str) -> int | None:
    ranked = found.ranked if level == "turn" or id in found.ranked else found.sessions
    return ranked.index(id) + 1 if id in ranked else None


def _origin(*parts: Any) -> str:
    return " · ".join(str(part)[:40] for part in parts if part)


def _minute(when: Any) -> str:
    """A moment in ISO 8601, to the minute."""
    return str(when or "")[:16].replace("T", " ")


def _excerpt(held: Mapping[str, Any]) -> tuple[str, str]:
    """A text as the file has it, and a mark where it was cut off."""
    text = str(held.get("text") or "")
    return text, "…" if len(text) == EXCERPT else ""


def _hits(arm: Shown, found: Found, asked: Asked) -> Markup:
    wanted = _wanted(asked.text)
    parts = [tag("h3", f"Found by {arm.label}"), _answer(found)]
    parts += [_hit(rank, hit, wanted) for rank, hit in enumerate(found.hits, 1)]
    if not found.hits:
        parts.append(tag("p", "The file keeps no hits of it: ", ", ".join(found.ranked[:10]),
                         class_="small quiet"))  # fmt: skip
    return joined(parts)


def _hit(rank: int, hit: Mapping[str, Any], wanted: set[str]) -> Markup:
    score = hit.get("score")
    sources = ", ".join(map(str, hit.get("sources") or ()))
    head = _origin(sources, hit.get("speaker"), _minute(hit.get("when")))
    shown = f" · {score:.2f}" if isinstance(score, (int, float)) else ""
    why = sorted((hit.get("why") or {}).items(), key=lambda pair: -abs(float(pair[1])))[:_SIGNALS]
    signals = " · ".join(f"{name} {float(value):+.2f}" for name, value in why)
    text, more = _excerpt(hit)
    return tag(
        "div", tag("div", f"{rank}{shown} · {head}", class_="small quiet"),
        tag("div", marked(text, {word for word in words(text) if terms(word)[0] in wanted}), more,
            class_="words"),
        tag("div", signals, class_="small quiet") if signals else EMPTY,
        class_="said evidence" if hit.get("evidence") else "said",
    )  # fmt: skip


def _wanted(question: str) -> set[str]:
    return set(terms(question))


def _answer(found: Found) -> Markup:
    """What a reader made of the hits, and what judges said of it."""
    given = found.answer
    if not given:
        return EMPTY
    said = "abstains" if given.get("abstained") else str(given.get("text") or "")
    score = given.get("score")
    sources = ", ".join(map(str, given.get("sources") or ()))
    told = [f"{float(score):.2f}" if isinstance(score, (int, float)) else "",
            str(given.get("kind") or ""), sources]  # fmt: skip
    told += [f"{name}: {'right' if verdict.get('correct') else 'wrong'} {verdict.get('reason', '')}"
             for name, verdict in (given.get("judges") or {}).items()]  # fmt: skip
    return tag("p", tag("b", "Answer "), said, " ",
               tag("span", " · ".join(filter(None, told)), class_="quiet small"))  # fmt: skip
