"""`huitang up`: everything that docker-compose.yml names, as processes of this machine, on Kafka and PostgreSQL."""

import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
import yaml

from huitang.composed import filled, read_parts
from huitang.local_kafka import jars_folder
from huitang.machines import server_options
from tests.collector import Collector, collector
from tests.huitang.process import ROOT, Ended, huitang

pytestmark = [pytest.mark.kafka, pytest.mark.postgres]


class Up:
    """A data folder on which everything is up."""

    def __init__(self, data: Path, answer: dict[str, Any], traces: Collector) -> None:
        self.data, self.url, self.pid = data, str(answer["url"]), int(answer["pid"])
        self.traces = traces

    def ask(self, *arguments: str | Path) -> Ended:
        """Run a command on it, which must succeed."""
        ended = huitang(self.data, *arguments, "--json")
        assert ended.code == 0, ended.out + ended.err
        return ended

    def part(self, *words: str) -> psutil.Process | None:
        """Return the process whose command ends in `words`."""
        for process in psutil.Process(self.pid).children():
            if process.status() != psutil.STATUS_ZOMBIE and tuple(process.cmdline()[-len(words) :]) == words:
                return process
        return None

    def client(self) -> httpx.Client:
        """Return a client that speaks as the account of the command line."""
        key = (self.data / "cli.key").read_text().strip()
        return httpx.Client(base_url=self.url, headers={"Authorization": f"Bearer {key}"}, timeout=30)


@pytest.fixture(scope="module")
def up() -> Iterator[Up]:
    """Bring everything up once, and end it; where root runs this, the database server's own account finds the folder."""
    data = Path(tempfile.mkdtemp(prefix="huitang-up-"))
    jars = str(jars_folder(ROOT / ".data"))
    with collector() as traces:
        started = huitang(data, "up", "--detach", "--port", "0", "--json", HUITANG_JARS=jars, HUITANG_TRACES=traces.url)
        assert started.code == 0, started.out + started.err + (data / "up.log").read_text()
        yield Up(data, started.json, traces)
        huitang(data, "down")
    shutil.rmtree(data)


def eventually(told: Callable[[], Any], wanted: Any, seconds: float = 60) -> None:
    """Wait until it is told what is wanted; fails with what is told in the end."""
    until = time.monotonic() + seconds
    while (found := told()) != wanted and time.monotonic() < until:
        time.sleep(0.05)
    assert found == wanted


def feed(up: Up) -> str:
    return httpx.get(f"{up.url}/calendars/all.ics", timeout=30).text


def test_every_part_is_a_process_and_all_are_ready(up: Up) -> None:
    told = up.ask("status").json
    assert {name: each["status"] for name, each in told["services"].items()} == dict.fromkeys(
        ("directory", "events", "awards", "calendar"), "ready"
    )
    for words in (("service", "directory"), ("service", "events"), ("service", "calendar"), ("gateway",)):
        assert up.part(*words), words


def test_a_date_set_in_one_process_reaches_the_feeds_of_another_and_so_does_its_change(up: Up) -> None:
    with up.client() as client:
        root = client.get("/api/directory/organisations").json()["items"][0]["id"]
        series = {"slug": "forum", "name": {"zh": "论坛", "en": "Forum"}, "kind": "forum", "owner_id": root}
        made = client.post("/api/events/series", json=series).raise_for_status().json()
        edition = {
            "series_id": made["id"], "slug": "forum-2031", "name": {"zh": "二〇三一论坛", "en": "Forum 2031"},
            "owner_id": root, "zone": "Asia/Shanghai", "starts_on": "2031-05-02", "ends_on": "2031-05-03",
        }  # fmt: skip
        made = client.post("/api/events/editions", json=edition).raise_for_status()
        path = f"/api/events/editions/{made.json()['id']}"
        opened = client.post(f"{path}/open", headers={"If-Match": made.headers["ETag"]}).raise_for_status()
        public = client.post(f"{path}/publish", headers={"If-Match": opened.headers["ETag"]}).raise_for_status()
        eventually(lambda: "DTSTART;VALUE=DATE:20310502" in feed(up), True)
        moved = client.patch(path, json={"starts_on": "2031-05-03"}, headers={"If-Match": public.headers["ETag"]})
        moved.raise_for_status()
        eventually(lambda: "DTSTART;VALUE=DATE:20310503" in feed(up), True)


