"""`huitang serve` as a process: ready soon, alone on its folder, and ended cleanly whatever is open."""

import contextlib
import json
import signal
import socket
from datetime import date
from pathlib import Path

import httpx

from huitang.sample.programme import programme_of
from tests.huitang.process import huitang, serving

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


def test_it_listens_where_it_is_told(tmp_path: Path) -> None:
    with serving(tmp_path, options=("--host", "0.0.0.0")) as running:
        port = running.url.rpartition(":")[2]
        assert running.url == f"http://127.0.0.1:{port}"
        assert httpx.get(f"http://127.0.0.2:{port}/health/live").json() == {"status": "live"}


def test_a_later_start_is_small(tmp_path: Path) -> None:
    with serving(tmp_path):
        pass
    with serving(tmp_path) as later:
        assert later.megabytes() < MEGABYTES


def test_ctrl_c_ends_cleanly_with_live_views_open(tmp_path: Path) -> None:
    with serving(tmp_path) as running, running.client() as client, contextlib.ExitStack() as open_views:
        file = json.dumps(programme_of("storage_forum", date(2027, 3, 1)))
        query = {"edition": "watched", "create": "true"}
        client.post("/api/events/imports", params=query, content=file).raise_for_status()
        topic = {"topic": f"edition:{client.get('/api/events/editions/watched').json()['id']}"}
        views = [open_views.enter_context(client.stream("GET", "/api/events/live", params=topic)) for _ in range(5)]
        lines = [view.iter_lines() for view in views]
        assert [next(line) for line in lines] == ["event: open"] * 5
        code, seconds = running.end(signal.SIGINT)
        assert all(list(view) for view in lines), "each stream is brought to its end, not broken off"
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
