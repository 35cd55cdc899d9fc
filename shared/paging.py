"""Lists: one query shape, one page shape, keyset cursors, and CSV or XLSX of any list.

Order is by the chosen column and then by id, so that it is the same on every page while rows come and go.
"""

import base64
import csv
import io
import json
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ColumnElement, Select, func, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.types import TypeEngine

from shared.db import UtcDateTime
from shared.errors import Invalid
from shared.late import Late
from shared.text import Text

xlsxwriter = Late("xlsxwriter")

Item = TypeVar("Item")
Row = TypeVar("Row")

_KEEPABLE = re.compile("[^\0\ud800-\udfff]*", re.DOTALL)

LIMIT = 100
EXPORT_LIMIT = 100_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class BadCursor(Invalid):
    """A cursor is used with the list, order and filters that gave it."""

    title = Text("游标无效", "The cursor is not valid")
    detail = Text("请从第一页重新开始。", "Start again from the first page.")


class PageQuery(BaseModel):
    """What every list takes; a list's own filters are added in a subclass. Unknown filters are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: Annotated[int, Field(ge=1, le=LIMIT)] = 50
    cursor: Annotated[str, Field(max_length=2000)] = ""
    total: bool = False
    format: Literal["json", "csv", "xlsx"] = "json"

    def rows(self) -> int:
        """Return how many rows are wanted at once: an export takes the whole list."""
        return self.limit if self.format == "json" else EXPORT_LIMIT


class Page(BaseModel, Generic[Item]):
    """One page of a list; `next` is the cursor of the page behind it."""

    model_config = ConfigDict(frozen=True)

    items: list[Item]
    next: str | None = None
    total: int | None = None


def paginate(
    tx: Session,
    statement: Select[Row],
    query: PageQuery,
    key: InstrumentedAttribute[Any],
    *order: InstrumentedAttribute[Any],
    descending: bool = False,
) -> tuple[list[Row], str | None, int | None]:
    """Return the rows of one page of `statement`, the next cursor, and the total where asked for.

    It selects one entity, or columns, `order` and `key` among them; those in subqueries are not asked for to count.
    Its rows are counted as they are: it is neither grouped nor distinct.
    Ordered by `order` (columns that are never null) and then by `key`. Raises `BadCursor`.
    """
    columns: tuple[Any, ...] = (*order, key)
    counted = statement.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
    total = tx.scalar(counted) if query.total else None
    if query.cursor:
        values = _read_cursor(query.cursor, columns)
        place: ColumnElement[Any] = tuple_(*columns)
        statement = statement.where(place < values if descending else place > values)
    statement = statement.order_by(*(column.desc() if descending else column.asc() for column in columns))
    found = tx.execute(statement.limit(query.rows() + 1))
    rows: list[Row] = list(found.scalars() if len(statement.column_descriptions) == 1 else found)  # type: ignore[arg-type]
    more = len(rows) > query.rows()
    rows = rows[: query.rows()]
    last = [getattr(rows[-1], column.key) for column in columns] if more else []
    return rows, _write_cursor(last) if more else None, total


def _write_cursor(values: Sequence[Any]) -> str:
    plain = [value.isoformat() if isinstance(value, date) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def _read_cursor(cursor: str, columns: Sequence[Any]) -> Any:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(values, list) or len(values) != len(columns):
            raise BadCursor()
        return tuple(_typed(value, column.type) for value, column in zip(values, columns, strict=True))
    except (ValueError, TypeError, NotImplementedError, OverflowError) as error:  # a type may have no Python type
        raise BadCursor() from error


def _typed(value: Any, column: TypeEngine[Any]) -> Any:
    """Return what a cursor holds as its column takes it; raise what tells that it does not."""
    kind = column.python_type
    if issubclass(kind, datetime):
        moment = datetime.fromisoformat(value)
        if (moment.tzinfo is None) == isinstance(column, UtcDateTime):
            raise BadCursor()
        return moment.astimezone(UTC) if moment.tzinfo else moment
    if issubclass(kind, date):
        return date.fromisoformat(value)
    if not isinstance(value, kind) or (isinstance(value, int) and abs(value) >= 2**31):
        raise BadCursor()
    if isinstance(value, str) and not _KEEPABLE.fullmatch(value):
        raise BadCursor()
    return value


def flatten(item: BaseModel) -> dict[str, Any]:
    """Return one item of a list as a row: nested fields joined by `_`, lists by semicolons."""
    row: dict[str, Any] = {}

    def put(name: str, value: Any) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                put(f"{name}_{key}" if name else str(key), inner)
        elif isinstance(value, list):
            row[name] = "; ".join(v if isinstance(v, str) else json.dumps(v, ensure_ascii=False) for v in value)
        else:
            row[name] = value

    put("", item.model_dump(mode="json"))
    return row


def export(items: Sequence[BaseModel], form: Literal["csv", "xlsx"]) -> tuple[bytes, str]:
    """Return a list as a file and its media type; CSV in UTF-8 with a mark that Excel needs, XLSX with frozen heads."""
    rows = [flatten(item) for item in items]
    heads = list(dict.fromkeys(name for row in rows for name in row))
    if form == "csv":
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(heads)
        writer.writerows([[_safe(row.get(head)) for head in heads] for row in rows])
        return text.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8"
    table = [[row.get(head) for head in heads] for row in rows]
    return write_xlsx(heads, table), XLSX


def write_xlsx(heads: Sequence[str], rows: Sequence[Sequence[Any]], sheet: str = "Sheet1") -> bytes:
    """Return a workbook of one sheet; text stays text, never a formula."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(sheet)
    bold = book.add_format({"bold": True})
    page.write_row(0, 0, heads, bold)
    for number, row in enumerate(rows, 1):
        page.write_row(number, 0, ["" if value is None else value for value in row])
    page.freeze_panes(1, 0)
    page.autofit()
    book.close()
    return file.getvalue()


def _safe(value: Any) -> Any:
    """Keep a spreadsheet from reading text as a formula."""
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return "'" + value
    return value
