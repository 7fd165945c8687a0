"""Who and what is spoken of by name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from memkit.contracts import Extractor
from memkit.extract.entities_kinds import OTHER, PERSON, kind_of
from memkit.extract.entities_mentions import Mention, mentions
from memkit.extract.sessions import latest, settled
from memkit.extract.utterances import is_personal
from memkit.models import Memory, Source, Turn
from memkit.names import aliases, name_key, same_person


class EntityExtractor(Extractor):
    """People, places, organisations, titles, products and events, by how they are written.

    One record for each in a batch, however it was called there: its text is the fullest name, its
    sources are the mentions. `metadata` has its `type` and its `aliases`, the other names in use.
    """

    name: ClassVar[str] = "entities"
    version: ClassVar[int] = 1

    def ready(self, turns: Sequence[Turn], now: datetime) -> int:
        """The turns of the sessions that are over."""
        return settled(turns, now, self.batch)

    def extract(self, turns: Sequence[Turn]) -> Iterator[Memory]:
        """One record for each entity, in the order of their first mentions."""
        speakers = list(dict.fromkeys(turn.speaker for turn in turns if turn.speaker))
        found = mentions(turns, frozenset(aliases(speakers)))
        for name, own in _grouped(found, speakers).items():
            kind = kind_of(one.votes for one in own)
            if kind != OTHER or len(own) > 1 or _is_telling(own[0]):
                yield _memory(name, kind, own)


def _memory(name: str, kind: str, own: Sequence[Mention]) -> Memory:
    other = dict.fromkeys(one.name for one in own if one.name != name)
    sources = dict.fromkeys(Source(one.turn.id, one.start, one.end) for one in own)
    return Memory(
        "entity", name, tuple(sources), session=own[0].turn.session,
        when=latest([one.turn for one in own]),
        metadata={"type": kind, "aliases": list(other)},
    )  # fmt: skip


def _is_telling(one: Mention) -> bool:
    """Whether a name said once, of which nothing tells what it names, is worth a record."""
    return is_personal(one.turn) and not one.name.isupper()


def _grouped(found: Sequence[Mention], speakers: Sequence[str]) -> dict[str, list[Mention]]:
    """The mentions of each entity by its fullest name."""
    groups: dict[str, list[Mention]] = defaultdict(list)
    for one in found:
        groups[_key(one.name)].append(one)
    names = {key: _usual(own) for key, own in groups.items()}
    people = {key for key, own in groups.items() if _is_person(names[key], own, speakers)}
    known = aliases([*speakers, *(names[key] for key in names if key in people)])
    spelled = _spelled_out(names)
    merged: dict[str, list[Mention]] = defaultdict(list)
    for key, own in groups.items():
        person = known.get(key) if key in people else None
        merged[person or spelled.get(key) or names[key]].extend(own)
    return dict(merged)


def _is_person(name: str, own: Sequence[Mention], speakers: Sequence[str]) -> bool:
    """By what is said of the name, or as the short name of just one of those who speak."""
    kind = kind_of(one.votes for one in own)
    who = sum(same_person(name, speaker) for speaker in speakers) if kind == OTHER else 0
    return kind == PERSON or who == 1


def _key(name: str) -> str:
    key = name_key(name)
    return key.removeprefix("the ") or key


def _usual(own: Sequence[Mention]) -> str:
    """The form in which a name is written most, the first of these."""
    counts = Counter(one.name for one in own)
    return max(counts, key=lambda form: counts[form])


def _spelled_out(names: Mapping[str, str]) -> dict[str, str]:
    """For the keys of initials, such as NHS, the one name among these that they abbreviate."""
    full: dict[str, set[str]] = defaultdict(set)
    for name in names.values():
        words = [word for word in name.split() if word[0].isalnum()]
        if len(words) > 1:
            full["".join(word[0] for word in words).lower()].add(name)
            full["".join(word[0] for word in words if word[0].isupper()).lower()].add(name)
    found = {key: full[key] for key, name in names.items() if name.isupper() and key in full}
    return {key: one.pop() for key, one in found.items() if len(one) == 1}
