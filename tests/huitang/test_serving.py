"""`huitang serve` as a process: ready soon, alone on its folder, and ended cleanly whatever is open."""

import signal
import socket
from pathlib import Path

import httpx

from tests.huitang.process import huitang, serving

READY_SECONDS = 3.0
MEGABYTES = 250


def test_a_second_serve_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    with serving(tmp_path) as first:
        second = huitang(tmp_path, "serve", "--port", "0", "--json")
        assert second.code == 1
        assert second.json == {
            "title": f"Another process works on {tmp_path}; end it first, or name another folder with --data."
        }
        assert (tmp_path / "url").read_text().strip() == first.url
        assert httpx.get(f"{first.url}/health/live").json() == {"status": "live"}
        migrating = huitang(tmp_path, "migrate", "--json")
        assert (migrating.code, migrating.json) == (1, second.json)


def test_a_taken_port_is_refused_in_words(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ended = huitang(tmp_path, "serve", "--port", str(port))
    assert (ended.code, ended.err) == (1, f"Port {port} is taken; choose another with --port.\n")


def test_later_starts_are_quick_and_small(tmp_path: Path) -> None:
    with serving(tmp_path):
        pass
    with serving(tmp_path) as later:
        assert later.megabytes() < MEGABYTES
        seconds = [later.seconds]
    while min(seconds) > READY_SECONDS and len(seconds) < 3:  # others may be using the machine
        with serving(tmp_path) as again:
            seconds.append(again.seconds)
    assert min(seconds) <= READY_SECONDS


def test_ctrl_c_ends_cleanly_with_live_views_open(tmp_path: Path) -> None:
    with serving(tmp_path) as running, running.client() as client:
        edition = "edition:00000000-0000-7000-8000-000000000000"
        with client.stream("GET", "/api/events/live", params={"topic": edition}) as live:
            assert live.status_code in (200, 404)
            code, seconds = running.end(signal.SIGINT)
    assert code == 0
    assert seconds < 5
    assert not (tmp_path / "url").exists()
    asked = huitang(tmp_path, "status", "--json")
    assert asked.code == 3


def test_sigterm_ends_it_too(tmp_path: Path) -> None:
    with serving(tmp_path) as running:
        assert running.end(signal.SIGTERM)[0] == 0


def test_what_was_killed_left_an_address_at_which_nothing_runs(tmp_path: Path) -> None:
    with serving(tmp_path) as running:
        running.end(signal.SIGKILL)
        asked = huitang(tmp_path, "status")
        assert (asked.code, asked.out) == (3, "")
        assert asked.err.startswith(f"Nothing answers at {running.url}")
    with serving(tmp_path) as again:
        assert httpx.get(f"{again.url}/health/ready").json()["status"] == "ready"


def test_options_are_understood_before_and_after_the_command(tmp_path: Path) -> None:
    before = huitang(tmp_path, "--url", "http://127.0.0.1:9", "--json", "status")
    after = huitang(tmp_path, "status", "--url", "http://127.0.0.1:9", "--json")
    named = huitang(tmp_path, "status", "--json", HUITANG_URL="http://127.0.0.1:9")
    assert (before.code, after.code, named.code) == (3, 3, 3)
    assert before.json == after.json == named.json
    assert huitang(tmp_path, "status", "--nonsense").code == 2
    assert huitang(tmp_path, "nonsense").code == 2
