"""What people say of themselves and of others becomes claims; what they do not say does not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import extract_tables as tables
import pytest

from memkit.extract.triples import TripleExtractor
from memkit.models import Memory, Turn

_WHEN = datetime(2024, 6, 1, 12, 0, tzinfo=UTC)  # a Saturday
_MARKS = {"negation": "-", "correction": "~", "plan": "+", "retraction": "!", "assertion": ""}
_EXTRACTOR = TripleExtractor()


def turns(said: str) -> list[Turn]:
    """Ana and an assistant, by turns."""
    found = []
    for place, text in enumerate(said.split(" / ")):
        bot = text.startswith(">>")
        role = "assistant" if bot else "user"
        name = "Bot" if bot else "Ana"
        found.append(
            Turn(f"t{place}", text.removeprefix(">>"), name, role, "s", _WHEN, origin=role)
        )
    return found


def written(memory: Memory) -> str:
    """A claim as the tables write it."""
    claim = memory.metadata
    who = "" if claim["subject"] == "Ana" else f"{claim['subject']}@"
    unit = f" {claim['unit']}" if "unit" in claim else ""
    ended = "<" if "until" in claim else ""
    mark = _MARKS[claim["mood"]]
    return f"{mark}{who}{claim['attribute']}: {claim['value']}{unit}{ended}".strip()


def rows(table: str) -> Iterator[tuple[str, list[str]]]:
    """Each sentence of a table, with its claims."""
    for line in table.strip().splitlines():
        said, _, claims = line.partition(" =>")
        yield said, sorted(one.strip() for one in claims.split(";") if one.strip())


def _cases(*given: str) -> list[tuple[str, list[str]]]:
    return [row for table in given for row in rows(table)]


_STATED = _cases(
    tables.HOME, tables.WORK, tables.PEOPLE, tables.PETS, tables.HEALTH, tables.TASTES,
    tables.THINGS, tables.DIALOGUE,
)  # fmt: skip


@pytest.mark.parametrize(("said", "claims"), _STATED, ids=[said for said, _ in _STATED])
def test_what_is_stated_is_claimed_and_nothing_else(said: str, claims: list[str]) -> None:
    assert sorted(map(written, _EXTRACTOR.extract(turns(said)))) == claims


@pytest.mark.parametrize("said", [said for said, _ in rows(tables.NOTHING)])
def test_what_is_asked_imagined_quoted_or_small_talk_claims_nothing(said: str) -> None:
    assert not list(_EXTRACTOR.extract(turns(said)))
