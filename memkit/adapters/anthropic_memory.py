"""A backend for Anthropic's memory tool: the files under /memories, kept in a memkit file.

Files are documents of a drawer (see `memkit.store.documents`): maintenance leaves them as they are,
old versions stay until they are erased. Directories are what the paths of files imply.
"""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import unquote

from memkit.adapters.extras import needs
from memkit.errors import MemkitError
from memkit.store import Scope
from memkit.store.documents import Content, Drawer
from memkit.store.parts import VERBATIM

with needs("anthropic"):
    from anthropic.lib.tools import (
        BetaAbstractMemoryTool,
        BetaAsyncAbstractMemoryTool,
        ToolError,
    )

__all__ = ["MemkitAsyncMemoryTool", "MemkitMemoryTool"]

_ROOT: Final = "/memories"
_MOST_LINES: Final = 999_999
_WIDTH: Final = len(str(_MOST_LINES))
_DEPTH: Final = 2
_AROUND: Final = 2
"""Lines shown on either side of an edit."""
_SEPARATORS: Final = re.compile(r"[/\\]")
_UNITS: Final = "BKMG"


class MemkitMemoryTool(BetaAbstractMemoryTool):
    """Anthropic's memory tool over one scope: for `tools=` of `client.beta.messages.tool_runner`.

    `files` is the drawer that holds them: to search them, to undo, to erase for good.
    """

    def __init__(self, scope: Scope, *, cache_control: Any = None) -> None:
        super().__init__(cache_control=cache_control)
        self._tree = _Tree(scope)
        self.files = self._tree.files

    def execute(self, command: Any) -> str:
        """Carry out one command; raises `ToolError` with what the model can do about it."""
        return self._tree.run(str(getattr(command, "command", None)), command)

    def view(self, command: Any) -> str:
        """A directory two levels deep, or a file with line numbers."""
        return self._tree.run("view", command)

    def create(self, command: Any) -> str:
        """A new file; one that exists is not overwritten."""
        return self._tree.run("create", command)

    def str_replace(self, command: Any) -> str:
        """Replace the only occurrence of a text."""
        return self._tree.run("str_replace", command)

    def insert(self, command: Any) -> str:
        """Insert text after a line; 0 is the beginning."""
        return self._tree.run("insert", command)

    def delete(self, command: Any) -> str:
        """Delete a file, or a directory with all below it."""
        return self._tree.run("delete", command)

    def rename(self, command: Any) -> str:
        """Move a file or a directory to a path where nothing is yet."""
        return self._tree.run("rename", command)

    def clear_all_memory(self) -> str:
        """Delete every file."""
        return self._tree.clear()


class MemkitAsyncMemoryTool(BetaAsyncAbstractMemoryTool):
    """`MemkitMemoryTool` for async clients: the same, in threads."""

    def __init__(self, scope: Scope, *, cache_control: Any = None) -> None:
        super().__init__(cache_control=cache_control)
        self._tree = _Tree(scope)
        self.files = self._tree.files

    async def execute(self, command: Any) -> str:
        """Carry out one command; raises `ToolError` with what the model can do about it."""
        return await self._run(str(getattr(command, "command", None)), command)

    async def view(self, command: Any) -> str:
        """A directory two levels deep, or a file with line numbers."""
        return await self._run("view", command)

    async def create(self, command: Any) -> str:
        """A new file; one that exists is not overwritten."""
        return await self._run("create", command)

    async def str_replace(self, command: Any) -> str:
        """Replace the only occurrence of a text."""
        return await self._run("str_replace", command)

    async def insert(self, command: Any) -> str:
        """Insert text after a line; 0 is the beginning."""
        return await self._run("insert", command)

    async def delete(self, command: Any) -> str:
        """Delete a file, or a directory with all below it."""
        return await self._run("delete", command)

    async def rename(self, command: Any) -> str:
        """Move a file or a directory to a path where nothing is yet."""
        return await self._run("rename", command)

    async def clear_all_memory(self) -> str:
        """Delete every file."""
        return await asyncio.to_thread(self._tree.clear)

    async def _run(self, name: str, command: Any) -> str:
        return await asyncio.to_thread(self._tree.run, name, command)


