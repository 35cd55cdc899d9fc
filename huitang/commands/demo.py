"""`huitang demo`: the sample world, to look at and to try things on."""

import json
import threading
import time
from pathlib import Path
from typing import Any

import structlog

from huitang.client import Client
from huitang.commands.recover import with_address
from huitang.language import said, terminal_language
from huitang.offline import open_databases
from huitang.running import HostOption, PortOption, settings_of
from huitang.sample.people import SamplePeople, email_of, personas
from huitang.sample.programme import EDITIONS, facts_of
from huitang.sample.seed import STEPS, seed, slugs
from huitang.terminal import Failed, Terminal, command, single, table
from huitang.whole import Running, run_house
from services.directory.links.actions import sign_in_link
from shared.files import write_private

SEEDING_SECONDS = 120

log = structlog.get_logger()
app = single()


@command(app)
def demo(terminal: Terminal, host: HostOption = None, port: PortOption = None) -> None:
    """Serve a data folder that holds the sample world, seeding it once. With --json only print who and what there is.

    A later start moves editions whose dates have drifted more than a week from today. Printing needs the folder that is
    served, and makes new sign-in links each time.
    """
    if terminal.json:
        terminal.answer(told(terminal))
        return
    kept = Kept(terminal.data / "demo.json")
    seeding = Seeding(terminal, kept)
    if not kept.file.exists():
        terminal.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept.write(SamplePeople(), seeded=False)
    run_house(settings_of(terminal, host, port), seeding.start)
    if seeding.fault:
        raise Failed(said(f"示例数据未能生成：{seeding.fault}", f"The sample world could not be made: {seeding.fault}"))


class Kept:
    """The file `demo.json`: who works in the sample, their keys, and whether all of it was made."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def write(self, people: SamplePeople, *, seeded: bool) -> None:
        """Keep it, readable by its owner alone."""
        write_private(self.file, json.dumps({"seeded": seeded, **vars(people)}, indent=1))

    def read(self) -> tuple[SamplePeople, bool]:
        """Return the people and whether all was made; raise `Failed` where there is no sample."""
        if not self.file.exists():
            raise Failed(
                said(
                    f"{self.file.parent} 中没有示例数据，请用 huitang demo 启动。",
                    f"{self.file.parent} holds no sample world; start it with `huitang demo`.",
                )
            )
        members = json.loads(self.file.read_text())
        seeded = members.pop("seeded")
        return SamplePeople(**members), seeded


class Seeding:
    """Seeds in a thread beside the server, and ends the server where that fails."""

    def __init__(self, terminal: Terminal, kept: Kept) -> None:
        self.terminal, self.kept = terminal, kept
        self.fault = ""

    def start(self, running: Running) -> None:
        """Begin; called as soon as the house answers."""
        threading.Thread(target=self._run, args=(running,), name="seeding", daemon=True).start()

    def _run(self, running: Running) -> None:
        people, _ = self.kept.read()
        try:
            with self.terminal.progress(said("正在生成示例数据", "Making the sample world"), STEPS) as bar:
                seed(running.house, running.url, people, bar.step)
            self.kept.write(people, seeded=True)
            show(self.terminal, told(self.terminal))
        except Exception as error:
            if not running.ending:
                self.fault = str(error)
                log.error("seeding_failed", error=repr(error), exc_info=error)
                running.end()


def told(terminal: Terminal) -> dict[str, Any]:
    """Return who works in the sample, with fresh links, and its editions; raise `NothingRuns`.

    Waits while the sample is being made.
    """
    kept, deadline = Kept(terminal.data / "demo.json"), time.monotonic() + SEEDING_SECONDS
    with terminal.client() as client:
        client.call("GET", "/health/live")
        people, seeded = kept.read()
        while not seeded:
            if time.monotonic() > deadline:
                raise Failed(said("示例数据尚未就绪。", "The sample world is not ready yet."))
            time.sleep(0.2)
            client.call("GET", "/health/live")
            people, seeded = kept.read()
    with Client(client.url, people.key("administrator")) as administrator:
        editions = [_edition(administrator, slug) for slug in slugs()]
    return {"url": client.url, "accounts": _accounts(terminal, people), "editions": editions}


def _accounts(terminal: Terminal, people: SamplePeople) -> list[dict[str, str]]:
    settings, language = with_address(terminal.settings), terminal_language()
    with open_databases(terminal.settings) as databases:
        return [
            {
                "role": persona["role"],
                "name": persona["name"][0 if language == "zh" else 1],
                "email": email_of(persona["role"]),
                "sign_in": sign_in_link(databases["directory"], settings, email_of(persona["role"])) or "",
                "api_key": people.key(persona["role"]),
            }
            for persona in personas()
        ]


def _edition(client: Client, slug: str) -> dict[str, Any]:
    found = client.get(f"/api/events/editions/{slug}")
    sessions = client.get(f"/api/events/editions/{slug}/sessions", limit=1, total="true")["total"]
    return {"slug": slug, "series": found["series_slug"], "sessions": sessions}


def show(terminal: Terminal, world: dict[str, Any]) -> None:
    """Print for people where everything is and who may come in."""
    url, language = world["url"], terminal_language()
    terminal.out.print(
        said(f"\n会堂已在 {url} 运行，按 Ctrl-C 结束。\n", f"\nHuitang runs at {url}. End it with Ctrl-C.\n")
    )
    draft = said("{}（草稿，尚未公开）", "{} (a draft, not public yet)")
    hidden = {facts["slug"] for facts in map(facts_of, EDITIONS) if not facts["released"]}
    rows = [
        [
            e["sessions"],
            draft.format(e["slug"]) if e["slug"] in hidden else f"{url}/{language}/events/{e['series']}/{e['slug']}",
        ]
        for e in world["editions"]
    ]
    terminal.out.print(table((said("议程项", "sessions"), said("届次", "edition")), rows))
    terminal.out.print(
        said(
            "\n可用以下身份登录（链接仅一次有效，huitang demo --json 可重新生成）：",
            "\nSign in as (each link works once; `huitang demo --json` makes new ones):",
        )
    )
    people = [[a["role"], a["name"], a["sign_in"]] for a in world["accounts"]]
    terminal.out.print(table((said("角色", "role"), said("姓名", "name"), said("链接", "link")), people))
    kept = terminal.data / "demo.json"
    terminal.out.print(
        said(
            f"\nAPI 密钥保存在 {kept}，接口说明见 {url}/api。",
            f"\nAPI keys are in {kept}; the API is described at {url}/api.",
        )
    )
