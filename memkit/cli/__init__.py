"""The command line: `memkit`.

Nothing else in memkit imports this package, so typer and rich are loaded by it alone.
"""

from __future__ import annotations

import io
import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line of this process; the entry point of the `memkit` program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # any store can be shown on any terminal
    try:
        from memkit.cli.app import app

        app(prog_name="memkit")
    except KeyboardInterrupt:  # before the edge of `memkit.cli.edge` was reached
        sys.stderr.write("memkit: stopped by Ctrl-C.\n")
        sys.exit(130)
