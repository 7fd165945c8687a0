"""`memkit ui`: the store in a browser."""

from __future__ import annotations

import os
import sys
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from memkit.cli.call import Call, on_store
from memkit.cli.printing import console
from memkit.errors import InvalidInput, PluginError


@on_store()
def ui(
    call: Call,
    write: Annotated[
        bool, typer.Option("--write", help="Allow to undo; otherwise nothing is ever written.")
    ] = False,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0: any that is free.")] = 0,
    reports: Annotated[
        Path | None, typer.Option("--reports", help="A folder of eval reports to open, too.")
    ] = None,
    browser: Annotated[
        bool | None,
        typer.Option("--browser/--no-browser", help="Open it. [default: on a terminal]"),
    ] = None,
) -> None:
    """Look at a store in the browser, on this machine alone, until Ctrl-C.

    Needs the extra `ui`. The address holds a secret: who has it can read the store.

    With --json: `{"address", "writable"}`, before the page is served.

    Example:

        memkit ui notes.mem --write
    """
    site, page = _serving()
    if reports is not None and not reports.is_dir():
        raise InvalidInput(f"--reports {reports} is not a folder.")
    call.settings = {"read_only": not write}
    looked_at = site(call.store, call.path, call.keys, write, reports, call.embedder)
    with page(looked_at, port) as shown:
        found = {"address": shown.address, "writable": write}
        call.answer(found, lambda: _say(shown.address, write))
        sys.stdout.flush()
        if browser if browser is not None else _has_screen():
            threading.Thread(target=webbrowser.open, args=(shown.address,), daemon=True).start()
        with suppress(KeyboardInterrupt):  # it is how the page is closed
            shown.serve()


def _serving() -> tuple[Callable[..., Any], Callable[..., Any]]:
    try:
        from memkit.ui.pages import Site
        from memkit.ui.serving import LocalPage
    except ImportError as error:
        raise PluginError(
            f"The local page needs what is not installed here ({error}). "
            'Run `pip install "memkit-sdk[ui]"`.'
        ) from error
    return Site, LocalPage


def _say(address: str, write: bool) -> None:
    out = console()
    out.print(Text(address, style="bold"), soft_wrap=True)
    can = "reads, and can undo" if write else "only reads; --write allows to undo"
    out.print(f"The page {can}. Ctrl-C closes it.")


def _has_screen() -> bool:
    """Whether a browser would open in a window; one in the terminal would take it over."""
    if not sys.stdout.isatty():
        return False
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
