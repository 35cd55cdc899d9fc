"""Who may see and change people, and the words of every refusal."""

from shared.caller import Caller, Role
from shared.errors import Conflict, Forbidden
from shared.text import Text

WORKING = (Role.ORGANIZER, Role.SCHEDULER)
"""The roles of those who work with people."""


class HasParts(Conflict):
    """Somebody who has a part in a session is not removed."""

    title = Text("该人员仍有任务", "The person has parts")
    detail = Text("“{name}”仍出现在日程中，不能删除。", "“{name}” still has parts in sessions and cannot be removed.")


def sees_people(caller: Caller) -> bool:
    """Tell whether the caller organizes or schedules something."""
    return bool(caller.organisations_with(*WORKING) or caller.scopes_with(*WORKING))


def may_see_people(caller: Caller) -> None:
    """Raise `Forbidden` unless the caller organizes or schedules something."""
    if not sees_people(caller):
        raise Forbidden()
