"""The server process: uvicorn around the house, ended cleanly by Ctrl-C even while live views are open."""

import socket

import uvicorn

from huitang.house import House


class Server(uvicorn.Server):
    """Ends live views first, so that shutting down does not wait for them."""

    def __init__(self, house: House, *, log_level: str = "warning") -> None:
        self.house = house
        config = uvicorn.Config(
            house,
            loop="uvloop",
            http="httptools",
            lifespan="on",
            access_log=False,
            log_level=log_level,
            server_header=False,
            timeout_graceful_shutdown=5,
            timeout_keep_alive=75,
        )
        super().__init__(config)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close live views, then connections, then the house."""
        self.house.bus.hush()
        await super().shutdown(sockets)


def listen(host: str, port: int) -> socket.socket:
    """Open the listening socket; port 0 takes a free one. Raises `OSError` where the port is taken."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    listening.listen(2048)
    return listening
