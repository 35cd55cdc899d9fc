"""The programmes of the sample editions, put together from the files of topics beside this module, as our own JSON.

Everything but the dates is the same at every start: who speaks, about what, where and in which order.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from huitang.sample.abstracts import abstract_of
from huitang.sample.files import read_toml, text
from huitang.sample.speakers import Speaker, speakers

EDITIONS = ("forum", "annual", "summit", "storage_forum")
ZONE = "Asia/Shanghai"
AFTERNOON = (time(13, 30), time(14, 0), time(14, 30), time(15, 30), time(16, 0), time(16, 30))
MORNING = (time(10, 45), time(11, 15), time(11, 45))
KEYNOTES = (time(9, 0), time(9, 45))

Json = dict[str, Any]


@dataclass
class Plan:
    """One edition in the making."""

    name: str
    start: date
    facts: Json
    chance: random.Random
    unused: list[Speaker]
    sessions: list[Json] = field(default_factory=list)
    seen: dict[str, Speaker] = field(default_factory=dict)

    def day(self, number: int, at: time) -> str:
        """Return the wall time `at` on a day of the edition, counted from 0."""
        return datetime.combine(self.start + timedelta(days=number), at).isoformat()

    def person(self, role: str, language: str | None = None) -> Json:
        """Give a part to somebody who has none yet in this edition."""
        chosen = next((s for s in self.unused if language in (None, s.language)), self.unused[0])
        self.unused.remove(chosen)
        self.seen[chosen.key] = chosen
        return {"key": chosen.key, "role": role}

    def add(self, kind: str, title: list[str], start: str, minutes: int, room: int | None = None, **more: Any) -> None:
        """Add a session; `room` counts from 0."""
        number = len(self.sessions) + 1
        session = {"key": f"{self.name}-{number:03}", "title": text(title), "start": start, "duration_minutes": minutes}
        place = {} if room is None else {"room": f"{self.name}-r{room}"}
        self.sessions.append(session | place | {"type": kind} | more)


def facts_of(name: str) -> Json:
    """Return what the file of an edition says of it."""
    return read_toml(name)


def programme_of(name: str, start: date) -> Json:
    """Return the programme of an edition whose first day is `start`, as our own JSON."""
    facts = facts_of(name)
    chance = random.Random(name)
    unused = list(speakers())
    random.Random("annual" if name == "storage_forum" else name).shuffle(unused)
    if name == "storage_forum":  # its speakers have nothing to do at the conference it belongs to
        unused.reverse()
    plan = Plan(name, start, facts, chance, unused)
    for number in range(facts["days"]):
        _frame(plan, number)
    for number, track in enumerate(facts["track"]):
        _track(plan, number, track)
    if facts.get("members_only"):
        plan.add("panel", facts["members_only"], plan.day(1, time(19, 0)), 90, 1)
    if facts.get("conflicts"):
        _spoil(plan)
    return {
        "format": "huitang-programme/1",
        "title": text(facts["title"]),
        "subtitle": text(facts["theme"]),
        "zone": ZONE,
        "language": "zh",
        "venue": text(facts["venue"]),
        "city": text(facts["city"]),
        "start_on": start.isoformat(),
        "end_on": (start + timedelta(days=facts["days"] - 1)).isoformat(),
        "rooms": list(_rooms(name, facts)),
        "tracks": [
            {"key": t["key"], "slug": t["key"], "name": text(t["name"]), "color": t["color"]} for t in facts["track"]
        ],
        "people": [speaker.as_json() for speaker in plan.seen.values()],
        "sessions": plan.sessions,
    }


def _rooms(name: str, facts: Json) -> Iterator[Json]:
    for number, room in enumerate(facts["rooms"]):
        yield {"key": f"{name}-r{number}", "name": text(room["name"]), "capacity": room["capacity"]}


def _frame(plan: Plan, number: int) -> None:
    """Add what all share on a day: ceremonies, keynotes, breaks, posters."""
    last = number == plan.facts["days"] - 1
    per_day = -(-len(plan.facts["keynotes"]) // plan.facts["days"])
    keynotes = plan.facts["keynotes"][number * per_day : (number + 1) * per_day]
    if number == 0:
        people = [plan.person("moderator", "zh"), plan.person("speaker", "zh"), plan.person("speaker", "en")]
        plan.add("ceremony", ["开幕式", "Opening ceremony"], plan.day(0, time(8, 30)), 30, 0, people=people)
    starts = [plan.day(number, at) for at in (*KEYNOTES, time(10, 45))]
    for title, start in zip(keynotes, starts, strict=False):
        speaker = plan.person("keynote")
        plan.add("plenary", title, start, 40, 0, people=[speaker], language=plan.seen[speaker["key"]].language)
    plan.add("break", ["茶歇", "Coffee break"], plan.day(number, time(10, 25)), 20)
    plan.add("break", ["午餐", "Lunch"], plan.day(number, time(12, 15)), 75)
    if not last:
        plan.add("break", ["茶歇", "Coffee break"], plan.day(number, time(15, 0)), 30)
    if plan.facts["days"] > 1 and number == 1:
        poster = ["海报交流", "Poster session"]
        plan.add("poster", poster, plan.day(number, time(17, 0)), 90, len(plan.facts["rooms"]) - 1)
    if plan.facts["days"] > 1 and number == 0:
        plan.add("social", ["欢迎酒会", "Welcome reception"], plan.day(0, time(18, 30)), 120, 0)
    if last and number:
        people = [plan.person("moderator", "zh"), plan.person("speaker")]
        plan.add("ceremony", ["闭幕式", "Closing ceremony"], plan.day(number, time(14, 0)), 60, 0, people=people)


def _track(plan: Plan, number: int, track: Json) -> None:
    """Add a track: an afternoon of six talks and a round table, and three more talks the morning after."""
    days = plan.facts["days"]
    day = number % max(days - 1, 1)
    halls = len(plan.facts["rooms"]) - 2  # all but the first, where all meet, and the last, of the posters
    room = 1 + (number + number // halls) % halls if halls > 0 else 0
    topics = list(track["topics"])
    starts = [plan.day(day, at) for at in AFTERNOON]
    starts += [plan.day(day + 1, at) for at in MORNING] if days > 1 else []
    for topic, start in zip(topics, starts, strict=False):
        people = [plan.person("speaker")]
        language = plan.seen[people[0]["key"]].language
        if plan.chance.random() < 0.2:
            people.append(plan.person("speaker", language))
        words = abstract_of(plan.chance, track, topic)
        plan.add(
            "parallel", topic, start, 30, room, track=track["key"], people=people, abstract=words, language=language
        )
    for topic in topics[len(starts) :][:1]:
        people = [plan.person("moderator", "zh"), *(plan.person("panelist") for _ in range(4))]
        title = [f"圆桌讨论：{topic[0]}", f"Round table: {topic[1][0].lower() + topic[1][1:]}"]
        words = abstract_of(plan.chance, track, topic)
        plan.add(
            "roundtable", title, plan.day(day, time(17, 0)), 60, room, track=track["key"], people=people, abstract=words
        )


def _spoil(plan: Plan) -> None:
    """Put into a draft what an organizer has to mend: a room used twice, and somebody expected in two places."""
    talks = [session for session in plan.sessions if session["type"] == "parallel"]
    first = talks[0]
    second = next(talk for talk in talks if talk["start"] == first["start"] and talk["room"] != first["room"])
    third = next(talk for talk in talks if talk["start"] > first["start"] and talk["track"] != first["track"])
    fourth = next(talk for talk in talks if talk["start"] == third["start"] and talk["room"] != third["room"])
    second["room"] = first["room"]
    fourth["people"] = [*fourth["people"], third["people"][0]]
