"""`memkit mcp`: the store as a server of the Model Context Protocol."""

from __future__ import annotations

import sys
from contextlib import suppress
from types import ModuleType
from typing import Annotated

import typer
from rich.text import Text

from memkit.cli.call import Call, on_store
from memkit.cli.printing import console
from memkit.errors import PluginError


@on_store(creates=True)
def mcp(
    call: Call,
    http: Annotated[
        int | None,
        typer.Option(
            "--http",
            metavar="PORT",
            min=0,
            max=65535,
            help="Speak HTTP on this port of 127.0.0.1 instead; 0: any that is free.",
        ),
    ] = None,
    budget: Annotated[
        int, typer.Option("--budget", min=1, help="Tokens that one recall may take.")
    ] = 800,
    session: Annotated[
        str | None, typer.Option("--session", help="The session of what is remembered.")
    ] = None,
) -> None:
    """Serve one memory to MCP clients: the tools remember, recall, update, forget and list.

    Speaks over standard input and output, as a client that starts it expects; nothing else is
    printed there. Whose memory it is stands in this command: no client can choose another.

    Needs the extra `mcp`. With --http and --json: `{"address"}`, before requests are answered.

    Example:

        memkit mcp notes.mem --user ana --http 8765
    """
    adapter = _adapter()
    made = adapter.server(call.scope, budget=budget, session=session)
    if http is None:
        adapter.serve_stdio(made)
        return
    with adapter.LocalServer(made, http) as local:
        call.answer({"address": local.address}, lambda: _say(local.address))
        sys.stdout.flush()
        with suppress(KeyboardInterrupt):  # it is how the server is ended
            local.serve()


def _adapter() -> ModuleType:
    try:
        from memkit.adapters import mcp as adapter
    except ImportError as error:
        raise PluginError(str(error)) from error
    return adapter


def _say(address: str) -> None:
    out = console()
    out.print(Text(address, style="bold"), soft_wrap=True)
    out.print("Every program on this machine can connect. Ctrl-C ends it.")
