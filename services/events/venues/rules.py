"""What venues and rooms may be, and who may change them."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from shared.errors import Conflict, Invalid
from shared.text import Text


class Layout(StrEnum):
    """How the chairs of a room stand."""

    THEATRE = "theatre"
    CLASSROOM = "classroom"
    BOARDROOM = "boardroom"
    U_SHAPE = "u_shape"
    BANQUET = "banquet"
    RECEPTION = "reception"
    POSTER = "poster"


class InUse(Conflict):
    """A venue with rooms, or a room in which something stands, is not removed."""

    title = Text("仍在使用，不能删除", "In use")
    detail = Text(
        "“{name}”仍被其他内容使用；会场可改为停用。",
        "“{name}” is used by something else; a room can be archived instead.",
    )


class RoomTwice(Conflict):
    """A slug names one room of a venue."""

    title = Text("会场标识重复", "The room's slug is taken")
    detail = Text("该场馆已有标识为“{slug}”的会场。", "The venue already has a room with the slug “{slug}”.")


class RoomArchived(Conflict):
    """An archived room is offered to no edition."""

    title = Text("会场已停用", "The room is archived")
    detail = Text("会场“{room}”已停用，不能再安排。", "“{room}” is archived and cannot be used any more.")


class WindowBackwards(Invalid):
    """A window ends after it starts."""

    title = Text("时段的结束不晚于开始", "A window ends before it starts")
    detail = Text("{start} 至 {end} 不是有效的时段。", "{start} to {end} is no stretch of time.")


class SameEnds(Invalid):
    """A way leads from one place to another, once."""

    title = Text("步行路线有误", "The way makes no sense")
    detail = Text(
        "“{one}”与“{other}”之间的路线重复，或两端相同。",
        "The way between “{one}” and “{other}” is named twice, or has one end.",
    )


class UnknownRoom(Invalid):
    """A room that is named must be one of the venue, or of the installation."""

    title = Text("会场不存在", "No such room")
    detail = Text("找不到会场“{room}”。", "There is no room “{room}”.")


def check_window(start: datetime, end: datetime) -> None:
    """Raise `WindowBackwards` unless the window ends after it starts."""
    if end <= start:
        raise WindowBackwards(start=start.isoformat(" ", "minutes"), end=end.isoformat(" ", "minutes"))


def check_walks(walks: Iterable[tuple[str, str, str]]) -> None:
    """Raise `SameEnds` where one of the ways (kind, one end, other end) has one end only, or is named twice."""
    seen = set()
    for kind, one, other in walks:
        if one == other or (kind, one, other) in seen:
            raise SameEnds(one=one, other=other)
        seen |= {(kind, one, other), (kind, other, one)}