def test_a_trace_leads_from_a_request_through_outbox_and_broker_to_the_reactions_of_others(up: Up) -> None:
    outside = {"traceparent": f"00-{'a' * 32}-{'b' * 16}-01"}
    with up.client() as client:
        root = client.get("/api/directory/organisations").json()["items"][0]
        society = {
            "slug": "traced",
            "parent_id": root["id"],
            "kind": "society",
            "name": {"zh": "学会", "en": "A society"},
        }
        asked = client.post("/api/directory/organisations", json=society, headers=outside).raise_for_status()
    told = "directory.organisation.opened.v1"
    wanted = {
        ("huitang-gateway", "POST directory"): None,
        ("huitang-directory", "POST /api/directory/organisations"): ("huitang-gateway", "POST directory"),
        ("huitang-directory", f"publish {told}"): ("huitang-directory", "POST /api/directory/organisations"),
        ("huitang-directory", f"react {told}"): ("huitang-directory", "POST /api/directory/organisations"),
        ("huitang-events", f"react {told}"): ("huitang-directory", "POST /api/directory/organisations"),
        ("huitang-awards", f"react {told}"): ("huitang-directory", "POST /api/directory/organisations"),
        ("huitang-calendar", f"react {told}"): ("huitang-directory", "POST /api/directory/organisations"),
    }

    def parents() -> dict[tuple[str, str], tuple[str, str] | None]:
        spans = up.traces.of_request(asked.headers["X-Request-ID"])
        by_id = {span.id: name for name, span in spans.items()}
        return {name: by_id.get(span.parent) for name, span in spans.items()}

    eventually(parents, wanted)
    traces = {span.trace for span in up.traces.of_request(asked.headers["X-Request-ID"]).values()}
    assert len(traces) == 1
    assert traces != {"a" * 32}


def test_a_killed_service_is_started_again_and_what_it_missed_reaches_it(up: Up) -> None:
    calendar = up.part("service", "calendar")
    assert calendar
    calendar.send_signal(signal.SIGKILL)
    assert up.ask("catalogue", "load").json["created"] == 85
    eventually(lambda: up.part("service", "calendar") not in (None, calendar), True)
    eventually(lambda: huitang(up.data, "status").code, 0)
    eventually(
        lambda: up.ask("status").json["services"]["calendar"]["behind"], {"directory": 0, "events": 0, "awards": 0}
    )


def test_the_gateway_counts_what_every_process_has_yet_to_do(up: Up) -> None:
    lines = httpx.get(f"{up.url}/metrics", timeout=30).text.splitlines()
    for service in ("directory", "events", "awards", "calendar"):
        for line in ("service_up{%s} 1.0", "bus_up{%s} 1.0", "parked{%s} 0.0"):
            assert "huitang_" + line % f'service="{service}"' in lines
        assert [line for line in lines if line.startswith(f'huitang_outbox_oldest_seconds{{service="{service}"}} ')]
    heard = {line.split("{")[1].split("}")[0] for line in lines if line.startswith("huitang_lag{")}
    assert {'service="calendar",source="directory"', 'service="calendar",source="events"'} <= heard


def test_another_on_the_same_folder_is_refused(up: Up) -> None:
    refused = huitang(up.data, "up", "--port", "0")
    assert (refused.code, refused.err) == (1, f"Something is up on {up.data} already.\n")


def test_a_service_refuses_a_name_and_the_gateway_a_lack_of_services(up: Up) -> None:
    assert huitang(up.data, "service", "kitchen").err == (
        "There is no service kitchen; there are directory, events, awards, calendar.\n"
    )
    assert huitang(up.data, "gateway").err.startswith("The gateway knows no service: set HUITANG_UPSTREAMS")


def test_down_ends_every_process_and_says_when_there_is_none(up: Up) -> None:
    processes = psutil.Process(up.pid).children(recursive=True)
    assert huitang(up.data, "down").code == 0
    assert psutil.wait_procs(processes, timeout=10)[1] == []
    assert huitang(up.data, "down").err == f"Nothing is up on {up.data}.\n"


def test_up_needs_the_file(tmp_path: Path) -> None:
    assert huitang(tmp_path, "up", "--file", tmp_path / "none.yml").err == (
        f"There is no {tmp_path / 'none.yml'}; name it with --file.\n"
    )


def test_what_the_file_says_is_what_is_started() -> None:
    compose = ROOT / "docker-compose.yml"
    told = yaml.safe_load(compose.read_text(encoding="utf-8"))["services"]
    ours = {name: each for name, each in told.items() if each.get("command", [""])[0] == "huitang"}
    values = {"HUITANG_EVENTS_PORT": "8123", "HUITANG_RATE_CALLER": "1/day", "HUITANG_DATABASE": "mine", "HOME": "/"}
    parts = {part.name: part for part in read_parts(compose, values)}
    assert parts.keys() == ours.keys()
    assert {name: ["huitang", *part.command] for name, part in parts.items()} == {
        name: each["command"] for name, each in ours.items()
    }
    assert [name for name, part in parts.items() if part.once] == ["migrate"]
    assert parts["events"].environment["HUITANG_PORT"] == "8123"
    assert parts["calendar"].environment["HUITANG_PORT"] == "8000"
    database = "postgresql+psycopg://huitang@postgres:5432/huitang_{service}"
    for part in parts.values():
        given = {name: value for name, value in part.environment.items() if name in values}
        assert given == {"HUITANG_RATE_CALLER": "1/day", "HUITANG_DATABASE": database}


def test_variables_have_a_value_or_a_default() -> None:
    assert filled("${A:-a}/${B:-b}", {"A": "1", "B": ""}) == "1/b"
    with pytest.raises(KeyError):
        filled("${A}", {})


def test_the_database_server_is_given_what_its_file_says() -> None:
    options = server_options(ROOT / "deploy" / "postgresql.conf")
    assert (options["synchronous_commit"], options["timezone"]) == ("on", "UTC")
    assert "listen_addresses" not in options
