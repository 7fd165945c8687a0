"""Notes in the manner of A-MEM (Xu et al. 2025): keywords, tags, context and links of a turn."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar, Final

from pydantic import Field

from memkit.extract.dating import dated
from memkit.extract.evidence import Evidence, Unsupported, gather, require_supported
from memkit.extract.locating import occurrences
from memkit.extract.proposing import ModelExtractor, Proposed, plain
from memkit.models import Memory, Rejected, Turn

_TAG: Final = re.compile(r"[^\W\d_A-Z]{3,24}(?:[ -][^\W\d_A-Z]{2,24})?")
_MOST: Final = 12


class ProposedNote(Proposed):
    """The note of one turn."""

    turn: int
    context: str = Field(max_length=600)
    keywords: tuple[str, ...] = Field(default=(), max_length=64)
    tags: tuple[str, ...] = Field(default=(), max_length=64)
    links: tuple[int, ...] = Field(default=(), max_length=64)


class ModelNotes(ModelExtractor[ProposedNote]):
    """Records of kind `note`: the context of a turn in one sentence, with its keywords.

    The context is checked as a statement, and each keyword stands in the turn. Tags are a
    model's own words for what a turn is about: they are in the metadata, not in the text, and no
    search finds a note by them. Links name other turns of the same prompt, by id.
    """

    name: ClassVar[str] = "llm-notes"
    kind: ClassVar[str] = "note"
    item = ProposedNote
    task: ClassVar[str] = """\
Write a note for each turn that says something worth remembering: `turn`, its number; `context`, \
one sentence in the speaker's own words that tells what the turn says and begins with a name; \
`keywords`, three to eight words or names copied from the turn; `tags`, one to four topics in \
lower case, one or two words each ("travel", "family"); `links`, the numbers of other turns here \
that it belongs together with.

Example. Turn 5, Mia: "I finally booked the ferry to Naxos." where turn 2 spoke of Greece gives
{"items": [{"turn": 5, "context": "Mia finally booked the ferry to Naxos.", "keywords": ["booked", \
"ferry", "Naxos"], "tags": ["travel"], "links": [2], "evidence": [{"turn": 5, "quote": "I finally \
booked the ferry to Naxos"}]}]}
"""

    def checked(
        self, items: Sequence[ProposedNote], turns: Sequence[Turn]
    ) -> list[Memory | Rejected]:
        """Each note, as a record or with what speaks against it."""
        found: list[Memory | Rejected] = []
        for item in items:
            try:
                evidence = gather(item.quotes(), turns)
                found.append(_with_words(self.propose(item, evidence), item, turns))
            except Unsupported as error:
                found.append(self.refused(item, turns, error))
        return found

    def propose(self, item: ProposedNote, evidence: Evidence) -> Memory:
        """The context, if the cited words bear it out."""
        text = plain(item.context)
        mood, used = require_supported(text, evidence, paraphrase=self.paraphrase)
        metadata: dict[str, Any] = {"mood": mood}
        if used.confirmed:
            metadata["confirmed"] = True
        lead = used.holding()[0].turn
        return Memory(
            self.kind, dated(text, used), used.sources, speaker=lead.speaker,
            session=lead.session, when=lead.when, metadata=metadata,
        )  # fmt: skip

    def describe(self, item: ProposedNote) -> str:
        """The context as proposed."""
        return item.context


def _with_words(note: Memory, item: ProposedNote, turns: Sequence[Turn]) -> Memory:
    """The note with those of its keywords that stand in the turn, and its tags and links."""
    cited = {source.turn for source in note.sources}
    if not 1 <= item.turn <= len(turns) or turns[item.turn - 1].id not in cited:
        raise Unsupported(f"its evidence is not of turn {item.turn}")
    own = turns[item.turn - 1]
    keywords = [
        word for word in dict.fromkeys(map(plain, item.keywords))
        if len(word) <= 60 and occurrences(word, own.text)
    ][:_MOST]  # fmt: skip
    tags = [tag for tag in dict.fromkeys(item.tags) if _TAG.fullmatch(tag)][:_MOST]
    links = [turns[n - 1].id for n in item.links if 1 <= n <= len(turns)]
    linked = [id for id in dict.fromkeys(links) if id != own.id][:_MOST]
    metadata = {**note.metadata, "keywords": keywords, "tags": tags, "links": linked}
    text = f"{note.text}\n{', '.join(keywords)}" if keywords else note.text
    return Memory(
        note.kind, text, note.sources, speaker=note.speaker, session=note.session,
        when=note.when, metadata=metadata,
    )  # fmt: skip
