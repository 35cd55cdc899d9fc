"""`huitang serve`: run the whole system in this process, on one data folder."""

from huitang.language import said
from huitang.running import HostOption, PortOption, settings_of
from huitang.terminal import Terminal, command, single
from huitang.whole import Running, run_house
from services.directory.links.actions import first_run_link

app = single()


@command(app)
def serve(terminal: Terminal, host: HostOption = None, port: PortOption = None) -> None:
    """Run everything until Ctrl-C. On an empty data folder it prints the link that makes the first administrator."""

    def ready(running: Running) -> None:
        link = first_run_link(running.house.runtimes["directory"].db, running.house.settings)
        words = said(
            f"会堂已在 {running.url} 运行，按 Ctrl-C 结束。", f"Huitang runs at {running.url}. End it with Ctrl-C."
        )
        if link:
            nobody = said(
                "尚无管理员。请打开以下一次性链接，设立首位管理员：",
                "There is no administrator yet. Open this link once to become the first:",
            )
            words += f"\n{nobody}\n  {link}"
        terminal.answer({"url": running.url, "first_run": link}, words)

    run_house(settings_of(terminal, host, port), ready)
