"""Subject, attribute, value: what people state of themselves and of others, with no model.

Each sentence is told apart by mood, cut into clauses, and each clause matched with the rows of
the attributes. What is asked, imagined, quoted or joked never becomes a triple.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar, Final

from memkit.contracts import Extractor
from memkit.extract.attributes import Attribute, Rows, widened
from memkit.extract.claims import Claim
from memkit.extract.dialogue import Dialogue
from memkit.extract.rows_asides import ASIDES
from memkit.extract.rows_ends import ENDS
from memkit.extract.rows_life import LIFE
from memkit.extract.rows_more import MORE
from memkit.extract.rows_phrases import PHRASES
from memkit.extract.rows_ways import WAYS
from memkit.extract.rows_ways_more import MORE_WAYS
from memkit.extract.rows_ways_things import THINGS_WAYS
from memkit.extract.times import Times
from memkit.extract.voices import is_about_others, voices_of
from memkit.extract.worldly import worldly
from memkit.models import Memory, Source, Turn

__all__ = ["ATTRIBUTES", "TripleExtractor", "times_of"]

ATTRIBUTES: Final[tuple[Attribute, ...]] = widened(
    (*LIFE, *MORE, *PHRASES, *ENDS, *ASIDES),
    {**WAYS, **MORE_WAYS, **THINGS_WAYS},
)
"""The rows that are always there."""


class TripleExtractor(Extractor):
    """Records of kind `triple`: "Ana | home | Lisbon", with the claim in their metadata.

    The last turns that were read before a batch are read again with it, so that a correction finds
    what it corrects.

    Who speaks to whom is read from the batch alone: the other voice of the session. A statement
    about the one spoken to ("you live in Lisbon") counts when the next turn confirms it, and then
    rests on both turns.
    """

    name: ClassVar[str] = "triples"
    version: ClassVar[int] = 1
    deferred: ClassVar[bool] = False
    overlap: ClassVar[int] = 8

    def __init__(self, *, attributes: Iterable[Attribute] = (), times: Times | None = None) -> None:
        """`attributes` are further rows; `times` reads times, `memkit.periods.phrases` if None."""
        self._rows = Rows([*ATTRIBUTES, *attributes])
        self._times = times_of(times)

    def extract(self, turns: Sequence[Turn]) -> Iterator[Memory]:
        """The claims of each turn, in order."""
        sessions: dict[str | None, Dialogue] = {}
        voices = voices_of(turns)
        for turn, who in zip(turns, voices, strict=True):
            talk = sessions.get(turn.session)
            if talk is None:
                talk = sessions[turn.session] = Dialogue(self._rows, self._times)
            claims = worldly(turn, who, talk.hear(turn, who))
            if is_about_others(turn):
                claims = [claim for claim in claims if claim.subject != who.speaker]
            yield from _records(turn, claims)


def times_of(given: Times | None) -> Times:
    """What resolves times: `memkit.periods.phrases`, loaded at first need, unless one is given."""
    if given is not None:
        return given
    from memkit.periods import phrases

    return phrases


def _records(turn: Turn, claims: Iterable[Claim]) -> Iterator[Memory]:
    seen: set[tuple[Any, ...]] = set()
    for claim in claims:
        text = " | ".join((claim.subject, claim.attribute, claim.value.text)).strip()
        sources = tuple(Source(id, start, end) for id, start, end in claim.spans)
        known = (text, sources)
        if known in seen:
            continue
        seen.add(known)
        yield Memory("triple", text, sources, speaker=turn.speaker, session=turn.session,
                     when=turn.when, metadata=claim.metadata())  # fmt: skip
