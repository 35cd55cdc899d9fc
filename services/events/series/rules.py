"""What a series is, and who may do what with one."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from shared.caller import Caller, Role
from shared.errors import Conflict, Forbidden, Invalid, RowTwice
from shared.text import Text


class SeriesKind(StrEnum):
    """What kind of event a series is."""

    FORUM = "forum"
    CONGRESS = "congress"
    ANNUAL_MEETING = "annual_meeting"
    SUMMIT = "summit"
    SALON = "salon"
    COMPETITION = "competition"
    THEME_DAY = "theme_day"
    THEME_WEEK = "theme_week"
    THEME_MONTH = "theme_month"
    LECTURE_TOUR = "lecture_tour"
    EXPO = "expo"
    CAMP = "camp"
    EXCHANGE = "exchange"
    CAMPAIGN = "campaign"
    OTHER = "other"


THEME_PERIODS = frozenset({SeriesKind.THEME_DAY, SeriesKind.THEME_WEEK, SeriesKind.THEME_MONTH})
"""Kinds whose editions have no programme unless they say so."""


class Cadence(StrEnum):
    """How often a series is held."""

    ANNUAL = "annual"
    BIENNIAL = "biennial"
    QUADRENNIAL = "quadrennial"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    IRREGULAR = "irregular"


class SeriesInUse(Conflict):
    """A series that has editions, or series under it, is not removed."""

    title = Text("该系列仍在使用", "The series is in use")
    detail = Text(
        "系列“{series}”下仍有活动或下级系列，不能删除。",
        "“{series}” has editions, or series under it, and cannot be removed.",
    )


class UmbrellaLoop(Invalid):
    """Nothing stands under itself."""

    title = Text("上级系列形成循环", "The umbrellas form a loop")
    detail = Text(
        "一个系列不能归属于它自己或它的下级。", "A series cannot stand under itself or under what stands below it."
    )


class UnknownSeries(Invalid):
    """What is named must exist."""

    title = Text("系列不存在", "No such series")
    detail = Text("找不到系列“{series}”。", "There is no series “{series}”.")


def may_organize(caller: Caller, path: Sequence[str], scope: str | None = None) -> None:
    """Raise `Forbidden` unless the caller organizes at the organisation with this `path`, or on the one thing `scope`."""
    if not caller.has(Role.ORGANIZER, path, scope):
        raise Forbidden()


def may_load_catalogue(caller: Caller, path: Sequence[str]) -> None:
    """Raise `Forbidden` unless the caller administers the organisation that will own the catalogue's series."""
    if not caller.has(Role.ADMINISTRATOR, path):
        raise Forbidden()


def check_umbrella(own_id: str, above: Iterable[str]) -> None:
    """Raise `UmbrellaLoop` where `own_id` is among the umbrellas it would stand under."""
    if own_id in above:
        raise UmbrellaLoop()


def umbrellas_first(rows: Iterable[tuple[str, str | None]]) -> list[str]:
    """Return the keys of a catalogue's rows (key, umbrella) so that an umbrella stands before what is under it.

    Raises `RowTwice` and `UmbrellaLoop`; an umbrella that is no row itself is passed over.
    """
    umbrella_of: dict[str, str | None] = {}
    for key, umbrella in rows:
        if key in umbrella_of:
            raise RowTwice(key=key)
        umbrella_of[key] = umbrella
    ordered: dict[str, None] = {}
    for key in umbrella_of:
        line: list[str] = []
        above: str | None = key
        while above in umbrella_of and above not in ordered:
            check_umbrella(above, line)
            line.append(above)
            above = umbrella_of[above]
        ordered.update(dict.fromkeys(reversed(line)))
    return list(ordered)