class _Tree:
    """Files by their paths below the root. One command at a time."""

    def __init__(self, scope: Scope) -> None:
        self.files = Drawer(scope, {VERBATIM: "anthropic-memory"})
        self._lock = threading.Lock()
        self._commands = {
            "view": self._view, "create": self._create, "str_replace": self._str_replace,
            "insert": self._insert, "delete": self._delete, "rename": self._rename,
        }  # fmt: skip

    def run(self, name: str, command: Any) -> str:
        carried_out = self._commands.get(name)
        if carried_out is None:
            raise ToolError(f"There is no command {name}; there are {', '.join(self._commands)}.")
        try:
            with self._lock:
                return carried_out(command)
        except MemkitError as error:
            raise ToolError(f"Nothing was done: {error}") from error

    def clear(self) -> str:
        with self._lock:
            self.files.clear()
        return "All memory cleared"

    def _view(self, command: Any) -> str:
        path, key = _path(command)
        text = self._text(key)
        if text is not None:
            return _numbered(path, text, getattr(command, "view_range", None))
        sizes = {name: len(held.encode("utf-8", "replace")) for name, held in self._under(key)}
        if key and not sizes:
            raise _missing(path)
        total = _size(sum(sizes.values()))
        shown = "\n".join(
            f"{_size(size)}\t{path}/{name}" for name, size in _listed(sizes, len(_below(key)))
        )
        return (
            f"Here're the files and directories up to {_DEPTH} levels deep in {path}, excluding "
            f"hidden items:\n{total}\t{path}" + (f"\n{shown}" if shown else "")
        )

    def _create(self, command: Any) -> str:
        path, key = _path(command)
        text = _given(command, "file_text")
        self._require_free(path, key, f"File {path} already exists")
        self._write(key, text)
        return f"File created successfully at: {path}"

    def _str_replace(self, command: Any) -> str:
        path, key = _path(command)
        old, new = _given(command, "old_str"), _given(command, "new_str")
        text = self._require_file(path, key)
        starts = [found.start() for found in re.finditer(f"(?={re.escape(old)})", text)]
        if not old or not starts:
            raise ToolError(
                f"No replacement was performed, old_str `{old}` did not appear verbatim in {path}."
            )
        at = [text.count("\n", 0, start) + 1 for start in starts]
        if len(starts) > 1:
            raise ToolError(
                f"No replacement was performed. Multiple occurrences of old_str `{old}` in lines: "
                f"{', '.join(map(str, at))}. Please ensure it is unique"
            )
        changed = text[: starts[0]] + new + text[starts[0] + len(old) :]
        self._write(key, changed)
        first = max(1, at[0] - _AROUND)
        snippet = _lines(changed.split("\n")[first - 1 : at[0] + _AROUND], first)
        return (
            "The memory file has been edited. Here is the snippet showing the change (with line "
            f"numbers):\n{snippet}"
        )

    def _insert(self, command: Any) -> str:
        path, key = _path(command)
        new, line = _given(command, "insert_text"), getattr(command, "insert_line", None)
        lines = self._require_file(path, key).split("\n")
        if lines[-1] == "":
            lines.pop()
        if not isinstance(line, int) or not 0 <= line <= len(lines):
            raise ToolError(
                f"Invalid `insert_line` parameter: {line}. "
                f"It should be within the range [0, {len(lines)}]."
            )
        lines.insert(line, new.removesuffix("\n"))
        self._write(key, "\n".join(lines) + "\n")
        return f"The file {path} has been edited."

    def _delete(self, command: Any) -> str:
        path, key = _path(command)
        if not key:
            raise ToolError(f"Cannot delete the {_ROOT} directory itself")
        self.files.write(dict.fromkeys(self._require_some(path, key)))
        return f"Successfully deleted {path}"

    def _rename(self, command: Any) -> str:
        (old, old_key), (new, new_key) = _path(command, "old_path"), _path(command, "new_path")
        if not old_key:
            raise ToolError(f"Cannot rename the {_ROOT} directory itself")
        moved = self._require_some(old, old_key)
        self._require_free(new, new_key, f"The destination {new} already exists")
        if new_key.startswith(_below(old_key)):
            raise ToolError(f"{old} cannot be moved into itself, to {new}")
        changes: dict[str, Content | None] = dict.fromkeys(moved)
        changes.update(
            (new_key + key[len(old_key) :], _content(text)) for key, text in moved.items()
        )
        self.files.write(changes)
        return f"Successfully renamed {old} to {new}"

    def _text(self, key: str) -> str | None:
        found = self.files.get([key]).get(key) if key else None
        return None if found is None else str(found.data)

    def _write(self, key: str, text: str) -> None:
        self.files.write({key: _content(text)})

    def _under(self, key: str) -> Iterator[tuple[str, str]]:
        """The files below a directory, with what they hold."""
        for name, document in self.files.documents().items():
            if name.startswith(_below(key)):
                yield name, str(document.data)

    def _require_some(self, path: str, key: str) -> dict[str, str]:
        """The file of this path, or those below it."""
        text = self._text(key)
        found = {key: text} if text is not None else dict(self._under(key))
        if not found:
            raise _missing(path)
        return found

    def _require_file(self, path: str, key: str) -> str:
        text = self._text(key)
        if text is None:
            if not key or any(self._under(key)):
                raise ToolError(f"The path {path} is not a file.")
            raise _missing(path)
        return text

    def _require_free(self, path: str, key: str, refusal: str) -> None:
        """Nothing is at this path, and no file where it needs a directory."""
        if not key or self._text(key) is not None or any(self._under(key)):
            raise ToolError(refusal)
        parts = key.split("/")
        parents = ["/".join(parts[:count]) for count in range(1, len(parts))]
        for parent in self.files.get(parents):
            raise ToolError(f"{path} cannot be: {_ROOT}/{parent} is a file, not a directory.")


