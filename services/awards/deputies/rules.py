"""Who may name a deputy, whom, and for how long."""

from datetime import date, timedelta

from shared.caller import Caller, Role
from shared.errors import Conflict, Forbidden, Invalid
from shared.text import Text

MOST_DAYS = 366


class DeputyDatesWrong(Invalid):
    """A deputy stands in for a time that lies ahead and has an end."""

    title = Text("代理期限有误", "The time is not right")
    detail = Text(
        "代理期限须自今日或以后起、不早于起始日止，且不超过一年。",
        "It begins today or later, does not end before it begins, and lasts a year at most.",
    )


class DeputyForOneself(Invalid):
    """Nobody stands in for themselves."""

    title = Text("代理人不能是本人", "Name a colleague")
    detail = Text("请指定本单位的另一位同事。", "Name another person of the unit.")


class DeputyEnded(Conflict):
    """What has ended is not ended again."""

    title = Text("代理已终止", "It has ended")
    detail = Text("该项代理已经终止。", "The colleague does not stand in any more.")


def may_name(caller: Caller, unit_id: str) -> None:
    """Raise `Forbidden` unless the caller nominates for this unit; a deputy names none."""
    if unit_id not in caller.organisations_with(Role.NOMINATOR):
        raise Forbidden()


def check_named(nominator_id: str, deputy_id: str, from_on: date, until_on: date, today: date) -> None:
    """Raise `DeputyForOneself` or `DeputyDatesWrong`."""
    if nominator_id == deputy_id:
        raise DeputyForOneself()
    if not today <= from_on <= until_on <= from_on + timedelta(days=MOST_DAYS):
        raise DeputyDatesWrong()
