"""How clean a heap of memories is: repeated, empty, machine-made, dangerous or without an origin.

Everything is told from the words alone, by rules; no vectors and no model.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from memkit.importing.foreign.entries import Entry
from memkit.marks import denies, marks
from memkit.text import stem, words

LONG: Final = 2000
"""Characters from which a memory is a document that nobody has cut up."""
LOOP: Final = 5
"""So many copies of one text are no coincidence: a memory is being fed its own answers."""
ALIKE: Final = 0.8
"""The share of two texts' words that both have (Jaccard), from which they are nearly the same."""
_FEWEST: Final = 5
"""Shorter texts are never nearly the same: one word more says something else."""
_CANDIDATES: Final = 50
"""A text is compared with so many others at most; with more of its rare words they are a loop."""

SECRET: Final = re.compile(
    r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"
    r"|\bgh[pousr]_\w{36,}|\bgithub_pat_\w{22,}|\bxox[abprs]-[\w-]{10,}|\bAIza[\w-]{35}\b"
    r"|\bsk-(?:ant-|proj-|live-)?[\w-]{20,}|\bglpat-[\w-]{20,}"
    r"|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}|://[^\s/:@]+:[^\s/:@]{3,}@\w"
    r"|\b(?:password|passwd|pwd|passphrase|api[_ -]?key|secret[_ -]?key|access[_ -]?token)\b"
    r"[\"']?\s*(?::|=|\bis\b)\s*[\"']?(?=\S*[\d!@#$%^&*_])\S{6,}",
    re.IGNORECASE,
)
"""Keys by the form their makers give them, and what is called a password and looks like one."""
_MACHINE: Final = re.compile(
    r"\byou are (?:a|an) (?:[\w-]+ ){0,4}(?:assistant|agent|ai|chatbot|model|bot)\b"
    r"|\bas an? (?:ai|large)(?: language)? (?:model|assistant)\b"
    r"|\byour (?:role|task|job|goal) is to\b"
    r"|<\|?/?(?:im_start|im_end|system|memor(?:y|ies)|context|tool_(?:call|result)s?|thinking)\b"
    r"|^\W*(?:relevant|retrieved|recalled|user|known|previous|long[- ]term)[\w -]{0,20}"
    r"\b(?:memor(?:y|ies)|facts|context)\W*:"
    r"|\b(?:no (?:new|relevant) (?:facts|memor(?:y|ies)|information)(?: \w+){0,3}"
    r"|nothing (?:new )?to (?:remember|store|extract))\b"
    r"|^\W*(?:i'?m sorry|i apologi[sz]e|sorry),? (?:but )?i (?:can(?:no|')t|am (?:un|not )able)"
    r"|\bi (?:do not|don't) have (?:access to|any (?:memor|information|record))"
    r"|^\W*(?:heartbeat|cron|health ?check|ping|pong)\b"
    r"|\bTraceback \(most recent call last\)"
    r"|^\s*\{\s*\"(?:facts|memory|memories|tool_calls|role)\"\s*:",
    re.IGNORECASE,
)
"""Prompts, refusals, answers about having nothing to say, handed-out memories, and logs."""
ORDER: Final = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?\n]{0,60}"
    r"\b(?:instructions?|prompts?|guidelines|rules)\b"
    r"|\b(?:from now on|whenever (?:the user|you|asked|someone))\b[^.!?\n]{0,60}"
    r"\b(?:always|never|must|reply|respond|recommend|answer|include|call|send)\b"
    r"|(?:^|[.!?:;,]\s*|\b(?:must|should|to) )(?:always|never)\s+"
    r"(?:recommend|reply|answer|respond|reveal|warn|mention|tell the user)\b"
    r"|\b(?:do not|don't|never) (?:tell|inform|warn|alert)\b[^.!?\n]{0,20}\buser\b"
    r"|\b(?:send|post|forward|upload)\b[^.!?\n]{0,60}\bto https?://"
    r"|^\s*(?:system|developer)\s*:\s*\S",
    re.IGNORECASE | re.MULTILINE,
)
"""Orders to whoever reads a memory; narrower than what is kept from being learnt."""
_SOURCES: Final = (
    "source", "sources", "source_id", "source_ids", "session", "session_id", "thread_id",
    "conversation_id", "chat_id", "message_id", "turn_id", "run_id", "event_id", "url", "uri",
    "document_id", "doc_id", "file", "file_name", "filename", "path",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of finding; `weight` is what it takes from a memory's worth, 0..1."""

    name: str
    weight: float
    note: str
    records: tuple[int, ...]
    """The memories that have it, by their place."""


@dataclass(frozen=True, slots=True)
class Hygiene:
    """What was found among `entries`; `refused` could not be read, and say why."""

    entries: Sequence[Entry]
    faults: tuple[Fault, ...]
    refused: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """0..100: the mean worth of a memory, each of which its worst fault takes from."""
        worth = [1.0] * len(self.entries)
        for fault in self.faults:
            for place in fault.records:
                worth[place] = min(worth[place], 1 - fault.weight)
        total = len(worth) + len(self.refused)
        return 100 * sum(worth) / total if total else 100.0

    @property
    def clean(self) -> int:
        """How many have no fault at all."""
        return len(self.entries) - len({one for fault in self.faults for one in fault.records})


def examine(entries: Sequence[Entry], now: datetime, refused: Iterable[str] = ()) -> Hygiene:
    """Look at all memories of a store; those of different owners are never compared."""
    texts = [entry.text.strip() for entry in entries]
    copies, loops = _copies(entries, texts)
    near = _near(entries, texts, {*copies, *loops})
    found = [
        Fault("empty", 1, "no words at all", _where(not words(text) for text in texts)),
        Fault("loops", 1, f"copies of a text that is there {LOOP} times or more", loops),
        Fault("duplicates", 1, "copies of another, case and spaces apart", copies),
        Fault("near-duplicates", 1, "say nearly the same as another", near),
        Fault("machine talk", 1, "prompts, refusals, logs, handed-out memories",
              _where(_MACHINE.search(text) for text in texts)),
        Fault("secrets", 1, "keys or passwords, by their looks",
              _where(SECRET.search(text) for text in texts)),
        Fault("instructions", 0.5, "tell a model what to do",
              _where(ORDER.search(text) for text in texts)),
        Fault("expired", 0.5, "past their time, and still there",
              _where(entry.expires is not None and entry.expires < now for entry in entries)),
        Fault("over-long", 0.5, f"more than {LONG:,} characters",
              _where(len(text) > LONG for text in texts)),
        Fault("no owner", 0.5, "nothing says whose they are",
              _where(not entry.keys for entry in entries)),
        Fault("no time", 0.25, "do not say when",
              _where(entry.when is None for entry in entries)),
        Fault("no source", 0.25, "do not say what they rest on",
              _where(not any(entry.metadata.get(name) for name in _SOURCES) for entry in entries)),
    ]  # fmt: skip
    return Hygiene(entries, tuple(found), tuple(refused))


def _where(tests: Iterable[object]) -> tuple[int, ...]:
    return tuple(place for place, true in enumerate(tests) if true)


def _owner(entry: Entry) -> tuple[object, ...]:
    return entry.place, tuple(sorted(entry.keys.items()))


def _copies(
    entries: Sequence[Entry], texts: Sequence[str]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """All but the first of equal texts: those of small heaps, and those of large ones."""
    heaps: dict[object, list[int]] = defaultdict(list)
    for place, (entry, text) in enumerate(zip(entries, texts, strict=True)):
        if text:
            heaps[_owner(entry), " ".join(text.casefold().split())].append(place)
    few = [one for heap in heaps.values() if len(heap) < LOOP for one in heap[1:]]
    many = [one for heap in heaps.values() if len(heap) >= LOOP for one in heap[1:]]
    return tuple(sorted(few)), tuple(sorted(many))


def _near(entries: Sequence[Entry], texts: Sequence[str], passed_over: set[int]) -> tuple[int, ...]:
    """The later one of each two that are nearly the same, and that no number or name sets apart."""
    bags = {
        place: frozenset(map(stem, words(text)))
        for place, text in enumerate(texts)
        if place not in passed_over
    }
    common = Counter(word for bag in bags.values() for word in bag)
    seen: dict[object, list[int]] = defaultdict(list)
    found = []
    for place, bag in bags.items():
        if len(bag) < _FEWEST:
            continue
        # Two sets this much alike share one of the rarest words of each (prefix filtering).
        rare = sorted(bag, key=lambda word: (common[word], word))
        rare = rare[: len(bag) - math.ceil(ALIKE * len(bag)) + 1]
        keys = [(_owner(entries[place]), word) for word in rare]
        before = {one for key in keys for one in seen[key][-_CANDIDATES:]}
        if any(_same(bag, bags[one], texts[place], texts[one]) for one in before):
            found.append(place)
        for key in keys:
            seen[key].append(place)
    return tuple(found)


def _same(one: frozenset[str], other: frozenset[str], text: str, before: str) -> bool:
    shared = len(one & other)
    if shared < ALIKE * (len(one) + len(other) - shared):
        return False
    return marks(text) == marks(before) and denies(text) == denies(before)
