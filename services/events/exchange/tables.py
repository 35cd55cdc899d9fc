"""Programmes as offices fill them into XLSX and CSV: one row a session, a date given once for a block of rows.

Reading only; `table_writing` makes tables. All faults are told at once, each by its cell.
"""

from collections.abc import Iterator

from services.events.exchange.checks import check
from services.events.exchange.headings import columns_of, has_chinese, is_header
from services.events.exchange.moments_in_cells import read_day, shown
from services.events.exchange.programme_file import Extras, ProgrammeFile, ReadOptions
from services.events.exchange.rules import Faults, Place, all_faults, refuse
from services.events.exchange.sheets import Sheet, Value, sheets_of
from services.events.exchange.table_facts import Facts, facts_of
from services.events.exchange.table_names import Met
from services.events.exchange.table_rows import Block, Row
from shared.errors import Invalid
from shared.text import Language
from shared.times import check_zone

_FIRST_ROWS = 20
_NOTES = ("注:", "注：", "备注", "说明", "note")
_CELL_OF = {"start": "time", "duration_minutes": "minutes", "people": "speaker"}
Table = tuple[Sheet, int, dict[str, int]]


def read(data: bytes, options: ReadOptions) -> ProgrammeFile:
    """Read an XLSX or CSV file; raise `Problems` naming every fault with its cell."""
    sheets = sheets_of(data)
    tables = [table for sheet in sheets if (table := _table(sheet))]
    if not tables:
        refuse("header_missing", sheets[0].place(0, 0) if sheets else None)
    facts = facts_of([sheet for sheet in sheets if sheet not in [table[0] for table in tables]])
    words = " ".join(shown(cell) for sheet, header, _ in tables for cell in sheet.rows[header])
    language: Language = options.language or ("zh" if has_chinese(words) else "en")
    with all_faults() as faults:
        zone = _zone(facts, options, faults)
        met = Met(faults, language, options.year or facts.year)
        for table in tables:
            _read_table(met, *table)
        made = _programme(met, facts, zone, _title_above(*tables[0]))
        check(made, lambda kind, i, name: _place(met, kind, i, name), faults)
        return made


def _table(sheet: Sheet) -> Table | None:
    """Return a sheet with the row of its headings and which column holds what, if it has a table."""
    for row in range(min(_FIRST_ROWS, len(sheet.rows))):
        columns = columns_of([shown(sheet.at(row, column)) for column in range(sheet.width())])
        if is_header(columns):
            return sheet, row, columns
    return None


def _zone(facts: Facts, options: ReadOptions, faults: Faults) -> str:
    zone = facts.zone or options.zone
    try:
        if zone:
            return check_zone(zone)
        faults.add("zone_missing")
    except Invalid:
        faults.add("unknown_zone", facts.zone_at, found=zone or "")
    return "UTC"


def _read_table(met: Met, sheet: Sheet, header: int, columns: dict[str, int]) -> None:
    heads = [sheet.at(header, column) for column in range(sheet.width())]
    others = {c: shown(words) for c, words in enumerate(heads) if words != "" and c not in columns.values()}
    block = _block_above(met, sheet, header)
    for i in range(header + 1, len(sheet.rows)):
        own = {c: value for c in range(sheet.width()) if (value := sheet.own(i, c)) != ""}
        repeated = all(heads[c] == value for c, value in own.items())
        row = Row(met, sheet, i, columns, others)
        if own and not repeated and not _aside(row, own, block):
            row.read(block)


def _cells_above(sheet: Sheet, header: int) -> Iterator[Value]:
    return (sheet.at(row, column) for row in range(header) for column in range(sheet.width()))


def _block_above(met: Met, sheet: Sheet, header: int) -> Block:
    """Return the date that the rows above a table, or else the sheet's name, give for all of it."""
    for value in [*_cells_above(sheet, header), sheet.name or ""]:
        try:
            return Block(*read_day(value, met.year))
        except ValueError:
            continue
    return Block()


def _title_above(sheet: Sheet, header: int, columns: dict[str, int]) -> str:
    """Return the first words above a table that are no date."""
    return next((shown(value) for value in _cells_above(sheet, header) if value != "" and not _is_day(value)), "")


def _is_day(value: Value) -> bool:
    try:
        return bool(read_day(value, 2000))
    except ValueError:
        return False


def _aside(row: Row, own: dict[int, Value], block: Block) -> bool:
    """Take a row that is no session: a date or a heading across the table, a date alone, or a note."""
    values = {shown(value) for value in own.values()}
    column, value = next(iter(own.items()))
    across = (row.row, column) in row.sheet.merged
    if len(values) > 1 or (column == row.columns["title"] and not across) or (len(own) > 1 and not across):
        return False
    words = values.pop()
    place = row.sheet.place(row.row, column)
    if words.lower().startswith(_NOTES):
        row.met.notes.append(words)
    elif _is_day(value) or column == row.columns.get("date"):
        row.read_day(block, value, place)
    elif across and "track" not in row.columns:
        block.track = words
    else:
        row.met.faults.add("misfit_row", place, found=words)
    return True


def _programme(met: Met, facts: Facts, zone: str, title: str) -> ProgrammeFile:
    days = [session.start.date() for session in met.sessions if session.start]
    extras: Extras = {"notes": met.notes} if met.notes else {}
    return ProgrammeFile(
        title=facts.title or met.said(title),
        zone=zone,
        language=met.language,
        acronym=facts.acronym,
        venue=met.said(facts.venue),
        city=met.said(facts.city),
        start_on=min(days, default=None),
        end_on=max(days, default=None),
        rooms=tuple(met.rooms.values()),
        people=tuple(met.people.values()),
        tracks=tuple(met.tracks.values()),
        sessions=tuple(met.sessions),
        extras=extras,
    )


def _place(met: Met, kind: str, i: int, name: str) -> Place:
    """Return the cell of a field of a session, or where a room, person or track was first named."""
    if kind != "sessions":
        return met.first[kind][i] if kind else Place()
    cells = met.places[i]
    return cells.get(name) or cells.get(_CELL_OF.get(name, ""), cells["title"])
