"""What people type, as what the store takes."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from memkit import registry
from memkit.contracts import Embedder
from memkit.embed.hashing import HashingEmbedder
from memkit.errors import InvalidInput
from memkit.storage.sqlite import SQLiteStorage
from memkit.store.parts import scope_key
from memkit.types import Filter

_TERM: Final = re.compile(r"\s*([\w.]+)\s*(!=|<=|>=|=|<|>)\s*(.*?)\s*", re.DOTALL)
_OPERATORS: Final = {"=": "eq", "!=": "ne", "<": "lt", "<=": "lte", ">": "gt", ">=": "gte"}

FilterOption = Annotated[
    list[str] | None,
    typer.Option(
        "--filter", "-f",
        help="speaker=Ana, 'when>=2024-05-01', meta.topic=travel, or a filter as JSON; "
        "repeatable, all must hold.",
    ),
]  # fmt: skip
"""The option of every command that can look at a part of the scope."""


def scope_keys(pairs: Sequence[str] | None, user: str | None) -> dict[str, str]:
    """`key=value` pairs, and the user, as the keys of one scope."""
    keys: dict[str, str] = {}
    for pair in [*(pairs or ()), *([f"user={user}"] if user is not None else ())]:
        name, sign, value = pair.partition("=")
        if not sign or not name.strip():
            raise InvalidInput(f"--scope {pair!r} is not key=value, for example user=ana.")
        if keys.get(name, value) != value:
            raise InvalidInput(
                f"The scope key {name!r} is given twice, as {keys[name]!r} and {value!r}."
            )
        keys[name] = value
    if keys:
        scope_key(keys)  # raises for unusable ones before any file is made
    return keys


def filter_of(terms: Sequence[str] | None) -> Filter | None:
    """What --filter was given, as one filter; None for nothing."""
    read = [_json_filter(term) if term.lstrip().startswith("{") else _term(term)
            for term in terms or ()]  # fmt: skip
    if len(read) <= 1:
        return read[0] if read else None
    return {"and": read}


def embedder_for(path: Path, name: str | None, *, read_only: bool = False) -> Embedder | str | None:
    """The embedder to open a store with: the one named, or else the one its vectors are from.

    A file that was made without one is opened without, so that looking into it changes nothing.
    """
    if name is not None:
        return None if name == "none" else named_embedder(name)
    if not path.is_file() or not path.stat().st_size:
        return "default"
    storage = SQLiteStorage(path, read_only=read_only)
    try:
        with storage.read() as rows:
            kept = rows.settings.get("embedder")
    finally:
        storage.close()
    if kept is None:
        return None
    identity, dim = json.loads(kept)["identity"], json.loads(kept)["dim"]
    if identity.startswith("hashing-") and HashingEmbedder(dim).identity == identity:
        return HashingEmbedder(dim)
    return "default"  # with vectors of yet another one, the store warns


def named_embedder(name: str) -> Embedder:
    """An embedder by its registry name."""
    made: Embedder = registry.create("embedders", name)
    return made


def whole_number(text: str, name: str) -> int:
    """A count or a journal entry's number."""
    if not text.strip().isdecimal():
        raise InvalidInput(f"{name} must be a whole number; found {text!r}.")
    return int(text)


def standard_input() -> str:
    """All of standard input, as text."""
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(f"Standard input is not UTF-8 text (byte {error.start}).") from error


@contextmanager
def readable(path: str) -> Iterator[Path]:
    """The path, or for `-` a temporary file with what standard input held."""
    if path != "-":
        yield Path(path).expanduser()
        return
    with tempfile.TemporaryDirectory(prefix="memkit-") as folder:
        spooled = Path(folder) / "standard-input"
        spooled.write_bytes(sys.stdin.buffer.read())
        yield spooled


def _json_filter(text: str) -> Filter:
    try:
        found: Filter = json.loads(text)
    except json.JSONDecodeError as error:
        raise InvalidInput(f"--filter {text!r} is not JSON: {error}.") from error
    return found


def _term(text: str) -> Filter:
    found = _TERM.fullmatch(text)
    if found is None:
        raise InvalidInput(
            f"--filter {text!r} is not understood; write field=value (also !=, <, <=, >, >=), "
            "or a filter as JSON."
        )
    name, sign, value = found.groups()
    return {name: {_OPERATORS[sign]: _value(value) if name.startswith("meta.") else value}}


def _value(text: str) -> Any:
    """A metadata value: a number, true, false or null as in JSON, else the text."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        return text
    return found if not isinstance(found, (list, dict)) else text
