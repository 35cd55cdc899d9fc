"""`huitang status`: how every service is, how far it lags behind the others, and what waits."""

from typing import Any

import typer

from huitang.client import Client
from huitang.terminal import Terminal, command, single, table

app = single()


@command(app)
def status(terminal: Terminal) -> None:
    """Say which services are ready, at which tables, how far behind, and what is parked; fails where one is down."""
    with terminal.client() as client:
        health = client.call("GET", "/health/ready", expected=(503,)).json()
        services: dict[str, Any] = {
            name: {key: value for key, value in told.items() if key != "behind"} | _told(client, name)
            for name, told in health["services"].items()
        }
    rows = [
        (name, s["status"], s.get("facts"), s.get("unsent"), sum(s.get("behind", {}).values()), s.get("parked"),
         s.get("failed_jobs"))
        for name, s in services.items()
    ]  # fmt: skip
    made = table(("service", "status", "facts", "unsent", "behind", "parked", "failed jobs"), rows)
    terminal.answer({"url": client.url, "status": health["status"], "services": services}, lambda out: out.print(made))
    if health["status"] != "ready":
        raise typer.Exit(1)


def _told(client: Client, service: str) -> dict[str, Any]:
    answer = client.call("GET", f"/api/{service}/status", expected=range(500, 600))
    return answer.json() if answer.is_success else {}
