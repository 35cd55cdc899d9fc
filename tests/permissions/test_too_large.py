"""What is larger than is taken is refused before anybody reads it, on every route that changes something."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from shared.db import new_id
from tests.permissions.table import TABLE, rows
from tests.permissions.test_hidden import names_in
from tests.world import World, make_world

LIMIT = 2000


@pytest.fixture
def narrow_world(world_template: Path, tmp_path: Path) -> Iterator[World]:
    """Run a world that takes no more than `LIMIT` bytes."""
    with make_world(world_template, tmp_path / "world", body_limit=LIMIT, upload_limit=LIMIT) as made:
        yield made


def refused(client: httpx.Client, method: str, address: str, language: str) -> tuple[int, str, str, str]:
    """Send a byte too many; return status, media type, problem type and words."""
    headers = {"Accept-Language": language, "If-Match": '"v1"', "Content-Type": "application/json"}
    answer = client.request(method, address, content=b" " * (LIMIT + 1), headers=headers)
    told = answer.json()
    return answer.status_code, answer.headers["content-type"], told["type"], f"{told['title']} {told['detail']}"


def test_what_is_too_large_is_refused_everywhere(narrow_world: World) -> None:
    client, wrong, count = narrow_world.client("administrator"), [], 0
    for service in TABLE:
        for method, path, _ in rows(service):
            if method != "GET":
                address = f"/api/{service}{path.format_map({name: new_id() for name in names_in(path)})}"
                zh, en = (refused(client, method, address, language) for language in ("zh", "en"))
                clean = (413, "application/problem+json", "/problems/too-large")
                count += 1
                if zh[:3] != clean or en[:3] != clean or str(LIMIT) not in zh[3] or zh[3] == en[3]:
                    wrong.append((method, address, zh, en))
    assert (wrong, count > 90) == ([], True)
