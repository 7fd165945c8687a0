"""ChatDB: a symbolic memory, asked by steps that build on each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from memkit.errors import InvalidInput
from memkit.extract.triples import TripleExtractor
from memkit.models import Fact, Table
from memkit.recipe import Card, Composition, Recipe
from memkit.storage.selecting import VIEWS
from memkit.store import Scope
from memkit.types import When

_PLACE: Final = re.compile(r"<(\w+)>")
_MOST_STEPS: Final = 12

SCHEMA: Final = "; ".join(f"{name}({columns})" for name, (columns, _) in VIEWS.items())
"""What a planner is told: the tables of one owner, with their columns."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain: its name, one SELECT, and its rows once it has run.

    `<name>` in a statement stands for the first column of an earlier step's rows.
    """

    name: str
    sql: str
    rows: Table | None = None


Planner = Callable[[str, str], Sequence[tuple[str, str]]]
"""A question and the schema to (name, SELECT) in order: what a model writes."""


class ChatDB(Recipe):
    """Facts as rows: `answer` goes from fact to fact, `run` by a plan that a model wrote."""

    name: ClassVar[str] = "chatdb"
    card: ClassVar[Card] = Card(
        paper="ChatDB: Augmenting LLMs with Databases as Their Symbolic Memory (2023)",
        source="arXiv 2306.03901",
        known_for="counting, joining and updating exactly, by a chain of statements on tables",
        kept="an ordered chain of steps, each on the results of those before; one table for all "
        "facts, with the time they held",
        mended="the published code runs any statement a model writes, split at semicolons: here "
        "the door is read-only, one SELECT at a time, bound to one owner, ended after a while, "
        "and values of earlier steps go in as parameters; updates are what was said, so nothing "
        "is lost",
        model="writes the plan",
        without="closed templates (latest, as of, first, last, count, list, before, after, days "
        "between), and questions that are walked from fact to fact",
    )

    def compose(self) -> Composition:
        """Triples are what there is to ask."""
        return Composition(extractors=(TripleExtractor(),))

    @staticmethod
    def answer(scope: Scope, question: str, *, at: When | None = None) -> list[Fact]:
        """The facts that lead from what a question names to its answer, the last one."""
        return scope.chain(question, at=at)

    @staticmethod
    def run(scope: Scope, question: str, planner: Planner) -> list[Step]:
        """The steps of a model's plan, each with its rows; nothing can be changed by it.

        Raises `InvalidInput` for a plan that is no list of pairs or too long, a statement that is
        no SELECT, or a name that no earlier step has.
        """
        done: dict[str, Step] = {}
        for name, sql in _checked(planner(question, SCHEMA)):
            statement, values = _filled(sql, done)
            done[name] = Step(name, sql, scope.sql(statement, values))
        return list(done.values())


def _checked(plan: object) -> Sequence[tuple[str, str]]:
    """The plan, if it is pairs of texts and not too many."""
    steps = list(plan) if isinstance(plan, (list, tuple)) else []
    if not steps or len(steps) > _MOST_STEPS:
        raise InvalidInput(
            f"A plan has 1 to {_MOST_STEPS} steps; found {plan!r:.200}. Nothing was asked."
        )
    for step in steps:
        pair = isinstance(step, (list, tuple)) and len(step) == len(("name", "SELECT"))
        if not pair or not all(isinstance(part, str) for part in step):
            raise InvalidInput(
                f"A step is a name and a SELECT; found {step!r:.200}. Nothing was asked."
            )
    return steps


def _filled(sql: str, done: Mapping[str, Step]) -> tuple[str, list[object]]:
    """The statement with marks in the place of names, and the values that they stand for."""
    values: list[object] = []

    def marks(match: re.Match[str]) -> str:
        step = done.get(match[1])
        if step is None or step.rows is None:
            known = ", ".join(done) or "none yet"
            raise InvalidInput(f"<{match[1]}> names no earlier step; there are: {known}.")
        column = [row[0] for row in step.rows.rows]
        values.extend(column)
        return ", ".join("?" * len(column)) or "NULL"

    return _PLACE.sub(marks, sql), values
