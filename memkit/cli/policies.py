"""`memkit policy try`: what a policy would let go, and what evidence would be lost with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.text import Text

from memkit.cli import printing
from memkit.cli.arguments import embedder_for, named_embedder, scope_keys
from memkit.cli.call import require_store
from memkit.cli.completing import names
from memkit.dates import moment, utc_now
from memkit.errors import ScopeRequired
from memkit.evals import trying
from memkit.evals.trying import Lost, Trial
from memkit.models import plain
from memkit.store import MemoryStore

app = typer.Typer(help="Look at forgetting policies before they are used.", no_args_is_help=True)

_SHOWN: Final = 20


@app.command("try")
def try_(
    policy: Annotated[
        str,
        typer.Argument(
            metavar="POLICY", help="A name or pkg:Class.", autocompletion=names("forgetting")
        ),
    ],
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A store; default: the bundled chat.")
    ] = None,
    at: Annotated[str | None, typer.Option("--at", help="Judge at this moment.")] = None,
    option: Annotated[
        list[str] | None, typer.Option("--option", "-o", help="days=90 and the like; repeatable.")
    ] = None,
    questions: Annotated[
        Path | None, typer.Option("--questions", help="JSON lines: 'question' and 'evidence'.")
    ] = None,
    scope: Annotated[
        list[str] | None, typer.Option("--scope", "-s", help="Whose memory: key=value.")
    ] = None,
    user: Annotated[str | None, typer.Option("--user", "-u", help="Short for user=...")] = None,
    embedder: Annotated[
        str | None, typer.Option("--embedder", help="static, hashing, none, or pkg:Class.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead.")] = False,
) -> None:
    """Say what a policy would let go at a moment, and what evidence would be found no more.

    Works on a copy: the store is not changed. Without FILE the conversation that comes with memkit
    is judged, and its own questions are asked.

    With --json: `{"policy", "at", "live", "left", "planned", "asked", "before", "after", "lost"}`.

    Example:

        memkit policy try lru --option days=90 --at 2027-06-01
    """
    chosen = trying.policy_named(policy, option or ())
    when = moment(at, name="--at") if at is not None else utc_now()
    if file is None:
        made = None if embedder == "none" else named_embedder(embedder or "static")
        found = trying.try_bundled(chosen, when, made)
    else:
        require_store(file)
        asked = trying.read_questions(questions) if questions is not None else []
        keys = scope_keys(scope, user) or _only_scope(file)
        found = trying.try_on(file, keys, chosen, when, asked, embedder_for(file, embedder))
    if as_json:
        printing.print_json(plain(found))
        return
    _print(printing.console(), found)


def _only_scope(file: Path) -> dict[str, str]:
    """The keys of the only scope of a store."""
    with MemoryStore(file, embedder=None, read_only=True) as store:
        scopes = store.scopes()
    if len(scopes) != 1:
        raise ScopeRequired(
            f"{file} has {len(scopes)} scopes; name one with --user or --scope key=value."
        )
    return scopes[0]


def _print(out: Console, found: Trial) -> None:
    for one in found.planned[:_SHOWN]:
        ids = ", ".join(one.records[:3]) + (" ..." if len(one.records) > 3 else "")
        line = Text(f"{one.act:9} {printing.one_line(ids)}  ")
        out.print(line.append(printing.one_line(one.reason), style="dim"))
    if len(found.planned) > _SHOWN:
        out.print(f"... and {len(found.planned) - _SHOWN:,} more; --json lists all.")
    tally = Counter(one.act for one in found.planned)
    acts = ", ".join(f"{act} {count:,}" for act, count in sorted(tally.items())) or "nothing"
    out.print(f"{found.policy} at {found.at:%Y-%m-%d}: {acts}.")
    out.print(f"{found.left:,} of {printing.counted(found.live, 'live record')} would be left.")
    if found.before is None or found.after is None:
        out.print("No questions were asked; --questions names a file of some.")
        return
    out.print(
        f"Recall@{trying.CUT} of the evidence over {printing.counted(found.asked, 'question')}: "
        f"{found.before:.3f} before, {found.after:.3f} after."
    )
    _print_lost(out, found.lost)


def _print_lost(out: Console, lost: Sequence[Lost]) -> None:
    missed, archived, rescued = (
        sum(len(getattr(one, name)) for one in lost) for name in ("evidence", "archived", "rescued")
    )
    out.print(
        f"Found no more: {printing.counted(missed, 'turn')} of the evidence; {archived} of them "
        f"let go, of which a rescue search finds {rescued}."
    )
    for one in lost[:_SHOWN]:
        ids = printing.one_line(", ".join(one.evidence))
        out.print(Text(f"  {ids}  ").append(printing.one_line(one.question), style="dim"))
