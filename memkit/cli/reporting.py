"""`memkit eval report`: runs as one page to read, to keep and to send."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from memkit.cli import printing
from memkit.errors import InvalidInput
from memkit.evals.runs import read_run


def report(
    files: Annotated[
        list[Path], typer.Argument(metavar="A [B...]", help="Per-question files; A is the first.")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="The page to write.")],
    force: Annotated[
        bool, typer.Option("--force", help="Replace a file that is there already.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead.")] = False,
) -> None:
    """Write runs as one HTML page: tables, plots, and every question with its hits and signals.

    The page is one file that fetches nothing and needs no script. Files of `memkit eval run
    --json`; further ones are compared with the first. The same files give the same bytes.

    With --json: `{"path", "bytes", "runs"}`.

    Example:

        memkit eval report results.jsonl --out report.html
    """
    from memkit.html.report import report as page

    out = out.expanduser()
    if out.exists() and not force:
        raise InvalidInput(f"{out} exists already; --force replaces it. Nothing was written.")
    size = write_page(out, page([read_run(path) for path in files]))
    if as_json:
        printing.print_json({"path": str(out), "bytes": size, "runs": len(files)})
    else:
        printing.console().print(wrote(out, size))


def write_page(out: Path, page: str) -> int:
    """Write a page; how many bytes. Raises `InvalidInput` where it cannot be written."""
    content = page.encode()
    try:
        out.write_bytes(content)
    except OSError as error:
        raise InvalidInput(f"{out} cannot be written: {error.strerror}.") from error
    return len(content)


def able(picture: Path | None) -> None:
    """Refuse, before anything is measured, a `--plot` that could not be written afterwards."""
    if picture is None:
        return
    told, folder = f"--plot {str(picture)!r}", picture.absolute().parent
    if picture.is_dir():
        raise InvalidInput(f"{told} is a folder; name a file in it.")
    if not folder.is_dir():
        raise InvalidInput(f"{told} is in a folder that does not exist.")
    if not os.access(picture if picture.exists() else folder, os.W_OK):
        raise InvalidInput(f"{told} may not be written; change its permissions, or name another.")


def wrote(out: Path, size: int) -> str:
    """The line that tells of a page."""
    return f"Wrote {size / 1000:,.0f} kB to {out}."
