"""What chat APIs send and answer: the words in it, and where a block of memories goes.

Three shapes: OpenAI's chat completions (litellm's too), OpenAI's responses, Anthropic's messages.
Objects and plain dicts are read alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

_TEXT_PARTS: Final = ("text", "input_text", "output_text")


def field(thing: Any, name: str) -> Any:
    """An attribute, or a key of a mapping; None where there is none."""
    if isinstance(thing, Mapping):
        return thing.get(name)
    return getattr(thing, name, None)


def sound(text: str) -> str:
    """The text without what no store can keep: NUL characters and lone surrogates."""
    return text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")


def words_of(content: Any) -> str:
    """The words in a message's content: a text, or those of its parts that are text."""
    if isinstance(content, str):
        return sound(content)
    if isinstance(content, Mapping) or not isinstance(content, Iterable):
        return ""
    parts = [part if isinstance(part, str) else _words_of_part(part) for part in content]
    return sound("\n".join(part for part in parts if part))


def _words_of_part(part: Any) -> str:
    text = field(part, "text") if field(part, "type") in _TEXT_PARTS else None
    return text if isinstance(text, str) else ""


def last_user(messages: Sequence[Any]) -> int | None:
    """The place of the last message in which a user says something; None: there is none."""
    for place in range(len(messages) - 1, -1, -1):
        message = messages[place]
        if field(message, "role") == "user" and words_of(field(message, "content")).strip():
            return place
    return None


def with_block(message: Any, block: str, part: str) -> Any:
    """A copy of a message that begins with a block of memories; `part` is the API's text type.

    A message that is no mapping is given back as it is: it is not ours to rebuild.
    """
    if not isinstance(message, Mapping):
        return message
    content = message.get("content")
    if isinstance(content, str):
        return {**message, "content": f"{block}\n\n{content}"}
    return {**message, "content": [{"type": part, "text": block}, *(content or ())]}


def reply_words(result: Any) -> str:
    """The words of a whole answer."""
    choices = field(result, "choices")
    if choices:
        return words_of(field(field(choices[0], "message"), "content"))
    output = field(result, "output")
    if isinstance(output, (list, tuple)):
        return "\n".join(words for item in output if (words := words_of(field(item, "content"))))
    return words_of(field(result, "content"))


def piece_words(event: Any) -> str:
    """The words that one event of a stream adds."""
    kind = field(event, "type")
    found: Any = None
    if kind == "response.output_text.delta":
        found = field(event, "delta")
    elif kind == "content_block_delta":
        found = field(field(event, "delta"), "text")
    elif choices := field(event, "choices"):
        found = field(field(choices[0], "delta"), "content")
    return found if isinstance(found, str) else ""
