"""Every route of every service gives each role what the table says; a route without a row is an error, and a row without a route."""

from tests.permissions.stage import Stage
from tests.permissions.table import ON_EDITIONS, ROLES, expected, rows


def found(stage: Stage, method: str, path: str, *, hidden: bool) -> dict[str, str]:
    """Return what each role gets: `ok`, or the status that kept it out."""
    statuses = {role: stage.status(method, path, role, hidden=hidden) for role in ROLES}
    return {role: str(s) if s in (401, 403, 404) or s >= 500 else "ok" for role, s in statuses.items()}


def test_every_route_has_a_row_and_every_row_a_route(stage: Stage) -> None:
    written = [(method, path) for method, path, _ in rows(stage.name) if "#" not in path]
    assert sorted(written) == sorted(stage.routes())


def test_every_role_gets_what_the_table_says(stage: Stage) -> None:
    wrong = []
    for method, path, pattern in rows(stage.name):
        for hidden in (False, True) if pattern in ON_EDITIONS else (False,):
            got, said = found(stage, method, path, hidden=hidden), expected(pattern, hidden=hidden)
            off = {role: f"{got[role]}, not {said[role]}" for role in ROLES if got[role] != said[role]}
            if off:
                wrong.append(f"{method} {path} ({'hidden' if hidden else 'shown'}): {off}")
    assert wrong == []
