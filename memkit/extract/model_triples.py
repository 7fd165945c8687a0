"""Subject, attribute, value: proposed by a model, found in the words by code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Final

from pydantic import Field

from memkit.extract.attributes import Rows
from memkit.extract.claiming import Claim, claim_times, require_claimed
from memkit.extract.evidence import Evidence, Unsupported
from memkit.extract.proposing import ModelExtractor, Proposed, plain
from memkit.extract.relations import RELATIONS
from memkit.extract.triples import ATTRIBUTES
from memkit.models import Memory

_ATTRIBUTE: Final = re.compile(r"[^\W\d_]+(?:[ '-][^\W\d_]+){0,4}")
_CONFIDENCE: Final = 0.8


def _names() -> list[str]:
    relatives = {relation.attribute for relation in RELATIONS.values()}
    return sorted({row.name for row in ATTRIBUTES} | relatives)


class ProposedTriple(Proposed):
    """One claim."""

    subject: str = Field(max_length=120)
    attribute: str = Field(max_length=60)
    value: str = Field(max_length=200)
    unit: str | None = Field(default=None, max_length=40)


class ModelTriples(ModelExtractor[ProposedTriple]):
    """Records of kind `triple`: "Ana | home | Lisbon", with the claim in their metadata.

    The value stands in the cited words, the subject speaks or is named there, and the attribute
    stands there too, or one of the verbs and nouns by which memkit knows it. Of an attribute that
    it does not know several values may hold at a time: a model's word supersedes nothing.
    """

    name: ClassVar[str] = "llm-triples"
    kind: ClassVar[str] = "triple"
    item = ProposedTriple
    task: ClassVar[str] = """\
Write down what is stated of people and things as triples: `subject`, the name of whom it is said \
("Ana", "Ana's sister"; the one who speaks by name, or "user"); `attribute`, in lower case; \
`value`, copied from the quote; `unit` of a number, else null. Use these attributes where they \
fit: {attributes}; else a word of the quote.

Example. Turn 2, Ana: "My sister Clara moved to Paris, 20 km from me." gives
{{"items": [{{"subject": "Ana", "attribute": "sister", "value": "Clara", "unit": null, "evidence": \
[{{"turn": 2, "quote": "My sister Clara"}}]}}, {{"subject": "Clara", "attribute": "home", "value": \
"Paris", "unit": null, "evidence": [{{"turn": 2, "quote": "My sister Clara moved to Paris"}}]}}]}}
""".format(attributes=", ".join(_names()))

    def propose(self, item: ProposedTriple, evidence: Evidence) -> Memory:
        """The claim, if the cited words bear it out."""
        subject, value = plain(item.subject), plain(item.value)
        attribute = plain(item.attribute.replace("_", " ").lower())
        if not _ATTRIBUTE.fullmatch(attribute):
            raise Unsupported(f"the attribute {attribute[:60]!r} is not one to five words")
        known = _attributes().get(attribute)
        cues = known.cues if known is not None else frozenset[str]()
        unit = plain(item.unit) if item.unit else None
        claim = Claim(subject, attribute, value, unit, cues)
        borne = require_claimed(claim, evidence)
        metadata: dict[str, Any] = {
            "subject": subject, "attribute": attribute, "value": borne.value, "mood": borne.mood,
            "confidence": _CONFIDENCE, **claim_times(borne.bearing),
        }  # fmt: skip
        if known is None or known.several:
            metadata["several"] = True
        if unit:
            metadata["unit"] = unit
        if borne.used.confirmed:
            metadata["confirmed"] = True
        turn = borne.bearing.turn
        return Memory(
            self.kind, f"{subject} | {attribute} | {borne.value}", borne.used.sources,
            speaker=turn.speaker, session=turn.session, when=turn.when, metadata=metadata,
        )  # fmt: skip

    def describe(self, item: ProposedTriple) -> str:
        """The claim as proposed."""
        return " | ".join((item.subject, item.attribute, item.value))


@dataclass(frozen=True, slots=True)
class _Known:
    """An attribute that memkit knows without a model."""

    several: bool
    cues: frozenset[str]


@cache
def _attributes() -> dict[str, _Known]:
    cues: dict[str, set[str]] = {}
    several: dict[str, bool] = {}
    rows = Rows(ATTRIBUTES)
    for name, row in rows.names.items():
        several[name] = row.several
    for lemma, ways in rows.ways.items():
        for way in ways:
            cues.setdefault(way.row.name, set()).add(lemma.removeprefix("can "))
    for noun, row in rows.nouns.items():
        cues.setdefault(row.name, set()).add(noun)
    for noun, relation in RELATIONS.items():
        several[relation.attribute] = relation.several
        cues.setdefault(relation.attribute, set()).add(noun)
    return {name: _Known(each, frozenset(cues.get(name, ()))) for name, each in several.items()}
