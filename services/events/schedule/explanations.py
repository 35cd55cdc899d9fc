"""The sentences that explain a conflict, in both languages, from its code, its facts and the names of what it is about."""

from collections.abc import Mapping

from services.events.schedule.rules import Conflict, Kind
from shared.text import Text, same

SENTENCES: Mapping[str, Text] = {
    Kind.ROOM_OVERLAP: Text(
        "“{a}”与“{b}”同时安排在{resource}，重叠 {minutes} 分钟。",
        "“{a}” and “{b}” are both in {resource} for {minutes} min.",
    ),
    Kind.PERSON_OVERLAP: Text(
        "{resource}同时被安排在“{a}”和“{b}”，重叠 {minutes} 分钟。",
        "{resource} is expected in “{a}” and in “{b}” for {minutes} min.",
    ),
    f"{Kind.PERSON_OVERLAP}.walk": Text(
        "{resource}在“{a}”与“{b}”之间只有 {gap} 分钟，从{from_room}步行到{to_room}需要 {need} 分钟。",
        "{resource} has {gap} min between “{a}” and “{b}”; the way from {from_room} to {to_room} takes {need} min.",
    ),
    Kind.ROOM_CLOSED: Text(
        "“{a}”有 {minutes} 分钟不在{resource}的开放时间内。",
        "{resource} is closed for {minutes} min of “{a}”.",
    ),
    Kind.ROOM_BOOKED_ELSEWHERE: Text(
        "“{a}”所用的{resource}同时被“{edition}”占用，重叠 {minutes} 分钟。",
        "{resource} is booked by “{edition}” for {minutes} min of “{a}”.",
    ),
    f"{Kind.ROOM_BOOKED_ELSEWHERE}.turnover": Text(
        "{resource}在“{a}”与“{edition}”的使用之间只有 {gap} 分钟，换场需要 {need} 分钟。",
        "{resource} has {gap} min between “{a}” and its use by “{edition}”; turnover takes {need} min.",
    ),
    Kind.PERSON_BOOKED_ELSEWHERE: Text(
        "{resource}在“{a}”期间另有“{edition}”的安排，重叠 {minutes} 分钟。",
        "{resource} is expected at “{edition}” for {minutes} min of “{a}”.",
    ),
    f"{Kind.PERSON_BOOKED_ELSEWHERE}.walk": Text(
        "{resource}在“{a}”与“{edition}”的安排之间只有 {gap} 分钟，从{from_room}步行到{to_room}需要 {need} 分钟。",
        "{resource} has {gap} min between “{a}” and “{edition}”; the way from {from_room} to {to_room} takes {need} min.",
    ),
    Kind.PERSON_UNAVAILABLE: Text(
        "“{a}”有 {minutes} 分钟不在{resource}可出席的时间内。",
        "{resource} is not available for {minutes} min of “{a}”.",
    ),
    Kind.TURNOVER_SHORT: Text(
        "{resource}在“{a}”与“{b}”之间只有 {gap} 分钟，换场需要 {need} 分钟。",
        "{resource} has {gap} min between “{a}” and “{b}”; turnover takes {need} min.",
    ),
    Kind.CAPACITY_SHORT: Text(
        "“{a}”预计 {expected} 人参加，{resource}只能容纳 {capacity} 人。",
        "“{a}” expects {expected} people; {resource} holds {capacity}.",
    ),
    Kind.NEVER_PARALLEL: Text(
        "“{a}”与“{b}”都标有“{resource}”，不得同时进行，现重叠 {minutes} 分钟。",
        "“{a}” and “{b}” are both tagged “{resource}”, never to run in parallel, but do for {minutes} min.",
    ),
    Kind.TRACK_PARALLEL: Text(
        "同属“{resource}”专题的“{a}”与“{b}”同时进行，重叠 {minutes} 分钟。",
        "“{a}” and “{b}” of the track “{resource}” run in parallel for {minutes} min.",
    ),
    Kind.INTERPRETER_OVERBOOKED: Text(
        "“{resource}”译员不足：同时需要 {need}，只有 {have}。涉及{sessions}。",
        "Too few interpreters “{resource}”: {need} needed at once, {have} there. Sessions: {sessions}.",
    ),
    Kind.EQUIPMENT_OVERBOOKED: Text(
        "“{resource}”数量不足：同时需要 {need}，只有 {have}。涉及{sessions}。",
        "Too little of “{resource}”: {need} needed at once, {have} there. Sessions: {sessions}.",
    ),
    Kind.OUTSIDE_HOURS: Text(
        "“{a}”有 {minutes} 分钟超出本届活动的时间范围。",
        "{minutes} min of “{a}” are outside the hours of the edition.",
    ),
}


def explain(conflict: Conflict, names: Mapping[str, Text]) -> Text:
    """Say in both languages what is wrong; an id that `names` does not hold stands for itself."""

    def name(id_: str) -> Text:
        return names.get(id_) or same(id_)

    sessions = [name(id_) for id_ in conflict.sessions]
    listed = Text("、".join(f"“{s.in_('zh')}”" for s in sessions), ", ".join(f"“{s.in_('en')}”" for s in sessions))
    facts = {fact: name(value) if isinstance(value, str) else value for fact, value in conflict.facts}
    return SENTENCES[conflict.code].format(
        a=sessions[0], b=sessions[-1], sessions=listed, resource=name(conflict.resource), **facts
    )
