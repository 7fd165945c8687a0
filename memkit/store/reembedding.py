"""`reembed`: new vectors beside the old ones, then one switch. Resumable."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import ExitStack

from memkit.contracts import Embedder
from memkit.index.space import space_for
from memkit.models import ReembedReport
from memkit.store import snapshots
from memkit.store.parts import Parts
from memkit.text import indexed_text
from memkit.types import Progress

_BATCH = 512
_ROUNDS = 8


def reembed(parts: Parts, embedder: Embedder, progress: Progress | None) -> ReembedReport:
    """Make a vector of every record with `embedder`, then search by those.

    Each batch is a transaction: after a crash, calling it again goes on where it stopped. The old
    vectors serve until the switch; other processes then search by keywords until they reopen.
    """
    form = space_for(embedder).form
    embedded, reused, rounds = 0, None, 0
    rest: int | None = None
    while rest is None:
        with parts.storage.write() as rows:  # again each time: another process may have switched
            number = rows.vectors.ensure_space(embedder.identity, embedder.dim, form)
            reused = rows.vectors.stored(number) if reused is None else reused
        embedded += fill(parts, embedder, number, progress)
        rest = _switch(parts, embedder, number, patient=rounds < _ROUNDS)
        rounds += 1
    embedded += rest
    parts.use_embedder(embedder)
    embedded += fill(parts, embedder, number, progress)  # added while the switch was made
    return ReembedReport(embedder.identity, embedded, reused or 0)


def fill(
    parts: Parts, embedder: Embedder, number: int, progress: Progress | None = None,
    has_time: Callable[[], bool] = lambda: True,
) -> int:  # fmt: skip
    """Make the vectors that records lack in a space, as long as there is time; how many.

    Records added meanwhile are left, or writers in a hurry would keep it busy for ever.
    """
    with parts.storage.read() as rows:
        done = rows.vectors.stored(number)
        count, last = rows.vectors.missing_span(number)
    made, after = 0, 0
    while after < last and has_time():
        with parts.storage.read() as rows:
            batch = rows.vectors.missing(number, after, last, _BATCH)
        if not batch:
            break
        data = _encoded(embedder, batch)
        with parts.storage.write() as rows:
            if rows.vectors.space(embedder.identity) != number:
                break  # another process has switched to other vectors
            rows.vectors.insert_alive(number, data)
            rows.scopes.rebuilt()
        after = batch[-1][0]
        made += len(batch)
        if progress is not None:
            progress(done + made, done + count)
    return made


def _switch(parts: Parts, embedder: Embedder, number: int, *, patient: bool) -> int | None:
    """Search by this space from now on; the vectors that were made for that, None for not yet.

    The last few records get their vectors while writers wait: between two transactions they
    could always add one more. When `patient`, more than a few are refused.
    """
    with ExitStack() as on_error:
        with parts.storage.write() as rows:
            if rows.vectors.space(embedder.identity) != number:
                return None
            count, last = rows.vectors.missing_span(number)
            if patient and count > _BATCH:
                return None
            while batch := rows.vectors.missing(number, 0, last, _BATCH):
                rows.vectors.insert_alive(number, _encoded(embedder, batch))
            identity = {"identity": embedder.identity, "dim": embedder.dim}
            rows.settings.set("embedder", json.dumps(identity))
            snapshots.remove(parts)
            rows.vectors.drop_other_spaces(number)
            rows.scopes.rebuilt()
            # Other threads go on by keywords from here to `use_embedder`.
            on_error.callback(setattr, parts, "space_number", parts.space_number)
            parts.space_number = 0
        on_error.pop_all()
    return count


def _encoded(
    embedder: Embedder, batch: Sequence[tuple[int, str | None, str]]
) -> list[tuple[int, bytes]]:
    texts = [indexed_text(text, speaker) for _, speaker, text in batch]
    data = space_for(embedder).encode(texts)
    return [(record, one) for (record, _, _), one in zip(batch, data, strict=True)]
