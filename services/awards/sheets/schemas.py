"""What is said about sheets over HTTP."""

from typing import Annotated

from fastapi import Path

from shared.schema import Id, In, Out
from shared.text import Language, Text

CategoryKey = Annotated[str, Path(max_length=40)]


class SheetTemplateQuery(In):
    """In which language headings are; a file in the other is read as well."""

    language: Language = "zh"


class SheetImportQuery(In):
    """Whose nominations they are, and whether the file is only tried."""

    unit_id: Id
    dry_run: bool = False


class SheetProblemOut(Out):
    """What is wrong with a cell, such as `D7`, below its heading; of sheets behind the first with their name."""

    cell: str
    heading: Text
    code: str
    message: Text


class SheetImportOut(Out):
    """What an import did, or would do: all of it, or with any problem nothing."""

    applied: bool
    rows: int
    problems: list[SheetProblemOut]
    made: list[str]
