"""Notes in the manner of A-MEM, without a model: a turn with its keywords and its context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

from memkit.contracts import Extractor
from memkit.extract.sentences import sentences
from memkit.keywords import telling, weight
from memkit.models import Memory, Source, Turn

KEYWORDS: Final = 8
_FEWEST: Final = 3
"""Telling words of a turn that is worth a note."""
_CONTEXT: Final = 120
"""Characters of what was said before that a note quotes."""


class NoteExtractor(Extractor):
    """Records of kind `note`: what was said, by whom, with keywords, and after what.

    The text of the turn is always part of the key (the published code embeds keywords and context
    without it); `metadata` has `keywords`, the `context`, and `tags`, which notes inherit from
    each other as they evolve.
    """

    name: ClassVar[str] = "notes"
    version: ClassVar[int] = 1

    def extract(self, turns: Sequence[Turn]) -> Iterator[Memory]:
        """One note for each turn that tells something."""
        before: dict[str | None, Turn] = {}
        for turn in turns:
            words = telling(turn.text)
            previous = before.get(turn.session)
            before[turn.session] = turn
            keys = list(dict.fromkeys(word.key for word in words))
            if len(keys) >= _FEWEST:
                shown = {word.key: word.written for word in reversed(words)}
                best = sorted(keys, key=lambda key: (-weight(key), keys.index(key)))[:KEYWORDS]
                yield _note(turn, [shown[key] for key in best], _context(previous))


def _note(turn: Turn, keywords: list[str], context: str) -> Memory:
    who = f"{turn.speaker}: " if turn.speaker else ""
    after = f"\n(after {context})" if context else ""
    return Memory(
        "note", f"{who}{turn.text}{after}", (Source(turn.id, 0, len(turn.text)),),
        speaker=turn.speaker, session=turn.session, when=turn.when,
        metadata={"keywords": keywords, "context": context, "tags": []},
    )  # fmt: skip


def _context(previous: Turn | None) -> str:
    """The longest sentence of what was said before, cut."""
    if previous is None:
        return ""
    said = [previous.text[start:end] for start, end in sentences(previous.text)]
    return max(said, key=len, default="")[:_CONTEXT].strip()
