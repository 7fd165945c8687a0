"""The outer edge of the command line: every error becomes one line and an exit code."""

from __future__ import annotations

import os
import sys
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

import typer
from typer.core import TyperGroup

from memkit.cli import paging
from memkit.cli.printing import one_line
from memkit.errors import (
    ClosedStore,
    CorruptStore,
    EmbedderMismatch,
    LockedStore,
    MemkitError,
    NotAStore,
    StorageFailure,
)

USER_ERROR: Final = 2
"""The command was given something it cannot use: nothing was changed."""
STORE_ERROR: Final = 1
"""The store, or memkit itself, failed."""
GATE: Final = 3
"""What was measured is not good enough for the gate that was set; nothing failed."""
INTERRUPTED: Final = 130

_NETWORK: Final = (ConnectionError, TimeoutError)
_STORE_ERRORS: Final = (ClosedStore, CorruptStore, LockedStore, NotAStore, StorageFailure)


class Edge(TyperGroup):
    """The top group. Anywhere on the line, `--debug` adds the traceback to an error and
    `--no-pager` shows long output without a pager."""

    debug = False

    def make_context(self, info_name: str | None, args: list[str], *more: Any, **extra: Any) -> Any:
        """Parse the line; usage errors are one line."""
        end = args.index("--") if "--" in args else len(args)
        self.debug = "--debug" in args[:end]
        paging.wanted.set(paging.OPTION not in args[:end])
        kept = [arg for arg in args[:end] if arg not in ("--debug", paging.OPTION)] + args[end:]
        with self.watched():
            return super().make_context(info_name, kept, *more, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; its errors are one line."""
        with self.watched():
            result = super().invoke(ctx)
            sys.stdout.flush()  # here, where a reader who has left does no harm
            return result

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Turn what goes wrong inside into a line on standard error and an exit code."""
        with warnings.catch_warnings():
            warnings.simplefilter("always", EmbedderMismatch)
            warnings.showwarning = _shown_warning
            try:
                yield
            except (typer.Exit, typer.Abort):
                raise
            except KeyboardInterrupt as error:
                _say("stopped by Ctrl-C; what was not finished was not stored.")
                raise typer.Exit(INTERRUPTED) from error
            except BrokenPipeError as error:
                _let_go_of_output()
                raise typer.Exit(0) from error
            except Exception as error:
                if self.debug:
                    traceback.print_exception(error, file=sys.stderr)
                message, code = explained(error)
                if message:
                    _say(message)
                raise typer.Exit(code) from error


def explained(error: Exception) -> tuple[str, int]:
    """The line that tells of an error, and the exit code."""
    usage = getattr(error, "format_message", None)  # typer's own errors
    if usage is not None:
        told = str(usage()).replace("Value error, ", "").rstrip(".")
        if not told:  # a group without a command: its help has been printed
            return "", USER_ERROR
        told = told if told.endswith("?") else f"{told}."
        return f"{told} See `{_asked(error)} --help`.", USER_ERROR
    if isinstance(error, MemkitError):
        return str(error), STORE_ERROR if isinstance(error, _STORE_ERRORS) else USER_ERROR
    if isinstance(error, OSError) and error.strerror and not isinstance(error, _NETWORK):
        which = f" {error.filename}" if error.filename else ""
        return (
            f"reading or writing{which} failed: {error.strerror}. Check the path, its permissions "
            "and the space on its disk.", STORE_ERROR,
        )  # fmt: skip
    return f"unexpected {type(error).__name__}: {error}. Add --debug to see where.", STORE_ERROR


def _asked(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    return str(context.command_path) if context is not None else "memkit"


def _say(message: str) -> None:
    with suppress(BrokenPipeError):
        sys.stderr.write(f"memkit: {one_line(message)}\n")


def _shown_warning(message: Warning | str, *_: Any, **__: Any) -> None:
    _say(f"warning: {message}")


def _let_go_of_output() -> None:
    """Give standard output a place to go, or closing it would fail again at exit."""
    with suppress(OSError, ValueError):  # not a real file, in tests
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
