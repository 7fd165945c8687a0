"""LoCoMo's released JSON: samples of two people's chats over many sessions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from memkit.errors import InvalidInput, NotFound
from memkit.evals import locomo
from memkit.importing.content import Message, conversations

EXPECTED: Final = "a LoCoMo list of samples with 'conversation'"


def recognises(first: Any) -> bool:
    """Whether the file's first value is a LoCoMo sample."""
    return isinstance(first, dict) and isinstance(first.get("conversation"), dict)


def messages(path: Path, sample: str | None = None) -> Iterator[Message]:
    """The turns of every sample, sessions and ids led by the sample's name: `conv-26/D1:3`.

    Of one `sample` alone, and of a file that holds only one, they are as in the file: `D1:3`.
    """
    samples = {
        str(given.get("sample_id", place)): given["conversation"]
        for place, given in enumerate(conversations(path, EXPECTED, "conversation"))
    }
    if sample is not None:
        if sample not in samples:
            raise NotFound(f"{path} has no sample {sample!r}; it has {', '.join(samples)}.")
        samples = {sample: samples[sample]}
    for id, conversation in samples.items():
        lead = f"{id}/" if len(samples) > 1 else ""
        for message in _turns(conversation, id, path):
            yield message | {
                "id": lead + message["id"], "session": lead + message["session"],
            }  # fmt: skip


def _turns(conversation: dict[str, Any], id: str, path: Path) -> list[Message]:
    try:
        return locomo.messages(conversation)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise InvalidInput(
            f"Sample {id!r} of {path} is not {EXPECTED} ({type(error).__name__}: {error})."
        ) from error
