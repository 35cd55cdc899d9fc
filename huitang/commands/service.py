"""`huitang service`: run one service in this process; Kafka and the gateway are elsewhere."""

from typing import Annotated

import typer

from huitang.language import said
from huitang.running import HostOption, PortOption, check_revision, run_alone, settings_of
from huitang.service_alone import ServiceAlone
from huitang.services import NAMES, load
from huitang.terminal import Failed, Terminal, command, single

app = single()


@command(app)
def service(
    terminal: Terminal,
    name: Annotated[str, typer.Argument(help="Which service: directory, events, calendar.")],
    host: HostOption = None,
    port: PortOption = None,
) -> None:
    """Run one service until Ctrl-C. It refuses tables that `huitang migrate` has not brought to its own version."""
    if name not in NAMES:
        names = ", ".join(NAMES)
        raise Failed(said(f"没有服务 {name}：可选 {names}。", f"There is no service {name}; there are {names}."))
    settings = settings_of(terminal, host, port)
    check_revision(settings, name)
    run_alone(settings, name, lambda settled: ServiceAlone(settled, load(name)), lambda url: _tell(terminal, name, url))


def _tell(terminal: Terminal, name: str, url: str) -> None:
    words = said(
        f"服务 {name} 已在 {url} 运行，按 Ctrl-C 结束。", f"The service {name} runs at {url}. End it with Ctrl-C."
    )
    terminal.answer({"service": name, "url": url}, words)
