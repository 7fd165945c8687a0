"""`ask`: a short answer without a model."""

from __future__ import annotations

from typing import Annotated

import typer

from memkit.cli.call import Call, on_store
from memkit.cli.printing import console, visible
from memkit.models import Reading


@on_store()
def ask(
    call: Call,
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="In English.")],
    k: Annotated[int, typer.Option("--k", "-k", min=1, help="Of how many hits.")] = 10,
) -> None:
    """Answer a question in a few words, out of what was said; no model is asked.

    Says "No information available" where the hits hardly hold an answer. Below stand how sure it
    is that they do, and the turns the answer rests on.

    With --json: a Reading.

    Example:

        memkit ask notes.mem "When did Ana move to Lisbon?"
    """
    found = call.scope.answer(question, k=k)
    call.answer(found, lambda: _print(found))


def _print(found: Reading) -> None:
    out = console()
    out.print(visible(found.answer), style="bold")
    rests = f"from {', '.join(found.sources)}" if found.sources else "from nothing that was said"
    out.print(f"{found.kind}, {found.score:.2f}, {visible(rests)}", style="dim")
