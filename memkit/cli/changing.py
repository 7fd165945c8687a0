"""`forget`, `undo`, `erase`: out of sight, back again, and gone."""

from __future__ import annotations

from typing import Annotated, Any, Final

import typer
from rich.console import Console

from memkit.cli.arguments import FilterOption, filter_of, whole_number
from memkit.cli.call import Call, on_store
from memkit.cli.edge import STORE_ERROR
from memkit.cli.printing import console, counted, note, print_entries, print_turns, working
from memkit.errors import InvalidInput
from memkit.models import Memory, Receipt, Turn
from memkit.store import Scope

_PREVIEWED: Final = 20
_Ids = Annotated[
    list[str], typer.Argument(metavar="ID...", help="The records, as `ls` names them.")
]


@on_store()
def forget(
    call: Call,
    ids: _Ids,
    filter: FilterOption = None,
    reason: Annotated[str, typer.Option("--reason", "-r", help="Kept in the journal.")] = "",
) -> None:
    """Archive records: out of search, still there; `memkit undo` brings them back.

    With --json: the JournalEntry.

    Example:

        memkit forget notes.mem t1 --reason "no longer true"
    """
    entry = call.scope.forget(**_target(ids, filter), reason=reason)

    def draw() -> None:
        console().print(
            f"Forgot {counted(len(entry.records), 'record')}. "
            f"To take it back: memkit undo {call.path} {entry.id}"
        )

    call.answer(entry, draw)


@on_store()
def undo(
    call: Call,
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="Its number in the journal.")],
) -> None:
    """Take a journal entry back: restore what it forgot, forget what it added.

    With --json: the new JournalEntry.

    Example:

        memkit undo notes.mem 3
    """
    made = call.scope.undo(whole_number(entry, "ENTRY"))
    call.answer(made, lambda: print_entries(console(), [made]))


@on_store()
def erase(
    call: Call,
    ids: _Ids,
    filter: FilterOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Erase the whole scope.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; it cannot be undone.")] = False,
) -> None:
    """Remove records for good, with all that was derived from them.

    Without --yes it only lists what would go. With it, the file is rewritten and then searched
    byte by byte for the erased words; if any is left, the exit code is 1.

    With --json: `{"erased", "ids", "receipt"}`; the receipt is null without --yes.

    Example:

        memkit erase notes.mem t1 --yes
    """
    target = _erase_target(ids, filter, everything)
    if not yes:
        doomed = call.scope.erasable(**target)
        found: dict[str, Any] = {"erased": False, "ids": doomed, "receipt": None}
        call.answer(found, lambda: _print_doomed(console(), call.scope, doomed))
        return
    with working("Erasing"):
        receipt = call.scope.erase(**target)
    found = {"erased": True, "ids": list(receipt.ids), "receipt": receipt}
    call.answer(found, lambda: _print_receipt(console(), receipt))
    if not receipt.verified:
        note(f"the erasure could not be verified: {receipt.note or f'{receipt.residue} left'}.")
        raise typer.Exit(STORE_ERROR)


def _target(ids: list[str], filter: list[str] | None) -> dict[str, Any]:
    wanted = filter_of(filter)
    if bool(ids) == (wanted is not None):
        raise InvalidInput("Give either ids or --filter; nothing was changed.")
    return {"filter": wanted} if wanted is not None else {"ids": ids}


def _erase_target(ids: list[str], filter: list[str] | None, everything: bool) -> dict[str, Any]:
    if not everything:
        if not ids and not filter:
            raise InvalidInput("Name what to erase: ids, --filter, or --all. Nothing was changed.")
        return _target(ids, filter)
    if ids or filter:
        raise InvalidInput("--all goes without ids and --filter; nothing was changed.")
    return {}


def _print_doomed(out: Console, scope: Scope, doomed: list[str]) -> None:
    print_turns(out, [_as_turn(scope.get(id)) for id in doomed[:_PREVIEWED]])
    more = len(doomed) - _PREVIEWED
    out.print(f"... and {more:,} more." if more > 0 else "")
    out.print(
        f"{counted(len(doomed), 'record')} would be erased for good. "
        "Nothing was changed; add --yes."
    )


def _as_turn(record: Turn | Memory) -> Turn:
    if isinstance(record, Turn):
        return record
    return Turn(record.id or "", record.text, record.speaker or record.kind, when=record.when)


def _print_receipt(out: Console, receipt: Receipt) -> None:
    memories = f" and {receipt.memories:,} memories" if receipt.memories else ""
    out.print(f"Erased {counted(receipt.turns, 'turn')}{memories}.")
    out.print(
        f"Searched {counted(len(receipt.files), 'file')} for "
        f"{counted(receipt.probes, 'piece')} of their words: "
        f"{receipt.residue} found."
    )
