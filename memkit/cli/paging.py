"""Output longer than the terminal goes to the pager, as in git: PAGER says which."""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Final

OPTION: Final = "--no-pager"
_DEFAULT: Final = "less"
_ESCAPES: Final = re.compile(r"\x1b\[[0-9;]*m")
_PAGE: ContextVar[io.StringIO | None] = ContextVar("page", default=None)
wanted: ContextVar[bool] = ContextVar("wanted", default=True)
"""Whether this run of the program may page."""


def page() -> io.StringIO | None:
    """Where output that may be paged is collected; None where it goes straight out."""
    return _PAGE.get()


@contextmanager
def paged() -> Iterator[None]:
    """Show what is printed inside through the pager, if it is longer than the terminal."""
    pager = _pager()
    if pager is None:
        yield
        return
    token = _PAGE.set(io.StringIO())
    try:
        yield
    finally:
        collected = _PAGE.get()
        _PAGE.reset(token)
        assert collected is not None
        _show(collected.getvalue(), pager)


def _pager() -> list[str] | None:
    """The command of the pager; None where nobody looks, or none is there or wanted."""
    if not wanted.get() or not sys.stdout.isatty() or os.environ.get("TERM") in (None, "dumb"):
        return None
    words = shlex.split(os.environ.get("PAGER", _DEFAULT))
    return words if words and words[0] != "cat" and shutil.which(words[0]) else None


def _show(text: str, pager: list[str]) -> None:
    if text.count("\n") < shutil.get_terminal_size().lines:
        sys.stdout.write(text)
        return
    # F: leave where all fits; R: let colours through; X: leave the text on the screen.
    settings = {"LESS": "FRX"} | dict(os.environ)
    colours = os.path.basename(pager[0]) == "less" and "R" in settings["LESS"]
    shown = text if colours else _ESCAPES.sub("", text)
    sys.stdout.flush()
    with subprocess.Popen(pager, stdin=subprocess.PIPE, env=settings) as running:  # noqa: S603
        assert running.stdin is not None
        with suppress(BrokenPipeError, KeyboardInterrupt):  # left before the end
            running.stdin.write(shown.encode("utf-8", "replace"))
        with suppress(BrokenPipeError):
            running.stdin.close()
        while running.poll() is None:
            with suppress(KeyboardInterrupt):  # it is the pager's to answer
                running.wait()
