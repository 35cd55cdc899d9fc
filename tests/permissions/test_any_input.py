"""Whatever an administrator sends to any route, shaped as the API describes it, no service fails on it.

Examples are the same in every run; HUITANG_EXAMPLES sets how many there are per operation.
"""

import os
from typing import Any

import anyio
import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.core.result import Ok

from tests.permissions.stage import Stage

EXAMPLES = int(os.environ.get("HUITANG_EXAMPLES", "3"))


def names_for(stage: Stage, path: str, drawn: dict[str, Any]) -> dict[str, str]:
    """Return what stands in a path: things that are there where the stage has them, else what was drawn."""
    there = stage.names(path.removeprefix(f"/api/{stage.name}"))
    return {name: there.get(name, str(value)) for name, value in drawn.items()}


def status_of(stage: Stage, case: schemathesis.Case[Any]) -> int:
    """Ask as an administrator; return the status."""
    real = names_for(stage, case.operation.path, dict(case.path_parameters or {}))
    case.path_parameters = real
    sent = case.as_transport_kwargs(base_url="http://localhost")
    headers = {k: v for k, v in (sent.get("headers") or {}).items() if k.lower() not in ("authorization", "if-match")}
    headers |= {"Authorization": f"Bearer {stage.sign(stage.callers['administrator'])}", "If-Match": '"v1"'}
    options = {"json": sent["json"]} if "json" in sent else {"content": sent.get("data")}
    request = httpx.Request(sent["method"], sent["url"], headers=headers, params=sent.get("params"), **options)
    status = anyio.run(stage.ask, request)
    if sent["method"] != "GET" and status < 400:
        stage.restore()
    return status


def failures(stage: Stage, operation: schemathesis.APIOperation[Any, Any, Any, Any]) -> list[str]:
    """Try an operation; return what made it fail."""
    failed: list[str] = []

    @seed(1)
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(operation.as_strategy())
    def attempt(case: schemathesis.Case[Any]) -> None:
        status = status_of(stage, case)
        if status >= 500:
            failed.append(f"{status} {operation.label}: {case.as_curl_command()}")

    attempt()
    return failed


def test_no_input_makes_a_service_fail(stage: Stage) -> None:
    schema = schemathesis.openapi.from_dict(stage.app.openapi())
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) == len(stage.routes())
    assert [failure for operation in operations for failure in failures(stage, operation)] == []
