"""`export` and `import_`: everything that cannot be made again, as JSON lines."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from memkit.errors import InvalidInput, MemkitError, NotFound, StorageFailure
from memkit.store import reembedding, snapshots
from memkit.store.parts import Parts


def export(parts: Parts, path: Path) -> int:
    """Write the store to a JSON lines file, complete or not at all; how many lines."""
    with parts.storage.read() as rows:
        return write_lines(path, rows.transfer.dump())


def move_out(parts: Parts, path: Path, before: int, at: int) -> int:
    """Move what was archived before a moment, and nothing else needs, to a file; how many records.

    The file is complete on the disk before anything leaves the store. A crash in between leaves
    the records in both, which importing it again knows.
    """
    if path.exists():
        raise StorageFailure(f"Moving to {path} failed: it exists, and would be lost.")
    with parts.storage.write() as rows, rows.leaving as leaving:
        chosen = leaving.choose(before)
        if not chosen:
            return 0
        write_lines(path, leaving.lines(rows.settings.get("store") or ""))
        snapshots.remove(parts)
        for scope, numbers in chosen.items():
            rows.delete(scope, numbers)
            rows.scopes.rebuilt(scope)
            reason = f"{len(numbers)} archived records to {path.name}"
            rows.journal.write(scope, at, "move", reason=reason)
        leaving.drop_entries()
    parts.cache.drop()
    return sum(map(len, chosen.values()))


def write_lines(path: Path, lines: Iterable[Any]) -> int:
    """Write a JSON lines file, complete or not at all; how many lines."""
    if not path.name or path.is_dir():
        raise StorageFailure(f"Exporting to {path} failed: that is a folder; name a file in it.")
    partial = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.partial")
    try:
        with open(_private(partial), "w", encoding="utf-8") as file:
            count = 0
            for line in lines:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
                count += 1
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except MemkitError:
        raise
    except OSError as error:
        raise StorageFailure(f"Exporting to {path} failed: {error.strerror}.") from error
    finally:
        if partial.exists():  # on a disk that is read-only even removing nothing fails
            partial.unlink()
    return count


def load(parts: Parts, path: Path) -> int:
    """Add an export's content to the store in one transaction, then embed it; new records."""
    with parts.storage.write() as rows:
        new = rows.transfer.load(_lines(path))
    if parts.embedder is not None and parts.has_vectors:
        reembedding.fill(parts, parts.embedder, parts.space_number, None)
    parts.cache.drop()
    return int(new)


def _private(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)


def _lines(path: Path) -> Iterator[Any]:
    try:
        file = path.open(encoding="utf-8")
    except FileNotFoundError as error:
        raise NotFound(f"Importing failed: there is no file {path}.") from error
    except OSError as error:
        raise StorageFailure(f"Importing {path} failed: {error.strerror}.") from error
    with file:
        for place, line in enumerate(_decoded(file, path), 1):
            try:
                found = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise InvalidInput(
                    f"Line {place} of {path} is not JSON ({error}). Nothing was imported."
                ) from error
            if not isinstance(found, dict):
                raise InvalidInput(f"Line {place} of {path} is not a JSON object.")
            yield found


def _decoded(file: Iterable[str], path: Path) -> Iterator[str]:
    try:
        yield from file
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{path} is not UTF-8 text ({error}). Nothing was imported.") from error
    except OSError as error:
        raise StorageFailure(f"Importing {path} failed: {error.strerror}.") from error
