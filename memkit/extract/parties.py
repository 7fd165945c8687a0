"""Who is spoken of, and what clauses are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from memkit.extract.relations import Gender, Relation
from memkit.extract.values import Value
from memkit.extract.verbs import Group

__all__ = ["Clause", "Kinship", "Party", "Possession", "Voices"]


@dataclass(frozen=True, slots=True)
class Voices:
    """The name under which the speaker is known, and that of the one spoken to, if known."""

    speaker: str
    addressee: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody, as records call them: "Ana", "Clara", "Ana's sister".

    `second`: the one spoken to, or one of theirs. `noun` and `owner` for a relative; `named` tells
    whether `name` is the relative's own.
    """

    name: str
    kind: Literal["first", "second", "third"] = "third"
    gender: Gender = ""
    noun: str = ""
    owner: Party | None = None
    named: bool = False

    @property
    def second(self) -> bool:
        """Whether this is said to the one it is about."""
        return self.kind == "second" or (self.owner is not None and self.owner.second)


@dataclass(frozen=True, slots=True)
class Kinship:
    """Somebody named as a relative: "my sister Clara"; said from character `start` on."""

    owner: Party
    relation: Relation
    name: Value
    start: int
    noun: str = ""
    former: bool = False


@dataclass(slots=True)
class Clause:
    """One statement: [start, end) with what follows the verb from `rest` on.

    `noun` is a thing of the subject's that the clause is really about ("my job", "her name"), with
    the words before it. `gap`: it is said of a noun before it, which is its object ("things I
    love"). `verb` is where the verb itself begins.
    """

    subject: Party
    group: Group
    start: int
    rest: int
    end: int
    noun: str = ""
    before: tuple[str, ...] = ()
    elided: bool = False
    gap: bool = False
    verb: int = -1


@dataclass(frozen=True, slots=True)
class Possession:
    """Somebody that one has: "I have two cats, Milo and Luna"; `noun` is what they are."""

    clause: Clause
    relation: Relation
    names: tuple[Value, ...]
    noun: Value
    end: int
