"""One row of a table as a session."""

from dataclasses import dataclass
from datetime import date, datetime, time

from services.events.exchange.checks import YEARS
from services.events.exchange.headings import ROLES
from services.events.exchange.moments_in_cells import (
    minutes_between,
    read_day,
    read_minutes,
    read_time,
    shown,
    split_date,
)
from services.events.exchange.names_in_cells import split_list, split_people
from services.events.exchange.programme_file import Extras, FileLink, FileRole, FileSession
from services.events.exchange.rules import Place
from services.events.exchange.sheets import Sheet, Value
from services.events.exchange.table_names import Met
from shared.text import Text

_UNIT_ROLES = ("speaker", "keynote", "panelist", "chair", "moderator")


@dataclass
class Block:
    """What holds for the rows below until it is said anew; `lost` after a date that could not be read."""

    day: date | None = None
    half: str = ""
    track: str = ""
    lost: bool = False


@dataclass
class Row:
    """One row, and which of its columns holds what; `others` are the headings of columns without a meaning."""

    met: Met
    sheet: Sheet
    row: int
    columns: dict[str, int]
    others: dict[int, str]
    lost_length: bool = False

    def cell(self, column: int) -> Value:
        """Return a cell; of one merged across columns only the title's, or else its first column's."""
        origin = self.sheet.merged.get((self.row, column))
        if origin:
            title = self.columns["title"]
            owner = title if self.sheet.merged.get((self.row, title)) == origin else origin[1]
            if owner != column:
                return ""
        return self.sheet.at(self.row, column)

    def value(self, name: str) -> Value:
        """Return the value of a field, empty where there is no such column."""
        return self.cell(self.columns[name]) if name in self.columns else ""

    def words(self, name: str) -> str:
        """Return a field as words."""
        return shown(self.value(name))

    def place(self, name: str, *others: str) -> Place:
        """Return the cell of the first of these fields that the table has, of a merged one the first cell."""
        column = next((self.columns[n] for n in (name, *others) if n in self.columns), self.columns["title"])
        return self.sheet.place(*self.sheet.merged.get((self.row, column), (self.row, column)))

    def read(self, block: Block) -> None:
        """Read the row as a session."""
        met, title = self.met, self.words("title")
        start, minutes = self._times(block)
        people = tuple(self._people())
        met.places.append({name: self.place(name) for name in self.columns})
        met.sessions.append(
            FileSession(
                key=self.words("key") or met.key(title),
                title=self._text("title"),
                subtitle=self._text("subtitle"),
                abstract=self._text("abstract"),
                description=self._text("description"),
                start=start,
                duration_minutes=minutes,
                room=met.room(self.words("room"), self.place("room")),
                track=met.track(self.words("track") or block.track, self.place("track")),
                type=self.words("type"),
                language=self.words("language"),
                people=people,
                links=tuple(FileLink(href) for href in self.words("link").split()),
                extras=self._extras(people),
            )
        )

    def read_day(self, block: Block, value: Value, place: Place) -> None:
        """Let the rows from here on have the day in a cell."""
        try:
            block.day, block.half = read_day(value, self.met.year)
            block.lost = block.day.year not in YEARS
        except ValueError:
            block.lost = True
        if block.lost:
            self.met.faults.add("bad_date", place, found=shown(value))

    def _times(self, block: Block) -> tuple[datetime | None, int | None]:
        if (day := self.value("date")) != "":
            self.read_day(block, day, self.place("date"))
        name = "time" if self.value("time") != "" else "start"
        value = self.value(name)
        minutes = self._minutes()
        if value == "":
            if self.value("end") != "":
                self.met.faults.add("bad_clock", self.place("start", "time"), found="")
            return None, minutes
        on, half, rest = split_date(value, self.met.year)
        if on:
            block.day, block.half, block.lost = on, half, on.year not in YEARS
        span = self._span(name, rest, block.half, minutes)
        if span and block.day is None and not block.lost:
            self.met.faults.add("date_missing", self.place("date", name))
        if span is None or block.day is None or block.lost:
            return None, minutes or 1
        return datetime.combine(block.day, span[0]), span[1]

    def _span(self, name: str, value: Value, half: str, minutes: int | None) -> tuple[time, int] | None:
        """Return start and minutes, from a span, or from a start with an end or a length."""
        faults, place = self.met.faults, self.place(name)
        try:
            start, end = read_time(value, half)
        except ValueError:
            faults.add("bad_span" if name == "time" else "bad_clock", place, found=shown(value))
            return None
        if self.value("end") != "":
            place = self.place("end")
            try:
                end = read_time(self.value("end"), half)[0]
            except ValueError:
                faults.add("bad_clock", place, found=self.words("end"))
                return None
        if end is None:
            if minutes is None:
                faults.add("bad_span", place, found=shown(value))
            return (start, minutes) if minutes else None
        between = minutes_between(start, end)
        if between <= 0:
            faults.add("ends_before_start", place, start=f"{start:%H:%M}", end=f"{end:%H:%M}")
            return None
        if minutes not in (None, between) and not self.lost_length:
            faults.add("lengths_differ", self.place("minutes"), found=self.words("minutes"), minutes=between)
        return start, between

    def _minutes(self) -> int | None:
        if self.value("minutes") == "":
            return None
        try:
            return read_minutes(self.value("minutes"))
        except ValueError:
            self.lost_length = True
            self.met.faults.add("bad_duration", self.place("minutes"), found=self.words("minutes"))
            return 1

    def _text(self, name: str) -> Text:
        """Return a text; where a column has one of its languages, the plain column is the other."""
        words, chinese, english = (self.words(column) for column in (name, f"{name}_zh", f"{name}_en"))
        if chinese or english:
            return Text(chinese or words, english or words)
        return self.met.said(words)

    def _people(self) -> list[FileRole]:
        named: list[tuple[str, str, str]] = []
        for role in ROLES:
            try:
                named += [(role, name, unit) for name, unit in split_people(self.words(role))]
            except ValueError:
                self.met.faults.add("brackets", self.place(role), found=self.words(role))
        named = self._with_units(named)
        return [FileRole(self.met.person(name, unit, self.place(role)), role) for role, name, unit in named]

    def _with_units(self, named: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
        """Give the affiliations in a column of their own to the people of the row who have none: in order, or one to all."""
        words = self.words("unit")
        role = next((role for role in _UNIT_ROLES if any(r == role for r, _, _ in named)), "")
        lacking = [i for i, (r, _, unit) in enumerate(named) if r == role and not unit]
        if not words or not lacking:
            return named
        try:
            units = split_list(words)
        except ValueError:
            units = [words]
        if len(lacking) == 1 or len(units) == 1:
            units = [words] * len(lacking)
        elif len(units) != len(lacking):
            self.met.faults.add("units_differ", self.place("unit"), units=len(units), people=len(lacking))
            return named
        given = dict(zip(lacking, units, strict=True))
        return [(r, name, given.get(i, unit)) for i, (r, name, unit) in enumerate(named)]

    def _extras(self, people: tuple[FileRole, ...]) -> Extras:
        extras: Extras = {
            name: shown(value) for column, name in self.others.items() if (value := self.cell(column)) != ""
        }
        if not people and self.words("unit"):
            extras["unit"] = self.words("unit")
        return extras
