"""Summaries by a model, each sentence of which is checked as a statement of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from pydantic import Field

from memkit.extract.dating import dated
from memkit.extract.evidence import Evidence, Unsupported, gather, require_supported
from memkit.extract.proposing import ModelExtractor, Proposed, plain
from memkit.models import Memory, Rejected, Source, Turn


class ProposedSentence(Proposed):
    """One sentence of the summary."""

    text: str = Field(max_length=600)


class ModelSummaries(ModelExtractor[ProposedSentence]):
    """Records of kind `summary`, one for each piece of a session that went into one prompt.

    Its sentences are those that the cited words bear out, in the model's order; the others are
    quarantined one by one.
    """

    name: ClassVar[str] = "llm-summaries"
    kind: ClassVar[str] = "summary"
    item = ProposedSentence
    task: ClassVar[str] = """\
Sum up the conversation in two to six sentences, the most important first: what happened, what was \
decided, what is planned, and who it concerns. One item for each sentence, in `text`; each can be \
read without the conversation and begins with a name.

Example. Turn 3, Ben: "We finally sold the house in Ghent. The new owners move in next month." \
gives {"items": [{"text": "Ben finally sold the house in Ghent.", "evidence": [{"turn": 3, \
"quote": "We finally sold the house in Ghent"}]}]}
"""

    def checked(
        self, items: Sequence[ProposedSentence], turns: Sequence[Turn]
    ) -> list[Memory | Rejected]:
        """One summary of the sentences that hold, and the others."""
        good: list[Memory] = []
        refused: list[Memory | Rejected] = []
        for item in items:
            try:
                good.append(self.propose(item, gather(item.quotes(), turns)))
            except Unsupported as error:
                refused.append(self.refused(item, turns, error))
        return [*([_joined(good)] if good else []), *refused]

    def propose(self, item: ProposedSentence, evidence: Evidence) -> Memory:
        """A sentence, if the cited words bear it out."""
        text = plain(item.text)
        _, used = require_supported(text, evidence, paraphrase=self.paraphrase)
        metadata: dict[str, Any] = {"level": "segment"}
        if used.confirmed:
            metadata["confirmed"] = True
        lead = used.holding()[0].turn
        return Memory(
            self.kind, dated(text, used), used.sources, session=lead.session, when=lead.when,
            metadata=metadata,
        )  # fmt: skip

    def describe(self, item: ProposedSentence) -> str:
        """The sentence as proposed."""
        return item.text


def _joined(sentences: Sequence[Memory]) -> Memory:
    """One record of all sentences. Confirmed is what is so in every one."""
    sources: dict[Source, None] = {}
    for one in sentences:
        sources.update(dict.fromkeys(one.sources))
    metadata = {
        name: value for name, value in sentences[0].metadata.items()
        if all(one.metadata.get(name) == value for one in sentences)
    }  # fmt: skip
    moments = [one.when for one in sentences if one.when is not None]
    return Memory(
        sentences[0].kind, " ".join(one.text for one in sentences), tuple(sources),
        session=sentences[0].session, when=max(moments, default=None), metadata=metadata,
    )  # fmt: skip
