"""`reembed`: new vectors beside the old ones, then one switch. Resumable."""

from __future__ import annotations

import json

from memkit.contracts import Embedder
from memkit.index.space import space_for
from memkit.models import ReembedReport
from memkit.storage.rows import Rows
from memkit.store.parts import Parts
from memkit.text import indexed_text
from memkit.types import Progress

_BATCH = 512


def reembed(parts: Parts, embedder: Embedder, progress: Progress | None) -> ReembedReport:
    """Make a vector of every record with `embedder`, then search by those.

    Each batch is a transaction: after a crash, calling it again goes on where it stopped. The old
    vectors serve until the switch; other processes then search by keywords until they reopen.
    """
    form = space_for(embedder).form
    with parts.storage.write() as rows:
        number = rows.vectors.ensure_space(embedder.identity, embedder.dim, form)
        reused = rows.vectors.stored(number)
    embedded = 0
    while True:
        embedded += fill(parts, embedder, number, progress)
        with parts.storage.write() as rows:
            if not rows.vectors.missing(number, 0, 1):  # else: another process has just added
                _switch(rows, embedder, number)
                break
    parts.use_embedder(embedder)
    return ReembedReport(embedder.identity, embedded, reused)


def fill(parts: Parts, embedder: Embedder, number: int, progress: Progress | None) -> int:
    """Make the vectors that records lack in a space; how many."""
    space = space_for(embedder)
    made, after = 0, 0
    while True:
        with parts.storage.read() as rows:
            batch = rows.vectors.missing(number, after, _BATCH)
            total = rows.vectors.stored(number) + rows.vectors.count_missing(number)
        if not batch:
            return made
        data = space.encode([indexed_text(text, speaker) for _, speaker, text in batch])
        with parts.storage.write() as rows:
            rows.vectors.insert_alive(
                number, [(record, one) for (record, _, _), one in zip(batch, data, strict=True)]
            )
            rows.scopes.rebuilt()
        after = batch[-1][0]
        made += len(batch)
        if progress is not None:
            progress(min(made, total), total)


def _switch(rows: Rows, embedder: Embedder, number: int) -> None:
    identity = {"identity": embedder.identity, "dim": embedder.dim}
    rows.settings.set("embedder", json.dumps(identity))
    rows.vectors.drop_other_spaces(number)
    rows.scopes.rebuilt()
