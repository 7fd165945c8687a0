"""Mem-alpha: core, episodic and semantic memory, written by tools that a model may call."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Final, Literal, get_args

from memkit.dates import utc_now
from memkit.errors import MemkitError
from memkit.extract.facts import FactExtractor
from memkit.extract.triples import TripleExtractor
from memkit.models import Turn
from memkit.periods import phrases
from memkit.recipe import Card, Composition, Recipe
from memkit.store import Scope
from memkit.tokens import default_counter
from memkit.types import When

Part = Literal["core", "episodic", "semantic"]
PARTS: Final[tuple[Part, ...]] = get_args(Part)
CORE_TOKENS: Final = 512
_PAST: Final = re.compile(
    r"\b(?:I|we)\s+(?:just\s+|finally\s+)?(?:\w+ed|went|met|saw|had|got|took|made|bought|gave|came|"
    r"ran|flew|drove|ate|won|lost|found|left|began|started)\b",
    re.IGNORECASE,
)
_TYPED: Final = "alpha"


class MemAlpha(Recipe):
    """`insert`, `update` and `delete` on three memories; `route` says which one a text belongs in.

    What a tool writes is a turn with its part in `metadata`; an update archives what it replaces.
    Each tool answers with a sentence, whatever it was given: a model can act on it.
    """

    name: ClassVar[str] = "mem-alpha"
    card: ClassVar[Card] = Card(
        paper="Mem-alpha: Learning Memory Construction via Reinforcement Learning (2025)",
        source="arXiv 2509.25911",
        known_for="a policy decides what is written where: a core always in sight, events with "
        "their times, and facts",
        kept="three parts, the core of 512 tokens at most; three tools with those arguments; equal "
        "texts are not written twice; an event has a time",
        mended="the published search is always BM25 whatever is asked for, ids of four letters "
        "collide after some 300 records, and an unknown id ends the run: here ids are the store's, "
        "search is the store's, and a wrong call comes back as a sentence",
        model="is the policy that calls the tools",
        without="a router by rules: times and past deeds are episodic, what holds is semantic",
    )

    def compose(self) -> Composition:
        """Facts and slots out of whatever is written."""
        return Composition(extractors=(FactExtractor(which="dated"), TripleExtractor()))

    @classmethod
    def write(cls, scope: Scope, text: str, *, now: datetime | None = None) -> str:
        """Insert where the rules say it belongs: the policy where no model calls the tools."""
        return cls.insert(scope, cls.route(text, now=now or utc_now()), text, now=now)

    @classmethod
    def insert(cls, scope: Scope, part: str, content: str, *, now: When | None = None) -> str:
        """Write into a part; the core is one text, and is replaced by `update`."""
        if part not in PARTS[1:]:
            return f"Nothing was written: insert takes episodic or semantic; found {part!r}."

        def act() -> str:
            same = _of(scope, part, text=content.strip())
            if same:
                return f"Nothing was written: {same[0].id} says the same."
            return _write(scope, part, content, now)

        return cls._told(act)

    @classmethod
    def update(
        cls, scope: Scope, part: str, content: str, id: str | None = None, *,
        now: When | None = None,
    ) -> str:  # fmt: skip
        """Put another text in the place of one; the core needs no id."""
        if part not in PARTS:
            return f"Nothing was changed: there is no part {part!r}; there are {', '.join(PARTS)}."
        if part == "core" and default_counter().count(content) > CORE_TOKENS:
            return f"Nothing was changed: the core holds {CORE_TOKENS} tokens; say it shorter."

        def act() -> str:
            chosen = {} if part == "core" else {"id": id}
            old = [turn.id for turn in _of(scope, part, **chosen)]
            if part != "core" and not old:
                return f"Nothing was changed: {part} has no {id!r}; search again for its id."
            written = _write(scope, part, content, now)
            if old:
                scope.forget(old, reason="updated", now=now)
            return written

        return cls._told(act)

    @classmethod
    def delete(cls, scope: Scope, part: str, id: str, *, now: When | None = None) -> str:
        """Take a record out of search; the journal can bring it back."""

        def act() -> str:
            if not _of(scope, part, id=id):
                return f"Nothing was deleted: {part} has no {id!r}."
            entry = scope.forget([id], reason="deleted", now=now)
            return f"Deleted {id}; journal entry {entry.id} can be undone."

        return cls._told(act)

    @classmethod
    def act(cls, scope: Scope, call: Mapping[str, Any], *, now: When | None = None) -> str:
        """One call as a model writes it: `tool` is insert, update or delete.

        {"tool": "insert", "part": "episodic", "content": "..."}; update takes an `id` besides, but
        for the core; delete takes `part` and `id`.
        """
        tools: dict[str, Callable[..., str]] = {
            "insert": cls.insert, "update": cls.update, "delete": cls.delete,
        }  # fmt: skip
        asked = call if isinstance(call, Mapping) else {}
        given = {key: value for key, value in asked.items() if key != "tool"}
        tool = tools.get(str(asked.get("tool")))
        if tool is None or not all(isinstance(one, str) for pair in given.items() for one in pair):
            return f"Nothing was done: tools are {', '.join(tools)}, arguments are text."
        try:
            return tool(scope, **given, now=now)
        except TypeError:
            return (
                f"Nothing was done: {call['tool']} does not take {', '.join(given) or 'nothing'}."
            )

    @staticmethod
    def core(scope: Scope) -> str:
        """What is always in sight: the core, or what is known of the owner where none is set."""
        written = _of(scope, "core")
        return written[-1].text if written else str(scope.profile(budget=CORE_TOKENS))

    @staticmethod
    def route(text: str, *, now: datetime) -> Part:
        """Episodic for what happened, or has a time; semantic for what holds."""
        return "episodic" if _PAST.search(text) or phrases(text, now) else "semantic"

    @staticmethod
    def _told(act: Callable[[], str]) -> str:
        try:
            return act()
        except (MemkitError, TypeError) as error:
            return f"Nothing was done: {error}"


def _of(scope: Scope, part: str, **chosen: Any) -> list[Turn]:
    return list(scope.turns(filter={**chosen, f"meta.{_TYPED}": part}, archived=False))


def _write(scope: Scope, part: str, content: str, now: When | None) -> str:
    (turn,) = scope.add({"content": content.strip(), "metadata": {_TYPED: part}}, now=now)
    return f"Wrote {turn.id}."
