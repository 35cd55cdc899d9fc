"""What sessions, tracks and parts may be, and the words of every refusal."""

from collections.abc import Iterable
from enum import StrEnum

from shared.errors import Conflict, Invalid
from shared.text import Text


class SessionKind(StrEnum):
    """What kind of session it is."""

    PLENARY = "plenary"
    PARALLEL = "parallel"
    PANEL = "panel"
    POSTER = "poster"
    ROUNDTABLE = "roundtable"
    CEREMONY = "ceremony"
    BREAK = "break"
    SOCIAL = "social"
    CLOSED = "closed"
    TALK = "talk"
    WORKSHOP = "workshop"
    OTHER = "other"


class Openness(StrEnum):
    """Whom a session is for, and who learns of it."""

    PUBLIC = "public"
    MEMBERS = "members"
    INVITED = "invited"
    STAFF = "staff"


class SessionStatus(StrEnum):
    """How a session stands in the draft."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class PersonRole(StrEnum):
    """A person's part in a session."""

    CHAIR = "chair"
    MODERATOR = "moderator"
    KEYNOTE = "keynote"
    SPEAKER = "speaker"
    PANELIST = "panelist"
    INTERPRETER = "interpreter"
    HONOURED_GUEST = "honoured_guest"


class Part(StrEnum):
    """What can be copied from one edition to the next."""

    ORGANISATIONS = "organisations"
    KEY_DATES = "key_dates"
    ROOMS = "rooms"
    TRACKS = "tracks"
    SESSIONS = "sessions"
    PEOPLE = "people"


SCHEDULER_FIELDS = frozenset({"duration_minutes", "expected_attendance", "needs"})
"""What of a session somebody who only schedules may change."""


class SlugTwice(Conflict):
    """A slug names one session, or one track, of an edition."""

    title = Text("标识重复", "The slug is taken")
    detail = Text("本届活动中已有标识“{slug}”。", "The edition already has “{slug}”.")


class HasTalks(Conflict):
    """A session that others are part of, or that is placed in something's care, is not removed."""

    title = Text("该日程下还有报告", "The session has talks")
    detail = Text("请先移走或删除“{title}”下的报告。", "Move or remove the talks of “{title}” first.")


class NotAParent(Invalid):
    """A talk is part of a session of its edition that is not itself a talk."""

    title = Text("所属场次有误", "Not a session to be part of")
    detail = Text(
        "所属场次须为同一届活动中的独立场次，且报告之下不能再有报告。",
        "A talk is part of a session of the same edition that is no talk itself, and has no talks of its own.",
    )


class UnknownTrack(Invalid):
    """A session's track is one of its edition."""

    title = Text("专题不存在", "No such track")
    detail = Text("本届活动没有专题“{track}”。", "The edition has no track “{track}”.")


class UnknownPerson(Invalid):
    """Whoever has a part must be known here."""

    title = Text("人员不存在", "No such person")
    detail = Text("找不到人员“{person}”。", "There is no person “{person}”.")


class PartTwice(Invalid):
    """A person has a role in a session once."""

    title = Text("人员重复", "A person is named twice")
    detail = Text("人员“{person}”以同一角色出现了不止一次。", "“{person}” stands in the same role more than once.")


class PartCancelled(Conflict):
    """Nobody confirms a part in what is called off."""

    title = Text("该日程已取消", "The session is cancelled")
    detail = Text("已取消的日程无需确认参与。", "Nobody confirms a part in what is called off.")


def check_parts(parts: Iterable[tuple[str, str]]) -> None:
    """Raise `PartTwice` where a pair of person and role comes twice."""
    seen = set()
    for person, role in parts:
        if (person, role) in seen:
            raise PartTwice(person=person)
        seen.add((person, role))


def check_parent(edition_id: str, parent_edition_id: str | None, parent_is_talk: bool, has_talks: bool) -> None:
    """Raise `NotAParent` unless the parent is a session of the edition, and none of the two makes a third level."""
    if parent_edition_id != edition_id or parent_is_talk or has_talks:
        raise NotAParent()
