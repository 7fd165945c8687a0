"""The lines of an export, as they are checked on the way in."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from memkit.storage.standing import STANDINGS
from memkit.text import require_text


def _storable(text: str) -> str:
    return require_text(text, "the text")


def _named(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty")
    return text


_LARGEST: Final = (1 << 63) - 1
Whole = Annotated[int, Field(ge=-_LARGEST, le=_LARGEST)]
Number = Annotated[int, Field(ge=1, le=1 << 53)]  # far from where numbering would end
Count = Annotated[int, Field(ge=0, le=_LARGEST)]
Text = Annotated[str, AfterValidator(_storable)]
Name = Annotated[Text, AfterValidator(_named)]


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

    type: str


class ScopeLine(_Line):
    """Whose memory; later lines call it by its number."""

    scope: Number
    keys: dict[Name, Name] = Field(min_length=1)
    numbered: Count


class RecordLine(_Line):
    """One turn or derived memory."""

    record: Number
    scope: Number
    id: Name
    kind: Name
    archived: Whole | None = None
    standing: Annotated[int, Field(ge=0, lt=len(STANDINGS))] = 0
    when: Text
    added: Whole
    speaker: Text | None = None
    role: Text | None = None
    session: Text | None = None
    origin: Literal["user", "assistant", "tool", "system", "web", "import", "echo"]
    extractor: Text | None = None
    metadata: dict[str, Any] = Field(default_factory=dict)
    text: Name


class SourceLine(_Line):
    """The characters of a turn that a memory rests on."""

    memory: Number
    turn: Number
    start: Count
    stop: Count


class LinkLine(_Line):
    """An edge between two records."""

    source: Number
    target: Number
    kind: Name
    weight: float


class UseLine(_Line):
    """The counters of one record."""

    record: Number
    retrieved: Whole
    shown: Whole
    useful: Whole
    useless: Whole
    last: Whole | None
    recent: Annotated[str, Field(pattern=r"^(?:[+-][0-9]{19}[rsux]){0,16}$")] = ""


class EntryLine(_Line):
    """One journal entry."""

    entry: Number
    scope: Number
    at: Whole
    action: Name
    reason: Text
    first: Number | None
    last: Number | None
    undoes: Number | None


class ChangeLine(_Line):
    """What a journal entry changed on one record."""

    entry: Number
    record: Number
    field: Literal["archived", "standing", "useful", "useless"]
    before: Whole | None
    after: Whole | None


class RelinkLine(_Line):
    """What a journal entry did to an edge."""

    entry: Number
    source: Number
    target: Number
    kind: Name
    before: float | None
    after: float | None


class CursorLine(_Line):
    """How far an extractor has read a scope."""

    scope: Number
    extractor: Name
    version: Whole
    record: Annotated[int, Field(ge=0, le=1 << 53)]


LINES: Final[dict[str, type[_Line]]] = {
    "source": SourceLine,
    "link": LinkLine,
    "use": UseLine,
    "change": ChangeLine,
    "relink": RelinkLine,
    "cursor": CursorLine,
}
