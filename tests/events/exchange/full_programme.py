"""A programme with everything in it that formats of one language and few members cannot hold."""

from datetime import date, datetime, time

from services.events.exchange.programme_file import (
    FileLink,
    FilePerson,
    FileRole,
    FileRoom,
    FileSession,
    FileTrack,
    ProgrammeFile,
)
from shared.text import Text

FULL = ProgrammeFile(
    title=Text("世界青年科学家峰会", "World Young Scientist Summit"),
    zone="Asia/Shanghai",
    language="zh",
    acronym="WYSS 2023",
    subtitle=Text("副题", ""),
    venue=Text("温州国际会展中心", "Wenzhou Convention Centre"),
    city=Text("温州", "Wenzhou"),
    start_on=date(2023, 11, 12),
    end_on=date(2023, 11, 13),
    day_change=time(5, 30),
    slot_minutes=10,
    version="3",
    rooms=(
        FileRoom("r-1", Text("主会场", "Main hall"), 800, source="venues"),
        FileRoom("r-2", Text("主会场", "Annexe")),
    ),
    people=(
        FilePerson(
            "p-1",
            Text("王伟", "Wang Wei"),
            Text("清华大学", "Tsinghua"),
            Text("", "Bio"),
            extras={"title": ["院士"]},
        ),
        FilePerson("17", Text("Ann"), guid="not a uuid"),
        FilePerson("p-3", Text("无场次", "")),
    ),
    tracks=(FileTrack("t", Text("人工智能", "AI"), "red", "Not A Slug"), FileTrack("u", Text("空", ""))),
    sessions=(
        FileSession(
            "s-1",
            Text("开幕式", "Opening"),
            abstract=Text("a ?> b", "c]]>"),
            start=datetime(2023, 11, 12, 9, 0, 30),
            duration_minutes=120 * 60,
            room="r-2",
            track="t",
            people=(FileRole("p-1", "chair", Text("主席", ""), Text("", "Elsewhere")), FileRole("17")),
            links=(FileLink("https://x.org", "x", "web", {"@service": "s", "more": {"a": 1}}),),
            slug="Opening!",
            kind="closed",
            openness="staff",
            embargo_until=datetime(2023, 11, 1),
            attendance_mode="hybrid",
            join_url="https://x.org/join",
            expected_attendance=800,
            interpretation=("en", "fr"),
            tags=("冰", "ice"),
            needs={"booths": 2},
            extras={"code": None, "deep": {"a": [1, 2.5, True]}},
        ),
        FileSession("s-2", Text("", "Nowhere yet"), duration_minutes=30, parent="s-1", people=(FileRole("p-1"),)),
        FileSession("3", Text("无会场", ""), start=datetime(2023, 11, 13, 1), duration_minutes=30, do_not_record=False),
        FileSession("03", Text("零三"), start=datetime(2024, 3, 1, 23, 59), duration_minutes=1, room="r-1", guid="x"),
    ),
    extras={"conference/base_url": "not a url", "own": {"k": "v"}},
)
