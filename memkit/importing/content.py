"""What all the readers need: the text of a file, its JSON, and ids that stay the same."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from memkit.errors import InvalidInput, NotFound

Message = dict[str, Any]
"""One message as `Scope.add` takes it."""

_MEMBER: Final = re.compile(r"(?:^|/)conversations(?:-\d+)?\.json$")
_STORE: Final = b"SQLite format 3\x00"


def text_of(path: Path, expected: str) -> str:
    """The file as text; of a zip archive, the first of its conversations.json."""
    return _texts(path, expected)[0]


def json_of(path: Path, expected: str) -> Any:
    """The file as JSON; the lists in a zip archive's several parts are joined."""
    values = [_json(text, path, expected) for text in _texts(path, expected)]
    if len(values) == 1:
        return values[0]
    return [item for value in values for item in (value if isinstance(value, list) else [value])]


def conversations(path: Path, expected: str, key: str) -> list[dict[str, Any]]:
    """The conversations of an export: each a dict that holds `key`."""
    given = json_of(path, expected)
    found = given if isinstance(given, list) else [given]
    for place, item in enumerate(found, 1):
        if not isinstance(item, dict) or key not in item:
            raise InvalidInput(
                f"{path} is not {expected}: conversation {place} has no {key!r}. "
                "Nothing was imported."
            )
    return found


def messages_of(
    path: Path, expected: str, key: str, said: Callable[[dict[str, Any], int], Iterable[Message]]
) -> Iterator[Message]:
    """What `said` finds in each conversation of an export, given it and its place from 1 on."""
    for place, conversation in enumerate(conversations(path, expected, key), 1):
        try:
            yield from said(conversation, place)
        except (KeyError, TypeError, AttributeError) as error:
            raise InvalidInput(
                f"Conversation {place} of {path} is not of {expected} "
                f"({type(error).__name__}: {error}). Nothing was imported."
            ) from error


def first_value(text: str) -> Any:
    """The first JSON value of a text, or the first item of its list; None where there is none."""
    bare = text.lstrip()
    start = 1 if bare.startswith("[") else 0
    while start < len(bare) and bare[start].isspace():
        start += 1
    try:
        return json.JSONDecoder().raw_decode(bare, start)[0]
    except (json.JSONDecodeError, RecursionError):
        return None


class StableIds:
    """Ids made from words, and from how often the same words stood before in the file.

    Lines put in front of a message, or behind it, leave its id as it was. `name` keeps the same
    words in two files apart.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._seen: Counter[str] = Counter()

    def of(self, message: Message) -> str:
        """The id of a message that has none."""
        fields = [self._name] + [
            str(message.get(key) or "")
            for key in ("session", "name", "speaker", "role", "timestamp", "content", "text")
        ]
        words = json.dumps(fields)
        self._seen[words] += 1
        place = f"{words}{self._seen[words]}".encode()
        return f"m{hashlib.blake2b(place, digest_size=8).hexdigest()}"


def _texts(path: Path, expected: str) -> list[str]:
    try:
        if path.is_dir():
            raise InvalidInput(f"{path} is a folder; expected {expected}.")
        with path.open("rb") as file:
            head = file.read(len(_STORE))
        if head == _STORE:
            raise InvalidInput(
                f"{path} is a database, not a conversation. "
                "To copy a memkit store, `memkit export` it first and import that."
            )
        raw = _members(path, expected) if zipfile.is_zipfile(path) else [path.read_bytes()]
    except FileNotFoundError as error:
        raise NotFound(f"There is no file {path}; expected {expected}.") from error
    except OSError as error:
        raise InvalidInput(f"Reading {path} failed: {error.strerror}.") from error
    try:
        return [one.decode("utf-8-sig") for one in raw]
    except UnicodeDecodeError as error:
        raise InvalidInput(
            f"{path} is not UTF-8 text (byte {error.start}); expected {expected}."
        ) from error


def _members(path: Path, expected: str) -> list[bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = sorted(name for name in archive.namelist() if _MEMBER.search(name))
            if not names:
                raise InvalidInput(f"{path} holds no conversations.json; expected {expected}.")
            return [archive.read(name) for name in names]
    except zipfile.BadZipFile as error:
        raise InvalidInput(f"{path} is a damaged zip archive: {error}.") from error


def _json(text: str, path: Path, expected: str) -> Any:
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InvalidInput(f"{path} is not JSON ({error}); expected {expected}.") from error
