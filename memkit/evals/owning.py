"""Probes of a user's own store: is what was said found, and what must not be found not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from memkit.contracts import Embedder
from memkit.errors import InvalidInput, NotFound
from memkit.evals.data import SHAPE_ERRORS, read_json, wrong_file
from memkit.evals.measures import Interval, wilson
from memkit.evals.probes import Said
from memkit.evals.probing import Probe, Probing
from memkit.evals.trying import copied
from memkit.store import MemoryStore
from memkit.types import Progress

KINDS: Final = {
    "source": "two rare words of a turn find it",
    "cloze": "a sentence with a gap finds its turn",
    "paraphrase": "other words and forms find the turn",
    "fact": "a question for a fact finds its source",
    "updated": "what holds now ranks above what held",
    "answered": "what is known is answered",
    "abstain": "what was never said is not answered",
    "scope": "no scope's words come up in another",
    "forgotten": "what was forgotten is not found",
    "erased": "the erased is not found, and no byte left",
}
"""Each kind of probe, and what it tells."""
NEVER: Final = ("scope", "forgotten", "erased")
"""Kinds of which none may fail."""
_CHUNK: Final = 1 << 22


@dataclass(frozen=True, slots=True)
class Owned:
    """How a store did."""

    seed: int
    scopes: int
    turns: int
    probes: tuple[Probe, ...]

    def of(self, kind: str) -> list[Probe]:
        """The probes of a kind."""
        return [probe for probe in self.probes if probe.kind == kind]

    def rate(self, kind: str) -> Interval:
        """The share that passed, with 95 % (Wilson)."""
        asked = self.of(kind)
        return wilson(sum(probe.passed for probe in asked), len(asked))

    @property
    def failed(self) -> list[Probe]:
        """What did not pass."""
        return [probe for probe in self.probes if not probe.passed]


@dataclass(frozen=True, slots=True)
class Gate:
    """What a store must reach: a least rate by kind, and what an earlier run has reached.

    `rates` may hold a rate for "" too, which is that of every kind. A kind may fall below the
    `baseline` by `slack` and no more.
    """

    rates: Mapping[str, float]
    baseline: Mapping[str, float]
    slack: float = 0.0

    def faults(self, owned: Owned) -> list[str]:
        """Why a store does not pass; kinds of which none may fail count without being asked for."""
        found = []
        for kind in KINDS:
            rate = owned.rate(kind)
            least = 1.0 if kind in NEVER else self.rates.get(kind, self.rates.get("", 0.0))
            before = self.baseline.get(kind, 0.0) - self.slack
            if rate.n and rate.mean < least:
                found.append(f"{kind} passes {rate.mean:.3f} of {rate.n}, which is below {least:g}")
            elif rate.n and rate.mean < before - 1e-9:
                found.append(f"{kind} passes {rate.mean:.3f} of {rate.n}, after "
                             f"{self.baseline[kind]:.3f} in the baseline")  # fmt: skip
        return found


def rates_of(given: Sequence[str]) -> dict[str, float]:
    """`0.8` for every kind, `source=0.9` for one."""
    found = {}
    for text in given:
        kind, sign, value = text.rpartition("=")
        try:
            found[kind] = float(value)
        except ValueError as error:
            raise InvalidInput(f"--min {text!r} is not a rate, as 0.8 or source=0.9.") from error
        if (sign and kind not in KINDS) or not 0 <= found[kind] <= 1:
            raise InvalidInput(
                f"--min {text!r} is not a rate from 0 to 1 of one of {', '.join(KINDS)}."
            )
    return found


def read_baseline(path: Path) -> dict[str, float]:
    """The rates of an earlier run, from what `memkit eval own --json` printed."""
    expected = "what `memkit eval own --json` printed"
    try:
        return {str(kind): float(one["rate"])
                for kind, one in read_json(path, expected)["kinds"].items()
                if one["asked"]}  # fmt: skip
    except SHAPE_ERRORS as error:
        raise wrong_file(path, expected, error) from error


def own(
    path: Path, *, keys: Mapping[str, str], each: int, seed: int,
    embedder: Callable[[Path], Embedder | str | None], progress: Progress | None = None,
) -> Owned:  # fmt: skip
    """Probe the store at `path`, or one of its scopes, `each` times by kind at most.

    All is asked of a copy: the file is only read, nothing counts as a use, and what probes of kind
    `erased` erase is erased in the copy. `embedder` is given the copy's path. The same store and
    seed give the same probes. `progress` is called with (done, expected).
    """
    with copied(path) as copy:
        with MemoryStore(copy, embedder=embedder(copy)) as store:
            every = [store.scope(**one) for one in store.scopes()]
            chosen = [Said(scope, seed) for scope in every if not keys or scope.keys == dict(keys)]
            if not chosen:
                where = f"scope {dict(keys)} of {path}" if keys else str(path)
                raise NotFound(f"Nothing is stored in {where}, so there is nothing to ask.")
            probing = Probing(chosen, every, each)
            found = []
            for probe in probing.probes():
                found.append(probe)
                if progress is not None:
                    progress(len(found), max(len(found) + 1, each * len(KINDS)))
            erased = list(probing.erased())
        found += _read_for(erased, copy.parent)
    order = list(KINDS)
    found.sort(key=lambda probe: order.index(probe.kind))
    turns = sum(len(said.turns) for said in chosen)
    return Owned(seed, len(chosen), turns, tuple(found))


def _read_for(erased: Sequence[tuple[Probe, str | None]], folder: Path) -> Iterator[Probe]:
    """The probes of what was erased; one whose text is left in a closed store's files fails."""
    needles = {piece.encode() for _, piece in erased if piece is not None}
    left: set[bytes] = set()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            left |= _held(path, needles - left)
    for probe, piece in erased:
        if piece is not None and piece.encode() in left:
            yield replace(probe, passed=False, found="its bytes are left in the file")
        else:
            yield probe


def _held(path: Path, needles: set[bytes]) -> set[bytes]:
    found, tail = set[bytes](), b""
    longest = max(map(len, needles), default=1)
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found |= {needle for needle in needles if needle in tail + chunk}
            tail = chunk[-longest:]
    return found
