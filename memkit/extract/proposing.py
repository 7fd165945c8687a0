"""What all extractors that ask a model have in common."""

from __future__ import annotations

import unicodedata
from abc import abstractmethod
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from memkit.contracts import Extractor, Ledger
from memkit.errors import InvalidInput, UnusableReply
from memkit.extract.evidence import Evidence, Unsupported, gather
from memkit.extract.prompting import Part, pieces, prompt_for
from memkit.llm import LLM, Estimate
from memkit.models import Memory, Rejected, Turn

_SHOWN = 300
_REPLY = "reply"
"""The kind of what could not even be read."""


class Quote(BaseModel):
    """Words of one turn, by its number."""

    model_config = ConfigDict(frozen=True)

    turn: int
    quote: str = Field(max_length=2000)


class Proposed(BaseModel):
    """An item of a reply: what it says is the subclass's, what it rests on is here."""

    model_config = ConfigDict(frozen=True)

    evidence: tuple[Quote, ...] = Field(max_length=32)

    def quotes(self) -> list[tuple[int, str]]:
        """The quotes with the numbers of their turns."""
        return [(one.turn, one.quote) for one in self.evidence]


def plain(text: str) -> str:
    """A proposed text in one Unicode form, with single spaces and nothing invisible."""
    composed = unicodedata.normalize("NFC", text)
    seen = "".join(char for char in composed if unicodedata.category(char) != "Cf")
    return " ".join(seen.split())


ItemT = TypeVar("ItemT", bound=Proposed)


class ModelExtractor(Extractor, Generic[ItemT]):
    """Turns to prompts, replies to records that passed the evidence check.

    Raises `ModelUnavailable` and `BudgetSpent`, with nothing given: the store reports it, and
    gives the same turns again. Replies that came are in the ledger by then and cost nothing again.
    A piece of conversation for which no reply can be read gives a `Rejected`, and is not asked for
    again.
    """

    deferred: ClassVar[bool] = True
    batch: ClassVar[int] = 64
    kind: ClassVar[str]
    task: ClassVar[str]
    item: type[ItemT]

    def __init__(
        self, llm: LLM | str | None = None, *, quiet: timedelta = timedelta(0),
        most_turns: int = 20, most_tokens: int = 2000, paraphrase: float = 0.0,
    ) -> None:  # fmt: skip
        """`llm` is a door, or a name that litellm knows.

        A prompt holds `most_turns` turns and about `most_tokens` tokens of one session at most.
        `quiet` is how long a session must have been silent before its last turns are read: give
        half an hour where `maintain` runs after every message, and a prompt has something to read.
        `paraphrase` is the share of a statement's words that may be the model's own; names,
        numbers and dates never are.
        """
        if llm is None:
            raise InvalidInput(
                f"{self.name} needs a model: give llm=LLM(...), or a name that litellm knows."
            )
        if most_turns < 1 or most_tokens < 1:
            raise InvalidInput(f"most_turns={most_turns}, most_tokens={most_tokens}: at least 1.")
        self.llm = LLM(llm) if isinstance(llm, str) else llm
        self._quiet, self._most_turns, self._most_tokens = quiet, most_turns, most_tokens
        if not 0 <= paraphrase < 1:
            raise InvalidInput(f"paraphrase={paraphrase} must be in 0..1, and below 1.")
        self.paraphrase = paraphrase
        self._ledger: Ledger | None = None

    def attach(self, ledger: Ledger) -> None:
        """Keep replies and count spending there."""
        self._ledger = ledger

    def ready(self, turns: Sequence[Turn], now: datetime) -> int:
        """The turns before the first session that is not quiet yet."""
        if not self._quiet:
            return len(turns)
        latest: dict[str | None, datetime] = {}
        for turn in turns:
            if turn.when is not None:
                latest[turn.session] = max(turn.when, latest.get(turn.session, turn.when))
        for place, turn in enumerate(turns):
            spoke = latest.get(turn.session)
            if spoke is not None and now - spoke < self._quiet:
                return place
        return len(turns)

    def estimate(self, turns: Sequence[Turn]) -> Estimate:
        """What extracting from these turns would cost at most, retries apart; asks nothing."""
        prompts = [prompt_for(self.task, piece) for piece in self._pieces(turns)]
        return self.llm.estimate(prompts, self.item, ledger=self._ledger)

    def extract(self, turns: Sequence[Turn]) -> Iterable[Memory | Rejected]:
        """What the model proposes and the words bear out, and what they do not."""
        read = self._pieces(turns)
        prompts = [prompt_for(self.task, piece) for piece in read]
        replies = self.llm.ask_all(prompts, self.item, ledger=self._ledger)
        found: list[Memory | Rejected] = []
        for piece, reply in zip(read, replies, strict=True):
            given = [part.turn for part in piece]
            ids = tuple(dict.fromkeys(turn.id for turn in given))
            if isinstance(reply, UnusableReply):
                found.append(Rejected(_REPLY, str(reply)[:_SHOWN], "no reply could be read", ids))
                continue
            found += [Rejected(_REPLY, fault[:_SHOWN], fault, ids) for fault in reply.faults]
            found += self.checked(list(dict.fromkeys(reply.items)), given)
        return found

    @abstractmethod
    def propose(self, item: ItemT, evidence: Evidence) -> Memory:
        """The record of an item whose quotes were found; raises `Unsupported`."""

    @abstractmethod
    def describe(self, item: ItemT) -> str:
        """What an item says, for the quarantine."""

    def checked(self, items: Sequence[ItemT], turns: Sequence[Turn]) -> list[Memory | Rejected]:
        """Each item of one reply, as a record or with what speaks against it."""
        found: list[Memory | Rejected] = []
        for item in items:
            try:
                found.append(self.propose(item, gather(item.quotes(), turns)))
            except Unsupported as error:
                found.append(self.refused(item, turns, error))
        return found

    def refused(self, item: ItemT, turns: Sequence[Turn], error: Unsupported) -> Rejected:
        """An item that did not hold, with the turns it cites, else all that it could have."""
        text = self.describe(item).strip()[:_SHOWN] or "(nothing)"
        cited = [turns[n - 1].id for n, _ in item.quotes() if 1 <= n <= len(turns)]
        ids = dict.fromkeys(cited or [turn.id for turn in turns])
        return Rejected(self.kind, text, str(error), tuple(ids))

    def _pieces(self, turns: Sequence[Turn]) -> list[list[Part]]:
        return list(pieces(turns, most_turns=self._most_turns, most_tokens=self._most_tokens))
