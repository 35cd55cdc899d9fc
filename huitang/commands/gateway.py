"""`huitang gateway`: run the gateway in this process; the services are found by HUITANG_UPSTREAMS."""

from huitang.gateway_alone import GatewayAlone
from huitang.language import said
from huitang.running import HostOption, PortOption, run_alone, settings_of
from huitang.terminal import Failed, Terminal, command, single
from shared.files import write_private

app = single()


@command(app)
def gateway(terminal: Terminal, host: HostOption = None, port: PortOption = None) -> None:
    """Run the gateway until Ctrl-C, before the services that HUITANG_UPSTREAMS names."""
    settings = settings_of(terminal, host, port)
    if not settings.upstreams:
        raise Failed(
            said(
                "网关不知道各服务的地址：请设置 HUITANG_UPSTREAMS，例如 events=http://events:8000。",
                "The gateway knows no service: set HUITANG_UPSTREAMS, such as events=http://events:8000.",
            )
        )

    def tell(url: str) -> None:
        write_private(settings.data / "url", url + "\n")
        terminal.answer(
            {"url": url},
            said(f"网关已在 {url} 运行，按 Ctrl-C 结束。", f"The gateway runs at {url}. End it with Ctrl-C."),
        )

    run_alone(settings, "gateway", GatewayAlone, tell)
