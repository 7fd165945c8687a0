"""Replies of models to items: whatever can be read is read, and nothing is made up or executed.

Small models wrap JSON in prose and code fences, leave commas before brackets, give one object where
a list was asked for, or stop in the middle. One pass over the text finds where each bracket ends,
so a hostile reply costs no more than its length.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

from pydantic import ValidationError

from memkit.llm.exchange import ItemT, Reply
from memkit.llm.schema import LIST

BROKEN_OFF: Final = "the reply broke off: what came whole was kept, and more may be missing"

_THOUGHTS: Final = re.compile(r"\A\s*<(think|thinking|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL)
_OPENING: Final = re.compile(r"[\[{]")
# Possessive, and with an end for a string that has none: no text is gone over twice.
_TOKEN: Final = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
_COMMA: Final = re.compile(r'("(?:[^"\\]++|\\.)*+")|,(?=\s*[\]}])', re.DOTALL)
_CLOSES: Final = {"]": "[", "}": "{"}
_WRAPPERS: Final = (LIST, "facts", "triples", "notes", "summaries", "results", "data", "output")
_LONGEST_SHOWN: Final = 80


@dataclass(slots=True)
class _Bracket:
    """A list or an object in the text; `end` is -1 for one that was not closed."""

    kind: str
    start: int
    end: int = -1
    inner: list[_Bracket] = field(default_factory=list)


def parse(text: str, item: type[ItemT]) -> Reply[ItemT] | None:
    """The items of a reply with the faults of the others; None where there is nothing to read.

    A list of none is an answer; a text without any JSON is not.
    """
    body = _THOUGHTS.sub(" ", text)
    roots = _brackets(body)
    values, faults, readable = [], list[str](), False
    for root in roots:
        found = _whole(body, root)
        if found is not None:
            readable = readable or _is_list_of_items(found)
            values += list(_items_in(found))
            continue
        parts = [_whole(body, one) for one in _inside(root)]
        values += [value for value in parts if isinstance(value, dict)]
        if root.end < 0 and (parts or root is roots[-1]):
            faults.append(BROKEN_OFF)
        faults += ["an item of the reply is not JSON"] * parts.count(None)
    items = list[ItemT]()
    for value in values:
        try:
            items.append(item.model_validate(_storable(value)))
        except ValidationError as error:
            faults.append(_described(error, value))
    if not items and not readable:
        return None
    return Reply(tuple(items), tuple(faults))


def _brackets(text: str) -> list[_Bracket]:
    """The outermost brackets of a text with those inside them, strings passed over."""
    roots: list[_Bracket] = []
    opened: list[_Bracket] = []
    place = _first_bracket(text, 0)
    while place >= 0:
        match = _TOKEN.search(text, place)
        if match is None:
            break
        place, mark = match.end(), match.group()
        if mark in "[{":
            made = _Bracket(mark, match.start())
            (opened[-1].inner if opened else roots).append(made)
            opened.append(made)
        elif mark in "]}":
            if opened and opened[-1].kind == _CLOSES[mark]:
                opened.pop().end = place
            else:
                opened.clear()  # crossed: what is still open will never be whole
        if not opened:  # between brackets there is prose, where quotes need not be in pairs
            place = _first_bracket(text, place)
    return roots


def _first_bracket(text: str, start: int) -> int:
    found = _OPENING.search(text, start)
    return found.start() if found else -1


def _whole(text: str, bracket: _Bracket) -> Any:
    """The value between two brackets, or None."""
    if bracket.end < 0:
        return None
    raw = _COMMA.sub(lambda match: match.group(1) or "", text[bracket.start : bracket.end])
    try:
        return json.loads(raw, strict=False, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _inside(root: _Bracket) -> Iterator[_Bracket]:
    """The objects that may be items of a root which is not JSON as a whole.

    An object inside an item is not one, so this goes no deeper than a list in the root.
    """
    for one in root.inner:
        if one.kind == "{" and root.kind == "[":
            yield from [one] if one.end >= 0 else []
        elif one.kind == "[" and root.kind == "{":
            yield from (each for each in one.inner if each.kind == "{" and each.end >= 0)


def _is_list_of_items(value: Any) -> bool:
    """Whether this says that there are no items, rather than nothing at all."""
    if isinstance(value, list):
        return not value
    return isinstance(value, dict) and value.get(LIST) == []


def _items_in(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, dict))
        return
    for name in _WRAPPERS:
        if isinstance(value.get(name), list):
            yield from value[name]
            return
    yield value


def _storable(value: Any) -> Any:
    """The value without characters that no text in the store may hold."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_storable(one) for one in value]
    if isinstance(value, dict):
        return {clean(name): _storable(one) for name, one in value.items()}
    return value


def clean(text: str) -> str:
    """The text with lone surrogates and NUL characters replaced."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def _described(error: ValidationError, value: Any) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(step) for step in first["loc"]) or "it"
    shown = json.dumps(value, ensure_ascii=True)[:_LONGEST_SHOWN]
    return f"an item of the reply does not fit, {where}: {first['msg']} in {shown}"
