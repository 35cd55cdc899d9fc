"""Applications on real sockets, served as the house is, in the loop of the test."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.types import ASGIApp

from gateway.protocol import GuardedProtocol


@asynccontextmanager
async def served(app: ASGIApp) -> AsyncIterator[str]:
    """Serve an application on a free port; yield its address."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, http=GuardedProtocol, lifespan="off", access_log=False, log_level="critical", server_header=False,
        timeout_graceful_shutdown=1,
    )  # fmt: skip
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server._serve([listening]))
    while not server.started:
        await asyncio.sleep(0.005)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    await serving
    listening.close()


async def say(url: str, sent: bytes) -> bytes:
    """Send bytes, and return everything that comes back until the connection is closed or idle."""
    host, _, port = url.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(sent)
    got = b""
    try:
        async with asyncio.timeout(0.5):
            while part := await reader.read(65_536):
                got += part
    except TimeoutError:
        pass
    writer.close()
    return got


def statuses(got: bytes) -> list[int]:
    """Return the status of every answer in a connection's bytes."""
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3}) ", got)]
