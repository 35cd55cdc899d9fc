"""Files far too large: refused without being held in the memory of who serves."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.huitang.conftest import Served

MEGABYTE = 1 << 20
QUERY = {"edition": "large", "create": "true", "zone": "Asia/Shanghai"}


def in_pieces(megabytes: int) -> Iterator[bytes]:
    """Yield a file piece by piece, so that nobody is told its length."""
    piece = b"<" * MEGABYTE
    for _ in range(megabytes):
        yield piece


def most_held(served: Served) -> float:
    """Return the most memory that the serving process ever held, in megabytes."""
    status = Path(f"/proc/{served.running.process.pid}/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


@pytest.mark.parametrize(
    ("length", "held"), [({"Content-Length": str(200 * MEGABYTE)}, 16), ({}, 64 + 16)], ids=["told", "untold"]
)
def test_two_hundred_megabytes_are_refused_and_never_held(served: Served, length: dict[str, str], held: int) -> None:
    """Of a file whose length is not told, no more is taken in than the largest that is accepted."""
    before = most_held(served)
    key = {"Authorization": f"Bearer {served.people.key('organizer')}", "Content-Type": "application/xml"}
    with served.running.client() as client:
        answer = client.post("/api/events/imports", params=QUERY, content=in_pieces(200), headers=key | length)
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")
    assert most_held(served) - before < held


def test_the_command_line_tells_why(served: Served, tmp_path: Path) -> None:
    file = tmp_path / "large.xml"
    with file.open("wb") as large:
        large.truncate(200 * MEGABYTE)
    ended = served.ask("import", "programme", file, "--edition", "large", "--create", "--json", role="organizer")
    assert (ended.code, ended.json["status"], ended.json["type"]) == (1, 413, "/problems/too-large")
