"""`facts`, `profile`, `sql`: what is known, and how it came to be."""

from __future__ import annotations

import json
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.text import Text

from memkit.cli import printing
from memkit.cli.call import Call, on_store
from memkit.cli.printing import console, counted, minute, note, one_line, table
from memkit.errors import InvalidInput
from memkit.models import Fact, Quarantined, Table

_NO_FACTS: Final = (
    "no fact of that kind is known; facts are read from what persons say of themselves, such as "
    "'I live in Lisbon'."
)
_STYLES: Final = {"uncertain": "magenta", "planned": "cyan", "current": ""}


@on_store()
def facts(
    call: Call,
    subject: Annotated[str | None, typer.Option(help="Whom or what they are about.")] = None,
    attribute: Annotated[str | None, typer.Option(help="Such as home, job, pet.")] = None,
    at: Annotated[str | None, typer.Option(help="What held at this moment.")] = None,
    as_of: Annotated[str | None, typer.Option(help="As far as said by this moment.")] = None,
    trust: Annotated[
        str | None, typer.Option(help="Count words of this origin too: tool, import, web.")
    ] = None,
    every: Annotated[
        bool, typer.Option("--history", help="Also what no longer holds or was taken back.")
    ] = False,
) -> None:
    """List what holds now, or held at a moment, with the turns that say so.

    With --json: a list of Fact.

    Example:

        memkit facts notes.mem --subject Ana --attribute home --history
    """
    found = call.scope.facts(subject, attribute, at=at, as_of=as_of, trust=trust, superseded=every)
    call.answer(found, lambda: _print_facts(console(), found))
    if not found and not call.as_json:
        note(_NO_FACTS)


@on_store()
def profile(
    call: Call,
    person: Annotated[str | None, typer.Option(help="Whose; the owner's where left out.")] = None,
    budget: Annotated[int, typer.Option("--budget", "-b", min=1, help="Most tokens.")] = 300,
) -> None:
    """Print what is known of a person now, as a prompt-ready card.

    With --json: a Profile.

    Example:

        memkit profile notes.mem --person Ana
    """
    found = call.scope.profile(person, budget)
    call.answer(found, lambda: console().out(printing.visible(found.text), highlight=False))


@on_store()
def sql(
    call: Call,
    query: Annotated[str, typer.Argument(metavar="QUERY", help="One SELECT.")],
    parameter: Annotated[
        list[str] | None,
        typer.Option("--parameter", "-p", help="A value for a ? in the query; repeatable."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="Most rows.")] = 1000,
    timeout_ms: Annotated[
        float, typer.Option("--timeout-ms", min=1, help="Stop the query after so long.")
    ] = 5000,
) -> None:
    """Ask one scope's facts, claims, turns, memories and sources by SQL, read only.

    With --json: `{"columns", "rows", "cut"}`.

    Example:

        memkit sql notes.mem "select attribute, value, since from facts where status = 'current'"
    """
    found = call.scope.sql(
        query, [_value(text) for text in parameter or ()], limit=limit, timeout_ms=timeout_ms
    )
    call.answer(found, lambda: print_rows(console(), found))


@on_store()
def query(
    call: Call,
    template: Annotated[
        str,
        typer.Argument(
            metavar="TEMPLATE",
            help="latest, 'as of', first, last, list, count, before, after, 'days between'.",
        ),
    ],
    field: Annotated[
        list[str] | None, typer.Option("--field", help="subject=Ana, attribute=home; repeatable.")
    ] = None,
) -> None:
    """Answer a closed question from the facts.

    With --json: `{"columns", "rows", "cut"}`.

    Example:

        memkit query notes.mem count --field subject=Ana --field attribute=pet
    """
    fields = dict(_pair(text) for text in field or ())
    found = call.scope.query(template, **fields)
    call.answer(found, lambda: print_rows(console(), found))


@on_store()
def chain(
    call: Call,
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="English, about a name.")],
    hops: Annotated[int, typer.Option("--hops", min=1, help="At most so many facts.")] = 4,
    at: Annotated[str | None, typer.Option(help="What held at this moment.")] = None,
) -> None:
    """Answer a question that takes several facts, and show them: the last one's value answers.

    With --json: a list of Fact, empty where nothing leads to an answer.

    Example:

        memkit chain notes.mem "Where was the wife of my boss born?"
    """
    found = call.scope.chain(question, hops=hops, at=at)
    call.answer(found, lambda: _print_facts(console(), found) if found else None)
    if not found and not call.as_json:
        note("nothing that is known leads to an answer; `memkit facts` lists what is known.")


def print_rows(out: Console, found: Table) -> None:
    """The answer of a query as a table."""
    if not found.rows:
        note("there is no such row.")
    last = found.columns[-1] if found.columns else None
    made = table(*(one_line(name) for name in found.columns), rest=last and one_line(last))
    for row in found.rows:
        made.add_row(*(Text("" if cell is None else one_line(str(cell))) for cell in row))
    out.print(made)
    if found.cut:
        note(f"these are the first {counted(len(found.rows), 'row')}; see --limit.")


def print_quarantined(out: Console, items: list[Quarantined]) -> None:
    """What did not hold, each with its reason below."""
    if not items:
        out.print("Nothing was proposed that did not hold.")
    for item in items:
        head = Text(f"{item.kind}", style="bold")
        turns = ", ".join(item.turns)
        head.append(f"  {one_line(turns)} · {one_line(item.extractor)}", style="dim")
        out.print(head)
        out.print(Text(f"    {one_line(item.text)}"))
        out.print(Text(f"    {one_line(item.reason)}", style="red"))


def _print_facts(out: Console, found: list[Fact]) -> None:
    wide = out.width >= printing.NARROW
    names = ("subject", "attribute", "since", *(("until",) if wide else ()), "status")
    made = table(*names, *(("sources",) if wide else ()), "value", rest="value")
    for fact in found:
        unit = f" {fact.unit}" if fact.unit else ""
        turns = ", ".join(dict.fromkeys(source.turn for source in fact.sources))
        made.add_row(
            _short(fact.subject, 16 if wide else 10), _short(fact.attribute, 20 if wide else 12),
            _day(fact.since), *((_day(fact.until),) if wide else ()),
            Text(fact.status[: None if wide else 7], style=_STYLES.get(fact.status, "dim")),
            *((_short(turns, 14),) if wide else ()), Text(one_line(fact.value + unit)),
        )  # fmt: skip
    out.print(made)


def _day(when: Any) -> str:
    return minute(when)[:10]


def _short(text: str, most: int) -> Text:
    shown = Text(one_line(text))
    shown.truncate(most, overflow="ellipsis")
    return shown


def _value(text: str) -> Any:
    """A number where it is one, else text."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        return text
    return found if isinstance(found, (int, float)) and not isinstance(found, bool) else text


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise InvalidInput(f"--field {text!r} is not name=value, for example subject=Ana.")
    return name.strip(), value
