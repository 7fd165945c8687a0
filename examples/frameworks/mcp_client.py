"""A client of the Model Context Protocol that starts `memkit mcp` and calls its tools, twice.

Runs offline. Needs: pip install "memkit-sdk[mcp]"
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client


def told(result: Any) -> str:
    return "\n".join(block.text for block in result.content)


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = StdioServerParameters(
            command=sys.executable,
            args=["-m", "memkit.cli", "mcp", str(Path(folder) / "ana.mem"), "--user", "ana"],
            env=dict(os.environ),
        )
        async with stdio_client(server) as streams, ClientSession(*streams) as monday:
            await monday.initialize()
            print("tools:", ", ".join(tool.name for tool in (await monday.list_tools()).tools))
            noted = {"text": "Ana's cat is called Bica."}
            print(told(await monday.call_tool("remember", noted)))

        async with stdio_client(server) as streams, ClientSession(*streams) as tuesday:
            await tuesday.initialize()
            print(told(await tuesday.call_tool("recall", {"query": "What is the cat called?"})))
            print(told(await tuesday.call_tool("forget", {"id": "t9"})))


if __name__ == "__main__":
    asyncio.run(main())
