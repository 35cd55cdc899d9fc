"""Who may have the record of a cycle."""

from collections.abc import Sequence

from services.awards.cycles.rules import is_office
from shared.caller import Caller, Role
from shared.errors import Forbidden


def may_audit(caller: Caller, path: Sequence[str], cycle_id: str, programme_id: str) -> None:
    """Raise `Forbidden` unless the caller is of the award office, or supervises it."""
    if not (is_office(caller, path, cycle_id, programme_id) or caller.has(Role.SUPERVISOR, path, f"cycle:{cycle_id}")):
        raise Forbidden()
