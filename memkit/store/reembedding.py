"""`reembed`: new vectors beside the old ones, then one switch. Resumable."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack

from memkit.contracts import Embedder
from memkit.index.space import space_for
from memkit.models import ReembedReport
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
    embedded, reused, switched = 0, None, False
    while not switched:
        with parts.storage.write() as rows:  # again each time: another process may have switched
            number = rows.vectors.ensure_space(embedder.identity, embedder.dim, form)
            reused = rows.vectors.stored(number) if reused is None else reused
        embedded += fill(parts, embedder, number, progress)
        switched = _switch(parts, embedder, number)
    parts.use_embedder(embedder)
    embedded += fill(parts, embedder, number, progress)  # added while the switch was made
    return ReembedReport(embedder.identity, embedded, reused or 0)


def fill(
    parts: Parts, embedder: Embedder, number: int, progress: Progress | None = None,
    has_time: Callable[[], bool] = lambda: True,
) -> int:  # fmt: skip
    """Make the vectors that records lack in a space, as long as there is time; how many."""
    space = space_for(embedder)
    made, after = 0, 0
    while has_time():
        with parts.storage.read() as rows:
            batch = rows.vectors.missing(number, after, _BATCH)
            total = rows.vectors.stored(number) + rows.vectors.count_missing(number)
        if not batch:
            break
        data = space.encode([indexed_text(text, speaker) for _, speaker, text in batch])
        with parts.storage.write() as rows:
            if rows.vectors.space(embedder.identity) != number:
                break  # another process has switched to other vectors
            rows.vectors.insert_alive(
                number, [(record, one) for (record, _, _), one in zip(batch, data, strict=True)]
            )
            rows.scopes.rebuilt()
        after = batch[-1][0]
        made += len(batch)
        if progress is not None:
            progress(min(made, total), total)
    return made


def _switch(parts: Parts, embedder: Embedder, number: int) -> bool:
    """Search by this space from now on, if every record has its vector there."""
    with ExitStack() as on_error:
        with parts.storage.write() as rows:
            if rows.vectors.space(embedder.identity) != number or rows.vectors.missing(
                number, 0, 1
            ):
                return False
            identity = {"identity": embedder.identity, "dim": embedder.dim}
            rows.settings.set("embedder", json.dumps(identity))
            rows.vectors.drop_other_spaces(number)
            rows.scopes.rebuilt()
            # Other threads go on by keywords from here to `use_embedder`.
            on_error.callback(setattr, parts, "space_number", parts.space_number)
            parts.space_number = 0
        on_error.pop_all()
    return True
