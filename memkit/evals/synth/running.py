"""A world told to a store, and the store examined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from memkit.contracts import Embedder, Extractor
from memkit.evals.synth import answering, grading, resisting
from memkit.evals.synth.claims import Session, World
from memkit.evals.synth.exam import Exam, Knowing
from memkit.evals.synth.marks import Mark
from memkit.store import MemoryStore, Scope
from memkit.types import Progress

ECHOED: Final = 300
"""Tokens of the block of context that comes back."""
_AT_ONCE: Final = 50
"""How many sessions are stored between two signs of progress."""


def examine(world: World, scope: Knowing) -> list[Mark]:
    """Every mark of what a scope knows that was told of this world."""
    exam = Exam(world, scope)
    return [
        *grading.extraction(exam), *grading.dates(exam), *grading.precision(exam),
        *grading.grounding(exam), *resisting.resistance(exam), *answering.updates(exam),
        *answering.answers(exam), *answering.profiles(exam),
    ]  # fmt: skip


def run(
    world: World, *, embedder: Embedder | str | None = "default",
    extractors: Iterable[Extractor] | None = None, progress: Progress | None = None,
) -> list[Mark]:  # fmt: skip
    """Tell the world to a store in memory, erase what is to be erased, and examine it.

    `extractors` None are the store's own. `progress` is called with (done, total) messages.
    """
    chosen: dict[str, Any] = {} if extractors is None else {"extractors": tuple(extractors)}
    with MemoryStore(":memory:", embedder=embedder, clock=lambda: world.end, **chosen) as store:
        scope = tell(world, store, progress)
        store.maintain()
        erased = [item.message for item in world.items if item.kind == "erased"]
        if erased:
            scope.erase(erased)
        return examine(world, scope)


def tell(world: World, store: MemoryStore, progress: Progress | None = None) -> Scope:
    """Store all that is said, in this scope and in that of the other life; the scope."""
    scope = store.scope(user=world.people[0].name.lower())
    apart = store.scope(user=world.other.people[0].name.lower()) if world.other else None
    sessions = list(_in_order(world))
    for done, (session, ours) in enumerate(sessions, 1):
        target = scope if ours or apart is None else apart
        target.add([_message(said, target) for said in session.messages])
        if progress is not None and (done % _AT_ONCE == 0 or done == len(sessions)):
            progress(done, len(sessions))
    return scope


def _in_order(world: World) -> Iterator[tuple[Session, bool]]:
    """The sessions of both lives by turns."""
    others: Sequence[Session] = world.other.sessions if world.other else ()
    place = 0
    for number, session in enumerate(world.sessions):
        yield session, True
        while place < len(others) and place * len(world.sessions) <= number * len(others):
            yield others[place], False
            place += 1
    for session in others[place:]:
        yield session, False


def _message(said: dict[str, Any], scope: Scope) -> dict[str, Any]:
    """The message; one that echoes is what `context` gives, as agents put it into their prompts."""
    kept = {name: value for name, value in said.items() if name != "echo_of"}
    if "echo_of" in said:
        kept["content"] = f"{scope.context(said['echo_of'], ECHOED)}\n\nWhat should I do next?"
    return kept