def _path(command: Any, name: str = "path") -> tuple[str, str]:
    """A path as it is shown, and its key: what stands below the root, "" for the root itself."""
    given = _given(command, name)
    if given != _ROOT and not given.startswith(f"{_ROOT}/"):
        raise ToolError(f"Path must start with {_ROOT}, got: {given}")
    plain = given
    while (decoded := unquote(plain)) != plain:
        plain = decoded
    hides = any(plain.count(mark) != given.count(mark) for mark in "./\\\x00")
    if hides or "\x00" in given or ".." in _SEPARATORS.split(given):
        raise ToolError(f"Path {given} would escape {_ROOT} directory")
    key = "/".join(part for part in given.split("/")[2:] if part not in ("", "."))
    return f"{_ROOT}/{key}" if key else _ROOT, key


def _given(command: Any, name: str) -> str:
    found = getattr(command, name, None)
    if not isinstance(found, str):
        raise ToolError(f"The parameter {name} has to be text; found {type(found).__name__}.")
    return found


def _content(text: str) -> Content:
    return Content(text, text)


def _missing(path: str) -> ToolError:
    return ToolError(f"The path {path} does not exist. Please provide a valid path.")


def _below(key: str) -> str:
    return f"{key}/" if key else ""


def _listed(sizes: dict[str, int], skipped: int) -> Iterator[tuple[str, int]]:
    """Names and sizes two levels deep, each directory before what is in it; none that is hidden.

    `skipped`: so many characters of each key lead to the directory that is looked at.
    """
    totals: dict[tuple[str, ...], int] = {}
    folders = set()
    for key, size in sizes.items():
        parts = tuple(key[skipped:].split("/"))
        for count in range(1, min(len(parts), _DEPTH) + 1):
            totals[parts[:count]] = totals.get(parts[:count], 0) + size
            if count < len(parts):
                folders.add(parts[:count])
    for parts in sorted(totals):
        if not any(part.startswith(".") for part in parts):
            yield "/".join(parts) + ("/" if parts in folders else ""), totals[parts]


def _size(count: int) -> str:
    """Bytes as people read them: 0B, 512B, 1.5K, 2M."""
    unit = min(max(count.bit_length() - 1, 0) // 10, len(_UNITS) - 1)
    amount = count / 1024**unit
    shown = f"{amount:.0f}" if amount == int(amount) else f"{amount:.1f}"
    return f"{shown}{_UNITS[unit]}"


def _numbered(path: str, text: str, view_range: Any) -> str:
    lines, first = text.split("\n"), 1
    if len(lines) > _MOST_LINES:
        raise ToolError(f"File {path} exceeds maximum line limit of {_MOST_LINES:,} lines.")
    if view_range:
        if not (
            isinstance(view_range, (list, tuple))
            and len(view_range) == 2
            and all(isinstance(number, int) for number in view_range)
        ):
            raise ToolError(
                f"The parameter view_range has to be two line numbers, such as [1, 20] or [5, -1]; "
                f"found {view_range!r:.80}."
            )
        first, last = max(1, view_range[0]), view_range[1]
        lines = lines[first - 1 : len(lines) if last == -1 else last]
    return f"Here's the content of {path} with line numbers:\n{_lines(lines, first)}"


def _lines(lines: list[str], first: int) -> str:
    return "\n".join(f"{n:>{_WIDTH}}\t{line}" for n, line in enumerate(lines, first))
