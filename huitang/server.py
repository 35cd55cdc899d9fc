"""The server process: uvicorn around an application, ended cleanly by Ctrl-C even while live views are open."""

import gc
import signal
import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from gateway.protocol import GuardedProtocol
from shared.bus import Bus


class Server(uvicorn.Server):
    """Tells when it answers, and ends live views first, so that shutting down does not wait for them."""

    def __init__(self, application: ASGIApp, bus: Bus, *, on_started: Callable[[], None] = lambda: None) -> None:
        self.bus = bus
        self._on_started = on_started
        config = uvicorn.Config(
            application,
            loop="uvloop",
            http=GuardedProtocol,
            lifespan="on",
            access_log=False,
            log_config=None,
            server_header=False,
            proxy_headers=False,  # whom to believe about addresses is the gateway's to know
            timeout_graceful_shutdown=5,
            timeout_keep_alive=75,
        )
        super().__init__(config)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open the application and the door, and tell."""
        await super().startup(sockets)
        spare_what_is_loaded()
        if self.started:
            self._on_started()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close live views, then connections, then the application."""
        self.bus.hush()
        await super().shutdown(sockets)


def spare_what_is_loaded() -> None:
    """Leave what is loaded by now out of the search for garbage, which held up every request for a while."""
    gc.freeze()
    gc.set_threshold(20_000, 10, 50)


def run_until_told(server: Server, listening: socket.socket) -> bool:
    """Serve in the main thread until SIGINT or SIGTERM; return whether it ever answered.

    Both signals end it as asked: uvicorn raises them again when it is done, and there is nobody left to tell.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    server.run([listening])
    return server.started


def listen(host: str, port: int) -> socket.socket:
    """Open the listening socket; port 0 takes a free one. Raises `OSError` where the port is taken."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    listening.listen(2048)
    return listening
