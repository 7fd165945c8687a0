"""Where words come from, and how far they are believed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from memkit.errors import InvalidInput

TRUST: Final = {"web": 0, "import": 1, "tool": 1, "echo": 1, "assistant": 2, "system": 3, "user": 3}
"""Origins by rank: what ranks lower never takes the place of what ranks higher."""
LOW: Final = TRUST["tool"]
"""Up to this rank words are of strangers: what reads like an instruction is not taken in."""

_INSTRUCTION: Final = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?\n]{0,60}"
    r"\b(?:instructions?|prompts?|rules?|previous|above|prior|earlier|memor(?:y|ies))\b"
    r"|\b(?:remember|memori[sz]e|store|save|record|note|add to (?:your |the )?memory)\b"
    r"[^.!?\n]{0,30}\b(?:that|this|following|user|permanently|forever|memor(?:y|ies))\b"
    r"|\b(?:you (?:must|should|are now|will now|have to)|from now on|as an ai|system prompt"
    r"|always (?:recommend|reply|answer|say|send|use|tell)|never (?:reveal|tell|mention|warn))\b"
    r"|\b(?:system|assistant|developer)\s*:\s*\S"
    r"|<\|?/?(?:im_start|im_end|system|instructions?|memories)\b",
    re.IGNORECASE,
)


def rank(origin: str) -> int:
    """How far an origin is believed; an unknown one as little as the web."""
    return TRUST.get(origin, 0)


def least(origins: Iterable[str]) -> str:
    """The least trusted of these origins."""
    return min(origins, key=lambda origin: (rank(origin), origin))


def require_trust(origin: str | None) -> int:
    """The rank of the origin that a caller names; None asks for an assistant's at least."""
    if origin is None:
        return TRUST["assistant"]
    if origin not in TRUST:
        raise InvalidInput(f"trust={origin!r} is not an origin; use one of {', '.join(TRUST)}.")
    return TRUST[origin]


def reads_like_an_instruction(text: str) -> bool:
    """Whether a text tells its reader what to do or to believe; English, and meant to be wide."""
    return _INSTRUCTION.search(text) is not None
