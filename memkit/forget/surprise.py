"""A gate at intake that lets pass what is surprising, after what was said before."""

from __future__ import annotations

import math
from collections import Counter, deque
from collections.abc import Sequence
from copy import copy
from typing import ClassVar, Final, Protocol

import numpy as np

from memkit.contracts import Embedder, IntakeGate
from memkit.embed.keys import Keys
from memkit.errors import InvalidInput
from memkit.forget.gatekeeping import could_matter, kept, likest, said_before
from memkit.models import Turn, Verdict
from memkit.text import stem, words
from memkit.types import Floats

_GONE: Final = 1e-12
"""Less of a surprise than this is none."""
_FEWEST: Final = 20
"""Surprises that it takes to tell which is a small one."""


class SurpriseGate(IntakeGate):
    """Lets pass the more surprising part of what is said, and all that could matter.

    After Titans (Behrouz et al. 2025, arXiv 2501.00663) without its network: the surprise of a
    turn is s = 1 - the highest cosine to one of the `last` turns of its speaker, and lasts, S_t =
    momentum S_{t-1} + (1 - momentum) s_t. A turn whose S is not above the `share` quantile of the
    latest ones is archived, named with the turn it is nearest to. What holds a number, a date or a
    denial passes, as does a name that the other turn does not hold. Without an embedder s is the
    mean of -log2 p over its words, p = (n + 1) / (N + V + 1) by counts of the `last` turns.
    """

    name: ClassVar[str] = "surprise"

    def __init__(
        self, *, embedder: Embedder | str | None = "default", last: int = 200, share: float = 0.4,
        momentum: float = 0.5,
    ) -> None:  # fmt: skip
        """`share` is how much of what could be left out is; `embedder` None goes by words."""
        if not 0.0 <= momentum < 1.0:
            raise InvalidInput(
                f"A momentum is at least 0 and below 1, beyond which no surprise would count; "
                f"found {momentum}."
            )
        self.last = last
        # The latest surprises, what each was a surprise after, and how long one of them lasts:
        # a process that begins here comes to the same verdicts as one that saw all before it.
        self.reach = 2 * last + (math.ceil(math.log(_GONE, momentum)) if momentum else 0)
        self._keys = Keys(embedder) if embedder is not None else None
        self._share = share
        self._momentum = momentum
        self._forget()

    def judge(self, turn: Turn, recent: Sequence[Turn]) -> Verdict:
        """Keep, or archive naming the turn after which it is no surprise."""
        if could_matter(turn.text):
            return kept(turn, "it may matter by itself")
        surprise = self._lasting(turn)
        if len(self._surprises) < _FEWEST:
            return kept(turn, "too little was said to know", surprise)
        bound = float(np.quantile(self._surprises, self._share))
        if surprise > bound + _GONE:
            return kept(turn, f"a surprise of {surprise:.2f}, above {bound:.2f}", surprise)
        near = self._nearest(turn, said_before(turn, recent))
        if near is None:
            return kept(turn, "nothing like it was said before", surprise)
        reason = f"{turn.id} is no surprise after {near.id}"
        return Verdict(turn.id, "archive", reason, surprise)

    def foresee(self, texts: Sequence[str]) -> None:
        """Have their vectors made."""
        if self._keys is not None:
            self._keys.foresee(texts)

    def fresh(self) -> SurpriseGate:
        """One with the same options, and nothing to compare with."""
        made = copy(self)
        made._keys = self._keys.fresh() if self._keys is not None else None
        made._forget()
        return made

    def learn(self, turns: Sequence[Turn]) -> None:
        """What was said is less of a surprise the next time."""
        for turn in turns:
            self._lasted = self._lasting(turn)
            self._surprises.append(self._lasted)
            self._seen.add(turn)

    def _forget(self) -> None:
        """The state of one that has learned nothing."""
        self._lasted = 0.0
        self._surprises: deque[float] = deque(maxlen=self.last)
        self._seen: _Seen = (
            _Vectors(self._keys, self.last) if self._keys is not None else _Words(self.last)
        )

    def _lasting(self, turn: Turn) -> float:
        new = self._seen.surprise(turn)
        return self._momentum * self._lasted + (1.0 - self._momentum) * new

    def _nearest(self, turn: Turn, before: Sequence[Turn]) -> Turn | None:
        if self._keys is None or not before:
            return likest(turn, before)[0]
        own, *rows = self._keys.of([turn.text, *(other.text for other in before)])
        return before[int(np.argmax(np.stack(rows) @ own))]


class _Seen(Protocol):
    """The latest turns, and how much of a surprise another one is after them."""

    def surprise(self, turn: Turn) -> float: ...

    def add(self, turn: Turn) -> None: ...


class _Vectors:
    """By the nearest vector of the same speaker; 1 for the first."""

    def __init__(self, keys: Keys, last: int) -> None:
        self._keys = keys
        self._latest: deque[tuple[tuple[str | None, str | None], Floats]] = deque(maxlen=last)

    def surprise(self, turn: Turn) -> float:
        voice = (turn.speaker, turn.role)
        rows = [row for other, row in self._latest if other == voice]
        if not rows:
            return 1.0
        return float(1.0 - np.max(np.stack(rows) @ self._keys.of([turn.text])[0]))

    def add(self, turn: Turn) -> None:
        self._latest.append(((turn.speaker, turn.role), self._keys.of([turn.text])[0]))


class _Words:
    """By the probability of its words among those of the latest turns, in bits."""

    def __init__(self, last: int) -> None:
        self._last = last
        self._latest: deque[list[str]] = deque()
        self._counts: Counter[str] = Counter()
        self._total = 0

    def surprise(self, turn: Turn) -> float:
        own = [stem(word) for word in words(turn.text)]
        whole = self._total + len(self._counts) + 1
        bits = [-math.log2((self._counts[word] + 1) / whole) for word in own]
        return sum(bits) / max(len(bits), 1)

    def add(self, turn: Turn) -> None:
        own = [stem(word) for word in words(turn.text)]
        self._latest.append(own)
        self._counts.update(own)
        self._total += len(own)
        if len(self._latest) > self._last:
            for word in (oldest := self._latest.popleft()):
                self._counts[word] -= 1
                if not self._counts[word]:
                    del self._counts[word]
            self._total -= len(oldest)
