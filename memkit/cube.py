"""A cube: one container of a scope for typed payloads, every version kept."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal, get_args

from memkit.errors import InvalidInput, NotFound
from memkit.models import Hit, Turn
from memkit.store import Scope
from memkit.text import require_text
from memkit.types import When

Type = Literal["text", "preference", "tool-trace", "activation", "weights"]
Status = Literal["activated", "resolving", "archived", "deleted"]
Event = Literal["put", "status", "retrieved"]

OPAQUE: Final = ("activation", "weights")
"""Types whose payload is bytes, which memkit keeps and never reads."""
_NEXT: Final[dict[Status, tuple[Status, ...]]] = {
    "activated": ("resolving", "archived", "deleted"),
    "resolving": ("activated", "archived", "deleted"),
    "archived": ("activated", "deleted"),
    "deleted": (),
}
_CUBE: Final = "cube"
_IN_CUBE: Final = {"not": {f"meta.{_CUBE}.key": None}}


@dataclass(frozen=True, slots=True)
class Item:
    """One version of a payload: its key, type, status, and the text it is found by."""

    key: str
    type: Type
    version: int
    status: Status
    text: str
    payload: str | bytes
    turn: str = ""


class MemCube:
    """Typed payloads of one scope under keys, every version kept.

    `hooks` are called with each event and its item, once it is in the store: where a scheduler
    comes in. What a hook raises reaches the caller; the step stands.
    """

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self.hooks: list[Callable[[Event, Item], object]] = []

    def put(
        self, key: str, payload: str | bytes, *, type: Type = "text", text: str | None = None,
        now: When | None = None,
    ) -> Item:  # fmt: skip
        """A new version of what is under a key, which is found from now on in place of the last.

        Bytes (`activation`, `weights`) need a `text` to be found by. The same payload again is the
        version that is there. Raises `InvalidInput`.
        """
        if type not in get_args(Type) or (type in OPAQUE) != isinstance(payload, bytes):
            raise InvalidInput(
                f"A payload of type {type!r} is {'bytes' if type in OPAQUE else 'text'}, types are "
                f"{', '.join(get_args(Type))}; found {payload.__class__.__name__}. Nothing was put."
            )
        said = text if text is not None else payload
        if not isinstance(said, str) or not said.strip():
            raise InvalidInput(f"What is put under {key!r} needs a text to be found by.")
        last = self._last(key)
        if last and (last.payload, last.type, last.status) == (payload, type, "activated"):
            return last
        item = Item(key, type, last.version + 1 if last else 1, "activated", said, payload)
        return self._write("put", item, last, now)

    def get(self, key: str, version: int | None = None) -> Item:
        """The last version, or that one; raises `NotFound`."""
        for item in reversed(self.versions(key)):
            if version in (None, item.version):
                return item
        raise NotFound(
            f"There is nothing under {key!r}" + (f", version {version}." if version else ".")
        )

    def versions(self, key: str) -> list[Item]:
        """Every version, oldest first."""
        first, beyond = f"{_CUBE}:{json.dumps(key)}:", f"{_CUBE}:{json.dumps(key)};"
        chosen = {"id": {"gt": first, "lt": beyond}, f"meta.{_CUBE}.key": key}
        return [_item(turn) for turn in self._scope.turns(filter=chosen)]

    def keys(self, *, type: Type | None = None) -> list[str]:
        """The keys whose last version is not deleted."""
        last = {item.key: item for item in self._items()}
        return [k for k, i in last.items() if i.status != "deleted" and type in (None, i.type)]

    def move(self, key: str, status: Status, *, now: When | None = None) -> Item:
        """The next step in a payload's life, as a version of its own.

        Activated and resolving lead to each other, to archived and to deleted; what is archived
        can be activated again; deleted is the end. Raises `InvalidInput` for another step.
        """
        last = self.get(key)
        steps = ", ".join(_NEXT[last.status]) or "nothing"
        if status not in _NEXT[last.status]:
            raise InvalidInput(
                f"{key!r} is {last.status}, which leads to {steps}; found {status!r}. "
                "Nothing was changed."
            )
        moved = replace(last, version=last.version + 1, status=status)
        return self._write("status", moved, last, now)

    def search(self, query: str, k: int = 10, *, type: Type | None = None) -> list[Item]:
        """The payloads found by their texts, best first; activated and resolving ones alone."""
        chosen: dict[str, Any] = dict(_IN_CUBE)
        if type is not None:
            chosen[f"meta.{_CUBE}.type"] = type
        hits: list[Hit] = self._scope.search(query, k, filter=chosen)
        items = [_item(turn) for hit in hits for turn in hit.turns]
        for item in items:
            self._tell("retrieved", item)
        return items

    def dump(self, path: str | Path) -> int:
        """Write every version as JSON lines; how many."""
        lines = [json.dumps(_line(item), ensure_ascii=False) for item in self._items()]
        Path(path).write_text("".join(f"{line}\n" for line in lines), "utf-8")
        return len(lines)

    def merge(self, path: str | Path, *, now: When | None = None) -> list[str]:
        """Take in another cube's file; the keys that both had with different payloads.

        All versions of the file follow the own ones under their key, and its last one is what is
        found; nothing of either is lost. A key whose last versions are alike is left as it is, so
        the same file again changes nothing. Raises `InvalidInput` before anything is taken.
        """
        theirs: dict[str, list[Item]] = {}
        for item in _read(Path(path)):
            theirs.setdefault(item.key, []).append(item)
        differing = []
        for key, items in theirs.items():
            last = self._last(key)
            if last is not None and _held(last) == _held(items[-1]):
                continue
            if last is not None:
                differing.append(key)
            for item in items:
                number = last.version + 1 if last else 1
                event: Event = "status" if last and _held(last) == _held(item) else "put"
                last = self._write(event, replace(item, version=number), last, now)
        return differing

    def _items(self) -> Iterator[Item]:
        for turn in self._scope.turns(filter=_IN_CUBE):
            yield _item(turn)

    def _last(self, key: str) -> Item | None:
        found = self.versions(key)
        return found[-1] if found else None

    def _write(self, event: Event, item: Item, last: Item | None, now: When | None) -> Item:
        kept = {_CUBE: {name: value for name, value in _line(item).items() if name != "text"}}
        id = f"{_CUBE}:{json.dumps(item.key)}:{item.version}"
        (turn,) = self._scope.add({"content": item.text, "id": id, "metadata": kept}, now=now)
        gone = [last.turn] if last is not None else []
        gone += [turn.id] if item.status in ("archived", "deleted") else []
        if gone:
            self._scope.forget(gone, reason=f"{item.key} version {item.version}", now=now)
        written = replace(item, turn=turn.id)
        self._tell(event, written)
        return written

    def _tell(self, event: Event, item: Item) -> None:
        for hook in self.hooks:
            hook(event, item)


def _held(item: Item) -> tuple[object, ...]:
    return item.type, item.payload


def _line(item: Item) -> dict[str, Any]:
    held = item.payload
    payload = held if isinstance(held, str) else base64.b64encode(held).decode()
    return {
        "key": item.key, "type": item.type, "version": item.version, "status": item.status,
        "text": item.text, "payload": payload, "base64": isinstance(held, bytes),
    }  # fmt: skip


def _item(turn: Turn) -> Item:
    return replace(_parsed({**turn.metadata[_CUBE], "text": turn.text}), turn=turn.id)


def _parsed(line: dict[str, Any]) -> Item:
    payload = base64.b64decode(line["payload"]) if line["base64"] else str(line["payload"])
    return Item(line["key"], line["type"], line["version"], line["status"], line["text"], payload)


def _read(path: Path) -> list[Item]:
    """The items of a file, one a line; all are looked at before the first is taken."""
    items = []
    try:
        lines = path.read_text("utf-8").split("\n")  # splitlines() would cut texts, too
    except FileNotFoundError as error:
        raise NotFound(f"Merging failed: there is no file {path}. Nothing was taken.") from error
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{path.name} is not UTF-8 ({error}). Nothing was taken.") from error
    for place, line in enumerate(lines, 1):
        if line.strip():
            try:
                items.append(_required(json.loads(line)))
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                raise InvalidInput(
                    f"Line {place} of {path.name} is no item of a cube ({error}). "
                    "Nothing was taken."
                ) from error
    return items


def _required(line: dict[str, Any]) -> Item:
    """An item from elsewhere, if it is one that a cube could have written."""
    type, status, version = line["type"], line["status"], line["version"]
    if type not in get_args(Type) or status not in get_args(Status):
        raise InvalidInput(
            f"it has type {type!r} and status {status!r}, which a cube does not know"
        )
    if line["base64"] is not (type in OPAQUE):
        raise InvalidInput(f"a payload of type {type!r} is in base64 or it is not")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise InvalidInput(f"versions count from 1, and it has {version!r}")
    for name in ("key", "text", "payload"):
        require_text(line[name], name)
    if not line["text"].strip():
        raise InvalidInput("it has no text to be found by")
    if line["base64"]:
        base64.b64decode(line["payload"], validate=True)
    return _parsed(line)
