"""Records as forgetting policies see them: numbers alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from memkit.contracts import Record, UseEvent
from memkit.dates import from_micros
from memkit.storage.facts import TRIPLE
from memkit.storage.ledger import Use
from memkit.storage.records import Row
from memkit.storage.rows import Rows
from memkit.text import QUESTION, term_ids
from memkit.types import Floats, Terms

_ASKS: Final = int(term_ids([QUESTION])[0])
_UNUSED: Final = Use()


def records(rows: Rows, scope: int, *, claims: bool = False) -> list[Record]:
    """Every live record of a scope, in the order stored; without claims, unless asked for.

    What a record claims is known, not remembered: were one claim let go, what it took the place
    of would seem to hold again.
    """
    wanted = "" if claims else f" AND kind != '{TRIPLE}'"
    live = rows.records.after(scope, 0, -1, f"archived IS NULL AND dormant = 0{wanted}")
    uses = rows.uses.of(scope)
    blobs = rows.records.terms(row.record for row in live)
    tell = importance([np.frombuffer(blobs[row.record], np.uint64) for row in live])
    return [
        _record(row, uses.get(row.record, _UNUSED), float(value))
        for row, value in zip(live, tell, strict=True)
    ]


def importance(terms: Sequence[Terms]) -> Floats:
    """What each record's words tell, 0..1: the sum of ln(N / df) over its different terms.

    Squeezed as x / (x + median), so that a record in the middle has 0.5. A question tells half.
    """
    if not terms:
        return np.zeros(0, np.float32)
    distinct = [np.unique(found) for found in terms]
    vocabulary, places = np.unique(np.concatenate(distinct), return_inverse=True)
    frequency = np.bincount(places, minlength=len(vocabulary))
    weights = np.log(len(terms) / frequency)[places]
    owners = np.repeat(np.arange(len(terms)), [len(found) for found in distinct])
    told = np.bincount(owners, weights, len(terms))
    asking = np.array([len(found) > 0 and int(found[-1]) == _ASKS for found in terms])
    told = np.where(asking, 0.5 * told, told)
    middle = float(np.median(told)) or 1.0
    squeezed: Floats = (told / (told + middle)).astype(np.float32)
    return squeezed


def _record(row: Row, use: Use, importance: float) -> Record:
    last = from_micros(use.last) if use.last else None
    return Record(
        row.id, row.kind, row.when, last, use.retrieved, use.shown, use.useful, use.useless,
        len(row.text.encode("utf-8")), importance,
        tuple(UseEvent(from_micros(at), kind) for at, kind in use.events),  # type: ignore[arg-type]
    )  # fmt: skip
