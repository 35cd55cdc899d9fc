"""Programmes written as tables, and the table to fill in."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from services.events.exchange import table_writing, tables
from services.events.exchange.programme_file import (
    FilePerson,
    FileRole,
    FileRoom,
    FileSession,
    FileTrack,
    ProgrammeFile,
    ReadOptions,
)
from shared.text import Text

SHANGHAI = ReadOptions(zone="Asia/Shanghai")


@pytest.mark.parametrize("write", [table_writing.write_xlsx, table_writing.write_csv])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_table_can_hold_comes_back(write: Any, language: Any) -> None:
    def one(words: str) -> Text:
        return Text(zh=words) if language == "zh" else Text(en=words)

    both = Text("标题", "Title")
    session = FileSession(
        key="=1+1",
        title=both,
        abstract=Text("摘要", "Abstract"),
        start=datetime(2023, 2, 4, 22),
        duration_minutes=120,
        room="-A",
        track="T",
        type="talk",
        language="zh",
        people=(FileRole("甲", "chair"), FileRole("乙"), FileRole("丙")),
    )
    programme = ProgrammeFile(title=one("年会"), zone="Asia/Shanghai", language=language, sessions=(session,))
    long = replace(
        session, key="2", title=one("长"), abstract=Text(), start=datetime(2023, 2, 5), duration_minutes=1560, people=()
    )
    programme = replace(programme, sessions=(session, long, replace(long, key="3", start=None, room=None, track=None)))
    programme = replace(
        programme,
        rooms=(FileRoom("-A", one("-A")),),
        tracks=(FileTrack("T", one("T")),),
        people=(FilePerson("甲", one("甲")), FilePerson("乙", one("乙"), one("清华")), FilePerson("丙", one("丙"))),
        start_on=date(2023, 2, 4),
        end_on=date(2023, 2, 5),
    )
    read = tables.read(write(programme), ReadOptions(zone="Asia/Shanghai"))
    assert read == (programme if write is table_writing.write_xlsx else replace(programme, title=Text()))


def test_the_template_is_read_as_an_empty_programme_and_is_always_the_same() -> None:
    assert table_writing.template() == table_writing.template()
    assert tables.read(table_writing.template(), SHANGHAI) == ProgrammeFile(title=Text(), zone="Asia/Shanghai")


def test_csv_disarms_formulas() -> None:
    programme = ProgrammeFile(title=Text(), zone="UTC", sessions=(FileSession("=cmd", Text(zh="@x")),))
    assert table_writing.write_csv(programme).decode("utf-8-sig").splitlines()[1].split(",")[0] == "'=cmd"
    assert tables.read(table_writing.write_csv(programme), SHANGHAI).sessions[0].key == "=cmd"
