"""`python -m memkit.cli.reference > docs/cli.md` writes the page of the command line."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from typing import Any, Final

import typer

from memkit import models
from memkit.cli.app import app
from memkit.cli.call import PANEL

_INTRODUCTION: Final = """\
# The command line

This page is made from the commands: `python -m memkit.cli.reference > docs/cli.md`.

## The same everywhere

- The store FILE comes first. It is left out when `--store` names the store, or when
  `MEMKIT_STORE` does and no FILE is given. (`forget` and `erase`, which take any number of ids,
  then read the first word as FILE only if that is an existing store.)
- `--scope key=value`, repeatable, or `--user NAME` says whose memory is meant. A file with one
  scope needs neither.
- `--json` prints one JSON document instead of tables. Its records are described
  [below](#json-records).
- `-` stands for standard input where a text or a file is read, and for standard output in
  `export`.
- Commands that read never create a file, and open a store with the embedder its vectors are from,
  if that is one of memkit's own; with `--embedder` otherwise.
- Exit codes: 0 done; 1 the store failed, is damaged or has problems; 2 the command was given
  something it cannot use; 3 a gate was not passed (`eval own`, `eval compare --gate`);
  130 stopped by Ctrl-C. An error is one line on standard error;
  `--debug` adds the traceback.
- Colours follow the terminal and `NO_COLOR`; tables follow its width, or `COLUMNS`.
- On a terminal, moments of the last month are told as "3 days ago"; `--times absolute`, or
  `MEMKIT_TIMES=absolute`, tells dates. `--json` always gives ISO 8601.
- On a terminal, output longer than it goes to the pager that `PAGER` names, or `less`;
  `--no-pager` or `PAGER=cat` lets it through.
- `memkit --install-completion` makes the shell complete commands, options, the names of plug-ins
  and data sets, and the scopes of the store on the line.
"""
_RECORDS: Final = (
    models.Turn, models.Memory, models.Source, models.Hit, models.Block, models.Trace,
    models.Stage, models.Expectation, models.Reading, models.SessionInfo, models.JournalEntry,
    models.Receipt, models.MaintainReport, models.Planned, models.Measure, models.ReembedReport,
)  # fmt: skip


def page() -> str:
    """The whole page, Markdown."""
    parts = [_INTRODUCTION, *_shared(), *_sections(), *_json()]
    return "\n".join(part.rstrip() + "\n" for part in parts)


def commands() -> Iterator[tuple[str, Any]]:
    """Every command with its full name, in the order of the help."""
    top: Any = typer.main.get_command(app)
    for name, command in top.commands.items():
        inner = getattr(command, "commands", None)
        if inner is None:
            yield f"memkit {name}", command
        else:
            yield from ((f"memkit {name} {below}", one) for below, one in inner.items())


def _shared() -> Iterator[str]:
    top: Any = typer.main.get_command(app)
    ours = [one for one in _given(top) if "--install-completion" not in one.opts]
    yield "These options need no command; `--debug` stands anywhere on the line:\n"
    yield _listed([one for one in ours if "--show-completion" not in one.opts])
    yield "These are the options of every command that works on a store:\n"
    yield _listed([one for one in _given(top.commands["search"]) if one.rich_help_panel == PANEL])


def _sections() -> Iterator[str]:
    for name, command in commands():
        arguments = [one for one in command.params if one.param_type_name == "argument"]
        # typer has to be told that none is required where FILE can be left out before the others.
        known = all(_word(one) != "FILE" for one in arguments)
        words = " ".join(_place(one, known) for one in arguments)
        yield f"## {name}\n\n`{' '.join(f'{name} {words}'.split())} [OPTIONS]`\n"
        yield command.help or ""
        own = [one for one in _given(command) if one.rich_help_panel != PANEL]
        told = [one for one in arguments if one.help and _word(one) != "FILE"]
        if told or own:
            yield _listed([*told, *own])


def _given(command: Any) -> list[Any]:
    return [
        one
        for one in command.params
        if one.param_type_name == "option" and "--help" not in one.opts and not one.hidden
    ]


def _listed(parameters: list[Any]) -> str:
    return "\n".join(
        f"- `{_names(one)}`: {one.help or ''}{_default(one)}".rstrip(": ") for one in parameters
    )


def _names(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return _word(parameter)
    return ", ".join([*parameter.opts, *parameter.secondary_opts])


def _word(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name.upper())


def _place(argument: Any, known: bool) -> str:
    word = _word(argument)
    optional = word == "FILE" or (known and not argument.required)
    return f"[{word}]" if optional else word


def _default(parameter: Any) -> str:
    value = parameter.default
    if value in (None, False, "", [], ()) or callable(value):
        return ""
    return f" [default: {value}]"


def _json() -> Iterator[str]:
    yield (
        "## JSON records\n\n"
        "Moments are ISO 8601 with their offset; what is not known is null. Fields are only ever "
        "added.\n"
    )
    for record in _RECORDS:
        first = (record.__doc__ or "").strip().splitlines()[0]
        fields = "\n".join(
            f"- `{field.name}`: {_kind(str(field.type))}" for field in dataclasses.fields(record)
        )
        yield f"### {record.__name__}\n\n{first}\n\n{fields}\n"


def _kind(annotation: str) -> str:
    """A Python type as JSON has it."""
    names = {
        "str": "text", "int": "whole number", "float": "number", "bool": "true or false",
        "datetime": "moment", "None": "null",
    }  # fmt: skip
    if annotation.startswith(("Mapping", "dict")):
        return "object"
    if annotation.startswith("Literal"):
        return annotation.removeprefix("Literal[").removesuffix("]").replace('"', "`")
    if annotation.startswith("tuple["):
        return f"list of {_kind(annotation[6:].split(',')[0])}"
    return " or ".join(names.get(part.strip(), part.strip()) for part in annotation.split("|"))


if __name__ == "__main__":
    sys.stdout.write(page())
