"""Statements that a model made self-contained, checked word by word."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from memkit.extract.dating import dated, times_of
from memkit.extract.evidence import Evidence, require_supported
from memkit.extract.proposing import ModelExtractor, Proposed, plain
from memkit.models import Memory


class ProposedFact(Proposed):
    """One statement."""

    text: str = Field(max_length=600)


class ModelFacts(ModelExtractor[ProposedFact]):
    """Records of kind `fact`: single statements that can be read without the conversation.

    "I went camping yesterday", said by Melanie, becomes "Melanie went camping yesterday
    (2023-06-20)". The mood and the time are found by code, not by the model.
    """

    name: ClassVar[str] = "llm-facts"
    kind: ClassVar[str] = "fact"
    item = ProposedFact
    task: ClassVar[str] = """\
Write down every lasting or personal fact that is stated: who people are, what they have, do, did, \
like, plan and decided; one fact to an item, in one short sentence in `text` that can be read \
without the conversation and begins with a name.

Example. Turn 4, Melanie: "My kids and I went camping yesterday, but we didn't see any bears." gives
{"items": [{"text": "Melanie and her kids went camping yesterday.", "evidence": [{"turn": 4, \
"quote": "My kids and I went camping yesterday"}]}, {"text": "Melanie and her kids didn't see any \
bears.", "evidence": [{"turn": 4, "quote": "My kids and I went camping yesterday, but we didn't \
see any bears"}]}]}
"""

    def propose(self, item: ProposedFact, evidence: Evidence) -> Memory:
        """The statement, if the cited words bear it out."""
        text = plain(item.text)
        mood, used = require_supported(text, evidence, paraphrase=self.paraphrase)
        metadata: dict[str, Any] = {"mood": mood, **times_of(used)}
        if used.confirmed:
            metadata["confirmed"] = True
        lead = used.holding()[0].turn
        return Memory(
            self.kind, dated(text, used), used.sources, speaker=lead.speaker,
            session=lead.session, when=lead.when, metadata=metadata,
        )  # fmt: skip

    def describe(self, item: ProposedFact) -> str:
        """The statement as proposed."""
        return item.text
