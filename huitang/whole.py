"""What is done with a whole house in this process, on a data folder: serve, publish all, rebuild all."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from huitang.house import House
from huitang.language import said
from huitang.preparing import prepare_apart
from huitang.running import EVERYWHERE, locked, observe, opened_door
from huitang.server import Server, run_until_told
from huitang.terminal import Failed
from services.directory.setup.actions import ensure_local_key
from shared.files import write_private
from shared.settings import Settings


@dataclass
class Running:
    """A house that answers at `url`."""

    house: House
    url: str
    server: Server

    def end(self) -> None:
        """Ask it to end, as Ctrl-C does."""
        self.server.should_exit = True

    @property
    def ending(self) -> bool:
        """Whether it was asked to end."""
        return self.server.should_exit


def run_house(settings: Settings, when_ready: Callable[[Running], None]) -> None:
    """Serve until told to end; `when_ready` is called as soon as requests are answered.

    Raises `Failed` where the folder or the port is taken, or the house does not start.
    """
    with locked(settings.data), opened_door(settings.host, settings.port) as listening:
        port: int = listening.getsockname()[1]
        settings = settings.model_copy(update={"port": port})
        observe(settings, "house")
        prepare_apart(settings)
        house = House(settings)
        ensure_local_key(house.runtimes["directory"].db, settings.data / "cli.key")
        url = f"http://{EVERYWHERE.get(settings.host, settings.host)}:{port}"
        server = Server(house, house.bus, on_started=lambda: _tell(Running(house, url, server), when_ready))
        try:
            if not run_until_told(server, listening):
                raise Failed(said("会堂未能启动，原因见日志。", "Huitang did not start; the log says why."))
        finally:
            (settings.data / "url").unlink(missing_ok=True)


def publish_all(settings: Settings) -> dict[str, int]:
    """Number and publish what the outboxes hold and is not published; return how many facts, by service."""
    with closing(House(settings)) as house:
        return {name: runtime.relay.drain() for name, runtime in house.runtimes.items()}


def rebuild_all(settings: Settings, tell: Callable[[str], None]) -> dict[str, int]:
    """Publish what is left in the outboxes, then fill every projection; return the messages read, by service."""
    rebuilt = {}
    with closing(House(settings)) as house:
        for runtime in house.runtimes.values():
            runtime.relay.drain()
        for name, runtime in house.runtimes.items():
            rebuilt[name] = runtime.rebuild()
            tell(name)
    return rebuilt


def _tell(running: Running, when_ready: Callable[[Running], None]) -> None:
    write_private(running.house.settings.data / "url", running.url + "\n")
    when_ready(running)
