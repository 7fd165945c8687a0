"""RAM: three kinds of feedback, each of which changes what is found next time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from memkit.errors import InvalidInput
from memkit.models import Hit, JournalEntry, Turn
from memkit.recipe import Card, Composition, Recipe
from memkit.retrieve.multisignal import MultiSignalRetriever
from memkit.store import Scope
from memkit.types import When

RATE: Final = 0.3
"""How far one verdict moves a record's utility towards 0 or 1."""


class RAM(Recipe):
    """Right or wrong, a hint, or the answer: `judge`, `hint` and `answer`."""

    name: ClassVar[str] = "ram"
    card: ClassVar[Card] = Card(
        paper="RAM: Towards an Ever-Improving Memory System by Learning from Communications (2024)",
        source="arXiv 2404.12045",
        known_for="a memory that gets better by being talked to: a user's verdict, hint or answer "
        "is learned from at once",
        kept="three kinds of feedback (right or wrong, related knowledge, the answer itself), each "
        "of which changes what is found next",
        mended="the published reflection overwrites the most similar record, which may have been "
        "about something else: here a correction is added beside it, and takes its place only "
        "where it speaks of the same attribute of the same person",
        model="reasons in steps and reflects on the feedback",
        without="utility u + .3 (verdict - u); a hint becomes a key of the record that helped",
    )

    def compose(self) -> Composition:
        """Judged records weigh in every ranking."""
        return Composition(retriever=MultiSignalRetriever(confirmed=1.0))

    @staticmethod
    def judge(
        scope: Scope, hits: Sequence[Hit], *, right: bool, now: When | None = None
    ) -> JournalEntry:
        """Say whether what was found was right."""
        return scope.feedback(_ids(hits), useful=right, now=now)

    @staticmethod
    def hint(scope: Scope, helped: Hit, text: str, *, now: When | None = None) -> Turn:
        """Keep a hint as a further key of the record that helped in the end.

        It is stored as a turn that quotes the record, with its id in `metadata["key_of"]`, so that
        the words of the hint find what it led to.
        """
        if not text.strip():
            raise InvalidInput("A hint needs words; found none. Nothing was stored.")
        said = f"{text.strip()}: {helped.text}"
        (turn,) = scope.add(
            {"content": said, "name": helped.speaker, "metadata": {"key_of": helped.sources[0]}}
            if helped.speaker
            else {"content": said, "metadata": {"key_of": helped.sources[0]}},
            now=now,
        )
        scope.feedback([helped.id], useful=True, now=now)
        return turn

    @staticmethod
    def answer(
        scope: Scope, hits: Sequence[Hit], text: str, *, now: When | None = None
    ) -> JournalEntry:
        """Give the right answer: stored, and what it contradicts no longer holds."""
        return scope.feedback(_ids(hits), useful=False, correction=text, now=now)

    @staticmethod
    def utility(scope: Scope, id: str) -> float:
        """What a record's verdicts have made of it, 0..1; 0.5 before any."""
        found = 0.5
        for entry in scope.history(id):
            if entry.action == "feedback" and entry.undone_by is None:
                found += RATE * ((entry.reason == "useful") - found)
        return found


def _ids(hits: Sequence[Hit]) -> list[str]:
    if not hits:
        raise InvalidInput("Feedback needs what it is about; found no hits. Nothing was changed.")
    return [hit.id for hit in hits]
